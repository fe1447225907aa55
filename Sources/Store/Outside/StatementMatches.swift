package import Database
package import Ledger

/// A voucher beside the statement line it was met in.
package struct MetVoucher: Hashable, Sendable {
    /// The line's.
    package let key: String
    package let number: Int64
    package let day: Day
    package let source: String
    package let reason: String
}

/// What reconciliation made of a statement, to be read again.
extension Transaction {
    package func statement(
        of account: Account, position: Int64
    ) throws(DatabaseError) -> StatementRow? {
        try readStatements(
            """
            select \(sql: statementColumns) from statement
            where account = \(account.description) and position = \(position)
            """
        ).first
    }

    /// The vouchers met in a statement's lines, in the order of the lines.
    package func vouchersMet(
        inStatement position: Int64, of account: Account, in fund: String
    ) throws(DatabaseError) -> [MetVoucher] {
        try write(OpenBooks.self)
        var found: [MetVoucher] = []
        for row in try rows(
            """
            select l.key, v.number, v.business_day, v.source, v.reason
            from statement_line l
                join statement_match m on m.account = l.account and m.key = l.key
                join voucher v on v.id = m.voucher
            where l.account = \(account.description) and l.statement = \(position)
                and v.fund = \(fund)
            order by l.line, v.number
            """)
        {
            found.append(
                MetVoucher(
                    key: try row.text(0), number: try row.integer(1), day: try day(row.text(2)),
                    source: try row.text(3), reason: try row.text(4)))
        }
        return found
    }

    /// Payouts that were ordered and are neither confirmed nor given up, the oldest first.
    package func openPayouts(limit: Int) throws(DatabaseError) -> [PayoutRow] {
        try readPayouts(
            """
            select \(sql: payoutColumns) from payout
            where state in ('ordered', 'underWay', 'unknown')
            order by ordered_ms, number limit \(limit)
            """)
    }

    /// Periods that one person put forward and nobody has closed yet.
    package func openProposals(_ fund: String) throws(DatabaseError) -> [ClosingProposal] {
        var found: [ClosingProposal] = []
        for row in try rows(
            """
            select kind, first_day, proposed_by, proposed_ms from closing_proposal
            where fund = \(fund) order by first_day, kind
            """)
        {
            found.append(
                ClosingProposal(
                    fund: fund, period: try period(row.text(0), row.text(1)),
                    proposedBy: try row.text(2), proposedAt: Moment(ms: try row.integer(3))))
        }
        return found
    }
}

/// A statement line with the statement it is in.
package struct PlacedLine: Hashable, Sendable {
    package let statement: Int64
    package let line: StatementLineRow
}

extension Transaction {
    /// The bank's lines that show the voucher; none while no statement did.
    package func statementLines(
        showing voucher: ID<Voucher>
    ) throws(DatabaseError) -> [PlacedLine] {
        var found: [PlacedLine] = []
        for row in try rows(
            """
            select l.account, l.key, l.statement
            from statement_match m
                join statement_line l on l.account = m.account and l.key = m.key
            where m.voucher = \(voucher.text) order by l.account, l.statement, l.line
            """)
        {
            let (account, key) = (try Store.account(row.text(0)), try row.text(1))
            guard let line = try statementLine(of: account, key: key) else { continue }
            found.append(PlacedLine(statement: try row.integer(2), line: line))
        }
        return found
    }
}
