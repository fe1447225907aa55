import Database
import Ledger

/// The rows of a voucher as plain SQL writes them, without deciding anything: the most an engine gives.
enum PlainRows {
    private static let hash = [UInt8](repeating: 7, count: 32)

    static func write(
        _ draft: Draft, _ number: Int, _ transaction: Transaction
    ) throws(DatabaseError) {
        // The first number is the grant's.
        let voucher = Int64(number) + 2
        try transaction.run(
            """
            insert into voucher (fund, number, id, currency, business_day, reason, source, maker,
                checker, reverses, recorded_ms, previous_hash, hash)
            values (\(draft.fund), \(voucher), \(draft.id.text), \(draft.currency),
                \(draft.businessDate.description), \(draft.reason), \(draft.source),
                \(draft.maker), \(draft.checker), \(draft.reverses?.text), \(voucher), \(hash),
                \(hash))
            """)
        for (index, line) in draft.lines.enumerated() {
            let account = line.account.description
            try transaction.run(
                """
                insert into voucher_line (fund, number, line, account, side, amount_fen, step,
                    reservation)
                values (\(draft.fund), \(voucher), \(Int64(index)), \(account),
                    \(line.side == .debit ? 1 : 2), \(line.amount.fen),
                    \(line.reservation?.step.rawValue), \(line.reservation?.id.text))
                """)
            let sign: Int64 = line.side == .debit ? 1 : -1
            try transaction.run(
                """
                insert into balance (fund, account, amount_fen)
                values (\(draft.fund), \(account), \(sign * line.amount.fen))
                on conflict (fund, account)
                do update set amount_fen = balance.amount_fen + excluded.amount_fen
                """)
            guard let use = line.reservation else { continue }
            let returned = use.step == .opens ? 0 : line.amount.fen
            try transaction.run(
                """
                insert into reservation (id, fund, amount_fen, released_fen, returned_fen)
                values (\(use.id.text), \(draft.fund), \(line.amount.fen), 0, \(returned))
                on conflict (id) do update set returned_fen = excluded.returned_fen
                """)
        }
        try transaction.run(
            "update ledger_head set number = \(voucher), hash = \(hash) where fund = \(draft.fund)")
    }
}
