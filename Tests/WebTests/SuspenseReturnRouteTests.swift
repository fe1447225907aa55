import Casework
import Courier
import Ledger
import Testing
import Workflow

@testable import Web

/// A line in suspense that is a payout come back, over the API and on the page.
struct SuspenseReturnRouteTests {
    private static let head =
        "凭证号,本方账号,对方账号,交易时间,借/贷,借方发生额,贷方发生额,对方行号,摘要,用途,对方单位名称,余额,个性化信息\n"
    private static let own = "2201020000000000017"

    private func statement(_ number: String) -> String {
        Self.head
            + "V1,\(Self.own),6222001,2024-07-31 10:00:00,贷,,1000000.00,,拨款,财政拨款 2024-1,财政局,1000000.00,\n"
            + "V2,\(Self.own),6222777,2024-08-01 11:00:00,借,500.00,,,转账,\(number),王小明,999500.00,\n"
            + "V3,\(Self.own),6222777,2024-08-01 15:00:00,贷,,500.00,,退汇,账户已销户,,1000000.00,\n"
    }

    /// A payout by bank that arrived and came back without its number; case and payout.
    private func comeBack(_ service: Service) async throws -> (file: String, payout: String) {
        let number = try await service.filePaid([
            "payee": """
            {"account":"622202123450","name":"王小明","bank":{"name":"工商银行三亚分行","number":"102641000018"}}
            """
        ]).number
        let payout = number.replacing("-", with: "") + "P1"
        try await service.office.work { work in
            _ = try work.perform(
                .payoutAnswered(number: payout, .confirmed(on: Day("2024-08-01")!)),
                on: ID(number), by: .office)
            _ = try work.importStatement(
                Array(statement(payout).utf8), by: Actor(name: "setup", roles: [.cashier]))
        }
        return (number, payout)
    }

    @Test func `over the API two people name it, and what it cannot be is refused in plain words`()
        async throws
    {
        try await Service.run { service in
            let (file, payout) = try await comeBack(service)
            let lines = try await service.send(.get, "/api/v1/suspense", as: "accountant")
            let key = try #require(lines["lines.0.key"], "\(lines.text)")
            let path = "/api/v1/suspense/1002/\(key)/proposals"
            func propose(_ target: String, _ amount: String = "") async throws -> Reply {
                try await service.send(
                    .post, path, as: "cashier",
                    body:
                        "{\"as\":\"payoutReturn\",\"target\":\"\(target)\",\"reason\":\"退汇\"\(amount)}"
                )
            }
            let unknown = try await propose("SY24000000P9")
            #expect(unknown.status == 404, "\(unknown.text)")
            let part = try await propose(payout, ",\"amount_fen\":49900")
            #expect(part.status == 422 && part.code == "return_differs", "\(part.text)")
            #expect(part.fields == ["amount_fen"] && part.text.contains("整笔"))
            let unnamed = try await service.send(
                .post, path, as: "cashier", body: "{\"as\":\"payoutReturn\",\"reason\":\"退汇\"}")
            #expect(unnamed.status == 400 && unnamed.fields == ["target"])
            let proposed = try await propose(payout)
            #expect(
                proposed.status == 201 && proposed["kind"] == "payoutReturn", "\(proposed.text)")
            let number = try #require(proposed["number"])
            let confirmed = try await service.send(
                .post, "/api/v1/suspense-proposals/\(number)/confirmation", as: "accountant",
                body: "{}")
            #expect(confirmed.status == 200, "\(confirmed.text)")
            let seen = try await service.send(.get, "/api/v1/cases/\(file)", as: "accountant")
            #expect(seen["payouts.0.state"] == "bounced" && seen["stage.name"] == "paying")
            let fund = try await service.send(.get, "/api/v1/fund", as: "accountant")
            #expect(fund["payable_fen"] == "50000", "\(fund.text)")
            #expect(fund["suspense_fen"] == "0", "\(fund.text)")
        }
    }

    @Test func `on the page it is one of the choices, and the case tells what became of it`()
        async throws
    {
        try await Service.run(secondFactor: .off) { service in
            let (file, payout) = try await comeBack(service)
            func add(_ name: String, _ role: Role) async throws -> Browser {
                _ = try await service.addPerson(
                    name, PersonDraft(name: name, displayName: name, roles: [role]))
                let browser = Browser(service)
                _ = try await browser.logIn(name, Service.password)
                return browser
            }
            let (wu, fu) = (try await add("wu", .accountant), try await add("fu", .supervisor))
            let suspense = try await wu.open("/money/suspense")
            let form = String(
                try #require(
                    suspense.text.firstMatch(of: /href="(\/suspense\/1002\/[0-9a-f]+\/proposals)\?/)
                ).1)
            let empty = try await wu.open(form)
            #expect(empty.text.contains(MoneyText.target("payoutReturn").zh), "\(empty.text)")
            let wrong = try await wu.send(
                form,
                [
                    ("as", "payoutReturn"), ("target", "NOBODYP1"), ("reason", "像是退汇"),
                    ("key", "r-1"),
                ])
            #expect(wrong.status == 404 && wrong.text.contains("NOBODYP1"), "\(wrong.text)")
            let sent = try await wu.send(
                form,
                [("as", "payoutReturn"), ("target", payout), ("reason", "退汇"), ("key", "r-2")])
            #expect(sent.status == 303, "\(sent.text)")
            let waiting = try await fu.open("/money/suspense")
            #expect(waiting.text.contains("<code>\(payout)</code>"), "\(waiting.text)")
            try await fu.open("/suspense-proposals/1/confirmation")
            let confirmed = try await fu.send(
                "/suspense-proposals/1/confirmation", [("key", "r-3")])
            #expect(confirmed.status == 303, "\(confirmed.text)")
            let page = try await fu.open("/cases/\(file)")
            #expect(page.text.contains("待查款认领为\(payout)的退票"), "\(page.text)")
            #expect(
                try await fu.open("/money/statements/1002/1").text.contains(
                    MoneyText.matched("payoutReturn").zh))
        }
    }
}
