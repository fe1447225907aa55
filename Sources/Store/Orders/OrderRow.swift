package import Casework
package import Database
package import Ledger

/// A work order as a queue shows it.
package struct OrderRow: Hashable, Sendable {
    package let id: ID<WorkOrder>
    package let version: Int
    package let stage: String
    package let isOpen: Bool
    package let kind: String
    package let category: String
    package let area: String?
    package let channel: String
    /// The lead bureau that has it now.
    package let bureau: String?
    package let receiver: String?
    package let isUrgent: Bool
    package let isSupervised: Bool
    /// The beginning of what the caller said; empty for a reader whom it is about.
    package let text: String
    package let registeredAt: Moment
    /// The most pressing end of a clock, and which.
    package let due: Moment?
    package let dueClock: String?
}

/// Which work orders, and in which order.
package struct OrderFilter: Sendable {
    /// Who reads the list: of an order that is about them they see a line without words. Nil for whoever
    /// sits at the machine.
    package let reader: Actor?
    package var stage: String?
    package var isOpen: Bool?
    /// It has the order now, as its lead or to assist.
    package var bureau: String?
    package var kind: String?
    package var isSupervised = false
    /// The last of the page before; the newest first. Not for the queue.
    package var after: ID<WorkOrder>?
    /// 1…200.
    package var limit = 50

    package init(reader: Actor?) { self.reader = reader }
}

extension Transaction {
    /// A page of work orders, the newest first.
    package func orderRows(_ filter: OrderFilter) throws(DatabaseError) -> [OrderRow] {
        var sql = condition(filter)
        if let after = filter.after {
            sql = """
                \(sql: sql) and (registered_ms, order_id) < (
                    (select registered_ms from order_row where order_id = \(after.text)),
                    \(after.text))
                """
        }
        return try readOrderRows(
            "\(sql: sql) order by registered_ms desc, order_id desc limit \(page(filter))")
    }

    /// Open work orders with a known end, the most pressing first.
    package func orderQueue(_ filter: OrderFilter) throws(DatabaseError) -> [OrderRow] {
        var open = filter
        open.isOpen = true
        return try readOrderRows(
            """
            \(sql: condition(open)) and due_ms is not null
            order by due_ms, order_id limit \(page(filter))
            """)
    }

    package func hasOrder(_ id: ID<WorkOrder>) throws(DatabaseError) -> Bool {
        try first("select 1 from order_row where order_id = \(id.text)") != nil
    }

    /// How many work orders stand at each stage.
    package func orderCounts() throws(DatabaseError) -> [(stage: String, count: Int)] {
        var counts: [(stage: String, count: Int)] = []
        for row in try rows("select stage, count(*) from order_row group by stage order by stage") {
            counts.append((try row.text(0), Int(try row.integer(1))))
        }
        return counts
    }

    /// Every work order's number, in order, `limit` at a time after `after`.
    package func orderNumbers(
        after: String, limit: Int
    ) throws(DatabaseError) -> [ID<WorkOrder>] {
        var found: [ID<WorkOrder>] = []
        for row in try rows(
            "select order_id from order_row where order_id > \(after) order by order_id limit \(limit)"
        ) {
            found.append(ID(try row.text(0)))
        }
        return found
    }

    private func page(_ filter: OrderFilter) -> Int { min(max(filter.limit, 1), 200) }

    private func condition(_ filter: OrderFilter) -> SQL {
        var sql: SQL = "\(sql: columns(for: filter.reader)) where 1 = 1"
        if let stage = filter.stage { sql = "\(sql: sql) and stage = \(stage)" }
        if let isOpen = filter.isOpen { sql = "\(sql: sql) and is_open = \(isOpen ? 1 : 0)" }
        if let bureau = filter.bureau {
            sql = """
                \(sql: sql) and (bureau = \(bureau) or order_id in (
                    select order_id from order_assisting where bureau = \(bureau)))
                """
        }
        if let kind = filter.kind { sql = "\(sql: sql) and kind = \(kind)" }
        if filter.isSupervised { sql = "\(sql: sql) and is_supervised = 1" }
        return sql
    }

    private func readOrderRows(_ sql: SQL) throws(DatabaseError) -> [OrderRow] {
        var found: [OrderRow] = []
        for row in try rows(sql) {
            found.append(
                OrderRow(
                    id: ID(try row.text(0)), version: Int(try row.integer(1)),
                    stage: try row.text(2), isOpen: try row.integer(3) == 1,
                    kind: try row.text(4), category: try row.text(5), area: try row.textOrNil(6),
                    channel: try row.text(7), bureau: try row.textOrNil(8),
                    receiver: try row.textOrNil(9), isUrgent: try row.integer(10) == 1,
                    isSupervised: try row.integer(11) == 1, text: try row.text(12),
                    registeredAt: Moment(ms: try row.integer(13)),
                    due: try row.integerOrNil(14).map { Moment(ms: $0) },
                    dueClock: try row.textOrNil(15)))
        }
        return found
    }
}

private func columns(for reader: Actor?) -> SQL {
    var text: SQL = "text"
    if let reader {
        text = """
            case when exists (select 1 from order_concerned c
                where c.order_id = order_row.order_id
                    and c.whom in (\(list: reader.namesInMatters.map(SQLValue.text)))
            ) then '' else text end
            """
    }
    return """
        select order_id, version, stage, is_open, kind, category, area, channel, bureau, receiver,
            is_urgent, is_supervised, \(sql: text), registered_ms, due_ms, due_clock
        from order_row
        """
}
