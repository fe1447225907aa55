package import Database
package import Ledger

/// What an account holds at some time, and the lines it is the sum of.
package struct AccountSum: Hashable, Sendable {
    package let account: Account
    package let debits: Money
    package let credits: Money
    package let lines: Int64
    /// The number of the last voucher among them; nil where there is none.
    package let last: Int64?

    package init(account: Account, debits: Money, credits: Money, lines: Int64, last: Int64?) {
        self.account = account
        self.debits = debits
        self.credits = credits
        self.lines = lines
        self.last = last
    }

    /// Debit-positive.
    package var balance: Money { debits.minus(credits) }
}

/// One line of an account with the voucher it stands in.
package struct AccountLine: Hashable, Sendable {
    package let number: Int64
    package let day: Day
    package let recordedAt: Moment
    package let reason: String
    package let source: String
    package let account: Account
    package let side: Side
    package let amount: Money
}

/// Which lines: of what happened by one day, as far as it was known at one moment.
package struct AccountTime: Hashable, Sendable {
    /// By business date.
    package let through: Day
    /// Vouchers recorded later do not count.
    package let known: Moment

    package init(through: Day, known: Moment) {
        self.through = through
        self.known = known
    }
}

/// Balances at any time: no closing is relied on, and of stored sums only blocks that verification
/// recomputes from the vouchers.
extension Transaction {
    /// - Parameter account: Where it names no sub-account, all of its code.
    package func accountSum(
        _ fund: String, _ account: Account, at time: AccountTime
    ) throws(DatabaseError) -> AccountSum {
        try write(OpenBooks.self)
        let sum =
            account.sub == nil
            ? try blockSums(fund, account.code, at: time).first
            : try lineSum(fund, account, at: time)
        return sum
            ?? AccountSum(account: account, debits: .zero, credits: .zero, lines: 0, last: nil)
    }

    /// One row a code of the chart that was posted to by then, in their order.
    package func accountSums(
        _ fund: String, at time: AccountTime
    ) throws(DatabaseError) -> [AccountSum] {
        try write(OpenBooks.self)
        return try blockSums(fund, nil, at: time)
    }

    /// What stands in an account and in each that is below it, debit-positive, in their order; none at zero.
    ///
    /// - Parameter time: Nil: now, by the stored balances. Any other time is added up line by line.
    package func accountStandings(
        _ fund: String, below account: Account, at time: AccountTime?, limit: Int
    ) throws(DatabaseError) -> [(account: Account, balance: Money)] {
        try write(OpenBooks.self)
        let which = range(of: account)
        let sql: SQL =
            if let time {
                """
                select l.account,
                    cast(sum(case when l.side = 1 then l.amount_fen else -l.amount_fen end) as bigint)
                from voucher_line l join voucher v on v.fund = l.fund and v.number = l.number
                where l.fund = \(fund) and \(sql: which)
                    and v.business_day <= \(time.through.description)
                    and v.recorded_ms <= \(time.known.ms)
                group by l.account
                having sum(case when l.side = 1 then l.amount_fen else -l.amount_fen end) <> 0
                order by l.account limit \(limit)
                """
            } else {
                """
                select l.account, l.amount_fen from balance l
                where l.fund = \(fund) and \(sql: which) and l.amount_fen <> 0
                order by l.account limit \(limit)
                """
            }
        var found: [(account: Account, balance: Money)] = []
        for row in try rows(sql) {
            found.append((try Store.account(row.text(0)), Money(fen: try row.integer(1))))
        }
        return found
    }

    /// The newest first.
    ///
    /// - Parameter before: Lines of vouchers before this number alone.
    package func accountLines(
        _ fund: String, _ account: Account, at time: AccountTime, before: Int64, limit: Int
    ) throws(DatabaseError) -> [AccountLine] {
        try write(OpenBooks.self)
        if account.sub != nil {
            // The index of an account's own lines is in the order of their numbers.
            return try lines(fund, range(of: account), 0..<before, at: time, limit)
        }
        // That of all that is below a code is not, so the numbers lead; and of those only the blocks in which
        // the code has lines at all: between two of them may lie a million vouchers.
        let which = range(of: account, "(l.account || '')")
        var found: [AccountLine] = []
        var end = before
        while found.count < limit, end > 0,
            let block = try lastBlock(fund, account.code, at: time, before: end)
        {
            let start = block * AccountBlock.size
            let numbers = start..<min(end, start + AccountBlock.size)
            found += try lines(fund, which, numbers, at: time, limit - found.count)
            end = start
        }
        return found
    }

    private func lines(
        _ fund: String, _ which: SQL, _ numbers: Range<Int64>, at time: AccountTime, _ limit: Int
    ) throws(DatabaseError) -> [AccountLine] {
        var found: [AccountLine] = []
        // SQLite reads a cross join in the order it is written.
        for row in try rows(
            """
            select v.number, v.business_day, v.recorded_ms, v.reason, v.source, l.account, l.side,
                l.amount_fen
            from voucher_line l cross join voucher v
            where l.fund = \(fund) and v.fund = l.fund and v.number = l.number
                and \(sql: which) and l.number < \(numbers.upperBound)
                and l.number >= \(numbers.lowerBound)
                and v.business_day <= \(time.through.description) and v.recorded_ms <= \(time.known.ms)
            order by l.number desc, l.line limit \(limit)
            """)
        {
            found.append(
                AccountLine(
                    number: try row.integer(0), day: try day(row.text(1)),
                    recordedAt: Moment(ms: try row.integer(2)), reason: try row.text(3),
                    source: try row.text(4), account: try Store.account(row.text(5)),
                    side: try row.integer(6) == 1 ? .debit : .credit,
                    amount: Money(fen: try row.integer(7))))
        }
        return found
    }

    /// The last block before the voucher `end` in which the code has a line of a day that counts.
    private func lastBlock(
        _ fund: String, _ code: String, at time: AccountTime, before end: Int64
    ) throws(DatabaseError) -> Int64? {
        let row = try first(
            """
            select block from account_block
            where fund = \(fund) and code = \(code) and block <= \((end - 1) / AccountBlock.size)
                and business_day <= \(time.through.description) and first_ms <= \(time.known.ms)
            order by block desc limit 1
            """)
        return try row?.integer(0)
    }

    private func lineSum(
        _ fund: String, _ account: Account, at time: AccountTime
    ) throws(DatabaseError) -> AccountSum? {
        let row = try first(
            """
            select cast(coalesce(sum(case when l.side = 1 then l.amount_fen else 0 end), 0) as bigint),
                cast(coalesce(sum(case when l.side = 1 then 0 else l.amount_fen end), 0) as bigint),
                count(*), max(v.number)
            from voucher_line l join voucher v on v.fund = l.fund and v.number = l.number
            where l.fund = \(fund) and \(sql: range(of: account))
                and v.business_day <= \(time.through.description) and v.recorded_ms <= \(time.known.ms)
            """)
        return try row.map { row throws(DatabaseError) in
            AccountSum(
                account: account, debits: Money(fen: try row.integer(0)),
                credits: Money(fen: try row.integer(1)), lines: try row.integer(2),
                last: try row.integerOrNil(3))
        }
    }

    /// - Parameter column: What holds the account's name.
    private func range(of account: Account, _ column: SQL = "l.account") -> SQL {
        guard account.sub == nil else { return "\(sql: column) = \(account.description)" }
        // ';' is the character after ':', so this is the code with all that is below it.
        let code = account.code
        return """
            (\(sql: column) = \(code)
                or (\(sql: column) >= \(code + ":") and \(sql: column) < \(code + ";")))
            """
    }
}
