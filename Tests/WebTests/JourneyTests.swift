import Casework
import Courier
import HTTPTypes
import Ledger
import Store
import Testing
import Workflow

@testable import Web

/// Whole ways through the pages, as a browser without script goes them.
struct JourneyTests {
    private func add(
        _ name: String, _ role: Role, to service: Service, bureau: String? = nil,
        merchant: ID<Merchant>? = nil
    ) async throws -> Browser {
        _ = try await service.addPerson(
            name,
            PersonDraft(
                name: name, displayName: name, roles: [role], bureau: bureau, merchant: merchant))
        let browser = Browser(service)
        _ = try await browser.logIn(name, Service.password)
        return browser
    }

    private let complaint: [(String, String)] = [
        ("matter", "overcharge"), ("merchant_name", "海棠湾百货"), ("merchant", "M1"),
        ("order", "A-1"), ("occurred_on", "2024-07-30"), ("paid_fen", "1,200"),
        ("claimed_fen", "500.00"), ("facts.affectedAmount", "500.00"), ("story", "多收了钱"),
        ("wanted", "退还500元"), ("claimant.name", "王小明"), ("claimant.phone", "13800138000"),
        ("claimant.identity", "110101199003071234"), ("payee.account", "wx-openid-000001"),
        ("key", "k-1"),
    ]

    @Test func `a tourist files by form, sees what is asked for, and follows the case by cookie`()
        async throws
    {
        try await Service.run { service in
            let tourist = Browser(service)
            let choice = try await tourist.open("/file")
            #expect(choice.text.contains("/file?matter=overcharge"))
            let form = try await tourist.open("/file?matter=overcharge")
            #expect(form.text.contains("name=\"facts.affectedAmount\""))
            let sent = try await tourist.send("/file?matter=overcharge", complaint)
            #expect(sent.status == 303, "\(sent.text)")
            let place = try #require(sent.headers["location"])
            #expect(place.hasPrefix("/track/"))
            let page = try await tourist.open(place)
            #expect(page.status == 200 && page.text.contains("500.00"), "\(page.text)")
            #expect(page.text.contains("name=\"kind\""))
            // Sent again under the same key it is the same complaint.
            let again = try await Browser(service).send("/file?matter=overcharge", complaint)
            #expect(again.status == 303)
            #expect(try await service.office.read { try $0.caseCounts() }.map(\.count) == [1])
            // Another's browser is led to the door.
            let other = try await Browser(service).open(place)
            #expect(other.headers["location"]?.hasPrefix("/track?") == true)
        }
    }

    @Test func `a form that is wrong comes back with what was entered and what to mend`()
        async throws
    {
        try await Service.run { service in
            let wrong = complaint.filter { $0.0 != "wanted" }
                .map { $0.0 == "claimed_fen" ? ($0.0, "much") : $0 }
            let reply = try await Browser(service).send("/file?matter=overcharge", wrong)
            #expect(reply.status == 400)
            #expect(reply.text.contains("role=\"alert\""))
            #expect(reply.text.contains("value=\"海棠湾百货\"") && reply.text.contains("value=\"much\""))
            #expect(try await service.office.read { try $0.caseCounts() }.isEmpty)
        }
    }

    @Test func `an agent asks for evidence and a bureau sees only its own cases`() async throws {
        try await Service.run { service in
            let filed = try await service.file()
            let agent = try await add("chen", .agent, to: service)
            let page = try await agent.open("/cases/\(filed.number)")
            #expect(page.text.contains("/cases/\(filed.number)/waiver?version="))
            let form = try await agent.open("/cases/\(filed.number)/waiver")
            #expect(form.status == 200 && form.text.contains("name=\"reason\""))
            let missing = try await agent.send(
                "/cases/\(filed.number)/waiver", [("reason", ""), ("key", "w-1")])
            #expect(missing.status == 400 && missing.text.contains("aria-invalid"))
            let done = try await agent.send(
                "/cases/\(filed.number)/waiver", [("reason", "游客已离开"), ("key", "w-2")])
            #expect(done.status == 303, "\(done.text)")
            let after = try await agent.open(done.headers["location"] ?? "")
            #expect(after.text.contains("class=\"outcome\""))
            let bureau = try await add("lodging", .bureau, to: service, bureau: "lodging")
            #expect(try await bureau.open("/cases/\(filed.number)").status == 403)
        }
    }

    @Test func `a form of another site, or of a log-in before, changes nothing`() async throws {
        try await Service.run { service in
            let filed = try await service.file()
            let agent = try await add("chen", .agent, to: service)
            let entries = [("reason", "x"), ("key", "f-1")]
            let path = "/cases/\(filed.number)/waiver"
            try await agent.open(path)
            #expect(try await agent.send(path, entries, csrf: "0000").status == 403)
            try await agent.open(path)
            #expect(
                try await agent.send(path, entries, origin: "https://evil.example").status == 403)
            let view = try await service.send(.get, "/api/v1/cases/\(filed.number)", as: "agent")
            #expect(view["stage.name"] == "awaitingEvidence")
            // The API does not take the cookie at all.
            let cookie = agent.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
            let api = try await service.send(
                .get, "/api/v1/cases", headers: ["Cookie": cookie])
            #expect(api.status == 401)
        }
    }

    @Test func `a merchant answers for itself, masked, and never reads another's case`()
        async throws
    {
        try await Service.run { service in
            let own = try await service.filePaid()
            let others = try await service.file([
                "merchant": "\"M2\"", "merchant_name": "\"亚龙湾酒店\"", "order": "\"B-1\"",
            ])
            let merchant = try await add("shop", .merchant, to: service, merchant: ID("M1"))
            let list = try await merchant.open("/own")
            #expect(list.text.contains(own.number) && !list.text.contains(others.number))
            let page = try await merchant.open("/own/\(own.number)")
            #expect(page.status == 200)
            for personal in ["王小明", "13800138000", "110101199003071234"] {
                #expect(!page.text.contains(personal))
            }
            #expect(try await merchant.open("/own/\(others.number)").status == 403)
            for path in ["/cases/\(own.number)", "/cases/\(others.number)", "/queue", "/money"] {
                #expect(try await merchant.open(path).status == 403, "\(path)")
            }
            let answer = try await merchant.send(
                "/cases/\(others.number)/response", [("response", "accept"), ("key", "r-1")],
                csrf: merchantToken(list))
            #expect(answer.status == 403, "\(answer.text)")
        }
    }

    private func merchantToken(_ page: Reply) -> String? {
        page.text.firstMatch(of: /name="csrf" value="([0-9a-f]+)"/).map { String($0.1) }
    }

    @Test func `every page takes exactly the roles its table names`() async throws {
        try await Service.run { service in
            let number = try await service.file().number
            for route in Routes.all where route.isPage && route.method == .get && !route.isLive {
                let path = route.path.replacing("{case}", with: number)
                    .replacing("{merchant}", with: "M1").replacing("{hash}", with: "0")
                guard !path.contains("{") else { continue }
                let open = try await service.send(.get, path, headers: ["Accept": "text/html"])
                if !route.access.isOpen {
                    #expect([303, 401].contains(open.status), "\(path): \(open.status)")
                }
                for role in Role.allCases where role != .office && role != .tourist {
                    let reply = try await service.send(
                        .get, path, as: role.rawValue, headers: ["Accept": "text/html"])
                    let may =
                        route.access != .trackingCode && route.access.roles?.contains(role) != false
                    let isRefused = reply.text.contains("<code>not_permitted</code>")
                    #expect(isRefused == !may, "\(path) as \(role): \(reply.status)")
                    #expect(reply.status < 500, "\(path) as \(role): \(reply.text)")
                }
            }
        }
    }
}
