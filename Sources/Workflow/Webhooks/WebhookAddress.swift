import Courier

/// Which addresses the operator allows events to be sent to.
package enum WebhookReach: String, Hashable, Sendable, CaseIterable {
    /// Those of the public internet, by https.
    case publicOnly = "public"
    /// Those of private networks as well, and by http to this machine itself.
    case anywhere = "private"
}

/// Where events may be sent.
package enum WebhookAddress {
    package static let limit_characters = 500

    /// What is wrong with an address, before anything is sent there; nil when nothing is.
    ///
    /// https alone; http only to this machine itself, and that, like every address that is not of the public
    /// internet, only where the operator allows it. What a name stands for is held to the same rule when
    /// it is connected to (`Courier.Reach`).
    package static func fault(in url: String, reach: WebhookReach) -> WorkflowError.Problem? {
        func fault(_ chinese: String, _ english: String) -> WorkflowError.Problem {
            .init(field: "url", chinese: chinese, english: english)
        }
        guard url.count <= limit_characters, url.utf8.allSatisfy({ $0 > 32 && $0 < 127 }),
            let mark = url.firstRange(of: "://")
        else {
            return fault(
                "应为https网址，最多\(limit_characters)个字符，中文须转写",
                "must be an https address of at most \(limit_characters) ASCII characters")
        }
        let scheme = url[..<mark.lowerBound].lowercased()
        let rest = url[mark.upperBound...]
        let authority = rest.prefix { !"/?#".contains($0) }
        let host = host(of: authority)
        guard !host.isEmpty, !authority.contains("@"), !url.contains("#") else {
            return fault(
                "网址须有主机名，不含用户名、密码和#", "must name a host, without user, password and #")
        }
        let isHere = host == "localhost" || loopback(host)
        guard scheme == "https" || scheme == "http" && isHere else {
            return fault("应以https://开头", "must begin with https://")
        }
        guard reach == .publicOnly else { return nil }
        let isNamed = numbers(host) == nil && !host.contains(":")
        let isOwn =
            isHere || host.hasSuffix(".localhost") || host.hasSuffix(".local")
            || host.hasSuffix(".internal") || isNamed && !host.contains(".")
            || numbers(host).map { !isPublicAddress($0) } == true
        guard !isOwn else {
            return fault(
                "是内网或本机地址，运维人员未允许",
                "is an address of a private network, which the operator does not allow")
        }
        return nil
    }

    private static func host(of authority: Substring) -> String {
        if authority.hasPrefix("[") {
            return authority.dropFirst().prefix { $0 != "]" }.lowercased()
        }
        return authority.prefix { $0 != ":" }.lowercased()
    }

    private static func loopback(_ host: String) -> Bool {
        host == "::1" || numbers(host)?.first == 127
    }

    /// The four numbers of an IPv4 address. Other ways to write one are for the connection to refuse.
    private static func numbers(_ host: String) -> [UInt8]? {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        let bytes = parts.compactMap { UInt8($0) }
        return bytes.count == 4 ? bytes : nil
    }
}
