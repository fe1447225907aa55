package import Ledger

/// What an edition says of a work order when it is registered or sorted anew.
package struct OrderTerms: Hashable, Sendable, Codable {
    /// `weihai/2017-05-08`.
    package let edition: String
    package let editionHash: String
    /// All limits that apply, whatever sets them going.
    package let limits: [ClockTerm]
    package let isUrgent: Bool
    /// Dinghai's four grades, 1 the simplest; nil where the edition knows none.
    package let difficulty: Int?
    /// To be told by telephone and by the system, both acknowledged (双重交办).
    package let isDoublyAssigned: Bool
    package let followUp: FollowUpRule
    /// After so many returns as not theirs the office designates a bureau that may not return it.
    package let returnsBeforeDesignation: Int
    /// Providers to name at least, where business is referred and not handled; nil: it is not referred.
    package let providersToName: Int?

    package init(
        edition: String, editionHash: String, limits: [ClockTerm], isUrgent: Bool,
        difficulty: Int? = nil, isDoublyAssigned: Bool = false, followUp: FollowUpRule,
        returnsBeforeDesignation: Int = 3, providersToName: Int? = nil
    ) {
        self.edition = edition
        self.editionHash = editionHash
        self.limits = limits
        self.isUrgent = isUrgent
        self.difficulty = difficulty
        self.isDoublyAssigned = isDoublyAssigned
        self.followUp = followUp
        self.returnsBeforeDesignation = returnsBeforeDesignation
        self.providersToName = providersToName
    }
}

/// Whom the office calls back.
package enum FollowUpRule: Hashable, Sendable, Codable {
    case all
    /// Hundredths of those that end, 1…99: which ones follows from the number, so that nobody chooses.
    case sample(percent: Int)
    case none
}
