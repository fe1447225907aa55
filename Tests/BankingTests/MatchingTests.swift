import Banking
import Ledger
import Randomness
import Testing

/// Matches a table of lines against a table of expectations and compares the outcome, as text.
///
/// Expectation: `id kind amount numbers party from..through`, numbers joined by `/`, `-` for none.
/// Line: `day amount party text…`. Outcome: `line basis expectation:amount … [rest amount]`, `line -`.
private func check(
    _ expectations: String, _ lines: String, _ outcome: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let rows = expectations.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    let expected = rows.map { words in
        let days = words[5].split(separator: ".").map { day("2025-03-" + $0) }
        return Expectation(
            id: words[0], kind: Expectation.Kind(rawValue: words[1])!, amount: yuan(words[2]),
            numbers: words[3] == "-" ? [] : words[3].split(separator: "/").map(String.init),
            counterpartyName: words[4] == "-" ? nil : words[4], window: days[0]...days[1])
    }
    let statementLines = lines.split(separator: "\n").map { text in
        let words = text.split(separator: " ", maxSplits: 3).map(String.init)
        return StatementLine(
            bookedOn: day("2025-03-" + words[0]), amount: yuan(words[1]),
            counterpartyName: words[2] == "-" ? nil : words[2],
            remittance: words.count > 3 ? words[3] : "")
    }
    for expectations in [expected, expected.reversed()] {
        let matching = match(
            lines: statementLines, expectations: expectations, caseNumbers: caseNumbers)
        var found = matching.matches.map { match in
            let parts = match.parts.map { "\($0.expectation):\($0.amount)" }
            let rest = match.rest == .zero ? [] : ["rest \(match.rest)"]
            return (
                match.line,
                (["\(match.line)", match.basis.rawValue] + parts + rest).joined(separator: " ")
            )
        }
        found += matching.unmatched.map { ($0, "\($0) -") }
        let text = found.sorted { $0.0 < $1.0 }.map(\.1).joined(separator: "\n")
        #expect(text == outcome, sourceLocation: sourceLocation)
        #expect(found.count == statementLines.count, sourceLocation: sourceLocation)
    }
}

/// `C` and digits, also where letters and hyphens are glued on: a stand-in for the office's finder.
private func caseNumbers(in text: String) -> [String] {
    let isPart: (Character) -> Bool = { $0 == "C" || ("0"..."9").contains($0) }
    let runs: [Substring] = text.split(whereSeparator: { !isPart($0) })
    return runs.filter { $0.first == "C" && $0.count > 1 }.map(String.init)
}

struct MatchingTests {
    @Test func `an exact number decides, whatever the payee is called`() {
        check(
            """
            p1 payout 300 PO-1/C1 张三 01.05
            p2 payout 300 PO-2/C2 张三 01.05
            """,
            """
            02 -300 某某 赔付PO-2号
            09 -300 - 退po-1
            03 -300 张三 PO-22
            03 -301 张三 PO-1
            """,
            """
            0 number p2:300.00
            1 number p1:300.00
            2 -
            3 -
            """)
    }

    @Test func `a payout that came back is not a payout, though it bears its number`() {
        check(
            """
            p1 payout 300 PO-1 张三 01.05
            r1 payoutReturn 300 PO-1 张三 01.05
            """,
            """
            03 300 张三 退票 PO-1
            02 -300 张三 PO-1
            04 300 张三 退票 PO-1
            """,
            """
            0 number r1:300.00
            1 number p1:300.00
            2 -
            """)
    }

    @Test func `who repays names the case, and that is no payout that came back`() {
        let expectations = """
            r payoutReturn 300 PO-1/C1 - 01.20
            d repayment 150 C1 店 01.20
            """
        check(
            expectations,
            """
            03 300 店 归还C1
            04 300 - 退PO-1
            """,
            """
            0 number d:150.00 rest 150.00
            1 number r:300.00
            """)
        check(expectations, "03 300 - 退C1", "0 number d:150.00 rest 150.00")
    }

    @Test func `what is booked already is met before a debt of the same case and amount`() {
        check(
            """
            d repayment 150 C1 店 01.20
            v deposit 150 C1 店 01.20
            """,
            """
            03 150 店 归还C1
            04 150 店 归还C1
            """,
            """
            0 number v:150.00
            1 number d:150.00
            """)
        check(
            """
            v deposit 150 C1 店 01.20
            w deposit 150 C1 店 01.20
            """,
            """
            03 150 店 归还C1
            04 150 店 归还C1
            """,
            """
            0 number v:150.00
            1 number w:150.00
            """)
    }

    @Test func `amount, payee and days together decide only when nothing else agrees`() {
        check(
            """
            p1 payout 300 PO-1/C1 张三 01.05
            p2 payout 400 PO-2/C2 李四 01.05
            p3 payout 400 PO-3/C3 李四 01.05
            p4 payout 500 PO-4/C4 王五 01.05
            p5 payout 600 PO-5/C5 赵六 01.05
            """,
            """
            02 -300 张三 赔付
            02 -400 李四 赔付
            06 -500 王五 赔付
            02 -600 赵六 案件C9赔付
            02 -600 赵六 案件xC5x赔付
            """,
            """
            0 amountAndParty p1:300.00
            1 -
            2 -
            3 -
            4 number p5:600.00
            """)
    }

    @Test func `one sum closes three debts of the merchant (I05)`() {
        check(
            """
            a repayment 1000 C1 海岛公司 01.31
            b repayment 1500 C2 海岛公司 01.31
            c repayment 2000 C3 海岛公司 01.31
            d repayment 700 C4 别家公司 01.31
            """,
            "02 4500 海岛公司 偿还", "0 subset a:1000.00 b:1500.00 c:2000.00")
    }

    @Test func `only an unambiguous subset of a named merchant's debts is taken`() {
        let debts = """
            a repayment 1000 C1 海岛公司 01.31
            b repayment 1500 C2 海岛公司 01.31
            c repayment 2500 C3 海岛公司 01.31
            """
        check(debts, "02 4000 海岛公司 偿还", "0 subset b:1500.00 c:2500.00")
        check(debts, "02 2500 海岛公司 偿还", "0 amountAndParty c:2500.00")
        check(debts, "02 3500 海岛公司 偿还", "0 subset a:1000.00 c:2500.00")
        check(debts, "02 4000 - 偿还", "0 -")
        check(debts, "02 4000 海岛 偿还", "0 -")
        check(debts, "02 4001 海岛公司 偿还", "0 -")
        check(
            debts + "\nd repayment 3000 C4 海岛公司 01.31", "02 4000 海岛公司 偿还", "0 -")
        check(debts, "02 2500 某人 C1和C2", "0 number a:1000.00 b:1500.00")
        check(debts, "02 3500 某人 C1、C2、C3", "0 number a:1000.00 c:2500.00")
    }

    @Test func `less than the debt is a part of it, and the rest stays open (I06)`() {
        check(
            "a repayment 1000 C1 海岛公司 01.31",
            """
            02 990 海岛公司 C1
            03 10 海岛公司 C1
            04 5 海岛公司 C1
            """,
            """
            0 number a:990.00
            1 number a:10.00
            2 -
            """)
        check("a repayment 1000 C1 海岛公司 01.31", "02 990 海岛公司 偿还", "0 partial a:990.00")
        check("a repayment 1000 C1 海岛公司 01.31", "02 990 - C1", "0 number a:990.00")
        check("a repayment 1000 C1 海岛公司 01.31", "02 1010 - C1", "0 number a:1000.00 rest 10.00")
        check("a repayment 1000 C1 海岛公司 01.31", "02 1010 海岛公司 还款", "0 -")
        check("a repayment 1000 C1 海岛公司 01.31", "02 990 海岛公司 C7", "0 -")
        check("a topUp 1000 T1 财政局 01.31", "02 990 财政局 T1", "0 -")
        check(
            "a repayment 1000 C1 海岛公司 01.31\nb repayment 1000 C2 海岛公司 01.31",
            "02 990 海岛公司 偿还", "0 -")
    }

    @Test func `one expectation is never used twice`() {
        check(
            "a topUp 1000 T1 财政局 01.31",
            """
            02 1000 财政局 T1
            03 1000 财政局 T1
            """,
            """
            0 number a:1000.00
            1 -
            """)
        check(
            "a payout 1000 P1 张三 01.31", "02 -1000 张三 x\n03 -1000 张三 y", "0 -\n1 -")
    }

    @Test func `a search that would take too long is given up, not guessed`() {
        let lines = [
            StatementLine(
                bookedOn: day("2025-03-01"), amount: yuan("123456.77"), counterpartyName: "m")
        ]
        let debts = (0..<400).map { index in
            Expectation(
                id: "e\(index)", kind: .repayment, amount: Money(fen: Int64(10_000 + index * 3)),
                numbers: [],
                counterpartyName: "m", window: day("2025-03-01")...day("2025-03-02"))
        }
        #expect(match(lines: lines, expectations: debts).unmatched == [0])
    }

    @Test func `whatever is matched adds up, over many random days`() {
        var random = SeededRandom(seed: 5)
        for _ in 0..<300 {
            func pick(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
            let expectations = (0..<12).map { index in
                Expectation(
                    id: "e\(index)", kind: pick(2) == 0 ? .repayment : .payout,
                    amount: Money(fen: Int64(1 + pick(8)) * 100), numbers: ["N\(pick(9))"],
                    counterpartyName: "m\(pick(3))", window: day("2025-03-01")...day("2025-03-09"))
            }
            let lines = (0..<10).map { _ in
                StatementLine(
                    bookedOn: day("2025-03-0\(1 + pick(9))"),
                    amount: Money(fen: Int64(1 + pick(12)) * (pick(2) == 0 ? 100 : -100)),
                    counterpartyName: "m\(pick(3))", remittance: pick(2) == 0 ? "N\(pick(9))" : "")
            }
            let matching = match(lines: lines, expectations: expectations)
            var used: [String: Int64] = [:]
            for found in matching.matches {
                let size = Int64(lines[found.line].amount.fen.magnitude)
                #expect(found.parts.reduce(found.rest.fen) { $0 + $1.amount.fen } == size)
                for part in found.parts { used[part.expectation, default: 0] += part.amount.fen }
            }
            for expectation in expectations {
                #expect(used[expectation.id, default: 0] <= expectation.amount.fen)
            }
            #expect(Set(matching.matches.map(\.line)).isDisjoint(with: matching.unmatched))
            #expect(matching.matches.count + matching.unmatched.count == lines.count)
        }
    }
}
