package import Casework

/// What a fact of the policy means, and how it may be written.
package struct FactKind: Hashable, Sendable {
    /// The name in `Facts` and of the model's input.
    package let name: String
    package let type: Kind
    package let chinese: String
    package let english: String
    /// `CNY`, `days`, `minute of day` …; nil where the type says it.
    package let unit: String?
    /// The codes a text may take, in order; nil for any.
    package let values: [Choice]?
    /// Both ends included; only of integers.
    package let range: ClosedRange<Int64>
    package let source: Source
    /// The matters for which it must be known before a model that reads it is asked.
    package let needed: Matters
    /// The matters whose form asks for it; it may be left open.
    package let asked: Matters
    /// What counts while it is not known.
    package let otherwise: Fact?
    package let derivation: Derivation?
    /// Only of days and moments: a check-in may lie ahead, a purchase may not.
    package let mayBeFuture: Bool

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Yuan, at most two decimals, not negative: `"1200.00"`.
        case money
        case integer
        case text
        case flag
        /// `yyyy-MM-dd`.
        case day
        /// RFC 3339.
        case moment
        /// A list of texts.
        case texts
        /// A list of money.
        case amounts
    }

    package enum Source: String, Hashable, Sendable, CaseIterable {
        /// The form, or whoever types in for the tourist.
        case tourist
        /// The case, the books, or a person who judged.
        case office
        /// Computed from other facts.
        case derived
    }

    package enum Matters: Hashable, Sendable {
        case all
        case some([String])

        package func include(_ matter: String) -> Bool {
            switch self {
            case .all: true
            case .some(let matters): matters.contains(matter)
            }
        }
    }

    package struct Choice: Hashable, Sendable {
        package let code: String
        package let chinese: String
        package let english: String

        init(_ code: String, _ chinese: String, _ english: String) {
            self.code = code
            self.chinese = chinese
            self.english = english
        }
    }

    /// Whether the form for `matter` shows it.
    package func isAsked(for matter: String) -> Bool {
        source == .tourist && (needed.include(matter) || asked.include(matter))
    }
}

/// A matter: what went wrong, in the edition's list.
package struct Matter: Hashable, Sendable {
    package let code: String
    package let category: String
    /// The determination model that decides it is `determination-<rules>.dmn`.
    package let rules: String
    /// The code under which that model knows it; its own, unless the edition says `as`.
    package let knownAs: String
    package let chinese: String
    package let english: String
    /// Kinds of evidence that must be at hand.
    package let evidence: [String]
}

/// Something of the edition with a code and a name in two languages.
package struct Named: Hashable, Sendable {
    package let code: String
    package let chinese: String
    package let english: String
    /// A telephone or account number, where it has one.
    package let number: String?
}

/// A number or word that the policy's owner may change without touching a table.
package struct Parameter: Hashable, Sendable {
    package let name: String
    package let value: Fact
    /// `CNY` makes the value money.
    package let unit: String
    package let status: Status
    package let source: String

    package enum Status: String, Hashable, Sendable, CaseIterable {
        /// The figure was found in a source.
        case verified = "V"
        /// Ours until someone confirms it.
        case unconfirmed = "K"
    }
}
