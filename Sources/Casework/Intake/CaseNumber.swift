package import Ledger

/// The number a tourist notes down and a bank carries in its remittance text: `SY-24-0001234-7`.
///
/// Jurisdiction prefix, two digits of the year, a running number of seven digits, and a check digit by
/// Damm's quasigroup over the nine digits, which finds every single wrong digit and every swap of
/// neighbours: the two mistakes people make on the telephone.
package enum CaseNumber {
    /// - Parameters:
    ///   - prefix: Two to six capital letters of the jurisdiction.
    ///   - sequence: 1…9,999,999 within the year.
    package static func make(prefix: String, year: Int, sequence: Int) -> ID<Case> {
        precondition(
            (1...9_999_999).contains(sequence), "a year has at most 9,999,999 cases: \(sequence)")
        let digits = pad(year % 100, 2) + pad(sequence, 7)
        return ID("\(prefix)-\(digits.prefix(2))-\(digits.dropFirst(2))-\(check(digits))")
    }

    /// Nil when `text` is not a case number or its check digit is wrong. Lower case, spaces for dashes
    /// and no dashes at all are forgiven: `sy24 0001234 7`.
    package static func read(_ text: some StringProtocol) -> ID<Case>? {
        let plain = text.uppercased().filter { !" -–—\t".contains($0) }
        let prefix = plain.prefix { $0.isASCII && $0.isLetter }
        let digits = plain.dropFirst(prefix.count)
        guard (2...6).contains(prefix.count), digits.count == 10,
            digits.utf8.allSatisfy({ (48...57).contains($0) }),
            check(String(digits.dropLast())) == Int(String(digits.suffix(1)))
        else { return nil }
        let sequence = digits.dropFirst(2).dropLast()
        return ID("\(prefix)-\(digits.prefix(2))-\(sequence)-\(digits.suffix(1))")
    }

    private static func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func check(_ digits: String) -> Int {
        digits.utf8.reduce(0) { quasigroup[$0][Int($1) - 48] }
    }

    /// H. Michael Damm, "Total anti-symmetrische Quasigruppen" (2004), the order-10 example.
    private static let quasigroup: [[Int]] = [
        [0, 3, 1, 7, 5, 9, 8, 6, 4, 2], [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
        [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
        [1, 7, 5, 0, 9, 8, 3, 4, 2, 6], [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
        [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
        [5, 8, 6, 9, 7, 2, 0, 1, 3, 4], [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
        [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
        [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
    ]
}
