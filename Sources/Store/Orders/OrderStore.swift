package import Casework
package import Database
package import Ledger

extension Transaction {
    /// The events of a work order in order; empty for an unknown one.
    package func events(ofOrder id: ID<WorkOrder>) throws(DatabaseError) -> [RecordedOrder] {
        var events: [RecordedOrder] = []
        for row in try rows(
            """
            select position, payload, actor, at_ms, recorded_ms from order_event
            where order_id = \(id.text) order by position
            """)
        {
            let position = Int(try row.integer(0))
            let place = "order_event \(id) #\(position)"
            let payload = try opened(row.text(1), of: id.text, at: place)
            let event = try fromJSON(OrderEvent.self, payload, at: place)
            events.append(
                RecordedOrder(
                    event, position: position, actor: try row.text(2),
                    at: Moment(ms: try row.integer(3)), recordedAt: Moment(ms: try row.integer(4))))
        }
        return events
    }

    /// The work order as its events tell it; nil when there is none.
    package func workOrder(_ id: ID<WorkOrder>) throws(DatabaseError) -> WorkOrder? {
        WorkOrder(id: id, replaying: try events(ofOrder: id))
    }

    /// Appends `recorded` to a work order, and writes its line in the queues, its clocks, the steps that
    /// fired, the notices and the keys.
    ///
    /// - Parameters:
    ///   - order: After these events.
    ///   - stage: The name of the stage it was at before them; nil for a new one.
    ///   - steps: The next step of each running clock.
    ///   - due: The most pressing end of those; nil when none is known.
    /// - Throws: A `unique` constraint when another transaction appended first; nothing is written then.
    package func append(
        _ recorded: [RecordedOrder], to order: WorkOrder, leaving stage: String?,
        steps: [OrderStep], due: (clock: OrderClock, at: Moment)?
    ) throws(DatabaseError) {
        guard let first = recorded.first else { return }
        var eventRows: [[SQLValue]] = []
        for each in recorded {
            eventRows.append([
                .text(order.id.text), .integer(Int64(each.position)), .text(each.event.kind),
                .text(
                    try sealed(
                        jsonText(each.event), of: order.id.text, position: each.position,
                        at: "order_event \(order.id) #\(each.position)", each.recordedAt)),
                .text(each.actor), .integer(each.at.ms),
                .integer(each.recordedAt.ms),
            ])
        }
        try insert(
            into: "order_event", "order_id, position, kind, payload, actor, at_ms, recorded_ms",
            rows: eventRows)
        try writeRow(of: order, after: first.position, recorded, due)
        count(recorded.count, .orderEvents)
        count(from: stage, to: order.stage.name, Counted.orders)
        if first.position == 0 { try writeConcerned(order) }
        // Nothing is asked of orders that nobody ever assisted with.
        if order.assignments.contains(where: { !$0.assisting.isEmpty }) {
            try writeAssisting(order)
        }
        try writeSteps(steps, of: order, isNew: first.position == 0)
        try writeFired(recorded, of: order)
        try writeNotices(recorded, of: order)
        try writeKeys(recorded, of: order)
    }

    private func writeSteps(
        _ steps: [OrderStep], of order: WorkOrder, isNew: Bool
    ) throws(DatabaseError) {
        if !isNew { try run("delete from order_clock where order_id = \(order.id.text)") }
        guard !steps.isEmpty else { return }
        try insert(
            into: "order_clock", "order_id, clock, step, at_ms",
            rows: steps.map {
                [
                    .text(order.id.text), .text($0.clock.rawValue), .text($0.step.key),
                    .integer($0.at.ms),
                ]
            })
    }

    private func writeFired(_ recorded: [RecordedOrder], of order: WorkOrder) throws(DatabaseError)
    {
        for each in recorded {
            guard case .clockFired(let clock, let step) = each.event else { continue }
            // A clock that fired and was replaced in one go is among the past ones.
            let started =
                order.clocks[clock].map(\.deadline.startedAt)
                ?? order.pastClocks.last { $0.term.clock == clock }?.deadline.startedAt
            try put(
                """
                insert into order_step (order_id, clock, started_ms, step, fired_ms)
                values (\(order.id.text), \(clock.rawValue), \(started?.ms ?? 0), \(step.key),
                    \(each.at.ms))
                """)
        }
    }

    private func writeRow(
        of order: WorkOrder, after position: Int, _ recorded: [RecordedOrder],
        _ due: (clock: OrderClock, at: Moment)?
    ) throws(DatabaseError) {
        let closed: Int64? = order.stage.isOpen ? nil : recorded.last?.at.ms
        let sorting = order.sorting
        let grade: String? = order.followUps.last?.grade.rawValue
        guard position > 0 else {
            let text = try sealedText(
                String(order.demand.text.prefix(200)), of: order.id.text,
                at: "order_row \(order.id)")
            try put(
                """
                insert into order_row (order_id, version, stage, is_open, kind, category, area,
                    channel, edition, bureau, receiver, is_urgent, is_supervised,
                    is_with_discipline, text, registered_ms, due_ms, due_clock, closed_ms, grade)
                values (\(order.id.text), \(order.version), \(order.stage.name),
                    \(order.stage.isOpen ? 1 : 0), \(sorting.kind), \(sorting.category),
                    \(sorting.area), \(order.demand.channel.rawValue), \(order.terms.edition),
                    \(order.assignment?.lead), \(order.receiver), \(order.terms.isUrgent ? 1 : 0),
                    \(order.isSupervised ? 1 : 0), \(order.isWithDiscipline ? 1 : 0),
                    \(text), \(order.registeredAt.ms),
                    \(due?.at.ms), \(due?.clock.rawValue), \(closed), \(grade))
                """)
            return
        }
        let changed = try run(
            """
            update order_row set version = \(order.version), stage = \(order.stage.name),
                is_open = \(order.stage.isOpen ? 1 : 0), kind = \(sorting.kind),
                category = \(sorting.category), area = \(sorting.area),
                edition = \(order.terms.edition), bureau = \(order.assignment?.lead),
                receiver = \(order.receiver), is_urgent = \(order.terms.isUrgent ? 1 : 0),
                is_supervised = \(order.isSupervised ? 1 : 0),
                is_with_discipline = \(order.isWithDiscipline ? 1 : 0), due_ms = \(due?.at.ms),
                due_clock = \(due?.clock.rawValue), closed_ms = \(closed), grade = \(grade)
            where order_id = \(order.id.text) and version = \(position)
            """)
        guard changed == 1 else { throw .conflict }
    }
}
