import Casework
import HTTPTypes
import Hummingbird
import Ledger
import Store
import Workflow

/// Payouts by bank: files that one person prepares and another releases, and what the bank answers.
enum PaymentRoutes {
    static let all: [Route] = [
        Route(
            method: .get, path: "/api/v1/payment-files", id: "listPaymentFiles",
            summary: Phrase("付款文件，新的在前", "Payment files, the newest first"),
            access: .action(.readBooks), query: [limit],
            success: .view(200, PaymentFileListView.self)
        ) { call in
            let count = Int(try call.queryNumber("limit", in: 1...200) ?? 50)
            let zone = call.zone
            let (files, waiting) = try await call.office.read { transaction in
                (
                    try transaction.paymentFiles(limit: count),
                    try transaction.payoutsWaiting(limit: 200)
                )
            }
            return Answer(
                PaymentFileListView(
                    files: files.map { PaymentFileView($0, zone) },
                    waiting: waiting.map { WaitingPayoutView($0, zone) }))
        },
        Route(
            method: .post, path: "/api/v1/payment-files", id: "preparePayments",
            summary: Phrase(
                "把待付的银行付款编成文件（pain.001）",
                "Put the payouts that wait for the bank into a file (pain.001)"),
            access: .action(.preparePayments), body: .form(PreparePaymentsForm.self),
            success: .view(201, PreparedPaymentsView.self)
        ) { call in
            _ = try call.idempotencyKey()
            let (form, bytes) = try await call.form(PreparePaymentsForm.self)
            return try await call.once(bytes) { work in
                let done = try work.preparePayments(
                    executionOn: form.executionOn ?? work.today, by: call.actor)
                return Effect(201, PreparedPaymentsView(done, work.books.zone))
            }
        },
        Route(
            method: .get, path: "/api/v1/payment-files/{file}", id: "showPaymentFile",
            summary: Phrase("一份付款文件及其中各笔", "A payment file and its payouts"),
            access: .action(.readBooks), success: .view(200, PaymentFileDetailView.self)
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
            return Answer(PaymentFileDetailView(file, payouts, zone))
        },
        decision(
            "release", "releasePayments", .action(.releasePayments),
            Phrase(
                "另一人放行付款文件，此后可交银行",
                "Release a file, as another person; it may be handed to the bank then")
        ) { try $0.releasePayments($1, by: $2) },
        decision(
            "withdrawal", "withdrawPayments", .either(.preparePayments, .releasePayments),
            Phrase("撤回尚未放行的付款文件", "Take apart a file that was not released yet")
        ) { try $0.withdrawPayments($1, by: $2) },
        Route(
            method: .get, path: "/api/v1/payment-files/{file}/document", id: "showPaymentDocument",
            summary: Phrase(
                "交给银行的文件（pain.001.001.09），放行后可取",
                "The document for the bank (pain.001.001.09), once released"),
            access: .either(.preparePayments, .releasePayments), success: .bytes
        ) { call in
            let (id, actor) = (call.part("file"), call.actor)
            let document = try await call.office.work {
                try $0.paymentDocument(id, for: actor)
            }
            return Answer(200, "application/xml", ByteBuffer(string: document))
                .with(.contentDisposition, "attachment; filename=\"\(id).xml\"")
        },
        Route(
            method: .post, path: "/api/v1/payment-reports", id: "takePaymentReport",
            summary: Phrase(
                "导入银行对付款文件的答复（pain.002）：请求正文即文件",
                "Take the bank's answer to a payment file (pain.002): the body is the file"),
            access: .action(.importPaymentReport),
            body: .raw(["application/xml", "text/xml"], limit_bytes: 8_388_608),
            success: .view(201, PaymentReportView.self)
        ) { call in
            _ = try call.idempotencyKey()
            let bytes = try await call.bytes(upTo: 8_388_608)
            return try await call.once(bytes) { work in
                let done = try work.takePaymentReport(bytes, by: call.actor)
                return Effect(done.isRepeat ? 200 : 201, PaymentReportView(done, work.books.zone))
            }
        },
        Route(
            method: .post, path: "/api/v1/payouts/{number}/return", id: "turnBackPayout",
            summary: Phrase(
                "退回尚未编入文件的银行付款，以便更正收款信息",
                "Turn back a payout by bank that no file holds, so that its payee can be corrected"),
            access: .action(.preparePayments), body: .form(TurnBackForm.self),
            success: .view(200, TurnedBackView.self)
        ) { call in
            _ = try call.idempotencyKey()
            let number = call.part("number")
            let (form, bytes) = try await call.form(TurnBackForm.self)
            return try await call.once(bytes) { work in
                let file = try work.turnBackPayout(number, reason: form.reason, by: call.actor)
                return Effect(200, TurnedBackView(number: number, caseID: file.id.text))
            }
        },
    ]

    private static let limit = Route.QueryParameter(
        name: "limit", about: Phrase("每页条数", "page size"),
        schema: ["type": "integer", "minimum": 1, "maximum": 200])

    private static func decision(
        _ name: String, _ id: String, _ access: Access, _ summary: Phrase,
        _ decide: @escaping @Sendable (Work, String, Actor) throws -> PaymentFileRow
    ) -> Route {
        Route(
            method: .post, path: "/api/v1/payment-files/{file}/\(name)", id: id, summary: summary,
            access: access, body: .form(EmptyForm.self),
            success: .view(200, PaymentFileView.self)
        ) { call in
            _ = try call.idempotencyKey()
            let file = call.part("file")
            let (_, bytes) = try await call.form(EmptyForm.self)
            return try await call.once(bytes) { work in
                Effect(
                    200, PaymentFileView(try decide(work, file, call.actor), work.books.zone))
            }
        }
    }
}

struct PreparePaymentsForm: Form {
    let executionOn: Day?

    init(_ fields: Fields) {
        executionOn = fields.dayIfPresent(
            "execution_on", Phrase("付款日，缺省为今天", "when the bank is to pay; today when left out"))
    }
}

struct TurnBackForm: Form {
    let reason: String

    init(_ fields: Fields) {
        reason = fields.text("reason", upTo: 500, Phrase("原因", "why"))
    }
}
