import Casework
import HTTPTypes
import Ledger
import NIOCore
import Store
import Workflow

/// Payouts by bank as people send them: what waits, what is under way, the files.
enum PaymentPages {
    static let shown = 200
    private static let reportLimit_bytes = 8_388_608

    static let all: [Route] = [
        PageRoutes.page(
            "/money/payment-files", "paymentFilesPage", MoneyText.paymentFiles, .action(.readBooks)
        ) { call in
            try await PaymentFilesPage(call: call).answer()
        },
        PageRoutes.page(
            "/money/payment-files/{file}", "paymentFilePage", Phrase("一份付款文件", "One payment file"),
            .action(.readBooks)
        ) { call in
            let (id, zone) = (call.part("file"), call.zone)
            let found = try await call.office.read { transaction in
                try transaction.paymentFile(id).map { file in
                    (file, try transaction.payouts(ofPaymentFile: id))
                }
            }
            guard let (file, payouts) = found else {
                throw Problem(WorkflowError.noSuchPaymentFile(id))
            }
            return PaymentFilePage(call: call, view: PaymentFileDetailView(file, payouts, zone))
                .answer()
        },
        PageRoutes.page(
            "/money/payment-files/{file}/document", "paymentDocumentPage", MoneyText.download,
            .either(.preparePayments, .releasePayments)
        ) { call in
            let (id, actor) = (call.part("file"), call.actor)
            let document = try await call.office.work { try $0.paymentDocument(id, for: actor) }
            return Answer(200, "application/xml", ByteBuffer(string: document))
                .with(.contentDisposition, "attachment; filename=\"\(id).xml\"")
        },
        PageRoutes.post(
            "/money/payment-reports", "takePaymentReportPage", MoneyText.bankAnswer,
            .action(.importPaymentReport)
        ) { call in
            let reply: JSONValue
            do {
                reply = try await call.upload(to: "takePaymentReport", upTo: reportLimit_bytes)
            } catch {
                let problem = try call.shown(error)
                return try await PaymentFilesPage(call: call, problem: problem)
                    .answer(problem.status)
            }
            let file = reply["file"]?["id"]?.asText
            return call.redirect(
                to: (file.map { Link.paymentFile($0) } ?? Link.paymentFiles)
                    .with("done", "takePaymentReport"))
        },
    ]
}

struct PaymentFilesPage {
    let call: Call
    var problem: Problem?

    private var parts: Parts { call.parts }

    func answer(_ status: Int = 200) async throws -> Answer {
        let (files, waiting, open) = try await call.office.read { transaction in
            (
                try transaction.paymentFiles(limit: PaymentPages.shown),
                try transaction.payoutsWaiting(limit: PaymentPages.shown),
                try transaction.openPayouts(limit: PaymentPages.shown)
            )
        }
        let report: HTML? =
            call.visitor.may(.importPaymentReport)
            ? parts.section(
                MoneyText.bankAnswer, "report",
                UploadForm(
                    call: call, action: .paymentReports, label: MoneyText.bankAnswer,
                    hint: Phrase("网银下载的XML文件", "the XML file from the bank"),
                    accept: ".xml,application/xml,text/xml", problem: problem
                ).markup) : nil
        let waitingIDs = Set(waiting.map(\.number))
        return MoneyFrame(call: call).page(
            MoneyText.paymentFiles, at: .paymentFiles, below: .paymentFiles,
            """
            <section class="lead"><h1>\(parts.say(MoneyText.paymentFiles))</h1>
            <p>\(parts.say(MoneyText.paymentsLead))</p></section>
            \(parts.section(MoneyText.waiting, "waiting", "\(waitingList(waiting))\(prepare(waiting))"))
            \(parts.section(MoneyText.underWay, "open", openList(open.filter { !waitingIDs.contains($0.number) })))
            \(parts.section(MoneyText.paymentFiles, "files", fileList(files)))
            \(report)
            """
        ).answer(status)
    }

    private func prepare(_ waiting: [PayoutRow]) -> HTML? {
        guard call.visitor.may(.preparePayments), !waiting.isEmpty else { return nil }
        return "<p class=\"offers\">\(parts.button(.form("payment-files"), MoneyText.prepare))</p>"
    }

    private func caseCell(_ id: ID<Case>) -> HTML { parts.caseLink(id.text) }

    private func waitingList(_ waiting: [PayoutRow]) -> HTML {
        let rows: [[HTML]] = waiting.map { payout in
            let back: HTML =
                call.visitor.may(.preparePayments)
                ? parts.link(
                    .form("payouts", payout.number, "return"), parts.say(MoneyText.turnBack))
                : "–"
            return [
                "<code>\(payout.number)</code>", caseCell(payout.caseID),
                parts.time(Timestamp(call.zone.text(payout.orderedAt))), parts.yuan(payout.amount),
                back,
            ]
        }
        return parts.table(
            [
                .text("打款编号", "Payout"), .text("案件", "Case"), .text("发出", "Ordered"),
                .number("金额", "Amount"), .text("办理", "To do"),
            ], rows, label: parts.say(MoneyText.waiting), empty: MoneyText.nothingWaits)
    }

    private func openList(_ open: [PayoutRow]) -> HTML {
        let rows: [[HTML]] = open.map { payout in
            let file: HTML? = payout.paymentFile.map {
                "<span class=\"under\">\(parts.link(.paymentFile($0), $0))</span>"
            }
            let rail = payout.rail == .bank ? Word.bank : Word.platform
            return [
                "<code>\(payout.number)</code>", caseCell(payout.caseID),
                "\(parts.word(rail))\(file)",
                parts.pace(
                    payout.state == "unknown" ? .soon : .inTime,
                    parts.say(Names.payout(payout.state))),
                parts.time(Timestamp(call.zone.text(payout.orderedAt))), parts.yuan(payout.amount),
            ]
        }
        return parts.table(
            [
                .text("打款编号", "Payout"), .text("案件", "Case"), .text("渠道", "By"),
                .text("状态", "State"), .text("发出", "Ordered"), .number("金额", "Amount"),
            ], rows, label: parts.say(MoneyText.underWay), empty: MoneyText.nothingUnderWay)
    }

    private func fileList(_ files: [PaymentFileRow]) -> HTML {
        let rows: [[HTML]] = files.map { row in
            let view = PaymentFileView(row, call.zone)
            return [
                parts.link(.paymentFile(view.id), view.id), parts.day(view.executionOn),
                "\(parts.say(MoneyText.fileState(view.state)))", "\(view.payments)",
                "\(view.open)", parts.yuan(view.amountFen), "\(view.preparedBy)",
            ]
        }
        return """
            \(parts.table([
                .text("文件", "File"), .text("付款日", "Pays on"), .text("状态", "State"),
                .number("笔数", "Payments"), .number("未了", "Open"), .number("金额", "Amount"),
                .text("编制", "Prepared by"),
            ], rows, label: parts.say(MoneyText.paymentFiles), empty: MoneyText.noFiles))
            \(parts.cut(rows.count, at: PaymentPages.shown))
            """
    }
}
