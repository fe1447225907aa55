import Foundation
import Ledger
import Testing

struct AccountTests {
    @Test(arguments: ["1002", "1122:M00012", "2241:SY-25-0001234-K", "2249:a:b", "2249: "])
    func `an account survives printing and reading`(text: String) throws {
        let account = try #require(Account(text: text))
        #expect(account.description == text)
        let coded = try JSONEncoder().encode([account])
        #expect(try JSONDecoder().decode([Account].self, from: coded) == [account])
    }

    @Test(arguments: [
        "", "100", "10022", "1O02", "1002:", ":M1", "１００２", "1002 ",
        "1122:" + String(repeating: "x", count: 65),
    ])
    func `what is not an account is refused`(text: String) {
        #expect(Account(text: text) == nil)
    }

    @Test func `the advance fund has the handbook's eleven accounts and its guard`() {
        let chart = Chart.advanceFund
        #expect(chart.entries.count == 11)
        #expect(chart.guards.map(\.name) == ["spendable"])
        #expect(Set(chart.guards[0].codes) == ["1002", "1012", "2241", "2249", "3102"])
        #expect(!chart.accepts(Account("1122")))
        #expect(chart.accepts(Account("1122", sub: "M1")))
        #expect(!chart.accepts(Account("2249", sub: "a\nb")))
        #expect(!chart.accepts(Account("2249", sub: "")))
    }

    @Test func `a hash survives printing and reading, and nothing else is one`() {
        let abc = Hash(of: Array("abc".utf8))
        #expect(abc.hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(Hash(hex: abc.hex) == abc)
        #expect(Hash(hex: abc.hex.uppercased()) == abc)
        #expect(Hash(bytes: abc.bytes) == abc)
        #expect(Hash(bytes: [1, 2]) == nil)
        #expect(Hash(hex: abc.hex.dropLast()) == nil)
        #expect(Hash(hex: abc.hex.dropLast() + "g") == nil)
        #expect(Hash.zero.hex == String(repeating: "0", count: 64))
    }

    @Test func `a voucher survives JSON, and its content hash tells every field apart`() throws {
        let plain = draft("v", Posting.reserve(yuan("5"), as: ID("R")))
        let coded = try JSONEncoder().encode(plain)
        #expect(try JSONDecoder().decode(Draft.self, from: coded) == plain)
        func with(
            id: String = "v", date: String = "2025-01-01", reason: String = "摘要",
            source: String = "test",
            maker: String = "clerk", checker: String? = nil, reverses: String? = nil,
            fund: String = fund, currency: String = "CNY", lines: [Line]? = nil
        ) -> Hash {
            Draft(
                id: ID(id), fund: fund, currency: currency, businessDate: Day(date)!,
                reason: reason,
                source: source, maker: maker, checker: checker, reverses: reverses.map { ID($0) },
                lines: lines ?? plain.lines
            ).contentHash
        }
        #expect(with() == plain.contentHash)
        let altered = [
            with(id: "w"), with(date: "2025-01-02"), with(reason: "摘"), with(source: "test:"),
            with(maker: "clerks"), with(checker: ""), with(checker: "boss"), with(reverses: "u"),
            with(reverses: ""), with(fund: "s"), with(currency: "USD"), with(lines: []),
            with(lines: Posting.reserve(yuan("6"), as: ID("R"))),
            with(lines: Posting.reserve(yuan("5"), as: ID("S"))),
            with(lines: plain.lines.reversed()),
            with(lines: Posting.returned(yuan("5"), of: ID("R"))),
        ]
        #expect(Set(altered + [plain.contentHash]).count == altered.count + 1)
    }
}
