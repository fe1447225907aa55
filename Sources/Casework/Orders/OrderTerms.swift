package import Ledger

/// What an edition says of a work order when it is registered or sorted anew.
package struct OrderTerms: Hashable, Sendable, Codable {
    /// `weihai/2017-05-08`.
    package let edition: String
    package let editionHash: String
    /// All limits that apply, whatever sets them going; of each `OrderClock` the first counts.
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
    /// Which of those that a bureau finished are looked at on the spot.
    package let fieldCheck: FollowUpRule
    /// How often the limit may be extended.
    package let extensionLimit: Int
    /// Calls that reach nobody after which the follow-up is given up, at least 1.
    package let callAttempts: Int
    package let joint: JointRule
    /// Nil in what was registered before they were kept.
    package let grounds: OrderGrounds?

    package init(
        edition: String, editionHash: String, limits: [ClockTerm], isUrgent: Bool,
        difficulty: Int? = nil, isDoublyAssigned: Bool = false, followUp: FollowUpRule,
        returnsBeforeDesignation: Int = 3, providersToName: Int? = nil,
        fieldCheck: FollowUpRule = .none, extensionLimit: Int = 1, callAttempts: Int = 1,
        joint: JointRule = JointRule(membersAtLeast: 2, representativesAtMost: 3),
        grounds: OrderGrounds? = nil
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
        self.fieldCheck = fieldCheck
        self.extensionLimit = extensionLimit
        self.callAttempts = callAttempts
        self.joint = joint
        self.grounds = grounds
    }

    /// The same, with why it was sorted and sent so.
    package func grounded(on grounds: OrderGrounds) -> OrderTerms {
        OrderTerms(
            edition: edition, editionHash: editionHash, limits: limits, isUrgent: isUrgent,
            difficulty: difficulty, isDoublyAssigned: isDoublyAssigned, followUp: followUp,
            returnsBeforeDesignation: returnsBeforeDesignation, providersToName: providersToName,
            fieldCheck: fieldCheck, extensionLimit: extensionLimit, callAttempts: callAttempts,
            joint: joint, grounds: grounds)
    }
}

/// When several people may complain together (handbook §3.3).
package struct JointRule: Hashable, Sendable, Codable {
    package let membersAtLeast: Int
    package let representativesAtMost: Int

    package init(membersAtLeast: Int, representativesAtMost: Int) {
        self.membersAtLeast = membersAtLeast
        self.representativesAtMost = representativesAtMost
    }
}

/// Whom the office calls back.
package enum FollowUpRule: Hashable, Sendable, Codable {
    case all
    /// Hundredths of those that end, 1…99: which ones follows from the number, so that nobody chooses.
    case sample(percent: Int)
    case none

    /// Whether the order of this number is among them. Nobody chooses: it follows from the number.
    ///
    /// - Parameter purpose: So that the follow-up's sample and the field check's are not the same.
    package func includes(_ id: ID<WorkOrder>, for purpose: Sample) -> Bool {
        switch self {
        case .all: true
        case .none: false
        case .sample(let percent):
            Hash(of: Array("\(purpose.rawValue)/\(id)".utf8)).bytes
                .prefix(4).reduce(0) { $0 << 8 | Int($1) } % 100 < percent
        }
    }

    package enum Sample: String, Sendable {
        case followUp, fieldCheck
    }
}
