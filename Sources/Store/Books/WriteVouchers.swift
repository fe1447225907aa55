import Database
import Ledger

extension Transaction {
    /// Writes vouchers that `book` has posted, and what they make of the projections.
    ///
    /// The head comes first: two servers that both went on from the same head meet there, as a conflict
    /// that is run again, before any number is taken twice.
    func write(_ vouchers: [Voucher], of book: Book) throws(DatabaseError) {
        try put(
            """
            insert into ledger_head (fund, number, hash)
            values (\(book.fund), \(book.head.number), \(book.head.hash.bytes))
            on conflict (fund) do update set number = excluded.number, hash = excluded.hash
            """)
        try insert(
            into: "voucher",
            """
            fund, number, id, currency, business_day, reason, source, maker, checker, reverses,
            corrects, recorded_ms, previous_hash, hash
            """,
            rows: vouchers.map { $0.row })
        try insert(
            into: "voucher_line",
            "fund, number, line, account, side, amount_fen, step, reservation, expires_ms",
            rows: vouchers.flatMap { $0.lineRows })
        try writeProjections(of: vouchers, in: book)
    }

    private func writeProjections(
        of vouchers: [Voucher], in book: Book
    ) throws(DatabaseError) {
        let accounts = Set(vouchers.flatMap { $0.lines.map(\.account) }).sorted()
        try insert(
            into: "balance", "fund, account, amount_fen",
            rows: accounts.map { account in
                [
                    .text(book.fund), .text(account.description),
                    .integer(book.balance(account).fen),
                ]
            },
            "on conflict (fund, account) do update set amount_fen = excluded.amount_fen")
        try insert(
            into: "account_total", "fund, code, amount_fen",
            rows: Set(accounts.map(\.code)).sorted().map { code in
                [.text(book.fund), .text(code), .integer(book.total(code).fen)]
            },
            "on conflict (fund, code) do update set amount_fen = excluded.amount_fen")
        try writeBlocks(of: vouchers, in: book.fund)
        let touched = Set(vouchers.flatMap { $0.lines.compactMap(\.reservation?.id) }).sorted()
        try insert(
            into: "reservation",
            "id, fund, amount_fen, released_fen, returned_fen, lapsed_fen, expires_ms, account",
            rows: touched.compactMap { book.reservations[$0] }.map { reservation in
                [
                    .text(reservation.id.text), .text(reservation.fund),
                    .integer(reservation.amount.fen), .integer(reservation.released.fen),
                    .integer(reservation.returned.fen), .integer(reservation.lapsed.fen),
                    SQLValue(reservation.expires?.ms), .text(reservation.account.description),
                ]
            },
            """
            on conflict (id) do update set released_fen = excluded.released_fen,
                returned_fen = excluded.returned_fen, lapsed_fen = excluded.lapsed_fen
            """)
    }
}

extension Voucher {
    fileprivate var row: [SQLValue] {
        [
            .text(draft.fund), .integer(number), .text(draft.id.text), .text(draft.currency),
            .text(draft.businessDate.description), .text(draft.reason), .text(draft.source),
            .text(draft.maker), SQLValue(draft.checker), SQLValue(draft.reverses?.text),
            SQLValue(draft.corrects?.text),
            .integer(recordedAt.ms), .blob(previousHash.bytes), .blob(hash.bytes),
        ]
    }

    fileprivate var lineRows: [[SQLValue]] {
        lines.enumerated().map { index, line in
            [
                .text(draft.fund), .integer(number), .integer(Int64(index + 1)),
                .text(line.account.description), .integer(line.side == .debit ? 1 : 2),
                .integer(line.amount.fen), SQLValue(line.reservation?.step.rawValue),
                SQLValue(line.reservation?.id.text), SQLValue(line.reservation?.expires?.ms),
            ]
        }
    }
}
