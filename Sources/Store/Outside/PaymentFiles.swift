import Casework
package import Database
package import Ledger

/// A file of payouts for the bank, as prepared by one person and decided on by another.
package struct PaymentFileRow: Hashable, Sendable {
    /// Also the message's own number, by which the bank knows it: `SYPF20240603-7`.
    package let id: String
    package let executionOn: Day
    package let payments: Int
    package let amount: Money
    package let state: State
    /// SHA-256 of the document, hex.
    package let hash: String
    package let preparedBy: String
    package let preparedAt: Moment
    /// Who released or withdrew it.
    package let decidedBy: String?
    package let decidedAt: Moment?
    /// Payments that the bank has neither made nor refused.
    package let open: Int

    package enum State: String, Hashable, Sendable, CaseIterable {
        case prepared
        /// May be handed to the bank; nothing takes it back.
        case released
        /// Its payouts wait for another file.
        case withdrawn
    }
}

extension Transaction {
    /// Keeps a prepared file and puts its payouts into it.
    ///
    /// - Parameter numbers: Of payouts that wait; each goes out with one file only.
    package func writePaymentFile(
        _ id: String, position: Int64, of fund: String, executionOn day: Day, document: String,
        hash: String, numbers: [String], amount: Money, by actor: String, at now: Moment
    ) throws(DatabaseError) {
        let document = try sealedText(document, at: "payment_file \(id)")
        try put(
            """
            insert into payment_file (id, fund, position, execution_day, payments, amount_fen, state,
                document, hash, prepared_by, prepared_ms)
            values (\(id), \(fund), \(position), \(day.description), \(numbers.count),
                \(amount.fen), 'prepared', \(document), \(hash), \(actor), \(now.ms))
            """)
        let names = numbers.map { SQLValue.text($0) }
        try put("update payout set payment_file = \(id) where number in (\(list: names))")
    }

    /// Says that a prepared file was released or withdrawn.
    package func decidePaymentFile(
        _ id: String, as state: PaymentFileRow.State, by actor: String, at now: Moment
    ) throws(DatabaseError) {
        try put(
            """
            update payment_file set state = \(state.rawValue), decided_by = \(actor),
                decided_ms = \(now.ms)
            where id = \(id)
            """)
        guard state == .withdrawn else { return }
        try put("update payout set payment_file = null where payment_file = \(id)")
    }

    package func paymentFile(_ id: String) throws(DatabaseError) -> PaymentFileRow? {
        try readPaymentFiles("where f.id = \(id)").first
    }

    /// The newest first.
    ///
    /// - Parameter limit: 1…200.
    package func paymentFiles(limit: Int) throws(DatabaseError) -> [PaymentFileRow] {
        try readPaymentFiles("order by f.position desc limit \(min(max(limit, 1), 200))")
    }

    /// The bytes that were, or will be, handed to the bank.
    package func paymentDocument(_ id: String) throws(DatabaseError) -> String? {
        try first("select document from payment_file where id = \(id)").map {
            row throws(DatabaseError) in
            try openedText(row.text(0), at: "payment_file \(id)")
        }
    }

    /// Payouts by bank that no file holds yet, the oldest first.
    package func payoutsWaiting(limit: Int) throws(DatabaseError) -> [PayoutRow] {
        try readPayouts(
            """
            select \(sql: payoutColumns) from payout
            where rail = 'bank' and state = 'ordered' and payment_file is null
            order by ordered_ms, number limit \(limit)
            """)
    }

    package func payouts(ofPaymentFile id: String) throws(DatabaseError) -> [PayoutRow] {
        try readPayouts(
            """
            select \(sql: payoutColumns) from payout where payment_file = \(id)
            order by ordered_ms, number
            """)
    }

    /// What files hold and the bank has neither paid nor refused: it is promised out of the account.
    package func moneyInPaymentFiles() throws(DatabaseError) -> Money {
        let row = try first(
            """
            select cast(coalesce(sum(amount_fen), 0) as bigint) from payout
            where payment_file is not null and state in ('ordered', 'underWay', 'unknown')
            """)
        return Money(fen: try row?.integer(0) ?? 0)
    }

    private func readPaymentFiles(_ which: SQL) throws(DatabaseError) -> [PaymentFileRow] {
        var found: [PaymentFileRow] = []
        for row in try rows(
            """
            select f.id, f.execution_day, f.payments, f.amount_fen, f.state, f.hash, f.prepared_by,
                f.prepared_ms, f.decided_by, f.decided_ms,
                (select count(*) from payout p where p.payment_file = f.id
                    and p.state in ('ordered', 'underWay', 'unknown'))
            from payment_file f \(sql: which)
            """)
        {
            guard let state = PaymentFileRow.State(rawValue: try row.text(4)) else {
                throw .corrupt("payment_file \(try row.text(0)) has an unknown state")
            }
            found.append(
                PaymentFileRow(
                    id: try row.text(0), executionOn: try day(row.text(1)),
                    payments: Int(try row.integer(2)), amount: Money(fen: try row.integer(3)),
                    state: state, hash: try row.text(5), preparedBy: try row.text(6),
                    preparedAt: Moment(ms: try row.integer(7)), decidedBy: try row.textOrNil(8),
                    decidedAt: try row.integerOrNil(9).map { Moment(ms: $0) },
                    open: Int(try row.integer(10))))
        }
        return found
    }
}

/// The bank's answers to payment files.
extension Transaction {
    /// The file that the same answer, byte for byte, was about; nil when it is new.
    package func paymentReport(_ hash: String) throws(DatabaseError) -> String? {
        try first("select file from payment_report where hash = \(hash)").map {
            row throws(DatabaseError) in try row.text(0)
        }
    }

    package func writePaymentReport(
        _ report: String, hash: String, on file: String, document: String, by actor: String,
        at now: Moment
    ) throws(DatabaseError) {
        let document = try sealedText(document, at: "payment_report \(hash)")
        try put(
            """
            insert into payment_report (hash, file, report, document, received_by, received_ms)
            values (\(hash), \(file), \(report), \(document), \(actor), \(now.ms))
            """)
    }
}
