package import Ledger

/// Starting, stopping and firing a work order's clocks.
extension WorkOrder {
    /// The clocks that `trigger` sets going and that do not run already, or are about to be stopped.
    ///
    /// - Parameters:
    ///   - only: Nil for all.
    ///   - bureau: Whose office hours count; nil: the hotline's.
    func starts(
        _ trigger: ClockTerm.Start, only: Set<OrderClock>? = nil, afresh stopped: [OrderEvent] = [],
        bureau: String? = nil, at now: Moment, on book: ScheduleBook
    ) throws(OrderRefusal) -> [OrderEvent] {
        let schedule = book.schedule(for: bureau)
        var (events, seen): ([OrderEvent], Set<OrderClock>) = ([], [])
        for term in terms.limits where seen.insert(term.clock).inserted {
            let name = term.clock
            guard term.startsAt == trigger, only?.contains(name) ?? true,
                clocks[name]?.isOver ?? true || stopped.contains(.clockStopped(name))
            else { continue }
            do {
                let clock = try TermClock.start(term, at: now, by: schedule)
                events.append(
                    .clockStarted(
                        term, schedule: schedule.edition, due: clock.deadline.firstDue))
            } catch {
                throw .calendar(error)
            }
        }
        return events
    }

    func stops(_ names: OrderClock...) -> [OrderEvent] {
        names.filter { clocks[$0]?.isOver == false }.map { .clockStopped($0) }
    }

    /// All that run, in the order of `OrderClock`.
    func stopsAll(but kept: OrderClock? = nil) -> [OrderEvent] {
        OrderClock.allCases.filter { $0 != kept && clocks[$0]?.isOver == false }
            .map { .clockStopped($0) }
    }

    /// Those that run for the bureau and not for the caller: another bureau gets its own.
    var stopsOfBureau: [OrderEvent] {
        OrderClock.allCases.filter { name in
            guard let clock = clocks[name], !clock.isOver else { return false }
            return clock.term.startsAt == .dispatched || clock.term.startsAt == .signed
        }.map { .clockStopped($0) }
    }

    /// The end of a clock that runs, and is known; refuses at and after it.
    func checkNotOver(_ name: OrderClock, _ desk: Desk) throws(OrderRefusal) {
        guard let clock = clocks[name], let due = try clock.due(on: desk.book) else { return }
        guard desk.now < due, !clock.fired.contains(.breach) else {
            throw .limitPassed(name, due: due)
        }
    }

    func fire(
        _ name: OrderClock, _ step: TermClock.Step, _ desk: Desk
    ) throws(OrderRefusal) -> [OrderEvent] {
        guard let clock = clocks[name], let next = try clock.next(on: desk.book),
            next.step == step, next.at <= desk.now
        else { throw .clockNotDue(name, step) }
        var events: [OrderEvent] = [.clockFired(name, step)]
        var told: Set<Recipient> = []
        for recipient in clock.term.recipients(of: step) where told.insert(recipient).inserted {
            guard recipient == .assistingBureaus else {
                events.append(.noticeDue(to: recipient, about: name, step))
                continue
            }
            for bureau in assignments.last?.assisting ?? [] {
                events.append(.noticeDue(to: recipient, about: name, step, bureau: bureau))
            }
        }
        if case .warning = step { return events }
        if told.contains(.supervision), !isSupervised {
            events.append(.supervised(reason: "\(name.rawValue) limit passed"))
        }
        if told.contains(.discipline), !isWithDiscipline { events.append(.sentToDiscipline(name)) }
        return events
    }

    /// The steps that are to fire next, one of each clock, in due order.
    package func nextSteps(
        on book: ScheduleBook
    ) throws(OrderRefusal) -> [(clock: OrderClock, step: TermClock.Step, at: Moment)] {
        var steps: [(clock: OrderClock, step: TermClock.Step, at: Moment)] = []
        for name in OrderClock.allCases {
            guard let clock = clocks[name], let next = try clock.next(on: book) else { continue }
            steps.append((name, next.step, next.at))
        }
        return steps.sorted { $0.at < $1.at }
    }
}
