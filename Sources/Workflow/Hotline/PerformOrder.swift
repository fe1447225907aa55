package import Casework
import Database
package import Ledger
import Logging
import Store

/// A work order in hand: as it is now, and what has happened to it in this transaction.
struct OrderSheet {
    var order: WorkOrder
    /// The events the database had when the work began.
    let past: [RecordedOrder]
    /// The stage it was at then; nil for a new one.
    let leaving: String?
    /// What it then added to the reports; nil before the first time.
    let reported: ReportEntry?
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
        try perform([(command, actor)], onOrder: id, expecting: version)
    }

    /// Gives several commands to a work order, one after the other, and writes once what they make happen.
    @discardableResult
    package func perform(
        _ commands: [(command: OrderCommand, by: Actor)], onOrder id: ID<WorkOrder>,
        expecting version: Int? = nil
    ) throws -> WorkOrder {
        var sheet = try sheet(id, expecting: version)
        for (command, actor) in commands {
            try enact(command, by: actor, on: &sheet)
            if case .merge(let first) = command { try absorb(sheet.order, into: first) }
        }
        guard let last = commands.last else { return sheet.order }
        try write(sheet, after: last.command.kind.rawValue, by: last.by)
        return sheet.order
    }

    func sheet(_ id: ID<WorkOrder>, expecting version: Int? = nil) throws -> OrderSheet {
        let sheet: OrderSheet
        if let held = hand?.sheets[id] {
            sheet = held
        } else {
            let events = try transaction.events(ofOrder: id)
            guard let order = WorkOrder(id: id, replaying: events) else {
                throw WorkflowError.noSuchOrder(id.text)
            }
            sheet = OrderSheet(
                order: order, past: events, leaving: order.stage.name,
                reported: try transaction.reportRecord(id.text))
        }
        if let version, version != sheet.order.version {
            throw WorkflowError.orderChangedMeanwhile(id, version: sheet.order.version)
        }
        return sheet
    }

    /// The schedules that the clocks of `order` are set and counted by.
    package func schedules(of order: WorkOrder) throws -> ScheduleBook {
        try office.schedules(of: order, transaction)
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
        var sheet = try sheet(first)
        let brought = Duplicate(
            id: duplicate.id, demand: duplicate.demand,
            evidence: duplicate.evidence.map(\.hash) + duplicate.messages.flatMap(\.evidence))
        try enact(.absorb(brought), by: .office, on: &sheet)
        try write(sheet, after: OrderCommand.Kind.absorb.rawValue, by: .office)
    }

    /// Writes what happened: events, queue line, clocks, steps, notices, keys, and what it adds to the
    /// reports.
    func write(_ sheet: OrderSheet, after command: String, by actor: Actor) throws {
        guard !sheet.recorded.isEmpty else { return }
        let order = sheet.order
        let book = try schedules(of: order)
        for each in sheet.recorded {
            guard case .clockStarted(_, let edition, _) = each.event,
                !office.schedules.isKept(edition),
                hand?.kept.contains(edition) != true,
                let schedule = book.schedule(of: edition)
            else { continue }
            try transaction.keep(schedule, at: now)
            started.append(schedule)
            hand?.kept.insert(edition)
        }
        let steps = try order.nextSteps(on: book)
        try transaction.append(
            sheet.recorded, to: order, leaving: sheet.leaving,
            steps: steps.map { OrderStep(clock: $0.clock, step: $0.step, at: $0.at) },
            due: try order.mostPressing(on: book))
        let events = sheet.past + sheet.recorded
        let record = try ReportRecord(
            of: order, events: events, isOther: try isOther(order), zone: books.zone, on: book)
        let reported = try transaction.writeReport(old: sheet.reported, new: record)
        try tell(sheet)
        hand?.sheets[order.id] = OrderSheet(
            order: order, past: events, leaving: order.stage.name, reported: reported)
        guard office.logger.logLevel <= .info else { return }
        journal.append([
            "order": "\(order.id)", "command": "\(command)", "actor": "\(actor.name)",
            "events": "\(sheet.recorded.map(\.event.kind).joined(separator: " "))",
            "stage": "\(order.stage.name)", "edition": "\(order.terms.edition)",
        ])
    }

    /// The edition marks its kind, or its category, as counted apart.
    private func isOther(_ order: WorkOrder) throws -> Bool {
        let hotline = try office.hotlinePolicies.edition(named: order.terms.edition).hotline
        return hotline.kinds.contains { $0.isOther && $0.code == order.sorting.kind }
            || hotline.categories.contains { $0.isOther && $0.code == order.sorting.category }
    }
}

extension Office {
    /// The schedules that the clocks of `order` are set and counted by.
    func schedules(of order: WorkOrder, _ transaction: Transaction) throws -> ScheduleBook {
        let edition = try hotlinePolicies.edition(named: order.terms.edition)
        let book = try schedules.book(for: edition)
        func isKnown(_ clock: TermClock) -> Bool {
            clock.deadline.schedule.map { book.schedule(of: $0) != nil } ?? true
        }
        if order.clocks.values.allSatisfy(isKnown), order.pastClocks.allSatisfy(isKnown) {
            return book
        }
        // Another server has set a clock by a calendar that this one has not read yet.
        try schedules.reload(transaction)
        return try schedules.book(for: edition)
    }
}

extension WorkOrder {
    /// The running limit that ends first; nil while none is known.
    func mostPressing(on book: ScheduleBook) throws(OrderRefusal) -> (
        clock: OrderClock, at: Moment
    )? {
        var found: (clock: OrderClock, at: Moment)?
        for name in OrderClock.allCases {
            guard let clock = clocks[name], !clock.isOver, let due = try clock.due(on: book)
            else { continue }
            if let earlier = found, earlier.at <= due { continue }
            found = (name, due)
        }
        return found
    }
}
