package import Casework
package import Ledger
import Logging
import Store

/// A work order in hand: as it is now, and what has happened to it in this transaction.
struct OrderSheet {
    var order: WorkOrder
    /// Events the database had when the work began.
    let stored: Int
    var recorded: [RecordedOrder] = []
}

extension Work {
    /// Gives `command` to a work order and writes what it makes happen.
    ///
    /// - Parameter version: What the caller saw; nil when it does not matter.
    @discardableResult
    package func perform(
        _ command: OrderCommand, onOrder id: ID<WorkOrder>, by actor: Actor,
        expecting version: Int? = nil
    ) throws -> WorkOrder {
        let order = try order(id, expecting: version)
        var sheet = OrderSheet(order: order, stored: order.version)
        try enact(command, by: actor, on: &sheet)
        if case .merge(let first) = command { try absorb(sheet.order, into: first) }
        try write(sheet, after: command.kind.rawValue, by: actor)
        return sheet.order
    }

    func order(_ id: ID<WorkOrder>, expecting version: Int? = nil) throws -> WorkOrder {
        guard let order = try transaction.workOrder(id) else {
            throw WorkflowError.noSuchOrder(id.text)
        }
        if let version, version != order.version {
            throw WorkflowError.orderChangedMeanwhile(id, version: order.version)
        }
        return order
    }

    /// The schedules that the clocks of `order` are set and counted by.
    package func schedules(of order: WorkOrder) throws -> ScheduleBook {
        let edition = try office.hotlinePolicies.edition(named: order.terms.edition)
        let book = try office.schedules.book(for: edition)
        let clocks = Array(order.clocks.values) + order.pastClocks
        let isWhole = clocks.allSatisfy { clock in
            clock.deadline.schedule.map { book.schedule(of: $0) != nil } ?? true
        }
        if isWhole { return book }
        // Another server has set a clock by a calendar that this one has not read yet.
        try office.schedules.reload(transaction)
        return try office.schedules.book(for: edition)
    }

    func enact(_ command: OrderCommand, by actor: Actor, on sheet: inout OrderSheet) throws {
        let book = try schedules(of: sheet.order)
        let events = try sheet.order.decide(command, by: actor, at: now, on: book)
        record(events, by: actor, on: &sheet)
    }

    func record(_ events: [OrderEvent], by actor: Actor, on sheet: inout OrderSheet) {
        for event in events {
            let recorded = RecordedOrder(
                event, position: sheet.order.version, actor: actor.name, at: now, recordedAt: now)
            sheet.order.apply(recorded)
            sheet.recorded.append(recorded)
        }
    }

    /// The words and files of a duplicate go to the first; new facts open it again.
    private func absorb(_ duplicate: WorkOrder, into first: ID<WorkOrder>) throws {
        let order = try order(first)
        var sheet = OrderSheet(order: order, stored: order.version)
        let brought = Duplicate(
            id: duplicate.id, demand: duplicate.demand,
            evidence: duplicate.evidence.map(\.hash) + duplicate.messages.flatMap(\.evidence))
        try enact(.absorb(brought), by: .office, on: &sheet)
        try write(sheet, after: OrderCommand.Kind.absorb.rawValue, by: .office)
    }

    /// Writes what happened: events, queue line, clocks, steps, notices, keys.
    func write(_ sheet: OrderSheet, after command: String, by actor: Actor) throws {
        guard !sheet.recorded.isEmpty else { return }
        let order = sheet.order
        let book = try schedules(of: order)
        for each in sheet.recorded {
            guard case .clockStarted(_, let edition, _) = each.event,
                !office.schedules.isKept(edition), let schedule = book.schedule(of: edition)
            else { continue }
            try transaction.keep(schedule, at: now)
            started.append(schedule)
        }
        let steps = try order.nextSteps(on: book)
        try transaction.append(
            sheet.recorded, to: order,
            steps: steps.map { OrderStep(clock: $0.clock, step: $0.step, at: $0.at) },
            due: try mostPressing(order, on: book))
        journal.append([
            "order": "\(order.id)", "command": "\(command)", "actor": "\(actor.name)",
            "events": "\(sheet.recorded.map(\.event.kind).joined(separator: " "))",
            "stage": "\(order.stage.name)", "edition": "\(order.terms.edition)",
        ])
    }

    private func mostPressing(
        _ order: WorkOrder, on book: ScheduleBook
    ) throws -> (clock: OrderClock, at: Moment)? {
        var found: (clock: OrderClock, at: Moment)?
        for name in OrderClock.allCases {
            guard let clock = order.clocks[name], !clock.isOver, let due = try clock.due(on: book)
            else { continue }
            if let earlier = found, earlier.at <= due { continue }
            found = (name, due)
        }
        return found
    }
}
