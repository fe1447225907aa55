import Casework
import Courier
import Ledger
import Testing

@testable import Web

struct CommandTests {
    @Test func `the same key and body again gives the same answer and does nothing`() async throws {
        try await Service.run { service in
            let first = try await service.send(.post, "/api/v1/cases", key: "one", body: filing())
            let again = try await service.send(.post, "/api/v1/cases", key: "one", body: filing())
            #expect(first.status == 201 && again.status == 201)
            #expect(again.bytes == first.bytes)
            #expect(again.headers["idempotency-replayed"] == "true")
            let list = try await service.send(.get, "/api/v1/cases", as: "agent")
            #expect(list["cases.0.number"] == first["number"])
            #expect(list["cases.1.number"] == nil)
            let other = try await service.send(
                .post, "/api/v1/cases", key: "one", body: filing(["order": "\"other\""]))
            #expect(other.status == 422)
            #expect(other.code == "idempotency_key_reused")
        }
    }

    @Test func `a key belongs to its bearer, and a refused command leaves it free`() async throws {
        try await Service.run { service in
            let number = try await service.file().number
            let path = "/api/v1/cases/\(number)/facts"
            let body = "{\"facts\":{\"affectedAmount\":\"400.00\"},\"reason\":\"票据为准\"}"
            let early = try await service.send(
                .post, "/api/v1/cases/\(number)/closing", as: "agent", key: "k", body: "{}")
            #expect(early.status == 409)
            let agent = try await service.send(.post, path, as: "agent", key: "k", body: body)
            #expect(agent.status == 200, "\(agent.text)")
            let reviewer = try await service.send(.post, path, as: "reviewer", key: "k", body: body)
            #expect(reviewer.status == 200)
            #expect(reviewer["version"] != agent["version"])
        }
    }

    @Test func `a command without a key, or with one that is none, is refused`() async throws {
        try await Service.run { service in
            let missing = try await service.send(.post, "/api/v1/cases", key: "", body: filing())
            #expect(missing.status == 428)
            for key in ["a b", String(repeating: "k", count: 129)] {
                let reply = try await service.send(.post, "/api/v1/cases", key: key, body: filing())
                #expect(reply.status == 400)
                #expect(reply.fields == ["Idempotency-Key"])
            }
        }
    }

    @Test func `who saw an older version is told so`() async throws {
        try await Service.run { service in
            let number = try await service.file().number
            let view = try await service.send(.get, "/api/v1/cases/\(number)", as: "agent")
            let tag = try #require(view.headers["etag"])
            let path = "/api/v1/cases/\(number)/facts"
            func correct(_ match: String) async throws -> Reply {
                try await service.send(
                    .post, path, as: "agent", headers: ["If-Match": match],
                    body: "{\"facts\":{\"affectedAmount\":\"300.00\"},\"reason\":\"核对\"}")
            }
            #expect(try await correct(tag).status == 200)
            let late = try await correct(tag)
            #expect(late.status == 412)
            #expect(late.code == "changed_meanwhile")
            #expect(try await correct("*").status == 200)
            #expect(try await correct("7").status == 400)
        }
    }

    @Test func `an advance is reserved, approved by two, audited and released to the tourist`()
        async throws
    {
        try await Service.run { service in
            let filed = try await service.filePaid([
                "paid_fen": "900000", "claimed_fen": "300000",
                "facts": "{\"affectedAmount\":\"3000.00\"}",
                "order": "\"BIG-1\"",
            ])
            let path = "/api/v1/cases/\(filed.number)"
            func give(_ name: String, _ who: String, _ body: String = "{}") async throws -> Reply {
                let reply = try await service.send(.post, "\(path)/\(name)", as: who, body: body)
                #expect(reply.status == 200, "\(name) as \(who): \(reply.text)")
                return reply
            }
            var view = try await service.send(.get, path, as: "reviewer")
            #expect(view["advance.path"] == "reserve", "\(view.text)")
            var roles: [String] = []
            while let role = view["advance.outstanding.\(roles.count)"] { roles.append(role) }
            for (index, role) in roles.enumerated() {
                let who = role == "reviewer" && index > 0 ? "reviewer-2" : role
                _ = try await give("approval", who, "{\"role\":\"\(role)\"}")
            }
            view = try await service.send(.get, path, as: "reviewer")
            #expect(view["advance.state"] == "reserved", "\(view.text)")
            #expect(view["stage.name"] == "withBureau")
            let bureau = try #require(view["work_orders.0.bureau"])
            if bureau != "market" {
                _ = try await give(
                    "designation", "supervisor", "{\"bureau\":\"market\",\"reason\":\"属市场监管\"}")
            }
            _ = try await give("acknowledgement", "bureau")
            _ = try await give("audit", "bureau", "{\"finding\":\"approve\"}")
            _ = try await give("no-agreement", "bureau", "{\"reason\":\"商家拒绝\"}")
            view = try await service.send(.get, path, as: "bureau")
            #expect(view["stage.name"] == "paying", "\(view.text)")
            #expect(view["recovery.outstanding_fen"] == "300000")
            let served = try await give(
                "notice", "accountant", "{\"served_on\":\"2024-08-01\",\"proof\":\"EMS-1\"}")
            #expect(served["clocks.4.name"] != nil || served["clocks.3.name"] != nil)
            _ = try await give(
                "response", "accountant",
                "{\"response\":\"partial\",\"amount_fen\":200000,\"reason\":\"只认两千\"}")
            let paid = try await give(
                "repayment", "accountant",
                "{\"amount_fen\":200000,\"reference\":\"R-1\",\"received_on\":\"2024-08-01\"}")
            #expect(paid["number"] == filed.number)
            let ahead = try await service.send(
                .post, "\(path)/repayment", as: "accountant",
                body: "{\"amount_fen\":1,\"reference\":\"R-2\",\"received_on\":\"2030-01-01\"}")
            #expect(ahead.status == 422)
            #expect(ahead.fields == ["received_on"])
            let proof = try await service.send(.get, "/api/v1/ledger/verification", as: "auditor")
            #expect(proof["is_sound"] == "true", "\(proof.text)")
        }
    }

    @Test func `the fund takes money once, shows it, and refuses what it has not`() async throws {
        try await Service.run { service in
            let before = try await service.send(.get, "/api/v1/fund", as: "auditor")
            #expect(before["spendable_fen"] == "100000000")
            let grant =
                "{\"id\":\"2024-2\",\"amount_fen\":500,\"reason\":\"补充\",\"received_on\":\"2024-08-01\"}"
            let first = try await service.send(
                .post, "/api/v1/fund/appropriations", as: "cashier", body: grant)
            #expect(first.status == 201, "\(first.text)")
            let again = try await service.send(
                .post, "/api/v1/fund/appropriations", as: "cashier", body: grant)
            #expect(again["number"] == first["number"])
            let after = try await service.send(.get, "/api/v1/fund", as: "auditor")
            #expect(after["spendable_fen"] == "100000500")
            #expect(after["statement.appropriated_fen"] == "100000500")
            let zero = try await service.send(
                .post, "/api/v1/fund/appropriations", as: "cashier",
                body:
                    "{\"id\":\"2024-3\",\"amount_fen\":0,\"reason\":\"零\",\"received_on\":\"2024-08-01\"}"
            )
            #expect(zero.status == 422, "\(zero.text)")
            let moved = try await service.send(
                .post, "/api/v1/fund/transfers", as: "cashier",
                body:
                    "{\"id\":\"T-1\",\"amount_fen\":1000,\"to\":\"platform\",\"on\":\"2024-08-01\"}"
            )
            #expect(moved.status == 201, "\(moved.text)")
            let number = try #require(moved["number"])
            let shown = try await service.send(.get, "/api/v1/vouchers/\(number)", as: "accountant")
            #expect(shown["lines.0.amount_fen"] == "1000")
            let page = try await service.send(.get, "/api/v1/vouchers?limit=1", as: "accountant")
            #expect(page["vouchers.0.number"] == "1")
            #expect(page["next"] == "1")
            let none = try await service.send(.get, "/api/v1/vouchers/99", as: "accountant")
            #expect(none.status == 404)
        }
    }

    @Test func `a statement is imported once, and the day it covers is closed once`() async throws {
        try await Service.run { service in
            let csv = """
                凭证号,本方账号,对方账号,交易时间,借/贷,借方发生额,贷方发生额,对方行号,摘要,用途,对方单位名称,余额,个性化信息
                V1,2201020000000000017,6222001,2024-07-31 10:00:00,贷,,1000000.00,,拨款,财政拨款 2024-1,财政局,1000000.00,

                """
            func step(
                _ step: String, _ period: String = "2024-07-31", as role: String
            ) async throws -> Reply {
                try await service.send(
                    .post, "/api/v1/periods/\(period)/\(step)", as: role, body: "{}")
            }
            let early = try await step("proposal", as: "accountant")
            #expect(early.status == 409, "\(early.text)")
            #expect(early.fields.contains { $0.hasPrefix("bank") })
            let first = try await service.send(
                .post, "/api/v1/statements", as: "cashier", body: csv)
            #expect(first.status == 201, "\(first.text)")
            #expect(first["matched.topUp"] == "1", "\(first.text)")
            #expect(first["statements.0.closing_fen"] == "100000000")
            let again = try await service.send(
                .post, "/api/v1/statements", as: "cashier", body: csv)
            #expect(again.status == 200)
            #expect(again["is_repeat"] == "true")
            let gap = try await service.send(
                .post, "/api/v1/statements", as: "cashier",
                body: csv.replacing(",1000000.00,\n", with: ",1000001.00,\n"))
            #expect(gap.status == 409, "\(gap.text)")
            #expect(gap.code == "statement_gap")
            #expect(try await step("closing", as: "supervisor").code == "not_proposed")
            let proposal = try await step("proposal", as: "accountant")
            #expect(
                proposal.status == 201 && proposal["proposed_by"]?.contains("accountant") == true)
            #expect(try await step("closing", as: "accountant").code == "own_proposal")
            let closed = try await step("closing", as: "supervisor")
            #expect(closed.status == 201, "\(closed.text)")
            #expect(closed["bank_fen"] == "100000000")
            #expect(closed["closed_by"]?.contains("supervisor") == true)
            #expect(try await step("proposal", as: "cashier").code == "period_closed")
            #expect(try await step("proposal", "2024-02-30", as: "cashier").status == 404)
            let month = try await step("proposal", "2024-07", as: "accountant")
            #expect(month.status == 201, "\(month.text)")
            #expect(try await step("closing", "2024-07", as: "supervisor").status == 201)
            let periods = try await service.send(.get, "/api/v1/periods", as: "auditor")
            #expect(periods["periods.0.period"] == "2024-07", "\(periods.text)")
            let fund = try await service.send(.get, "/api/v1/fund", as: "accountant")
            #expect(fund["last_closed_day"] == "2024-07-31")
        }
    }

    @Test func `merchants are found, enrolled and change standing forward only`() async throws {
        try await Service.run { service in
            let found = try await service.send(
                .get, "/api/v1/merchants?name=%E6%B5%B7%E6%A3%A0", as: "agent")
            #expect(found["merchants.0.id"] == "M1")
            let made = try await service.send(
                .post, "/api/v1/merchants", as: "supervisor",
                body: "{\"id\":\"M3\",\"name\":\"蜈支洲岛\",\"trade\":\"site\"}")
            #expect(made.status == 201, "\(made.text)")
            #expect(made["standing"] == "none")
            let path = "/api/v1/merchants/M3/standings"
            func change(_ standing: String, _ from: String) async throws -> Reply {
                try await service.send(
                    .post, path, as: "supervisor",
                    body: "{\"standing\":\"\(standing)\",\"from\":\"\(from)\",\"reason\":\"审核\"}")
            }
            #expect(try await change("suspended", "2024-01-01").code == "standing_out_of_turn")
            #expect(try await change("enrolled", "2024-01-01")["standing"] == "enrolled")
            #expect(try await change("warned", "2023-01-01").status == 409)
            let trade = try await service.send(
                .post, "/api/v1/merchants", as: "supervisor",
                body: "{\"id\":\"M4\",\"name\":\"某店\",\"trade\":\"smuggling\"}")
            #expect(trade.fields == ["trade"])
        }
    }

    @Test func `policies are listed with the one in force, and shown with their facts`()
        async throws
    {
        try await Service.run { service in
            let list = try await service.send(.get, "/api/v1/policies", as: "policyOfficer")
            #expect(list["jurisdiction"] == "sanya")
            #expect(list["editions.1.edition"] == "2024-02-05")
            #expect(list["editions.1.is_in_force"] == "true")
            let shown = try await service.send(.get, "/api/v1/policies/2024-02-05", as: "agent")
            #expect(shown["hash"] == list["editions.1.hash"])
            #expect(shown.text.contains("quickPayLimit"))
            let unknown = try await service.send(.get, "/api/v1/policies/1999-01-01", as: "agent")
            #expect(unknown.status == 404)
        }
    }
}
