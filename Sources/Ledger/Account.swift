/// An account of the chart, or one sub-account of it: `1002`, `1122:M00012`.
public struct Account: Hashable, Sendable {
    /// Longest text of `sub`, in bytes of UTF-8.
    public static let subLimit = 64

    /// Four digits, as the chart lists it.
    public let code: String
    /// Whose share of the account this is: a merchant, a case, a bank account. Nil: not divided.
    public let sub: String?

    public init(_ code: String, sub: String? = nil) {
        self.code = code
        self.sub = sub
    }

    /// Reads `1002` or `1122:M00012`; nil when the code is not four digits or the rest is empty.
    public init?(text: some StringProtocol) {
        var text = String(text)
        guard let account = text.withUTF8({ Account(utf8: UnsafeRawBufferPointer($0)) }) else {
            return nil
        }
        self = account
    }

    /// The same, of the bytes of a text: a verification reads hundreds of thousands.
    public init?(utf8 bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 4, bytes[..<4].allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        let code = String(decoding: bytes[..<4], as: UTF8.self)
        if bytes.count == 4 {
            self.init(code)
            return
        }
        guard bytes[4] == UInt8(ascii: ":"), (1...Self.subLimit).contains(bytes.count - 5) else {
            return nil
        }
        self.init(code, sub: String(decoding: bytes[5...], as: UTF8.self))
    }
}

extension Account: Comparable {
    /// By code; the undivided account before its sub-accounts.
    public static func < (a: Account, b: Account) -> Bool {
        a.code == b.code ? (a.sub ?? "") < (b.sub ?? "") : a.code < b.code
    }

    /// By the sub-account where there is one: it tells accounts apart better than any code.
    public func hash(into hasher: inout Hasher) { hasher.combine(sub ?? code) }
}

extension Account: CustomStringConvertible {
    public var description: String { sub.map { code + ":" + $0 } ?? code }
}

extension Account: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let account = Account(text: text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "an account is written 1122 or 1122:M00012: \(text)")
        }
        self = account
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// The side of a voucher's line. Balances and totals are kept debit-positive.
public enum Side: String, Hashable, Sendable, Codable {
    case debit
    case credit

    public var opposite: Side { self == .debit ? .credit : .debit }

    /// `amount` in fen as it changes a debit-positive balance; wide, so that sums cannot overflow.
    func signed(_ amount: Money) -> Int128 {
        self == .debit ? Int128(amount.fen) : -Int128(amount.fen)
    }
}
