/// A signed checkpoint as a few lines of text that an auditor can keep, print and read.
extension SignedCheckpoint {
    /// The names of the lines, in order; `closes` is left out where nothing was closed.
    enum Row: String, CaseIterable {
        case fund, currency, number, hash, recorded, closes, balances, totals, key, signature
    }

    static let title = "amends checkpoint 1"

    public var text: String {
        let totals = checkpoint.totals.sorted { $0.key < $1.key }.map { code, total in
            code + " " + total.text(in: checkpoint.currency)
        }
        let rows = Row.allCases.compactMap { row -> String? in
            let value: String? =
                switch row {
                case .fund: checkpoint.fund
                case .currency: checkpoint.currency
                case .number: String(checkpoint.head.number)
                case .hash: checkpoint.head.hash.hex
                case .recorded: checkpoint.recordedAt.description
                case .closes: checkpoint.closes?.description
                case .balances: checkpoint.balances.hex
                case .totals: totals.joined(separator: ", ")
                case .key: key.description
                case .signature: Base64.text(signature)
                }
            return value.map { row.rawValue + ": " + $0 + "\n" }
        }
        return Self.title + "\n" + rows.joined()
    }

    /// Reads what `text` writes; line ends may be those of Windows, and blank lines around it are passed over.
    /// Whether the signature holds is for `isSigned(by:)` to say.
    public init(text: some StringProtocol) throws(CheckpointTextError) {
        let lines = text.split(whereSeparator: \.isNewline).map { String($0) }
        guard lines.first == Self.title else { throw .notACheckpoint }
        var values: [Row: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1).map { String($0) }
            guard parts.count == 2, let row = Row(rawValue: parts[0]), values[row] == nil,
                parts[1].hasPrefix(" ")
            else { throw .unknownLine(line) }
            values[row] = String(parts[1].dropFirst())
        }
        func value<T>(_ row: Row, _ read: (String) -> T?) throws(CheckpointTextError) -> T {
            guard let text = values[row] else { throw .missing(row.rawValue) }
            guard let value = read(text) else { throw .unreadable(row.rawValue, text) }
            return value
        }
        let currency = try value(.currency) { $0.isEmpty ? nil : $0 }
        let head = Head(
            number: try value(.number) { Int64($0) }, hash: try value(.hash) { Hash(hex: $0) })
        let closes = values[.closes] == nil ? nil : try value(.closes) { Period($0) }
        self.init(
            Checkpoint(
                fund: try value(.fund) { $0.isEmpty ? nil : $0 }, currency: currency, head: head,
                recordedAt: try value(.recorded) { Moment($0) }, closes: closes,
                balances: try value(.balances) { Hash(hex: $0) },
                totals: try value(.totals) { Self.totals($0, in: currency) }),
            key: try value(.key) { VerificationKey($0) },
            signature: try value(.signature) { Base64.bytes($0) })
    }

    private static func totals(_ text: String, in currency: String) -> [String: Money]? {
        var totals: [String: Money] = [:]
        for entry in text.split(separator: ",") {
            let words = entry.split(separator: " ")
            guard words.count == 2, let total = Money(words[1], in: currency),
                totals.updateValue(total, forKey: String(words[0])) == nil
            else { return nil }
        }
        return totals
    }
}

/// Why a text is no checkpoint.
public enum CheckpointTextError: Error, Hashable, Sendable {
    /// Its first line is not `amends checkpoint 1`.
    case notACheckpoint
    /// A line that no checkpoint has, or has twice.
    case unknownLine(String)
    /// The line of this name is not there.
    case missing(String)
    /// The line of this name cannot be read.
    case unreadable(String, String)
}
