import Casework
import Courier
import Ledger
import Testing

@testable import Web

struct PageTests {
    private let page = ["Accept": "text/html,*/*"]

    @Test func `the pages are the golden ones, in both languages`() async throws {
        try await Service.run { service in
            _ = try await service.filePaid()
            let waiting = try await service.file([
                "order": "\"A-1002\"", "occurred_on": "\"2024-07-01\"",
            ])
            service.clock.advance(minutes: 17)
            let pages = [
                ("home", "/"), ("fund", "/fund"), ("queue", "/queue"),
                ("case", "/cases/SY-24-0000001-7"),
                ("case-waiting", "/cases/\(waiting.number)"),
            ]
            for (name, path) in pages {
                for language in Language.office {
                    var reply = try await service.send(
                        .get, "\(path)?lang=\(language.code)", as: "supervisor", headers: page)
                    if name == "case", reply.status == 404 {
                        let first = CaseNumber.make(prefix: "SY", year: 2024, sequence: 1)
                        reply = try await service.send(
                            .get, "/cases/\(first)?lang=\(language.code)", as: "supervisor",
                            headers: page)
                    }
                    #expect(reply.status == 200, "\(path) → \(reply.text)")
                    #expect(reply.headers["content-language"] == language.rawValue)
                    // A form's key is another each time.
                    let text = reply.text.replacing(
                        /name="key" value="[0-9A-Z]{26}"/, with: "name=\"key\" value=\"…\"")
                    try expectGolden("\(name).\(language.code).html", text)
                }
            }
        }
    }

    @Test func `no text of a stranger becomes markup`() async throws {
        try await Service.run { service in
            let evil = "<script>alert(\"x\")</script>&'"
            let json = JSONValue.text(evil).written
            let filed = try await service.file([
                "merchant": nil, "merchant_name": json, "order": json, "story": json,
                "wanted": json,
                "transferred_from": json, "facts": "{\"affectedAmount\":\"500.00\"}",
                "claimant": "{\"name\":\(json),\"identity\":\(json),\"phone\":\"13800138000\"}",
                "payee": "{\"account\":\(json),\"name\":\(json)}",
            ])
            let path = "/api/v1/cases/\(filed.number)"
            let name = "%3Cscript%3Ealert(1)%3C%2Fscript%3E"
            _ = try await service.send(
                .post, "\(path)/evidence?kind=receipt&name=\(name)", as: "agent", bytes: png)
            _ = try await service.send(
                .post, "\(path)/facts", as: "agent",
                body: "{\"facts\":{\"affectedAmount\":\"400.00\"},\"reason\":\(json)}")
            _ = try await service.send(
                .post, "/api/v1/fund/appropriations", as: "cashier",
                body:
                    "{\"id\":\(json),\"amount_fen\":500,\"reason\":\(json),\"received_on\":\"2024-08-01\"}"
            )
            for address in [
                "/", "/fund", "/queue", "/cases/\(filed.number)", "/cases?number=\(name)",
                "/cases/\(name)",
            ] {
                let reply = try await service.send(.get, address, as: "supervisor", headers: page)
                #expect(!reply.text.contains("<script>"), "\(address)")
                #expect(!reply.text.contains("alert(\"x\")"), "\(address)")
            }
            let shown = try await service.send(
                .get, "/cases/\(filed.number)", as: "auditor", headers: page)
            #expect(
                shown.text.contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;"))
        }
    }

    @Test func `pages show nothing personal to those who may not read it`() async throws {
        try await Service.run { service in
            let number = try await service.filePaid().number
            for address in ["/queue", "/fund", "/cases/\(number)"] {
                let text = try await service.send(.get, address, as: "auditor", headers: page).text
                for personal in ["王小明", "13800138000", "110101199003071234", "wx-openid-000001"] {
                    #expect(!text.contains(personal), "\(address) shows \(personal)")
                }
            }
        }
    }

    @Test func `every answer forbids script, frames, sniffing and referrers`() async throws {
        try await Service.run { service in
            for address in [
                "/", "/fund", "/queue", "/nowhere", "/api/v1/cases", "/amends.css", "/healthz",
            ] {
                let reply = try await service.send(.get, address, headers: page)
                let policy = try #require(reply.headers["content-security-policy"])
                #expect(
                    policy.contains("default-src 'none'")
                        && policy.contains("frame-ancestors 'none'"))
                #expect(!policy.contains("unsafe"))
                #expect(reply.headers["x-content-type-options"] == "nosniff")
                #expect(reply.headers["referrer-policy"] == "no-referrer")
                #expect(reply.headers["x-request-id"]?.isEmpty == false)
                #expect(!reply.text.contains("style=\"") && !reply.text.contains("onclick"))
            }
        }
    }

    @Test func `a case is found by its number as people write it`() async throws {
        try await Service.run { service in
            let number = try await service.file().number
            let typed = number.lowercased().replacing("-", with: "+")
            let found = try await service.send(
                .get, "/cases?number=\(typed)&lang=en", as: "agent", headers: page)
            #expect(found.status == 303)
            #expect(found.headers["location"] == "/cases/\(number)?lang=en")
            let lost = try await service.send(
                .get, "/cases?number=SY-24-0000001-0", as: "agent", headers: page)
            #expect(lost.status == 404)
            #expect(lost.headers["content-type"] == "text/html; charset=utf-8")
        }
    }

    @Test func `the style is served from memory and not sent twice`() async throws {
        try await Service.run { service in
            let first = try await service.send(.get, "/amends.css")
            #expect(first.status == 200 && first.text.contains("--accent"))
            let tag = try #require(first.headers["etag"])
            let again = try await service.send(.get, "/amends.css", headers: ["If-None-Match": tag])
            #expect(again.status == 304 && again.bytes.isEmpty)
        }
    }

    @Test func `vouchers are read page by page, the newest first`() async throws {
        try await Service.run { service in
            for count in 1...25 {
                _ = try await service.send(
                    .post, "/api/v1/fund/appropriations", as: "cashier",
                    body:
                        "{\"id\":\"G\(count)\",\"amount_fen\":100,\"reason\":\"拨付\",\"received_on\":\"2024-08-01\"}"
                )
            }
            let newest = try await service.send(
                .get, "/fund?lang=en", as: "accountant", headers: page)
            #expect(newest.text.contains("Voucher 26"))
            #expect(newest.text.contains("/fund?before=7&amp;lang=en"))
            let older = try await service.send(
                .get, "/fund?before=7&lang=en", as: "accountant", headers: page)
            #expect(older.text.contains("Voucher 6<") && !older.text.contains("Voucher 7<"))
        }
    }
}
