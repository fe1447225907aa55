import Casework
import Courier
import Foundation
import Ledger
import Store
import Testing

@testable import Workflow

/// The address of a provider of another make, which `scripts/test` starts.
private let testIssuer: String? = ProcessInfo.processInfo.environment["AMENDS_TEST_OPENID"]
    .flatMap { $0.isEmpty ? nil : $0 }

@Suite(.enabled(if: testIssuer != nil, "AMENDS_TEST_OPENID names no provider"))
struct IdentityProviderTests {
    private let courier = Courier()
    /// The provider's clock is the wall's.
    private var now: Moment { Moment(ms: Int64(Date.now.timeIntervalSince1970 * 1_000)) }

    private func provider(secret: String? = "hush & hush", client: String = "amends") throws
        -> IdentityProvider
    {
        let settings = IdentityProvider.Settings(
            issuer: try #require(testIssuer), clientID: client, clientSecret: secret,
            redirect: "http://127.0.0.1:1/log-in/openid/answer")
        return IdentityProvider(try #require(settings), courier: courier)
    }

    /// What a person does at the provider: says who they are. Answers what the browser brings back.
    private func visit(_ address: String, as subject: String) async throws -> [String: String] {
        let response = try await courier.send(
            Request(
                .post, address, headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: Array("sub=\(subject)".utf8)))
        let location = try #require(response.headers["location"])
        let query = URLComponents(string: location)?.queryItems ?? []
        return Dictionary(query.map { ($0.name, $0.value ?? "") }) { first, _ in first }
    }

    @Test func `whoever logs in there is found, and admitted once linked`() async throws {
        let provider = try provider()
        let (journey, address) = try await provider.begin(at: now)
        #expect(address.contains("code_challenge_method=S256"))
        let back = try await visit(address, as: "subject-1")
        let finding = try await provider.finish(
            journey, code: back["code"] ?? "", state: back["state"] ?? "", at: now)
        #expect(finding.subject == "subject-1" && finding.issuer == testIssuer)

        let desk = try await LogInOffice()
        let li = try await desk.add("li", [.agent])
        let stranger = await errorText {
            _ = try await desk.office.logIn(by: finding, from: "10.0.0.1")
        }
        #expect(stranger.contains("unknownSubject"))
        try await desk.office.work {
            try $0.link(
                subject: finding.subject, at: finding.issuer, to: li.id,
                by: LogInOffice.administrator)
        }
        let logIn = try await desk.office.logIn(by: finding, from: "10.0.0.1")
        #expect(logIn.pending == nil && logIn.session.factor == .openID)
        #expect(logIn.session.person.name == "li")
        try await desk.office.work { try $0.deactivate(li.id, by: LogInOffice.administrator) }
        let closed = await errorText {
            _ = try await desk.office.logIn(by: finding, from: "10.0.0.1")
        }
        #expect(closed == stranger)
        await desk.office.close()
    }

    @Test func `an answer to another journey, or used before, admits nobody`() async throws {
        let provider = try provider()
        let (journey, address) = try await provider.begin(at: now)
        let (other, otherAddress) = try await provider.begin(at: now)
        let back = try await visit(address, as: "subject-1")
        let code = back["code"] ?? ""
        await #expect(throws: AccountError.openID(.stateWrong)) {
            try await provider.finish(other, code: code, state: back["state"] ?? "", at: now)
        }
        // A code slipped in from another journey carries that one's nonce.
        let slipped = try await visit(otherAddress, as: "subject-2")["code"] ?? ""
        await #expect(throws: AccountError.openID(.tokenWrong)) {
            try await provider.finish(journey, code: slipped, state: journey.state, at: now)
        }
        _ = try await provider.finish(journey, code: code, state: journey.state, at: now)
        await #expect(throws: AccountError.openID(.refused)) {
            try await provider.finish(journey, code: code, state: journey.state, at: now)
        }
    }

    @Test(arguments: [
        ("a day later", 86_400_000, "tokenWrong"), ("a day before", -86_400_000, "tokenWrong"),
        ("a minute later", 60_000, "ok"),
    ])
    func `a token counts at its time only`(
        _ name: String, _ shift_ms: Int64, _ wanted: String
    ) async throws {
        let provider = try provider()
        let (journey, address) = try await provider.begin(at: now)
        let code = try await visit(address, as: "subject-1")["code"] ?? ""
        let answer = await errorText {
            _ = try await provider.finish(
                journey, code: code, state: journey.state, at: now.advanced(byMs: shift_ms))
        }
        #expect(
            answer == (wanted == "ok" ? "ok" : "\(AccountError.openID(.tokenWrong))"), "\(name)")
    }

    @Test func `a provider that is not there is said to be so`() async throws {
        let settings = IdentityProvider.Settings(
            issuer: "http://127.0.0.1:1", clientID: "amends", clientSecret: nil,
            redirect: "https://fund.example/log-in/openid/answer")
        let provider = IdentityProvider(try #require(settings), courier: courier)
        await #expect(throws: AccountError.openID(.unreachable)) {
            try await provider.begin(at: now)
        }
    }
}

@Suite struct IdentityProviderSettingsTests {
    @Test(arguments: [
        ("https://id.example", "https://fund.example/x", true),
        ("http://id.example", "https://fund.example/x", false),
        ("http://127.0.0.1.evil.example", "https://fund.example/x", false),
        ("http://127.0.0.1:9400", "http://localhost:8080/x", true),
        ("ftp://id.example", "https://fund.example/x", false), ("", "", false),
    ])
    func `plain http is spoken to this machine alone`(
        _ issuer: String, _ redirect: String, _ isTaken: Bool
    ) {
        let settings = IdentityProvider.Settings(
            issuer: issuer, clientID: "amends", clientSecret: nil, redirect: redirect)
        #expect((settings != nil) == isTaken)
    }
}
