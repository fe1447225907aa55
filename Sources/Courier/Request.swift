/// What to send, to whom.
package struct Request: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
    }

    package var method: Method
    /// Absolute, `http` or `https`; percent-encoded by the caller.
    package var url: String
    /// Sent as they stand. Neither names nor values may hold a line break.
    package var headers: [String: String]
    /// Sent only with `post` and `put`.
    package var body: [UInt8]

    package init(
        _ method: Method, _ url: String, headers: [String: String] = [:], body: [UInt8] = []
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }

    /// What is wrong with this request before anything is tried; nil when nothing is.
    var fault: String? {
        let scheme = url.prefix { $0 != ":" }.lowercased()
        guard scheme == "http" || scheme == "https" else { return "only http and https are spoken" }
        guard url.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else { return "the url is not encoded" }
        for (name, value) in headers {
            guard !name.isEmpty, name.utf8.allSatisfy(Self.isTokenByte) else {
                return "a header's name holds a character that is not allowed"
            }
            guard value.utf8.allSatisfy({ ($0 >= 32 && $0 != 127) || $0 == 9 }) else {
                return "the value of header \(name) holds a control character"
            }
        }
        return nil
    }

    /// RFC 9110 §5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

/// What came back, whole.
package struct Response: Sendable {
    /// The final status, 200…599; interim ones (1xx) are passed over.
    package let status: Int
    /// By name in lower case; a repeated header's values are joined by `, `.
    package let headers: [String: String]
    package let body: [UInt8]
}
