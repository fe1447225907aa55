/// One time limit that an edition sets for a work order, and who hears of it as it runs out.
///
/// An edition's `limits` model answers with as many as apply: kind, urgency, difficulty and area decide.
package struct ClockTerm: Hashable, Sendable, Codable {
    package let clock: OrderClock
    package let limit: Clock.Limit
    package let hours: Hours
    package let startsAt: Start
    /// Before the end, the earliest first; each fires once.
    package let warnings: [Warning]
    /// Who is told at the end.
    package let onBreach: [Recipient]
    /// After the end, in calendar minutes, and who hears of it then.
    package let escalations: [Escalation]
    /// The clause of the edition, as it stands beside the row that hit.
    package let clause: String

    package init(
        clock: OrderClock, limit: Clock.Limit, hours: Hours, startsAt: Start,
        warnings: [Warning] = [], onBreach: [Recipient] = [], escalations: [Escalation] = [],
        clause: String
    ) {
        self.clock = clock
        self.limit = limit
        self.hours = hours
        self.startsAt = startsAt
        self.warnings = warnings
        self.onBreach = onBreach
        self.escalations = escalations
        self.clause = clause
    }

    /// During which time a limit in minutes or hours runs. For days it says when the last one ends: they
    /// are counted by their own rule (民法典 201 to 203).
    package enum Hours: String, Hashable, Sendable, Codable, CaseIterable {
        /// Nights and holidays too: a line that is answered round the clock. A last day ends at 24:00.
        case always
        /// Only opening hours. A last day ends when the office closes (民法典 203).
        case office
    }

    /// What sets the clock going. A clock stops when what it waits for is done: `OrderClock` says what.
    package enum Start: String, Hashable, Sendable, Codable, CaseIterable {
        case registered
        case dispatched
        case signed
        /// The bureau reported that it is done.
        case finished
    }

    package struct Warning: Hashable, Sendable, Codable {
        /// Hundredths of the limit that are left when it fires, 1…99.
        package let percentLeft: Int
        package let to: [Recipient]

        package init(percentLeft: Int, to: [Recipient]) {
            self.percentLeft = percentLeft
            self.to = to
        }
    }

    package struct Escalation: Hashable, Sendable, Codable {
        /// Calendar minutes after the end.
        package let afterMinutes: Int
        package let to: [Recipient]

        package init(afterMinutes: Int, to: [Recipient]) {
            self.afterMinutes = afterMinutes
            self.to = to
        }
    }
}

/// What of a work order a limit is about.
package enum OrderClock: String, Hashable, Sendable, Codable, CaseIterable,
    CodingKeyRepresentable
{
    /// 受理: until it is accepted, answered or declined.
    case acceptance
    /// 派单: until it has left for a bureau or a provider.
    case dispatch
    /// 签收: until the bureau signs for it.
    case signing
    /// 退回: within this the bureau may say that it is not theirs; after it, it is.
    case returning
    /// 及时联系: until the bureau has spoken with the caller.
    case contact
    /// 响应: until somebody is on the spot or has answered an urgent item.
    case response
    /// 办结: until the bureau reports that it is done.
    case handling
    /// 回访: until the caller was asked how it went.
    case followUp
}

/// Who hears of a limit.
package enum Recipient: String, Hashable, Sendable, Codable, CaseIterable {
    /// The first receiver, who answers for it to its end (首接责任制).
    case receiver
    case bureau
    case assistingBureaus
    case supervisor
    /// 督办.
    case supervision
    /// 纪检监察.
    case discipline
}
