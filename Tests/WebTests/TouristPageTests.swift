import Casework
import Courier
import Database
import Ledger
import Store
import Testing
import Workflow

@testable import Web

/// What a tourist does on the page of their own case, without script.
struct TouristPageTests {
    private func follow(_ filed: (number: String, code: String), _ service: Service) async throws
        -> Browser
    {
        let browser = Browser(service)
        let reply = try await browser.send(
            "/track", [("number", filed.number), ("code", filed.code)])
        #expect(reply.status == 303)
        try await browser.open("/track/\(filed.number)")
        return browser
    }

    @Test func `a settled case is rated once, from one to five, and nothing else changes`()
        async throws
    {
        try await Service.run { service in
            let filed = try await service.file(["occurred_on": "\"2023-01-01\""])
            let browser = try await follow(filed, service)
            let id = ID<Case>(filed.number)
            let before = try #require(try await service.office.read { try $0.caseFile(id) })
            #expect(Case.isRatable(inStage: before.stage.name), "\(before.stage.name)")
            let path = "/track/\(filed.number)/rating"
            #expect(browser.page?.text.contains("name=\"stars\"") == true)
            let wrong = try await browser.send(path, [("stars", "6"), ("words", "好")])
            #expect(wrong.status == 422 && wrong.text.contains(">好</textarea>"), "\(wrong.text)")
            let token = browser.csrf
            let sent = try await browser.send(path, [("stars", "4"), ("words", "很快 <b>")])
            #expect(sent.status == 303)
            let page = try await browser.open("/track/\(filed.number)")
            #expect(page.text.contains("★★★★") && page.text.contains("很快 &lt;b&gt;"))
            #expect(!page.text.contains("name=\"stars\""))
            // The same again is the same; another is refused.
            #expect(
                try await browser.send(
                    path, [("stars", "4"), ("words", "很快 <b>")], csrf: token
                ).status == 303)
            try await browser.open("/track/\(filed.number)")
            let other = try await service.office.work { work in
                do {
                    try work.rate(id, CaseRating(stars: 1, text: ""))
                    return TouristError?.none
                } catch let error as TouristError { return error }
            }
            #expect(other == .ratedBefore)
            let after = try #require(try await service.office.read { try $0.caseFile(id) })
            #expect(after == before)
            let staff = try await service.send(
                .get, "/cases/\(filed.number)", as: "agent", headers: ["Accept": "text/html"])
            #expect(staff.text.contains("★★★★"))
        }
    }

    @Test func `an open case is not rated, and nobody rates another's`() async throws {
        try await Service.run { service in
            let filed = try await service.file()
            let browser = try await follow(filed, service)
            let path = "/track/\(filed.number)/rating"
            #expect(browser.page?.text.contains("name=\"stars\"") == false)
            #expect(try await browser.send(path, [("stars", "5")]).status == 409)
            #expect(try await Browser(service).send(path, [("stars", "5")]).status == 401)
            #expect(try await browser.send(path, [("stars", "5")], csrf: "0").status == 403)
        }
    }

    @Test func `what a rating says is sealed with the case, and gone with its key`() async throws {
        try await Service.run { service in
            let filed = try await service.file(["occurred_on": "\"2023-01-01\""])
            let id = ID<Case>(filed.number)
            try await service.office.work { try $0.rate(id, CaseRating(stars: 5, text: "谢谢老王")) }
            let kept = try await service.office.read {
                try $0.first("select payload from case_rating")?.text(0)
            }
            #expect(kept?.contains("谢谢老王") == false)
            try await service.office.work {
                _ = try $0.transaction.eraseKey(of: filed.number, at: $0.now)
            }
            let rating = try await service.office.read { try $0.rating(of: id) }
            #expect(rating?.stars == 5 && rating?.text.contains("谢谢") == false)
        }
    }

    @Test func `the account is given, a refusal contested and a complaint withdrawn by page`()
        async throws
    {
        try await Service.run { service in
            let filed = try await service.file(["payee": nil])
            let browser = try await follow(filed, service)
            let payee = "/cases/\(filed.number)/payee"
            #expect(browser.page?.text.contains("\(payee)?version=") == true)
            try await browser.open(payee)
            let given = try await browser.send(
                payee, [("account", "wx-1"), ("name", "王小明"), ("key", "p-1")])
            #expect(given.status == 303, "\(given.text)")
            #expect(try await !browser.open("/track/\(filed.number)").text.contains(payee))
            let withdrawal = "/cases/\(filed.number)/withdrawal"
            try await browser.open(withdrawal)
            let left = try await browser.send(withdrawal, [("reason", "已解决"), ("key", "w-1")])
            #expect(left.status == 303, "\(left.text)")

            let declined = try await service.file([
                "occurred_on": "\"2023-01-01\"", "order": "\"B-7\"",
            ])
            let second = try await follow(declined, service)
            let contest = "/cases/\(declined.number)/contest"
            #expect(second.page?.text.contains(contest) == true, "\(second.page?.text ?? "")")
            try await second.open(contest)
            let contested = try await second.send(
                contest, [("reason", "日期写错了"), ("key", "c-1")])
            #expect(contested.status == 303, "\(contested.text)")
        }
    }

    @Test func `what somebody of the office asks is read on the page and answered there`()
        async throws
    {
        try await Service.run { service in
            let filed = try await service.file([
                "facts": "{\"affectedAmount\":\"9000.00\"}", "claimed_fen": "900000",
                "paid_fen": "900000",
            ])
            for (kind, bytes) in [("receipt", png), ("photo", jpeg)] {
                _ = try await service.send(
                    .post, "/api/v1/cases/\(filed.number)/evidence?kind=\(kind)",
                    headers: ["Tracking-Code": filed.code], bytes: bytes)
            }
            let browser = try await follow(filed, service)
            #expect(browser.page?.text.contains("name=\"answer\"") == false)
            let asked = try await service.send(
                .post, "/api/v1/cases/\(filed.number)/evidence-request", as: "agent",
                body: "{\"kinds\":[\"chat\"],\"note\":\"店员当时怎么说？\"}")
            try #require(asked.status == 200, "\(asked.text)")
            let page = try await browser.open("/track/\(filed.number)")
            #expect(page.text.contains("<blockquote>店员当时怎么说？</blockquote>"))
            let path = "/track/\(filed.number)/answer"
            #expect(try await browser.send(path, [("answer", "  ")]).status == 422)
            #expect(try await browser.send(path, [("answer", "她说不退")]).status == 303)
            let view = try await service.send(.get, "/api/v1/cases/\(filed.number)", as: "agent")
            #expect(view["evidence.2.name"] == "答复 answer.txt", "\(view.text)")
        }
    }

    @Test func `each step ahead stands with the time until which it comes`() async throws {
        try await Service.run { service in
            let filed = try await service.filePaid()
            let browser = try await follow(filed, service)
            let text = try #require(browser.page?.text)
            let steps = text.matches(of: /<li class="(done|now|ahead)">/).map { String($0.1) }
            #expect(steps == ["done", "done", "done", "now", "now"], "\(steps)")
            #expect(text.contains("不晚于 <time datetime=\"2024-08-0"))
        }
    }

    @Test func `a file that is not taken loses no other, and the page says which it was`()
        async throws
    {
        try await Service.run { service in
            let filed = try await service.file()
            let browser = try await follow(filed, service)
            let reply = try await browser.upload(
                "/track/\(filed.number)/evidence", [("kind", "receipt")],
                files: [("a.exe", [0, 1, 2]), ("b.png", png), ("b.png", png)])
            #expect(reply.status == 415 && reply.text.contains("a.exe"), "\(reply.text)")
            #expect(reply.text.contains("· b.png"))
            let view = try await service.send(.get, "/api/v1/cases/\(filed.number)", as: "agent")
            #expect(view["evidence.0.name"] == "b.png" && view["evidence.1.name"] == nil)
            let large = try await browser.upload(
                "/track/\(filed.number)/evidence", [("kind", "photo")],
                files: [("big.png", png + [UInt8](repeating: 0, count: 10 << 20))])
            #expect(large.status == 413 && large.text.contains("10 MB"))
        }
    }

    @Test func `the reader's language is kept through forms and doors`() async throws {
        try await Service.run { service in
            let browser = Browser(service)
            let page = try await browser.open("/file?matter=overcharge&lang=ko")
            #expect(page.text.contains("action=\"/file?matter=overcharge&amp;lang=ko\""))
            for other in ["zh", "en", "ru"] {
                #expect(page.text.contains("href=\"/file?matter=overcharge&amp;lang=\(other)\""))
            }
            let door = try await browser.open("/track/SY-24-0000001-7?lang=ru")
            #expect(door.headers["location"] == "/track?lang=ru")
            let asked = try await service.send(
                .get, "/", headers: ["Accept": "text/html", "Accept-Language": "ru-RU,ru;q=0.9"])
            #expect(
                asked.text.contains("<html lang=\"ru\">") && asked.text.contains("Подать жалобу"))
            #expect(asked.headers["vary"]?.contains("Accept-Language") == true)
            // The office works in two languages.
            let staff = try await service.send(
                .get, "/queue?lang=ru", as: "agent", headers: ["Accept": "text/html"])
            #expect(staff.text.contains("<html lang=\"en\">") && !staff.text.contains("lang=ko"))
        }
    }
}
