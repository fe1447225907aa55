package import Database
package import Ledger

/// Which vouchers, and from where on.
package struct VoucherFilter: Hashable, Sendable {
    /// After this number; 0 for the first page.
    package var after: Int64 = 0
    /// Before this number; nil reads forward, a number reads backward from it.
    package var before: Int64?
    /// Everything a case caused: the case's id.
    package var caseID: String?
    /// 1…1,000.
    package var limit = 50

    package init() {}
}

extension Transaction {
    /// A page of vouchers in the order of their numbers, or backward when `before` is given.
    package func vouchers(
        _ fund: String, _ filter: VoucherFilter
    ) throws(DatabaseError) -> [Voucher] {
        try write(OpenBooks.self)
        let limit = min(max(filter.limit, 1), 1_000)
        var sql: SQL = """
            select \(sql: voucherColumns) from voucher where fund = \(fund) and number > \(filter.after)
            """
        if let before = filter.before { sql = "\(sql: sql) and number < \(before)" }
        if let caseID = filter.caseID {
            // Asked for together, SQLite would read all vouchers in the order that is wanted.
            let numbers = try voucherNumbers(of: fund, caused: caseID)
            if numbers.isEmpty { return [] }
            sql = "\(sql: sql) and number in (\(list: numbers))"
        }
        let backward: SQL = "\(sql: sql) order by number desc limit \(limit)"
        let forward: SQL = "\(sql: sql) order by number limit \(limit)"
        return try readVouchers(filter.before == nil ? forward : backward)
    }

    /// All vouchers of a fund in order, in steps, so that a long ledger never stands in memory at once.
    package func forEachVoucher(
        of fund: String, step: Int = 1_000, _ body: (Voucher) throws -> Void
    ) throws {
        var failure: (any Error)?
        try forEachPage(of: fund, step: step) { page in
            do { for voucher in page { try body(voucher) } } catch { failure = error }
            return failure == nil
        }
        if let failure { throw failure }
    }

    /// The same by pages, as long as `body` wants more of them.
    func forEachPage(
        of fund: String, step: Int, _ body: ([Voucher]) -> Bool
    ) throws(DatabaseError) {
        var filter = VoucherFilter()
        filter.limit = step
        while true {
            let page = try vouchers(fund, filter)
            guard !page.isEmpty, body(page), page.count == step, let last = page.last else {
                return
            }
            filter.after = last.number
        }
    }

    private func voucherNumbers(
        of fund: String, caused caseID: String
    ) throws(DatabaseError) -> [SQLValue] {
        // '$' is the character after '#', so this is the range of one case's sources.
        var numbers: [SQLValue] = []
        for row in try rows(
            """
            select fund, number from voucher
            where source >= \(caseID + "#") and source < \(caseID + "$")
            """) where try row.text(0) == fund
        {
            numbers.append(.integer(try row.integer(1)))
        }
        return numbers
    }

    /// Those up to a number that reverse another, in the order of their numbers.
    func reversingVouchers(
        _ fund: String, through number: Int64
    ) throws(DatabaseError) -> [Voucher] {
        try write(OpenBooks.self)
        return try readVouchers(
            """
            select \(sql: voucherColumns) from voucher
            where fund = \(fund) and reverses is not null and number <= \(number)
            order by number
            """)
    }

    /// Those of the business days that are in none of the first blocks, in the order of their numbers.
    ///
    /// - Parameter blocks: How many blocks to leave out.
    func vouchers(
        of fund: String, from first: Day, through last: Day, afterBlocks blocks: Int64
    ) throws(DatabaseError) -> [Voucher] {
        try write(OpenBooks.self)
        return try readVouchers(
            """
            select \(sql: voucherColumns) from voucher
            where fund = \(fund) and number >= \(blocks * AccountBlock.size)
                and business_day >= \(first.description) and business_day <= \(last.description)
            order by number
            """)
    }

    /// Those of a range of numbers, in order.
    func vouchers(
        of fund: String, numbered numbers: Range<Int64>
    ) throws(DatabaseError) -> [Voucher] {
        try write(OpenBooks.self)
        return try readVouchers(
            """
            select \(sql: voucherColumns) from voucher
            where fund = \(fund) and number >= \(numbers.lowerBound)
                and number < \(numbers.upperBound)
            order by number
            """)
    }

    package func vouchers(withIDs ids: [ID<Voucher>]) throws(DatabaseError) -> [Voucher] {
        try write(OpenBooks.self)
        return try storedVouchers(withIDs: ids)
    }

    /// Whether anything was ever booked for a case.
    package func hasVouchers(ofCase id: String) throws(DatabaseError) -> Bool {
        try write(OpenBooks.self)
        return try first(
            """
            select 1 from voucher where source >= \(id + "#") and source < \(id + "$")
            limit 1
            """) != nil
    }

    func storedVouchers(withIDs ids: [ID<Voucher>]) throws(DatabaseError) -> [Voucher] {
        guard !ids.isEmpty else { return [] }
        let names = ids.map { SQLValue.text($0.text) }
        return try readVouchers(
            """
            select \(sql: voucherColumns) from voucher where id in (\(list: names))
            order by fund, number
            """)
    }

    /// Reads vouchers without their lines first, then the lines of all of them, and puts them together.
    private func readVouchers(_ sql: SQL) throws(DatabaseError) -> [Voucher] {
        var heads: [Voucher] = []
        try each(sql) { row throws(DatabaseError) in heads.append(try readHead(row)) }
        guard let fund = heads.first?.draft.fund else { return [] }
        if heads.allSatisfy({ $0.draft.fund == fund }) {
            return try withLines(heads, of: fund)
        }
        // Ids are unique over all funds, so whoever asks by id may meet several.
        var vouchers: [Voucher] = []
        for fund in Set(heads.map(\.draft.fund)).sorted() {
            vouchers += try withLines(heads.filter { $0.draft.fund == fund }, of: fund)
        }
        return vouchers
    }

    private func readHead(_ row: any StandingRow) throws(DatabaseError) -> Voucher {
        let draft = Draft(
            id: ID(try row.text(2)), fund: try row.text(0), currency: try row.text(3),
            businessDate: try row.day(4), reason: try row.text(5), source: try row.text(6),
            maker: try row.text(7), checker: try row.textOrNil(8),
            reverses: try row.textOrNil(9).map { ID($0) },
            corrects: try row.textOrNil(13).map { ID($0) }, lines: [])
        return Voucher(
            draft: draft, number: try row.integer(1), recordedAt: Moment(ms: try row.integer(10)),
            previousHash: try row.hash(11), hash: try row.hash(12))
    }

    /// - Parameter heads: Vouchers of one fund, without their lines.
    private func withLines(
        _ heads: [Voucher], of fund: String
    ) throws(DatabaseError) -> [Voucher] {
        let numbers = heads.map(\.number)
        guard let first = numbers.min(), let last = numbers.max() else { return [] }
        // A page is a run of numbers, which one range reads; a case's vouchers lie far apart.
        let isRun = last - first + 1 == Int64(numbers.count)
        let wanted: SQL =
            isRun
            ? "number between \(first) and \(last)"
            : "number in (\(list: numbers.map { .integer($0) }))"
        let places =
            isRun
            ? [:] : Dictionary(numbers.enumerated().map { ($1, $0) }, uniquingKeysWith: { $1 })
        let isForward = numbers.first == first
        var vouchers = heads
        var number: Int64?
        var lines: [Line] = []
        func finish() {
            defer { lines.removeAll(keepingCapacity: true) }
            guard let number else { return }
            let place = Int(isForward ? number - first : last - number)
            guard let place = isRun ? place : places[number] else { return }
            vouchers[place] = vouchers[place].with(lines)
        }
        try each(
            """
            select number, account, side, amount_fen, step, reservation, expires_ms
            from voucher_line
            where fund = \(fund) and \(sql: wanted) order by number, line
            """
        ) { row throws(DatabaseError) in
            let next = try row.integer(0)
            if next != number {
                finish()
                number = next
            }
            lines.append(try readLine(row))
        }
        finish()
        return vouchers
    }

    private func readLine(_ row: any StandingRow) throws(DatabaseError) -> Line {
        let account = try row.account(1)
        let side: Side = try row.integer(2) == 1 ? .debit : .credit
        let amount = Money(fen: try row.integer(3))
        guard !row.isNull(4), !row.isNull(5) else { return Line(side, account, amount) }
        let step = try row.text(4)
        guard let step = ReservationUse.Step(rawValue: step) else {
            throw .corrupt("voucher_line holds the unknown step \(step)")
        }
        let expires = try row.integerOrNil(6).map { Moment(ms: $0) }
        return Line(
            side, account, amount,
            reservation: ReservationUse(step, ID(try row.text(5)), expires: expires))
    }
}

extension Voucher {
    fileprivate func with(_ lines: [Line]) -> Voucher {
        let draft = Draft(
            id: draft.id, fund: draft.fund, currency: draft.currency,
            businessDate: draft.businessDate, reason: draft.reason, source: draft.source,
            maker: draft.maker, checker: draft.checker, reverses: draft.reverses,
            corrects: draft.corrects, lines: lines)
        return Voucher(
            draft: draft, number: number, recordedAt: recordedAt, previousHash: previousHash,
            hash: hash)
    }
}

extension StandingRow {
    fileprivate func day(_ column: Int) throws(DatabaseError) -> Day {
        var day: Day?
        try withText(column) { day = Day(utf8: $0) }
        guard let day else { throw .corrupt("not a day: \(try text(column))") }
        return day
    }

    fileprivate func account(_ column: Int) throws(DatabaseError) -> Account {
        var account: Account?
        try withText(column) { account = Account(utf8: $0) }
        guard let account else { throw .corrupt("not an account: \(try text(column))") }
        return account
    }

    fileprivate func hash(_ column: Int) throws(DatabaseError) -> Hash {
        var hash: Hash?
        try withBlob(column) { hash = Hash(bytes: $0) }
        guard let hash else { throw .corrupt("a voucher holds a hash that is not of 32 bytes") }
        return hash
    }
}

private let voucherColumns: SQL = """
    fund, number, id, currency, business_day, reason, source, maker, checker, reverses, recorded_ms,
    previous_hash, hash, corrects
    """
