package import Database
package import Ledger

/// The fund's statement as of one voucher.
package struct StoredStatement: Hashable, Sendable {
    /// The number of the last voucher in it; 0: none.
    package var through: Int64
    package var statement: FundStatement

    package static let none = StoredStatement(through: 0, statement: FundStatement(of: []))

    package init(through: Int64, statement: FundStatement) {
        (self.through, self.statement) = (through, statement)
    }
}

/// A voucher never changes, so a sum over the first of them is good for ever: only what came since is read.
extension Transaction {
    /// The last that was kept, ready for the vouchers after it.
    package func storedStatement(_ fund: String) throws(DatabaseError) -> StoredStatement {
        let row = try first("select through, sums from fund_statement where fund = \(fund)")
        guard let row else { return .none }
        let through = try row.integer(0)
        var statement = try fromJSON(
            FundStatement.self, row.text(1), at: "fund_statement \(fund)")
        // What reverses a reversal adds again: those of before must be known.
        for voucher in try reversingVouchers(fund, through: through) {
            statement.pass(over: voucher)
        }
        return StoredStatement(through: through, statement: statement)
    }

    /// The same with every voucher that came since.
    package func wholeStatement(
        _ fund: String, from known: StoredStatement
    ) throws(DatabaseError) -> StoredStatement {
        var whole = known
        while true {
            var filter = VoucherFilter()
            (filter.after, filter.limit) = (whole.through, 1_000)
            let page = try vouchers(fund, filter)
            for voucher in page { whole.statement.add(voucher) }
            guard let last = page.last else { return whole }
            whole.through = last.number
        }
    }

    /// Keeps it, unless one that goes further was kept meanwhile.
    package func keep(_ stored: StoredStatement, of fund: String) throws(DatabaseError) {
        try put(
            """
            insert into fund_statement (fund, through, sums)
            values (\(fund), \(stored.through), \(try jsonText(stored.statement)))
            on conflict (fund) do update set through = excluded.through, sums = excluded.sums
                where excluded.through > fund_statement.through
            """)
    }
}
