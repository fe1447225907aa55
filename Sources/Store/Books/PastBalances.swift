package import Database
package import Ledger

/// What stood at the end of a day, carried forward from the last closing before it.
///
/// A closed day takes no voucher, so what was closed with it still stands, and only what happened since
/// is added up: closing a period costs what happened since the last one, however old the books are.
/// Whether the closing is what the vouchers give is for `Verifier` to say.
extension Transaction {
    /// What stands in every account for what happened up to and including `day`.
    package func position(
        _ fund: String, through day: Day, at now: Moment
    ) throws(DatabaseError) -> Position {
        try write(OpenBooks.self)
        let base = try lastClosing(fund, through: day)
        let (kind, first) = base.map { ($0.kind, $0.firstDay.description) } ?? ("", "")
        let closed = base?.lastDay.description ?? ""
        var balances: [Account: Money] = [:]
        for row in try rows(
            """
            select account, cast(sum(fen) as bigint) from (
                select account, amount_fen as fen from closing_balance
                where fund = \(fund) and kind = \(kind) and first_day = \(first)
                union all
                select l.account as account,
                    case when l.side = 1 then l.amount_fen else -l.amount_fen end as fen
                from voucher v cross join voucher_line l
                where v.fund = \(fund) and v.business_day > \(closed)
                    and v.business_day <= \(day.description)
                    and l.fund = v.fund and l.number = v.number) moved
            group by account
            """)
        {
            balances[try account(row.text(0))] = Money(fen: try row.integer(1))
        }
        return Position(
            at: now, through: day, head: try ledgerHead(fund), balances: balances, open: [:])
    }

    /// What vouchers booked up to and including `day` make of `code`, debit-positive.
    package func balance(
        _ fund: String, of code: String, through day: Day
    ) throws(DatabaseError) -> Money {
        try write(OpenBooks.self)
        let base = try lastTotal(fund, of: code, through: day)
        // SQLite reads a cross join in the order it is written: the days first, then their lines.
        let row = try first(
            """
            select cast(coalesce(sum(case when l.side = 1 then l.amount_fen else -l.amount_fen end), 0)
                + \(base?.total.fen ?? 0) as bigint)
            from voucher v cross join voucher_line l
            where v.fund = \(fund) and v.business_day > \(base?.day.description ?? "")
                and v.business_day <= \(day.description)
                and l.fund = v.fund and l.number = v.number
                and (l.account = \(code)
                    or (l.account >= \(code + ":") and l.account < \(code + ";")))
            """)
        return Money(fen: try row?.integer(0) ?? 0)
    }

    /// The last closing that holds every balance and ends by `day`.
    private func lastClosing(
        _ fund: String, through day: Day
    ) throws(DatabaseError) -> (kind: String, firstDay: Day, lastDay: Day)? {
        let row = try first(
            """
            select kind, first_day, last_day from closing
            where fund = \(fund) and last_day <= \(day.description)
            order by last_day desc, kind limit 1
            """)
        return try row.map { row throws(DatabaseError) in
            (
                kind: try row.text(0), firstDay: try Store.day(row.text(1)),
                lastDay: try Store.day(row.text(2))
            )
        }
    }

    /// What stood in `code` at the last closing that says so and ends by `day`. A closed day knows bank and
    /// platform alone.
    private func lastTotal(
        _ fund: String, of code: String, through day: Day
    ) throws(DatabaseError) -> (day: Day, total: Money)? {
        let column: SQL? =
            switch code {
            case Chart.bank: "bank_fen"
            case Chart.platform: "platform_fen"
            default: nil
            }
        let closing = try lastClosing(fund, through: day)
        if let column,
            let row = try first(
                """
                select day, \(sql: column) from closed_day
                where fund = \(fund) and day <= \(day.description) order by day desc limit 1
                """),
            let closed = Day(try row.text(0)), closing.map({ $0.lastDay <= closed }) ?? true
        {
            return (day: closed, total: Money(fen: try row.integer(1)))
        }
        guard let closing else { return nil }
        let row = try first(
            """
            select cast(coalesce(sum(amount_fen), 0) as bigint) from closing_balance
            where fund = \(fund) and kind = \(closing.kind)
                and first_day = \(closing.firstDay.description)
                and (account = \(code)
                    or (account >= \(code + ":") and account < \(code + ";")))
            """)
        return (day: closing.lastDay, total: Money(fen: try row?.integer(0) ?? 0))
    }
}
