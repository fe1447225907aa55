package import Database
package import Ledger

/// What came of handing a draft to the books.
package struct Posted: Hashable, Sendable {
    package let voucher: Voucher
    /// False when the same draft had been posted before: nothing changed then.
    package let isNew: Bool
}

extension Transaction {
    /// The books of `fund` as far as `drafts` touch them, for reading or for posting.
    package func book(
        _ chart: Chart, fund: String, currency: String, for drafts: [Draft] = []
    ) throws(DatabaseError) -> Book {
        let ids = Set(drafts.map(\.id)).sorted()
        return Book(
            chart: chart, fund: fund, currency: currency, head: try ledgerHead(fund),
            totals: try totals(fund),
            balances: try balances(fund, of: Set(drafts.flatMap(\.accounts)).sorted()),
            reservations: try reservations(Set(drafts.flatMap(\.reservations)).sorted()),
            posted: try vouchers(withIDs: ids))
    }

    /// Posts `draft` and writes the voucher with its projections.
    ///
    /// - Throws: `PostingError` when the ledger refuses (nothing is written), or `DatabaseError`.
    package func post(_ draft: Draft, chart: Chart, at now: Moment) throws -> Posted {
        var book = try book(chart, fund: draft.fund, currency: draft.currency, for: [draft])
        let before = book.head
        let voucher = try book.post(draft, at: now)
        guard book.head != before else { return Posted(voucher: voucher, isNew: false) }
        try write(voucher)
        try writeProjections(of: voucher, in: book)
        return Posted(voucher: voucher, isNew: true)
    }

    package func ledgerHead(_ fund: String) throws(DatabaseError) -> Head {
        guard let row = try first("select number, hash from ledger_head where fund = \(fund)")
        else {
            return .none
        }
        return Head(number: try row.integer(0), hash: try hash(row.blob(1), at: "ledger_head"))
    }

    private func write(_ voucher: Voucher) throws(DatabaseError) {
        let draft = voucher.draft
        try run(
            """
            insert into voucher (fund, number, id, currency, business_day, reason, source, maker,
                checker, reverses, recorded_ms, previous_hash, hash)
            values (\(draft.fund), \(voucher.number), \(draft.id.text), \(draft.currency),
                \(draft.businessDate.description), \(draft.reason), \(draft.source), \(draft.maker),
                \(draft.checker), \(draft.reverses?.text), \(voucher.recordedAt.ms),
                \(voucher.previousHash.bytes), \(voucher.hash.bytes))
            """)
        try insert(
            into: "voucher_line",
            "fund, number, line, account, side, amount_fen, step, reservation",
            rows: draft.lines.enumerated().map { index, line in
                [
                    .text(draft.fund), .integer(voucher.number), .integer(Int64(index + 1)),
                    .text(line.account.description), .integer(line.side == .debit ? 1 : 2),
                    .integer(line.amount.fen), SQLValue(line.reservation?.step.rawValue),
                    SQLValue(line.reservation?.id.text),
                ]
            })
    }

    private func writeProjections(of voucher: Voucher, in book: Book) throws(DatabaseError) {
        let draft = voucher.draft
        for account in draft.accounts {
            try run(
                """
                insert into balance (fund, account, amount_fen)
                values (\(draft.fund), \(account.description), \(book.balance(account).fen))
                on conflict (fund, account) do update set amount_fen = excluded.amount_fen
                """)
        }
        for code in Set(draft.accounts.map(\.code)).sorted() {
            try run(
                """
                insert into account_total (fund, code, amount_fen)
                values (\(draft.fund), \(code), \(book.total(code).fen))
                on conflict (fund, code) do update set amount_fen = excluded.amount_fen
                """)
        }
        for id in draft.reservations {
            guard let reservation = book.reservations[id] else { continue }
            try run(
                """
                insert into reservation (id, fund, amount_fen, released_fen, returned_fen)
                values (\(id.text), \(draft.fund), \(reservation.amount.fen),
                    \(reservation.released.fen), \(reservation.returned.fen))
                on conflict (id) do update set released_fen = excluded.released_fen,
                    returned_fen = excluded.returned_fen
                """)
        }
        try run(
            """
            insert into ledger_head (fund, number, hash)
            values (\(draft.fund), \(voucher.number), \(voucher.hash.bytes))
            on conflict (fund) do update set number = excluded.number, hash = excluded.hash
            """)
    }

    private func totals(_ fund: String) throws(DatabaseError) -> [String: Money] {
        var totals: [String: Money] = [:]
        for row in try rows("select code, amount_fen from account_total where fund = \(fund)") {
            totals[try row.text(0)] = Money(fen: try row.integer(1))
        }
        return totals
    }

    private func balances(
        _ fund: String, of accounts: [Account]
    ) throws(DatabaseError) -> [Account: Money] {
        guard !accounts.isEmpty else { return [:] }
        let names = accounts.map { SQLValue.text($0.description) }
        return try readBalances(
            """
            select account, amount_fen from balance
            where fund = \(fund) and account in (\(list: names))
            """)
    }

    /// One account's balance, debit-positive; zero when it was never posted to.
    package func balance(of account: Account, in fund: String) throws(DatabaseError) -> Money {
        try balances(fund, of: [account])[account] ?? .zero
    }

    /// Every balance that was ever posted to, debit-positive.
    package func balances(_ fund: String) throws(DatabaseError) -> [Account: Money] {
        try readBalances("select account, amount_fen from balance where fund = \(fund)")
    }

    private func readBalances(_ sql: SQL) throws(DatabaseError) -> [Account: Money] {
        var balances: [Account: Money] = [:]
        for row in try rows(sql) {
            balances[try account(row.text(0))] = Money(fen: try row.integer(1))
        }
        return balances
    }

    private func reservations(
        _ ids: [ID<Reservation>]
    ) throws(DatabaseError) -> [Reservation] {
        guard !ids.isEmpty else { return [] }
        let names = ids.map { SQLValue.text($0.text) }
        return try readReservations(
            """
            select id, fund, amount_fen, released_fen, returned_fen from reservation
            where id in (\(list: names)) order by id
            """)
    }

    /// Every reservation of a fund, the settled ones included.
    package func reservations(_ fund: String) throws(DatabaseError) -> [Reservation] {
        try readReservations(
            """
            select id, fund, amount_fen, released_fen, returned_fen from reservation
            where fund = \(fund) order by id
            """)
    }

    private func readReservations(_ sql: SQL) throws(DatabaseError) -> [Reservation] {
        var found: [Reservation] = []
        for row in try rows(sql) {
            let reservation = Reservation(
                id: ID(try row.text(0)), fund: try row.text(1),
                amount: Money(fen: try row.integer(2)),
                released: Money(fen: try row.integer(3)), returned: Money(fen: try row.integer(4)))
            guard let reservation else {
                throw .corrupt("reservation \(try row.text(0)) is more than settled")
            }
            found.append(reservation)
        }
        return found
    }
}

func hash(_ bytes: [UInt8], at place: String) throws(DatabaseError) -> Hash {
    guard let hash = Hash(bytes: bytes) else {
        throw .corrupt("\(place) holds a hash of \(bytes.count) bytes instead of 32")
    }
    return hash
}

func account(_ text: String) throws(DatabaseError) -> Account {
    guard let account = Account(text: text) else { throw .corrupt("not an account: \(text)") }
    return account
}
