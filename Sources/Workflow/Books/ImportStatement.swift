import Banking
package import Casework
import Ledger
package import Store

/// What an import did.
package struct StatementImport: Hashable, Sendable {
    /// The same file was imported before: nothing changed.
    package let isRepeat: Bool
    package let statements: [StatementRow]
    /// New lines by what they were recognised as.
    package let matched: [String: Int]
    package let inSuspense: Int
}

extension Work {
    /// Imports a statement file of any format `Banking` reads, of the dedicated account or the platform.
    ///
    /// Whole or not at all. The same file again changes nothing. Each line is met with what the books
    /// expect: payouts, returns, repayments, grants and transfers; interest and fees by their wording;
    /// the rest is booked to suspense, so that books and bank always agree.
    ///
    /// - Throws: `StatementError` when the file is not sound or does not go on where the last one ended.
    package func importStatement(_ bytes: [UInt8], by actor: Actor) throws -> StatementImport {
        try permit(.importStatement, actor)
        try checkFund()
        let hash = sha256Hex(bytes)
        if let earlier = try transaction.statement(withFile: hash) {
            return StatementImport(
                isRepeat: true, statements: [earlier], matched: [:], inSuspense: 0)
        }
        var rows: [StatementRow] = []
        var matched: [String: Int] = [:]
        for (index, statement) in try readStatements(bytes, of: ownAccounts()).enumerated() {
            // A file may hold several statements; only the first bears the file's own hash.
            let fileHash = index == 0 ? hash : sha256Hex("\(hash)/\(index)")
            let taken = try take(statement, fileHash: fileHash, by: actor)
            rows.append(taken.row)
            matched.merge(taken.matched, uniquingKeysWith: +)
        }
        try goOnWaiting()
        return StatementImport(
            isRepeat: false, statements: rows, matched: matched,
            inSuspense: matched["suspense"] ?? 0)
    }

    private func take(
        _ statement: Statement, fileHash: String, by actor: Actor
    ) throws -> (row: StatementRow, matched: [String: Int]) {
        let account = try ledgerAccount(of: statement)
        let last = try transaction.lastStatement(of: account)
        if let last, last.closing != statement.opening {
            throw StatementError.gap(
                previousClosing: last.closing, opening: statement.opening, previousDay: last.to)
        }
        let position = (last?.position ?? 0) + 1
        let row = StatementRow(
            account: account, position: position, fileHash: fileHash, label: statement.id,
            from: statement.from, to: statement.to, opening: statement.opening,
            closing: statement.closing, lines: statement.lines.count, importedAt: now,
            importedBy: actor.name)
        try transaction.writeStatement(row)

        let keys = try newKeys(of: statement, on: account, position: position)
        let outcomes = try meet(statement.lines, keys: keys, on: account, by: actor)
        try transaction.writeLines(
            zip(statement.lines, outcomes).enumerated().map { index, pair in
                let (line, outcome) = pair
                return StatementLineRow(
                    account: account, key: keys[index], line: index + 1, bookedOn: line.bookedOn,
                    amount: line.amount, counterparty: line.counterpartyName,
                    remittance: line.remittance, reference: line.reference, matched: outcome.name,
                    target: outcome.target)
            }, of: position)
        return (row, Dictionary(outcomes.map { ($0.name, 1) }, uniquingKeysWith: +))
    }

    /// For files that name no account, or state no balance to go on from.
    private func ownAccounts() throws -> [OwnAccount] {
        [
            OwnAccount(
                number: books.bankNumber, kind: .bank,
                lastClosing: try transaction.lastStatement(of: Posting.bank)?.closing ?? .zero),
            OwnAccount(
                number: books.platformNumber, kind: .wallet,
                lastClosing: try transaction.lastStatement(of: Posting.platform)?.closing ?? .zero),
        ]
    }

    private func ledgerAccount(of statement: Statement) throws -> Account {
        switch statement.account {
        case books.bankNumber: Posting.bank
        case books.platformNumber: Posting.platform
        default: throw WorkflowError.statementAccount(statement.account)
        }
    }

    /// A line that reads exactly like one of an earlier statement is another line all the same: the
    /// statements follow on each other to the fen.
    private func newKeys(
        of statement: Statement, on account: Account, position: Int64
    ) throws -> [String] {
        let keys = statement.keys
        let known = try transaction.knownLines(of: account, among: keys)
        return keys.map { known.contains($0) ? sha256Hex("\($0)/\(position)") : $0 }
    }
}
