import Database
import Foundation
import Testing

/// Merchants and their bills, as plain as tests need them.
let billSteps = [
    SchemaStep(
        id: "0001-bills",
        """
        create table merchant (
            id {id} primary key,
            name {text} not null
        ) {strict};
        create table bill (
            id {id} primary key,
            merchant {id} not null references merchant (id),
            number {int} not null unique,
            amount_fen {int} check (amount_fen >= 0),
            scan {blob},
            note {text}
        ) {strict};
        """)
]

/// Runs statements one by one in one write and compares the last one's rows with `expected`.
///
/// Rows are compared as text: columns with `|` between, blobs in hex, null as `-`.
func check(
    on place: Place, _ statements: [SQL], _ expected: [String],
    sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    try await withDatabase(on: place, steps: billSteps) { database in
        let rows = try await database.write { transaction in
            for statement in statements.dropLast() { try transaction.run(statement) }
            return try statements.last.map { try transaction.rows($0) } ?? []
        }
        #expect(rows.map(shown) == expected, sourceLocation: sourceLocation)
    }
}

/// What `sql` gives, as `check` shows it.
func rows(_ sql: SQL, in database: Database) async throws -> [String] {
    try await database.read { try $0.rows(sql) }.map(shown)
}

/// The error that `body` throws, or nil.
func thrown(_ body: () async throws -> some Sendable) async -> DatabaseError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? DatabaseError
    }
}

func shown(_ row: Row) -> String {
    row.values.map { value in
        switch value {
        case .null: "-"
        case .integer(let value): String(value)
        case .text(let value): value
        case .blob(let bytes):
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }.joined(separator: "|")
}
