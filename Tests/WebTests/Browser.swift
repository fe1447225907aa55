import Courier
import Ledger
import Store
import Testing
import Workflow

@testable import Web

/// What a browser does: keeps cookies, follows to where it is sent, and sends forms with their tokens.
final class Browser {
    let service: Service
    /// Where one process serves several offices: at which it asks.
    private let host: String?
    private(set) var cookies: [String: String] = [:]
    private(set) var page: Reply?

    init(_ service: Service, at host: String? = nil, cookies: [String: String] = [:]) {
        (self.service, self.host, self.cookies) = (service, host, cookies)
    }

    @discardableResult
    func open(_ path: String) async throws -> Reply {
        try await ask(.get, path, body: nil)
    }

    /// Sends a form to `path` with the token of the page last opened.
    @discardableResult
    func send(
        _ path: String, _ entries: [(String, String)], csrf: String? = nil, origin: String? = nil
    ) async throws -> Reply {
        var all = entries
        if let token = csrf ?? self.csrf { all.append(("csrf", token)) }
        let body = all.map { "\($0.0)=\(Self.encoded($0.1))" }.joined(separator: "&")
        return try await ask(.post, path, body: Array(body.utf8), origin: origin)
    }

    /// Sends a form with one file to `path`, as browsers do; an empty name is a field that was left empty.
    @discardableResult
    func upload(
        _ path: String, _ field: String, _ name: String, _ bytes: [UInt8],
        _ entries: [(String, String)] = []
    ) async throws -> Reply {
        let mark = "----browser\(UInt64.random(in: 0...UInt64.max))"
        var all = entries
        if let csrf { all.append(("csrf", csrf)) }
        if !all.contains(where: { $0.0 == "key" }), let key { all.append(("key", key)) }
        var body: [UInt8] = []
        for (entry, value) in all {
            let head = "--\(mark)\r\nContent-Disposition: form-data; name=\"\(entry)\"\r\n\r\n"
            body += Array("\(head)\(value)\r\n".utf8)
        }
        let head = "form-data; name=\"\(field)\"; filename=\"\(name)\""
        body += Array("--\(mark)\r\nContent-Disposition: \(head)\r\n".utf8)
        body += Array("Content-Type: application/octet-stream\r\n\r\n".utf8) + bytes
        body += Array("\r\n--\(mark)--\r\n".utf8)
        return try await ask(
            .post, path, body: body, type: "multipart/form-data; boundary=\(mark)")
    }

    /// The key that the form of the page last opened carries.
    var key: String? {
        page?.text.firstMatch(of: /name="key" value="([^"]+)"/).map { String($0.1) }
    }

    var csrf: String? {
        page?.text.firstMatch(of: /name="csrf" value="([0-9a-f]+)"/).map { String($0.1) }
    }

    func logIn(_ name: String, _ password: String, next: String = "") async throws -> Reply {
        try await open("/log-in")
        return try await send(
            "/log-in", [("name", name), ("password", password), ("next", next)])
    }

    private func ask(
        _ method: WireRequest.Method, _ path: String, body: [UInt8]?, origin: String? = nil,
        type: String = "application/x-www-form-urlencoded"
    ) async throws -> Reply {
        var headers = ["Accept": "text/html"]
        headers["Origin"] = origin
        headers["Host"] = host
        if !cookies.isEmpty {
            headers["Cookie"] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        }
        if body != nil { headers["Content-Type"] = type }
        let response = try await service.courier.send(
            WireRequest(
                method, "http://127.0.0.1:\(service.port)\(path)", headers: headers,
                body: body ?? []))
        let reply = Reply(response)
        if let line = reply.headers["set-cookie"] {
            let pair = line.prefix { $0 != ";" }.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            cookies[String(pair[0])] = line.contains("Max-Age=0") ? nil : String(pair[1])
        }
        page = reply
        return reply
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 48...57, 65...90, 97...122: String(UnicodeScalar(byte))
            default: (byte < 16 ? "%0" : "%") + String(byte, radix: 16)
            }
        }.joined()
    }
}

extension Service {
    static let password = "correct-horse-battery"

    /// Someone who logs in with `Service.password`.
    func addPerson(_ name: String, _ draft: PersonDraft) async throws -> Person {
        try await office.addDemonstrator(draft, password: Self.password)
        return try #require(try await office.read { try $0.person(named: name) })
    }
}

extension Browser {
    /// Sends a form with files, each in the field `file`.
    @discardableResult
    func upload(
        _ path: String, _ entries: [(String, String)], files: [(name: String, bytes: [UInt8])]
    ) async throws -> Reply {
        let mark = "amends-test-boundary"
        var body: [UInt8] = []
        for (name, value) in entries + [("csrf", csrf ?? "")] {
            body += Array(
                "--\(mark)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
                    .utf8)
        }
        for file in files {
            body += Array(
                "--\(mark)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(file.name)\"\r\n\r\n"
                    .utf8)
            body += file.bytes + Array("\r\n".utf8)
        }
        body += Array("--\(mark)--\r\n".utf8)
        return try await ask(.post, path, body: body, type: "multipart/form-data; boundary=\(mark)")
    }
}
