import Database
import Synchronization
import Workflow

/// The writing statements of one case, to be run again under other names.
struct Script: Sendable {
    struct Statement: Sendable {
        let text: String
        let values: [SQLValue]
    }

    /// A transaction each.
    let steps: [[Statement]]
    /// The case's number, to be replaced wherever it stands.
    let id: String
    /// The number of the case's one voucher.
    let voucher: Int64

    /// The statements of a step with another case number, and another voucher number.
    func statements(ofStep step: Int, forCase number: Int) -> [Statement] {
        let other = "BN-26-\(1_000_000 + number)-0"
        let plain = id.filter { $0 != "-" }
        return steps[step].map { statement in
            let isVoucher = statement.text.contains("voucher")
            return Statement(
                text: statement.text,
                values: statement.values.enumerated().map { index, value in
                    switch value {
                    case .text(let text) where text.contains(id) || text.contains(plain):
                        .text(
                            text.replacing(id, with: other)
                                .replacing(plain, with: other.filter { $0 != "-" }))
                    // Evidence is kept once under its hash, so each case needs bytes of its own.
                    case .text(let text)
                    where statement.text.contains("into evidence") && index == 0:
                        .text("\(text.prefix(48))\(1_000_000 + number)")
                    case .integer(voucher) where isVoucher: .integer(Int64(number) + 10)
                    default: value
                    }
                })
        }
    }

    static func run(_ statements: [Statement], in transaction: Transaction) throws {
        for statement in statements {
            try transaction.replay(statement.text, statement.values)
        }
    }
}

/// Takes down the writing statements of each transaction it is shown.
final class Recorder: Sendable {
    private let taken = Mutex<[[Script.Statement]]>([])

    var steps: [[Script.Statement]] { taken.withLock { $0 } }

    func begin(_ work: Work) {
        taken.withLock { $0.append([]) }
        work.transaction.witness = { [self] text, values in
            let word = text.prefix { $0 != " " }
            guard ["insert", "update", "delete"].contains(word) else { return }
            let statement = Script.Statement(text: text, values: values)
            taken.withLock { $0[$0.count - 1].append(statement) }
        }
    }
}
