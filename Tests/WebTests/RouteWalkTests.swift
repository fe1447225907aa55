import Casework
import Courier
import Foundation
import HTTPTypes
import Ledger
import Testing

@testable import Web

/// Every route, asked by everyone there is, held to one table.
struct RouteWalkTests {
    /// Who asks: nobody, the tourist of the case, the tourist of another, and a bearer of each role.
    private enum Asker: Hashable {
        case nobody, tourist, stranger
        case role(Role)

        var name: String {
            switch self {
            case .nobody: "nobody"
            case .tourist: "tourist"
            case .stranger: "stranger"
            case .role(let role): role.rawValue
            }
        }

        static let all: [Asker] =
            [.nobody, .tourist, .stranger]
            + Role.allCases.filter { $0 != .office && $0 != .tourist }.map(Asker.role)
    }

    /// Refused for who asks.
    private static let refusals: Set<String> = [
        "not_permitted", "unauthenticated", "log_in_needed", "tracking_needed",
        "tracking_code_wrong", "token_unknown",
    ]
    /// Refused as the thing is not theirs.
    private static let foreign: Set<String> = [
        "not_your_bureau", "not_your_case", "not_your_order",
    ]

    private static func address(_ route: Route, _ number: String) -> String {
        route.path
            .replacing("{case}", with: number).replacing("{order}", with: number)
            .replacing("{position}", with: "0").replacing("{measure}", with: "registered")
            .replacing("{hash}", with: String(repeating: "0", count: 64))
            .replacing("{number}", with: "1").replacing("{merchant}", with: "M1")
            .replacing("{edition}", with: "2024-02-05").replacing("{period}", with: "2024-07-31")
            .replacing(/\{[a-zA-Z]+\}/, with: "nobody")
    }

    @Test func `every route admits just those of the golden table`() async throws {
        try await Service.run({ $0.logInsPerAddress = 1_000_000 }) { service in
            let own = try await service.file()
            let other = try await service.file([
                "order": "\"B-2\"", "occurred_on": "\"2024-07-01\"",
            ])
            var cookies: [Asker: String] = [:]
            for (asker, filed) in [(Asker.tourist, own), (.stranger, other)] {
                let browser = Browser(service)
                try await browser.open("/track")
                try await browser.send("/track", [("number", filed.number), ("code", filed.code)])
                cookies[asker] = browser.cookies.map { "\($0.key)=\($0.value)" }.joined()
            }
            var lines: [String] = []
            // A stream that was opened goes on: `LiveTests` sees who may open one.
            for route in Routes.all where !route.path.hasPrefix("/live/") {
                let method = try #require(WireRequest.Method(rawValue: route.method.rawValue))
                var marks: [String] = []
                for asker in Asker.all {
                    var headers: [String: String] = [:]
                    var who: String?
                    switch asker {
                    case .nobody: break
                    case .tourist where !route.isPage: headers["Tracking-Code"] = own.code
                    case .stranger where !route.isPage: headers["Tracking-Code"] = other.code
                    case .tourist, .stranger: headers["Cookie"] = cookies[asker]
                    case .role(let role): who = role.rawValue
                    }
                    if route.isPage, method == .post {
                        headers["Content-Type"] = "application/x-www-form-urlencoded"
                    }
                    // Without a key and without content nothing is done: who may is asked for them.
                    let reply = try await service.send(
                        method, Self.address(route, own.number), as: who, key: "",
                        headers: headers, body: route.isPage ? "" : "{}")
                    // Nobody keeps this service's pulse: that it is not ready is what it must say.
                    let isReadiness = route.id == "readiness" && reply.code == "not_ready"
                    #expect(
                        reply.status < 500 || isReadiness,
                        "\(route.id) as \(asker.name): \(reply.text)")
                    let code = reply.code ?? ""
                    marks.append(
                        Self.refusals.contains(code) ? "·" : Self.foreign.contains(code) ? "o" : "x"
                    )
                }
                lines.append(
                    "\(marks.joined(separator: " "))  \(route.method.rawValue) \(route.path)")
            }
            let head = Asker.all.enumerated().map { index, asker in
                String(repeating: "| ", count: index) + asker.name
            }
            try expectGolden(
                "route-walk.txt",
                """
                x admitted (what was sent is then refused for itself)  o not theirs  · refused

                \(head.joined(separator: "\n"))
                \(lines.joined(separator: "\n"))

                """)
        }
    }

    @Test func `what only some may do, nobody does by accident`() throws {
        // Held against the table of permissions rather than against the walk: a route without a rule is open.
        let open = Routes.all.filter { $0.access == .everyone }.map { "\($0.method) \($0.path)" }
        let known: Set<String> = [
            "GET /healthz", "GET /readyz", "GET /openapi.json", "GET /", "GET /fund",
            "GET /amends.css",
            "GET /amends.js", "GET /amends.svg", "GET /track", "POST /track", "GET /merchants",
            "GET /lost-code", "POST /lost-code", "POST /lost-code/redemption",
        ]
        for route in open where !known.contains(route) {
            #expect(
                // What Open311 reads names nobody, and what it writes takes a key in its form.
                route.contains("/open311/") || route.contains("/log-in")
                    || route.contains("/account")
                    || route.contains("/log-out"),
                "\(route) is open to everyone")
        }
    }
}
