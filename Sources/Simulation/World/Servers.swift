import Casework
import Database
import Foundation
import Ledger
import Logging
import Store
import Workflow

/// How a step of an office ended, for whoever asked for it.
enum Outcome<Value: Sendable>: Sendable {
    case done(Value)
    /// The office said no, and nothing was changed.
    case refused
    /// The database failed, and nothing was changed.
    case failed
    /// Nobody knows whether it was done.
    case unknown

    var value: Value? { if case .done(let value) = self { value } else { nil } }
}

extension Simulation {
    /// Opens all servers that are not running.
    func open() async throws {
        for index in servers.indices where servers[index].office == nil {
            servers[index].injector.begin()
            servers[index].injector.lies(at: database.path, next: database.nextPath)
            servers[index].office = try await openOffice(index)
        }
        guard !isPrepared else { return }
        isPrepared = true
        try await prepare()
    }

    private static let dataKeys: DataKeys? = {
        // A text that is one: it never fails.
        try? DataKeys("simulated " + String(repeating: "5e", count: 32))
    }()

    private func openOffice(_ index: Int) async throws -> Office {
        var options = Database.Options()
        options.readers = 1
        let injector = servers[index].injector
        options.watch = { passage throws(DatabaseError) in try injector.watch(passage) }
        return try await Office.open(
            database: database.url, policies: plan.policies, known: plan.known,
            logger: Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() },
            options: options, signingKey: SigningKey(seed: Array(repeating: 9, count: 32)),
            dataKeys: manner.hasKeys && planted != .unsealed ? Self.dataKeys : nil,
            messages: manner.hasPost ? .sent : .none,
            now: { [time] in time.now(of: index) })
    }

    func closeAll() async {
        for index in servers.indices {
            await servers[index].office?.close()
            servers[index].office = nil
        }
    }

    /// Runs `body` on a server, with whatever is drawn to go wrong, and says how it ended.
    func attempt<Value: Sendable>(
        _ name: String, on server: Int, _ body: @escaping @Sendable (Work) throws -> Value
    ) async throws -> Outcome<Value> {
        try await attempt(name, on: server) { office in try await office.work(body) }
    }

    func attempt<Value: Sendable>(
        _ name: String, on server: Int,
        doing body: @Sendable (Office) async throws -> Value
    ) async throws -> Outcome<Value> {
        if !isInterjecting { action = "\(name) on server \(server)" }
        guard let office = servers[server].office else { return .failed }
        arm(server)
        let outcome: Outcome<Value>
        do {
            outcome = .done(try await body(office))
            note("\(name) @\(server) done")
        } catch {
            outcome = ended(name, server, error)
        }
        try await clearUp(server)
        return outcome
    }

    private func ended<Value>(_ name: String, _ server: Int, _ error: any Error) -> Outcome<Value> {
        let hasStruck = servers[server].injector.hasStruck
        switch error {
        case let error as DatabaseError:
            note("\(name) @\(server) \(error == .commitUnknown ? "unknown" : "failed")")
            // Who met with no trouble of ours met with one of its own.
            if !hasStruck { wrong.append("\(name): the database says \(error)") }
            return error == .commitUnknown ? .unknown : .failed
        case is Refusal, is OrderRefusal, is WorkflowError, is PolicyError, is StandingRefusal:
            note("\(name) @\(server) refused \("\(error)".prefix { $0 != "(" })")
            plan.witness?("    \(error)")
            report.refusals += 1
            return .refused
        default:
            note("\(name) @\(server) threw")
            if !isExpected(error) { wrong.append("\(name): \(error)") }
            report.refusals += 1
            return .refused
        }
    }

    private func arm(_ server: Int) {
        guard !isInterjecting, !manner.troubles.isEmpty, chance.happens(manner.troubleRate) else {
            return
        }
        var trouble = chance.pick(manner.troubles)
        // Nobody could overtake a single server.
        if trouble == .interjection, servers.count < 2 { trouble = .conflict }
        let atCommit = chance.happens(400)
        servers[server].injector.arm(
            trouble, after: atCommit ? chance.int(0...2) : chance.int(0...60), atCommit: atCommit)
    }

    /// Sees what struck, and starts again what has ended.
    private func clearUp(_ server: Int) async throws {
        guard !isInterjecting, let struck = servers[server].injector.disarm() else { return }
        note("struck by \(struck)")
        switch struck {
        case .end:
            report.crashes += 1
            await servers[server].office?.close()
            servers[server].office = nil
            try await open()
        case .powerCut, .tornCommit:
            report.crashes += servers.count
            for each in servers { each.injector.end() }
            await closeAll()
            if database.path != nil { database.goOnWithImage() }
            try await open()
        case .fullDisk, .conflict, .unknownDone, .unknownUndone, .interjection:
            report.faults += 1
        }
        // What a server that has just ended left behind is what an auditor wants to see.
        try await audit(isWhole: struck != .conflict && struck != .interjection && isDue())
    }

    /// While one server waits for its turn, another does something of its own.
    func interject(before waiting: Int) async {
        guard !isInterjecting, servers.count > 1 else { return }
        isInterjecting = true
        defer { isInterjecting = false }
        let others = servers.indices.filter { $0 != waiting && servers[$0].office != nil }
        guard !others.isEmpty else { return }
        let server = chance.pick(others)
        do {
            if cases.isEmpty || chance.happens(500) {
                try await makeRound(on: server)
            } else {
                try await visit(chance.pick(cases), on: server)
            }
        } catch {
            wrong.append("an interjection: \(error)")
        }
    }
}

/// Faults planted on purpose.
extension Simulation {
    /// The step from which on there is something to change.
    private static let plantedFrom = 40

    /// Changes what lies in the database behind the office's back.
    func tamper() async throws {
        guard let fault = planted, report.steps >= Self.plantedFrom, let office = anyOffice else {
            return
        }
        if fault == .lostCommit { return try await loseCommit() }
        if try await office.database.write({ try fault.tamper($0) }) { planted = nil }
    }

    /// Goes back to what the disk held before the last thing that was acknowledged.
    private func loseCommit() async throws {
        guard let path = database.path, let id = cases.last, let agent = staff.agents.first else {
            return
        }
        let next = database.nextPath
        for part in ["", "-wal"] where FileManager.default.fileExists(atPath: path + part) {
            try FileManager.default.copyItem(atPath: path + part, toPath: next + part)
        }
        let outcome = try await attempt("what is lost", on: 0) {
            try $0.perform(
                .correctFacts(["hasNewFacts": .flag(true)], reason: "新情况"), on: id, by: agent)
        }
        guard let after = outcome.value else {
            for part in ["", "-wal"] { try? FileManager.default.removeItem(atPath: next + part) }
            return
        }
        auditor.acknowledge(after)
        planted = nil
        await closeAll()
        database.goOnWithImage()
        try await open()
    }
}
