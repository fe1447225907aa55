import Casework
import Ledger

/// A complaint with everything an edition may promise.
enum OrderSample {
    static let id = OrderNumber.make(prefix: "WH", year: 2025, sequence: 1)
    /// A Monday.
    static let start = local("2025-03-10T09:00")

    static func term(
        _ clock: OrderClock, _ count: Int, _ unit: Clock.Limit.Unit, _ start: ClockTerm.Start,
        _ hours: ClockTerm.Hours = .always, warnings: [ClockTerm.Warning] = [],
        onBreach: [Recipient] = [], escalations: [ClockTerm.Escalation] = []
    ) -> ClockTerm {
        ClockTerm(
            clock: clock, limit: Clock.Limit(count: count, unit: unit), hours: hours,
            startsAt: start, warnings: warnings, onBreach: onBreach, escalations: escalations,
            clause: "2017-05-08 二")
    }

    static let limits: [ClockTerm] = [
        term(.acceptance, 15, .minutes, .registered, onBreach: [.supervisor]),
        term(.dispatch, 30, .minutes, .registered, onBreach: [.supervisor]),
        term(.signing, 1, .hours, .dispatched, .office, onBreach: [.bureau, .supervisor]),
        term(.returning, 1, .workingDays, .dispatched),
        term(.response, 30, .minutes, .dispatched, onBreach: [.bureau]),
        term(.contact, 1, .workingDays, .dispatched, onBreach: [.bureau]),
        term(
            .handling, 6, .workingDays, .registered, .office,
            warnings: [ClockTerm.Warning(percentLeft: 20, to: [.bureau, .receiver])],
            onBreach: [.bureau, .supervision],
            escalations: [ClockTerm.Escalation(afterMinutes: 1_440, to: [.discipline])]),
        term(.followUp, 24, .hours, .finished, onBreach: [.receiver]),
    ]

    static func terms(
        _ limits: [ClockTerm] = limits, isDoublyAssigned: Bool = false,
        followUp: FollowUpRule = .all, fieldCheck: FollowUpRule = .all, callAttempts: Int = 2,
        joint: JointRule = JointRule(membersAtLeast: 2, representativesAtMost: 3)
    ) -> OrderTerms {
        OrderTerms(
            edition: "weihai/2017-05-08", editionHash: "h", limits: limits, isUrgent: false,
            isDoublyAssigned: isDoublyAssigned, followUp: followUp, providersToName: 3,
            fieldCheck: fieldCheck, callAttempts: callAttempts, joint: joint)
    }

    static func demand(
        phone: String? = "13800000000", text: String = "水管漏水", facts: Facts = [:],
        joint: Joint? = nil, about: OfficeMatter? = nil
    ) -> Demand {
        Demand(
            channel: .phone, caller: Caller(name: "王女士", phone: phone), kind: "complaint",
            category: "0102", area: "zhifu", text: text, place: "上山路1号", facts: facts,
            joint: joint, about: about)
    }

    static let six = Joint(
        members: (1...6).map { Joint.Member(id: "m\($0)", name: "游客\($0)") },
        representatives: ["m1"])

    static func evidence(_ hash: String) -> Evidence {
        Evidence(
            hash: hash, size: 1, type: .png, kind: "photo", name: "a.png", addedAt: start)
    }

    static let book: ScheduleBook = {
        do { return ScheduleBook(hotline: try Calendars.office()) } catch {
            fatalError("the calendars do not read: \(error)")
        }
    }()

    static let people: [String: Actor] = [
        "tourist": .tourist, "office": .office,
        "amy": Actor(name: "amy", roles: [.agent]),
        "dora": Actor(name: "dora", roles: [.dutyOfficer]),
        "sam": Actor(name: "sam", roles: [.supervisor]),
        "bo": Actor(name: "bo", roles: [.bureau], bureau: "water"),
        "cy": Actor(name: "cy", roles: [.bureau], bureau: "city"),
        "dee": Actor(name: "dee", roles: [.discipline]),
        // Asks for the bureau, and could grant for the office.
        "duo": Actor(name: "duo", roles: [.bureau, .supervisor], bureau: "water"),
        "aud": Actor(name: "aud", roles: [.auditor]),
    ]
}
