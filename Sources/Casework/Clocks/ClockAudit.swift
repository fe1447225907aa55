package import Ledger

/// Where the clocks of a work order's events differ from what they were set by.
package enum ClockDifference: Hashable, Sendable {
    /// The end that was recorded as the clock started is not the one its own edition gives.
    case due(position: Int, OrderClock, recorded: Moment, derived: Moment)
    /// It fired though it was not due, or another step was.
    case fired(position: Int, OrderClock, TermClock.Step)
    /// The end of what it waited for was recorded though no such clock ran.
    case stopped(position: Int, OrderClock)
    /// The events do not begin with a registration.
    case noOrder
}

extension WorkOrder {
    /// Recomputes every clock from the events alone; answers what differs, in their order.
    ///
    /// - Throws: `scheduleMissing` or `calendar`, when an edition is not at hand.
    package static func auditClocks(
        of id: ID<WorkOrder>, _ events: some Collection<RecordedOrder>, on book: ScheduleBook
    ) throws(OrderRefusal) -> [ClockDifference] {
        guard let first = events.first, var order = WorkOrder(id: id, opening: first) else {
            return [.noOrder]
        }
        var differences: [ClockDifference] = []
        for recorded in events.dropFirst() {
            if let difference = try order.difference(of: recorded, on: book) {
                differences.append(difference)
            }
            order.apply(recorded)
        }
        return differences
    }

    /// - Parameter recorded: The event after those that made this order.
    private func difference(
        of recorded: RecordedOrder, on book: ScheduleBook
    ) throws(OrderRefusal) -> ClockDifference? {
        let position = recorded.position
        switch recorded.event {
        case .clockStarted(let term, let edition, let due):
            guard let schedule = book.schedule(of: edition) else {
                throw .scheduleMissing(edition: edition)
            }
            let derived: Moment
            do {
                derived = try TermClock.start(term, at: recorded.at, by: schedule).deadline.firstDue
            } catch {
                throw .calendar(error)
            }
            return derived == due
                ? nil : .due(position: position, term.clock, recorded: due, derived: derived)
        case .clockFired(let name, let step):
            let next = try clocks[name]?.next(on: book)
            guard let next, next.step == step, next.at <= recorded.at else {
                return .fired(position: position, name, step)
            }
            return nil
        case .clockStopped(let name):
            return clocks[name]?.isOver == false ? nil : .stopped(position: position, name)
        default:
            return nil
        }
    }
}
