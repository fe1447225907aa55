import Casework
import Courier
import Ledger
import Testing

@testable import Web

struct BadInputTests {
    /// Sends each body and expects the status, the code and the field that is named.
    private func check(
        _ cases: [(body: String, status: Int, code: String, field: String?)]
    ) async throws {
        try await Service.run { service in
            for each in cases {
                let reply = try await service.send(.post, "/api/v1/cases", body: each.body)
                let shown = each.body.prefix(300)
                #expect(reply.status == each.status, "\(shown) → \(reply.text)")
                #expect(reply.code == each.code, "\(shown) → \(reply.text)")
                #expect(reply.headers["content-type"] == "application/problem+json")
                if let field = each.field {
                    #expect(reply.fields.contains(field), "\(shown) → \(reply.text)")
                }
                for name in ["title", "title_en", "detail", "detail_en"] {
                    #expect(reply[name]?.isEmpty == false)
                }
            }
            let list = try await service.send(.get, "/api/v1/cases", as: "agent")
            #expect(list.json["cases"] == .array([]), "nothing may be half done")
        }
    }

    @Test func `malformed JSON names line and column`() async throws {
        try await check([
            ("{", 400, "malformed_json", nil), ("{\"a\":1,}", 400, "malformed_json", nil),
            ("[1", 400, "malformed_json", nil), ("{\"a\":01}", 400, "malformed_json", nil),
            ("{\"story\":\"\\ud800\"}", 400, "malformed_json", nil),
            ("{\"story\":\"\\u0000\"}", 400, "malformed_json", nil),
            ("{\"a\":1,\"a\":2}", 400, "malformed_json", nil),
            (String(repeating: "[", count: 10_000), 400, "malformed_json", nil),
            ("[]", 400, "malformed_fields", "$"), ("\"text\"", 400, "malformed_fields", "$"),
        ])
    }

    @Test func `a field of the wrong shape is named with its mend`() async throws {
        try await check([
            ("{}", 400, "malformed_fields", "claimant"),
            (filing(["claimant": "{\"name\":\"王\"}"]), 400, "malformed_fields", "claimant.phone"),
            (filing(["channel": "\"pigeon\""]), 400, "malformed_fields", "channel"),
            (filing(["paid_fen": "-1"]), 400, "malformed_fields", "paid_fen"),
            (filing(["paid_fen": "10.5"]), 400, "malformed_fields", "paid_fen"),
            (filing(["paid_fen": "1e3"]), 400, "malformed_fields", "paid_fen"),
            (filing(["paid_fen": "\"100\""]), 400, "malformed_fields", "paid_fen"),
            (filing(["paid_fen": "99999999999999999999999"]), 400, "malformed_fields", "paid_fen"),
            (filing(["occurred_on": "\"2024-02-30\""]), 400, "malformed_fields", "occurred_on"),
            (filing(["occurred_on": "\"01/08/2024\""]), 400, "malformed_fields", "occurred_on"),
            (filing(["story": "7"]), 400, "malformed_fields", "story"),
            (filing(["facts": "[]"]), 400, "malformed_fields", "facts"),
            (filing(["facts": "{\"affectedAmount\":1.5}"]), 400, "malformed_fields", "facts"),
            (
                filing(["payee": "{\"account\":\"\",\"name\":\"a\"}"]), 400, "malformed_fields",
                "payee.account"
            ),
            (filing(["stroy": "\"typo\""]), 400, "malformed_fields", "stroy"),
        ])
    }

    @Test func `what is well written but cannot be is unfit`() async throws {
        try await check([
            (filing(["occurred_on": "\"2024-08-02\""]), 422, "unfit", "occurred_on"),
            (filing(["story": "\" \""]), 422, "unfit", "story"),
            (
                filing(["story": "\"\(String(repeating: "长", count: 5_001))\""]), 422, "unfit",
                "story"
            ),
            (filing(["matter": "\"lost-luggage\""]), 422, "unfit", "matter"),
            (
                filing(["facts": "{\"affectedAmount\":\"1.005\"}"]), 422, "unfit",
                "facts.affectedAmount"
            ),
            (
                filing(["facts": "{\"affectedAmount\":\"-1\"}"]), 422, "unfit",
                "facts.affectedAmount"
            ),
            (filing(["facts": "{\"noSuchFact\":1}"]), 422, "unfit", "facts.noSuchFact"),
            (filing(["channel": "\"hotline\""]), 422, "unfit", "transferred_from"),
            (filing(["merchant": "\"M999\""]), 404, "not_found", nil),
        ])
    }

    @Test func `every wrong field is told at once`() async throws {
        try await Service.run { service in
            let reply = try await service.send(
                .post, "/api/v1/cases",
                body: filing(["paid_fen": "-5", "channel": "\"x\"", "claimant": "{\"nmae\":1}"]))
            #expect(
                Set(reply.fields) == [
                    "paid_fen", "channel", "claimant.name", "claimant.phone", "claimant.nmae",
                ])
        }
    }

    @Test func `SQL and HTML in text fields are only text`() async throws {
        try await Service.run { service in
            let evil = "'); drop table case_row; -- <script>alert(1)</script> \u{202E}"
            let json = JSONValue.text(evil).written
            let filed = try await service.file([
                "story": json, "wanted": json, "merchant": nil, "merchant_name": json,
                "order": json,
            ])
            let view = try await service.send(.get, "/api/v1/cases/\(filed.number)", as: "agent")
            for field in ["story", "wanted", "merchant.name", "order"] {
                #expect(view[field] == evil)
            }
        }
    }

    @Test func `a body that is too large is refused before it is read`() async throws {
        try await Service.run { service in
            let filed = try await service.file()
            let big = [UInt8](repeating: 0xFF, count: 11 * 1_024 * 1_024)
            let reply = try await service.send(
                .post, "/api/v1/cases/\(filed.number)/evidence?kind=photo", as: "agent", bytes: big)
            #expect(reply.status == 413, "\(reply.text)")
            #expect(reply.code == "too_large")
            let json = try await service.send(
                .post, "/api/v1/cases",
                body: filing(["story": "\"\(String(repeating: "a", count: 300_000))\""]))
            #expect(json.status == 413)
            let health = try await service.send(.get, "/healthz")
            #expect(health.status == 200)
        }
    }

    @Test func `an archive, a web page or nothing is no evidence`() async throws {
        try await Service.run { service in
            let filed = try await service.file()
            let path = "/api/v1/cases/\(filed.number)/evidence"
            let bombs: [[UInt8]] = [
                Array("PK\u{3}\u{4}".utf8) + [0, 0, 0, 1], Array("<html>".utf8), [],
            ]
            for bytes in bombs {
                let reply = try await service.send(
                    .post, path + "?kind=photo", as: "agent", bytes: bytes)
                #expect(reply.status == 415, "\(reply.text)")
                #expect(reply.code == "evidence_type")
            }
            let kind = try await service.send(.post, path + "?kind=selfie", as: "agent", bytes: png)
            #expect(kind.status == 422)
            #expect(kind.fields == ["kind"])
            let missing = try await service.send(.post, path, as: "agent", bytes: png)
            #expect(missing.fields == ["?kind"])
        }
    }

    @Test func `unknown cases, queries, types and addresses get their own answers`() async throws {
        try await Service.run { service in
            let unknown = CaseNumber.make(prefix: "SY", year: 2024, sequence: 777).text
            let expected: [(String, Int, String)] = [
                ("/api/v1/cases/\(unknown)", 404, "not_found"),
                ("/api/v1/cases/SY-24-0000001-0", 404, "not_found"),
                ("/api/v1/cases?stage=asleep", 400, "malformed_query"),
                ("/api/v1/cases?limit=0", 400, "malformed_query"),
                ("/api/v1/cases?limit=9999999999999999999999", 400, "malformed_query"),
                ("/api/v1/cases?after=x", 400, "malformed_query"),
                ("/api/v1/cases?stagee=filed", 400, "malformed_query"),
                (
                    "/api/v1/merchants?name=\(String(repeating: "a", count: 101))", 400,
                    "malformed_query"
                ),
                ("/api/v1/nothing", 404, "not_found"),
                ("/api/v1/merchants/M404", 404, "not_found"),
                ("/api/v1/policies/1999-01-01", 403, "not_permitted"),
            ]
            for (path, status, code) in expected {
                let who = path.contains("policies") ? "merchant" : "agent"
                let reply = try await service.send(.get, path, as: who)
                #expect(reply.status == status, "\(path) → \(reply.text)")
                #expect(reply.code == code, "\(path) → \(reply.text)")
            }
            let method = try await service.send(.put, "/api/v1/cases", as: "agent", body: "{}")
            #expect(method.status == 405)
            #expect(method.headers["allow"] == "GET, POST")
            let type = try await service.send(
                .post, "/api/v1/cases", headers: ["Content-Type": "text/plain"], body: filing())
            #expect(type.status == 415)
        }
    }

    @Test func `a command out of turn says where the case stands`() async throws {
        try await Service.run { service in
            let number = try await service.file().number
            let reply = try await service.send(
                .post, "/api/v1/cases/\(number)/closing", as: "supervisor", body: "{}")
            #expect(reply.status == 409)
            #expect(reply.code == "out_of_turn")
            #expect(reply["detail_en"]?.contains("awaitingEvidence") == true)
        }
    }

    @Test func `a statement that is damaged is refused whole`() async throws {
        try await Service.run { service in
            for body in ["", "a,b\n1,2\n", "<xml", "<?xml version=\"1.0\"?><Document/>"] {
                let reply = try await service.send(
                    .post, "/api/v1/statements", as: "cashier", body: body)
                #expect(reply.status == 422, "\(body) → \(reply.text)")
                #expect(reply.code?.hasPrefix("statement_") == true, "\(reply.text)")
            }
            let list = try await service.send(.get, "/api/v1/statements", as: "accountant")
            #expect(list.json["statements"] == .array([]))
        }
    }
}
