/// The bytes that are hashed: a list of fields that reads one way only.
///
/// A field is its length in bytes (decimal), a colon, the bytes and a line feed: `5:bank1\n`. A field
/// that is absent is `-\n`, which differs from an empty one, `0:\n`. Texts are UTF-8 as entered; they
/// are not normalised.
///
/// A verification writes some five hundred bytes for each voucher, so numbers, days, accounts and hashes
/// are written as they stand, without a text made first.
struct CanonicalBytes {
    private(set) var bytes: [UInt8] = []

    init(reserving count: Int) { bytes.reserveCapacity(count) }

    mutating func append(_ text: String?) {
        guard let text else { return bytes.append(contentsOf: [45, 10]) }
        begin(text.utf8.count)
        add(text)
        bytes.append(10)
    }

    mutating func append(_ number: Int64) {
        let isNegative = number < 0
        begin(Self.digits(number.magnitude) + (isNegative ? 1 : 0))
        if isNegative { bytes.append(45) }
        add(number.magnitude)
        bytes.append(10)
    }

    mutating func append(_ number: Int) { append(Int64(number)) }

    /// `1122:M00012`
    mutating func append(_ account: Account) {
        begin(account.code.utf8.count + (account.sub.map { $0.utf8.count + 1 } ?? 0))
        add(account.code)
        if let sub = account.sub {
            bytes.append(58)
            add(sub)
        }
        bytes.append(10)
    }

    /// `2025-03-08`
    mutating func append(_ day: Day) {
        let (year, month, date) = day.components
        begin(10)
        for part in [year / 100, year % 100, -1, month, -1, date] {
            if part < 0 {
                bytes.append(45)
            } else {
                bytes.append(48 + UInt8(part / 10))
                bytes.append(48 + UInt8(part % 10))
            }
        }
        bytes.append(10)
    }

    /// 64 lower-case hexadecimal digits.
    mutating func append(_ hash: Hash) {
        begin(64)
        hash.withHexDigits { bytes.append(contentsOf: $0) }
        bytes.append(10)
    }

    private mutating func begin(_ length: Int) {
        add(UInt64(length))
        bytes.append(58)
    }

    private mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    private mutating func add(_ number: UInt64) {
        if number < 10 { return bytes.append(48 + UInt8(number)) }
        let end = bytes.count + Self.digits(number)
        for _ in bytes.count..<end { bytes.append(48) }
        var rest = number
        var place = end - 1
        while rest > 0 {
            bytes[place] = 48 + UInt8(rest % 10)
            rest /= 10
            place -= 1
        }
    }

    private static func digits(_ number: UInt64) -> Int {
        var (count, rest) = (1, number / 10)
        while rest > 0 { (count, rest) = (count + 1, rest / 10) }
        return count
    }
}
