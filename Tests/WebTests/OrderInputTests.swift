import Casework
import Courier
import Ledger
import Testing
import Workflow

@testable import Web

struct OrderInputTests {
    @Test func `bad input names its field, and nothing is registered`() async throws {
        let cases: [(body: String, status: Int, field: String)] = [
            (demand(["kind": nil]), 400, "kind"), (demand(["text": "\" \""]), 400, "text"),
            (demand(["channel": "\"pigeon\""]), 400, "channel"),
            (demand(["channel": "\"counter\""]), 422, "channel"),
            (demand(["kind": "\"ticket\""]), 422, "kind"),
            (demand(["category": "\"ticket\""]), 422, "category"),
            (demand(["report_kind": "\"ticket\""]), 422, "report_kind"),
            (demand(["facts": "{\"subject\":\"circus\"}"]), 422, "facts.subject"),
            (demand(["facts": "{\"weather\":1}"]), 422, "facts.weather"),
            (demand(["caller": "{\"fone\":\"1\"}"]), 400, "caller.fone"),
            (demand(["caller": "{\"name\":\"\"}"]), 400, "caller.name"),
            (
                demand(["joint": "{\"members\":[{\"id\":\"1\"}],\"representatives\":[]}"]), 400,
                "joint.members[0].name"
            ),
            (
                demand([
                    "joint":
                        "{\"members\":[{\"id\":\"1\",\"name\":\"甲\"}],\"representatives\":[\"1\"]}"
                ]), 422, "joint"
            ),
            (
                demand(["text": "\"\(String(repeating: "长", count: 5_001))\""]), 422, "text"
            ),
            (demand(["txet": "\"typo\""]), 400, "txet"),
        ]
        try await Service.run(in: "weihai") { service in
            for each in cases {
                let reply = try await service.send(
                    .post, "/api/v1/orders", as: "agent", body: each.body)
                let shown = each.body.prefix(200)
                #expect(reply.status == each.status, "\(shown) → \(reply.text)")
                #expect(reply.fields.contains(each.field), "\(shown) → \(reply.text)")
            }
            let list = try await service.send(.get, "/api/v1/orders", as: "agent")
            #expect(list.json["orders"] == .array([]), "nothing may be half done")
            let merchant = try await service.send(
                .post, "/api/v1/orders", as: "agent", body: demand(["merchant": "\"M404\""]))
            #expect(merchant.status == 404)
        }
    }

    @Test func `a command that says nothing, or the wrong thing, names the field`() async throws {
        let cases: [(command: String, who: String, body: String, status: Int, field: String)] = [
            ("dispatch", "agent", "{}", 400, "lead"),
            ("dispatch", "agent", "{\"lead\":\"circus\"}", 422, "lead"),
            (
                "dispatch", "agent", "{\"lead\":\"power\",\"assisting\":[\"circus\"]}", 422,
                "assisting"
            ),
            ("designation", "supervisor", "{\"lead\":\"power\"}", 400, "reason"),
            ("answer", "agent", "{\"text\":\"\"}", 400, "text"),
            ("decline", "agent", "{\"code\":\"X\",\"reason\":\"r\"}", 400, "referral"),
            ("hand-over", "agent", "{\"to\":\"emergency\",\"line\":\"110\"}", 400, "call"),
            (
                "hand-over", "agent",
                """
                {"to":"emergency","line":"110","call":{"dialled_at":"2024-08-01T09:00:00+08:00",
                "joined_at":"2024-08-01T08:00:00+08:00","ended_at":"2024-08-01T09:30:00+08:00"}}
                """, 422, "call"
            ),
            (
                "hand-over", "agent",
                "{\"to\":\"emergency\",\"line\":\"110\",\"call\":{\"dialled_at\":\"9 Uhr\"}}", 400,
                "call.dialled_at"
            ),
            ("links", "agent", "{\"kind\":\"related\",\"number\":\"WHG-24-1\"}", 400, "number"),
            ("facts", "agent", "{\"facts\":{\"x\":1},\"reason\":\"r\"}", 422, "facts.x"),
            ("acknowledgement", "bureau", "{\"by\":\"pigeon\"}", 400, "by"),
            (
                "extension-request", "bureau", "{\"by\":0,\"reason\":\"r\"}", 400, "by"
            ),
            ("completion", "bureau", "{\"outcome\":\"partly\",\"reply\":\"x\"}", 400, "reason"),
            ("follow-up", "agent", "{\"grade\":\"z\",\"note\":\"\"}", 400, "grade"),
            ("reopening", "agent", "{}", 400, "new_facts"),
        ]
        try await Service.run(in: "weihai") { service in
            let free = try await service.register(["text": "\"路灯\"", "caller": nil]).number
            let sent = try await service.register().number
            try await service.dispatch(sent)
            for each in cases {
                let number = each.who == "bureau" ? sent : free
                let reply = try await service.send(
                    .post, "/api/v1/orders/\(number)/\(each.command)", as: each.who,
                    body: each.body)
                #expect(reply.status == each.status, "\(each.command) → \(reply.text)")
                #expect(reply.fields.contains(each.field), "\(each.command) → \(reply.text)")
            }
        }
    }

    @Test func `unknown orders, stale versions and turns missed get their own answers`()
        async throws
    {
        try await Service.run(in: "weihai") { service in
            let number = try await service.register().number
            let unknown = OrderNumber.make(prefix: "WHG", year: 2024, sequence: 777).text
            for (path, status, code) in [
                ("/api/v1/orders/\(unknown)", 404, "not_found"),
                ("/api/v1/orders/WHG-24-0000001-0", 404, "not_found"),
                ("/api/v1/orders?stage=asleep", 400, "malformed_query"),
                ("/api/v1/orders?after=x", 400, "malformed_query"),
                ("/api/v1/orders/queue?limit=0", 400, "malformed_query"),
                ("/api/v1/orders/queue?stage=closed", 400, "malformed_query"),
            ] {
                let reply = try await service.send(.get, path, as: "agent")
                #expect(reply.status == status && reply.code == code, "\(path) → \(reply.text)")
            }
            let early = try await service.send(
                .post, "/api/v1/orders/\(number)/closing", as: "agent", body: "{}")
            #expect(early.status == 409)
            #expect(early.code == "out_of_turn")
            let stale = try await service.send(
                .post, "/api/v1/orders/\(number)/acceptance", as: "agent",
                headers: ["If-Match": "\"0\""], body: "{}")
            #expect(stale.status == 412, "\(stale.text)")
            let nobody = try await service.send(
                .post, "/api/v1/orders/\(unknown)/acceptance", as: "agent", body: "{}")
            #expect(nobody.status == 404)
        }
    }

    @Test func `a list is filtered, and paged to its end`() async throws {
        try await Service.run(in: "weihai") { service in
            var numbers: [String] = []
            for turn in 0..<5 {
                service.clock.advance(minutes: 1)
                let made = try await service.register([
                    "text": "\"第\(turn)件：\(String(repeating: "\(turn)不同", count: turn + 2))\"",
                    "caller": nil, "kind": turn == 0 ? "\"enquiry\"" : "\"suggestion\"",
                ])
                numbers.insert(made.number, at: 0)
            }
            var (found, next): ([String], String?) = ([], nil)
            repeat {
                let after = next.map { "&after=\($0)" } ?? ""
                let page = try await service.send(
                    .get, "/api/v1/orders?limit=2\(after)", as: "agent")
                found += page.numbers(of: "orders")
                next = page["next"]
            } while next != nil
            #expect(found == numbers)
            let kind = try await service.send(.get, "/api/v1/orders?kind=enquiry", as: "agent")
            #expect(kind.numbers(of: "orders") == [numbers[4]])
            let open = try await service.send(
                .get, "/api/v1/orders?open=false&stage=closed", as: "agent")
            #expect(open.json["orders"] == .array([]))
        }
    }
}
