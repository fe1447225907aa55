import Casework
import Courier
import Ledger
import Store
import Testing
import Workflow

@testable import Web

/// Seeing what is masked: for a reason, once, and written down.
struct DisclosureTests {
    private static let secrets = ["13800138000", "110101199003071234", "wx-openid-000001"]

    private static func body(_ fields: String, _ reason: String) -> String {
        "{\"fields\":[\(fields)],\"reason\":\"\(reason)\"}"
    }

    @Test func `what is asked for with a reason is shown once, and a row stays`() async throws {
        try await Service.run { service in
            let number = try await service.filePaid().number
            let path = "/api/v1/cases/\(number)/disclosures"
            let body = Self.body("\"phone\",\"account\"", "回访，游客来电未接")
            let shown = try await service.send(.post, path, as: "agent", key: "d-1", body: body)
            #expect(shown.status == 201, "\(shown.text)")
            #expect(shown["shown.phone"] == "13800138000")
            #expect(shown["shown.payees.0.account"] == "wx-openid-000001")
            #expect(shown["shown.identity"] == nil, "it was not asked for")
            let again = try await service.send(.post, path, as: "agent", key: "d-1", body: body)
            #expect(again.status == 201 && again["number"] == shown["number"])
            for secret in Self.secrets { #expect(!again.text.contains(secret)) }

            let log = try await service.send(
                .get, "/api/v1/access-log?subject=\(number)", as: "auditor")
            #expect(log["looks.0.person"] == "the-agent")
            #expect(log["looks.0.reason"] == "回访，游客来电未接")
            #expect(log["looks.0.fields.0"] == "phone" && log["looks.0.fields.1"] == "account")
            #expect(log["looks.1.number"] == nil, "the repeat is no second look")
            for secret in Self.secrets { #expect(!log.text.contains(secret)) }
        }
    }

    @Test
    func `without a reason, a permission or one's own case nothing is shown and no row stays`()
        async throws
    {
        try await Service.run { service in
            let number = try await service.file().number
            let path = "/api/v1/cases/\(number)/disclosures"
            for (body, field) in [
                (Self.body("\"phone\"", ""), "reason"), (Self.body("\"phone\"", "aaaa"), "reason"),
                (Self.body("\"phone\"", "    x   "), "reason"),
                (Self.body("", "回访游客"), "fields"), (Self.body("\"all\"", "回访游客"), "fields"),
            ] {
                let reply = try await service.send(.post, path, as: "agent", body: body)
                #expect(
                    [400, 422].contains(reply.status) && reply.fields.contains(field), "\(body)")
            }
            let good = Self.body("\"phone\"", "回访游客")
            for role in ["auditor", "accountant", "administrator", "merchant", "policyOfficer"] {
                let reply = try await service.send(.post, path, as: role, body: good)
                #expect(reply.code == "not_permitted", "\(role)")
            }
            let bureau = try await service.send(.post, path, as: "bureau", body: good)
            #expect(bureau.code == "not_your_bureau" && !bureau.text.contains("13800138000"))
            let rows = try await service.office.read { try $0.disclosures(DisclosureFilter()) }
            #expect(rows.isEmpty)
        }
    }

    @Test func `a work order's page asks for a reason and shows the caller once`() async throws {
        try await Service.run(in: "weihai", secondFactor: .off) { service in
            let number = try await service.register().number
            _ = try await service.addPerson(
                "duty", PersonDraft(name: "duty", displayName: "duty", roles: [.dutyOfficer]))
            let browser = Browser(service)
            _ = try await browser.logIn("duty", Service.password)
            let page = try await browser.open("/orders/\(number)")
            #expect(page.text.contains("action=\"/orders/\(number)/disclosures?lang=zh\""))
            #expect(!page.text.contains("13800138000"))
            let without = try await browser.send(
                "/orders/\(number)/disclosures",
                [("fields", "phone"), ("reason", ""), ("key", "o-1")])
            #expect(without.status >= 400 && !without.text.contains("13800138000"))
            let shown = try await browser.send(
                "/orders/\(number)/disclosures",
                [("fields", "phone"), ("reason", "现场联系来电人"), ("key", "o-2")])
            #expect(shown.status == 200 && shown.text.contains("13800138000"), "\(shown.text)")
            let rows = try await service.office.read { try $0.disclosures(DisclosureFilter()) }
            #expect(rows.map(\.subject) == [number] && rows.map(\.actor) == ["duty"])
        }
    }

    @Test func `a work order's caller is disclosed in the same way`() async throws {
        try await Service.run(in: "weihai") { service in
            let number = try await service.register().number
            let reply = try await service.send(
                .post, "/api/v1/orders/\(number)/disclosures", as: "dutyOfficer",
                body: Self.body("\"phone\",\"texts\"", "现场联系来电人"))
            #expect(reply.status == 201 && reply["shown.phone"] == "13800138000", "\(reply.text)")
            #expect(reply["shown.texts.0"] == "小区反复停电，电话13800138000")
            let log = try await service.send(
                .get, "/api/v1/access-log?person=the-dutyOfficer", as: "supervisor")
            #expect(log["looks.0.subject"] == number)
        }
    }

    @Test func `on the case's page the form shows the fields once, and refuses without a reason`()
        async throws
    {
        try await Service.run { service in
            let number = try await service.file().number
            _ = try await service.addPerson(
                "chen", PersonDraft(name: "chen", displayName: "陈", roles: [.agent]))
            let agent = Browser(service)
            _ = try await agent.logIn("chen", Service.password)
            let page = try await agent.open("/cases/\(number)")
            #expect(page.text.contains("/cases/\(number)/disclosures"))
            #expect(!page.text.contains("13800138000"))
            let path = "/cases/\(number)/disclosures"
            let wrong = try await agent.send(
                path, [("fields", "phone"), ("reason", ""), ("key", "p-1")])
            #expect(wrong.status == 400 && wrong.text.contains("aria-invalid"))
            let entries = [
                ("fields", "phone"), ("fields", "texts"), ("reason", "联系游客补充证据"), ("key", "p-2"),
            ]
            let shown = try await agent.send(path, entries)
            #expect(shown.status == 200 && shown.text.contains("<dd>13800138000</dd>"))
            #expect(shown.headers["cache-control"] == "no-store")
            try await agent.open("/cases/\(number)")
            let again = try await agent.send(path, entries)
            #expect(again.status == 200 && !again.text.contains("13800138000"))
        }
    }

    @Test func `who looked at what is read page by page, by case and by person, evidence too`()
        async throws
    {
        try await Service.run { service in
            let first = try await service.filePaid().number
            let second = try await service.file([
                "order": "\"B-2\"", "occurred_on": "\"2024-07-01\"",
            ]).number
            for (count, who) in ["agent", "reviewer", "agent"].enumerated() {
                for number in [first, second] {
                    let reply = try await service.send(
                        .post, "/api/v1/cases/\(number)/disclosures", as: who,
                        body: Self.body("\"phone\"", "第\(count)次回访"))
                    #expect(reply.status == 201)
                }
            }
            let view = try await service.send(.get, "/api/v1/cases/\(first)", as: "agent")
            let file = try await service.send(
                .get, try #require(view["evidence.0.href"]), as: "cashier")
            #expect(file.status == 200)
            let newest = try await service.send(
                .get, "/api/v1/access-log?limit=5", as: "discipline")
            #expect(newest["looks.0.kind"] == "evidence")
            #expect(newest["looks.0.person"] == "the-cashier")
            let rest = try await service.send(
                .get, "/api/v1/access-log?limit=5&before=\(newest["next"] ?? "")", as: "discipline")
            #expect(rest["looks.1.number"] == "1" && rest["next"] == nil)
            let of = try await service.send(
                .get, "/api/v1/access-log?person=the-agent&subject=\(second)", as: "auditor")
            #expect(of["looks.1.person"] == "the-agent" && of["looks.2.number"] == nil)
            let page = try await service.send(
                .get, "/access-log?subject=\(second)", as: "auditor",
                headers: ["Accept": "text/html"])
            #expect(page.text.contains("第2次回访") && !page.text.contains("the-cashier"))
            let wrong = try await service.send(
                .get, "/api/v1/access-log?subject=x", as: "auditor")
            #expect(wrong.code == "malformed_query")
        }
    }
}
