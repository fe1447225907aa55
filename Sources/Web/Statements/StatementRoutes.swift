import Banking
import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

enum StatementRoutes {
    static let all: [Route] = [
        Route(
            method: .post, path: "/api/v1/statements", id: "importStatement",
            summary: Phrase(
                "导入对账单（camt.053、MT940或网银CSV）：请求正文即文件",
                "Import a statement (camt.053, MT940 or the bank's CSV): the body is the file"),
            access: .action(.importStatement),
            body: .raw(
                ["text/csv", "application/xml", "text/plain", "application/octet-stream"],
                limit_bytes: StatementLimit.bytes),
            success: .view(201, StatementImportView.self)
        ) { call in
            _ = try call.idempotencyKey()
            let bytes = try await call.bytes(upTo: StatementLimit.bytes)
            return try await call.once(bytes) { work in
                let done = try work.importStatement(bytes, by: call.actor)
                return Effect(done.isRepeat ? 200 : 201, StatementImportView(done, work.books.zone))
            }
        },
        Route(
            method: .get, path: "/api/v1/statements", id: "listStatements",
            summary: Phrase("对账单，新的在前", "Statements, the newest first"),
            access: .action(.readBooks),
            query: [limit], success: .view(200, StatementListView.self)
        ) { call in
            let count = Int(try call.queryNumber("limit", in: 1...200) ?? 50)
            let zone = call.zone
            let rows = try await call.office.read { try $0.statements(limit: count) }
            return Answer(StatementListView(statements: rows.map { StatementView($0, zone) }))
        },
        Route(
            method: .get, path: "/api/v1/suspense", id: "listSuspense",
            summary: Phrase("待查流水，旧的在前", "Lines nobody has identified, the oldest first"),
            access: .action(.readBooks), query: [limit], success: .view(200, SuspenseView.self)
        ) { call in
            let count = Int(try call.queryNumber("limit", in: 1...200) ?? 50)
            let rows = try await call.office.read { try $0.linesInSuspense(limit: count) }
            return Answer(SuspenseView(lines: rows.map { StatementLineView($0) }))
        },
    ]

    private static let limit = Route.QueryParameter(
        name: "limit", about: Phrase("每页条数", "page size"),
        schema: ["type": "integer", "minimum": 1, "maximum": 200])
}

struct StatementImportView: Codable, Sendable {
    /// The same file came before: nothing changed.
    let isRepeat: Bool
    let statements: [StatementView]
    /// New lines by what they were recognised as.
    let matched: [String: Int]
    let inSuspense: Int

    init(_ done: StatementImport, _ zone: Zone) {
        isRepeat = done.isRepeat
        statements = done.statements.map { StatementView($0, zone) }
        matched = done.matched
        inSuspense = done.inSuspense
    }
}

struct StatementView: Codable, Sendable {
    let account: String
    let position: Int64
    let fileHash: String
    let label: String
    let from: Day
    let to: Day
    let openingFen: Money
    let closingFen: Money
    let lines: Int
    let importedAt: Timestamp
    let importedBy: String

    init(_ row: StatementRow, _ zone: Zone) {
        account = row.account.description
        position = row.position
        fileHash = row.fileHash
        label = row.label
        from = row.from
        to = row.to
        openingFen = row.opening
        closingFen = row.closing
        lines = row.lines
        importedAt = Timestamp(zone.text(row.importedAt))
        importedBy = row.importedBy
    }
}

struct StatementListView: Codable, Sendable {
    let statements: [StatementView]
}

struct StatementLineView: Codable, Sendable {
    let account: String
    let key: String
    let bookedOn: Day
    /// Positive in, negative out.
    let amountFen: Money
    let counterparty: String?
    let remittance: String
    let reference: String?
    let matched: String
    let target: String?

    init(_ row: StatementLineRow) {
        account = row.account.description
        key = row.key
        bookedOn = row.bookedOn
        amountFen = row.amount
        counterparty = row.counterparty
        remittance = row.remittance
        reference = row.reference
        matched = row.matched
        target = row.target
    }
}

struct SuspenseView: Codable, Sendable {
    let lines: [StatementLineView]
}
