package import Ledger

extension ReportRecord {
    /// What a work order adds to the reports, from its events.
    ///
    /// It is no complaint of the scheme: the compensation it may lead to is a case, and counted there.
    ///
    /// - Parameters:
    ///   - order: The work order after `events`.
    ///   - events: All of them, in order.
    ///   - isOther: The edition marks its kind or its category as "other".
    ///   - zone: The office's, for the days.
    ///   - book: What its clocks were set by.
    /// - Throws: `scheduleMissing` or `calendar`, when an edition is not at hand.
    package init(
        of order: WorkOrder, events: some Sequence<RecordedOrder>, isOther: Bool, zone: Zone,
        on book: ScheduleBook
    ) throws(OrderRefusal) {
        self.init(
            id: order.id.text, registered: zone.day(at: order.registeredAt),
            facets: Facets(
                kind: order.sorting.kind, isOther: isOther, category: order.sorting.category,
                area: order.sorting.area ?? "", bureau: order.assignments.last?.lead ?? "",
                channel: order.demand.channel.rawValue, edition: order.terms.edition))
        merchant = order.demand.merchant
        isUrgent = order.terms.isUrgent
        isJoint = order.assignments.contains { !$0.assisting.isEmpty }
        isAccepted = order.isAccepted
        outcome = Outcome(of: order.stage)
        followUp = order.followUps.last?.grade
        var times = OrderTimes(order.registeredAt)
        for recorded in events {
            times.take(recorded)
            take(recorded.event)
        }
        if case .declined("REPEAT") = order.stage { isRepeat = true }
        if outcome == .merged { isRepeat = true }
        if outcome != nil {
            ended = times.endedAt.map(zone.day)
            spans[.handling] = Span(usedMs: times.usedMs, pausedMs: times.pausedMs)
        }
        if let acceptedAt = times.acceptedAt {
            spans[.acceptance] = Span(usedMs: order.registeredAt.distanceMs(to: acceptedAt))
        }
        try takeLimits(of: order, at: times.last, on: book)
    }

    private mutating func take(_ event: OrderEvent) {
        switch event {
        case .dispatched(_, _, let ground):
            // Done again by the same bureaus is no second sending.
            if case .redo = ground { break }
            dispatches += 1
        case .returned: returns += 1
        case .extensionGranted: isExtended = true
        case .reopened, .redoOrdered: isReopened = true
        // To a provider of the list: whose work the caller is asked about.
        case .providerChosen(let provider?): merchant = merchant ?? ID(provider)
        default: break
        }
    }

    private mutating func takeLimits(
        of order: WorkOrder, at last: Moment, on book: ScheduleBook
    ) throws(OrderRefusal) {
        // Nobody kept the limits of what went away by itself; those that were missed before stay missed.
        let isGone = outcome == .merged || outcome == .withdrawn
        for (name, limit) in OrderClock.reported {
            guard let newest = order.clocks[name] else { continue }
            var overMs: Int64 = 0
            var isMissed = false
            for clock in order.pastClocks where clock.term.clock == name {
                overMs = max(overMs, try clock.overrunMs(at: last, on: book))
                isMissed = isMissed || clock.fired.contains(.breach)
            }
            overMs = max(overMs, try newest.overrunMs(at: last, on: book))
            isMissed = isMissed || newest.fired.contains(.breach) || overMs > 0
            if isMissed {
                limits[limit] = .breached(byMs: overMs)
            } else if newest.isOver, !isGone {
                limits[limit] = .kept
            }
        }
    }
}

extension ReportRecord.Outcome {
    /// Nil while somebody still has to act. What is finished has an answer, though the call-back is to come.
    fileprivate init?(of stage: OrderStage) {
        switch stage {
        case .registered, .dispatched, .handling: return nil
        case .declined: self = .declined
        case .handedOver: self = .referred
        case .merged: self = .merged
        case .withdrawn: self = .withdrawn
        case .finished(let outcome), .closed(let outcome):
            switch outcome {
            case .answered, .solved, .settledInKind: self = .solved
            case .referred: self = .referred
            case .partly: self = .partlySolved
            case .unsolved: self = .notSolved
            }
        }
    }
}

extension OrderClock {
    /// The limits that reports tell of. Whether a return came in time is the bureau's matter alone.
    fileprivate static let reported: [(OrderClock, LimitName)] = [
        (.acceptance, .acceptance), (.dispatch, .dispatch), (.signing, .signing),
        (.contact, .contact), (.response, .response), (.handling, .handling),
        (.followUp, .followUp),
    ]
}

extension TermClock {
    /// Milliseconds by which it was late, stopped or at `now`.
    fileprivate func overrunMs(
        at now: Moment, on book: ScheduleBook
    ) throws(OrderRefusal) -> Int64 {
        // A suspension moves the end on, never back: most clocks need no calendar.
        guard deadline.firstDue < deadline.stoppedAt ?? now else { return 0 }
        let yardstick = try yardstick(on: book)
        do {
            return try deadline.overrunMs(at: now, by: yardstick)
        } catch {
            throw .calendar(error)
        }
    }
}

/// How long it lay with somebody, without the pauses and without the time between an end and a new beginning.
private struct OrderTimes {
    private var openSince: Moment?
    private var pausedAt: Moment?
    private(set) var last: Moment
    private(set) var usedMs: Int64 = 0
    private(set) var pausedMs: Int64 = 0
    private(set) var acceptedAt: Moment?
    private(set) var endedAt: Moment?

    init(_ registeredAt: Moment) {
        openSince = registeredAt
        last = registeredAt
    }

    mutating func take(_ recorded: RecordedOrder) {
        let now = recorded.at
        last = now
        switch recorded.event {
        case .accepted: acceptedAt = acceptedAt ?? now
        case .paused: pausedAt = now
        case .resumed: endPause(at: now)
        case .declined:
            acceptedAt = acceptedAt ?? now
            end(at: now)
        case .answered, .providerChosen, .handedOver, .merged, .finished, .withdrawn: end(at: now)
        case .reopened, .redoOrdered: openSince = openSince ?? now
        default: break
        }
    }

    private mutating func endPause(at now: Moment) {
        guard let from = pausedAt else { return }
        let length = from.distanceMs(to: now)
        pausedMs += length
        usedMs -= length
        pausedAt = nil
    }

    private mutating func end(at now: Moment) {
        endPause(at: now)
        if let from = openSince { usedMs += from.distanceMs(to: now) }
        openSince = nil
        endedAt = now
    }
}
