import Casework
import Courier
import Foundation
import Hummingbird
import Ledger
import Logging
import Store
import Testing
import Workflow

@testable import Web

/// One process, two offices: each has its hosts, and nothing of the one is seen at the other.
@Suite struct ReceptionTests {
    private static let (south, north) = ("south.example", "north.example")

    /// Runs both offices behind one listener.
    ///
    /// - Parameter late: The northern office is not open yet.
    private func serving(
        late: Bool = false,
        _ body: @escaping @Sendable (_ south: Service, _ north: Service) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "amends-offices-\(UInt64.random(in: 0...UInt64.max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "offices.yaml").path
        let text = """
            offices:
              south: {hosts: [\(Self.south)], database: "sqlite:\(folder.path)/s.db", policies: \(Service.policies)}
              north: {hosts: [\(Self.north)], database: "sqlite:\(folder.path)/n.db", policies: \(Service.policies)}
            """
        try Data(text.utf8).write(to: URL(filePath: file))
        let entries = try OfficesFile.load(file, environment: [:]).entries
        var settings = WebSettings()
        settings.port = 0
        settings.logInsPerAddress = 1_000
        let clock = TestClock(Service.start)
        let reception = Reception(entries, settings: settings)
        var offices: [Office] = []
        for entry in entries {
            let office = try await open(entry, clock)
            offices.append(office)
            if entry.name == "south" { try await Service.furnish(office, hotline: false) }
            if late && entry.name == "north" { continue }
            reception.open(office, named: entry.name, settings: settings)
            await office.feelPulse()
        }
        try await offices[1].work { work in
            try work.transaction.writeToken(
                hash: sha256Hex("token-northern"),
                actor: Actor(name: "the-northern", roles: [.agent]), at: work.now)
        }
        try await run(reception, offices, clock, body)
        for office in offices { await office.close() }
    }

    private func open(_ entry: OfficesFile.Entry, _ clock: TestClock) async throws -> Office {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        var terms = AccountTerms()
        (terms.cost, terms.secondFactor) = (.init(logRounds: 4), .off)
        return try await Office.open(
            database: entry.database, policies: Service.policies, logger: logger,
            dataKeys: Service.dataKeys, accounts: terms, now: { clock.now })
    }

    private func run(
        _ reception: Reception, _ offices: [Office], _ clock: TestClock,
        _ body: @escaping @Sendable (Service, Service) async throws -> Void
    ) async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let (ports, send) = AsyncStream<Int>.makeStream()
        let application = try makeApplication(
            reception, logger: logger, onListening: { send.yield($0) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            let services = offices.map {
                Service(office: $0, courier: Courier(), port: port, clock: clock)
            }
            do {
                try await body(services[0], services[1])
            } catch {
                group.cancelAll()
                throw error
            }
            group.cancelAll()
            // Cancelled: that it ends is all that counts.
            while (try? await group.next()) != nil {}
        }
    }

    private func ask(
        _ service: Service, _ path: String, at host: String, as who: String? = nil,
        accept: String? = nil
    ) async throws -> Reply {
        var headers = ["Host": host]
        headers["Accept"] = accept
        return try await service.send(.get, path, as: who, headers: headers)
    }

    @Test func `a case filed at one host is there, and not at the other`() async throws {
        try await serving { south, north in
            let reply = try await south.send(
                .post, "/api/v1/cases", headers: ["Host": Self.south], body: filing())
            #expect(reply.status == 201, "\(reply.text)")
            let path = "/api/v1/cases/\(try #require(reply["number"]))"
            #expect(try await ask(south, path, at: Self.south, as: "agent").status == 200)
            let elsewhere = try await ask(north, path, at: Self.north, as: "northern")
            #expect(elsewhere.status == 404)
            let code = try #require(reply["tracking_code"])
            for (host, status) in [(Self.south, 200), (Self.north, 401)] {
                let tracked = try await south.send(
                    .get, path + "/tracking", headers: ["Host": host, "Tracking-Code": code])
                #expect(tracked.status == status, "\(host): \(tracked.text)")
            }
        }
    }

    @Test func `a token and a log-in of the one are refused at the other`() async throws {
        try await serving { south, north in
            for (who, host, status) in [
                ("agent", Self.south, 200), ("agent", Self.north, 401),
                ("northern", Self.north, 200), ("northern", Self.south, 401),
            ] {
                let reply = try await ask(south, "/api/v1/cases", at: host, as: who)
                #expect(reply.status == status, "\(who) at \(host): \(reply.text)")
            }
            _ = try await south.addPerson(
                "li", PersonDraft(name: "li", displayName: "李雷", roles: [.agent]))
            let browser = Browser(south, at: Self.south)
            #expect(try await browser.logIn("li", Service.password).status == 303)
            #expect(try await browser.open("/queue").status == 200)
            let abroad = Browser(north, at: Self.north, cookies: browser.cookies)
            let refused = try await abroad.open("/queue")
            #expect(refused.status == 303)
            #expect(refused.headers["location"]?.hasPrefix("/log-in") == true)
            #expect(try await abroad.logIn("li", Service.password).status != 303)
        }
    }

    @Test(arguments: [
        ("south.example", 200), ("South.Example:8080", 200), ("south.example.", 200),
        ("www.south.example", 421), ("127.0.0.1", 421), ("south.example.evil.example", 421),
        ("[::1]:8080", 421),
    ])
    func `a host leads to its own office or to none`(_ host: String, _ status: Int) async throws {
        try await serving { south, _ in
            for (path, accept) in [
                ("/", "text/html"), ("/openapi.json", "*/*"), ("/nowhere", "text/html"),
            ] where status == 421 || path != "/nowhere" {
                let reply = try await ask(south, path, at: host, accept: accept)
                #expect(reply.status == status, "\(host)\(path): \(reply.text)")
                guard status == 421 else { continue }
                for word in ["south", "north", "三亚", "Sanya"] {
                    #expect(!reply.text.contains(word), "\(reply.text)")
                }
            }
        }
    }

    @Test func `balancers ask for the process by any host`() async throws {
        try await serving { south, _ in
            for host in [Self.south, Self.north, "10.0.0.7"] {
                #expect(try await ask(south, "/healthz", at: host).status == 200)
                let ready = try await ask(south, "/readyz", at: host)
                #expect(ready.status == 200, "\(ready.text)")
                #expect(ready["status"] == "ready")
            }
        }
    }

    @Test func `an office that is not open yet is named, and holds up no other`() async throws {
        try await serving(late: true) { south, _ in
            let ready = try await ask(south, "/readyz", at: "10.0.0.7")
            #expect(ready.status == 503)
            #expect(ready.fields == ["north.starting"])
            #expect(try await ask(south, "/healthz", at: Self.north).status == 200)
            let early = try await ask(south, "/openapi.json", at: Self.north)
            #expect(early.status == 503)
            #expect(early.headers["retry-after"] == "5")
            #expect(try await ask(south, "/openapi.json", at: Self.south).status == 200)
        }
    }
}
