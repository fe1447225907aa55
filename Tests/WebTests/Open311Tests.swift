import Casework
import Courier
import Foundation
import Hummingbird
import Ledger
import Testing
import Workflow

@testable import Web

/// GeoReport v2, as a city's application speaks it.
struct Open311Tests {
    private static let complaint: [(String, String)] = [
        ("service_code", "overcharge"), ("lat", "18.25"), ("long", "109.51"),
        ("address_string", "海棠区"), ("first_name", "小明"), ("last_name", "王"),
        ("phone", "13800138000"), ("description", "多收了钱 & <更多>"),
        ("attribute[merchant_name]", "海棠湾百货"), ("attribute[merchant]", "M1"),
        ("attribute[order]", "A-1001"), ("attribute[occurred_on]", "2024-07-30"),
        ("attribute[paid]", "1200"), ("attribute[claimed]", "500.00"),
        ("attribute[wanted]", "退还多收的500元"), ("attribute[identity]", "110101199003071234"),
        ("attribute[affectedAmount]", "500.00"), ("attribute[account]", "wx-openid-000001"),
    ]

    private func post(
        _ service: Service, _ path: String, _ entries: [(String, String)],
        key: String? = "token-agent", headers: [String: String] = [:]
    ) async throws -> Reply {
        var all = entries
        if let key { all.append(("api_key", key)) }
        var allowed = CharacterSet.alphanumerics
        allowed.insert(charactersIn: "-._~")
        let body = all.map { name, value in
            "\(name.addingPercentEncoding(withAllowedCharacters: allowed)!)=\(value.addingPercentEncoding(withAllowedCharacters: allowed)!)"
        }.joined(separator: "&")
        var headers = headers
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return Reply(
            try await service.courier.send(
                WireRequest(
                    .post, "http://127.0.0.1:\(service.port)/open311/v2/\(path)", headers: headers,
                    body: Array(body.utf8))))
    }

    private func get(_ service: Service, _ path: String) async throws -> Reply {
        try await service.send(.get, "/open311/v2/\(path)")
    }

    private func count(_ reply: Reply) -> Int {
        if case .array(let all) = reply.json { all.count } else { -1 }
    }

    private func isXML(_ text: String) -> Bool {
        XMLCheck.isWellFormed(text)
    }

    @Test func `services are the edition's matters, and each defines what it asks for`()
        async throws
    {
        try await Service.run { service in
            let list = try await get(service, "services.json?jurisdiction_id=sanya")
            #expect(list.status == 200 && list.headers["content-type"]?.contains("json") == true)
            guard case .array(let services) = list.json else { throw TestProblem.shape }
            let overcharge = try #require(
                services.first { $0["service_code"]?.string == "overcharge" })
            #expect(
                overcharge["metadata"] == .flag(true) && overcharge["type"]?.string == "realtime")
            let xml = try await get(service, "services.xml")
            #expect(isXML(xml.text), "\(xml.text)")
            #expect(xml.text.contains("<service_code>overcharge</service_code>"))
            #expect(
                xml.text.components(separatedBy: "<service>").count - 1 == services.count)
            let definition = try await get(service, "services/overcharge.json")
            guard case .array(let attributes)? = definition.json["attributes"] else {
                throw TestProblem.shape
            }
            let merchant = try #require(
                attributes.first { $0["code"]?.string == "merchant_name" })
            #expect(merchant["required"] == .flag(true) && merchant["order"]?.string == "1")
            let orders = attributes.compactMap { $0["order"]?.string }
            #expect(Set(orders).count == attributes.count)
            let other = try await get(service, "services/overcharge.xml")
            #expect(
                isXML(other.text) && other.text.contains("<attribute><variable>true</variable>"))
            for (path, status) in [
                ("services/nothing.json", 404), ("services/overcharge", 404),
                ("services.json?jurisdiction_id=elsewhere", 404), ("nothing.json", 404),
            ] {
                let reply = try await get(service, path)
                #expect(reply.status == status, "\(path) \(reply.text)")
                guard case .array(let errors) = reply.json else { throw TestProblem.shape }
                #expect(errors[0]["code"]?.string == "\(status)" && errors[0]["description"] != nil)
            }
            let wrong = try await get(service, "services/nothing.xml")
            #expect(wrong.text.contains("<errors><error><code>404</code><description>"))
        }
    }

    @Test func `a complaint that comes by Open311 is handled as any other, once`() async throws {
        try await Service.run { service in
            let first = try await post(service, "requests.json", Self.complaint)
            #expect(first.status == 200, "\(first.text)")
            let number = try #require(first["0.service_request_id"])
            #expect(first["0.service_notice"]?.contains("tracking code") == true)
            // Sent again to the letter it is the same; under a key of its own, another that is merged.
            let again = try await post(service, "requests.json", Self.complaint)
            #expect(again.text == first.text)
            let whole = try await service.send(.get, "/api/v1/cases/\(number)", as: "agent")
            #expect(whole["filing.claimed_fen"] == "50000" || whole.text.contains("50000"))
            #expect(whole.text.contains("海棠区 · 18.25, 109.51"), "\(whole.text)")
            let keyed = try await post(
                service, "requests.xml", Self.complaint, headers: ["Idempotency-Key": "k-1"])
            #expect(isXML(keyed.text) && !keyed.text.contains(number), "\(keyed.text)")
            let token = try await get(service, "tokens/k-1.json?api_key=token-agent")
            let second = try #require(token["0.service_request_id"])
            #expect(keyed.text.contains(second) && token["0.token"] == "k-1")
            #expect(try await get(service, "tokens/k-2.json?api_key=token-agent").status == 404)
            let merged = try await get(service, "requests/\(second).json")
            #expect(merged["0.status"] == "closed", "\(merged.text)")
        }
    }

    @Test func `what is read names nobody, and follows the case`() async throws {
        try await Service.run { service in
            let filed = try await post(service, "requests.json", Self.complaint)
            let number = try #require(filed["0.service_request_id"])
            let web = try await service.file(["order": "\"W-1\""]).number
            for path in ["requests/\(number).json", "requests/\(number).xml", "requests.json"] {
                let reply = try await get(service, path)
                #expect(reply.status == 200)
                for personal in ["王小明", "小明", "138", "1101", "多收了钱", "海棠区", "18.25", "openid"] {
                    #expect(!reply.text.contains(personal), "\(path) \(personal)")
                }
            }
            let one = try await get(service, "requests/\(number).json")
            #expect(one["0.status"] == "open" && one["0.service_code"] == "overcharge")
            #expect(one["0.requested_datetime"] == "2024-08-01T10:00:00+08:00")
            #expect(one["0.service_request_id"] == number && one["0.status_notes"] != nil)
            let both = try await get(
                service, "requests.json?service_request_id=\(number),\(web)&status=closed")
            #expect(count(both) == 2)
            let gone = try await get(service, "requests/SY-24-9999999-9.json")
            #expect(gone.status == 404)
        }
    }

    @Test func `lists hold ninety days and a thousand, by page, state and service`() async throws {
        try await Service.run { service in
            for number in 1...3 { _ = try await service.file(["order": "\"P-\(number)\""]) }
            service.clock.advance(minutes: 91 * 24 * 60)
            _ = try await service.file(["order": "\"P-9\"", "occurred_on": "\"2024-10-30\""])
            let table: [(String, Int)] = [
                ("", 1), ("?end_date=2024-08-02T00:00:00%2B08:00", 3),
                ("?start_date=2024-08-01T00:00:00Z", 3),
                ("?start_date=2024-07-01T00:00:00Z&end_date=2024-11-02T00:00:00Z", 1),
                ("?end_date=2024-08-02T00:00:00Z&page_size=2", 2),
                ("?end_date=2024-08-02T00:00:00Z&page_size=2&page=2", 1),
                ("?end_date=2024-08-02T00:00:00Z&page_size=2&page=3", 0),
                ("?service_code=overcharge,other", 1), ("?service_code=other", 0),
                ("?service_code=", 1), ("?status=open", 1), ("?status=closed", 0),
                ("?status=open,closed", 1), ("?unknown=1", 1),
            ]
            for (query, expected) in table {
                let reply = try await get(service, "requests.json\(query)")
                #expect(count(reply) == expected, "\(query) \(reply.text)")
            }
            for query in [
                "?status=done", "?start_date=yesterday", "?page=0", "?page_size=1001",
            ] {
                let reply = try await get(service, "requests.json\(query)")
                #expect(reply.status == 400, "\(query) \(reply.text)")
            }
        }
    }

    @Test func `a key that is missing, unknown or may not is refused, and so is what is not whole`()
        async throws
    {
        try await Service.run { service in
            func status(_ key: String?, _ change: [String: String?] = [:]) async throws -> Reply {
                let entries = Self.complaint.compactMap { name, value -> (String, String)? in
                    change.keys.contains(name)
                        ? change[name]!.map { (name, $0) } : (name, value)
                }
                return try await post(service, "requests.json", entries, key: key)
            }
            #expect(try await status(nil).status == 403)
            #expect(try await status("nothing").status == 403)
            #expect(try await status("token-auditor").status == 403)
            let table: [([String: String?], String)] = [
                (["service_code": nil], "service_code"),
                (["service_code": "nothing"], "nothing"),
                (["address_string": nil, "lat": nil], "address_string"),
                (["lat": "95"], "lat"), (["description": nil], "description"),
                (["phone": nil], "phone"),
                (["attribute[paid]": "much"], "attribute[paid]"),
                (["attribute[merchant_name]": nil], "merchant_name"),
                (["attribute[affectedAmount]": "x"], "attribute[affectedAmount]"),
            ]
            for (change, named) in table {
                let reply = try await status("token-agent", change)
                #expect((400...404).contains(reply.status), "\(change) \(reply.text)")
                guard case .array(let errors) = reply.json else { throw TestProblem.shape }
                #expect(
                    errors.contains { $0["description"]?.string?.contains(named) == true },
                    "\(change) \(reply.text)")
            }
            let json = try await service.send(.post, "/open311/v2/requests.xml", body: "{}")
            #expect(json.status == 400 && json.text.contains("<errors>"))
        }
    }

    @Test func `who filed adds, withdraws and reads what happened; another key does not`()
        async throws
    {
        try await Service.run(in: "weihai") { service in
            let services = try await get(service, "services.json")
            #expect(services.text.contains("\"repair\""))
            let filed = try await post(
                service, "requests.json",
                [
                    ("service_code", "repair"), ("address_string", "文化路1号"),
                    ("description", "路灯不亮"), ("phone", "13900139000"), ("last_name", "李"),
                    ("attribute[emergency]", "none"),
                ])
            let number = try #require(filed["0.service_request_id"], "\(filed.text)")
            func update(
                _ words: String, _ more: [(String, String)] = [], key: String = "token-agent"
            )
                async throws -> Reply
            {
                try await post(
                    service, "servicerequestupdates.json",
                    [("service_request_id", number), ("description", words)] + more, key: key)
            }
            let added = try await update("还有一盏也不亮")
            #expect(added.status == 200 && added["0.update_id"]?.hasPrefix(number) == true)
            #expect(try await update("还有一盏也不亮").text == added.text)
            let order = try await service.send(.get, "/api/v1/orders/\(number)", as: "agent")
            #expect(order.text.contains("还有一盏也不亮"))
            #expect(try await update("x", key: "token-supervisor").status == 404)
            #expect(try await update("").status == 400)
            #expect(try await update("x", [("status", "DONE")]).status == 400)
            let withdrawn = try await update("已修好", [("status", "CLOSED")])
            #expect(withdrawn.status == 200, "\(withdrawn.text)")
            let updates = try await get(service, "servicerequestupdates.xml")
            #expect(isXML(updates.text) && updates.text.contains("<status>CLOSED</status>"))
            #expect(updates.text.contains(number) && !updates.text.contains("修好"))
            let one = try await get(service, "requests/\(number).json")
            #expect(one["0.status"] == "closed" && one["0.service_code"] == "repair")
            let past = try await get(
                service,
                "servicerequestupdates.json?start_date=2024-07-01T00:00:00Z&end_date=2024-07-02T00:00:00Z"
            )
            #expect(count(past) == 0)
        }
    }

    @Test func `a program that knows the address alone finds the service`() async throws {
        try await Service.run({ $0.publicURL = "https://sanya.example" }) { service in
            let found = try await service.send(.get, "/open311/discovery.json")
            #expect(found.status == 200, "\(found.text)")
            #expect(found["changeset"] == "2024-02-05T00:00:00+08:00")
            #expect(found["endpoints.0.specification"] == "http://wiki.open311.org/GeoReport_v2")
            #expect(found["endpoints.0.url"] == "https://sanya.example/open311/v2")
            #expect(found["endpoints.0.type"] == "production")
            #expect(found["contact"]?.contains("https://sanya.example/") == true)
            let xml = try await service.send(.get, "/open311/discovery.xml")
            #expect(xml.status == 200 && isXML(xml.text), "\(xml.text)")
            #expect(
                xml.text.contains(
                    "<formats><format>text/xml</format><format>application/json</format></formats>")
            )
            #expect(try await service.send(.get, "/open311/discovery").status == 404)
        }
        try await Service.run { service in
            let found = try await service.send(.get, "/open311/discovery.json")
            let own = "http://127.0.0.1:\(service.port)/open311/v2"
            #expect(found["endpoints.0.url"] == own)
            let address = try #require(found["endpoints.0.url"]).dropFirst(
                "http://127.0.0.1:\(service.port)".count)
            #expect(try await service.send(.get, "\(address)/services.json").status == 200)
        }
    }

    private enum TestProblem: Error { case shape }
}

/// Whether a text is one well-formed element: enough XML to tell a forgotten escape.
private enum XMLCheck {
    static func isWellFormed(_ text: String) -> Bool {
        guard text.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") else { return false }
        var open: [Substring] = []
        var rest = text.dropFirst(39)
        var roots = 0
        while let start = rest.firstIndex(of: "<") {
            let before = rest[..<start]
            if before.contains(">") || before.contains("& ") { return false }
            guard let end = rest[start...].firstIndex(of: ">") else { return false }
            let tag = rest[rest.index(after: start)..<end]
            if tag.hasPrefix("/") {
                guard open.popLast() == tag.dropFirst() else { return false }
            } else if !tag.hasSuffix("/") {
                open.append(tag)
            }
            if open.isEmpty { roots += 1 }
            rest = rest[rest.index(after: end)...]
        }
        return open.isEmpty && roots == 1 && rest.isEmpty
    }
}
