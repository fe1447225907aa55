import Casework
import Courier
import Ledger
import Store
import Testing
import Workflow

@testable import Web

/// The desk's one screen, as a browser without script sees it, and the pieces that the script asks for.
struct CounterTests {
    private static let page = ["Accept": "text/html"]

    private func agent(_ service: Service) async throws -> Browser {
        _ = try await service.addPerson(
            "chen", PersonDraft(name: "chen", displayName: "陈", roles: [.agent]))
        let browser = Browser(service)
        _ = try await browser.logIn("chen", Service.password)
        return browser
    }

    @Test func `a caller's earlier cases are found by telephone, order, number and merchant`()
        async throws
    {
        try await Service.run { service in
            let one = try await service.file()
            let other = try await service.file([
                "merchant": "\"M2\"", "merchant_name": "\"亚龙湾酒店\"", "order": "\"B-77\"",
                "claimant":
                    "{\"name\":\"李\",\"identity\":\"110101199003075678\",\"phone\":\"13900139000\"}",
            ])
            let table: [(words: String, found: [String])] = [
                ("13800138000", [one.number]), ("+86 138 0013 8000", [one.number]),
                ("139-0013-9000", [other.number]), ("13700137000", []),
                ("b-77", [other.number]), ("A-1001", [one.number]),
                (one.number.lowercased().replacing("-", with: ""), [one.number]),
                ("亚龙湾", [other.number]), ("海棠", [one.number]), ("  ", []),
            ]
            for (words, found) in table {
                let query = words.utf8.map { byte in
                    (byte < 16 ? "%0" : "%") + String(byte, radix: 16)
                }.joined()
                for path in ["/desk/search?q=", "/desk?q="] {
                    let reply = try await service.send(
                        .get, path + query, as: "agent", headers: Self.page)
                    #expect(reply.status == 200)
                    for number in [one.number, other.number] {
                        #expect(
                            reply.text.contains("/cases/\(number)") == found.contains(number),
                            "\(path)\(words): \(number)")
                    }
                }
            }
            let piece = try await service.send(
                .get, "/desk/search?q=13800138000", as: "agent", headers: Self.page)
            #expect(!piece.text.contains("<html"), "a piece of the page only")
        }
    }

    @Test func `what is known is found by the caller's words`() async throws {
        try await Service.run { service in
            let written = try await service.send(
                .post, "/api/v1/knowledge", as: "policyOfficer",
                body: """
                    {"title":"海岛排队退赔","body":"排队超过规定时间的，可退赔。","clause":"办法第3条","keywords":["排队"],
                    "owner":"hotline","valid_from":"2024-01-01"}
                    """)
            #expect(written.status < 300, "\(written.text)")
            let reply = try await service.send(
                .get, "/desk/search?q=%E6%8E%92%E9%98%9F", as: "agent", headers: Self.page)
            #expect(reply.text.contains("海岛排队退赔") && reply.text.contains("办法第3条"))
        }
    }

    @Test func `the policy answers while the form is filled in, says why, and nothing is filed`()
        async throws
    {
        try await Service.run { service in
            let browser = try await agent(service)
            let page = try await browser.open("/desk?matter=overcharge")
            #expect(page.text.contains("formaction=\"/desk/preview?lang=zh\""))
            let typed = [
                ("matter", "overcharge"), ("merchant_name", "海棠湾百货"),
                ("occurred_on", "2024-07-30"), ("paid_fen", "1200"),
            ]
            let early = try await browser.send("/desk/preview", typed)
            #expect(early.status == 200 && early.text.contains("还要知道"), "\(early.text)")
            #expect(early.text.contains("value=\"1200\""), "what was entered stays")
            let spendable = try await service.send(.get, "/api/v1/fund")["spendable_fen"]
            let whole =
                typed + [
                    ("claimed_fen", "500"), ("facts.affectedAmount", "500.00"),
                    ("claimant.identity", "110101199003071234"),
                ]
            let answer = try await browser.send("/desk/preview", whole)
            #expect(answer.text.contains("小额快赔") && answer.text.contains("500.00"))
            #expect(answer.text.contains("<ol class=\"ruling\">"))
            #expect(try await service.office.read { try $0.caseCounts() }.isEmpty)
            #expect(try await service.send(.get, "/api/v1/fund")["spendable_fen"] == spendable)
            // What it foresaw is what happens.
            let filed = try await service.filePaid()
            let view = try await service.send(.get, "/api/v1/cases/\(filed.number)", as: "agent")
            #expect(view["advance.path"] == "quickPay" && view["advance.amount_fen"] == "50000")
            // The same again is now the same loss, and so it is said.
            try await browser.open("/desk?matter=overcharge")
            let again = try await browser.send(
                "/desk/preview",
                whole + [("order", "A-1001"), ("claimant.phone", "13800138000")])
            #expect(again.text.contains("并入首件"), "\(again.text)")
            #expect(try await service.office.read { try $0.caseCounts() }.map(\.count) == [1])
        }
    }

    @Test func `what is wrong with the form is said in place of an answer`() async throws {
        try await Service.run { service in
            let browser = try await agent(service)
            try await browser.open("/desk?matter=overcharge")
            for (name, value) in [
                ("paid_fen", "much"), ("occurred_on", "2030-01-01"), ("matter", "nonsense"),
            ] {
                var typed = [
                    ("matter", "overcharge"), ("occurred_on", "2024-07-30"), ("paid_fen", "1200"),
                    ("claimed_fen", "500"), ("facts.affectedAmount", "500.00"),
                ]
                typed.removeAll { $0.0 == name }
                let reply = try await browser.send("/desk/preview", typed + [(name, value)])
                #expect(reply.status < 500, "\(name): \(reply.text)")
                #expect(!reply.text.contains("小额快赔"))
                try await browser.open("/desk?matter=overcharge")
            }
        }
    }

    @Test func `the policy is asked so often and no oftener by one person`() async throws {
        try await Service.run { service in
            let browser = try await agent(service)
            try await browser.open("/desk?matter=overcharge")
            let token = browser.csrf
            var statuses: [Int] = []
            for _ in 1...21 {
                statuses.append(
                    try await browser.send(
                        "/desk/preview", [("matter", "overcharge")], csrf: token
                    ).status)
            }
            #expect(statuses.dropLast().allSatisfy { $0 == 200 } && statuses.last == 429)
        }
    }

    @Test func `the desk is for those who speak with callers`() async throws {
        try await Service.run { service in
            for role in Role.allCases where role != .office && role != .tourist {
                let reply = try await service.send(
                    .get, "/desk", as: role.rawValue, headers: Self.page)
                let may = [.agent, .supervisor].contains(role)
                #expect((reply.status == 200) == may, "\(role)")
                let home = try await service.send(
                    .get, "/", as: role.rawValue, headers: Self.page)
                #expect(home.text.contains("href=\"/desk?lang=zh\"") == may)
            }
        }
    }

    @Test func `the queue is cut to a stage, and a case shows those like it`() async throws {
        try await Service.run { service in
            let paid = try await service.filePaid()
            let waiting = try await service.file([
                "order": "\"C-3\"", "occurred_on": "\"2024-07-02\"",
            ])
            let queue = try await service.send(
                .get, "/queue?stage=awaitingEvidence", as: "reviewer", headers: Self.page)
            #expect(queue.text.contains(waiting.number) && !queue.text.contains(paid.number))
            #expect(queue.text.contains("aria-current=\"page\">待补证据"))
            let wrong = try await service.send(
                .get, "/queue?stage=nowhere", as: "reviewer", headers: Self.page)
            #expect(wrong.status == 400)
            let page = try await service.send(
                .get, "/cases/\(waiting.number)", as: "reviewer", headers: Self.page)
            let similar = try #require(page.text.split(separator: "id=\"similar\"").last)
            #expect(similar.contains(paid.number) && similar.contains("同一旅游者"))
        }
    }
}
