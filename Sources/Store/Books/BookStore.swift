package import Database
package import Ledger

/// What came of handing a draft to the books.
package struct Posted: Hashable, Sendable {
    package let voucher: Voucher
    /// False when the same draft had been posted before: nothing changed then.
    package let isNew: Bool
}

extension Transaction {
    /// The books of `fund` as far as `drafts` touch them and as far as they lapse by `now`.
    package func book(
        _ chart: Chart, fund: String, currency: String, at now: Moment, for drafts: [Draft] = []
    ) throws(DatabaseError) -> Book {
        do {
            return try carrying(OpenBooks.self) { open in
                try load(&open, chart, fund: fund, currency: currency, at: now, for: drafts)
                return open.book(fund)
            }
        } catch {
            throw error as? DatabaseError ?? .storage("\(error)")
        }
    }

    /// Posts `draft`, and before it every lapse that is due: the books move at once, for this closure and those that share its commit; the rows
    /// are written before the commit, once for all of them.
    ///
    /// - Throws: `PostingError` when the ledger refuses (nothing is posted), or `DatabaseError`.
    package func post(_ draft: Draft, chart: Chart, at now: Moment) throws -> Posted {
        try carrying(OpenBooks.self) { open in
            try load(
                &open, chart, fund: draft.fund, currency: draft.currency, at: now, for: [draft])
            try open.lapse(draft.fund, at: now)
            return try open.post(draft, at: now)
        }
    }

    /// Posts many drafts of one fund, in their order; the first that is refused is thrown.
    package func post(_ drafts: [Draft], chart: Chart, at now: Moment) throws -> [Posted] {
        guard let first = drafts.first else { return [] }
        return try carrying(OpenBooks.self) { open in
            var posted: [Posted] = []
            posted.reserveCapacity(drafts.count)
            for start in stride(from: 0, to: drafts.count, by: Self.loadLimit) {
                let part = drafts[start..<min(start + Self.loadLimit, drafts.count)]
                try load(
                    &open, chart, fund: first.fund, currency: first.currency, at: now,
                    for: Array(part))
                try open.lapse(first.fund, at: now)
                for draft in part { posted.append(try open.post(draft, at: now)) }
            }
            return posted
        }
    }

    /// Posts every lapse that is due, for whoever is about to say what the books are.
    package func lapse(
        _ chart: Chart, fund: String, currency: String, at now: Moment
    ) throws {
        try carrying(OpenBooks.self) { open in
            try load(&open, chart, fund: fund, currency: currency, at: now, for: [])
            try open.lapse(fund, at: now)
        }
    }

    /// How many drafts are loaded for at once: their accounts and ids must fit one statement.
    private static let loadLimit = 128

    private func load(
        _ open: inout OpenBooks, _ chart: Chart, fund: String, currency: String, at now: Moment,
        for drafts: [Draft]
    ) throws(DatabaseError) {
        if !open.has(fund) {
            open.begin(
                Book(
                    chart: chart, fund: fund, currency: currency, head: try storedHead(fund),
                    totals: try totals(fund), closedThrough: try closedThrough(fund)))
        }
        if open.expiriesKnown(of: fund).map({ $0 <= now }) ?? true {
            let horizon = Moment(ms: now.ms + Self.expiryHorizonMs)
            open.learnExpiries(try expiring(fund, before: horizon), before: horizon, in: fund)
        }
        let wanted = open.unknown(of: drafts, in: fund)
        if !wanted.isEmpty { open.learn(try stored(wanted, fund), in: fund) }
    }

    /// How far ahead expiries are read, so that the closures of one commit read them once.
    private static let expiryHorizonMs: Int64 = 60_000

    /// The reservations that will have lapsed by `moment`, with the accounts their lapses move.
    private func expiring(
        _ fund: String, before moment: Moment
    ) throws(DatabaseError) -> OpenBooks.Found {
        var wanted = OpenBooks.Wanted()
        for row in try rows(
            """
            select id, account from reservation
            where fund = \(fund) and expires_ms < \(moment.ms)
                and released_fen + returned_fen + lapsed_fen < amount_fen
            """)
        {
            wanted.reservations.insert(ID(try row.text(0)))
            wanted.vouchers.insert(ID(try row.text(0) + "#lapse"))
            wanted.accounts.insert(try account(row.text(1)))
        }
        guard !wanted.isEmpty else { return OpenBooks.Found(wanted) }
        wanted.accounts.insert(Account(Chart.available))
        return try stored(wanted, fund)
    }

    /// Reads what is wanted in one statement: on a server each costs a way there and back.
    private func stored(
        _ wanted: OpenBooks.Wanted, _ fund: String
    ) throws(DatabaseError) -> OpenBooks.Found {
        var parts: [SQL] = []
        if !wanted.accounts.isEmpty {
            let names = wanted.accounts.map { SQLValue.text($0.description) }
            parts.append(
                """
                select 1, account, fund, amount_fen, 0, 0, 0, null, '' from balance
                where fund = \(fund) and account in (\(list: names))
                """)
        }
        if !wanted.reservations.isEmpty {
            let names = wanted.reservations.map { SQLValue.text($0.text) }
            parts.append(
                """
                select 2, \(sql: reservationColumns) from reservation
                where id in (\(list: names))
                """)
        }
        if !wanted.vouchers.isEmpty {
            let names = wanted.vouchers.map { SQLValue.text($0.text) }
            parts.append(
                """
                select 3, id, fund, number, 0, 0, 0, null, '' from voucher
                where id in (\(list: names))
                """)
        }
        if !wanted.named.isEmpty {
            let names = wanted.named.map { SQLValue.text($0.text) }
            parts.append(
                """
                select 3, id, fund, number, 0, 0, 0, null, '' from voucher
                where reverses in (\(list: names))
                """)
        }
        guard var sql = parts.first else { return OpenBooks.Found(wanted) }
        for part in parts.dropFirst() { sql = "\(sql: sql) union all \(sql: part)" }
        var found = OpenBooks.Found(wanted)
        var taken: [ID<Voucher>] = []
        for row in try rows(sql) {
            switch try row.integer(0) {
            case 1: found.balances[try account(row.text(1))] = Money(fen: try row.integer(3))
            case 2: found.reservations.append(try reservation(row))
            default: taken.append(ID(try row.text(1)))
            }
        }
        found.posted = try storedVouchers(withIDs: taken)
        return found
    }

    private func reservation(_ row: Row) throws(DatabaseError) -> Reservation {
        let reservation = Reservation(
            id: ID(try row.text(1)), fund: try row.text(2), amount: Money(fen: try row.integer(3)),
            released: Money(fen: try row.integer(4)), returned: Money(fen: try row.integer(5)),
            lapsed: Money(fen: try row.integer(6)),
            expires: try row.integerOrNil(7).map { Moment(ms: $0) },
            account: try account(row.text(8)))
        guard let reservation else {
            throw .corrupt("reservation \(try row.text(1)) is more than settled")
        }
        return reservation
    }

    package func ledgerHead(_ fund: String) throws(DatabaseError) -> Head {
        try write(OpenBooks.self)
        return try storedHead(fund)
    }

    private func storedHead(_ fund: String) throws(DatabaseError) -> Head {
        guard let row = try first("select number, hash from ledger_head where fund = \(fund)")
        else {
            return .none
        }
        return Head(number: try row.integer(0), hash: try hash(row.blob(1), at: "ledger_head"))
    }

    private func totals(_ fund: String) throws(DatabaseError) -> [String: Money] {
        var totals: [String: Money] = [:]
        for row in try rows("select code, amount_fen from account_total where fund = \(fund)") {
            totals[try row.text(0)] = Money(fen: try row.integer(1))
        }
        return totals
    }

    /// One account's balance, debit-positive; zero when it was never posted to.
    package func balance(of account: Account, in fund: String) throws(DatabaseError) -> Money {
        try write(OpenBooks.self)
        let row = try first(
            """
            select amount_fen from balance
            where fund = \(fund) and account = \(account.description)
            """)
        return Money(fen: try row?.integer(0) ?? 0)
    }

    /// Every balance that was ever posted to, debit-positive.
    package func balances(_ fund: String) throws(DatabaseError) -> [Account: Money] {
        try readBalances("select account, amount_fen from balance where fund = \(fund)")
    }

    /// Every balance that is not zero: most accounts are those of cases, and end at zero with them.
    package func standingBalances(_ fund: String) throws(DatabaseError) -> [Account: Money] {
        try readBalances(
            """
            select account, amount_fen from balance where fund = \(fund) and amount_fen <> 0
            """)
    }

    private func readBalances(_ sql: SQL) throws(DatabaseError) -> [Account: Money] {
        try write(OpenBooks.self)
        var balances: [Account: Money] = [:]
        for row in try rows(sql) {
            balances[try account(row.text(0))] = Money(fen: try row.integer(1))
        }
        return balances
    }

    /// Every reservation of a fund, the settled ones included.
    package func reservations(_ fund: String) throws(DatabaseError) -> [Reservation] {
        try write(OpenBooks.self)
        var found: [Reservation] = []
        for row in try rows(
            """
            select 2, \(sql: reservationColumns) from reservation
            where fund = \(fund) order by id
            """)
        {
            found.append(try reservation(row))
        }
        return found
    }
}

private let reservationColumns: SQL = """
    id, fund, amount_fen, released_fen, returned_fen, lapsed_fen, expires_ms, account
    """

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
