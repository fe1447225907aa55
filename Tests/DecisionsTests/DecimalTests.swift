import Foundation
import Testing

@testable import Decisions

@Suite struct DecimalTests {
    /// Made by scripts/golden-decimals with Python's decimal.
    @Test func `arithmetic answers as Python's decimal does to the last digit`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Golden/decimals.txt")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.count > 5500)
        for line in lines {
            let fields = line.split(separator: " ").map(String.init)
            let a = try #require(Decimal128(fields[1]))
            let b = try #require(Decimal128(fields[2]))
            let result = compute(fields[0], a, b)
            if ["exp", "log", "power"].contains(fields[0]) {
                // These have no exponent of their own: 4 ** 0.5 is 2, not 2.000.
                #expect(result == Decimal128(fields[3]), "\(line)")
                continue
            }
            let text = result.map { "\($0.coefficient)E\($0.exponent)" } ?? "none"
            #expect(text == fields[3], "\(line): \(text)")
        }
    }

    private func compute(_ operation: String, _ a: Decimal128, _ b: Decimal128) -> Decimal128? {
        switch operation {
        case "add": a.adding(b)
        case "subtract": a.subtracting(b)
        case "multiply": a.multiplied(by: b)
        case "divide": a.divided(by: b)
        case "root": a.squareRoot()
        case "exp": a.exponential()
        case "log": a.naturalLogarithm()
        case "power": a.raised(to: b)
        default:
            Rounding.allCases.first { "\($0)" == operation }.flatMap { rounding in
                b.wholeNumber.flatMap { a.rounded(toPlaces: $0, rounding) }
            }
        }
    }

    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("1.10", "1.10"), (".5", "0.5"), ("-12.050", "-12.050"),
        ("1E+3", "1000"), ("1e-2", "0.01"), ("1E6144", "1E+6144"),
        ("12345678901234567890123456789012345", "12345678901234567890123456789012340"),
    ])
    func `a number is printed as it was written`(_ text: String, _ printed: String) throws {
        #expect(try #require(Decimal128(text)).description == printed)
    }

    @Test(arguments: ["", "-", ".", "1.", "12abc", "1e", "NaN", "Infinity", "1E6145", "１２", "1 2"])
    func `what is no number is refused`(_ text: String) {
        #expect(Decimal128(text) == nil)
    }

    @Test func `the same value is equal and hashes alike however many zeros it has`() {
        let texts = ["1.10", "1.1", "1.1000", "11E-1"]
        let numbers = texts.compactMap { Decimal128($0) }
        #expect(numbers.count == 4)
        #expect(Set(numbers).count == 1)
        #expect(Decimal128("1E6000") != Decimal128("1E-6000"))
        #expect(Decimal128(integer: 12050, scale: 2) == Decimal128("120.5"))
    }

    @Test(
        arguments: [
            ("120.50", 2, 12050), ("1.005", 2, nil), ("-3", 2, -300), ("0.000", 0, 0),
            ("92233720368547758.07", 2, Int64.max), ("92233720368547758.08", 2, nil),
            ("1E6144", 2, nil), ("1E-6176", 2, nil), ("1.10000", 1, 11),
        ] as [(String, Int, Int64?)])
    func `money leaves as whole fen or not at all`(
        _ text: String, _ places: Int, _ fen: Int64?
    ) throws {
        #expect(try #require(Decimal128(text)).exactly(timesTenToThe: places) == fen)
    }

    @Test func `powers, logarithms and exponentials have the domain they should`() {
        #expect(Decimal128(-1).naturalLogarithm() == nil)
        #expect(Decimal128.zero.naturalLogarithm() == nil)
        #expect(Decimal128(20000).exponential() == nil)
        #expect(Decimal128(-20000).exponential() == .zero)
        #expect(Decimal128.zero.raised(to: Decimal128(-1)) == nil)
        #expect(Decimal128.zero.raised(to: .zero) == .one)
        #expect(Decimal128(-8).raised(to: Decimal128("0.5")!) == nil)
        #expect(Decimal128("1.10")!.raised(to: Decimal128(2))?.description == "1.2100")
        #expect(Decimal128(4).raised(to: Decimal128("0.5")!)?.description == "2")
    }
}
