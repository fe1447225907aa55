import Casework
import Ledger

/// One time limit of a case, as it stands now.
struct ClockView: Codable, Sendable {
    let name: String
    let limitCount: Int
    let limitUnit: String
    let startedAt: Timestamp
    /// Nil while suspended, since it is then not known.
    let due: Timestamp?
    /// Milliseconds run, suspensions left out.
    let usedMs: Int64
    /// Milliseconds left; negative when late.
    let leftMs: Int64
    let isRunning: Bool
    let isSuspended: Bool
    let stoppedAt: Timestamp?
    let suspensions: [SuspensionView]

    init(_ clock: Clock, _ zone: Zone, at now: Moment) {
        name = clock.name.rawValue
        limitCount = clock.limit.count
        limitUnit = clock.limit.unit.rawValue
        startedAt = Timestamp(zone.text(clock.startedAt))
        due = clock.due.map { Timestamp(zone.text($0)) }
        usedMs = clock.usedMs(at: now)
        leftMs = clock.startedAt.distanceMs(to: clock.firstDue) - usedMs
        isRunning = clock.isRunning
        isSuspended = clock.isSuspended
        stoppedAt = clock.stoppedAt.map { Timestamp(zone.text($0)) }
        suspensions = clock.suspensions.map {
            SuspensionView(
                from: Timestamp(zone.text($0.from)),
                until: $0.until.map { Timestamp(zone.text($0)) },
                reason: $0.reason)
        }
    }
}

struct SuspensionView: Codable, Sendable {
    let from: Timestamp
    let until: Timestamp?
    let reason: String
}

struct PayoutView: Codable, Sendable {
    let number: String
    let amountFen: Money
    /// `ordered`, `underWay`, `unknown`, `confirmed`, `failed`, `lapsed`, `bounced`.
    let state: String
    /// What the wallet said, or why it failed.
    let note: String?
    let orderedAt: Timestamp
    let confirmedOn: Day?
    let payee: PayeeView

    init(_ payout: Payout, _ zone: Zone, _ sight: Sight) {
        number = payout.number
        amountFen = payout.amount
        orderedAt = Timestamp(zone.text(payout.orderedAt))
        payee = PayeeView(payout.payee, sight)
        var (why, day): (String?, Day?) = (nil, nil)
        switch payout.state {
        case .ordered: state = "ordered"
        case .underWay(let what): (state, why) = ("underWay", what)
        case .unknown(let doubt): (state, why) = ("unknown", doubt)
        case .confirmed(let on): (state, day) = ("confirmed", on)
        case .failed(let reason): (state, why) = ("failed", reason)
        case .lapsed: state = "lapsed"
        case .bounced(let reason): (state, why) = ("bounced", reason)
        }
        note = why
        confirmedOn = day
    }
}

struct WorkOrderView: Codable, Sendable {
    let bureau: String
    let dispatchedAt: Timestamp
    let auditMinutes: Int
    let onExpiry: String
    /// `dispatched`, `acknowledged`, `mediating`, `returned`, `finished`.
    let state: String
    /// Who took it, or why it was sent back.
    let note: String?

    init(_ order: Handling, _ zone: Zone, _ sight: Sight) {
        bureau = order.bureau
        dispatchedAt = Timestamp(zone.text(order.dispatchedAt))
        auditMinutes = order.auditMinutes
        onExpiry = order.onExpiry.rawValue
        switch order.state {
        case .dispatched: (state, note) = ("dispatched", nil)
        case .acknowledged(let by): (state, note) = ("acknowledged", by)
        case .mediating: (state, note) = ("mediating", nil)
        case .returned(let reason): (state, note) = ("returned", sight.text(reason))
        case .finished: (state, note) = ("finished", nil)
        }
    }
}

struct RecoveryView: Codable, Sendable {
    let amountFen: Money
    let outstandingFen: Money
    let repaidFen: Money
    let setOffFen: Money
    let waivedFen: Money
    let writtenOffFen: Money
    let recoveredLateFen: Money
    /// Owed by the tourist instead.
    let passedToTouristFen: Money
    let interestPaidFen: Money
    /// The day on which it lapses, unless the merchant is asked again.
    let lapsesOn: Day?
    /// When the tourist's claim was made over to the fund.
    let assignedOn: Day?
    let nextInstalmentOn: Day?
    let nextInstalmentFen: Money?
    /// `open`, `notified`, `disputed`, `writeOffProposed`, `writtenOff`, `closed`.
    let state: String
    let note: String?
    let openedAt: Timestamp
    let responseDays: Int
    let paymentDays: Int
    let noticeServedOn: Day?
    let noticeProof: String?
    /// `accept`, `partial`, `dispute`.
    let response: String?
    let responseNote: String?

    init(_ recovery: Recovery, _ zone: Zone, _ sight: Sight) {
        amountFen = recovery.amount
        outstandingFen = recovery.outstanding
        repaidFen = recovery.repaid
        setOffFen = recovery.setOff
        waivedFen = recovery.waived
        writtenOffFen = recovery.writtenOff
        recoveredLateFen = recovery.recoveredLate
        passedToTouristFen = recovery.passedToTourist
        interestPaidFen = recovery.interestPaid
        lapsesOn = recovery.limitationDay
        assignedOn = recovery.deed?.signedOn
        nextInstalmentOn = recovery.nextInstalment?.dueOn
        nextInstalmentFen = recovery.nextInstalment?.amount
        openedAt = Timestamp(zone.text(recovery.openedAt))
        responseDays = recovery.terms.responseDays
        paymentDays = recovery.terms.paymentDays
        noticeServedOn = recovery.notice?.servedOn
        noticeProof = recovery.notice.map { sight.text($0.proof) }
        switch recovery.state {
        case .open: (state, note) = ("open", nil)
        case .notified: (state, note) = ("notified", nil)
        case .disputed(let reason): (state, note) = ("disputed", sight.text(reason))
        case .writeOffProposed(let by, let reason):
            (state, note) = ("writeOffProposed", "\(by): \(sight.text(reason))")
        case .writtenOff: (state, note) = ("writtenOff", nil)
        case .closed: (state, note) = ("closed", nil)
        }
        switch recovery.response {
        case nil: (response, responseNote) = (nil, nil)
        case .accept: (response, responseNote) = ("accept", nil)
        case .partial(let amount, let reason):
            (response, responseNote) = ("partial", "\(amount): \(sight.text(reason))")
        case .dispute(let defence): (response, responseNote) = ("dispute", sight.text(defence))
        }
    }
}
