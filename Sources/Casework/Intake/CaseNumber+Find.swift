package import Ledger

extension CaseNumber {
    /// Every case number of `prefix` in free text, such as a bank's remittance line, in order.
    ///
    /// What banks do to a number is undone: hyphens dropped or written as other dashes, blanks and line
    /// breaks put in, full-width letters and digits, lower case, Chinese or punctuation at both ends.
    /// What was cut off is not guessed: ten digits must stand there, no more, and no letter before the
    /// prefix; a hyphen behind the year asks for a gap before the check digit too; and the check digit
    /// must be right.
    package static func find(in text: String, prefix: String) -> [ID<Case>] {
        let prefix = Array(prefix.utf8)
        let plain = text.unicodeScalars.map(plain)
        var found: [ID<Case>] = []
        for start in plain.indices where plain[start] == prefix.first {
            if start > 0, (65...90).contains(plain[start - 1]) { continue }
            guard let digits = digits(in: plain[start...], after: prefix),
                let number = read(String(decoding: prefix + digits, as: UTF8.self)),
                !found.contains(number)
            else { continue }
            found.append(number)
        }
        return found
    }

    /// The ten digits behind the letters of `prefix`; nil when something else stands there.
    private static func digits(in text: ArraySlice<UInt8>, after prefix: [UInt8]) -> [UInt8]? {
        var letters = 0
        var digits: [UInt8] = []
        // How many digits stand before each gap.
        var (hyphens, blanks): (Set<Int>, Set<Int>) = ([], [])
        for (index, byte) in zip(text.indices, text) {
            switch byte {
            case blank: blanks.insert(digits.count)
            case hyphen: hyphens.insert(digits.count)
            case 48...57 where letters == prefix.count:
                digits.append(byte)
                guard digits.count == 10 else { continue }
                let isNumber =
                    hyphens.isSubset(of: [0, 2, 9])
                    && (!hyphens.contains(2) || hyphens.contains(9) || blanks.contains(9))
                    && !goesOn(text[(index + 1)...])
                return isNumber ? digits : nil
            case _ where letters < prefix.count:
                guard byte == prefix[letters] else { return nil }
                letters += 1
            default: return nil
            }
        }
        return nil
    }

    /// Whether the digits run on, or are the whole yuan of an amount: `2400012 345.50`.
    private static func goesOn(_ rest: ArraySlice<UInt8>) -> Bool {
        let isDigit: (UInt8?) -> Bool = { byte in byte.map { (48...57).contains($0) } ?? false }
        if isDigit(rest.first) { return true }
        // A comma may as well end a clause: 案号SY24…7,300元.
        return rest.first == UInt8(ascii: ".") && isDigit(rest.dropFirst().first)
    }

    private static let blank = UInt8(ascii: " ")
    private static let hyphen = UInt8(ascii: "-")

    /// The scalar as a capital letter, digit, hyphen, blank or other ASCII; 0 for all else.
    private static func plain(_ scalar: Unicode.Scalar) -> UInt8 {
        switch scalar.value {
        case 0x61...0x7A: UInt8(scalar.value - 32)
        case 0x09...0x0D, 0xA0, 0x2000...0x200B, 0x3000, 0xFEFF: blank
        case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63: hyphen
        case 0x20..<0x7F: UInt8(scalar.value)
        // Full-width letters, digits and signs stand in the order of ASCII.
        case 0xFF41...0xFF5A: UInt8(scalar.value - 0xFF41 + 65)
        case 0xFF01...0xFF5E: UInt8(scalar.value - 0xFF01 + 0x21)
        default: 0
        }
    }
}
