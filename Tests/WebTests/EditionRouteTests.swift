import Courier
import Testing

@testable import Web

/// Editions over HTTP: who put them into force, and what is refused.
@Suite struct EditionRouteTests {
    @Test func `the founding editions are listed with who recorded them`() async throws {
        try await Service.run { service in
            let reply = try await service.send(.get, "/api/v1/editions", as: "auditor")
            #expect(reply.status == 200)
            #expect(reply.text.contains("\"by\":\"administrator\",\"step\":\"founded\""))
            #expect(reply.text.contains("\"edition\":\"2026-03-08\""))
            #expect(reply.text.contains("\"edition\":\"2023-01-01\""))
            let policies = try await service.send(.get, "/api/v1/policies", as: "auditor")
            #expect(policies.text.contains("\"book\":\"sanya/hotline\""))
        }
    }

    @Test func `what is approved is neither submitted nor approved again, and what began stays`()
        async throws
    {
        try await Service.run { service in
            let path = "/api/v1/editions/2024-02-05"
            let again = try await service.send(.post, path + "/submission", as: "policyOfficer")
            #expect(again.status == 409 && again.code == "edition_approved")
            let twice = try await service.send(.post, path + "/approval", as: "supervisor")
            #expect(twice.status == 409 && twice.code == "edition_approved")
            let gone = try await service.send(
                .post, path + "/withdrawal", as: "supervisor", body: #"{"reason":"a slip"}"#)
            #expect(gone.status == 409 && gone.code == "edition_in_force")
            let none = try await service.send(
                .post, "/api/v1/editions/2031-01-01/submission", as: "policyOfficer")
            #expect(none.status == 404)
            let clerk = try await service.send(.post, path + "/approval", as: "agent")
            #expect(clerk.status == 403)
        }
    }
}
