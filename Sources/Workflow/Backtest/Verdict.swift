package import Casework
package import Ledger

/// What became of a case by policy alone, in the terms in which two editions are compared.
package enum Verdict: Hashable, Sendable {
    case declined(code: String)
    case handedOver
    case merged
    /// It cannot be determined without these kinds of evidence.
    case awaitingEvidence([String])
    case decided(AdvanceDecision.Path, amount: Money, code: String, by: Authority)

    /// What the fund would put up.
    package var amount: Money {
        if case .decided(_, let amount, _, _) = self { amount } else { .zero }
    }

    /// Whether the office handles it at all.
    package var isAccepted: Bool {
        switch self {
        case .declined, .handedOver, .merged: false
        case .awaitingEvidence, .decided: true
        }
    }

    /// A word for tables: the path, or what stands in its place.
    package var path: String {
        switch self {
        case .declined: "declined"
        case .handedOver: "handedOver"
        case .merged: "merged"
        case .awaitingEvidence: "awaitingEvidence"
        case .decided(let path, _, _, _): path.rawValue
        }
    }

    /// The stable code of the reason; empty where there is none.
    package var code: String {
        switch self {
        case .declined(let code), .decided(_, _, let code, _): code
        case .awaitingEvidence(let kinds): kinds.joined(separator: " ")
        case .handedOver, .merged: ""
        }
    }
}

/// How a case fares under another edition. Each compared case is of exactly one kind.
package enum Change: String, Hashable, Sendable, CaseIterable {
    case same
    /// The fund would put up more.
    case more
    case less
    /// The same amount by another path.
    case otherPath
    case nowRefused
    case nowAccepted
    /// The edition would ask for evidence that is not there: what it gives then is not known.
    case moreEvidence

    init(from before: Verdict, to after: Verdict) {
        switch (before.isAccepted, after.isAccepted) {
        case (true, false): self = .nowRefused
        case (false, true): self = .nowAccepted
        default:
            if case .awaitingEvidence = after, before.path != after.path {
                self = .moreEvidence
            } else if after.amount != before.amount {
                self = after.amount > before.amount ? .more : .less
            } else {
                self = before.path == after.path ? .same : .otherPath
            }
        }
    }
}
