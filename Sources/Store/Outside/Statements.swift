package import Database
package import Ledger

/// A statement of one of the fund's accounts, as imported.
package struct StatementRow: Hashable, Sendable {
    /// The ledger account it is a statement of: bank or platform.
    package let account: Account
    /// 1, 2, 3 … for the account; each opens with what the one before closed with.
    package let position: Int64
    package let fileHash: String
    /// The bank's own number or name for it.
    package let label: String
    package let from: Day
    package let to: Day
    package let opening: Money
    package let closing: Money
    package let lines: Int
    package let importedAt: Moment
    package let importedBy: String

    package init(
        account: Account, position: Int64, fileHash: String, label: String, from: Day, to: Day,
        opening: Money, closing: Money, lines: Int, importedAt: Moment, importedBy: String
    ) {
        self.account = account
        self.position = position
        self.fileHash = fileHash
        self.label = label
        self.from = from
        self.to = to
        self.opening = opening
        self.closing = closing
        self.lines = lines
        self.importedAt = importedAt
        self.importedBy = importedBy
    }
}

/// A line of a statement with what it was recognised as.
package struct StatementLineRow: Hashable, Sendable {
    package let account: Account
    /// Tells the line from every other line of the account, in whichever file it comes.
    package let key: String
    package let line: Int
    package let bookedOn: Day
    /// Positive in, negative out.
    package let amount: Money
    package let counterparty: String?
    package let remittance: String
    package let reference: String?
    /// `payout`, `payoutReturn`, `repayment`, `topUp`, `transfer`, `fee`, `interest`, `suspense`.
    package let matched: String
    /// The payout or case it was matched with.
    package let target: String?

    package init(
        account: Account, key: String, line: Int, bookedOn: Day, amount: Money,
        counterparty: String?,
        remittance: String, reference: String?, matched: String, target: String?
    ) {
        self.account = account
        self.key = key
        self.line = line
        self.bookedOn = bookedOn
        self.amount = amount
        self.counterparty = counterparty
        self.remittance = remittance
        self.reference = reference
        self.matched = matched
        self.target = target
    }
}

extension Transaction {
    package func lastStatement(of account: Account) throws(DatabaseError) -> StatementRow? {
        try readStatements(
            """
            select \(sql: statementColumns) from statement where account = \(account.description)
            order by position desc limit 1
            """
        ).first
    }

    package func statement(withFile hash: String) throws(DatabaseError) -> StatementRow? {
        try readStatements(
            "select \(sql: statementColumns) from statement where file_hash = \(hash)"
        ).first
    }

    /// The newest statements of all accounts.
    package func statements(limit: Int) throws(DatabaseError) -> [StatementRow] {
        try readStatements(
            """
            select \(sql: statementColumns) from statement
            order by imported_ms desc, account, position desc limit \(limit)
            """)
    }

    package func writeStatement(_ statement: StatementRow) throws(DatabaseError) {
        try put(
            """
            insert into statement (account, position, file_hash, label, from_day, to_day, opening_fen,
                closing_fen, lines, imported_ms, imported_by)
            values (\(statement.account.description), \(statement.position), \(statement.fileHash),
                \(statement.label), \(statement.from.description), \(statement.to.description),
                \(statement.opening.fen), \(statement.closing.fen), \(statement.lines),
                \(statement.importedAt.ms), \(statement.importedBy))
            """)
    }

    /// Which of `keys` the account has had already.
    package func knownLines(
        of account: Account, among keys: [String]
    ) throws(DatabaseError) -> Set<String> {
        var known: Set<String> = []
        var rest = keys[...]
        while !rest.isEmpty {
            let part = rest.prefix(500)
            rest = rest.dropFirst(500)
            for row in try rows(
                """
                select key from statement_line where account = \(account.description)
                    and key in (\(list: part.map { .text($0) }))
                """)
            {
                known.insert(try row.text(0))
            }
        }
        return known
    }

    package func writeLines(
        _ lines: [StatementLineRow], of statement: Int64
    ) throws(DatabaseError) {
        guard !lines.isEmpty else { return }
        var rows: [[SQLValue]] = []
        for line in lines {
            let place = "statement_line \(line.account)/\(line.key)"
            let party: String? =
                if let name = line.counterparty { try sealedText(name, at: place) } else { nil }
            rows.append([
                .text(line.account.description), .text(line.key), .integer(statement),
                .integer(Int64(line.line)), .text(line.bookedOn.description),
                .integer(line.amount.fen), SQLValue(party),
                .text(try sealedText(line.remittance, at: place)),
                SQLValue(line.reference), .text(line.matched), SQLValue(line.target),
            ])
        }
        try insert(
            into: "statement_line",
            """
            account, key, statement, line, booked_day, amount_fen, counterparty, remittance, reference,
            matched, target
            """,
            rows: rows)
    }

    /// Lines nobody has identified yet, the oldest first.
    package func linesInSuspense(limit: Int) throws(DatabaseError) -> [StatementLineRow] {
        try readLines(
            """
            select \(sql: lineColumns) from statement_line where matched = 'suspense'
            order by booked_day, key limit \(limit)
            """)
    }

    /// Those that the bank booked on certain days, the oldest first: any before `last` where `first` is nil.
    ///
    /// - Parameter after: The last one of the page before; nil for the first page.
    package func linesInSuspense(
        bookedFrom first: Day?, through last: Day, after: (day: Day, key: String)?, limit: Int
    ) throws(DatabaseError) -> [StatementLineRow] {
        let start = (after?.day ?? first)?.description ?? ""
        return try readLines(
            """
            select \(sql: lineColumns) from statement_line
            where matched = 'suspense' and booked_day <= \(last.description)
                and booked_day >= \(start)
                and (booked_day > \(start) or key > \(after?.key ?? ""))
            order by booked_day, key limit \(limit)
            """)
    }

    package func lines(
        of account: Account, statement: Int64
    ) throws(DatabaseError) -> [StatementLineRow] {
        try readLines(
            """
            select \(sql: lineColumns) from statement_line
            where account = \(account.description) and statement = \(statement) order by line
            """)
    }

    package func statementLine(
        of account: Account, key: String
    ) throws(DatabaseError) -> StatementLineRow? {
        try readLines(
            """
            select \(sql: lineColumns) from statement_line
            where account = \(account.description) and key = \(key)
            """
        ).first
    }

    private func readLines(_ sql: SQL) throws(DatabaseError) -> [StatementLineRow] {
        var found: [StatementLineRow] = []
        for row in try rows(sql) {
            let (name, key) = (try row.text(0), try row.text(1))
            let place = "statement_line \(name)/\(key)"
            let party: String? =
                if let text = try row.textOrNil(5) { try openedText(text, at: place) } else { nil }
            found.append(
                StatementLineRow(
                    account: try account(name), key: key,
                    line: Int(try row.integer(2)), bookedOn: try day(row.text(3)),
                    amount: Money(fen: try row.integer(4)), counterparty: party,
                    remittance: try openedText(row.text(6), at: place),
                    reference: try row.textOrNil(7),
                    matched: try row.text(8), target: try row.textOrNil(9)))
        }
        return found
    }

    func readStatements(_ sql: SQL) throws(DatabaseError) -> [StatementRow] {
        var found: [StatementRow] = []
        for row in try rows(sql) {
            found.append(
                StatementRow(
                    account: try account(row.text(0)), position: try row.integer(1),
                    fileHash: try row.text(2), label: try row.text(3), from: try day(row.text(4)),
                    to: try day(row.text(5)), opening: Money(fen: try row.integer(6)),
                    closing: Money(fen: try row.integer(7)), lines: Int(try row.integer(8)),
                    importedAt: Moment(ms: try row.integer(9)), importedBy: try row.text(10)))
        }
        return found
    }
}

let statementColumns: SQL = """
    account, position, file_hash, label, from_day, to_day, opening_fen, closing_fen, lines, imported_ms,
    imported_by
    """

private let lineColumns: SQL = """
    account, key, line, booked_day, amount_fen, counterparty, remittance, reference, matched, target
    """

func day(_ text: String) throws(DatabaseError) -> Day {
    guard let day = Day(text) else { throw .corrupt("not a day: \(text)") }
    return day
}
