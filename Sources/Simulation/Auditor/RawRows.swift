import Database
import Foundation
import Ledger

/// The rows as they lie in the database, read by statements of the auditor's own: none of the product's code
/// stands between them and the books they are held against.
struct RawRows: Sendable {
    struct Voucher: Sendable {
        let number: Int64
        let id: String
        let source: String
        let day: String
        let maker: String
        let checker: String?
        let recordedMs: Int64
        let previousHash: [UInt8]
        let hash: [UInt8]
        var lines: [Line] = []
    }

    struct Line: Hashable, Sendable {
        let account: String
        /// Debit-positive.
        let fen: Int64
        let step: String?
        let reservation: String?
    }

    /// Of a case or of a work order.
    struct Event: Sendable {
        let subject: String
        let position: Int
        let kind: String
        let payload: String
        let actor: String
        let atMs: Int64
    }

    var vouchers: [Voucher] = []
    var events: [Event] = []
    var orderEvents: [Event] = []
    /// By case and by work order: what the queue's line says of the version.
    var versions: [String: Int] = [:]
    var orderVersions: [String: Int] = [:]
    /// By account: stored balances, debit-positive.
    var balances: [String: Int64] = [:]
    /// By reservation: what is still held.
    var reservations: [String: Int64] = [:]
    /// What is on the list of what falls due: case, clock, step, when.
    var clocks: Set<ClockLine> = []

    /// What was erased, and when what has ended did: both only where everything is read.
    var erasures: [(subject: String, atMs: Int64)] = []
    var closings: [String: Int64] = [:]

    /// The cases that vouchers tell of.
    var booked: Set<String> {
        Set(vouchers.compactMap { $0.source.split(separator: "#").first.map(String.init) })
    }

    struct ClockLine: Hashable, Sendable {
        let subject: String
        let clock: String
        let step: String
        let atMs: Int64
    }
}

extension RawRows {
    /// What came since: vouchers after `number`, events of the cases and orders whose version is another than
    /// the known one.
    static func news(
        after number: Int64, cases: [String: Int], orders: [String: Int],
        in transaction: Transaction
    ) throws(DatabaseError) -> RawRows {
        var rows = RawRows()
        rows.vouchers = try vouchers(after: number, in: transaction)
        for row in try transaction.rows("select case_id, version from case_row order by case_id") {
            rows.versions[try row.text(0)] = Int(try row.integer(1))
        }
        for row in try transaction.rows("select order_id, version from order_row order by order_id")
        {
            rows.orderVersions[try row.text(0)] = Int(try row.integer(1))
        }
        for (id, version) in rows.versions.sorted(by: { $0.key < $1.key }) {
            let known = cases[id] ?? 0
            guard version != known else { continue }
            for row in try transaction.rows(
                """
                select case_id, position, kind, payload, actor, at_ms from case_event
                where case_id = \(id) and position >= \(known) order by position
                """)
            { rows.events.append(try Event(row)) }
        }
        for (id, version) in rows.orderVersions.sorted(by: { $0.key < $1.key }) {
            let known = orders[id] ?? 0
            guard version != known else { continue }
            for row in try transaction.rows(
                """
                select order_id, position, kind, payload, actor, at_ms from order_event
                where order_id = \(id) and position >= \(known) order by position
                """)
            { rows.orderEvents.append(try Event(row)) }
        }
        return rows
    }

    /// Everything there is.
    static func everything(in transaction: Transaction) throws(DatabaseError) -> RawRows {
        var rows = try news(after: 0, cases: [:], orders: [:], in: transaction)
        rows.events = []
        for row in try transaction.rows(
            """
            select case_id, position, kind, payload, actor, at_ms from case_event
            order by case_id, position
            """)
        { rows.events.append(try Event(row)) }
        rows.orderEvents = []
        for row in try transaction.rows(
            """
            select order_id, position, kind, payload, actor, at_ms from order_event
            order by order_id, position
            """)
        { rows.orderEvents.append(try Event(row)) }
        for row in try transaction.rows("select account, amount_fen from balance") {
            rows.balances[try row.text(0)] = try row.integer(1)
        }
        for row in try transaction.rows(
            "select id, amount_fen - released_fen - returned_fen - lapsed_fen from reservation")
        { rows.reservations[try row.text(0)] = try row.integer(1) }
        for row in try transaction.rows("select case_id, name, step, at_ms from case_clock") {
            rows.clocks.insert(try ClockLine(row))
        }
        for row in try transaction.rows("select subject, at_ms from erasure order by subject") {
            rows.erasures.append((try row.text(0), try row.integer(1)))
        }
        for row in try transaction.rows(
            """
            select case_id, closed_ms from case_row where is_open = 0 and closed_ms is not null
            union all
            select order_id, closed_ms from order_row where is_open = 0 and closed_ms is not null
            """)
        { rows.closings[try row.text(0)] = try row.integer(1) }
        return rows
    }

    /// Messages that are done with: they were taken, or given up.
    static func closedMessages(in transaction: Transaction) throws(DatabaseError) -> Set<String> {
        var ids: Set<String> = []
        for row in try transaction.rows(
            "select id from tourist_message where done_ms is not null or failed_ms is not null")
        { ids.insert(try row.text(0)) }
        return ids
    }

    /// What is on the list of what falls due of work orders.
    static func orderClocks(in transaction: Transaction) throws(DatabaseError) -> [ClockLine] {
        try transaction.rows("select order_id, clock, step, at_ms from order_clock").map {
            row throws(DatabaseError) in try ClockLine(row)
        }
    }

    private static func vouchers(
        after number: Int64, in transaction: Transaction
    ) throws(DatabaseError) -> [Voucher] {
        var vouchers: [Voucher] = []
        for row in try transaction.rows(
            """
            select number, id, source, business_day, maker, checker, recorded_ms, previous_hash, hash
            from voucher where number > \(number) order by number
            """)
        {
            vouchers.append(
                Voucher(
                    number: try row.integer(0), id: try row.text(1), source: try row.text(2),
                    day: try row.text(3), maker: try row.text(4), checker: try row.textOrNil(5),
                    recordedMs: try row.integer(6), previousHash: try row.blob(7),
                    hash: try row.blob(8)))
        }
        var place = 0
        for row in try transaction.rows(
            """
            select number, account, side, amount_fen, step, reservation from voucher_line
            where number > \(number) order by number, line
            """)
        {
            let of = try row.integer(0)
            while place < vouchers.count, vouchers[place].number < of { place += 1 }
            guard place < vouchers.count, vouchers[place].number == of else {
                throw .corrupt("a line of voucher \(of), which is not there")
            }
            let fen = try row.integer(3)
            vouchers[place].lines.append(
                Line(
                    account: try row.text(1), fen: try row.integer(2) == 1 ? fen : -fen,
                    step: try row.textOrNil(4), reservation: try row.textOrNil(5)))
        }
        return vouchers
    }
}

extension RawRows.Event {
    fileprivate init(_ row: Row) throws(DatabaseError) {
        self.init(
            subject: try row.text(0), position: Int(try row.integer(1)), kind: try row.text(2),
            payload: try row.text(3), actor: try row.text(4), atMs: try row.integer(5))
    }
}

extension RawRows.ClockLine {
    fileprivate init(_ row: Row) throws(DatabaseError) {
        self.init(
            subject: try row.text(0), clock: try row.text(1), step: try row.text(2),
            atMs: try row.integer(3))
    }
}
