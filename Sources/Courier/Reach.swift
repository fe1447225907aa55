/// Which addresses a courier connects to.
package enum Reach: Sendable {
    case anywhere
    /// Only what the whole internet may reach: for addresses that came from outside the operator's hand, so
    /// that nobody makes the service ask its own neighbours. Held against the address that is connected
    /// to, whatever a name answered to whoever looked it up before.
    case publicOnly
}

/// Whether an address belongs to the public internet (IANA's special-purpose registries, RFC 6890).
///
/// - Parameter bytes: Four of IPv4 or sixteen of IPv6, in network order.
package func isPublicAddress(_ bytes: [UInt8]) -> Bool {
    if bytes.count == 4 { return !isSpecial4(bytes) }
    guard bytes.count == 16 else { return false }
    // IPv4 within IPv6, however it is carried: mapped, translated (RFC 6052), 6to4.
    if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 255, bytes[11] == 255 {
        return !isSpecial4(Array(bytes[12...]))
    }
    if bytes[..<4] == [0, 0x64, 0xFF, 0x9B] {
        return bytes[4..<12].allSatisfy { $0 == 0 } && !isSpecial4(Array(bytes[12...]))
    }
    if bytes[0] == 0x20, bytes[1] == 0x02 { return !isSpecial4(Array(bytes[2..<6])) }
    // Global unicast is 2000::/3; of it 2001::/23 and 2001:db8::/32 are special.
    guard bytes[0] & 0xE0 == 0x20 else { return false }
    if bytes[0] == 0x20, bytes[1] == 0x01, bytes[2] < 2 { return false }
    return !(bytes[..<4] == [0x20, 0x01, 0x0D, 0xB8])
}

private func isSpecial4(_ a: [UInt8]) -> Bool {
    switch (a[0], a[1], a[2]) {
    case (0, _, _), (10, _, _), (127, _, _): true
    case (100, 64...127, _): true
    case (169, 254, _): true
    case (172, 16...31, _): true
    case (192, 0, 0), (192, 0, 2), (192, 88, 99), (192, 168, _): true
    case (198, 18...19, _), (198, 51, 100), (203, 0, 113): true
    case (224..., _, _): true
    default: false
    }
}
