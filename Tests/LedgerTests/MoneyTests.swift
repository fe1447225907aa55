import Ledger
import Randomness
import Testing

struct MoneyTests {
    @Test(arguments: [
        ("0", 0), ("1200", 120_000), ("1,200.00", 120_000), ("-0.5", -50), ("0.05", 5),
        ("1,077,473.21", 107_747_321), ("-1,200.05", -120_005), ("000012.30", 1_230),
        ("92233720368547758.07", Int64.max), ("-92233720368547758.08", Int64.min), ("-0", 0),
    ])
    func `yuan are read to the fen`(text: String, fen: Int64) {
        #expect(Money(yuan: text) == Money(fen: fen))
    }

    @Test(arguments: [
        "", "-", ".", "1.", ".5", "1.005", "1e3", "+5", " 5", "5 ", "１２", "12,34", "1,2345", ",123",
        "1,,000", "--1", "1.2.3", "0x10", "NaN", "92233720368547758.08", "-92233720368547758.09",
        "999999999999999999999", "5\u{301}", "1\u{0}", "¥5", "1.0,0", "1234,567",
    ])
    func `what is not an amount of yuan is refused, never guessed`(text: String) {
        #expect(Money(yuan: text) == nil)
    }

    @Test func `an amount survives printing and reading`() {
        var random = SeededRandom(seed: 1)
        var amounts = [0, 1, -1, 99, -99, 100, -100, .max, .min].map { (fen: Int64) in fen }
        for shift in 0..<64 { amounts.append(Int64(bitPattern: random.next() >> UInt64(shift))) }
        for _ in 0..<2_000 { amounts.append(Int64(bitPattern: random.next())) }
        for fen in amounts {
            #expect(Money(yuan: Money(fen: fen).description) == Money(fen: fen))
        }
    }

    @Test func `arithmetic answers nil where it would leave the range`() {
        #expect(Money(fen: .max).adding(Money(fen: 1)) == nil)
        #expect(Money(fen: .min).subtracting(Money(fen: 1)) == nil)
        #expect(Money(fen: 0).subtracting(Money(fen: .min)) == nil)
        #expect(Money(fen: 5).adding(Money(fen: -7)) == Money(fen: -2))
        #expect(Money(fen: 5).subtracting(Money(fen: 7)) == Money(fen: -2))
    }
}
