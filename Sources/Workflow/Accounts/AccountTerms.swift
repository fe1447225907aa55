package import Casework
package import Store

/// How people log in here, as whoever runs the service set it.
package struct AccountTerms: Sendable {
    package var secondFactor = SecondFactor.asked
    package var cost = PasswordHash.Cost.standard
    package var breached: BreachedPasswords?
    /// Seals what second factors are computed from: the office's data keys, given when it is opened. Without
    /// them nobody can enrol one.
    package internal(set) var box: SecretBox?

    package enum SecondFactor: String, Sendable {
        /// Whoever moves, agrees to or oversees money has one, or does nothing else.
        case asked
        /// Only whoever enrolled one is asked for it: for the demonstration.
        case off
    }

    package init() {}

    /// The roles that a password alone does not admit to.
    package static let guarded: Set<Role> = [
        .cashier, .accountant, .supervisor, .reviewer, .administrator,
    ]
}

/// What a session must do before it may do anything else.
package enum Pending: String, Hashable, Sendable, CaseIterable {
    case giveCode, changePassword, enrolSecondFactor
}

extension Session {
    /// Nil when its person may work.
    package func pending(_ terms: AccountTerms) -> Pending? {
        if person.hasSecondFactor, factor != .secondFactor { return .giveCode }
        if person.mustChangePassword, factor != .openID { return .changePassword }
        let isGuarded = !person.roles.isDisjoint(with: AccountTerms.guarded)
        if terms.secondFactor == .asked, isGuarded, factor != .secondFactor {
            return .enrolSecondFactor
        }
        return nil
    }
}

/// The office's side of logging in: its terms, and the gate that hashing goes through.
package final class Accounts: Sendable {
    package let terms: AccountTerms
    let gate: HashingGate
    /// Checked in place of the hash of a name that nobody bears, so that it takes as long.
    let nobody: PasswordHash

    init(_ terms: AccountTerms) {
        self.terms = terms
        gate = HashingGate()
        nobody = .ofNobody(terms.cost)
    }
}
