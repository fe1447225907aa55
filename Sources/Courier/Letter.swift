/// A piece of mail to hand over to a server by SMTP (RFC 5321).
package struct Letter: Sendable {
    /// `smtp://host:port` or `smtps://host:port`.
    package var server: String
    /// Both or neither.
    package var user: String?
    package var password: String?
    /// The envelope's addresses, bare: `office@example.org`.
    package var from: String
    package var to: String
    /// Head and body as they go over the wire (RFC 5322), lines ended by CR LF. Leading dots are the
    /// courier's own matter.
    package var message: [UInt8]

    package init(
        server: String, user: String? = nil, password: String? = nil, from: String, to: String,
        message: [UInt8]
    ) {
        self.server = server
        self.user = user
        self.password = password
        self.from = from
        self.to = to
        self.message = message
    }

    /// What is wrong with it before anything is tried; nil when nothing is.
    var fault: String? {
        let scheme = server.prefix { $0 != ":" }.lowercased()
        guard scheme == "smtp" || scheme == "smtps" else { return "only smtp and smtps are spoken" }
        guard server.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
            return "the server's address is not encoded"
        }
        for address in [from, to] where !Self.isAddress(address) {
            return "an address of the envelope is none"
        }
        return nil
    }

    /// Enough to keep a second command out of the envelope; what exists, the server knows.
    package static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty
            && text.utf8.count <= 254
            && text.utf8.allSatisfy { $0 > 32 && $0 < 127 && !"<>()[],;:\\\"".utf8.contains($0) }
    }

    /// To this machine itself no encryption is asked for.
    var isToLoopback: Bool {
        guard let mark = server.firstRange(of: "://") else { return false }
        let rest = server[mark.upperBound...].lowercased()
        let host =
            rest.hasPrefix("[")
            ? String(rest.dropFirst().prefix { $0 != "]" })
            : String(rest.prefix { $0 != ":" && $0 != "/" })
        return host == "localhost" || host == "::1"
            || host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." }
    }
}

/// What a transfer carries.
enum Freight: Sendable {
    case request(Request)
    case letter(Letter)

    var fault: String? {
        switch self {
        case .request(let request): request.fault
        case .letter(let letter): letter.fault
        }
    }
}
