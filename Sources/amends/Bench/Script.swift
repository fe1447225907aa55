import Database
import Synchronization
import Workflow

/// The writing statements of one case, to be run again under other names.
///
/// What changes in them is found once, so that running them costs little but the statements themselves.
struct Script: Sendable {
    struct Statement: Sendable {
        let text: String
        let values: [SQLValue]
    }

    private struct Pattern: Sendable {
        let text: String
        let values: [Value]
    }

    private enum Value: Sendable {
        case same(SQLValue)
        /// Texts with the case's number between them, then the number without hyphens between those.
        case named([[String]])
        /// Evidence is kept once under its hash, so each case needs bytes of its own.
        case hash(Substring)
        case voucher
    }

    private let patterns: [[Pattern]]

    var steps: Range<Int> { patterns.indices }

    /// - Parameters:
    ///   - steps: A transaction each.
    ///   - id: The case's number, to be replaced wherever it stands.
    ///   - voucher: The number of the case's one voucher.
    init(steps: [[Statement]], id: String, voucher: Int64) {
        let plain = id.filter { $0 != "-" }
        patterns = steps.map { step in
            step.map { statement in
                let isVoucher = statement.text.contains("voucher")
                let isEvidence = statement.text.contains("into evidence")
                return Pattern(
                    text: statement.text,
                    values: statement.values.enumerated().map { index, value in
                        switch value {
                        case .text(let text) where text.contains(id) || text.contains(plain):
                            .named(
                                text.split(separator: id, omittingEmptySubsequences: false).map {
                                    $0.split(separator: plain, omittingEmptySubsequences: false)
                                        .map(String.init)
                                })
                        case .text(let text) where isEvidence && index == 0: .hash(text.prefix(48))
                        case .integer(voucher) where isVoucher: .voucher
                        default: .same(value)
                        }
                    })
            }
        }
    }

    /// The statements of a step with another case number, and another voucher number.
    func statements(ofStep step: Int, forCase number: Int) -> [Statement] {
        let (other, plain) = ("BN-26-\(1_000_000 + number)-0", "BN26\(1_000_000 + number)0")
        return patterns[step].map { pattern in
            Statement(
                text: pattern.text,
                values: pattern.values.map { value in
                    switch value {
                    case .same(let value): value
                    case .named(let parts):
                        .text(parts.map { $0.joined(separator: plain) }.joined(separator: other))
                    case .hash(let start): .text("\(start)\(1_000_000 + number)")
                    case .voucher: .integer(Int64(number) + 10)
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
