import Foundation
import Ledger
import Randomness
import Testing

struct ChartFileTests {
    private static let heading =
        "code,chinese,english,kind,division,may_be_overdrawn,holds_reservations,guards\n"
    private static let bank = "1002,银行,Bank,asset,optional,yes,no,spendable\n"

    private func refusal(_ text: String) -> String? {
        do {
            _ = try Chart(csv: text)
            return nil
        } catch { return error.description }
    }

    @Test func `Sanya's file is the chart of an advance fund`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "policies/sanya/chart.csv")
        let chart = try Chart(csv: try String(contentsOf: file, encoding: .utf8))
        #expect(chart == Chart.advanceFund)
    }

    @Test func `a chart survives as a file`() throws {
        #expect(try Chart(csv: Chart.advanceFund.csv) == .advanceFund)
        let odd = Chart(
            entries: [
                .init("1002", "带,逗号", "A \"B\"", .asset),
                .init(
                    "3102", "冻结", "C", .equity,
                    mayBeOverdrawn: false, holdsReservations: true),
            ], guards: [Guard("a", ["1002", "3102"]), Guard("b", ["1002"])])
        #expect(try Chart(csv: odd.csv) == odd)
        #expect(try Chart(csv: "\u{FEFF}" + odd.csv.replacing("\r\n", with: "\n")) == odd)
    }

    @Test(arguments: [
        ("", "row 1, column code: \"\"; the first row must read code,chinese,"),
        ("code,kind\n", "row 1, column code: \"code\"; the first row must read code,chinese,"),
        ("#\n\n\n" + heading, "row 4, column code: \"\"; list at least one account"),
        (heading + bank + bank, "row 3, column code: \"1002\"; it is there already"),
        (
            heading + "10020,银行,Bank,asset,none,yes,no,\n",
            "row 2, column code: \"10020\"; write four"
        ),
        (
            heading + "1002:M,银行,Bank,asset,none,yes,no,\n",
            "row 2, column code: \"1002:M\"; write four"
        ),
        (heading + "1002,,Bank,asset,none,yes,no,\n", "row 2, column chinese: \"\"; write a name"),
        (
            heading + "1002,银行,银行,asset,none,yes,no,\n",
            "row 2, column english: \"银行\"; write a name"
        ),
        (
            heading + bank + "\n1012,平台,P,cash,none,yes,no,\n",
            "row 4, column kind: \"cash\"; write one of: asset, liability, equity, income, expense"
        ),
        (
            heading + "1002,银行,Bank,asset,some,yes,no,\n",
            "row 2, column division: \"some\"; write one of: none, optional, required"
        ),
        (
            heading + "1002,银行,Bank,asset,none,maybe,no,\n",
            "row 2, column may_be_overdrawn: \"maybe\"; write one of: yes, no"
        ),
        (
            heading + "1002,银行,Bank,asset,none,yes,,\n",
            "row 2, column holds_reservations: \"\"; write one of: yes, no"
        ),
        (
            heading + "3102,冻结,R,equity,none,yes,yes,\n",
            "row 2, column holds_reservations: \"yes\"; an account of reservations"
        ),
        (
            heading + "3102,冻结,R,asset,none,no,yes,\n",
            "row 2, column holds_reservations: \"yes\"; an account of reservations"
        ),
        (
            heading + "1002,银行,Bank,asset,none,yes,no,a b a\n",
            "row 2, column guards: \"a b a\"; it is there already"
        ),
        (
            heading + "1002,银行,Bank,asset,none,yes,no\n",
            "row 2, column guards: \"\"; write 8 cells; the row has 7"
        ),
        (
            heading + "1002,银行,Bank,asset,none,yes,no,,x\n",
            "row 2, column guards: \"\"; write 8 cells; the row has 9"
        ),
        (heading + "1002,\"银行,Bank,asset,none,yes,no,\n", "row 2, column chinese: "),
        (
            heading + "1002,\"银\"行,Bank,asset,none,yes,no,\n",
            "row 2, column chinese: \"银\"; close the quotation"
        ),
    ])
    func `a file that is wrong is refused with row, column and what would mend it`(
        text: String, expected: String
    ) {
        let found = refusal(text)
        #expect(found?.hasPrefix(expected) == true, "\(found ?? "accepted")")
    }

    @Test func `a chart has a limit, and any text is read or refused`() {
        let rows = (1_000...2_000).map { "\($0),银行,Bank,asset,none,yes,no,\n" }.joined()
        #expect(refusal(Self.heading + rows)?.hasPrefix("row 1002, column code: ") == true)
        var random = SeededRandom(seed: 9)
        let letters = Array("\"\",,\n\n\r#1002银assetyesno ")
        for _ in 0..<500 {
            let text = String((0..<60).map { _ in letters.randomElement(using: &random)! })
            _ = refusal(Self.heading + Self.bank + text)
        }
    }

    @Test func `a jurisdiction's own account works like any other`() throws {
        let own = Chart.advanceFund.csv + "1131,应收利息,Interest Due,asset,none,no,no,\r\n"
        #expect(try Chart(csv: own).extends(.advanceFund))
        for (old, new) in [
            ("1002,银行专户存款,Bank,asset,optional,yes,no,spendable\r\n", ""),
            ("asset,required,no,no,\r\n1221", "asset,required,yes,no,\r\n1221"),
            ("optional,yes,no,spendable\r\n3101", "optional,yes,no,\r\n3101"),
        ] {
            #expect(own.contains(old))
            #expect(!(try Chart(csv: own.replacing(old, with: new)).extends(.advanceFund)))
        }
        var book = Book(chart: try Chart(csv: own), fund: fund)
        let accrued = draft("i", [.debit("1131", yuan("3")), .credit(Chart.interest, yuan("3"))])
        _ = try book.post(accrued, at: start)
        let over = draft("j", [.debit(Chart.bank, yuan("4")), .credit("1131", yuan("4"))])
        #expect(
            throws: PostingError.overdrawn(Account("1131"), free: yuan("3"), wanted: yuan("4"))
        ) { try book.post(over, at: start) }
    }
}
