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
    package var channel: String?
    package var isUrgent: Bool?
    /// In the beginning of what the caller said. Where texts are sealed, only the first `wordScanRows` that
    /// fit everything else are looked through: no index reads what is sealed.
    package var words: String?
    /// The caller's telephone, as anybody writes it.
    package var phone: String?
    /// Only those of which no limit is running.
    package var isStill = false
    /// Only those whose most pressing limit ended before this.
    package var dueBefore: Moment?
    /// The last of the page before; the newest first. Not for the queue.
    package var after: ID<WorkOrder>?
    /// 1…200.
    package var limit = 50

    package init(reader: Actor?) { self.reader = reader }
}

extension Transaction {
    /// A page of work orders, the newest first.
    package func orderRows(_ filter: OrderFilter) throws(DatabaseError) -> [OrderRow] {
        var sql = try condition(filter)
        if let after = filter.after {
            sql = """
                \(sql: sql) and (registered_ms, order_id) < (
                    (select registered_ms from order_row where order_id = \(after.text)),
                    \(after.text))
                """
        }
        return try holding(filter) { limit throws(DatabaseError) in
            try readOrderRows(
                "\(sql: sql) order by registered_ms desc, order_id desc limit \(limit)")
        }
    }

    /// Open work orders with a known end, the most pressing first.
    package func orderQueue(_ filter: OrderFilter) throws(DatabaseError) -> [OrderRow] {
        var open = filter
        open.isOpen = true
        let sql = try condition(open)
        return try holding(filter) { limit throws(DatabaseError) in
            try readOrderRows(
                """
                \(sql: sql) and due_ms is not null
                order by due_ms, order_id limit \(limit)
                """)
        }
    }

    /// Those rows of `read` that hold the words that are sought, where the database cannot tell.
    private func holding(
        _ filter: OrderFilter, _ read: (Int) throws(DatabaseError) -> [OrderRow]
    ) throws(DatabaseError) -> [OrderRow] {
        guard let words = filter.words?.lowercased(), dataKeys != nil else {
            return try read(page(filter))
        }
        let found = try read(wordScanRows).filter { $0.text.lowercased().contains(words) }
        return Array(found.prefix(page(filter)))
    }

    /// Open ones by the time that is left, those whose clocks stand still after them; when others are asked
    /// for as well, the newest first.
    package func orders(listedBy filter: OrderFilter) throws(DatabaseError) -> [OrderRow] {
        guard filter.isOpen == true else { return try orderRows(filter) }
        let running = try orderQueue(filter)
        guard running.count < page(filter) else { return running }
        var still = filter
        still.isStill = true
        still.limit = page(filter) - running.count
        return running + (try orderRows(still))
    }

    /// - Parameter reader: As in `OrderFilter`.
    package func orderRow(
        _ id: ID<WorkOrder>, for reader: Actor?
    ) throws(DatabaseError) -> OrderRow? {
        try readOrderRows("\(sql: columns(for: reader)) where order_id = \(id.text)").first
    }

    package func hasOrder(_ id: ID<WorkOrder>) throws(DatabaseError) -> Bool {
        try first("select 1 from order_row where order_id = \(id.text)") != nil
    }

    /// How many open work orders stand at each stage; of one bureau, those it leads.
    package func openOrderCounts(
        bureau: String? = nil
    ) throws(DatabaseError) -> [(stage: String, count: Int)] {
        var counts: [(stage: String, count: Int)] = []
        let own: SQL = bureau.map { "and bureau = \($0)" as SQL } ?? ""
        for row in try rows(
            """
            select stage, count(*) from order_row where is_open = 1 \(sql: own)
            group by stage order by stage
            """)
        {
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

    private func condition(_ filter: OrderFilter) throws(DatabaseError) -> SQL {
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
        if let channel = filter.channel { sql = "\(sql: sql) and channel = \(channel)" }
        if let isUrgent = filter.isUrgent {
            sql = "\(sql: sql) and is_urgent = \(isUrgent ? 1 : 0)"
        }
        if filter.isStill { sql = "\(sql: sql) and due_ms is null" }
        if let end = filter.dueBefore { sql = "\(sql: sql) and due_ms < \(end.ms)" }
        if filter.words != nil || filter.phone != nil, let reader = filter.reader {
            // By finding it one would read it.
            sql = "\(sql: sql) and not \(sql: concerns(reader))"
        }
        if let words = filter.words, dataKeys == nil {
            let pattern = "%" + words.lowercased().filter { $0 != "%" && $0 != "_" } + "%"
            sql = "\(sql: sql) and lower(text) like \(pattern)"
        }
        if let phone = filter.phone {
            let keys = try sought(phoneKey(phone))
            sql = """
                \(sql: sql) and order_id in (
                    select order_id from order_key
                    where kind = 'phone' and value in (\(list: keys)))
                """
        }
        return sql
    }

    private func readOrderRows(_ sql: SQL) throws(DatabaseError) -> [OrderRow] {
        var found: [OrderRow] = []
        let all = try rows(sql)
        var numbers: [String] = []
        for row in all { numbers.append(try row.text(0)) }
        try holdKeys(of: numbers)
        for row in all {
            let id = try row.text(0)
            found.append(
                OrderRow(
                    id: ID(id), version: Int(try row.integer(1)),
                    stage: try row.text(2), isOpen: try row.integer(3) == 1,
                    kind: try row.text(4), category: try row.text(5), area: try row.textOrNil(6),
                    channel: try row.text(7), bureau: try row.textOrNil(8),
                    receiver: try row.textOrNil(9), isUrgent: try row.integer(10) == 1,
                    isSupervised: try row.integer(11) == 1,
                    text: try openedText(row.text(12), of: id, at: "order_row \(id)"),
                    registeredAt: Moment(ms: try row.integer(13)),
                    due: try row.integerOrNil(14).map { Moment(ms: $0) },
                    dueClock: try row.textOrNil(15)))
        }
        return found
    }
}

/// How many work orders are opened to look for words in them.
private let wordScanRows = 2_000

private func columns(for reader: Actor?) -> SQL {
    var text: SQL = "text"
    if let reader { text = "case when \(sql: concerns(reader)) then '' else text end" }
    return """
        select order_id, version, stage, is_open, kind, category, area, channel, bureau, receiver,
            is_urgent, is_supervised, \(sql: text), registered_ms, due_ms, due_clock
        from order_row
        """
}

/// Whether the order is about this person or their bureau.
private func concerns(_ reader: Actor) -> SQL {
    """
    exists (select 1 from order_concerned c
        where c.order_id = order_row.order_id
            and c.whom in (\(list: reader.namesInMatters.map(SQLValue.text))))
    """
}
