import Foundation

/// What a `write` or `read` closure works with. It lives as long as the closure runs, on its thread.
///
/// A database error ends the work: every later call throws the same error, and a closure that
/// swallows it fails with it all the same.
package final class Transaction {
    /// The most values of one statement. SQLite looks each name up among those before it, so that
    /// preparing takes 40 ms here, and minutes at 100,000.
    package static let valueLimit = 4_096
    /// The most rows of one statement of `insert`; more gain nothing. A power of two.
    private static let rowLimit = 64

    private let connection: any Connection
    private(set) var failure: DatabaseError?
    /// Sees every statement as it is run; for benchmarks that run the same statements by themselves.
    package var witness: ((_ text: String, _ values: [SQLValue]) -> Void)?

    /// What the closures of this commit hand on to each other.
    private(set) var luggage: Luggage

    /// What the database was opened with for its transactions; `Store` keeps its keys there.
    package var companion: (any Sendable)? { luggage.companion }

    /// Whether the first statement that writes sets a savepoint, so that this closure can be undone alone.
    private let marks: Bool
    /// Whether that savepoint was set.
    private(set) var isMarked = false

    init(_ connection: any Connection, _ luggage: Luggage = Luggage(), marks: Bool = false) {
        self.connection = connection
        self.luggage = luggage
        self.marks = marks
    }

    /// All rows that `sql` gives, in its order.
    package func rows(_ sql: SQL) throws(DatabaseError) -> [Row] {
        try perform(sql.text, sql.values) { connection, text, values throws(DatabaseError) in
            try connection.rows(text, values)
        }
    }

    /// The rows of each of several statements that only read. On a server they cost one way together.
    package func rows(ofAll statements: [SQL]) throws(DatabaseError) -> [[Row]] {
        if let failure { throw failure }
        do throws(DatabaseError) {
            for sql in statements {
                try refuseUnfit(sql.text, sql.values)
                precondition(isRead(sql.text), "one of several statements writes: \(sql.text)")
            }
            return try connection.rows(ofAll: statements)
        } catch {
            failure = error
            throw error
        }
    }

    /// Hands `body` each row that `sql` gives, in its order, where it stands in the engine's memory: for
    /// long results, whose copies would cost more than the reading.
    ///
    /// - Parameter body: Runs no statement of this transaction. What it throws ends the work.
    package func each(
        _ sql: SQL, _ body: (any StandingRow) throws(DatabaseError) -> Void
    ) throws(DatabaseError) {
        try perform(sql.text, sql.values) { connection, text, values throws(DatabaseError) in
            try connection.each(text, values, body)
        }
    }

    /// The first row that `sql` gives. Write `limit 1` where there may be many: all are read.
    package func first(_ sql: SQL) throws(DatabaseError) -> Row? {
        try rows(sql).first
    }

    /// Runs `sql` and answers how many rows it inserted, changed or deleted.
    @discardableResult
    package func run(_ sql: SQL) throws(DatabaseError) -> Int {
        try run(sql.text, sql.values)
    }

    /// Runs `sql`, whose answer nobody needs. On a server it costs no way of its own: it travels with the
    /// next statement that is answered, at the latest at the end of the closure, and an error is thrown
    /// there.
    package func put(_ sql: SQL) throws(DatabaseError) { try put(sql.text, sql.values) }

    /// Runs a writing statement again that `witness` saw, with these values.
    package func replay(_ text: String, _ values: [SQLValue]) throws(DatabaseError) {
        try put(text, values)
    }

    private func run(_ text: String, _ values: [SQLValue]) throws(DatabaseError) -> Int {
        witness?(text, values)
        return try perform(text, values) { connection, text, values throws(DatabaseError) in
            try connection.run(text, values)
        }
    }

    private func put(_ text: String, _ values: [SQLValue]) throws(DatabaseError) {
        witness?(text, values)
        try perform(text, values) { connection, text, values throws(DatabaseError) in
            try connection.put(text, values)
        }
    }

    /// Throws what a statement failed with that was put.
    func settle() throws(DatabaseError) {
        if let failure { throw failure }
        do throws(DatabaseError) {
            try connection.settle()
        } catch {
            failure = error
            throw error
        }
    }

    /// Inserts `rows` with as few statements as is good for both engines.
    ///
    /// - Parameter columns: As they stand in the statement: `"id, stage, due_ms"`.
    /// - Parameter rows: Each with one value for each of `columns`.
    /// - Parameter conflict: What stands behind the rows: `on conflict (id) do update set …`.
    package func insert(
        into table: StaticString, _ columns: StaticString, rows: [[SQLValue]],
        _ conflict: StaticString = ""
    ) throws(DatabaseError) {
        let width = rows.first?.count ?? 0
        precondition(
            rows.allSatisfy { $0.count == width && width > 0 }, "rows of \(table) differ in width")
        var rest = rows[...]
        while !rest.isEmpty {
            // Only powers of two, so that the engines see few different texts.
            var count = Self.rowLimit
            while count > 1 && (count > rest.count || count * width > Self.valueLimit) {
                count /= 2
            }
            let chunk = rest.prefix(count)
            rest = rest.dropFirst(count)
            try put(
                Self.insertText(table, columns, conflict, count: count, width: width),
                Array(chunk.joined()))
        }
    }

    /// Ends the use of this transaction: a copy kept beyond the closure can do nothing.
    func end() { failure = failure ?? .closed }

    private func perform<Result>(
        _ text: String, _ values: [SQLValue],
        _ work: (any Connection, String, [SQLValue]) throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result {
        if let failure { throw failure }
        do throws(DatabaseError) {
            try refuseUnfit(text, values)
            if marks, !isMarked, !isRead(text) {
                try connection.control(.savepoint)
                isMarked = true
            }
            return try work(connection, text, values)
        } catch {
            failure = error
            throw error
        }
    }

    private func refuseUnfit(_ text: String, _ values: [SQLValue]) throws(DatabaseError) {
        if isTransactionControl(text) {
            throw .statement(sql: text, message: "transactions begin and end with their closure")
        }
        if values.count > Self.valueLimit {
            throw .statement(sql: text, message: "more than \(Self.valueLimit) values")
        }
        for case .text(let value) in values where hasNul(value) { throw .nulInText(sql: text) }
    }

    private static func insertText(
        _ table: StaticString, _ columns: StaticString, _ conflict: StaticString, count: Int,
        width: Int
    ) -> String {
        var text = "insert into \(table) (\(columns)) values "
        text.reserveCapacity(text.utf8.count + count * (width * 7 + 4))
        for row in 0..<count {
            text += row == 0 ? "(" : ", ("
            for column in 1...width {
                if column > 1 { text += ", " }
                text += "$"
                text += String(row * width + column)
            }
            text += ")"
        }
        return text + "\n\(conflict)"
    }
}

/// What one commit's closures hand on to each other.
extension Transaction {
    /// Runs `body` with the commit's values of this type, new ones if this is the first closure to ask.
    package func carrying<Piece: Carried, Result>(
        _ type: Piece.Type, _ body: (inout Piece) throws -> Result
    ) rethrows -> Result {
        var piece = luggage.take(type)
        defer { luggage.put(piece) }
        return try body(&piece)
    }

    /// Writes what is carried of this type, for whoever is about to read those rows.
    package func write<Piece: Carried>(_ type: Piece.Type) throws(DatabaseError) {
        var piece = luggage.take(type)
        defer { luggage.put(piece) }
        if piece.isChanged { try piece.write(to: self) }
    }

    /// Writes everything that is carried.
    package func writeAll() throws(DatabaseError) {
        for piece in luggage.changed { try writeAgain(piece) }
    }

    private func writeAgain<Piece: Carried>(_ piece: Piece) throws(DatabaseError) {
        try write(Piece.self)
    }
}

@available(*, unavailable)
extension Transaction: Sendable {}

/// Of every text that is written, so it looks at eight bytes at a time, as the C library does.
private func hasNul(_ text: String) -> Bool {
    let found = text.utf8.withContiguousStorageIfAvailable { bytes in
        bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false
    }
    return found ?? text.utf8.contains(0)
}

/// Whether `text` can only read: it begins with `select`. One that fails leaves nothing to be undone.
private func isRead(_ text: String) -> Bool {
    text.utf8.drop { $0 <= UInt8(ascii: " ") }.starts(with: "select ".utf8)
}

/// Whether `text` would begin or end a transaction or savepoint, and so break those around it.
private func isTransactionControl(_ text: String) -> Bool {
    let start = text.utf8.drop { $0 <= UInt8(ascii: " ") }
    // Most statements show by their first letters that they are none of these.
    switch start.first.map({ $0 | 0x20 }) {
    case UInt8(ascii: "i"), UInt8(ascii: "u"), UInt8(ascii: "d"): return false
    case UInt8(ascii: "s") where start.starts(with: "select ".utf8): return false
    default: break
    }
    let word = start.prefix {
        $0 > UInt8(ascii: " ") && $0 != UInt8(ascii: ";")
    }
    guard word.count <= 9 else { return false }
    return switch String(Substring(word)).lowercased() {
    case "begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release", "prepare":
        true
    default: false
    }
}
