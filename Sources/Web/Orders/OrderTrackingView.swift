import Casework
import Ledger
import Workflow

/// What a caller may see of the own work order: where it stands, with whom, until when, what was answered
/// and what is wanted.
struct OrderTrackingView: Codable, Sendable {
    let number: String
    let version: Int
    let stage: OrderStageView
    let kind: String
    let kindEn: String
    let registeredAt: Timestamp
    /// Who has it now, as people call them.
    let bureau: String?
    let bureauEn: String?
    let clocks: [TrackedClockView]
    /// What the caller was asked and has not answered.
    let question: String?
    let reply: String?
    let declined: DeclinedView?
    /// The caller's own words, and the desk's to the caller.
    let messages: [OrderMessageView]
    let evidence: [OrderEvidenceView]
    let mayWithdraw: Bool
    let mayRemind: Bool

    init(_ whole: WholeOrder, _ zone: Zone, at now: Moment) {
        let (order, names) = (whole.order, OrderNames(whole.edition))
        let kind = names.kind(order.sorting.kind)
        let bureau = order.assignment.map { names.bureau($0.lead) }
        number = order.id.text
        version = order.version
        stage = OrderStageView(order.stage, .masked)
        (self.kind, kindEn) = (kind.zh, kind.en)
        registeredAt = Timestamp(zone.text(order.registeredAt))
        (self.bureau, bureauEn) = (bureau?.zh, bureau?.en)
        // How the office and its bureaus pass it on to each other is not the caller's matter.
        let told: [OrderClock] = [.acceptance, .contact, .response, .handling, .followUp]
        clocks = told.compactMap { order.clocks[$0] }.map {
            TrackedClockView(OrderClockView($0, zone, on: whole.schedules, at: now))
        }
        question =
            order.pause == .evidence
            ? whole.recorded.reversed().lazy.compactMap { recorded -> String? in
                if case .questionAsked(let question) = recorded.event { question } else { nil }
            }.first.map(Sight.masked.text) : nil
        reply = order.reply.map(Sight.masked.text)
        declined =
            whole.recorded.reversed().lazy.compactMap { recorded -> DeclinedView? in
                guard case .declined(let code, let reason, let referral) = recorded.event else {
                    return nil
                }
                return DeclinedView(code: code, reason: reason, referral: referral)
            }.first
        messages = order.messages.filter { $0.from == .caller || $0.from == .agent }
            .map { OrderMessageView($0, .masked) }
        evidence = order.evidence.map { OrderEvidenceView($0, of: order.id, zone, .masked) }
        func may(_ command: OrderCommand) -> Bool {
            // Only asked, not done.
            (try? order.decide(command, by: .tourist, at: now, on: whole.schedules)) != nil
        }
        mayWithdraw = may(.withdraw(reason: "?"))
        mayRemind = may(.remind(note: "?"))
    }
}

/// A limit as its caller sees it.
struct TrackedClockView: Codable, Sendable {
    let name: String
    let zh: String
    let en: String
    let startedAt: Timestamp
    let due: Timestamp?
    let stoppedAt: Timestamp?
    let isSuspended: Bool
    /// Milliseconds by which it was late; 0 in time.
    let overrunMs: Int64?
    let clause: String

    init(_ clock: OrderClockView) {
        name = clock.name
        (zh, en) = (clock.zh, clock.en)
        startedAt = clock.startedAt
        due = clock.due
        stoppedAt = clock.stoppedAt
        isSuspended = clock.isSuspended
        overrunMs = clock.overrunMs
        clause = clock.clause
    }
}

struct DeclinedView: Codable, Sendable {
    let code: String
    let reason: String
    /// Where the caller can go instead.
    let referral: String
}
