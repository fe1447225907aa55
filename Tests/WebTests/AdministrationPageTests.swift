import Casework
import Courier
import Ledger
import Store
import Testing
import Workflow

@testable import Web

/// The administrator's pages, and the merchant's own.
struct AdministrationPageTests {
    private func add(
        _ name: String, _ role: Role, to service: Service, merchant: ID<Merchant>? = nil
    ) async throws -> Browser {
        _ = try await service.addPerson(
            name, PersonDraft(name: name, displayName: name, roles: [role], merchant: merchant))
        let browser = Browser(service)
        _ = try await browser.logIn(name, Service.password)
        return browser
    }

    @Test func `a token is made by form, shown once, works, and is revoked at once`() async throws {
        try await Service.run(secondFactor: .off) { service in
            let admin = try await add("admin", .administrator, to: service)
            let list = try await admin.open("/tokens")
            #expect(list.text.contains("the-agent") && !list.text.contains("token-agent"))
            let wrong = try await admin.send(
                "/tokens", [("name", "kiosk one"), ("roles", "agent"), ("key", "t-1")])
            #expect(wrong.status == 400 && wrong.text.contains("value=\"kiosk one\""))
            #expect(wrong.text.contains("value=\"agent\" checked"))
            let entries = [("name", "kiosk"), ("roles", "agent"), ("key", "t-2")]
            let made = try await admin.send("/tokens", entries)
            let secret = try #require(made.text.firstMatch(of: /class="key">([^<]+)</)).1
            let bearer = ["Authorization": "Bearer \(secret)"]
            #expect(try await service.send(.get, "/api/v1/cases", headers: bearer).status == 200)
            // Sent again under its key it shows nothing.
            try await admin.open("/tokens")
            let again = try await admin.send("/tokens", entries)
            #expect(again.status == 201 && !again.text.contains(secret))
            #expect(again.text.contains(AdministrationText.shownBefore.zh))
            try await admin.open("/tokens")
            let revoked = try await admin.send("/tokens/kiosk/revocation", [("key", "t-3")])
            #expect(revoked.status == 303, "\(revoked.text)")
            #expect(try await service.send(.get, "/api/v1/cases", headers: bearer).status == 401)
            try await admin.open("/tokens")
            #expect(
                try await admin.send("/tokens/none/revocation", [("key", "t-4")]).status == 404)
        }
    }

    @Test func `who keeps the list enrols a merchant, changes its standing and rates it by forms`()
        async throws
    {
        try await Service.run(secondFactor: .off) { service in
            let keeper = try await add("keeper", .supervisor, to: service)
            let form = try await keeper.open("/merchants/new")
            #expect(form.status == 200 && form.text.contains("action=\"/merchants?lang=zh\""))
            let entries = [
                ("id", "M-9901"), ("name", "椰风海鲜"), ("trade", "nonsense"), ("key", "m-1"),
            ]
            let wrong = try await keeper.send("/merchants", entries)
            #expect(wrong.status == 422 && wrong.text.contains("value=\"椰风海鲜\""))
            let today = service.office.books.zone.day(at: service.office.now())
            let trade = try #require(
                try service.office.policies.edition(inForceOn: today).trades.first)
            let made = try await keeper.send(
                "/merchants", [entries[0], entries[1], ("trade", trade.code), ("key", "m-2")])
            #expect(made.status == 303, "\(made.text)")
            #expect(made.headers["location"]?.hasPrefix("/merchants/M-9901") == true)
            try await keeper.open("/merchants/M-9901/standings")
            let changed = try await keeper.send(
                "/merchants/M-9901/standings",
                [
                    ("standing", "enrolled"), ("from", today.description),
                    ("reason", "签订质量保证协议"), ("agreement", "QA-77"), ("key", "m-3"),
                ])
            #expect(changed.status == 303, "\(changed.text)")
            try await keeper.open("/merchants/M-9901/ratings")
            let rated = try await keeper.send(
                "/merchants/M-9901/ratings",
                [
                    ("stars", "4"), ("from", today.description), ("reason", "年度评定"),
                    ("key", "m-4"),
                ])
            #expect(rated.status == 303, "\(rated.text)")
            let page = try await keeper.open("/merchants/M-9901")
            #expect(page.text.contains("QA-77") && page.text.contains("★★★★☆"))
            #expect(page.text.contains(trade.chinese))
            let agent = try await add("reader", .agent, to: service)
            let read = try await agent.open("/merchants/M-9901")
            #expect(read.status == 200 && !read.text.contains("/merchants/M-9901/standings"))
            #expect(try await agent.open("/merchants/M-9901/standings").status == 403)
        }
    }

    @Test func `the service's page counts what there is and shows what waits and why`() async throws
    {
        try await Service.run(secondFactor: .off) { service in
            let admin = try await add("admin", .administrator, to: service)
            let number = try await service.filePaid().number
            let first = try #require(
                try await service.office.read { try $0.waitingMessages(limit: 1) }.first)
            try await service.office.work { work in
                try work.transaction.postpone(
                    first.message.id, until: work.now.advanced(byMinutes: 5),
                    because: "the wallet did not answer")
            }
            let page = try await admin.open("/service")
            #expect(page.text.contains("the wallet did not answer"), "\(page.text)")
            #expect(page.text.contains("/cases/\(number)?"))
            #expect(page.text.contains("0001-cases"))
            let calendar = try await admin.open("/calendars")
            #expect(calendar.text.contains("year-2024") && calendar.text.contains("国庆节"))
            let bureaus = try await admin.open("/bureaus")
            #expect(bureaus.text.contains("<code>market</code>"))
        }
    }

    @Test func `a merchant sees its standing, is told how to pay, and proves it`() async throws {
        try await Service.run(secondFactor: .off) { service in
            let number = try await service.filePaid().number
            let others = try await service.filePaid([
                "merchant": "\"M2\"", "merchant_name": "\"亚龙湾酒店\"", "order": "\"B-1\"",
                "claimant":
                    "{\"name\":\"李四\",\"identity\":\"110101198503071236\",\"phone\":\"13900139000\"}",
            ]).number
            let shop = try await add("shop", .merchant, to: service, merchant: ID("M1"))
            let own = try await shop.open("/own")
            #expect(own.text.contains("2023-05-01") && own.text.contains("诚信商家"))
            let before = try await shop.open("/own/\(number)")
            #expect(before.text.contains(OwnText.noNotice.zh), "\(before.text)")
            #expect(!before.text.contains("/response?"))

            let assigned = try await service.send(
                .post, "/api/v1/cases/\(number)/assignment", as: "accountant",
                body: "{\"on\":\"2024-08-01\",\"proof\":\"deed-1\"}")
            #expect(assigned.status == 200, "\(assigned.text)")
            let served = try await service.send(
                .post, "/api/v1/cases/\(number)/notice", as: "accountant",
                body: "{\"served_on\":\"2024-08-01\",\"proof\":\"EMS 1\"}")
            #expect(served.status == 200, "\(served.text)")
            let page = try await shop.open("/own/\(number)")
            #expect(page.text.contains(service.office.books.bankNumber), "\(page.text)")
            #expect(page.text.contains("/response?"))

            let none = try await shop.upload("/own/\(number)/proof", "file", "", [])
            #expect(none.status == 400 && none.text.contains("role=\"alert\""), "\(none.text)")
            let sent = try await shop.upload(
                "/own/\(number)/proof", "file", "slip.png", png + [7])
            #expect(sent.status == 303, "\(sent.text)")
            let after = try await shop.open("/own/\(number)")
            #expect(after.text.contains("slip.png"))
            // Nothing of what the tourist brought, and nothing on another's case.
            #expect(!after.text.contains("receipt.png"))
            #expect(
                try await shop.upload("/own/\(others)/proof", "file", "x.png", png + [8]).status
                    == 403)
            // Before anything is owed the merchant proves nothing: what the tourist was asked for stays asked.
            let early = try await service.file([
                "order": "\"C-1\"", "occurred_on": "\"2024-07-01\"",
            ])
            try await shop.open("/own/\(early.number)")
            #expect(
                try await shop.upload("/own/\(early.number)/proof", "file", "y.png", png + [9])
                    .status == 409)
            let evidence = try await service.office.read {
                try $0.caseFile(ID<Case>(others))?.evidence.map(\.name)
            }
            #expect(evidence?.contains("x.png") == false)
        }
    }
}
