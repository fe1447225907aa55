import Casework
import Courier
import HTTPTypes
import Ledger
import Store
import Testing
import Workflow

@testable import Web

/// Whom the service takes a request to be from when proxies stand before it.
struct ProxyTests {
    private func client(
        _ peer: String, _ proxies: [String], _ headers: [(String, String)]
    ) throws -> String {
        var fields = HTTPFields()
        for (name, value) in headers {
            fields.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value))
        }
        return try TrustedProxies(proxies).client(of: fields, peer: peer)
    }

    @Test func `only a trusted proxy's word counts, read from its end`() throws {
        let own = ["10.0.0.0/8", "fd00::1"]
        let table: [(peer: String, headers: [(String, String)], client: String)] = [
            ("10.0.0.1", [], "10.0.0.1"),
            ("10.0.0.1", [("X-Forwarded-For", "203.0.113.9")], "203.0.113.9"),
            ("198.51.100.1", [("X-Forwarded-For", "203.0.113.9")], "198.51.100.1"),
            ("10.0.0.1", [("X-Forwarded-For", "1.1.1.1, 203.0.113.9")], "203.0.113.9"),
            ("10.0.0.1", [("X-Forwarded-For", "1.1.1.1, 203.0.113.9, 10.2.3.4")], "203.0.113.9"),
            (
                "10.0.0.1", [("X-Forwarded-For", "1.1.1.1"), ("X-Forwarded-For", "203.0.113.9")],
                "203.0.113.9"
            ),
            ("10.0.0.1", [("X-Forwarded-For", "203.0.113.9:4711")], "203.0.113.9"),
            ("10.0.0.1", [("X-Forwarded-For", "::ffff:203.0.113.9")], "203.0.113.9"),
            ("10.0.0.1", [("X-Forwarded-For", "203.0.113.9, nonsense")], "10.0.0.1"),
            ("10.0.0.1", [("X-Forwarded-For", "unknown")], "10.0.0.1"),
            ("10.0.0.1", [("Forwarded", "for=203.0.113.9;proto=https")], "203.0.113.9"),
            ("10.0.0.1", [("Forwarded", "proto=https;For=\"[2001:db8::9]:47\"")], "2001:db8::9"),
            ("10.0.0.1", [("Forwarded", "for=1.1.1.1, for=203.0.113.9")], "203.0.113.9"),
            ("fd00::1", [("Forwarded", "for=_hidden")], "fd00::1"),
            (
                "10.0.0.1", [("Forwarded", "for=9.9.9.9"), ("X-Forwarded-For", "203.0.113.9")],
                "10.0.0.1"
            ),
            (
                "10.0.0.1", [("Forwarded", "for=203.0.113.9"), ("X-Forwarded-For", "203.0.113.9")],
                "203.0.113.9"
            ),
        ]
        for row in table {
            #expect(try client(row.peer, own, row.headers) == row.client, "\(row)")
        }
        #expect(
            try client("10.0.0.1", [], [("X-Forwarded-For", "203.0.113.9")]) == "10.0.0.1",
            "nobody is trusted unasked")
    }

    @Test func `what is no network is refused with its text`() {
        for text in ["", "ten", "10.0.0.0/33", "10.0.0.0/x", "::1/129", "10.0.0.0/8/8", "a/8"] {
            #expect(throws: MalformedNetwork(text: text)) { try TrustedProxies([text]) }
        }
    }

    @Test func `a household counts once, however many addresses it has`() {
        #expect(
            NetworkAddress.household("2001:db8::1") == NetworkAddress.household("2001:db8::2:1"))
        #expect(
            NetworkAddress.household("2001:db8::1") != NetworkAddress.household("2001:db8:0:1::1"))
        #expect(NetworkAddress.household("203.0.113.9") == "203.0.113.9")
        #expect(NetworkAddress.household("") == "")
    }

    @Test func `behind a proxy each client has its own limit, and cannot choose another's`()
        async throws
    {
        try await Service.run(Self.behindAProxy) { service in
            var statuses: [Int] = []
            for (count, header) in [
                "203.0.113.1", "203.0.113.1", "203.0.113.2", "203.0.113.7, 203.0.113.2",
            ].enumerated() {
                let reply = try await service.send(
                    .post, "/api/v1/cases", headers: ["X-Forwarded-For": header],
                    body: filing(["order": "\"P\(count)\""]))
                statuses.append(reply.status)
            }
            #expect(statuses == [201, 429, 201, 429])
        }
    }

    private static func behindAProxy(_ settings: inout WebSettings) {
        settings.filingsPerAddress = 1
        settings.proxies = (try? TrustedProxies(["127.0.0.1"])) ?? TrustedProxies()
    }

    @Test func `a form is taken under the name by which browsers know the service`() async throws {
        try await Service.run({ $0.publicURL = "http://amends.example" }) { service in
            _ = try await service.addPerson(
                "chen", PersonDraft(name: "chen", displayName: "陈", roles: [.agent]))
            let agent = Browser(service)
            try await agent.open("/log-in")
            let entries = [("name", "chen"), ("password", Service.password), ("next", "")]
            let foreign = try await agent.send("/log-in", entries, origin: "http://evil.example")
            #expect(foreign.status == 403)
            try await agent.open("/log-in")
            let own = try await agent.send("/log-in", entries, origin: "http://amends.example")
            #expect(own.status == 303, "\(own.text)")
        }
    }
}
