package import Database
package import Ledger

/// A case or work order as anybody may read of it: nobody's name, no words, no place.
package struct PublicRequest: Hashable, Sendable {
    package let number: String
    package let isCase: Bool
    /// The matter of a case, the kind of a work order.
    package let service: String
    package let stage: String
    package let bureau: String?
    package let filedAt: Moment
    /// When something happened to it at last.
    package let changedAt: Moment
    /// Nothing more is to be done for whoever brought it.
    package let isClosed: Bool
}

/// Which of them.
package struct PublicRequestFilter: Hashable, Sendable {
    /// Where there are any, only these, whatever else is said.
    package var numbers: [String] = []
    package var services: [String] = []
    package var isClosed: Bool?
    package var from: Moment
    package var to: Moment
    package var offset: Int64 = 0
    package var limit: Int64

    package init(from: Moment, to: Moment, limit: Int64) {
        (self.from, self.to, self.limit) = (from, to, limit)
    }
}

/// A step of something that came in by Open311.
package struct PublicStep: Hashable, Sendable {
    package let number: String
    package let position: Int
    /// The event's kind as stored.
    package let kind: String
    package let isCase: Bool
    package let at: Moment
}

extension Transaction {
    /// The newest first. Work orders about somebody of the office are nobody else's to read.
    package func publicRequests(
        _ filter: PublicRequestFilter
    ) throws(DatabaseError) -> [PublicRequest] {
        var sql: SQL = """
            select number, is_case, service, stage, bureau, filed_ms, is_closed,
                case when is_case = 1 then (select at_ms from case_event
                        where case_id = number and position = version - 1)
                    else (select at_ms from order_event
                        where order_id = number and position = version - 1) end
            from (
                select case_id as number, 1 as is_case, matter as service, stage, bureau,
                    filed_ms, version,
                    case when is_open = 0 or stage = 'resolved' then 1 else 0 end as is_closed
                from case_row
                union all
                select order_id as number, 0 as is_case, kind as service, stage, bureau,
                    registered_ms as filed_ms, version,
                    case when is_open = 0 or stage = 'finished' then 1 else 0 end as is_closed
                from order_row where not exists (
                    select 1 from order_concerned where order_concerned.order_id = order_row.order_id)
            ) as request where
            """
        if filter.numbers.isEmpty {
            sql = "\(sql: sql) filed_ms >= \(filter.from.ms) and filed_ms <= \(filter.to.ms)"
            if !filter.services.isEmpty {
                sql = "\(sql: sql) and service in (\(list: filter.services.map { .text($0) }))"
            }
            if let isClosed = filter.isClosed {
                sql = "\(sql: sql) and is_closed = \(isClosed ? 1 : 0)"
            }
        } else {
            sql = "\(sql: sql) number in (\(list: filter.numbers.map { .text($0) }))"
        }
        sql = """
            \(sql: sql) order by filed_ms desc, number desc
            limit \(filter.limit) offset \(filter.offset)
            """
        var found: [PublicRequest] = []
        for row in try rows(sql) {
            let filed = Moment(ms: try row.integer(5))
            found.append(
                PublicRequest(
                    number: try row.text(0), isCase: try row.integer(1) == 1,
                    service: try row.text(2), stage: try row.text(3),
                    bureau: try row.textOrNil(4), filedAt: filed,
                    changedAt: try row.integerOrNil(7).map { Moment(ms: $0) } ?? filed,
                    isClosed: try row.integer(6) == 1))
        }
        return found
    }

    /// Keeps who brought it.
    package func noteOpen311(
        _ number: String, by actor: String, at now: Moment
    ) throws(DatabaseError) {
        try put(
            """
            insert into open311_request (number, actor, filed_ms)
            values (\(number), \(actor), \(now.ms)) on conflict (number) do nothing
            """)
    }

    /// Who brought it by Open311; nil where nobody did.
    package func open311Actor(of number: String) throws(DatabaseError) -> String? {
        try first("select actor from open311_request where number = \(number)")
            .map { row throws(DatabaseError) in try row.text(0) }
    }

    /// What happened between `from` and `to` to what came in by Open311 after `filedAfter`, in its order.
    package func open311Steps(
        from: Moment, to: Moment, filedAfter: Moment, limit: Int64
    ) throws(DatabaseError) -> [PublicStep] {
        var found: [PublicStep] = []
        for row in try rows(
            """
            select number, position, kind, at_ms, is_case from (
                select number, position, kind, at_ms, 1 as is_case from open311_request
                join case_event on case_id = number
                where filed_ms >= \(filedAfter.ms) and at_ms >= \(from.ms) and at_ms <= \(to.ms)
                union all
                select number, position, kind, at_ms, 0 as is_case from open311_request
                join order_event on order_id = number
                where filed_ms >= \(filedAfter.ms) and at_ms >= \(from.ms) and at_ms <= \(to.ms)
            ) as step order by at_ms, number, position limit \(limit)
            """)
        {
            found.append(
                PublicStep(
                    number: try row.text(0), position: Int(try row.integer(1)),
                    kind: try row.text(2), isCase: try row.integer(4) == 1,
                    at: Moment(ms: try row.integer(3))))
        }
        return found
    }
}
