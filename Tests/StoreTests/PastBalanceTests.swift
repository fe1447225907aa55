import Database
import Ledger
import Store
import Testing

@Suite struct PastBalanceTests {
    private static let fund = "sanya"
    private static let last = Day("2024-06-30")!

    /// A month of vouchers that is closed, and as many again after it.
    private func fill(_ database: Database, closing: Bool) async throws {
        let drafts = sampleDrafts(seed: 11, count: 2_600)
        func moved(_ draft: Draft, to day: Day) -> Draft {
            Draft(
                id: draft.id, fund: draft.fund, businessDate: day, reason: draft.reason,
                source: draft.source, maker: draft.maker, reverses: draft.reverses,
                corrects: draft.corrects, lines: draft.lines)
        }
        let old = drafts[..<1_300].enumerated().map { index, entry in
            (draft: moved(entry.draft, to: Self.last.advanced(by: -(index % 20))), now: entry.now)
        }
        let new = drafts[1_300...].enumerated().map { index, entry in
            (draft: moved(entry.draft, to: Self.last.advanced(by: index % 9)), now: entry.now)
        }
        try await postSample(old, to: database)
        if closing { try await close(database, at: old[1_299].now) }
        try await postSample(new, to: database)
    }

    private func close(_ database: Database, at now: Moment) async throws {
        try await database.write { transaction in
            try transaction.lapse(.advanceFund, fund: Self.fund, currency: "CNY", at: now)
            let position = try transaction.position(Self.fund, through: Self.last, at: now)
            try transaction.writeClosing(
                try Closing(
                    .month(of: Self.last), of: Self.fund, chart: .advanceFund, position: position,
                    after: [], today: Self.last, maker: "a", checker: "b"))
            try transaction.writeClosedDay(
                ClosedDay(
                    fund: Self.fund, day: Self.last, bank: position.total(Chart.bank),
                    platform: position.total(Chart.platform), head: position.head, closedAt: now,
                    closedBy: "b", preparedBy: "a"))
        }
    }

    @Test(arguments: Place.all, [true, false])
    func `what stood at the end of any day is what its vouchers give`(
        on place: Place, closing: Bool
    ) async throws {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            try await fill(database, closing: closing)
            try await database.read { transaction in
                var vouchers: [Voucher] = []
                try transaction.forEachVoucher(of: Self.fund) { vouchers.append($0) }
                let now = vouchers.map(\.recordedAt).max()!
                for offset in -22...12 {
                    let day = Self.last.advanced(by: offset)
                    let stored = try transaction.position(Self.fund, through: day, at: now)
                    var balances: [Account: Money] = [:]
                    for voucher in vouchers where voucher.draft.businessDate <= day {
                        for line in voucher.lines {
                            let before = balances[line.account]?.fen ?? 0
                            let fen = line.side == .debit ? line.amount.fen : -line.amount.fen
                            balances[line.account] = Money(fen: before + fen)
                        }
                    }
                    #expect(stored.balances == balances.filter { $0.value != .zero }, "\(day)")
                    for code in [Chart.bank, Chart.platform, Chart.receivable, Chart.payable] {
                        #expect(
                            try transaction.balance(Self.fund, of: code, through: day)
                                == stored.total(code), "\(code) at \(day)")
                    }
                }
            }
        }
    }

    @Test(arguments: Place.all)
    func `any account at any time is the sum of its lines, as far as they were recorded by then`(
        on place: Place
    ) async throws {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            try await fill(database, closing: false)
            try await database.read { transaction in
                var vouchers: [Voucher] = []
                try transaction.forEachVoucher(of: Self.fund) { vouchers.append($0) }
                let moments = vouchers.map(\.recordedAt).sorted()
                for (offset, moment) in [
                    (-9, moments[moments.count / 3]), (3, moments[moments.count * 2 / 3]),
                    (12, moments[moments.count - 1]),
                ] {
                    let time = AccountTime(through: Self.last.advanced(by: offset), known: moment)
                    let lines = vouchers.filter {
                        $0.draft.businessDate <= time.through && $0.recordedAt <= moment
                    }.flatMap { voucher in voucher.lines.map { (voucher.number, $0) } }
                    func sum(_ side: Side, _ of: (Account) -> Bool) -> Int64 {
                        lines.filter { $0.1.side == side && of($0.1.account) }
                            .reduce(0) { $0 + $1.1.amount.fen }
                    }
                    let all = try transaction.accountSums(Self.fund, at: time)
                    #expect(
                        all.map(\.account.code) == Set(lines.map(\.1.account.code)).sorted())
                    for found in all {
                        let code = found.account.code
                        #expect(found.debits.fen == sum(.debit) { $0.code == code })
                        #expect(found.credits.fen == sum(.credit) { $0.code == code })
                    }
                    for code in Set(lines.map(\.1.account.code)) {
                        let standing = try transaction.accountStandings(
                            Self.fund, below: Account(code), at: time, limit: 9_999)
                        let accounts = Set(lines.map(\.1.account)).filter { $0.code == code }
                            .filter { account in
                                sum(.debit) { $0 == account } != sum(.credit) { $0 == account }
                            }
                        #expect(standing.map(\.account) == accounts.sorted())
                        for (account, balance) in standing {
                            let expected =
                                sum(.debit) { $0 == account } - sum(.credit) { $0 == account }
                            #expect(balance.fen == expected)
                            let own = try transaction.accountSum(Self.fund, account, at: time)
                            if account.sub != nil { #expect(own.balance == balance) }
                        }
                    }
                    let code = Account(Chart.receivable)
                    let whole = try transaction.accountSum(Self.fund, code, at: time)
                    #expect(whole.debits.fen == sum(.debit) { $0.code == code.code })
                    #expect(whole.lines == Int64(lines.count { $0.1.account.code == code.code }))
                    let last = lines.last { $0.1.account.code == code.code }?.0
                    #expect(whole.last == last)
                    let page = try transaction.accountLines(
                        Self.fund, code, at: time, before: .max, limit: 7)
                    #expect(page.first?.number == last && page.count <= 7)
                    let numbers = lines.filter { $0.1.account.code == code.code }.map(\.0)
                    #expect(page.map(\.number) == Array(numbers.sorted(by: >).prefix(7)))
                    for before in [Int64(1), 700, 1_025] {
                        let earlier = try transaction.accountLines(
                            Self.fund, code, at: time, before: before, limit: 7)
                        let own = numbers.filter { $0 < before }
                        #expect(earlier.map(\.number) == Array(own.sorted(by: >).prefix(7)))
                    }
                    #expect(page.allSatisfy { $0.account.code == code.code })
                }
                let none = AccountTime(
                    through: Day("2000-01-01")!, known: moments[moments.count - 1])
                let empty = try transaction.accountSum(
                    Self.fund, Account(Chart.bank), at: none)
                #expect(empty.lines == 0 && empty.last == nil && empty.balance == .zero)
            }
        }
    }

    @Test(arguments: Place.all)
    func `the sums of blocks are made for vouchers of before, and a wrong one is found`(
        on place: Place
    ) async throws {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            try await fill(database, closing: false)
            let kept = try await blocks(database)
            try await database.write { transaction in
                try transaction.run("drop table account_block")
                try transaction.run("drop table stored_count")
                try transaction.run("drop index balance_standing")
                try transaction.run("delete from schema_step where id = '0043-sums'")
            }
            try await database.migrate(Schema.steps)
            #expect(try await blocks(database) == kept)
            #expect(kept.count > 3 * 9)
            @Sendable func broken(_ transaction: Transaction) throws -> AccountBlock.Key? {
                let start = Verifier(chart: .advanceFund, fund: Self.fund)
                let proof = try transaction.prove(start)
                #expect(proof.fault == nil)
                return proof.brokenBlock
            }
            #expect(try await database.read(broken) == nil)
            try await database.write {
                try $0.run(
                    """
                    update account_block set credits_fen = credits_fen + 1
                    where code = \(Chart.available) and block = 1
                    """)
            }
            let found = try await database.read(broken)
            #expect(found?.code == Chart.available && found?.block == 1)
        }
    }

    @Test(arguments: Place.all)
    func `a statement that was kept and what came since give that of all vouchers`(
        on place: Place
    ) async throws {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            try await fill(database, closing: false)
            let whole = try await database.read {
                try $0.wholeStatement(Self.fund, from: .none)
            }
            let part = try await database.read { transaction in
                var part = StoredStatement.none
                try transaction.forEachVoucher(of: Self.fund) { voucher in
                    guard voucher.number <= 1_000 else { return }
                    part.statement.add(voucher)
                    part.through = voucher.number
                }
                return part
            }
            try await database.write {
                try $0.keep(part, of: Self.fund)
                // One that lags behind changes nothing.
                try $0.keep(.none, of: Self.fund)
            }
            let again = try await database.read {
                try $0.wholeStatement(Self.fund, from: $0.storedStatement(Self.fund))
            }
            #expect(part.through == 1_000 && again == whole)
            let start = Verifier(chart: .advanceFund, fund: Self.fund)
            #expect(try await database.read { try $0.prove(start).isStatementTrue })
            try await database.write {
                try $0.run(
                    "update fund_statement set sums = replace(sums, '\"interest\":', '\"interest\":1')"
                )
            }
            #expect(try await database.read { try $0.prove(start).isStatementTrue } == false)
        }
    }

    @Test(arguments: Place.all)
    func
        `a period's statement is the same before and after its blocks are kept, and a wrong one is found`(
            on place: Place
        ) async throws
    {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            try await fill(database, closing: false)
            @Sendable func statements(
                _ transaction: Transaction
            ) throws -> [Day: FundStatement] {
                var found: [Day: FundStatement] = [:]
                for row in try transaction.rows("select distinct business_day from voucher") {
                    let day = try #require(Day(row.text(0)))
                    found[day] = try transaction.fundStatement(
                        of: Self.fund, from: day, through: day)
                }
                return found
            }
            let before = try await database.read(statements)
            let whole = try await database.read {
                try $0.wholeStatement(Self.fund, from: .none).statement
            }
            #expect(before.count > 3)
            var added = FundStatement(of: [])
            for statement in before.values { added.add(statement) }
            #expect(added == whole)

            // One block at a time, and the same again by a server that was late.
            let late = try await database.read { try $0.nextStatementParts(Self.fund, limit: 1) }
            for _ in 0..<10 {
                try await database.write {
                    try $0.keep($0.nextStatementParts(Self.fund, limit: 1), of: Self.fund)
                }
                #expect(try await database.read(statements) == before)
            }
            try await database.write { try $0.keep(late, of: Self.fund) }
            let rest = try await database.read { try $0.nextStatementParts(Self.fund, limit: 9) }
            #expect(rest.isEmpty && !late.isEmpty)
            #expect(try await database.read(statements) == before)

            let start = Verifier(chart: .advanceFund, fund: Self.fund)
            #expect(try await database.read { try $0.prove(start).isStatementTrue })
            try await database.write {
                try $0.run(
                    """
                    update fund_statement_part set sums = replace(sums, '"released":', '"released":1')
                    where block = 0
                    """)
            }
            #expect(try await database.read { try $0.prove(start).isStatementTrue } == false)
            try await database.write {
                try $0.run(
                    """
                    delete from fund_statement_part where block = 0 and business_day = (
                        select min(business_day) from fund_statement_part where block = 0)
                    """)
            }
            #expect(try await database.read { try $0.prove(start).isStatementTrue } == false)
        }
    }

    private func blocks(_ database: Database) async throws -> [String] {
        try await database.read { transaction in
            try transaction.rows(
                """
                select code, block, business_day, debits_fen, credits_fen, lines, last_number,
                    first_ms, last_ms
                from account_block order by code, block, business_day
                """
            ).map { row in
                "\(try row.text(0)) \(try row.text(2)) "
                    + (try [1, 3, 4, 5, 6, 7, 8].map { String(try row.integer($0)) }
                        .joined(separator: " "))
            }
        }
    }

    /// The rows of all vouchers before the last closing are taken away: whoever still gives the same sums
    /// has not read them.
    @Test(arguments: Place.all)
    func `a closing after many vouchers adds up only what happened since the last`(
        on place: Place
    ) async throws {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            try await fill(database, closing: true)
            let next = Self.last.advanced(by: 8)
            @Sendable func sums(_ transaction: Transaction) throws -> (Position, Money, Money) {
                (
                    try transaction.position(Self.fund, through: next, at: Moment(ms: 0)),
                    try transaction.balance(Self.fund, of: Chart.bank, through: next),
                    try transaction.balance(Self.fund, of: Chart.receivable, through: next)
                )
            }
            let before = try await database.read(sums)
            #expect(before.1 != .zero && before.2 != .zero && before.0.isBalanced)
            try await database.write { transaction in
                let removed = try transaction.run(
                    """
                    delete from voucher_line where number <= (
                        select max(head_number) from closing where fund = \(Self.fund))
                    """)
                #expect(removed > 200)
            }
            let after = try await database.read(sums)
            #expect(before == after)
        }
    }

    /// The closures of one commit share open books, which were opened before the closing.
    @Test(arguments: Place.all)
    func `a day that was just closed takes no voucher of the same commit`(on place: Place)
        async throws
    {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            let now = Moment("2024-07-01T09:00:00+08:00")!
            func grant(_ id: String) -> Draft {
                Draft(
                    id: ID(id), fund: Self.fund, businessDate: Self.last, reason: "拨付",
                    source: id, maker: "m", lines: Posting.appropriation(Money(fen: 100)))
            }
            let (first, late) = (grant("g1"), grant("g2"))
            await #expect(
                throws: PostingError.periodClosed(
                    Self.last, firstOpen: Self.last.advanced(by: 1))
            ) {
                try await database.write { transaction in
                    _ = try transaction.post(first, chart: .advanceFund, at: now)
                    try transaction.writeClosing(
                        try Closing(
                            .month(of: Self.last), of: Self.fund, chart: .advanceFund,
                            position: try transaction.position(
                                Self.fund, through: Self.last, at: now),
                            after: [], today: Self.last, maker: "a", checker: "b"))
                    _ = try transaction.post(late, chart: .advanceFund, at: now)
                }
            }
        }
    }
}
