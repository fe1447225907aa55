import CPostgres

/// One connection of libpq's, in pipeline mode: what begins and ends a transaction travels with the
/// next statement, and costs no way to the server of its own.
///
/// `@unchecked Sendable`: its engine gives it to one thread at a time, and that thread gives it back.
final class PostgresConnection: Connection, @unchecked Sendable {
    /// How many statements are kept prepared before all are dropped.
    private static let preparedLimit = 512
    /// How many reads travel together: what is sent must fit between the two while nobody takes the answers.
    private static let readsAtOnce = 32

    private let handle: OpaquePointer
    /// The names of the prepared statements.
    private var prepared: [PreparedKey: String] = [:]
    private var preparedCount = 0
    /// What is to be sent before the next statement.
    private var pending: [Pending] = []
    /// Whether the server has begun the transaction that is open here.
    private var isBegun = false
    /// Whether a transaction that writes waits for its turn first: see `Control.turn`.
    var takesTurns = false

    private enum Control: String {
        case begin = "begin isolation level serializable read write"
        /// One program writes at a time, as on SQLite. Every commit moves the same rows (heads, sums,
        /// counters), so that of two at once one would have to be run again, and at worst both, for ever.
        /// Waiting comes before the first look at the data (`lock table` takes no snapshot), and travels with
        /// it. Readers never wait; a server that stands still in its turn loses it (`limitWaiting`).
        case turn = "lock table schema_step in exclusive mode"
        case beginReading = "begin isolation level serializable read only"
        case commit, rollback
        case savepoint = "savepoint job"
        case release = "release savepoint job"
        case undo = "rollback to savepoint job"
    }

    private enum Pending {
        case control(Control)
        /// Put, and not answered.
        case statement(text: String, values: [SQLValue])

        var isSavepoint: Bool { if case .control(.savepoint) = self { true } else { false } }
        var isStatement: Bool { if case .statement = self { true } else { false } }
    }

    private struct PreparedKey: Hashable {
        let text: String
        /// The server plans by types, and a null has none.
        let types: [Oid]
    }

    init(_ url: String) throws(DatabaseError) {
        guard let handle = connect(to: url) else {
            throw .cannotOpen(withoutPassword(url), why: "libpq found no memory")
        }
        guard PQstatus(handle) == CONNECTION_OK, PQenterPipelineMode(handle) == 1 else {
            let why = String(cString: PQerrorMessage(handle))
            PQfinish(handle)
            throw .cannotOpen(withoutPassword(url), why: why.trimmed)
        }
        // What the server merely notes would go to standard error.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        self.handle = handle
        // A setting of `off` would answer commits that a crash can undo.
        try script(
            """
            select set_config('synchronous_commit', 'on', false)
            where current_setting('synchronous_commit') = 'off'
            """)
    }

    deinit { PQfinish(handle) }

    /// A server that stands still in the middle of a transaction is let go after this long, so that the
    /// others go on.
    private static let idleLimitMs = 15_000

    /// For a connection that writes: how long it waits for others, and how long others wait for it.
    func limitWaiting(ms: Int) throws(DatabaseError) {
        try script(
            """
            set lock_timeout = \(ms);
            set idle_in_transaction_session_timeout = \(Self.idleLimitMs)
            """)
    }

    /// Whether it can be used again: connected, and outside any transaction.
    var isFit: Bool {
        PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) == PQTRANS_IDLE
    }

    /// Whether a statement failed, so that the transaction can only be rolled back.
    var isFailed: Bool { PQtransactionStatus(handle) == PQTRANS_INERROR }

    /// Throws unless texts are kept and ordered as SQLite does it.
    func refuseUnfitDatabase() throws(DatabaseError) {
        let row = try rows(
            """
            select current_database(), current_setting('server_encoding'),
                cast('B' < 'a' and 'a' < 'é' as int)
            """, []
        ).first
        guard let row, try row.text(1) == "UTF8", try row.integer(2) == 1 else {
            throw .cannotOpen(
                try row?.text(0) ?? "",
                why: "create the database with encoding UTF8 and collation C, from template0")
        }
    }

    func rows(_ text: String, _ values: [SQLValue]) throws(DatabaseError) -> [Row] {
        try send(text, values).rows()
    }

    func rows(ofAll statements: [SQL]) throws(DatabaseError) -> [[Row]] {
        var found: [[Row]] = []
        for start in stride(from: 0, to: statements.count, by: Self.readsAtOnce) {
            let page = statements[start..<min(start + Self.readsAtOnce, statements.count)]
            pending += page.map { .statement(text: $0.text, values: $0.values) }
            found += try exchange(answering: page.count).map { answer throws(DatabaseError) in
                try answer.rows()
            }
        }
        return found
    }

    func each(
        _ text: String, _ values: [SQLValue],
        _ body: (any StandingRow) throws(DatabaseError) -> Void
    ) throws(DatabaseError) {
        try send(text, values).each(body)
    }

    func run(_ text: String, _ values: [SQLValue]) throws(DatabaseError) -> Int {
        try send(text, values).changes
    }

    func put(_ text: String, _ values: [SQLValue]) {
        pending.append(.statement(text: text, values: values))
    }

    func settle() throws(DatabaseError) {
        guard pending.contains(where: \.isStatement) else { return }
        _ = try exchange()
    }

    private func prepare(_ name: String, _ key: PreparedKey) -> Bool {
        PQsendPrepare(handle, name, key.text, Int32(key.types.count), key.types) == 1
    }

    func script(_ text: String) throws(DatabaseError) {
        if !pending.isEmpty { _ = try exchange() }
        guard PQexitPipelineMode(handle) == 1 else { throw .lost }
        let result = PostgresResult(PQexec(handle, text))
        guard PQenterPipelineMode(handle) == 1 else { throw .lost }
        if let error = result.error(sql: text, isLost: isLost) { throw error }
    }

    // MARK: Transactions

    func beginReading() throws(DatabaseError) { try begin(.beginReading) }

    func control(_ step: ControlStep) throws(DatabaseError) {
        switch step {
        case .begin:
            try begin(.begin)
            if takesTurns { pending.append(.control(.turn)) }
        case .commit: try commit()
        case .rollback: try rollback()
        case .savepoint: pending.append(.control(.savepoint))
        // A savepoint that was not sent has nothing after it that was.
        case .release:
            if pending.last?.isSavepoint == true {
                pending.removeLast()
            } else {
                pending.append(.control(.release))
            }
        case .undo:
            if let mark = pending.lastIndex(where: \.isSavepoint) {
                pending.removeSubrange(mark...)
            } else {
                pending = [.control(.undo), .control(.release)]
            }
        }
    }

    private func begin(_ step: Control) throws(DatabaseError) {
        if preparedCount >= Self.preparedLimit {
            try script("deallocate all")
            prepared = [:]
            preparedCount = 0
        }
        pending = [.control(step)]
        isBegun = false
    }

    private func commit() throws(DatabaseError) {
        guard isBegun || pending.contains(where: \.isStatement) else {
            pending = []
            return
        }
        pending.append(.control(.commit))
        do throws(DatabaseError) {
            let result = try exchange()
            // The server answers the commit of a failed transaction with success, and `ROLLBACK`.
            guard result.command == "COMMIT" else {
                throw .storage("a commit was answered with \(result.command)")
            }
            isBegun = false
        } catch {
            // A statement before it may have failed, so that it was not made.
            isBegun = isFailed
            throw error == .lost ? .commitUnknown : error
        }
    }

    private func rollback() throws(DatabaseError) {
        pending = []
        guard isBegun else { return }
        isBegun = false
        pending = [.control(.rollback)]
        _ = try exchange()
    }

    // MARK: Sending

    private func send(
        _ text: String, _ values: [SQLValue]
    ) throws(DatabaseError) -> PostgresResult {
        pending.append(.statement(text: text, values: values))
        return try exchange()
    }

    /// Sends what is pending, and waits for the answers to all.
    ///
    /// - Returns: The answer to the last.
    private func exchange() throws(DatabaseError) -> PostgresResult {
        try exchange(answering: 1).last ?? PostgresResult(nil)
    }

    /// - Parameter count: How many of the last steps' answers are wanted.
    private func exchange(answering count: Int) throws(DatabaseError) -> [PostgresResult] {
        var answers: [Awaited] = []
        var isNew: [PreparedKey: String] = [:]
        var refused: (sql: String, why: String)?
        let steps = pending
        pending = []
        for (index, step) in steps.enumerated() {
            let isWanted = index >= steps.count - count
            switch step {
            case .control(let control):
                guard send(control) else { throw .lost }
                if control == .begin || control == .beginReading { isBegun = true }
                answers.append(
                    Awaited(sql: control.rawValue, control: control, isWanted: isWanted))
            case .statement(let text, let values):
                let known = transmit(text, values, &isNew)
                guard let known else {
                    refused = (text, String(cString: PQerrorMessage(handle)).trimmed)
                    break
                }
                // What is not prepared yet is answered twice.
                if !known { answers.append(Awaited(sql: text, control: nil, isWanted: false)) }
                answers.append(Awaited(sql: text, control: nil, isWanted: isWanted))
            }
            if refused != nil { break }
        }
        guard PQpipelineSync(handle) == 1 else { throw .lost }
        let results = try collect(answers)
        if let refused { throw .statement(sql: refused.sql, message: refused.why) }
        prepared.merge(isNew) { known, _ in known }
        return results
    }

    /// One answer of the server's that is waited for.
    private struct Awaited {
        let sql: String
        let control: Control?
        let isWanted: Bool
    }

    /// Answers whether the statement was prepared already; nil when libpq refused to send it.
    private func transmit(
        _ text: String, _ values: [SQLValue], _ isNew: inout [PreparedKey: String]
    ) -> Bool? {
        let parameters = PostgresParameters(values)
        let key = PreparedKey(text: text, types: parameters.types)
        if let name = prepared[key] ?? isNew[key] {
            return parameters.send(name, to: handle) ? true : nil
        }
        // A name is used once: the server keeps a statement that was prepared before another failed.
        preparedCount += 1
        let name = "s\(preparedCount)"
        guard prepare(name, key), parameters.send(name, to: handle) else { return nil }
        isNew[key] = name
        return false
    }

    private func send(_ step: Control) -> Bool {
        PQsendQueryParams(handle, step.rawValue, 0, nil, nil, nil, nil, 0) == 1
    }

    private func collect(_ awaited: [Awaited]) throws(DatabaseError) -> [PostgresResult] {
        var wanted: [PostgresResult] = []
        var failure: DatabaseError?
        var received = 0
        var isEnd = false
        while true {
            // Each answer ends with nil; two in a row come only from a connection that is gone.
            guard let pointer = PQgetResult(handle) else {
                if isEnd || isLost {
                    throw failure.map { $0.endsTransaction ? $0 : .lost } ?? .lost
                }
                isEnd = true
                continue
            }
            isEnd = false
            let result = PostgresResult(pointer)
            switch result.status {
            case PGRES_PIPELINE_SYNC:
                if let failure { throw failure }
                return wanted
            case PGRES_PIPELINE_ABORTED: break
            default:
                let sent = received < awaited.count ? awaited[received] : nil
                if let error = result.error(sql: sent?.sql ?? "", isLost: isLost) {
                    // A savepoint that cannot be set or left is no fault of any statement.
                    let isOurs = sent?.control != nil && sent?.control != .commit
                    failure =
                        failure ?? (isOurs && !error.endsTransaction ? .storage("\(error)") : error)
                } else if sent?.isWanted == true {
                    wanted.append(result)
                }
                received += 1
            }
        }
    }

    private var isLost: Bool { PQstatus(handle) != CONNECTION_OK }
}
