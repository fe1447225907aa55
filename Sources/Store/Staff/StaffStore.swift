package import Casework
package import Database
package import Ledger

extension Transaction {
    /// - Throws: A `unique` constraint when the week was evaluated before.
    package func write(_ evaluation: StaffEvaluation, at now: Moment) throws(DatabaseError) {
        try put(
            """
            insert into staff_evaluation (agent, week, score, note, actor, at_ms)
            values (\(evaluation.agent), \(evaluation.week.description), \(evaluation.score),
                \(evaluation.note), \(evaluation.by), \(now.ms))
            """)
    }

    /// Evaluations of the weeks that begin within the days, by agent and week.
    package func evaluations(
        from first: Day, through last: Day, of agent: String? = nil
    ) throws(DatabaseError) -> [StaffEvaluation] {
        let own: SQL = agent.map { "and agent = \($0)" } ?? ""
        var found: [StaffEvaluation] = []
        for row in try rows(
            """
            select agent, week, score, note, actor from staff_evaluation
            where week >= \(first.description) and week <= \(last.description) \(sql: own)
            order by agent, week
            """)
        {
            found.append(
                StaffEvaluation(
                    agent: try row.text(0), week: try day(row.text(1)),
                    score: Int(try row.integer(2)), note: try row.text(3), by: try row.text(4)))
        }
        return found
    }

    /// What each first receiver took within the days, counted from the work orders.
    package func staffRecords(
        from first: Day, through last: Day, in zone: Zone
    ) throws(DatabaseError) -> [StaffRecord] {
        let (start, end) = (zone.moment(of: first), zone.moment(of: last.advanced(by: 1)))
        let shift = Int64(zone.offsetMinutes) * 60_000
        var found: [StaffRecord] = []
        for row in try rows(
            """
            select receiver, count(distinct (registered_ms + \(shift)) / 86400000), count(*),
                sum(case when grade in ('a', 'b', 'c') then 1 else 0 end),
                sum(case when grade in ('a', 'b') then 1 else 0 end)
            from order_row
            where receiver is not null and registered_ms >= \(start.ms) and registered_ms < \(end.ms)
            group by receiver order by receiver
            """)
        {
            found.append(
                StaffRecord(
                    agent: try row.text(0), days: try row.integer(1), orders: try row.integer(2),
                    asked: try row.integer(3), satisfied: try row.integer(4)))
        }
        return found
    }
}
