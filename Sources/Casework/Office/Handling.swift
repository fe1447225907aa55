package import Ledger

/// The case as the handling bureau sees it.
package struct Handling: Hashable, Sendable, Codable {
    package let bureau: String
    package let dispatchedAt: Moment
    package let auditMinutes: Int
    package let onExpiry: Routing.Expiry
    package internal(set) var state: State = .dispatched

    package enum State: Hashable, Sendable, Codable {
        case dispatched
        case acknowledged(by: String)
        /// The audit is done; mediation with the merchant goes on.
        case mediating
        /// Sent back as not theirs.
        case returned(reason: String)
        case finished
    }

    package var isOpen: Bool {
        switch state {
        case .dispatched, .acknowledged, .mediating: true
        case .returned, .finished: false
        }
    }
}

/// What the bureau's audit found about an advance.
package enum AuditFinding: Hashable, Sendable, Codable {
    case approve
    case reduce(to: Money, reason: String)
    case refuse(reason: String)
    case askEvidence([String], note: String)
    /// Not this bureau's matter.
    case notOurs(reason: String)
}
