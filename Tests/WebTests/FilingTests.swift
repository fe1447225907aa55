import Casework
import Courier
import Ledger
import Testing

@testable import Web

struct FilingTests {
    @Test func `a tourist files, proves, follows and is paid without a token`() async throws {
        try await Service.run { service in
            let filed = try await service.send(.post, "/api/v1/cases", body: filing())
            #expect(filed.status == 201, "\(filed.text)")
            #expect(filed["stage.name"] == "awaitingEvidence")
            #expect(filed["acceptance.outcome"] == "accept")
            #expect(filed["tracking_code"]?.count == 8)
            let number = try #require(filed["number"])
            #expect(CaseNumber.read(number) != nil)
            let code = ["Tracking-Code": try #require(filed["tracking_code"])]

            let receipt = try await service.send(
                .post, "/api/v1/cases/\(number)/evidence?kind=receipt&name=%E5%8F%91%E7%A5%A8.png",
                headers: code, bytes: png)
            #expect(receipt.status == 201, "\(receipt.text)")
            let photo = try await service.send(
                .post, "/api/v1/cases/\(number)/evidence?kind=photo", headers: code, bytes: jpeg)
            #expect(photo["stage.name"] == "paying", "\(photo.text)")
            #expect(photo["advance.path"] == "quickPay")
            #expect(photo["advance.amount_fen"] == "50000")

            let seen = try await service.send(
                .get, "/api/v1/cases/\(number)/tracking", headers: code)
            #expect(seen.status == 200, "\(seen.text)")
            #expect(seen["stage.name"] == "paying")
            #expect(seen["payouts.0.state"] == "ordered")
            #expect(seen["determination.heads.0.amount_fen"] == "50000")
            #expect(!seen.text.contains("王小明"))
        }
    }

    @Test func `an agent sees the person, an auditor a mask, and nobody a telephone`() async throws
    {
        try await Service.run { service in
            let number = try await service.filePaid().number
            let agent = try await service.send(.get, "/api/v1/cases/\(number)", as: "agent")
            #expect(agent["claimant.name"] == "王小明")
            #expect(agent["claimant.phone"] == "138****8000")
            for masked in ["13800138000", "110101199003071234", "wx-openid-000001"] {
                #expect(!agent.text.contains(masked), "\(masked)")
            }
            let auditor = try await service.send(.get, "/api/v1/cases/\(number)", as: "auditor")
            #expect(auditor["claimant.name"] == "王**")
            #expect(auditor["claimant.phone"] == "138****8000")
            for personal in ["王小明", "13800138000", "110101199003071234", "wx-openid-000001"] {
                #expect(!auditor.text.contains(personal), "\(personal)")
            }
        }
    }

    @Test func `a case shows rules with clause and arithmetic, clocks, trail and vouchers`()
        async throws
    {
        try await Service.run { service in
            let number = try await service.filePaid().number
            let view = try await service.send(.get, "/api/v1/cases/\(number)", as: "reviewer")
            #expect(view["stage.name"] == "paying")
            #expect(view["determination.heads.0.arithmetic"]?.contains("500") == true)
            #expect(view["rulings.0.rules.0.clause"]?.isEmpty == false)
            #expect(view["clocks.0.name"] == "acceptance")
            #expect(view["clocks.0.stopped_at"] == "2024-08-01T10:00:00+08:00")
            #expect(view["events.0.kind"] == "filed")
            #expect(view["vouchers.0.lines.0.amount_fen"] == "50000")
            #expect(view.headers["etag"] == "\"\(view["version"] ?? "")\"")
        }
    }

    @Test func `the list is read page by page, and filtered`() async throws {
        try await Service.run { service in
            var filed: [String] = []
            for count in 1...5 {
                service.clock.advance(minutes: 1)
                filed.append(
                    try await service.file([
                        "order": "\"A-\(count)\"", "occurred_on": "\"2024-07-\(10 + count)\"",
                    ]).number)
            }
            var seen: [String] = []
            var after = ""
            while true {
                let page = try await service.send(
                    .get, "/api/v1/cases?limit=2\(after)", as: "agent")
                for index in 0..<2 {
                    if let number = page["cases.\(index).number"] { seen.append(number) }
                }
                guard let next = page["next"] else { break }
                after = "&after=\(next)"
            }
            #expect(seen == filed.reversed())
            let waiting = try await service.send(
                .get, "/api/v1/cases?stage=awaitingEvidence&open=true&merchant=M1", as: "agent")
            #expect(waiting["cases.4.number"] == filed[0])
            let none = try await service.send(.get, "/api/v1/cases?stage=closed", as: "agent")
            #expect(none.json["cases"] == .array([]))
        }
    }

    @Test func `a bureau sees its own cases alone`() async throws {
        try await Service.run { service in
            let number = try await service.file().number
            let refused = try await service.send(.get, "/api/v1/cases/\(number)", as: "bureau")
            #expect(refused.status == 403)
            #expect(refused.code == "not_your_bureau")
            let list = try await service.send(.get, "/api/v1/cases", as: "bureau")
            #expect(list.json["cases"] == .array([]))
        }
    }

    @Test func `evidence comes back as a download that cannot run`() async throws {
        try await Service.run { service in
            let filed = try await service.file()
            let page = "text with <b>no</b> markup".utf8
            let added = try await service.send(
                .post,
                "/api/v1/cases/\(filed.number)/evidence?kind=chat&name=a%22%0D.txt".replacing(
                    "%0D", with: ""),
                as: "agent", bytes: Array(page))
            #expect(added.status == 201, "\(added.text)")
            let view = try await service.send(.get, "/api/v1/cases/\(filed.number)", as: "agent")
            let reply = try await service.send(
                .get, try #require(view["evidence.0.href"]), as: "agent")
            #expect(reply.bytes == Array(page))
            #expect(reply.headers["content-type"] == "text/plain; charset=utf-8")
            #expect(reply.headers["content-disposition"]?.hasPrefix("attachment; ") == true)
            #expect(
                reply.headers["content-disposition"]?.hasSuffix("filename*=UTF-8''a%22.txt") == true
            )
            #expect(reply.headers["x-content-type-options"] == "nosniff")
            #expect(reply.headers["content-security-policy"]?.hasPrefix("sandbox") == true)
            let other = try await service.send(
                .get, "/api/v1/cases/\(filed.number)/evidence/\(String(repeating: "0", count: 64))",
                as: "agent")
            #expect(other.status == 404)
        }
    }
}
