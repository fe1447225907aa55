import Casework
import Courier
import Foundation
import HTTPTypes
import Testing
import Workflow

@testable import Web

struct OpenAPITests {
    @Test func `the document describes every route, and nothing that is not there`() async throws {
        try await Service.run { service in
            let document = try await service.send(.get, "/openapi.json").json
            guard case .object(let paths)? = document["paths"] else {
                Issue.record("the document has no paths")
                return
            }
            var described: Set<String> = []
            for path in paths {
                guard case .object(let operations) = path.value else { continue }
                for operation in operations {
                    described.insert("\(operation.name.uppercased()) \(path.name)")
                }
            }
            let served = Set(
                Routes.all.filter { !$0.isPage }.map { "\($0.method.rawValue) \($0.path)" })
            #expect(described == served)
            // Each is really registered: what is described never answers that there is no such address.
            for route in Routes.all {
                let address = route.path.split(separator: "/").map { $0.hasPrefix("{") ? "x" : $0 }
                let method = try #require(WireRequest.Method(rawValue: route.method.rawValue))
                let reply = try await service.send(
                    method, "/" + address.joined(separator: "/"), key: "")
                #expect(reply["detail"]?.contains("没有这个地址") != true, "\(route.id)")
                #expect(reply.status != 405, "\(route.id)")
            }
        }
    }

    @Test func `each operation has its own id, both languages, and a problem to answer with`() {
        let ids = Routes.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        for route in Routes.all {
            #expect(!route.summary.zh.isEmpty && !route.summary.en.isEmpty, "\(route.id)")
        }
    }

    @Test func `every answer holds what its schema promises`() async throws {
        try await Service.run { service in
            let document = try await service.send(.get, "/openapi.json").json
            let number = try await service.filePaid().number
            let reads = [
                "/api/v1/cases", "/api/v1/cases/\(number)", "/api/v1/fund", "/api/v1/vouchers",
                "/api/v1/vouchers/1", "/api/v1/ledger/verification", "/api/v1/statements",
                "/api/v1/suspense", "/api/v1/figures/2024/fund/approved",
                "/api/v1/figures/2023/merchant-list/enrolled",
                "/api/v1/figures/2024/unidentified/0-7",
                "/api/v1/merchants?name=", "/api/v1/merchants/M1", "/api/v1/policies",
                "/api/v1/policies/2024-02-05", "/api/v1/tokens", "/healthz",
            ]
            for path in reads {
                let bare = String(path.prefix { $0 != "?" })
                let route = try #require(
                    Routes.all.first { $0.method == .get && $0.path.matches(bare) }, "\(path)")
                let who =
                    route.access.roles?.contains(.auditor) == true ? "auditor" : "administrator"
                let reply = try await service.send(.get, path, as: who)
                #expect(reply.status == 200, "\(path) → \(reply.text)")
                let schema = document["paths"]?[route.path]?["get"]?["responses"]?["200"]?[
                    "content"]?[
                        "application/json"]?["schema"]
                let faults = Schema(document).faults(
                    in: reply.json, by: try #require(schema), at: path)
                #expect(faults.isEmpty, "\(faults.prefix(5))")
            }
        }
    }

    @Test func `every answer about work orders holds what its schema promises`() async throws {
        try await Service.run(in: "weihai") { service in
            let document = try await service.send(.get, "/openapi.json").json
            let order = try await service.register()
            try await service.dispatch(order.number)
            service.clock.advance(minutes: 20 * 24 * 60)
            try await OrderClockwork(office: service.office).runOnce()
            let reads = [
                ("/api/v1/orders", "/api/v1/orders"),
                ("/api/v1/orders/queue", "/api/v1/orders/queue"),
                ("/api/v1/orders/{order}", "/api/v1/orders/\(order.number)"),
                ("/api/v1/notices", "/api/v1/notices"),
                ("/api/v1/figures/{period}/{measure}", "/api/v1/figures/2024/registered"),
            ]
            for (template, path) in reads {
                let reply = try await service.send(.get, path, as: "supervisor")
                #expect(reply.status == 200, "\(path) → \(reply.text)")
                let schema = try #require(
                    document["paths"]?[template]?["get"]?["responses"]?["200"]?["content"]?[
                        "application/json"]?["schema"])
                let faults = Schema(document).faults(in: reply.json, by: schema, at: path)
                #expect(faults.isEmpty, "\(faults.prefix(5))")
            }
        }
    }

    @Test func `the document is valid OpenAPI 3_1`() throws {
        let file = FileManager.default.temporaryDirectory.appending(
            path: "amends-openapi-\(UInt64.random(in: 0...99_999_999)).json")
        try Data(OpenAPIDocument.make(Routes.all).written.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let check = Process()
        check.executableURL = URL(filePath: "/usr/bin/env")
        check.arguments = ["python3", "-c", script, file.path]
        let output = Pipe()
        check.standardOutput = output
        check.standardError = output
        try check.run()
        let said = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        check.waitUntilExit()
        if check.terminationStatus == 77 || check.terminationStatus == 127 {
            print(
                "skipped: OpenAPI validation, as python3 has no openapi-spec-validator (pip install it)"
            )
        } else {
            #expect(check.terminationStatus == 0, "\(said.suffix(2_000))")
        }
    }

    private let script = """
        import json, sys
        try:
            from openapi_spec_validator import validate
        except ImportError:
            sys.exit(77)
        validate(json.load(open(sys.argv[1])))
        """
}

extension String {
    /// Whether `address` is one of this template's.
    fileprivate func matches(_ address: String) -> Bool {
        let (own, other) = (split(separator: "/"), address.split(separator: "/"))
        return own.count == other.count
            && zip(own, other).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}

/// As much of JSON Schema as our document uses, and no more: unknown members are faults as well.
private struct Schema {
    let document: JSONValue

    init(_ document: JSONValue) { self.document = document }

    func faults(in value: JSONValue, by schema: JSONValue, at path: String) -> [String] {
        if let reference = schema["$ref"]?.string {
            let name = String(reference.split(separator: "/").last ?? "")
            guard let target = document["components"]?["schemas"]?[name] else {
                return ["\(path): no \(name)"]
            }
            return faults(in: value, by: target, at: path)
        }
        switch (schema["type"]?.string, value) {
        case (nil, _), ("string", .text), ("boolean", .flag), ("integer", .number): return []
        case ("array", .array(let items)):
            guard let each = schema["items"] else { return ["\(path): items are not described"] }
            return items.enumerated().flatMap { faults(in: $1, by: each, at: "\(path)[\($0)]") }
        case ("object", .object(let members)):
            if let each = schema["additionalProperties"], schema["properties"] == nil {
                return members.flatMap { faults(in: $0.value, by: each, at: "\(path).\($0.name)") }
            }
            var found: [String] = []
            for member in members {
                guard let each = schema["properties"]?[member.name] else {
                    found.append("\(path).\(member.name) is not described")
                    continue
                }
                found += faults(in: member.value, by: each, at: "\(path).\(member.name)")
            }
            if case .array(let required)? = schema["required"] {
                for name in required.compactMap(\.string) where value[name] == nil {
                    found.append("\(path).\(name) is missing")
                }
            }
            return found
        case (let type, _): return ["\(path) is \(value.kind.en), not \(type ?? "?")"]
        }
    }
}
