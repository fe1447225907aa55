import Casework
import Courier
import Foundation
import Ledger
import Testing
import Workflow

@testable import Web

/// A demand as JSON; `changes` replace fields by raw JSON, and `nil` removes one.
func demand(_ changes: [String: String?] = [:]) -> String {
    var fields: [String: String?] = [
        "channel": "\"phone\"", "kind": "\"complaint\"",
        "caller": "{\"name\":\"于文登\",\"phone\":\"13800138000\"}",
        "text": "\"小区反复停电，电话13800138000\"", "facts": "{\"subject\":\"power\"}",
        "place": "\"环翠区海滨路1号\"",
    ]
    for (name, value) in changes { fields[name] = value }
    let members = fields.sorted { $0.key < $1.key }.compactMap { name, value in
        value.map { "\"\(name)\":\($0)" }
    }
    return "{" + members.joined(separator: ",") + "}"
}

extension Service {
    func register(
        _ changes: [String: String?] = [:], as who: String? = "agent"
    ) async throws -> (number: String, code: String) {
        let reply = try await send(.post, "/api/v1/orders", as: who, body: demand(changes))
        #expect(reply.status == 201, "\(reply.text)")
        return (try #require(reply["number"]), try #require(reply["tracking_code"]))
    }

    /// Gives a command to a work order and expects it to be done.
    @discardableResult
    func give(
        _ number: String, _ command: String, as who: String, _ body: String = "{}",
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Reply {
        let reply = try await send(
            .post, "/api/v1/orders/\(number)/\(command)", as: who, body: body)
        #expect(
            reply.status == 200, "\(command): \(reply.text)", sourceLocation: sourceLocation)
        return reply
    }

    /// Sends it to the power company, unless another bureau is named.
    func dispatch(_ number: String, to bureau: String = "power") async throws {
        try await give(number, "dispatch", as: "agent", "{\"lead\":\"\(bureau)\"}")
    }

    func order(_ number: String, as who: String = "agent") async throws -> Reply {
        let reply = try await send(.get, "/api/v1/orders/\(number)", as: who)
        #expect(reply.status == 200, "\(reply.text)")
        return reply
    }
}

extension Reply {
    /// The clock of this name among `clocks`.
    func clock(_ name: String) -> JSONValue? {
        guard case .array(let clocks)? = json["clocks"] else { return nil }
        return clocks.first { $0["name"]?.string == name }
    }

    func numbers(of list: String) -> [String] {
        guard case .array(let lines)? = json[list] else { return [] }
        return lines.compactMap { $0["number"]?.string ?? $0["order"]?.string }
    }
}
