import Casework
import Ledger
import Store
import Workflow

/// Texts of the balances at any time.
enum BalanceText {
    static let title = Phrase("任意时点余额", "Balances at any time")
    static let lead = Phrase(
        "截至哪一天，以及当时已经记下多少：由凭证相加，整千张凭证的小计核账时逐笔重算。",
        "Through which day, and as far as it was recorded by then: added up from the vouchers, whole blocks of them by sums that verification recomputes."
    )
    static let day = Phrase("截至业务日", "Through the day")
    static let known = Phrase("只计此日前记下的（可不填）", "Recorded by the end of (optional)")
    static let show = Phrase("计算", "Compute")
    static let computedFrom = Phrase("由什么算出", "What it is computed from")
    static let nothing = Phrase("到那时没有分录。", "No line by then.")
    static let lines = Phrase("分录，新的在前", "Lines, the newest first")
    static let divisions = Phrase("明细", "Divided")
}

/// Every account of the chart that was posted to by then.
struct BalancesPage {
    let call: Call
    let asked: AskedTime
    let sums: [AccountSum]

    private var parts: Parts { call.parts }

    func answer() -> Answer {
        let rows = sums.map(row)
        return MoneyFrame(call: call).page(
            BalanceText.title, at: .balances, below: .balances,
            """
            <section class="lead"><h1>\(parts.say(BalanceText.title))</h1>
            <p>\(parts.say(BalanceText.lead))</p>
            \(BalanceTimeForm(call: call, asked: asked, action: .balances).markup)</section>
            <section>\(parts.table(Self.columns, rows, label: parts.say(BalanceText.title), empty: BalanceText.nothing))</section>
            """
        ).answer()
    }

    private static let columns: [Parts.Column] = [
        .text("科目", "Account"), .number("分录", "Lines"), .number("借方", "Debits"),
        .number("贷方", "Credits"), .number("余额", "Balance"), .text("方向", "Side"),
    ]

    private func row(_ sum: AccountSum) -> [HTML] {
        let entry = call.office.books.chart[sum.account.code]
        let name = entry.map { parts.say(Phrase($0.chinese, $0.english)) } ?? ""
        return [
            parts.link(asked.on(.balance(sum.account.code)), "\(sum.account.code) \(name)"),
            "\(sum.lines)", parts.yuan(sum.debits), parts.yuan(sum.credits),
            parts.yuan(BalancePage.size(of: sum.balance)), BalancePage.side(of: sum.balance, parts),
        ]
    }
}

/// One account: its balance, the sums it is the difference of, and the lines.
struct BalancePage {
    struct Found: Sendable {
        let sum: AccountSum
        let subs: [(account: Account, balance: Money)]
        let lines: [AccountLine]
    }

    let call: Call
    let asked: AskedTime
    let account: Account
    let found: Found

    private var parts: Parts { call.parts }
    private var address: Link { .balance(account.description) }

    static func size(of balance: Money) -> Money { balance.isNegative ? balance.negated : balance }

    static func side(of balance: Money, _ parts: Parts) -> HTML {
        if balance == .zero { return "–" }
        return "\(parts.word(balance.isNegative ? .credit : .debit))"
    }

    func answer() -> Answer {
        let sum = found.sum
        let entry = call.office.books.chart[account.code]
        let name = entry.map { parts.say(Phrase($0.chinese, $0.english)) } ?? ""
        return MoneyFrame(call: call).page(
            BalanceText.title, at: address, below: .balances,
            """
            <section class="lead">\(parts.crumb(asked.on(.balances), BalanceText.title))
            <h1><code>\(account.description)</code> \(name)</h1>
            <p class="hero-label">\(parts.say(BalanceText.day)) \(parts.day(asked.day))</p>
            <p class="hero">\(parts.yuan(Self.size(of: sum.balance))) <span class="unit">\(Self.side(of: sum.balance, parts))</span></p>
            \(BalanceTimeForm(call: call, asked: asked, action: address).markup)</section>
            \(parts.section(BalanceText.computedFrom, "from", computed))
            \(subs)
            \(parts.section(BalanceText.lines, "lines", lines))
            """
        ).answer()
    }

    private var computed: HTML {
        let sum = found.sum
        return parts.list([
            (Phrase("分录", "Lines"), "\(sum.lines)"),
            (Phrase("借方合计", "Debits"), parts.yuan(sum.debits)),
            (Phrase("贷方合计", "Credits"), parts.yuan(sum.credits)),
            (
                Phrase("其中最后一张凭证", "The last voucher among them"),
                sum.last.map { parts.link(.voucher($0), "\($0)") }
            ),
            (
                Phrase("算式", "Arithmetic"),
                "<span class=\"arithmetic\">\(sum.debits.yuan) − \(sum.credits.yuan) = \(sum.balance.yuan)</span>"
            ),
        ])
    }

    private var subs: HTML? {
        guard found.subs.count > 1 || found.subs.first?.account.sub != nil else { return nil }
        let rows: [[HTML]] = found.subs.map { sub in
            [
                parts.link(asked.on(.balance(sub.account.description)), sub.account.description),
                parts.yuan(Self.size(of: sub.balance)),
                Self.side(of: sub.balance, parts),
            ]
        }
        let list = parts.table(
            [
                .text("科目", "Account"), .number("余额", "Balance"), .text("方向", "Side"),
            ], rows, label: parts.say(BalanceText.divisions),
            empty: Phrase("各明细均为零。", "All of them are zero."))
        return parts.section(
            BalanceText.divisions, "subs",
            "\(list)\(parts.cut(found.subs.count, at: BalancePages.accountsShown))")
    }

    private var lines: HTML {
        let rows: [[HTML]] = found.lines.map { line in
            let number = CaseNumber.read(line.source.prefix { $0 != "#" })?.text
            let of: HTML? = number.map {
                call.visitor.may(.readCases) ? " · \(parts.caseLink($0))" : " · \($0)"
            }
            let isDebit = line.side == .debit
            return [
                parts.link(.voucher(line.number), "\(line.number)"),
                "\(parts.day(line.day))<span class=\"under\">\(parts.time(Timestamp(call.zone.text(line.recordedAt))))</span>",
                "\(line.reason)<span class=\"under\"><code>\(line.account.description)</code>\(of)</span>",
                isDebit ? parts.yuan(line.amount) : "–", isDebit ? "–" : parts.yuan(line.amount),
            ]
        }
        let isCut = found.lines.count == BalancePages.linesShown
        let older: HTML? = found.lines.last.flatMap { last in
            isCut
                ? "<nav class=\"pages\">\(parts.link(asked.on(address).with("before", last.number), parts.word(.older)))</nav>"
                : nil
        }
        let list = parts.table(
            [
                .text("凭证", "Voucher"), .text("业务日／记录时间", "Day / recorded"),
                .text("摘要", "Summary"), .number("借方", "Debit"), .number("贷方", "Credit"),
            ], rows, label: parts.say(BalanceText.lines), empty: BalanceText.nothing)
        return "\(list)\(older)"
    }
}
