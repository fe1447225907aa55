import Ledger
import Testing

@testable import Banking

/// `day amount counterparty text`, with a leading `R` for a line the bank marks as a reversal.
private func lines(_ text: String) -> [StatementLine] {
    text.split(separator: "\n").map { row in
        let isReversal = row.hasPrefix("R ")
        let words = row.dropFirst(isReversal ? 2 : 0)
            .split(separator: " ", maxSplits: 3).map(String.init)
        return StatementLine(
            bookedOn: day("2025-03-" + words[0]), amount: yuan(words[1]),
            counterpartyName: words[2] == "-" ? nil : words[2],
            remittance: words.count > 3 ? words[3] : "", isReversal: isReversal)
    }
}

private func expectation(
    _ id: String, _ kind: Banking.Expectation.Kind, _ amount: String, _ party: String? = nil
) -> Banking.Expectation {
    Banking.Expectation(
        id: id, kind: kind, amount: yuan(amount), numbers: [id.uppercased()],
        counterpartyName: party, window: day("2025-03-01")...day("2025-03-09"))
}

private let rules = [
    LineRule(
        name: "interest", direction: .incoming, phrases: ["利息", "Credit interest"],
        counterparty: .nobodyOr(["中国工商银行"])),
    LineRule(name: "fee", direction: .outgoing, phrases: ["手续费"], counterparty: .nobody),
    LineRule(name: "levy", direction: .outgoing, phrases: ["印花税"], counterparty: .anybody),
]

struct PassTests {
    @Test func `a reversal cancels against the earlier line it takes back`() {
        let found = match(
            lines: lines(
                """
                02 1000 海岛公司 C1
                R 03 -1000 海岛公司 冲正
                04 -300 张三 PO-1
                R 05 300 张三 冲正
                """),
            expectations: [
                expectation("C1", .repayment, "1000", "海岛公司"),
                expectation("PO-1", .payout, "300", "张三"),
            ])
        #expect(
            found.reversals == [Reversal(line: 1, takenBack: 0), Reversal(line: 3, takenBack: 2)])
        #expect(found.matches.isEmpty && found.unmatched.isEmpty)
    }

    @Test func `a payout that came back by its number is a return and not cancelled`() {
        let found = match(
            lines: lines("02 -300 张三 PO-1\nR 03 300 张三 冲正 PO-1R"),
            expectations: [
                expectation("PO-1", .payout, "300"), expectation("PO-1R", .payoutReturn, "300"),
            ])
        #expect(found.reversals.isEmpty)
        #expect(found.matches.map(\.parts[0].expectation) == ["PO-1", "PO-1R"])
    }

    @Test func `a reversal that may mean two lines holds both`() {
        let debts = [
            expectation("C1", .repayment, "1000", "甲"), expectation("C2", .repayment, "1000", "甲"),
        ]
        let found = match(
            lines: lines("02 1000 甲 C1\n02 1000 甲 C2\nR 03 -1000 甲 冲正"), expectations: debts)
        #expect(found.unmatched == [0, 1, 2] && found.matches.isEmpty)
        // With a number in common it means one.
        let named = match(
            lines: lines("02 1000 甲 C1\n02 1000 甲 C2\nR 03 -1000 甲 冲正 C2"), expectations: debts,
            caseNumbers: { text in ["C1", "C2"].filter { text.contains($0) } })
        #expect(named.reversals == [Reversal(line: 2, takenBack: 1)])
        #expect(named.matches.map(\.parts[0].expectation) == ["C1"])
    }

    @Test func `what is no reversal, or of another, cancels nothing`() {
        for text in [
            "02 1000 甲 x\n03 -1000 甲 冲正", "02 1000 甲 x\nR 03 -1000 乙 冲正",
            "02 1000 甲 x\nR 03 -999.99 甲 冲正", "R 02 -1000 甲 冲正\n03 1000 甲 x",
        ] {
            let found = match(lines: lines(text), expectations: [])
            #expect(found.reversals.isEmpty && found.unmatched == [0, 1], "\(text)")
        }
        // Nor does a reversal pay a debt of its amount, or a part of one.
        let found = match(
            lines: lines("R 02 1000 甲 x"),
            expectations: [expectation("C1", .repayment, "1000", "甲")])
        #expect(found.unmatched == [0])
    }

    @Test func `interest and fees are known by whole phrases, direction and payer`() {
        let found = match(
            lines: lines(
                """
                02 12.34 - 利息
                02 12.34 中国工商银行 2025年一季度 利息
                02 12.34 - CREDIT INTEREST Q1
                02 -5 - 手续费
                02 5 - 手续费
                02 -5 - 退还手续费
                02 -5 张三 手续费
                02 12.34 海岛公司 利息
                02 -5 - 手续费,印花税
                02 -5 某局 印花税
                R 02 -6 - 手续费
                02 12.34 - 无利息
                """), expectations: [], rules: rules)
        #expect(
            found.ruled.map { "\($0.line) \($0.rule)" }
                == ["0 interest", "1 interest", "2 interest", "3 fee", "9 levy"])
        #expect(found.unmatched == [4, 5, 6, 7, 8, 10, 11])
    }

    @Test func `a number goes before a rule`() {
        let found = match(
            lines: lines("02 100 - 利息 C1"), expectations: [expectation("C1", .repayment, "500")],
            rules: rules)
        #expect(found.matches.map(\.parts[0].expectation) == ["C1"] && found.ruled.isEmpty)
    }

    @Test func `a person is shown what a line may be, the likeliest first`() {
        let debts = [
            expectation("a", .repayment, "1000", "海岛公司"),
            expectation("b", .repayment, "1500", "海岛公司"),
            expectation("c", .repayment, "2500", "海岛公司"),
            expectation("d", .repayment, "4000", "别家公司"),
            expectation("e", .payout, "4000", "海岛公司"),
            expectation("f", .topUp, "9000", "海岛公司"),
        ]
        let line = lines("05 4000 海岛公司 偿还B")[0]
        let shown = proposals(for: line, expectations: debts)
        #expect(
            shown.map { $0.parts.map(\.expectation) } == [
                ["b"], ["b", "c"], ["a"], ["c"], ["f"], ["d"],
            ])
        #expect(
            shown[0].reasons == [.number("B"), .counterpartyName, .day, .differs(by: yuan("2500"))])
        #expect(shown[0].rest == yuan("2500"))
        #expect(shown[1].reasons == [.counterpartyName, .addsUp, .day])
        #expect(shown[1].rest == .zero)
        #expect(shown[4].reasons == [.counterpartyName, .day, .differs(by: yuan("-5000"))])
        #expect(shown[5].reasons == [.amount, .day])
        #expect(proposals(for: line, expectations: debts, limit: 2).count == 2)
        let late = lines("31 4000 - x")[0]
        #expect(
            proposals(for: late, expectations: debts).map(\.reasons) == [[.amount, .daysAway(22)]])
    }

    @Test func `the age report puts every line in one range`() {
        let today = day("2025-06-30")
        func item(_ age: Int, _ amount: String) -> (bookedOn: Day, amount: Money) {
            (today.advanced(by: -age), yuan(amount))
        }
        let report = suspenseAges(
            of: [
                item(0, "1"), item(7, "2"), item(8, "-4"), item(30, "8"), item(31, "16"),
                item(90, "32"), item(91, "64"), item(5_000, "-128"), item(-3, "256"),
            ], on: today)
        #expect(report.map(\.count) == [3, 2, 2, 2])
        #expect(report.map(\.incoming) == ["259", "8", "48", "64"].map(yuan))
        #expect(report.map(\.outgoing) == ["0", "4", "0", "128"].map(yuan))
        let vast = [item(1, "92233720368547758.07"), item(1, "0.01")]
        #expect(suspenseAges(of: vast, on: today)[0].incoming == nil)
    }
}
