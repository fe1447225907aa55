package import Database
package import Ledger

/// A day on which books and bank agreed to the fen.
package struct ClosedDay: Hashable, Sendable {
    package let fund: String
    package let day: Day
    package let bank: Money
    package let platform: Money
    /// The last voucher of the books as closed: an auditor can ask for exactly these.
    package let head: Head
    package let closedAt: Moment
    package let closedBy: String
    /// Who put it forward; nil for a day closed before that took two.
    package let preparedBy: String?

    package init(
        fund: String, day: Day, bank: Money, platform: Money, head: Head, closedAt: Moment,
        closedBy: String, preparedBy: String?
    ) {
        self.fund = fund
        self.day = day
        self.bank = bank
        self.platform = platform
        self.head = head
        self.closedAt = closedAt
        self.closedBy = closedBy
        self.preparedBy = preparedBy
    }
}

extension Transaction {
    package func lastClosedDay(_ fund: String) throws(DatabaseError) -> ClosedDay? {
        let row = try first(
            """
            select day, bank_fen, platform_fen, head_number, head_hash, closed_ms, closed_by,
                prepared_by
            from closed_day where fund = \(fund) order by day desc limit 1
            """)
        guard let row else { return nil }
        return ClosedDay(
            fund: fund, day: try day(row.text(0)), bank: Money(fen: try row.integer(1)),
            platform: Money(fen: try row.integer(2)),
            head: Head(number: try row.integer(3), hash: try hash(row.blob(4), at: "closed_day")),
            closedAt: Moment(ms: try row.integer(5)), closedBy: try row.text(6),
            preparedBy: try row.textOrNil(7))
    }

    package func writeClosedDay(_ closed: ClosedDay) throws(DatabaseError) {
        carrying(OpenBooks.self) { $0.close(closed.fund, through: closed.day) }
        try put(
            """
            insert into closed_day (fund, day, bank_fen, platform_fen, head_number, head_hash,
                closed_ms, closed_by, prepared_by)
            values (\(closed.fund), \(closed.day.description), \(closed.bank.fen),
                \(closed.platform.fen), \(closed.head.number), \(closed.head.hash.bytes),
                \(closed.closedAt.ms), \(closed.closedBy), \(closed.preparedBy))
            """)
        try put(
            """
            delete from closing_proposal where fund = \(closed.fund)
                and kind = \(Period.Kind.day.rawValue) and first_day = \(closed.day.description)
            """)
    }

    /// The first closed day that the vouchers no longer agree with: its last voucher is another, or a
    /// later one is of its days.
    package func brokenClosedDay(_ fund: String) throws(DatabaseError) -> Day? {
        try write(OpenBooks.self)
        let row = try first(
            """
            select min(day) from (
                select d.day as day from closed_day d
                where d.fund = \(fund) and d.head_number > 0 and not exists (
                    select 1 from voucher v where v.fund = d.fund and v.number = d.head_number
                        and v.hash = d.head_hash)
                union all
                select d.day as day from closed_day d
                where d.fund = \(fund) and exists (
                    select 1 from voucher v where v.fund = d.fund and v.number > d.head_number
                        and v.business_day <= d.day)) broken
            """)
        return try row?.textOrNil(0).map { text throws(DatabaseError) in try day(text) }
    }
}
