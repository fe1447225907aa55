package import Ledger

/// What the caller was told at once.
package struct OrderAnswer: Hashable, Sendable, Codable {
    package let text: String
    /// The knowledge-base article it was read from; nil when somebody knew.
    package let article: String?

    package init(text: String, article: String? = nil) {
        self.text = text
        self.article = article
    }
}

/// By what providers were named (自愿、就近、属地).
package enum ReferralBasis: String, Hashable, Sendable, Codable, CaseIterable {
    /// The caller named the provider; one is enough.
    case ownWill
    case nearest
    /// 属地: the one whose area it is.
    case local
}

/// Given away to whoever's matter it is.
package enum HandOver: Hashable, Sendable, Codable {
    /// 110, 119 or 120, with all three on the line.
    case emergency(line: String, call: ThreeWayCall)
    /// 纪检监察: what party members and officials did.
    case discipline(body: String)
}

/// 三方通话. The times stand in order.
package struct ThreeWayCall: Hashable, Sendable, Codable {
    package let dialledAt: Moment
    package let joinedAt: Moment
    package let endedAt: Moment

    package init(dialledAt: Moment, joinedAt: Moment, endedAt: Moment) {
        self.dialledAt = dialledAt
        self.joinedAt = joinedAt
        self.endedAt = endedAt
    }
}

/// Words that came in, or went out, after registration.
package struct OrderMessage: Hashable, Sendable, Codable {
    package let channel: Channel
    package let from: Party
    package let text: String
    /// Hashes of files that came with it.
    package let evidence: [String]

    package init(channel: Channel, from: Party, text: String, evidence: [String] = []) {
        self.channel = channel
        self.from = from
        self.text = text
        self.evidence = evidence
    }

    package enum Party: String, Hashable, Sendable, Codable, CaseIterable {
        case caller, agent, bureau, merchant
    }
}

/// Why the clocks stand still.
package enum PauseReason: String, Hashable, Sendable, Codable, CaseIterable {
    /// The caller was asked something; an answer on any channel ends it.
    case evidence
    /// The caller cannot be reached, and is needed; any word from them ends it.
    case callerAbsent
    /// 检测、鉴定.
    case expertTest
    case systemFailure

    /// A message that answers ends it.
    var isForCaller: Bool { self == .evidence || self == .callerAbsent }
}

/// What was agreed between caller and merchant.
package struct Agreement: Hashable, Sendable, Codable {
    package let text: String
    package let extent: Extent

    package init(text: String, _ extent: Extent) {
        self.text = text
        self.extent = extent
    }

    /// A representative may not give up by itself what others claim.
    package enum Extent: String, Hashable, Sendable, Codable {
        case asClaimed, lessThanClaimed
    }
}

/// How a work order ended for the caller.
package enum OrderOutcome: Hashable, Sendable, Codable {
    /// At once, by the hotline.
    case answered
    /// To a provider, by the caller's choice; nil: they wanted none of those named.
    case referred(to: String?)
    case solved
    case partly(reason: String)
    case unsolved(reason: String)
    /// On the spot and without money, such as a cleaning for nothing.
    case settledInKind(what: String)
}

/// What an inspection on the spot found of a finished order.
package enum FieldCheck: Hashable, Sendable, Codable {
    case asReported(note: String)
    case notAsReported(reason: String)
}

/// What a bureau is answerable for (推诿、敷衍、造假、拖延).
package enum BureauFault: String, Hashable, Sendable, Codable, CaseIterable {
    case shirking, perfunctory, falsified, delaying
}

/// Whose doing it is that the caller is dissatisfied.
package enum DissatisfactionCause: String, Hashable, Sendable, Codable, CaseIterable {
    /// 主观原因: the bureau could have done better; it does it again.
    case bureau
    /// 客观原因: nothing more can be done within law and means.
    case circumstances
}

/// The same demand once more: every word of it is kept with the first.
package struct Duplicate: Hashable, Sendable, Codable {
    package let id: ID<WorkOrder>
    package let demand: Demand
    /// Hashes of the files that came with it.
    package let evidence: [String]

    package init(id: ID<WorkOrder>, demand: Demand, evidence: [String] = []) {
        self.id = id
        self.demand = demand
        self.evidence = evidence
    }
}
