import Ledger
import Workflow

/// What may still be promised, where the money lies, and the vouchers.
struct FundPage {
    static let vouchersShown = 20

    let language: Language
    let fund: FundView
    /// Backward from the newest, or from `before`.
    /// Nil: not for this reader.
    let vouchers: [VoucherView]?
    let before: Int64?
    /// How the amounts went and how long they last; nil: not for this reader, or not on this page.
    var glance: FundGlance?

    private var parts: Parts { Parts(language: language) }

    var page: Page {
        Page(
            title: parts.word(.fund), language: language, address: .fund, section: .fund,
            content: """
                <section class="lead">
                <h1>\(parts.word(.fund))</h1>
                <p class="hero-label">\(parts.word(.spendable))</p>
                <p class="hero">\(parts.yuan(fund.spendableFen))</p>
                <p class="quiet">\(parts.word(.spendableLead))</p>
                \(sum)
                </section>
                \(glance.map { FundGlancePart(parts: parts, fund: fund, glance: $0).markup })
                \(parts.section(.fiveAmounts, "five", lead: .fiveAmountsLead, five))
                \(parts.section(.accounts, "accounts", accounts))
                \(vouchers.map { parts.section(.vouchers, "vouchers", voucherList($0)) })
                """)
    }

    /// The sum behind the figure, so that anyone can check it.
    private var sum: HTML {
        let terms: [(String, Word, Money)] = [
            ("", .bank, fund.bankFen), ("+", .platform, fund.platformFen),
            ("−", .payable, fund.payableFen), ("−", .suspense, fund.suspenseFen),
            ("−", .reservedNow, fund.reservedFen),
        ]
        let items: [HTML] = terms.map { sign, name, amount in
            "<li><span class=\"operator\">\(sign)</span><span class=\"term\"><span>\(parts.word(name))</span>\(parts.yuan(amount))</span></li>\n"
        }
        return "<ul class=\"sum\">\(items)</ul>"
    }

    private var five: HTML {
        let amounts = fund.fiveAmounts
        let entries: [(Word, Money)] = [
            (.approved, amounts.approvedFen), (.reservedGross, amounts.reservedFen),
            (.released, amounts.releasedFen), (.returned, amounts.returnedFen),
            (.recoverable, amounts.recoverableFen),
        ]
        let cards: [HTML] = entries.map { name, amount in
            "<div><dt>\(parts.word(name))</dt><dd>\(parts.yuan(amount))</dd></div>\n"
        }
        return "<dl class=\"figures\">\(cards)</dl>"
    }

    private var accounts: HTML {
        let rows: [[HTML]] = fund.accounts.map { account in
            [
                "<code>\(vouchers == nil ? "\(account.code)" : parts.link(.balance(account.code), account.code))</code> \(parts.told(Phrase(account.zh, account.en)))",
                parts.yuan(account.balanceFen),
            ]
        }
        return parts.table(
            [.text(.account), .number(.balance)], rows,
            label: parts.word(.accounts))
    }

    private func voucherList(_ vouchers: [VoucherView]) -> HTML {
        guard !vouchers.isEmpty else { return "<p class=\"quiet\">\(parts.word(.noVouchers))</p>" }
        let newest: HTML? = before.map { _ in
            "<a href=\"\(Link.fund.with(language))\">\(parts.word(.newest))</a>"
        }
        let older: HTML? = vouchers.last.flatMap { last in
            last.number <= 1
                ? nil
                : "<a href=\"\(Link.fund.with("before", last.number).with(language))\">\(parts.word(.older))</a>"
        }
        return """
            \(vouchers.map { VoucherPart(parts: parts, view: $0, leadsOn: true).markup })
            <nav class="pages" aria-label="\(parts.word(.vouchers))">\(newest)\(older)</nav>
            """
    }
}

/// A voucher as bookkeepers draw it: summary, lines, debit and credit.
struct VoucherPart {
    let parts: Parts
    let view: VoucherView
    /// Whether its number and accounts lead to their own pages: for those who may read the books.
    var leadsOn = false

    var markup: HTML {
        let checker: HTML? = view.checker.map { " · \(parts.word(.checker)) \($0)" }
        let first: HTML? = (view.corrects ?? view.reverses).map {
            " · \(parts.word(view.corrects == nil ? .reverses : .corrects)) <code>\($0)</code>"
        }
        let source: HTML? = view.caseNumber.map { " · \(parts.caseLink($0))" }
        return """
            <article class="voucher">
            <header><h3>\(title)</h3> \(parts.day(view.businessDate))</header>
            <p>\(view.reason)</p>
            <table>
            <thead><tr><th scope="col">\(parts.word(.account))</th><th scope="col" class="number">\(parts.word(.debit))</th><th scope="col" class="number">\(parts.word(.credit))</th></tr></thead>
            <tbody>
            \(view.lines.map(line))</tbody></table>
            <footer>\(parts.word(.maker)) \(view.maker)\(checker)\(source)\(first) · <code class="hash">\(view.hash.prefix(12))</code></footer>
            </article>

            """
    }

    private var title: HTML {
        let text = "\(parts.word(.voucher)) \(view.number)"
        return leadsOn ? parts.link(.voucher(view.number), text) : "\(text)"
    }

    private func account(_ line: VoucherLineView) -> HTML {
        leadsOn ? parts.link(.balance(line.account), line.account) : "\(line.account)"
    }

    private func line(_ line: VoucherLineView) -> HTML {
        let amount = parts.yuan(line.amountFen)
        let isDebit = line.side == "debit"
        return """
            <tr><td><code>\(account(line))</code> \(parts.say(Phrase(line.zh, line.en)))</td><td class="number">\(isDebit ? amount : HTML.empty)</td><td class="number">\(isDebit ? HTML.empty : amount)</td></tr>

            """
    }
}
