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
            // '$' is the character after '#', so this is the range of one case's sources.
            sql = "\(sql: sql) and source >= \(caseID + "#") and source < \(caseID + "$")"
        }
        let backward: SQL = "\(sql: sql) order by number desc limit \(limit)"
        let forward: SQL = "\(sql: sql) order by number limit \(limit)"
        return try readVouchers(filter.before == nil ? forward : backward)
    }

    /// All vouchers of a fund in order, in steps, so that a long ledger never stands in memory at once.
    package func forEachVoucher(
        of fund: String, step: Int = 1_000, _ body: (Voucher) throws -> Void
    ) throws {
        var filter = VoucherFilter()
        filter.limit = step
        while true {
            let page = try vouchers(fund, filter)
            for voucher in page { try body(voucher) }
            guard let last = page.last, page.count == step else { return }
            filter.after = last.number
        }
    }

    package func vouchers(withIDs ids: [ID<Voucher>]) throws(DatabaseError) -> [Voucher] {
        try write(OpenBooks.self)
        return try storedVouchers(withIDs: ids)
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

    private func readVouchers(_ sql: SQL) throws(DatabaseError) -> [Voucher] {
        let heads = try rows(sql)
        var numbers: [String: [Int64]] = [:]
        for row in heads { numbers[try row.text(0), default: []].append(try row.integer(1)) }
        var lines: [String: [Int64: [Line]]] = [:]
        for (fund, numbers) in numbers { lines[fund] = try readLines(fund, of: numbers) }
        var vouchers: [Voucher] = []
        for row in heads {
            let (fund, number) = (try row.text(0), try row.integer(1))
            vouchers.append(try voucher(row, lines: lines[fund]?[number] ?? []))
        }
        return vouchers
    }

    private func voucher(_ row: Row, lines: [Line]) throws(DatabaseError) -> Voucher {
        let day = try row.text(4)
        guard let businessDate = Day(day) else { throw .corrupt("not a day: \(day)") }
        let draft = Draft(
            id: ID(try row.text(2)), fund: try row.text(0), currency: try row.text(3),
            businessDate: businessDate, reason: try row.text(5), source: try row.text(6),
            maker: try row.text(7), checker: try row.textOrNil(8),
            reverses: try row.textOrNil(9).map { ID($0) },
            corrects: try row.textOrNil(13).map { ID($0) }, lines: lines)
        return Voucher(
            draft: draft, number: try row.integer(1), recordedAt: Moment(ms: try row.integer(10)),
            previousHash: try hash(row.blob(11), at: "voucher \(draft.id)"),
            hash: try hash(row.blob(12), at: "voucher \(draft.id)"))
    }

    private func readLines(
        _ fund: String, of numbers: [Int64]
    ) throws(DatabaseError) -> [Int64: [Line]] {
        guard let first = numbers.min(), let last = numbers.max() else { return [:] }
        // A page is a run of numbers, which one range reads; a case's vouchers lie far apart.
        let isRun = last - first + 1 == Int64(numbers.count)
        let wanted: SQL =
            isRun
            ? "number between \(first) and \(last)"
            : "number in (\(list: numbers.map { .integer($0) }))"
        var lines: [Int64: [Line]] = [:]
        for row in try rows(
            """
            select number, account, side, amount_fen, step, reservation, expires_ms
            from voucher_line
            where fund = \(fund) and \(sql: wanted) order by number, line
            """)
        {
            let side: Side = try row.integer(2) == 1 ? .debit : .credit
            lines[try row.integer(0), default: []].append(
                Line(
                    side, try account(row.text(1)), Money(fen: try row.integer(3)),
                    reservation: try use(
                        row.textOrNil(4), row.textOrNil(5), row.integerOrNil(6))))
        }
        return lines
    }

    private func use(
        _ step: String?, _ reservation: String?, _ expiresMs: Int64?
    ) throws(DatabaseError) -> ReservationUse? {
        guard let step, let reservation else { return nil }
        guard let step = ReservationUse.Step(rawValue: step) else {
            throw .corrupt("voucher_line holds the unknown step \(step)")
        }
        return ReservationUse(step, ID(reservation), expires: expiresMs.map { Moment(ms: $0) })
    }
}

private let voucherColumns: SQL = """
    fund, number, id, currency, business_day, reason, source, maker, checker, reverses, recorded_ms,
    previous_hash, hash, corrects
    """
