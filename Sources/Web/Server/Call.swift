import Casework
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Store
import Workflow

/// A request in hand, with who asks.
struct Call: Sendable {
    static let jsonLimit_bytes = 256 * 1_024

    let request: Request
    let context: WebContext
    let desk: Desk
    let route: Route
    let visitor: Visitor

    /// Who acts; the tourist where nobody is named.
    var actor: Actor { visitor.actor }
    /// Whether the actor has a name of their own.
    var hasToken: Bool { visitor.isNamed }
    var office: Office { desk.office }
    var zone: Zone { office.books.zone }
    var sight: Sight { Sight(actor) }

    // MARK: The address

    /// The case in the path.
    ///
    /// - Throws: 404 when the number is not one: its check digit tells a slip of the pen.
    func caseID() throws(Problem) -> ID<Case> {
        let text = part("case")
        guard let id = CaseNumber.read(text) else {
            var problem = Problem.noSuch(Phrase("案件", "case"), text)
            problem.errors = [
                FieldProblem(
                    field: "{case}",
                    text: Phrase(
                        "不是案件编号（形如SY-24-0001234-7，末位为校验码）",
                        "is no case number (SY-24-0001234-7; the last digit is a check digit)"))
            ]
            throw problem
        }
        return id
    }

    /// The work order in the path.
    ///
    /// - Throws: 404 when the number is not one.
    func orderID() throws(Problem) -> ID<WorkOrder> {
        let text = part("order")
        guard let id = OrderNumber.read(text) else {
            var problem = Problem.noSuch(Phrase("工单", "work order"), text)
            problem.errors = [
                FieldProblem(
                    field: "{order}",
                    text: Phrase(
                        "不是工单编号（形如WHG-24-0001234-7，末位为校验码）",
                        "is no work order's number (WHG-24-0001234-7; the last digit is a check"
                            + " digit)"))
            ]
            throw problem
        }
        return id
    }

    /// A part of the path, decoded.
    func part(_ name: String) -> String {
        percentDecoded(context.parameters.get(name) ?? "")
    }

    /// Refuses parameters that the route does not know: a misspelt filter would show too much.
    func checkQuery() throws(Problem) {
        let known = route.query.map(\.name)
        for (name, _) in request.uri.queryParameters where !known.contains(String(name)) {
            let list = known.isEmpty ? "–" : known.joined(separator: ", ")
            throw .malformedQuery(
                String(name), "不是这里的参数；可用：\(list)", "is not known here; there are: \(list)")
        }
    }

    func query(_ name: String) -> String? {
        precondition(
            route.query.contains { $0.name == name }, "\(route.id) does not describe ?\(name)")
        return request.uri.queryParameters.get(name)
    }

    func queryChoice<C: RawRepresentable & CaseIterable>(
        _ name: String, _: C.Type
    ) throws(Problem) -> C? where C.RawValue == String {
        guard let text = query(name) else { return nil }
        if let choice = C(rawValue: text) { return choice }
        let known = C.allCases.map(\.rawValue).joined(separator: ", ")
        throw .malformedQuery(name, "应为以下之一：\(known)", "must be one of: \(known)")
    }

    func queryNumber(_ name: String, in range: ClosedRange<Int64>) throws(Problem) -> Int64? {
        guard let text = query(name) else { return nil }
        guard let number = Int64(text), range.contains(number) else {
            throw .malformedQuery(
                name, "应为\(range.lowerBound)至\(range.upperBound)的整数",
                "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    // MARK: Headers

    /// What the caller saw, from If-Match; nil when it does not matter.
    func expectedVersion() throws(Problem) -> Int? {
        guard let text = request.headers[.ifMatch], text != "*" else { return nil }
        guard text.count >= 3, text.first == "\"", text.last == "\"",
            let version = Int(text.dropFirst().dropLast())
        else {
            throw .malformedHeader(
                "If-Match", "应为带引号的版本号，如\"7\"，取自ETag",
                "must be a quoted version such as \"7\", as ETag gave it")
        }
        return version
    }

    func idempotencyKey() throws(Problem) -> String {
        guard let key = request.headers[.idempotencyKey] else { throw .keyMissing }
        guard (1...128).contains(key.utf8.count), key.utf8.allSatisfy({ (33...126).contains($0) })
        else {
            throw .malformedHeader(
                "Idempotency-Key", "应为1至128个可见ASCII字符", "must be 1 to 128 visible ASCII characters")
        }
        return key
    }

    // MARK: The body

    /// The bytes of the body. A body that says it is too large is refused before it is read.
    func bytes(upTo limit: Int) async throws -> [UInt8] {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw Problem.tooLarge(limit)
        }
        do {
            let buffer = try await request.body.collect(upTo: limit)
            return Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge(limit)
        }
    }

    /// A JSON body that is a form, with its bytes for the idempotency check.
    func form<F: Form>(_ form: F.Type) async throws -> (form: F, bytes: [UInt8]) {
        let (value, bytes) = try await json()
        return (try Fields.read(form, from: value), bytes)
    }

    /// A JSON body, with its bytes; an empty object where there is none.
    func json() async throws -> (value: JSONValue, bytes: [UInt8]) {
        if let type = request.headers[.contentType],
            type.prefix(while: { $0 != ";" }).filter({ $0 != " " }).lowercased()
                != "application/json"
        {
            throw Problem.notJSON
        }
        let bytes = try await bytes(upTo: Self.jsonLimit_bytes)
        let value: JSONValue
        do throws(MalformedJSON) {
            // A command without anything to say may come without a body.
            value = bytes.isEmpty ? .object([JSONValue.Member]()) : try JSONReader.read(bytes)
        } catch {
            throw Problem.malformedJSON(error)
        }
        return (value, bytes)
    }
}

extension HTTPField.Name {
    static let idempotencyKey = token("Idempotency-Key")
    static let trackingCode = token("Tracking-Code")
    static let requestID = token("X-Request-Id")
    static let idempotencyReplayed = token("Idempotency-Replayed")
    static let contentSecurityPolicy = token("Content-Security-Policy")
    static let contentTypeOptions = token("X-Content-Type-Options")
    static let referrerPolicy = token("Referrer-Policy")

    static let fetchSite = token("Sec-Fetch-Site")

    private static func token(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else {
            preconditionFailure("no header name: \(name)")
        }
        return name
    }
}

/// `text` with its %XX decoded; what is not one stands as it is.
private func percentDecoded(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var decoded: [UInt8] = []
    var at = 0
    while at < bytes.count {
        if bytes[at] == UInt8(ascii: "%"), at + 2 < bytes.count,
            let byte = UInt8(String(decoding: bytes[at + 1...at + 2], as: UTF8.self), radix: 16)
        {
            decoded.append(byte)
            at += 3
        } else {
            decoded.append(bytes[at])
            at += 1
        }
    }
    return String(decoding: decoded, as: UTF8.self)
}
