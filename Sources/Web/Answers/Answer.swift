import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// What a request is answered with.
struct Answer: Sendable {
    var status: Int
    var headers: [(name: HTTPField.Name, value: String)]
    var body: ByteBuffer
    /// Writes the body bit by bit, in place of `body`.
    var stream: (@Sendable (inout any ResponseBodyWriter) async throws -> Void)?

    init(_ status: Int, _ mediaType: String?, _ body: ByteBuffer) {
        self.status = status
        headers = mediaType.map { [(.contentType, $0)] } ?? []
        self.body = body
    }

    /// A view as JSON.
    init(_ view: some Encodable) {
        self.init(200, "application/json", ByteBuffer(bytes: Answer.bytes(of: view)))
    }

    init(_ problem: Problem, request: String) {
        self.init(
            problem.status, Problem.mediaType,
            ByteBuffer(string: problem.json(request: request).written))
        if let seconds = problem.retryAfter { headers.append((.retryAfter, String(seconds))) }
        if problem.status == 401 { headers.append((.wwwAuthenticate, "Bearer realm=\"amends\"")) }
        if !problem.allow.isEmpty {
            headers.append((.allow, problem.allow.joined(separator: ", ")))
        }
    }

    func with(_ name: HTTPField.Name, _ value: String) -> Answer {
        var answer = self
        answer.headers.append((name, value))
        return answer
    }

    var response: Response {
        var fields = HTTPFields()
        for (name, value) in headers { fields[name] = value }
        return Response(
            status: HTTPResponse.Status(code: status), headers: fields,
            body: stream.map { ResponseBody($0) } ?? ResponseBody(byteBuffer: body))
    }

    /// The JSON of a view: snake_case names in order, so that the same view is always the same text.
    static func text(of view: some Encodable) -> String {
        String(decoding: bytes(of: view), as: UTF8.self)
    }

    private static func bytes(of view: some Encodable) -> [UInt8] {
        do {
            return try SortedJSONEncoder.bytes(of: view, names: .snakeCase)
        } catch {
            preconditionFailure("a \(type(of: view)) has no JSON form: \(error)")
        }
    }
}

/// A moment in a view: RFC 3339 with the office's offset.
struct Timestamp: Hashable, Sendable, Codable {
    let text: String

    init(_ text: String) { self.text = text }
    init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
