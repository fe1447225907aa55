import Casework
import Courier
import Foundation
import HTTPTypes
import Ledger
import Testing

@testable import Web

struct AccessTests {
    private static let people = Role.allCases.filter { $0 != .office && $0 != .tourist }

    /// The route's address with something in every hole.
    private static func address(_ route: Route, case number: String) -> String {
        route.path
            .replacing("{case}", with: number).replacing("{order}", with: number).replacing(
                "{position}", with: "0"
            ).replacing("{measure}", with: "registered").replacing(
                "{hash}", with: String(repeating: "0", count: 64)
            )
            .replacing("{number}", with: "1").replacing("{merchant}", with: "M1")
            .replacing("{name}", with: "nobody").replacing("{edition}", with: "2024-02-05")
            .replacing("{period}", with: "2024-07-31")
    }

    @Test func `every route takes exactly the roles its table names`() async throws {
        try await Service.run { service in
            let number = try await service.file().number
            for route in Routes.all where !route.isPage {
                let method = try #require(WireRequest.Method(rawValue: route.method.rawValue))
                for role in Self.people {
                    // Without a key no command is done: those who may are asked for the key.
                    let reply = try await service.send(
                        method, Self.address(route, case: number), as: role.rawValue, key: "",
                        body: "{}")
                    let may =
                        route.access != .trackingCode && route.access.roles?.contains(role) != false
                    let isRefused = reply.code == "not_permitted"
                    #expect(
                        isRefused == !may,
                        "\(route.id) as \(role): \(reply.status) \(reply.text.prefix(200))")
                    #expect(reply.status != 401, "\(route.id) as \(role)")
                    if may, route.isCommand, !route.isOpen311 {
                        #expect(reply.status == 428, "\(route.id): \(reply.text)")
                    }
                }
            }
        }
    }

    @Test func `the table of routes and roles is the golden one`() throws {
        var lines: [String] = []
        for route in Routes.all {
            let roles =
                route.access.roles.map { roles in
                    Role.allCases.filter(roles.contains).map(\.rawValue).joined(separator: " ")
                } ?? "–"
            let way =
                switch route.access {
                case .everyone: "everyone"
                case .trackingCode: "tracking code"
                case .tracked, .trackedAction, .trackedOrder: "token or tracking code"
                case .command(.file), .orderCommand(.register): "everyone, or token"
                case .action, .either, .command, .orderCommand: "token"
                }
            lines.append("\(route.method.rawValue) \(route.path) · \(way) · \(roles)")
        }
        try expectGolden("routes.txt", lines.joined(separator: "\n") + "\n")
    }

    @Test func `without a token only filing, health and the description are open`() async throws {
        try await Service.run { service in
            let number = try await service.file().number
            var open: [String] = []
            // Open311 takes its key in the form: `Open311Tests`.
            for route in Routes.all where !route.isPage && !route.isOpen311 {
                let method = try #require(WireRequest.Method(rawValue: route.method.rawValue))
                let reply = try await service.send(
                    method, Self.address(route, case: number), key: "", body: "{}")
                if reply.status == 401 {
                    #expect(reply.headers["www-authenticate"] != nil)
                } else {
                    open.append(route.id)
                }
            }
            #expect(Set(open) == ["file", "registerOrder", "health", "readiness", "openapi"])
        }
    }

    @Test func `a wrong or revoked token is refused everywhere, at once`() async throws {
        try await Service.run { service in
            for path in ["/healthz", "/api/v1/cases"] {
                let reply = try await service.send(.get, path, as: "unheard-of")
                #expect(reply.status == 401)
                #expect(reply.code == "token_unknown")
            }
            let made = try await service.send(
                .post, "/api/v1/tokens", as: "administrator", key: "make-1",
                body: "{\"name\":\"li\",\"roles\":[\"agent\"]}")
            #expect(made.status == 201, "\(made.text)")
            let token = try #require(made["token"])
            let bearer = ["Authorization": "Bearer \(token)"]
            #expect(try await service.send(.get, "/api/v1/cases", headers: bearer).status == 200)
            // A repeat of the request does not show it again.
            let again = try await service.send(
                .post, "/api/v1/tokens", as: "administrator", key: "make-1",
                body: "{\"name\":\"li\",\"roles\":[\"agent\"]}")
            #expect(again.status == 201)
            #expect(again["name"] == "li")
            #expect(again["token"] == nil)
            let gone = try await service.send(.delete, "/api/v1/tokens/li", as: "administrator")
            #expect(gone.status == 200, "\(gone.text)")
            #expect(try await service.send(.get, "/api/v1/cases", headers: bearer).status == 401)
            let list = try await service.send(.get, "/api/v1/tokens", as: "administrator")
            #expect(!list.text.contains(token))
        }
    }

    @Test func `a token that nobody may have is refused with the mend`() async throws {
        try await Service.run { service in
            let bad: [(String, String)] = [
                ("{\"name\":\"a\",\"roles\":[\"office\"]}", "roles"),
                ("{\"name\":\"a\",\"roles\":[\"tourist\"]}", "roles"),
                ("{\"name\":\"a\",\"roles\":[]}", "roles"),
                ("{\"name\":\"a b\",\"roles\":[\"agent\"]}", "name"),
                ("{\"name\":\"office\",\"roles\":[\"agent\"]}", "name"),
                ("{\"name\":\"a\",\"roles\":[\"bureau\"]}", "bureau"),
                ("{\"name\":\"a\",\"roles\":[\"bureau\"],\"bureau\":\"moon\"}", "bureau"),
            ]
            for (body, field) in bad {
                let reply = try await service.send(
                    .post, "/api/v1/tokens", as: "administrator", body: body)
                #expect(reply.fields.contains(field), "\(body) → \(reply.text)")
            }
            let first = "{\"name\":\"a\",\"roles\":[\"agent\"]}"
            #expect(
                try await service.send(.post, "/api/v1/tokens", as: "administrator", body: first)
                    .status == 201)
            let second = try await service.send(
                .post, "/api/v1/tokens", as: "administrator", body: first)
            #expect(second.code == "name_taken")
        }
    }

    @Test func `a tracking code opens its own case and no other, and is not tried for ever`()
        async throws
    {
        try await Service.run({ $0.codesPerAddress = 5 }) { service in
            let first = try await service.file()
            let second = try await service.file([
                "order": "\"B-2\"", "occurred_on": "\"2024-07-01\"",
            ])
            func track(_ number: String, _ code: String) async throws -> Reply {
                try await service.send(
                    .get, "/api/v1/cases/\(number)/tracking", headers: ["Tracking-Code": code])
            }
            #expect(try await track(first.number, first.code).status == 200)
            let wrong = try await track(first.number, second.code)
            let unknown = try await track(
                CaseNumber.make(prefix: "SY", year: 2024, sequence: 999).text, second.code)
            #expect(wrong.status == 401)
            #expect(wrong.code == "tracking_code_wrong")
            #expect(unknown.code == wrong.code && unknown.status == wrong.status)
            _ = try await track(first.number, "00000000")
            _ = try await track(first.number, "00000000")
            let stopped = try await track(first.number, first.code)
            #expect(stopped.status == 429)
            #expect(Int(stopped.headers["retry-after"] ?? "") ?? 0 > 0)
            service.clock.advance(minutes: 10)
            #expect(try await track(first.number, first.code).status == 200)
        }
    }

    @Test func `one address files so many cases and then waits`() async throws {
        try await Service.run({ $0.filingsPerAddress = 2 }) { service in
            var statuses: [Int] = []
            for count in 1...3 {
                statuses.append(
                    try await service.send(
                        .post, "/api/v1/cases", body: filing(["order": "\"N\(count)\""])
                    ).status)
            }
            #expect(statuses == [201, 201, 429])
            let agent = try await service.send(
                .post, "/api/v1/cases", as: "agent", body: filing(["order": "\"N4\""]))
            #expect(agent.status == 201)
        }
    }
}

/// Compares with `Golden/<name>`, or writes it when UPDATE_GOLDEN=1.
func expectGolden(_ name: String, _ text: String, sourceLocation: SourceLocation = #_sourceLocation)
    throws
{
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Golden/\(name)")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
        try Data(text.utf8).write(to: file)
    }
    let golden = try? String(contentsOf: file, encoding: .utf8)
    #expect(
        text == golden, "differs from Golden/\(name); UPDATE_GOLDEN=1 writes it anew",
        sourceLocation: sourceLocation)
}
