/// One step of the schema: forward only, and never edited once a release has it.
package struct SchemaStep: Sendable, Hashable {
    /// Names and orders the step: `0001-cases`.
    package let id: String
    /// Statements with `;` between them, with type words that differ from engine to engine.
    ///
    /// `{id}` and `{text}` are text, `{int}` a 64-bit integer, `{blob}` bytes; `{strict}` stands
    /// after the closing parenthesis of each table: `create table t (id {id} primary key) {strict};`
    /// `{keyed}` stands there instead where rows are small and found by their primary key: SQLite then
    /// keeps them in its order, once.
    package let statements: String

    package init(id: String, _ statements: String) {
        self.id = id
        self.statements = statements
    }

    /// The statements as `engine` reads them.
    package func text(for engine: EngineKind) -> String {
        typeWords.reduce(statements) { text, word in
            text.replacing(word.marker, with: engine == .sqlite ? word.sqlite : word.postgres)
        }
    }
}

private let typeWords: [(marker: String, sqlite: String, postgres: String)] = [
    ("{id}", "text", "text"),
    ("{text}", "text", "text"),
    ("{int}", "integer", "bigint"),
    ("{blob}", "blob", "bytea"),
    ("{strict}", "strict", ""),
    ("{keyed}", "strict, without rowid", ""),
]

/// What was applied, and with which text: an edited step is found, not run over.
private let stepTable = SchemaStep(
    id: "0000-schema-step",
    """
    create table if not exists schema_step (
        id {id} primary key,
        statements {text} not null,
        applied {text} not null
    ) {strict}
    """)

extension Database {
    /// Applies those of `steps` that are not applied yet, in order, each in a transaction.
    ///
    /// - Throws: `schemaAhead` when the database knows steps that `steps` lacks, `schemaEdited` when
    ///   a step was applied with another text. Both before anything is changed.
    package func migrate(_ steps: [SchemaStep]) async throws(DatabaseError) {
        precondition(Set(steps.map(\.id)).count == steps.count, "two schema steps have one id")
        let driver = driver
        try await onThread("database-migrate") { () throws(DatabaseError) in
            try driver.migrating { connection throws(DatabaseError) in
                try connection.script(stepTable.text(for: driver.kind))
                var missing: [SchemaStep] = []
                let applied = try appliedSteps(connection)
                if let unknown = applied.keys.filter({ id in !steps.contains { $0.id == id } })
                    .max()
                {
                    throw .schemaAhead(unknown)
                }
                for step in steps {
                    switch applied[step.id] {
                    case nil: missing.append(step)
                    case step.statements: break
                    case .some: throw .schemaEdited(step.id)
                    }
                }
                for step in missing { try apply(step, of: driver.kind, on: connection) }
            }
        }
    }
}

private func appliedSteps(
    _ connection: any Connection
) throws(DatabaseError) -> [String: String] {
    var applied: [String: String] = [:]
    for row in try connection.rows("select id, statements from schema_step", []) {
        applied[try row.text(0)] = try row.text(1)
    }
    return applied
}

private func apply(
    _ step: SchemaStep, of kind: EngineKind, on connection: any Connection
) throws(DatabaseError) {
    do throws(DatabaseError) {
        try connection.control(.begin)
        // Another program may have applied it between our look and our turn.
        guard try appliedSteps(connection)[step.id] == nil else {
            return try connection.control(.rollback)
        }
        try connection.script(step.text(for: kind))
        _ = try connection.run(
            """
            insert into schema_step (id, statements, applied)
            values ($1, $2, cast(current_timestamp as text))
            """, [.text(step.id), .text(step.statements)])
        try connection.control(.commit)
    } catch {
        // The error that matters is at hand, and the connection is given up with it.
        try? connection.control(.rollback)
        throw error
    }
}
