import Glibc
import HTTPTypes
import Hummingbird

/// The proxies that stand before the service: what they say of where a request comes from is believed, and
/// nobody else's word is.
package struct TrustedProxies: Sendable {
    private let networks: [Network]

    private struct Network: Sendable {
        let bytes: [UInt8]
        let length_bits: Int
    }

    package init() { networks = [] }

    /// - Parameter texts: `10.0.0.7`, `10.0.0.0/8`, `fd00::/8`.
    /// - Throws: The text that is neither an address nor a network.
    package init(_ texts: [String]) throws(MalformedNetwork) {
        var networks: [Network] = []
        for text in texts {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count <= 2, let bytes = NetworkAddress.bytes(of: String(parts[0])) else {
                throw MalformedNetwork(text: text)
            }
            let whole = parts[0].contains(":") ? 128 : 32
            guard let length = parts.count == 2 ? Int(parts[1]) : whole,
                (0...whole).contains(length)
            else { throw MalformedNetwork(text: text) }
            networks.append(Network(bytes: bytes, length_bits: length + 128 - whole))
        }
        self.networks = networks
    }

    /// Where the request comes from: the nearest address that is not one of the proxies.
    ///
    /// Read from the end, as each proxy adds whom it heard from; what stands before the first stranger was
    /// written by the stranger. Where `Forwarded` and `X-Forwarded-For` differ, one of them came through
    /// unread, and neither is believed.
    ///
    /// - Parameter peer: The address at the other end of the connection.
    func client(of headers: HTTPFields, peer: String) -> String {
        guard !networks.isEmpty, isTrusted(peer) else { return peer }
        let listed = headers[values: .forwardedFor].flatMap { $0.split(separator: ",") }
            .map { NetworkAddress.plain(String($0)) }
        let named = headers[values: .forwarded].flatMap { $0.split(separator: ",") }
            .map { NetworkAddress.plain(Self.forParameter(String($0))) }
        if listed.isEmpty { return nearest(named, peer) }
        if named.isEmpty { return nearest(listed, peer) }
        let client = nearest(listed, peer)
        return client == nearest(named, peer) ? client : peer
    }

    private func nearest(_ hops: [String?], _ peer: String) -> String {
        var known = peer
        for hop in hops.reversed() {
            guard let hop else { return known }
            known = hop
            if !isTrusted(hop) { return hop }
        }
        return known
    }

    private func isTrusted(_ address: String) -> Bool {
        guard let bytes = NetworkAddress.bytes(of: address) else { return false }
        return networks.contains { network in
            (0..<network.length_bits).allSatisfy { bit in
                let mask = UInt8(0x80) >> (bit % 8)
                return bytes[bit / 8] & mask == network.bytes[bit / 8] & mask
            }
        }
    }

    /// `for="[2001:db8::1]:4711";proto=https` → `[2001:db8::1]:4711`.
    private static func forParameter(_ element: String) -> String {
        for pair in element.split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].filter({ $0 != " " }).lowercased() == "for" else {
                continue
            }
            return parts[1].filter { $0 != "\"" && $0 != " " }
        }
        return ""
    }
}

package struct MalformedNetwork: Error, Hashable, Sendable {
    package let text: String
}

/// Addresses of the internet as text and as sixteen bytes.
enum NetworkAddress {
    /// IPv4 as IPv6 maps it; nil where it is none.
    static func bytes(of text: String) -> [UInt8]? {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            let bytes = withUnsafeBytes(of: four) { Array($0) }
            return Array(repeating: 0, count: 10) + [0xFF, 0xFF] + bytes
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        return withUnsafeBytes(of: six) { Array($0) }
    }

    /// An address as proxies write it, without blanks, brackets and port; nil where it names none.
    static func plain(_ text: String) -> String? {
        let text = text.filter { $0 != " " && $0 != "\t" }
        var address = text
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            address = String(text[text.index(after: text.startIndex)..<end])
        } else if text.filter({ $0 == ":" }).count == 1 {
            address = String(text.prefix { $0 != ":" })
        }
        guard let bytes = bytes(of: address) else { return nil }
        return isMapped(bytes) ? bytes.suffix(4).map(String.init).joined(separator: ".") : address
    }

    /// What limits count by: the address; of IPv6 the network of 64 bits, as one household has it whole.
    static func household(_ text: String) -> String {
        guard let bytes = bytes(of: text), !isMapped(bytes) else { return text }
        return bytes.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            + "::/64"
    }

    private static func isMapped(_ bytes: [UInt8]) -> Bool {
        bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
    }
}

extension HTTPField.Name {
    fileprivate static let forwardedFor = proxied("X-Forwarded-For")
    fileprivate static let forwarded = proxied("Forwarded")

    private static func proxied(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else {
            preconditionFailure("no header name: \(name)")
        }
        return name
    }
}
