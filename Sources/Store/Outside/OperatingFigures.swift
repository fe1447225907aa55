package import Database
package import Ledger

/// What a monitor wants to know of the office's work, as it stands in the database.
package struct OperatingFigures: Hashable, Sendable {
    /// Messages that wait until they may be sent, that may be sent now, and those of both whose last attempt
    /// failed.
    package var waiting: Int64 = 0
    package var due: Int64 = 0
    package var failed: Int64 = 0
    /// Since when the oldest that may be sent has waited; nil where none does.
    package var oldestDue: Moment?
    /// When the oldest step of a clock that is set falls due; nil where none is set.
    package var caseStep: Moment?
    package var orderStep: Moment?
    /// Cases that are not closed, by stage.
    package var openCases: [String: Int64] = [:]
    package var openOrders: Int64 = 0
    /// Log-ins that have not ended.
    package var sessions: Int64 = 0
}

extension Transaction {
    package func operatingFigures(at now: Moment) throws(DatabaseError) -> OperatingFigures {
        var figures = OperatingFigures()
        if let row = try first(
            """
            select count(*),
                cast(coalesce(sum(case when not_before_ms <= \(now.ms) then 1 else 0 end), 0) as bigint),
                cast(coalesce(sum(case when last_error is not null then 1 else 0 end), 0) as bigint),
                min(case when not_before_ms <= \(now.ms) then not_before_ms else null end)
            from outbox where done_ms is null
            """)
        {
            figures.due = try row.integer(1)
            figures.waiting = try row.integer(0) - figures.due
            figures.failed = try row.integer(2)
            figures.oldestDue = try row.integerOrNil(3).map { Moment(ms: $0) }
        }
        figures.caseStep = try nextStepTime()
        figures.orderStep = try nextOrderStepTime()
        for row in try rows(
            "select stage, count(*) from case_row where is_open = 1 group by stage order by stage")
        {
            figures.openCases[try row.text(0)] = try row.integer(1)
        }
        figures.openOrders =
            try first("select count(*) from order_row where is_open = 1")?.integer(0) ?? 0
        figures.sessions =
            try first("select count(*) from person_session where ends_ms > \(now.ms)")?.integer(0)
            ?? 0
        return figures
    }

    /// The steps of the schema that were applied, by name, in their order.
    package func appliedSchema() throws(DatabaseError) -> [String] {
        try rows("select id from schema_step order by id").map {
            row throws(DatabaseError) in try row.text(0)
        }
    }
}
