import Casework
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Store
import Workflow

/// One voucher with all that hangs on it: case and event that caused it, bank lines that show it.
enum VoucherPages {
    static let all: [Route] = [
        PageRoutes.page(
            "/money/vouchers/{number}", "voucherPage", Phrase("一张凭证", "One voucher"),
            .action(.readBooks)
        ) { call in
            let voucher = try await call.voucher()
            let id = voucher.draft.id
            let books = call.office.books
            let (placed, head) = try await call.office.read { transaction in
                (
                    try transaction.statementLines(showing: id),
                    try transaction.ledgerHead(books.fund).number
                )
            }
            return VoucherPage(
                call: call, view: VoucherView(voucher, books.chart, books.zone), lines: placed,
                head: head
            ).answer()
        },
        PageRoutes.page(
            "/money/vouchers/{number}/sheet", "voucherSheetPage",
            Phrase("一张凭证，供打印", "A voucher as a sheet for paper"), .action(.readBooks)
        ) { call in
            let voucher = try await call.voucher()
            return Answer(
                200, "text/plain; charset=utf-8",
                ByteBuffer(string: voucher.sheet(call.office.books.chart)))
        },
    ]
}

struct VoucherPage {
    let call: Call
    let view: VoucherView
    let lines: [PlacedLine]
    /// The number of the last voucher.
    let head: Int64

    private var parts: Parts { call.parts }

    func answer() -> Answer {
        let title = "\(parts.word(.voucher)) \(view.number)"
        return MoneyFrame(call: call).page(
            Phrase("凭证\(view.number)", "Voucher \(view.number)"), at: .voucher(view.number),
            below: .balances,
            """
            <section class="lead"><h1>\(title)</h1>
            \(parts.list([
                (Phrase("起因", "Caused by"), cause),
                (Phrase("记录时间", "Recorded"), parts.time(view.recordedAt)),
                (Phrase("编号", "Id"), "<code>\(view.id)</code>"),
                (Phrase("链：上一张", "Chain: the one before"), "<code class=\"hash\">\(view.previousHash)</code>"),
                (Phrase("链：本张", "Chain: this one"), "<code class=\"hash\">\(view.hash)</code>"),
            ]))
            <p class="offers">\(parts.button(Link.voucher(view.number).below("sheet"), Phrase("打印用", "For paper"), isFirst: false))</p></section>
            <section>\(VoucherPart(parts: parts, view: view, leadsOn: true).markup)
            <nav class="pages">\(neighbour(view.number - 1, Phrase("上一张", "Previous")))\(neighbour(view.number + 1, Phrase("下一张", "Next")))</nav></section>
            \(parts.section(Phrase("银行流水", "At the bank"), "bank", bank))
            """
        ).answer()
    }

    /// The case and the event in its trail, where the decision and its evidence stand.
    private var cause: HTML {
        guard let number = view.caseNumber else { return "<code>\(view.source)</code>" }
        guard call.visitor.may(.readCases) else { return "\(number)" }
        guard let position = view.source.split(separator: "#").last.flatMap({ Int($0) }) else {
            return parts.caseLink(number)
        }
        let id = ID<Case>(number)
        return
            "\(parts.caseLink(number)) · <a href=\"\(Link.event(position, of: id, parts.language))\">\(parts.say(Phrase("经过第\(position)步", "event \(position)")))</a>"
    }

    private func neighbour(_ number: Int64, _ name: Phrase) -> HTML? {
        number < 1 || number > head ? nil : parts.link(.voucher(number), parts.say(name))
    }

    private var bank: HTML {
        let rows: [[HTML]] = lines.map { placed in
            let text = BankLineText(line: placed.line, sight: call.sight)
            let account = placed.line.account.description
            return [
                parts.link(
                    .statement(account, placed.statement),
                    parts.say(MoneyText.account(account)) + " \(placed.statement)"),
                parts.day(placed.line.bookedOn),
                "\(text.party)<span class=\"under\">\(text.text)</span>",
                parts.flow(placed.line.amount),
            ]
        }
        return parts.table(
            [
                .text("对账单", "Statement"), .text("日期", "Date"),
                .text("对方与附言", "Party and text"), .number("金额", "Amount"),
            ], rows, label: parts.say(Phrase("银行流水", "At the bank")),
            empty: Phrase("没有对账单显示这张凭证。", "No statement shows this voucher."))
    }
}
