import Casework
import Ledger
import Store
import Workflow

/// One payment file: who prepared and released it, and how each of its payouts stands.
struct PaymentFilePage {
    let call: Call
    let view: PaymentFileDetailView
    /// What had to stay out of it, right after it was prepared.
    var leftOut: [JSONValue] = []

    private var parts: Parts { call.parts }
    private var file: PaymentFileView { view.file }

    /// After `preparePayments`, which alone knows what was left out and why.
    static func prepared(_ reply: JSONValue, _ call: Call) async throws -> Answer {
        guard let id = reply["file"]?["id"]?.asText else {
            return call.redirect(to: .paymentFiles)
        }
        let leftOut = reply["left_out"]?.asList ?? []
        if leftOut.isEmpty {
            return call.redirect(to: .paymentFile(id).with("done", "preparePayments"))
        }
        let zone = call.zone
        let found = try await call.office.read { transaction in
            try transaction.paymentFile(id).map { file in
                (file, try transaction.payouts(ofPaymentFile: id))
            }
        }
        guard let (file, payouts) = found else { return call.redirect(to: .paymentFiles) }
        let view = PaymentFileDetailView(file, payouts, zone)
        return PaymentFilePage(call: call, view: view, leftOut: leftOut).answer()
    }

    func answer() -> Answer {
        MoneyFrame(call: call).page(
            MoneyText.paymentFiles, at: .paymentFile(file.id), below: .paymentFiles,
            """
            <section class="lead">\(parts.crumb(.paymentFiles, MoneyText.paymentFiles))
            <h1>\(file.id)</h1>
            <p class="hero">\(parts.yuan(file.amountFen))</p>
            \(parts.list([
                (Phrase("状态", "State"), "\(parts.say(MoneyText.fileState(file.state)))"),
                (Phrase("付款日", "Pays on"), parts.day(file.executionOn)),
                (Phrase("笔数", "Payments"), "\(file.payments)"),
                (Phrase("银行未了的", "Open at the bank"), "\(file.open)"),
                (Phrase("编制", "Prepared"), "\(file.preparedBy) · \(parts.time(file.preparedAt))"),
                (Phrase("放行或撤回", "Released or withdrawn"), decided),
                (Phrase("文件的SHA-256", "SHA-256 of the file"), "<code class=\"hash\">\(file.sha256)</code>"),
            ]))</section>
            \(offers)\(left)
            \(parts.section(MoneyText.paymentsInFile, "payments", list))
            """
        ).answer()
    }

    private var decided: HTML? {
        guard let by = file.decidedBy, let at = file.decidedAt else { return nil }
        return "\(by) · \(parts.time(at))"
    }

    private var offers: HTML? {
        var buttons: [HTML] = []
        var note: HTML?
        let visitor = call.visitor
        let maySee = visitor.may(.preparePayments) || visitor.may(.releasePayments)
        if file.state == "prepared" {
            if visitor.may(.releasePayments) {
                if file.preparedBy == call.actor.name {
                    note = "<p class=\"quiet\">\(parts.say(MoneyText.ownFile))</p>"
                } else {
                    buttons.append(
                        parts.button(
                            .form("payment-files", file.id, "release"), MoneyText.release))
                }
            }
            if maySee {
                buttons.append(
                    parts.button(
                        .form("payment-files", file.id, "withdrawal"), MoneyText.withdraw,
                        isFirst: buttons.isEmpty))
            }
        } else if file.state == "released", maySee {
            buttons.append(
                "<a class=\"button\" href=\"\(Link.paymentDocument(file.id))\" download>\(parts.say(MoneyText.download))</a>"
            )
        }
        guard let offers = parts.offers(buttons) else { return note }
        return "\(note)\(offers)"
    }

    private var left: HTML? {
        guard !leftOut.isEmpty else { return nil }
        let items: [HTML] = leftOut.map { each in
            let reason = Phrase(each["zh"]?.asText ?? "", each["en"]?.asText ?? "")
            return "<li><code>\(each["number"]?.asText ?? "")</code>: \(parts.say(reason))</li>"
        }
        return parts.section(MoneyText.leftOut, "left-out", "<ul class=\"notice\">\(items)</ul>")
    }

    private var list: HTML {
        let rows: [[HTML]] = view.payouts.map { payout in
            [
                "<code>\(payout.number)</code>", parts.caseLink(payout.caseID),
                parts.pace(pace(payout.state), parts.say(Names.payout(payout.state))),
                payout.confirmedOn.map { parts.day($0) } ?? "–", parts.yuan(payout.amountFen),
            ]
        }
        return parts.table(
            [
                .text("打款编号", "Payout"), .text("案件", "Case"), .text("状态", "State"),
                .text("到账日", "Confirmed on"), .number("金额", "Amount"),
            ], rows, label: parts.say(MoneyText.paymentsInFile),
            empty: Phrase("已撤回：各笔等待另一份文件。", "Withdrawn: its payouts wait for another file."))
    }

    private func pace(_ state: String) -> Parts.Pace {
        switch state {
        case "confirmed": .inTime
        case "failed", "lapsed", "bounced": .late
        case "unknown": .soon
        default: .still
        }
    }
}
