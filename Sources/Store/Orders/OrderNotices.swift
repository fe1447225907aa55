package import Casework
package import Database
package import Ledger

/// Something a recipient is to know of a work order's limit.
package struct OrderNotice: Hashable, Sendable {
    package let order: ID<WorkOrder>
    /// Of the event that made it due.
    package let position: Int
    package let recipient: Recipient
    /// The bureau, where a bureau is told; the receiver's name, where the receiver is.
    package let addressee: String?
    package let clock: OrderClock
    package let step: TermClock.Step
    package let at: Moment
    package let seenBy: String?
}

extension Transaction {
    func writeNotices(_ recorded: [RecordedOrder], of order: WorkOrder) throws(DatabaseError) {
        var found: [[SQLValue]] = []
        for each in recorded {
            guard case .noticeDue(let recipient, let clock, let step, let bureau) = each.event
            else { continue }
            let addressee: String? =
                switch recipient {
                case .assistingBureaus: bureau
                case .bureau: order.assignments.last?.lead
                case .receiver: order.receiver
                case .supervisor, .supervision, .discipline: nil
                }
            found.append([
                .text(order.id.text), .integer(Int64(each.position)), .text(recipient.rawValue),
                SQLValue(addressee), .text(clock.rawValue), .text(step.key), .integer(each.at.ms),
            ])
        }
        guard !found.isEmpty else { return }
        try insert(
            into: "order_notice", "order_id, position, recipient, bureau, clock, step, at_ms",
            rows: found)
    }

    /// What nobody has seen yet, the oldest first.
    ///
    /// - Parameters:
    ///   - addressee: The bureau or the receiver; nil for the supervisor, supervision and discipline.
    ///   - limit: 1…200.
    package func unseenNotices(
        to recipient: Recipient, addressee: String? = nil, limit: Int
    ) throws(DatabaseError) -> [OrderNotice] {
        var found: [OrderNotice] = []
        for row in try rows(
            """
            \(sql: noticeColumns)
            where seen_ms is null and recipient = \(recipient.rawValue)
                and bureau is not distinct from \(addressee)
            order by at_ms, order_id, position limit \(min(max(limit, 1), 200))
            """)
        {
            found.append(try notice(row))
        }
        return found
    }

    /// All that became due of a work order, seen or not, in the order of its events.
    package func notices(
        ofOrder id: ID<WorkOrder>
    ) throws(DatabaseError) -> [OrderNotice] {
        var found: [OrderNotice] = []
        for row in try rows(
            "\(sql: noticeColumns) where order_id = \(id.text) order by position")
        {
            found.append(try notice(row))
        }
        return found
    }

    /// Nil when no notice became due at that event.
    package func notice(
        ofOrder id: ID<WorkOrder>, position: Int
    ) throws(DatabaseError) -> OrderNotice? {
        try first(
            "\(sql: noticeColumns) where order_id = \(id.text) and position = \(position)"
        ).map { row throws(DatabaseError) in try notice(row) }
    }

    private func notice(_ row: Row) throws(DatabaseError) -> OrderNotice {
        guard let recipient = Recipient(rawValue: try row.text(2)),
            let clock = OrderClock(rawValue: try row.text(4)),
            let step = TermClock.Step(key: try row.text(5))
        else { throw .corrupt("order_notice of \(try row.text(0)) cannot be read") }
        return OrderNotice(
            order: ID(try row.text(0)), position: Int(try row.integer(1)), recipient: recipient,
            addressee: try row.textOrNil(3), clock: clock, step: step,
            at: Moment(ms: try row.integer(6)), seenBy: try row.textOrNil(7))
    }

    /// Marks a notice as seen; the first who saw it stays on record.
    package func seeNotice(
        of order: ID<WorkOrder>, position: Int, by actor: String, at now: Moment
    ) throws(DatabaseError) {
        try put(
            """
            update order_notice set seen_by = \(actor), seen_ms = \(now.ms)
            where order_id = \(order.text) and position = \(position) and seen_ms is null
            """)
    }
}

private let noticeColumns: SQL = """
    select order_id, position, recipient, bureau, clock, step, at_ms, seen_by
    from order_notice
    """
