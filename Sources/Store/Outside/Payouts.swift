package import Casework
package import Database
package import Ledger

/// A payout as reconciliation meets it.
package struct PayoutRow: Hashable, Sendable {
    package let number: String
    package let caseID: ID<Case>
    package let amount: Money
    /// `ordered`, `underWay`, `unknown`, `confirmed`, `failed`, `lapsed`, `bounced`.
    package let state: String
    package let orderedAt: Moment
    package let confirmedOn: Day?
    /// The key of the statement line it was met in; nil while it was not.
    package let statementLine: String?
    package let rail: Rail
    /// The payment file it went out with, by bank; nil while it waits for one.
    package let paymentFile: String?
}

extension Transaction {
    /// Writes the payouts that `recorded` changed.
    package func writePayouts(of file: Case, after recorded: [Recorded]) throws(DatabaseError) {
        guard recorded.contains(where: { $0.event.changesPayout }) else { return }
        for payout in file.payouts {
            let sender = recorded.first { $0.event.orders(payout.number) }?.actor
            let day: String? =
                if case .confirmed(let day) = payout.state { day.description } else { nil }
            try put(
                """
                insert into payout (number, case_id, amount_fen, state, ordered_ms, confirmed_day,
                    ordered_by, rail)
                values (\(payout.number), \(file.id.text), \(payout.amount.fen), \(payout.state.name),
                    \(payout.orderedAt.ms), \(day), \(sender),
                    \(payout.payee.rail.rawValue))
                on conflict (number) do update set state = excluded.state,
                    confirmed_day = coalesce(excluded.confirmed_day, payout.confirmed_day)
                """)
        }
    }

    /// Payouts by `rail` that a statement has not shown yet, or that came back, in the order of their
    /// numbers.
    package func unmetPayouts(by rail: Rail) throws(DatabaseError) -> [PayoutRow] {
        try readPayouts(
            """
            select \(sql: payoutColumns) from payout
            where statement_line is null and rail = \(rail.rawValue) and state in ('confirmed', 'bounced', 'unknown', 'underWay')
            order by number
            """)
    }

    /// Of `numbers`, the payouts by `rail` that were paid and met in a statement: they may still come back.
    package func metPayouts(
        by rail: Rail, _ numbers: [String]
    ) throws(DatabaseError) -> [PayoutRow] {
        var found: [PayoutRow] = []
        for start in stride(from: 0, to: numbers.count, by: 1_000) {
            let some = numbers[start..<min(start + 1_000, numbers.count)].map { SQLValue.text($0) }
            found += try readPayouts(
                """
                select \(sql: payoutColumns) from payout
                where number in (\(list: some)) and rail = \(rail.rawValue)
                    and state = 'confirmed' and statement_line is not null
                order by number
                """)
        }
        return found
    }

    package func payouts(in states: [String], limit: Int) throws(DatabaseError) -> [PayoutRow] {
        let names = states.map { SQLValue.text($0) }
        return try readPayouts(
            """
            select \(sql: payoutColumns) from payout where state in (\(list: names))
            order by ordered_ms, number limit \(limit)
            """)
    }

    package func markPayout(_ number: String, metIn line: String) throws(DatabaseError) {
        try put("update payout set statement_line = \(line) where number = \(number)")
    }

    package func payout(_ number: String) throws(DatabaseError) -> PayoutRow? {
        try readPayouts("select \(sql: payoutColumns) from payout where number = \(number)").first
    }

    func readPayouts(_ sql: SQL) throws(DatabaseError) -> [PayoutRow] {
        var found: [PayoutRow] = []
        for row in try rows(sql) {
            guard let rail = Rail(rawValue: try row.text(7)) else {
                throw .corrupt("payout holds an unknown rail: \(try row.text(7))")
            }
            found.append(
                PayoutRow(
                    number: try row.text(0), caseID: ID(try row.text(1)),
                    amount: Money(fen: try row.integer(2)), state: try row.text(3),
                    orderedAt: Moment(ms: try row.integer(4)),
                    confirmedOn: try row.textOrNil(5).flatMap { Day($0) },
                    statementLine: try row.textOrNil(6), rail: rail,
                    paymentFile: try row.textOrNil(8)))
        }
        return found
    }
}

let payoutColumns: SQL =
    """
    number, case_id, amount_fen, state, ordered_ms, confirmed_day, statement_line, rail, payment_file
    """

extension Event {
    fileprivate func orders(_ number: String) -> Bool {
        if case .payoutOrdered(number, _, _) = self { true } else { false }
    }

    fileprivate var changesPayout: Bool {
        switch self {
        case .payoutOrdered, .payoutProgressed, .payoutUnknown, .payoutConfirmed, .payoutFailed,
            .payoutLapsed, .payoutBounced, .payoutReturnedFromSuspense:
            true
        default: false
        }
    }
}

extension Payout.State {
    /// Without what it carries.
    package var name: String {
        switch self {
        case .ordered: "ordered"
        case .underWay: "underWay"
        case .unknown: "unknown"
        case .confirmed: "confirmed"
        case .failed: "failed"
        case .lapsed: "lapsed"
        case .bounced: "bounced"
        }
    }
}
