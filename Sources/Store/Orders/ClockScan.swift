package import Casework
package import Database
package import Ledger

/// One work order's or case's events, and what is stored of its clocks beside them.
package struct StoredClocks<Subject: Sendable, Event: Sendable>: Sendable {
    package let id: ID<Subject>
    package let events: [Event]
    /// A line a stored row, in a fixed order: see `ClockLines`.
    package let lines: ClockLines
}

/// What is stored of clocks, as text: recomputed and stored must be the same, byte for byte.
package struct ClockLines: Hashable, Sendable {
    package private(set) var lines: [String] = []

    package init() {}

    /// The step that fires next.
    package mutating func addNext(_ clock: String, _ step: String, at: Moment) {
        lines.append("next \(clock) \(step) \(at.ms)")
    }

    /// A step that has fired, of the clock that started then.
    package mutating func addFired(
        _ clock: String, startedAt: Moment, _ step: String, at: Moment
    ) {
        lines.append("fired \(clock) \(startedAt.ms) \(step) \(at.ms)")
    }

    /// The most pressing end; nil while none is known.
    package mutating func addDue(_ clock: String?, _ at: Moment?) {
        lines.append("due \(clock ?? "-") \(at.map { "\($0.ms)" } ?? "-")")
    }

    package var text: String { lines.sorted().joined(separator: "\n") }
}

extension Transaction {
    /// A page of work orders by number, with what is stored of their clocks.
    ///
    /// - Parameters:
    ///   - after: The last number of the page before; empty for the first.
    ///   - limit: Work orders on a page; a last page has fewer.
    package func orderClocks(
        after: String, limit: Int = 200
    ) throws(DatabaseError) -> [StoredClocks<WorkOrder, RecordedOrder>] {
        var lines: [String: ClockLines] = [:]
        var ids: [String] = []
        for row in try rows(
            """
            select order_id, due_clock, due_ms from order_row where order_id > \(after)
            order by order_id limit \(limit)
            """)
        {
            let id = try row.text(0)
            ids.append(id)
            lines[id, default: ClockLines()].addDue(
                try row.textOrNil(1), try row.integerOrNil(2).map { Moment(ms: $0) })
        }
        guard let last = ids.last else { return [] }
        for row in try rows(
            """
            select order_id, clock, step, at_ms from order_clock
            where order_id > \(after) and order_id <= \(last)
            """)
        {
            lines[try row.text(0), default: ClockLines()].addNext(
                try row.text(1), try row.text(2), at: Moment(ms: try row.integer(3)))
        }
        for row in try rows(
            """
            select order_id, clock, started_ms, step, fired_ms from order_step
            where order_id > \(after) and order_id <= \(last)
            """)
        {
            lines[try row.text(0), default: ClockLines()].addFired(
                try row.text(1), startedAt: Moment(ms: try row.integer(2)), try row.text(3),
                at: Moment(ms: try row.integer(4)))
        }
        var events: [String: [RecordedOrder]] = [:]
        for row in try rows(
            """
            select order_id, position, payload, actor, at_ms, recorded_ms from order_event
            where order_id > \(after) and order_id <= \(last) order by order_id, position
            """)
        {
            let (id, position) = (try row.text(0), Int(try row.integer(1)))
            let event = try fromJSON(
                OrderEvent.self, row.text(2), at: "order_event \(id) #\(position)")
            events[id, default: []].append(
                RecordedOrder(
                    event, position: position, actor: try row.text(3),
                    at: Moment(ms: try row.integer(4)), recordedAt: Moment(ms: try row.integer(5))))
        }
        return ids.map {
            StoredClocks(id: ID($0), events: events[$0] ?? [], lines: lines[$0] ?? ClockLines())
        }
    }

    /// A page of cases by number, with what is stored of their clocks.
    package func caseClocks(
        after: String, limit: Int = 200
    ) throws(DatabaseError) -> [StoredClocks<Case, Recorded>] {
        var lines: [String: ClockLines] = [:]
        var ids: [String] = []
        for row in try rows(
            """
            select case_id, due_clock, due_ms from case_row where case_id > \(after)
            order by case_id limit \(limit)
            """)
        {
            let id = try row.text(0)
            ids.append(id)
            lines[id, default: ClockLines()].addDue(
                try row.textOrNil(1), try row.integerOrNil(2).map { Moment(ms: $0) })
        }
        guard let last = ids.last else { return [] }
        for row in try rows(
            """
            select case_id, name, step, at_ms from case_clock
            where case_id > \(after) and case_id <= \(last)
            """)
        {
            lines[try row.text(0), default: ClockLines()].addNext(
                try row.text(1), try row.text(2), at: Moment(ms: try row.integer(3)))
        }
        var found: [StoredClocks<Case, Recorded>] = []
        for id in ids {
            found.append(
                StoredClocks(
                    id: ID(id), events: try self.events(of: ID(id)),
                    lines: lines[id] ?? ClockLines()))
        }
        return found
    }
}
