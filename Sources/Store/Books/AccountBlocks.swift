package import Database
package import Ledger

/// What the vouchers of one block move in one account and all that is below it, of one business day.
package struct AccountBlock: Hashable, Sendable {
    /// How many vouchers a block holds, by their numbers.
    package static let size: Int64 = 1_024

    package struct Key: Hashable, Comparable, Sendable, CustomStringConvertible {
        package let code: String
        package let block: Int64
        package let day: Day

        package static func < (a: Key, b: Key) -> Bool {
            (a.code, a.block, a.day) < (b.code, b.block, b.day)
        }

        package var description: String {
            "\(code), vouchers \(block * AccountBlock.size)…\((block + 1) * AccountBlock.size - 1) of \(day)"
        }
    }

    var debits: Int64 = 0
    var credits: Int64 = 0
    var lines: Int64 = 0
    /// The number of the last voucher in it.
    var last: Int64 = 0
    /// When the first and the last to be recorded were.
    var firstMs = Int64.max
    var lastMs = Int64.min
}

/// Blocks, added up from vouchers.
struct AccountBlocks: Sendable {
    private(set) var blocks: [AccountBlock.Key: AccountBlock] = [:]

    mutating func add(_ voucher: Voucher) {
        let block = voucher.number / AccountBlock.size
        for line in voucher.lines {
            let key = AccountBlock.Key(
                code: line.account.code, block: block, day: voucher.draft.businessDate)
            // An amount of all blocks together is one that the ledger's own totals hold.
            blocks[key, default: AccountBlock()].add(line, voucher)
        }
    }
}

extension AccountBlock {
    fileprivate mutating func add(_ line: Line, _ voucher: Voucher) {
        if line.side == .debit { debits &+= line.amount.fen } else { credits &+= line.amount.fen }
        lines += 1
        last = max(last, voucher.number)
        firstMs = min(firstMs, voucher.recordedAt.ms)
        lastMs = max(lastMs, voucher.recordedAt.ms)
    }
}

extension Transaction {
    /// Adds what new vouchers move.
    func writeBlocks(of vouchers: [Voucher], in fund: String) throws(DatabaseError) {
        var moved = AccountBlocks()
        for voucher in vouchers { moved.add(voucher) }
        try insert(
            into: "account_block",
            """
            fund, code, block, business_day, debits_fen, credits_fen, lines, last_number, first_ms,
            last_ms
            """,
            rows: moved.blocks.sorted { $0.key < $1.key }.map { key, block in
                [
                    .text(fund), .text(key.code), .integer(key.block), .text(key.day.description),
                    .integer(block.debits), .integer(block.credits), .integer(block.lines),
                    .integer(block.last), .integer(block.firstMs), .integer(block.lastMs),
                ]
            },
            """
            on conflict (fund, code, block, business_day) do update set
                debits_fen = account_block.debits_fen + excluded.debits_fen,
                credits_fen = account_block.credits_fen + excluded.credits_fen,
                lines = account_block.lines + excluded.lines, last_number = excluded.last_number,
                first_ms = case when excluded.first_ms < account_block.first_ms
                    then excluded.first_ms else account_block.first_ms end,
                last_ms = case when excluded.last_ms > account_block.last_ms
                    then excluded.last_ms else account_block.last_ms end
            """)
    }

    /// The blocks that hold vouchers of the business days, from the one with a number on, in order.
    func blocks(
        of fund: String, from first: Day, through last: Day, holding number: Int64
    ) throws(DatabaseError) -> [Int64] {
        try rows(
            """
            select distinct block from account_block
            where fund = \(fund) and block >= \(number / AccountBlock.size)
                and business_day >= \(first.description) and business_day <= \(last.description)
            order by block
            """
        ).map { row throws(DatabaseError) in try row.integer(0) }
    }

    /// What moved in some codes on the business days, by blocks alone.
    package func movements(
        of fund: String, in codes: [String], from first: Day, through last: Day,
        granted: [Day: Money]
    ) throws(DatabaseError) -> DailyMovements {
        try write(OpenBooks.self)
        var movements = DailyMovements()
        for row in try rows(
            """
            select business_day, code, cast(sum(debits_fen - credits_fen) as bigint)
            from account_block
            where fund = \(fund) and code in (\(list: codes.map { .text($0) }))
                and business_day >= \(first.description) and business_day <= \(last.description)
            group by business_day, code
            """)
        {
            movements.move(
                Money(fen: try row.integer(2)), in: try row.text(1), on: try day(row.text(0)))
        }
        for (day, amount) in granted { movements.grant(amount, on: day) }
        return movements
    }

    /// The first block that is not what the vouchers give; nil where all are.
    func brokenBlock(
        of fund: String, from vouchers: AccountBlocks
    ) throws(DatabaseError) -> AccountBlock.Key? {
        var stored: [AccountBlock.Key: AccountBlock] = [:]
        for row in try rows(
            """
            select code, block, business_day, debits_fen, credits_fen, lines, last_number, first_ms,
                last_ms
            from account_block where fund = \(fund)
            """)
        {
            let key = AccountBlock.Key(
                code: try row.text(0), block: try row.integer(1), day: try day(row.text(2)))
            stored[key] = AccountBlock(
                debits: try row.integer(3), credits: try row.integer(4), lines: try row.integer(5),
                last: try row.integer(6), firstMs: try row.integer(7), lastMs: try row.integer(8))
        }
        return Set(stored.keys).union(vouchers.blocks.keys)
            .filter { stored[$0] != vouchers.blocks[$0] }.min()
    }

    /// What moved in `code`, or in every account of the chart, by some time: one row a code, in their order.
    ///
    /// Blocks that were whole by then count as they are stored. Of those that were begun, the lines are read.
    func blockSums(
        _ fund: String, _ code: String?, at time: AccountTime
    ) throws(DatabaseError) -> [AccountSum] {
        let which: SQL = code.map { "b.code = \($0)" } ?? "b.code >= ''"
        let (through, known) = (time.through.description, time.known.ms)
        var found: [AccountSum] = []
        for row in try rows(
            """
            select code, cast(sum(debits) as bigint), cast(sum(credits) as bigint),
                cast(sum(n) as bigint), max(last)
            from (
                select b.code as code, b.debits_fen as debits, b.credits_fen as credits,
                    b.lines as n, b.last_number as last
                from account_block b
                where b.fund = \(fund) and \(sql: which) and b.business_day <= \(through)
                    and b.last_ms <= \(known)
                union all
                select b.code, case when l.side = 1 then l.amount_fen else 0 end,
                    case when l.side = 1 then 0 else l.amount_fen end, 1, v.number
                from account_block b cross join voucher v cross join voucher_line l
                where b.fund = \(fund) and \(sql: which) and b.business_day <= \(through)
                    and b.first_ms <= \(known) and b.last_ms > \(known)
                    and v.fund = b.fund and v.number >= b.block * 1024
                    and v.number < (b.block + 1) * 1024 and v.business_day = b.business_day
                    and v.recorded_ms <= \(known)
                    and l.fund = v.fund and l.number = v.number and (l.account = b.code
                        or (l.account >= b.code || ':' and l.account < b.code || ';'))) moved
            group by code order by code
            """)
        {
            found.append(
                AccountSum(
                    account: Account(try row.text(0)), debits: Money(fen: try row.integer(1)),
                    credits: Money(fen: try row.integer(2)), lines: try row.integer(3),
                    last: try row.integerOrNil(4)))
        }
        return found
    }
}
