import Casework
import Courier
import Ledger
import Testing
import Workflow

@testable import Web

struct OrderAccessTests {
    @Test func `a bureau neither sees nor touches what was sent to another`() async throws {
        try await Service.run(in: "weihai") { service in
            let number = try await service.register().number
            try await service.dispatch(number)
            let path = "/api/v1/orders/\(number)"
            #expect(try await service.send(.get, path, as: "bureau").status == 200)
            let other = try await service.send(.get, path, as: "water")
            #expect(other.status == 403)
            #expect(other.code == "not_your_bureau")
            for (command, body) in [
                ("contact", "{\"note\":\"x\"}"), ("acknowledgement", "{\"by\":\"system\"}"),
                ("completion", "{\"outcome\":\"solved\",\"reply\":\"x\"}"),
                ("messages", "{\"text\":\"x\"}"),
            ] {
                let reply = try await service.send(
                    .post, "\(path)/\(command)", as: "water", body: body)
                #expect(reply.status == 403, "\(command): \(reply.text)")
                #expect(reply.code == "not_your_bureau")
            }
            for list in ["/api/v1/orders", "/api/v1/orders/queue", "/api/v1/orders?bureau=power"] {
                let reply = try await service.send(.get, list, as: "water")
                #expect(reply.json["orders"] == .array([]), "\(list): \(reply.text)")
            }
            // An assisting bureau sees it, and reports; it does not finish it.
            let joint = try await service.register(["text": "\"水管电缆同沟\"", "caller": nil]).number
            try await service.give(
                joint, "dispatch", as: "agent", "{\"lead\":\"power\",\"assisting\":[\"water\"]}")
            try await service.give(joint, "report", as: "water", "{\"text\":\"水管已修\"}")
            let finish = try await service.send(
                .post, "/api/v1/orders/\(joint)/completion", as: "water",
                body: "{\"outcome\":\"solved\",\"reply\":\"x\"}")
            #expect(finish.status == 403)
        }
    }

    @Test func `only the own tracking code opens an order to its caller`() async throws {
        try await Service.run(in: "weihai") { service in
            let mine = try await service.register(as: nil)
            let other = try await service.register(
                ["text": "\"公交改线建议\"", "kind": "\"suggestion\"", "caller": nil], as: nil)
            let path = "/api/v1/orders/\(mine.number)"
            for headers in [[:], ["Tracking-Code": "00000000x"], ["Tracking-Code": other.code]] {
                for address in [path + "/tracking", path] {
                    let reply = try await service.send(.get, address, headers: headers)
                    #expect(reply.status == 401, "\(address) \(headers): \(reply.text)")
                }
                let reply = try await service.send(
                    .post, path + "/withdrawal", headers: headers, body: "{\"reason\":\"x\"}")
                #expect(reply.status == 401)
            }
            let token = try await service.send(.get, path + "/tracking", as: "agent")
            #expect(token.status == 403)
            let header = ["Tracking-Code": mine.code]
            let seen = try await service.send(.get, path + "/tracking", headers: header)
            #expect(seen.status == 200, "\(seen.text)")
            #expect(seen["may_withdraw"] == "true")
            #expect(!seen.text.contains("13800138000"))
            // What is not the caller's to do stays shut, with the code as without it.
            let dispatch = try await service.send(
                .post, path + "/dispatch", headers: header, body: "{\"lead\":\"power\"}")
            #expect(dispatch.status == 401)
            #expect(try await service.send(.get, path, headers: header).status == 401)
            // A caller speaks as the caller, whatever the body says.
            let words = try await service.send(
                .post, path + "/messages", headers: header,
                body: "{\"text\":\"补充\",\"from\":\"bureau\"}")
            #expect(words.status == 200, "\(words.text)")
            let view = try await service.order(mine.number)
            #expect(view["messages.0.from"] == "caller")
            let gone = try await service.send(
                .post, path + "/withdrawal", headers: header, body: "{\"reason\":\"已解决\"}")
            #expect(gone["stage.name"] == "withdrawn", "\(gone.text)")
        }
    }

    @Test func `who calls back sees the person, and the telephone only for a reason`() async throws
    {
        try await Service.run(in: "weihai") { service in
            let number = try await service.register().number
            for role in ["agent", "dutyOfficer", "supervisor"] {
                let view = try await service.order(number, as: role)
                #expect(view["demand.caller.name"] == "于文登")
                #expect(!view.text.contains("13800138000"), "\(role)")
                #expect(view["demand.place"] == "环翠区海滨路1号")
            }
            for role in ["auditor", "discipline", "administrator"] {
                let view = try await service.order(number, as: role)
                #expect(!view.text.contains("13800138000"), "\(role)")
                #expect(!view.text.contains("于文登"), "\(role)")
                #expect(!view.text.contains("海滨路1号"), "\(role)")
                let list = try await service.send(.get, "/api/v1/orders", as: role)
                #expect(!list.text.contains("13800138000"), "\(role)")
            }
        }
    }

    @Test func `registering without a token is limited by address, and done once by key`()
        async throws
    {
        try await Service.run(in: "weihai", { $0.filingsPerAddress = 2 }) { service in
            let first = try await service.send(
                .post, "/api/v1/orders", key: "k-1", body: demand())
            let again = try await service.send(
                .post, "/api/v1/orders", key: "k-1", body: demand())
            #expect(again["number"] == first["number"])
            #expect(again.headers["idempotency-replayed"] == "true")
            let third = try await service.send(.post, "/api/v1/orders", body: demand())
            #expect(third.status == 429, "\(third.text)")
            #expect(third.headers["retry-after"] != nil)
            let list = try await service.send(.get, "/api/v1/orders", as: "agent")
            #expect(list.numbers(of: "orders").count == 1)
        }
    }

    @Test func `evidence is kept with the order and given back to those who may`() async throws {
        try await Service.run(in: "weihai") { service in
            let mine = try await service.register(as: nil)
            let path = "/api/v1/orders/\(mine.number)/evidence"
            let header = ["Tracking-Code": mine.code]
            let kind = try await service.send(
                .post, path + "?kind=selfie", headers: header, bytes: png)
            #expect(kind.status == 422)
            #expect(kind.fields == ["kind"])
            let added = try await service.send(
                .post, path + "?kind=file&name=a.png", headers: header, bytes: png)
            #expect(added.status == 201, "\(added.text)")
            let view = try await service.order(mine.number)
            let href = try #require(view["evidence.0.href"])
            #expect(try await service.send(.get, href, headers: header).bytes == png)
            #expect(try await service.send(.get, href, as: "dutyOfficer").bytes == png)
            #expect(try await service.send(.get, href, as: "auditor").status == 403)
            let words = try await service.send(
                .post, "/api/v1/orders/\(mine.number)/messages", headers: header,
                body: "{\"text\":\"见图\",\"evidence\":[\"nothing\"]}")
            #expect(words.fields == ["evidence"])
        }
    }
}
