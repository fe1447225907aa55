import Database
import Store

/// What PostgreSQL itself can tell of its health. Each look is a read of its own, so that one that is not
/// permitted hides no other.
struct PostgresLook {
    let database: Database
    let sentence: @Sendable (any Error) -> String
    /// How long a transaction may be open.
    let patience_minutes: Int64

    private static let slotFault_bytes: Int64 = 1 << 30
    private static let behindWarning_bytes: Int64 = 256 << 20
    private static let ageWarning: Int64 = 500_000_000
    /// The server refuses to write at about 2,100 million.
    private static let ageFault: Int64 = 1_500_000_000
    private static let connectionWarning_percent: Int64 = 75
    private static let connectionFault_percent: Int64 = 90
    private static let transactionFault_minutes: Int64 = 60
    /// Named in a finding at most.
    private static let shown = 5

    func findings() async -> [Diagnosis] {
        [
            await looking("archive") { Self.archive(try $0.archiverState()) },
            await looking("replication slots") { Self.slots(try $0.idleSlots()) },
            await looking("standby") { transaction in
                guard try transaction.seesWholeServer() else { return Self.hidden("standby") }
                return Self.standby(try transaction.standbys())
            },
            await looking("transaction ids") { Self.age(try $0.oldestTransactionAge()) },
            await looking("connections") { transaction in
                let (used, limit) = try transaction.connectionUse()
                return Self.connections(used, of: limit)
            },
            await looking("open transactions") { [patience_minutes] transaction in
                guard try transaction.seesWholeServer() else {
                    return Self.hidden("open transactions")
                }
                return Self.open(
                    try transaction.longTransactions(
                        minutes: patience_minutes, limit: Self.shown))
            },
            await looking("database size") { transaction in
                .sound("database size", "\(try transaction.databaseSize_bytes() >> 20) MB")
            },
        ]
    }

    private func looking(
        _ name: String, _ body: @escaping @Sendable (Transaction) throws -> Diagnosis
    ) async -> Diagnosis {
        do { return try await database.read(body) } catch {
            return .unseen(name, "it cannot be looked at: \(sentence(error))")
        }
    }

    private static func hidden(_ name: String) -> Diagnosis {
        .unseen(
            name,
            "this user sees its own sessions only: grant pg_monitor to it, or look as a superuser")
    }

    static func archive(_ state: ArchiverState) -> Diagnosis {
        guard state.isOn else {
            return .warning(
                "archive",
                "the server's log is not archived: after a loss there is the last back-up alone",
                "set archive_mode and archive_command, and take a base each day: see Back-ups in "
                    + "docs/OPERATIONS.md")
        }
        if state.isFailing {
            return .fault(
                "archive",
                "\(state.failedFile) could not be archived (\(state.failed) attempts failed); nothing later "
                    + "is archived, and the log fills the disk",
                "see that the archive can be written and has room, and run archive_command by hand for this "
                    + "file; the server goes on trying")
        }
        guard state.archived > 0 else {
            return .sound("archive", "it is on; no file of the log was full yet")
        }
        return .sound(
            "archive",
            "the last of \(state.archived) files \(state.silent_seconds / 60) minutes ago")
    }

    static func slots(_ idle: [IdleSlot]) -> Diagnosis {
        guard let worst = idle.max(by: { $0.held_bytes < $1.held_bytes }) else {
            return .sound("replication slots", "none is without its reader")
        }
        let names = idle.prefix(shown).map(\.name).joined(separator: ", ")
        let remedy =
            "start the standby or the program that reads it; if it is gone for good, "
            + "drop it by pg_drop_replication_slot('\(worst.name)')"
        if let lost = idle.first(where: \.isLost) {
            return .fault(
                "replication slots",
                "what the slot \(lost.name) held was removed: its reader cannot go on",
                "make its standby anew from a base back-up, and drop the slot")
        }
        let says =
            "nobody reads \(names), which hold back \(worst.held_bytes >> 20) MB of the log on this disk"
        return worst.held_bytes >= slotFault_bytes
            ? .fault("replication slots", says, remedy)
            : .warning("replication slots", says, remedy)
    }

    static func standby(_ state: StandbyState) -> Diagnosis {
        if !state.wanted.isEmpty, state.synchronous == 0 {
            return .fault(
                "standby",
                "no standby of synchronous_standby_names (\(state.wanted)) is there: every commit waits for it",
                "start the standby; only if it is lost, empty the setting and reload, knowing that a commit "
                    + "then lies on one disk")
        }
        guard state.streaming > 0 else {
            return .unseen("standby", "none follows this server: it stands alone")
        }
        if state.behind_bytes > behindWarning_bytes {
            return .warning(
                "standby", "the last one is \(state.behind_bytes >> 20) MB behind",
                "look at its disk and at the network between; what is behind is lost in a fail-over to it"
            )
        }
        guard state.synchronous > 0 else {
            return .warning(
                "standby",
                "\(state.streaming) follow, none synchronously: a fail-over may lose what was acknowledged",
                "name it in synchronous_standby_names; under Patroni synchronous_mode: true")
        }
        return .sound("standby", "\(state.streaming) follow, \(state.synchronous) synchronously")
    }

    static func age(_ age: Int64) -> Diagnosis {
        let says = "the oldest transaction id is \(age / 1_000_000) million transactions old"
        let remedy =
            "end transactions and slots that are left open, then vacuum (freeze) the oldest database; at about "
            + "2100 million the server takes no more writes"
        if age >= ageFault { return .fault("transaction ids", says, remedy) }
        if age >= ageWarning { return .warning("transaction ids", says, remedy) }
        return .sound("transaction ids", says)
    }

    static func connections(_ used: Int64, of limit: Int64) -> Diagnosis {
        let says = "\(used) of \(limit) are in use"
        let remedy =
            "see in pg_stat_activity who holds them; a server of Amends takes six for each office; raise "
            + "max_connections and restart PostgreSQL"
        if used * 100 >= limit * connectionFault_percent {
            return .fault("connections", says, remedy)
        }
        if used * 100 >= limit * connectionWarning_percent {
            return .warning("connections", says, remedy)
        }
        return .sound("connections", says)
    }

    static func open(_ long: [LongTransaction]) -> Diagnosis {
        guard let oldest = long.first else {
            return .sound("open transactions", "none is left open")
        }
        let says =
            "open for \(oldest.minutes) minutes: " + long.map(\.who).joined(separator: ", ")
        let remedy =
            "end it where it was begun, or select pg_terminate_backend(PROCESS) (a prepared one: rollback "
            + "prepared); as long as it is open no space is freed and rows grow old"
        return oldest.minutes >= transactionFault_minutes
            ? .fault("open transactions", says, remedy)
            : .warning("open transactions", says, remedy)
    }
}
