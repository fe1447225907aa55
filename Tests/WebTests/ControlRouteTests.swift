import Casework
import Courier
import Ledger
import Testing

@testable import Web

struct ControlRouteTests {
    @Test func `a refused self-approval is on record for auditor and supervisor, and none else`()
        async throws
    {
        try await Service.run { service in
            let filed = try await service.filePaid([
                "paid_fen": "900000", "claimed_fen": "300000",
                "facts": "{\"affectedAmount\":\"3000.00\"}", "order": "\"SELF-1\"",
            ])
            let path = "/api/v1/cases/\(filed.number)"
            let body = "{\"role\":\"reviewer\"}"
            let first = try await service.send(
                .post, "\(path)/approval", as: "reviewer", body: body)
            #expect(first.status == 200, "\(first.text)")
            // Where a second word is wanted the same person cannot give it; where not, it is too late.
            let again = try await service.send(
                .post, "\(path)/approval", as: "reviewer", body: "{\"role\":\"supervisor\"}")
            #expect(again.status == 403 || again.status == 409)
            let seen = try await service.send(.get, "/api/v1/controls/attempts", as: "auditor")
            #expect(seen.status == 200)
            if again.code == "separation_of_duties" || again.code == "approval_not_wanted" {
                #expect(seen["attempts.0.case"] == filed.number)
                #expect(seen["attempts.0.actor"] == "reviewer")
            }
            let agent = try await service.send(.get, "/api/v1/controls/attempts", as: "agent")
            #expect(agent.status == 403)
        }
    }

    @Test func `what merchants owe is shown by age`() async throws {
        try await Service.run { service in
            let ageing = try await service.send(.get, "/api/v1/recoveries/ageing", as: "accountant")
            #expect(ageing.status == 200)
            #expect(ageing["total.total_fen"] == "0")
        }
    }

    @Test func `what nobody holds in suspense cannot be claimed`() async throws {
        try await Service.run { service in
            let path = "/api/v1/suspense/1002/abc/proposals"
            let body = "{\"as\":\"grant\",\"reason\":\"拨付\"}"
            let reply = try await service.send(.post, path, as: "cashier", body: body)
            #expect(reply.status == 422 || reply.status == 404, "\(reply.text)")
            let list = try await service.send(.get, "/api/v1/suspense-proposals", as: "auditor")
            #expect(list["proposals.0.number"] == nil)
            let confirm = try await service.send(
                .post, "/api/v1/suspense-proposals/7/confirmation", as: "supervisor", body: "{}")
            #expect(confirm.status == 404)
        }
    }
}
