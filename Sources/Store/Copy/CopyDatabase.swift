import Crypto
package import Database
import Synchronization

/// Why a database could not be copied. The target is left as it was found, but for its empty tables.
package enum CopyError: Error, Equatable {
    /// `table` of the target has rows: only an empty database is copied into.
    case targetInUse(table: String)
    /// The source's tables are not those of this program: let this version open it first.
    case otherSchema(table: String)
    /// After the copy, `table` of the target is not what the source's was.
    case differs(table: String)
    /// The copy was begun again by the engine, after rows had been handed over.
    case begunAgain
}

/// A table as it was copied.
package struct CopiedTable: Hashable, Sendable {
    package let name: String
    package let rows: Int
    /// SHA-256 over every value of every row in the order of the primary key, in hexadecimal.
    package let digest: String
}

/// Copies every row of `source` into `target`, from one engine to the other or the same, while others work
/// on `source`: it is read in one transaction, so at one instant, and written in one.
///
/// Afterwards the target is read again: each table has as many rows with the same digest, or `differs` is
/// thrown. What the copy means is proven by opening the office on it (`amends ledger verify`).
///
/// - Parameter progress: Told the rows so far.
/// - Precondition: Both have the schema's steps of this program.
package func copyEverything(
    from source: Database, to target: Database,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
) async throws -> [CopiedTable] {
    let tables = try await target.tables()
    let found = try await source.tables()
    for (ours, theirs) in zip(tables, found) where ours != theirs {
        throw CopyError.otherSchema(table: theirs.name)
    }
    guard tables.count == found.count else {
        throw CopyError.otherSchema(
            table: (found.count > tables.count ? found : tables).last?.name ?? "")
    }
    try await refuseUsed(target, tables)
    let queue = BoundedQueue<Page>(limit: 8)
    async let copied = source.read { transaction in
        defer { queue.close() }
        return try digests(of: tables, in: transaction, progress) { table, rows in
            queue.give(Page(table: table, rows: rows))
        } whole: {
            _ = queue.give(Page(table: nil, rows: []))
        }
    }
    async let written: Void = fill(target, from: queue)
    do {
        try await written
    } catch {
        // What stopped the reading is the cause, where that is what happened.
        _ = try await copied
        throw error
    }
    let wanted = try await copied
    let there = try await target.read { transaction in
        try digests(of: tables, in: transaction, { _ in }) { _, _ in
            true
        } whole: {
        }
    }
    for (one, other) in zip(wanted, there) where one != other {
        throw CopyError.differs(table: one.name)
    }
    return wanted
}

/// Rows of one table on their way; no table says that all were given.
private struct Page: Sendable {
    let table: TableShape?
    let rows: [Row]
}

/// The steps of the schema itself write into these.
private let writtenBySchema: Set<String> = ["schema_step", "order_fill", "report_tally"]
/// Applied by the target's own migration, with its own time.
private let notCopied: Set<String> = ["schema_step"]

/// Rows read at once; fewer where rows may be long.
private func pageRows(_ table: TableShape) -> Int {
    table.columns.contains { $0.kind == .blob } ? 32 : 512
}

private func refuseUsed(_ target: Database, _ tables: [TableShape]) async throws {
    try await target.read { transaction in
        for table in tables where !writtenBySchema.contains(table.name) {
            guard try transaction.isEmpty(table) else {
                throw CopyError.targetInUse(table: table.name)
            }
        }
    }
}

private func fill(_ target: Database, from queue: BoundedQueue<Page>) async throws {
    let begun = Begun()
    try await target.write { transaction in
        defer { queue.refuse() }
        guard begun.isFirst() else { throw CopyError.begunAgain }
        var isWhole = false
        var emptied: Set<String> = []
        while let page = queue.take() {
            guard let table = page.table else {
                isWhole = true
                break
            }
            if writtenBySchema.contains(table.name), emptied.insert(table.name).inserted {
                try transaction.empty(table)
            }
            try transaction.insert(page.rows, into: table)
        }
        guard isWhole else { throw CopyError.begunAgain }
    }
}

/// Whether something runs for the first time.
private final class Begun: Sendable {
    private let flag = Atomic(false)
    func isFirst() -> Bool { !flag.exchange(true, ordering: .relaxed) }
}

/// Reads every table to its end, hands each page to `give` until that no longer wants any, and digests.
private func digests(
    of tables: [TableShape], in transaction: Transaction, _ progress: (Int) -> Void,
    give: (TableShape, [Row]) -> Bool, whole: () -> Void
) throws -> [CopiedTable] {
    var copied: [CopiedTable] = []
    var total = 0
    for table in tables where !notCopied.contains(table.name) {
        var digest = SHA256()
        var (count, last) = (0, Row?.none)
        while true {
            let rows = try transaction.rows(of: table, after: last, limit: pageRows(table))
            // A table that lost its rows has to lose those of the schema's steps as well.
            if !rows.isEmpty || (count == 0 && writtenBySchema.contains(table.name)) {
                guard give(table, rows) else { throw CopyError.begunAgain }
            }
            guard let end = rows.last else { break }
            for row in rows { row.values.forEach { digest.update($0) } }
            (count, last) = (count + rows.count, end)
            progress(total + count)
            if rows.count < pageRows(table) { break }
        }
        total += count
        let hex = digest.finalize().map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        copied.append(CopiedTable(name: table.name, rows: count, digest: hex.joined()))
    }
    whole()
    return copied
}

extension SHA256 {
    /// A letter for the kind, the length in eight bytes, the value: no two rows read alike.
    fileprivate mutating func update(_ value: SQLValue) {
        switch value {
        case .null: update(data: [UInt8(ascii: "n")])
        case .integer(let integer): update(UInt8(ascii: "i"), Array(String(integer).utf8))
        case .text(let text): update(UInt8(ascii: "t"), Array(text.utf8))
        case .blob(let bytes): update(UInt8(ascii: "b"), bytes)
        }
    }

    private mutating func update(_ kind: UInt8, _ bytes: [UInt8]) {
        let count = UInt64(bytes.count)
        update(data: [kind] + (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * $0)) })
        update(data: bytes)
    }
}
