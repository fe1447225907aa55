package import Database
package import Ledger

/// What whole blocks of vouchers come to in the fund's statement, by business day.
///
/// A voucher never changes, so a block that is full is added up once. A period's statement is that of its
/// days in those blocks, and of the vouchers after them.
package struct StatementParts: Hashable, Sendable {
    struct Key: Hashable, Comparable, Sendable {
        let block: Int64
        let day: Day

        static func < (a: Key, b: Key) -> Bool { (a.block, a.day) < (b.block, b.day) }
    }

    private(set) var sums: [Key: FundStatement] = [:]

    package var isEmpty: Bool { sums.isEmpty }

    /// Of all of them.
    var total: FundStatement {
        var total = FundStatement(of: [])
        for sum in sums.values { total.add(sum) }
        return total
    }

    /// - Parameter reader: Knows what the voucher reverses.
    mutating func add(_ voucher: Voucher, readBy reader: inout FundStatement) {
        let block = voucher.number / AccountBlock.size
        sums[Key(block: block, day: voucher.draft.businessDate), default: FundStatement(of: [])]
            .add(voucher, readBy: &reader)
    }
}

extension Transaction {
    /// What moved in a fund on the business days.
    package func fundStatement(
        of fund: String, from first: Day, through last: Day
    ) throws(DatabaseError) -> FundStatement {
        var statement = FundStatement(of: [])
        for row in try rows(
            """
            select sums from fund_statement_part
            where fund = \(fund) and business_day >= \(first.description)
                and business_day <= \(last.description)
            """)
        {
            statement.add(try sums(row.text(0), fund))
        }
        let kept = try statementBlocks(fund)
        for voucher in try vouchers(of: fund, from: first, through: last, afterBlocks: kept) {
            statement.add(try share(of: voucher))
        }
        return statement
    }

    /// What was granted to a fund on each business day, from one on.
    ///
    /// - Parameter known: What was found before, and with which voucher it ended: those after it are read alone.
    package func granted(
        _ fund: String, from first: Day, since known: (granted: [Day: Money], through: Int64)?
    ) throws(DatabaseError) -> [Day: Money] {
        var movements = DailyMovements()
        let kept = try statementBlocks(fund)
        var unread = kept * AccountBlock.size
        if let known, known.through >= unread {
            for (day, amount) in known.granted where day >= first {
                movements.grant(amount, on: day)
            }
            unread = known.through + 1
        } else {
            for row in try rows(
                """
                select business_day, sums from fund_statement_part
                where fund = \(fund) and business_day >= \(first.description)
                """)
            {
                movements.grant(
                    try sums(row.text(1), fund).appropriated, on: try day(row.text(0)))
            }
        }
        for voucher in try vouchers(of: fund, numbered: unread..<Int64.max)
        where voucher.draft.businessDate >= first {
            movements.grant(try share(of: voucher).appropriated, on: voucher.draft.businessDate)
        }
        return movements.granted
    }

    /// What a voucher adds to a statement, by what it reverses.
    func share(of voucher: Voucher) throws(DatabaseError) -> FundStatement {
        var reader = try reader(of: voucher)
        return reader.share(of: voucher)
    }

    /// A statement that knows what the voucher reverses.
    private func reader(of voucher: Voucher) throws(DatabaseError) -> FundStatement {
        var chain: [Voucher] = []
        var reversed = voucher.draft.reverses
        while let id = reversed, let earlier = try vouchers(withIDs: [id]).first {
            chain.append(earlier)
            reversed = earlier.draft.reverses
        }
        var reader = FundStatement(of: [])
        // The earliest of a chain of reversals first.
        for earlier in chain.reversed() { reader.pass(over: earlier) }
        return reader
    }

    /// Adds up blocks that are full and not kept yet, the earliest first; empty where there are none.
    ///
    /// - Parameter limit: Blocks at most.
    package func nextStatementParts(
        _ fund: String, limit: Int64
    ) throws(DatabaseError) -> StatementParts {
        var parts = StatementParts()
        let kept = try statementBlocks(fund)
        let full = try (ledgerHead(fund).number + 1) / AccountBlock.size
        for block in kept..<max(kept, min(full, kept + limit)) {
            let start = block * AccountBlock.size
            for voucher in try vouchers(of: fund, numbered: start..<(start + AccountBlock.size)) {
                var reader = try reader(of: voucher)
                parts.add(voucher, readBy: &reader)
            }
        }
        return parts
    }

    /// Two servers may keep the same.
    package func keep(_ parts: StatementParts, of fund: String) throws(DatabaseError) {
        try insert(
            into: "fund_statement_part", "fund, block, business_day, sums",
            rows: try parts.sums.sorted { $0.key < $1.key }.map { key, sums throws(DatabaseError) in
                [
                    .text(fund), .integer(key.block), .text(key.day.description),
                    .text(try jsonText(sums)),
                ]
            },
            "on conflict do nothing")
    }

    /// Whether every part that is kept is what the vouchers give, and none is missing.
    func areTrue(_ parts: StatementParts, of fund: String) throws(DatabaseError) -> Bool {
        var kept: [StatementParts.Key: FundStatement] = [:]
        for row in try rows(
            "select block, business_day, sums from fund_statement_part where fund = \(fund)")
        {
            let key = StatementParts.Key(block: try row.integer(0), day: try day(row.text(1)))
            kept[key] = try sums(row.text(2), fund)
        }
        let blocks = try statementBlocks(fund)
        return kept == parts.sums.filter { $0.key.block < blocks }
    }

    /// How many blocks are kept: from the first on, none left out.
    private func statementBlocks(_ fund: String) throws(DatabaseError) -> Int64 {
        let row = try first("select max(block) from fund_statement_part where fund = \(fund)")
        return try row?.integerOrNil(0).map { $0 + 1 } ?? 0
    }

    private func sums(_ text: String, _ fund: String) throws(DatabaseError) -> FundStatement {
        try fromJSON(FundStatement.self, text, at: "fund_statement_part \(fund)")
    }
}
