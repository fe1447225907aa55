import Courier
import Testing
import Workflow

@testable import Web

/// What an accountant or auditor takes away.
@Suite struct SheetTests {
    @Test func `every sheet comes as CSV that Excel reads, and a voucher comes on paper`()
        async throws
    {
        try await Service.run { service in
            let grant = try await service.send(
                .post, "/api/v1/fund/appropriations", as: "cashier",
                body:
                    "{\"id\":\"2024-1\",\"amount_fen\":100000000,\"reason\":\"财政拨款\",\"received_on\":\"2024-07-31\"}"
            )
            #expect(grant.status == 201, "\(grant.text)")
            for sheet in BookSheet.allCases {
                let reply = try await service.send(
                    .get, "/api/v1/ledger/sheets/\(sheet.rawValue)?period=2024-07", as: "auditor")
                #expect(reply.status == 200, "\(sheet): \(reply.text)")
                #expect(reply.text.hasPrefix("\u{FEFF}"), "\(sheet)")
                // Nobody owes anything yet; every other sheet shows the grant.
                let showsGrant = reply.text.contains("1000000.00")
                #expect(showsGrant == (sheet != .agedReceivables), "\(sheet): \(reply.text)")
            }
            let paper = try await service.send(.get, "/api/v1/vouchers/1/sheet", as: "auditor")
            #expect(paper.text.contains("记 账 凭 证") && paper.text.contains("壹佰万元整"))
            let none = try await service.send(
                .get, "/api/v1/ledger/sheets/secret", as: "auditor")
            #expect(none.status == 404)
            let misspelt = try await service.send(
                .get, "/api/v1/ledger/sheets/journal?period=July", as: "auditor")
            #expect(misspelt.status == 400 && misspelt.text.contains("period"))
        }
    }

    @Test func `the outlook says what is left, released or returned`() async throws {
        try await Service.run { service in
            let reply = try await service.send(.get, "/api/v1/fund/outlook", as: "supervisor")
            #expect(reply.status == 200, "\(reply.text)")
            #expect(reply["if_all_released_fen"] != nil && reply["weeks_fen.12"] != nil)
        }
    }
}
