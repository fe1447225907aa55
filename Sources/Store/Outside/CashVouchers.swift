package import Database
package import Ledger

/// A voucher that moved money in one of the fund's accounts, to be met in that account's statement.
package struct CashVoucher: Hashable, Sendable {
    package let id: ID<Voucher>
    package let number: Int64
    package let day: Day
    /// Positive in, negative out.
    package let amount: Money
    package let source: String
    package let reason: String
    /// The other account of the voucher, of several the first by name.
    package let against: Account?
}

extension Transaction {
    /// Vouchers on `account` that no statement line was matched with, the oldest first.
    package func unmetCash(
        _ fund: String, _ account: Account, source: String? = nil
    ) throws(DatabaseError) -> [CashVoucher] {
        try write(OpenBooks.self)
        let bySource: SQL =
            source.map { "and v.source >= \($0 + "#") and v.source < \($0 + "$")" } ?? ""
        var found: [CashVoucher] = []
        for row in try rows(
            """
            select v.id, v.number, v.business_day,
                case when l.side = 1 then l.amount_fen else -l.amount_fen end, v.source, v.reason,
                (select min(o.account) from voucher_line o
                    where o.fund = l.fund and o.number = l.number and o.account <> l.account)
            from voucher_line l join voucher v on v.fund = l.fund and v.number = l.number
            where l.fund = \(fund) and l.account = \(account.description) \(sql: bySource)
                and not exists (select 1 from statement_match m
                    where m.account = l.account and m.voucher = v.id)
            order by l.number
            """)
        {
            found.append(
                CashVoucher(
                    id: ID(try row.text(0)), number: try row.integer(1), day: try day(row.text(2)),
                    amount: Money(fen: try row.integer(3)), source: try row.text(4),
                    reason: try row.text(5),
                    against: try row.textOrNil(6).flatMap { Account(text: $0) }))
        }
        return found
    }

    /// Ties a voucher to the statement line that shows it. A voucher is met once.
    package func writeMatch(
        of voucher: ID<Voucher>, with key: String, on account: Account
    ) throws(DatabaseError) {
        try put(
            """
            insert into statement_match (account, voucher, key)
            values (\(account.description), \(voucher.text), \(key))
            """)
    }

    /// The account's balance by its statements at the end of `day`; nil when there is no statement.
    package func statedBalance(of account: Account, through day: Day) throws(DatabaseError)
        -> Money?
    {
        let row = try first(
            """
            select opening_fen + coalesce((
                select sum(amount_fen) from statement_line
                where account = \(account.description) and booked_day <= \(day.description)), 0)
            from statement where account = \(account.description) order by position limit 1
            """)
        return try row.map { row throws(DatabaseError) in Money(fen: try row.integer(0)) }
    }

    /// What lies unidentified in the books, by account, at the end of `day`.
    package func suspenseCount() throws(DatabaseError) -> Int {
        let row = try first("select count(*) from statement_line where matched = 'suspense'")
        return Int(try row?.integer(0) ?? 0)
    }
}
