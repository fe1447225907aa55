import Banking
import Ledger
import Testing

struct StatementTests {
    @Test func `a statement goes on where the last one ended`() throws {
        let first = sample()
        let next = sample(opening: first.closing.description)
        try next.check(continues: first)
        try first.check(continues: nil)
        #expect(
            throws: StatementError.gap(
                previousClosing: first.closing, opening: first.opening, previousDay: first.to)
        ) { try first.check(continues: first) }
        let other = Statement(
            account: "other", from: first.from, to: first.to, opening: first.closing,
            closing: first.closing, lines: [])
        #expect(throws: StatementError.otherAccount("other", expected: first.account)) {
            try other.check(continues: first)
        }
        let dollars = Statement(
            account: first.account, currency: "USD", from: first.from, to: first.to,
            opening: first.closing, closing: first.closing, lines: [])
        #expect(throws: StatementError.mixedCurrency(nil, "USD", expected: "CNY")) {
            try dollars.check(continues: first)
        }
    }

    @Test func `a line keeps its key, and two equal lines have two`() throws {
        let statement = sample()
        let again = try parseCorporateCSV(Array(writeCorporateCSV(statement).utf8))
        #expect(again.keys == statement.keys)
        #expect(sample(withBalances: false).keys == statement.keys)
        let line = statement.lines[0]
        let twice = Statement(
            account: "a", from: statement.from, to: statement.to, opening: .zero, closing: .zero,
            lines: [line, line] + statement.lines)
        #expect(Set(twice.keys).count == 6)
        #expect(twice.keys.allSatisfy { $0.utf8.count == 64 })
    }

    @Test func `every part of a line but its balance counts in its key`() {
        func key(
            _ date: String = "2025-03-01", _ amount: String = "5", name: String? = "n",
            account: String? = "a", text: String = "t", reference: String? = "r",
            end: String? = "e",
            balance: String = "9", own: String = "own"
        ) -> String {
            let line = StatementLine(
                bookedOn: day(date), amount: yuan(amount), counterpartyName: name,
                counterpartyAccount: account, remittance: text, reference: reference,
                endToEndID: end,
                balanceAfter: yuan(balance))
            return Statement(
                account: own, from: day(date), to: day(date), opening: .zero, closing: .zero,
                lines: [line]
            ).keys[0]
        }
        let keys = [
            key(), key("2025-03-02"), key("2025-03-01", "-5"), key(name: "na", account: nil),
            key(name: nil), key(text: "x"), key(reference: nil), key(end: "r"), key(own: "x"),
        ]
        #expect(Set(keys).count == keys.count)
        #expect(key(balance: "8") == key())
    }
}
