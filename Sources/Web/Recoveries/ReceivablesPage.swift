import Casework
import Ledger
import Workflow

enum ReceivablesText {
    static let title = Phrase("应追偿", "Receivable")
    static let lead = Phrase(
        "商家欠基金的，按欠了多久。", "What merchants owe the fund, by how long they have owed it.")
}

/// What merchants owe, by merchant and age.
enum ReceivablesPages {
    static let all: [Route] = [
        PageRoutes.page(
            "/money/receivables", "receivablesPage", ReceivablesText.title, .action(.readBooks)
        ) { call in
            ReceivablesPage(call: call, ageing: AgeingView(try await call.office.ageing())).answer()
        }
    ]
}

struct ReceivablesPage {
    let call: Call
    let ageing: AgeingView

    private var parts: Parts { call.parts }

    func answer() -> Answer {
        MoneyFrame(call: call).page(
            ReceivablesText.title, at: .receivables, below: .receivables,
            """
            <section class="lead"><h1>\(parts.say(ReceivablesText.title))</h1>
            <p>\(parts.say(ReceivablesText.lead)) \(parts.day(ageing.asOf))</p>
            <p class="hero">\(parts.yuan(ageing.total.totalFen))</p></section>
            <section>\(list)</section>
            """
        ).answer()
    }

    private var list: HTML {
        let rows = ageing.merchants.map(row)
        return parts.table(
            [
                .text("商家", "Merchant"), .number("案件", "Cases"), .number("0–30天", "0–30 days"),
                .number("31–90天", "31–90"), .number("91–180天", "91–180"),
                .number("181–365天", "181–365"), .number("更久", "Older"),
                .number("合计", "Total"), .number("其中时效将届", "Lapsing"),
            ], rows.isEmpty ? [] : rows + [row(ageing.total)],
            label: parts.say(ReceivablesText.title),
            empty: Phrase("没有商家欠款。", "No merchant owes anything."))
    }

    private func row(_ line: AgeingLineView) -> [HTML] {
        let name: HTML =
            line.merchant.map {
                parts.link(.balance("\(Chart.receivable):\($0)"), line.name)
            } ?? (line.name.isEmpty ? "<strong>\(parts.word(.total))</strong>" : "\(line.name)")
        return [
            name, "\(line.cases)", parts.yuan(line.days0To30Fen), parts.yuan(line.days31To90Fen),
            parts.yuan(line.days91To180Fen), parts.yuan(line.days181To365Fen),
            parts.yuan(line.olderFen), parts.yuan(line.totalFen), parts.yuan(line.lapsingFen),
        ]
    }
}
