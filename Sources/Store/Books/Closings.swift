package import Database
package import Ledger

/// A period put forward to be closed, waiting for a second person.
package struct ClosingProposal: Hashable, Sendable {
    package let fund: String
    package let period: Period
    package let proposedBy: String
    package let proposedAt: Moment

    package init(fund: String, period: Period, proposedBy: String, proposedAt: Moment) {
        self.fund = fund
        self.period = period
        self.proposedBy = proposedBy
        self.proposedAt = proposedAt
    }
}

/// Closed periods of the books; written once, and never changed.
extension Transaction {
    /// The last day that takes no voucher any more; nil when none is closed.
    package func closedThrough(_ fund: String) throws(DatabaseError) -> Day? {
        let row = try first(
            """
            select max(day) from (
                select max(day) as day from closed_day where fund = \(fund)
                union all select max(last_day) as day from closing where fund = \(fund)) closed
            """)
        return try row?.textOrNil(0).map { text throws(DatabaseError) in try day(text) }
    }

    /// The same for whoever is about to post: of the books that this commit has open, if it has.
    package func closedDay(_ fund: String) throws(DatabaseError) -> Day? {
        let isOpen = carrying(OpenBooks.self) { $0.has(fund) }
        if isOpen { return carrying(OpenBooks.self) { $0.book(fund).closedThrough } }
        return try closedThrough(fund)
    }

    /// The closings of `kind`, or of all kinds, the oldest first; without their balances.
    package func closings(
        _ fund: String, _ kind: Period.Kind? = nil
    ) throws(DatabaseError) -> [Closing] {
        let ofKind: SQL = kind.map { "and kind = \($0.rawValue)" } ?? ""
        var found: [Closing] = []
        for row in try rows(
            """
            select kind, first_day, head_number, head_hash, closed_ms, maker, checker from closing
            where fund = \(fund) \(sql: ofKind) order by last_day, kind
            """)
        {
            found.append(
                Closing(
                    fund: fund, period: try period(row.text(0), row.text(1)),
                    head: Head(
                        number: try row.integer(2), hash: try hash(row.blob(3), at: "closing")),
                    balances: [:], closedAt: Moment(ms: try row.integer(4)),
                    maker: try row.text(5), checker: try row.text(6)))
        }
        return found
    }

    /// The closings with the balances each was closed with: what `verify` holds the vouchers to.
    package func closingsWithBalances(_ fund: String) throws(DatabaseError) -> [Closing] {
        var balances: [Period: [Account: Money]] = [:]
        for row in try rows(
            """
            select kind, first_day, account, amount_fen from closing_balance
            where fund = \(fund)
            """)
        {
            let period = try period(row.text(0), row.text(1))
            balances[period, default: [:]][try account(row.text(2))] =
                Money(fen: try row.integer(3))
        }
        return try closings(fund).map { closing in
            Closing(
                fund: fund, period: closing.period, head: closing.head,
                balances: balances[closing.period] ?? [:], closedAt: closing.closedAt,
                maker: closing.maker, checker: closing.checker)
        }
    }

    package func writeClosing(_ closing: Closing) throws(DatabaseError) {
        let period = closing.period
        carrying(OpenBooks.self) { $0.close(closing.fund, through: period.lastDay) }
        let (kind, first) = (period.kind.rawValue, period.firstDay.description)
        try put(
            """
            insert into closing (fund, kind, first_day, last_day, head_number, head_hash, closed_ms,
                maker, checker)
            values (\(closing.fund), \(kind), \(first), \(period.lastDay.description),
                \(closing.head.number), \(closing.head.hash.bytes), \(closing.closedAt.ms),
                \(closing.maker), \(closing.checker))
            """)
        try insert(
            into: "closing_balance", "fund, kind, first_day, account, amount_fen",
            rows: closing.balances.sorted { $0.key < $1.key }.map { account, amount in
                [
                    .text(closing.fund), .text(kind), .text(first), .text(account.description),
                    .integer(amount.fen),
                ]
            })
        try put(
            """
            delete from closing_proposal
            where fund = \(closing.fund) and kind = \(kind) and first_day = \(first)
            """)
    }

    package func proposal(
        toClose period: Period, of fund: String
    ) throws(DatabaseError) -> ClosingProposal? {
        let row = try first(
            """
            select proposed_by, proposed_ms from closing_proposal
            where fund = \(fund) and kind = \(period.kind.rawValue)
                and first_day = \(period.firstDay.description)
            """)
        return try row.map { row throws(DatabaseError) in
            ClosingProposal(
                fund: fund, period: period, proposedBy: try row.text(0),
                proposedAt: Moment(ms: try row.integer(1)))
        }
    }

    /// Puts a period forward; the last to do so is the one whose name counts.
    package func writeProposal(_ proposal: ClosingProposal) throws(DatabaseError) {
        try put(
            """
            insert into closing_proposal (fund, kind, first_day, proposed_by, proposed_ms)
            values (\(proposal.fund), \(proposal.period.kind.rawValue),
                \(proposal.period.firstDay.description), \(proposal.proposedBy),
                \(proposal.proposedAt.ms))
            on conflict (fund, kind, first_day)
            do update set proposed_by = excluded.proposed_by, proposed_ms = excluded.proposed_ms
            """)
    }

    func period(_ kind: String, _ first: String) throws(DatabaseError) -> Period {
        guard let kind = Period.Kind(rawValue: kind) else {
            throw .corrupt("closing holds the unknown kind \(kind)")
        }
        return .of(kind, containing: try day(first))
    }
}
