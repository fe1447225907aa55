import Crypto

/// Refuses a bill that is not the one WeChat Pay announced.
///
/// - Parameter sha1: The `hash_value` that came with the download address: 40 hexadecimal digits.
public func checkDigest(of bill: [UInt8], sha1: String) throws(StatementError) {
    let found = Insecure.SHA1.hash(data: bill).map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
    guard sha1.lowercased() == found else { throw .digestMismatch(stated: sha1, expected: found) }
}
