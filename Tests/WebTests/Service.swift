import Casework
import Courier
import Foundation
import Hummingbird
import Ledger
import Logging
import Store
import Synchronization
import Testing
import Workflow

@testable import Web

/// The service under test: a real server on a loopback port, an office on a database of its own, a clock
/// that stands still until it is moved, and a token for every role.
struct Service: Sendable {
    let office: Office
    let courier: Courier
    let port: Int
    let clock: TestClock

    /// 2024-08-01 10:00 in Sanya: the edition of 2024-02-05 is in force.
    static let start = Moment("2024-08-01T10:00:00+08:00")!

    static let dataKeys = try? DataKeys("t " + String(repeating: "09", count: 32))

    static let policies = folder(of: "sanya")

    static func folder(of jurisdiction: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../policies/\(jurisdiction)").standardizedFileURL.path
    }

    /// - Parameters:
    ///   - jurisdiction: Sanya's fund, unless a test is about another office.
    ///   - policies: The folder of the jurisdiction's editions, where it is not the one of this repository.
    ///   - change: Limits are wide unless a test is about them.
    static func run(
        in jurisdiction: String = "sanya", policies: String? = nil,
        _ change: (inout WebSettings) -> Void = { _ in },
        secondFactor: AccountTerms.SecondFactor = .asked, scanner: EvidenceScanner? = nil,
        messages: Messages = .none, logger given: Logger? = nil,
        _ body: (Service) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "amends-web-\(UInt64.random(in: 0...UInt64.max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var logger = given ?? Logger(label: "test")
        if given == nil { logger.logLevel = .critical }
        let clock = TestClock(start)
        var terms = AccountTerms()
        (terms.cost, terms.secondFactor) = (.init(logRounds: 4), secondFactor)
        let office = try await Office.open(
            database: "sqlite:" + folder.appending(path: "amends.db").path,
            policies: policies ?? Self.folder(of: jurisdiction),
            logger: logger, dataKeys: dataKeys, accounts: terms, scanner: scanner,
            messages: messages,
            now: { clock.now })
        var settings = WebSettings()
        settings.port = 0
        (settings.filingsPerAddress, settings.codesPerAddress) = (10_000, 10_000)
        settings.logInsPerAddress = 10_000
        change(&settings)
        try await furnish(office, hotline: jurisdiction != "sanya")
        let (ports, send) = AsyncStream<Int>.makeStream()
        let application = try makeApplication(
            office: office, settings: settings, logger: logger, onListening: { send.yield($0) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            let service = Service(office: office, courier: Courier(), port: port, clock: clock)
            do {
                try await body(service)
            } catch {
                group.cancelAll()
                throw error
            }
            group.cancelAll()
            // Cancelled: that it ends is all that counts.
            while (try? await group.next()) != nil {}
        }
    }

    /// Tokens are named for their role: `token agent`. Two merchants, and money in the fund; a hotline has
    /// two bureaus instead, `bureau` for power and `water`.
    static func furnish(_ office: Office, hotline: Bool) async throws {
        try await office.work { work in
            for role in Role.allCases where role != .office && role != .tourist {
                let bureau = role == .bureau ? (hotline ? "power" : "market") : nil
                try work.transaction.writeToken(
                    hash: sha256Hex("token-\(role.rawValue)"),
                    actor: Actor(name: "the-\(role.rawValue)", roles: [role], bureau: bureau),
                    at: work.now)
            }
            try work.transaction.writeToken(
                hash: sha256Hex("token-reviewer-2"),
                actor: Actor(name: "reviewer-2", roles: [.reviewer]),
                at: work.now)
            if hotline {
                try work.transaction.writeToken(
                    hash: sha256Hex("token-water"),
                    actor: Actor(name: "the-water", roles: [.bureau], bureau: "water"),
                    at: work.now)
                return
            }
            let administrator = Actor(name: "setup", roles: [.administrator, .cashier])
            for (id, name, trade) in [("M1", "海棠湾百货", "shop"), ("M2", "亚龙湾酒店", "lodging")] {
                _ = try work.enrol(ID(id), name: name, trade: trade, by: administrator)
                _ = try work.changeStanding(
                    of: ID(id), StandingChange(.enrolled, from: Day("2023-05-01")!, reason: "诚信商家"),
                    by: administrator)
            }
            _ = try work.appropriate(
                Money(fen: 100_000_000), id: "2024-1", reason: "财政拨款", on: Day("2024-07-31")!,
                by: administrator)
        }
    }

    func send(
        _ method: WireRequest.Method, _ path: String, as who: String? = nil, key: String? = nil,
        headers: [String: String] = [:], body: String? = nil
    ) async throws -> Reply {
        try await send(
            method, path, as: who, key: key, headers: headers,
            bytes: body.map { Array($0.utf8) } ?? [])
    }

    func send(
        _ method: WireRequest.Method, _ path: String, as who: String? = nil, key: String? = nil,
        headers: [String: String] = [:], bytes: [UInt8]
    ) async throws -> Reply {
        var all = headers
        if let who { all["Authorization"] = "Bearer token-\(who)" }
        if method == .post || method == .delete {
            all["Idempotency-Key"] = key ?? "key-\(UInt64.random(in: 0...UInt64.max))"
            if key == "" { all["Idempotency-Key"] = nil }
            all["Content-Type"] = all["Content-Type"] ?? "application/json"
        }
        let response = try await courier.send(
            WireRequest(method, "http://127.0.0.1:\(port)\(path)", headers: all, body: bytes))
        return Reply(response)
    }
}

/// What came back.
struct Reply: Sendable {
    let status: Int
    let headers: [String: String]
    let bytes: [UInt8]

    init(_ response: WireResponse) {
        status = response.status
        headers = response.headers
        bytes = response.body
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var json: JSONValue { (try? JSONReader.read(bytes)) ?? .null }
    var code: String? { json["code"]?.string }
    /// The fields that a problem names.
    var fields: [String] {
        guard case .array(let errors)? = json["errors"] else { return [] }
        return errors.compactMap { $0["field"]?.string }
    }

    /// `advance.state`, `stage.name`, `clocks.0.name`.
    subscript(_ path: String) -> String? {
        var value: JSONValue? = json
        for part in path.split(separator: ".") {
            if case .array(let values)? = value {
                value = Int(part).flatMap { values.indices.contains($0) ? values[$0] : nil }
            } else {
                value = value?[String(part)]
            }
        }
        return value?.string
    }
}

extension JSONValue {
    /// Texts as they are, everything else as written.
    var string: String? {
        switch self {
        case .text(let text): text
        case .null: nil
        default: written
        }
    }
}

/// A clock that tests move by hand.
final class TestClock: Sendable {
    private let moment: Mutex<Moment>

    init(_ start: Moment) { moment = Mutex(start) }

    var now: Moment { moment.withLock { $0 } }
    func advance(minutes: Int) { moment.withLock { $0 = $0.advanced(byMinutes: minutes) } }
}

/// A filing as JSON; `changes` replace fields by raw JSON, and `nil` removes one.
func filing(_ changes: [String: String?] = [:]) -> String {
    var fields: [String: String?] = [
        "channel": "\"web\"",
        "claimant": """
        {"name":"王小明","identity":"110101199003071234","phone":"13800138000"}
        """,
        "merchant": "\"M1\"", "merchant_name": "\"海棠湾百货\"", "order": "\"A-1001\"",
        "matter": "\"overcharge\"", "occurred_on": "\"2024-07-30\"", "paid_fen": "120000",
        "claimed_fen": "50000", "story": "\"多收了钱，电话13800138000\"", "wanted": "\"退还多收的500元\"",
        "facts": "{\"affectedAmount\":\"500.00\"}",
        "payee": "{\"account\":\"wx-openid-000001\",\"name\":\"王小明\"}",
    ]
    for (name, value) in changes { fields[name] = value }
    let members = fields.sorted { $0.key < $1.key }.compactMap { name, value in
        value.map { "\"\(name)\":\($0)" }
    }
    return "{" + members.joined(separator: ",") + "}"
}

/// The smallest thing that counts as a PNG.
let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0]
let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0, 0]

extension Service {
    /// Files a case and gives its number and tracking code.
    func file(_ changes: [String: String?] = [:]) async throws -> (number: String, code: String) {
        let reply = try await send(.post, "/api/v1/cases", body: filing(changes))
        #expect(reply.status == 201, "\(reply.text)")
        return (try #require(reply["number"]), try #require(reply["tracking_code"]))
    }

    /// Files an overcharge of 500 yuan with its evidence, which quick pay settles at once.
    func filePaid(_ changes: [String: String?] = [:]) async throws -> (number: String, code: String)
    {
        let filed = try await file(changes)
        for (kind, bytes) in [("receipt", png), ("photo", jpeg)] {
            let unique = bytes + Array(filed.number.utf8)
            let reply = try await send(
                .post, "/api/v1/cases/\(filed.number)/evidence?kind=\(kind)&name=\(kind).png",
                headers: ["Tracking-Code": filed.code], bytes: unique)
            #expect(reply.status == 201, "\(reply.text)")
        }
        return filed
    }
}
