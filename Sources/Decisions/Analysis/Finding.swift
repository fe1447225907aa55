/// Something a table does not say, says twice, or says in a way that cannot be checked.
public struct Finding: Hashable, Sendable {
    /// The raw value is the rule's id, in JSON and SARIF; it never changes its meaning.
    public enum Kind: String, Sendable, CaseIterable, Codable {
        /// Facts that no rule covers.
        case gap
        /// Facts that several rules cover, against the hit policy.
        case overlap
        /// A rule that can never decide.
        case unreachable
        /// A rule that one other rule covers, and that therefore never decides alone.
        case subsumed
        /// A column whose every cell is `-`, or input data that nothing reads.
        case unread
        /// A rule without the clause it rests on.
        case uncited
        /// A cell beyond comparisons, ranges and enumerations, or an expression that is no FEEL.
        case unreadable
        /// Full FEEL that works, but lies outside what the proofs are promised for.
        case outsideProfile
        /// The table has too many combinations, or too many findings, to look at all of them.
        case unfinished
    }

    public enum Severity: String, Sendable, Codable {
        /// The model may not come into force.
        case error
        case warning
        case note
    }

    public struct Fact: Hashable, Sendable, Codable {
        public let input: String
        /// A FEEL literal, such as `"hotel"` or `5.5`.
        public let text: String
    }

    public let kind: Kind
    public var severity: Severity
    /// As the caller named it; empty where it did not.
    public var file = ""
    /// The decision or business knowledge model whose table it is.
    public let table: String
    /// 1-based rows.
    public let rules: [Int]
    /// The column, by its input expression, where one cell or column is meant.
    public var column: String?
    /// The cell or expression as written.
    public var cell: String?
    /// Where in the space of the columns it holds.
    public var regions: [Region] = []
    /// Facts that show it, by column. Columns that do not matter are left out.
    public var witness: [Fact] = []
    /// A test case: input data of the model that lead there. Empty where none was found.
    public var facts: [Fact] = []
    public var english: String
    public var chinese: String

    /// Whether the table may not be relied on.
    public var isError: Bool { severity == .error }
}

/// A box in the space of facts: a test for each input that matters.
public struct Region: Hashable, Sendable, Codable {
    public struct Condition: Hashable, Sendable, Codable {
        /// A column's input expression, or an input of the model.
        public let input: String
        /// A FEEL unary test, such as `(34200..34260)` or `"hotel", "queue"`.
        public let test: String
    }

    /// None: anywhere.
    public let conditions: [Condition]
    /// FEEL conditions between several inputs that hold too, such as `claimed > caseCap`.
    public var relations: [String] = []

    public var english: String { text(anywhere: "anything", separator: " and ") }
    public var chinese: String { text(anywhere: "任何事实", separator: "，") }

    private func text(anywhere: String, separator: String) -> String {
        let tests = conditions.map { condition in
            // A comparison reads well after the name; ranges and values need a word.
            condition.test.first.map { "<>".contains($0) } == true
                ? "\(condition.input) \(condition.test)"
                : "\(condition.input) = \(condition.test)"
        }
        let all = tests + relations
        return all.isEmpty ? anywhere : all.joined(separator: separator)
    }
}
