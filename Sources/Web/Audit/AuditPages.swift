import Casework
import Ledger
import Workflow

/// The auditor's pages: the proof of the books, run on demand, and what may be taken away.
enum AuditPages {
    static let all: [Route] = [
        PageRoutes.page("/proof", "proofPage", Phrase("审计", "Audit"), .action(.readBooks)) { call in
            let proof = VerificationView(try await call.office.verifyBooks())
            return ProofPage(call: call, proof: proof).answer()
        }
    ]
}

/// What recomputing everything from the vouchers found, just now.
struct ProofPage {
    let call: Call
    let proof: VerificationView

    func answer() -> Answer {
        let parts = call.parts
        let title = parts.say(
            proof.isSound
                ? Phrase("账目完好", "The books are sound")
                : Phrase("账目有误", "The books are not sound"))
        let rows: [[HTML]] = proof.ties.map { tie in
            [
                "\(parts.say(Self.tie(tie.name)))",
                Self.account(of: tie.name).map { parts.link(.balance($0), "¥\(tie.booksFen.yuan)") }
                    ?? parts.yuan(tie.booksFen),
                parts.yuan(tie.casesFen),
                parts.pace(
                    tie.holds ? .inTime : .late,
                    parts.say(tie.holds ? Phrase("相符", "agree") : Phrase("不符", "differ"))),
            ]
        }
        let faults: [HTML] =
            (proof.differences + proof.brokenCaps.map { "committed_day \($0)" }
            + [proof.fault, proof.brokenBlock, proof.isStatementTrue ? nil : "fund_statement"]
            .compactMap(\.self)).map {
                "<li>\($0)</li>"
            }
        let wrong: HTML =
            faults.isEmpty
            ? .empty : "<section class=\"problem\" role=\"alert\"><ul>\(faults)</ul></section>"
        return call.page(
            parts.say(Phrase("审计", "Audit")), section: .proof, at: .proof,
            """
            <section class="lead"><h1>\(title)</h1>
            <p>\(parts.say(Phrase("打开本页时，从全部凭证重新计算了链、余额、约束，并与案件逐项核对。", "Opening this page recomputed chain, balances and guards from every voucher, and held them to the cases.")))</p>
            \(parts.terms([(.vouchers, "\(proof.vouchers)"), (.spendable, parts.yuan(proof.spendableFen)), (.checkpoints, "\(proof.checkpoints)"), (.head, "<code class=\"hash\">\(proof.head.hash)</code>")]))
            </section>
            \(wrong)
            <section><h2>\(parts.say(Phrase("账与案", "Books and cases")))</h2>
            \(parts.table([.text(.what), .number(.inBooks), .number(.inCases), .text(.state)], rows, label: title))</section>
            <section><h2>\(parts.say(Phrase("带走", "Take away")))</h2>
            \(DownloadsPart(parts: parts, month: .month(of: call.zone.day(at: call.office.now()))).markup)</section>
            <section><h2>\(parts.say(Phrase("自己再算一遍", "Compute it again yourself")))</h2>
            <p class="offers">\(parts.button(.balances, BalanceText.title, isFirst: false))\(parts.button(.periods, MoneyText.periods, isFirst: false))\(call.visitor.may(.readControls) ? parts.button(.attempts, AttemptsPage.title, isFirst: false) : nil)</p>
            <p><code>amends ledger export --format hledger</code> · <code>--format beancount</code> · <code>scripts/verify-chain.py</code></p></section>
            """
        ).answer()
    }

    /// The account whose balance the books' side of a tie is.
    private static func account(of tie: String) -> String? {
        switch tie {
        case "reserved": Chart.reserved
        case "receivable": Chart.receivable
        case "payable": Chart.payable
        case "owed by tourists": Chart.consumerReceivable
        default: nil
        }
    }

    private static func tie(_ name: String) -> Phrase {
        switch name {
        case "reserved": Phrase("冻结", "Reserved")
        case "receivable": Phrase("应收追偿款", "Receivable")
        case "payable": Phrase("应付赔付款", "Payable")
        case "owed by tourists": Phrase("游客应退还", "Owed by tourists")
        default: Phrase(name, name)
        }
    }
}
