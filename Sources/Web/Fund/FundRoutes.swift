import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

enum FundRoutes {
    static let all: [Route] = reading + booking

    private static let reading: [Route] = [
        Route(
            method: .get, path: "/api/v1/fund", id: "showFund",
            summary: Phrase(
                "资金：可用余额、五个数、科目、冻结", "The fund: spendable, five amounts, accounts, reservations"),
            access: .action(.readBooks), success: .view(200, FundView.self)
        ) { call in
            Answer(try await call.desk.fundStatement.read(call.office))
        },
        Route(
            method: .get, path: "/api/v1/vouchers", id: "listVouchers",
            summary: Phrase("记账凭证，按编号", "Vouchers in the order of their numbers"),
            access: .action(.readBooks),
            query: [
                .init(name: "after", about: Phrase("此编号之后", "after this number"), schema: number),
                .init(
                    name: "before", about: Phrase("此编号之前，倒序", "before this number, backward"),
                    schema: number),
                .init(
                    name: "case", about: Phrase("案件编号", "of this case"), schema: ["type": "string"]),
                .init(
                    name: "limit", about: Phrase("每页张数", "page size"),
                    schema: ["type": "integer", "minimum": 1, "maximum": 200]),
            ],
            success: .view(200, VoucherListView.self)
        ) { call in
            let filter = try call.voucherFilter()
            let books = call.office.books
            let vouchers = try await call.office.read { try $0.vouchers(books.fund, filter) }
            return Answer(
                VoucherListView(
                    vouchers: vouchers.map { VoucherView($0, books.chart, books.zone) },
                    next: vouchers.count == filter.limit ? vouchers.last?.number : nil))
        },
        Route(
            method: .get, path: "/api/v1/vouchers/{number}", id: "showVoucher",
            summary: Phrase("一张凭证", "One voucher"), access: .action(.readBooks),
            success: .view(200, VoucherView.self)
        ) { call in
            let books = call.office.books
            return Answer(VoucherView(try await call.voucher(), books.chart, books.zone))
        },
        Route(
            method: .get, path: "/api/v1/ledger/verification", id: "verifyLedger",
            summary: Phrase("只凭凭证重算全部账目", "Recompute the books from the vouchers alone"),
            access: .action(.readBooks), success: .view(200, VerificationView.self)
        ) { call in
            Answer(VerificationView(try await call.office.verifyBooks()))
        },
    ]

    private static let booking: [Route] = [
        Route(
            method: .post, path: "/api/v1/fund/appropriations", id: "appropriate",
            summary: Phrase(
                "拨付入池；待资金的案件随即继续", "Book money granted to the fund; waiting cases go on"),
            access: .action(.manageFund), body: .form(AppropriationForm.self),
            success: .view(201, VoucherView.self)
        ) { call in
            try await call.book(AppropriationForm.self) { form, work in
                try work.refuseFuture(form.day, "received_on")
                return try work.appropriate(
                    form.amount, id: form.id, reason: form.reason, on: form.day, by: call.actor)
            }
        },
        Route(
            method: .post, path: "/api/v1/fund/transfers", id: "transfer",
            summary: Phrase("专户与支付平台之间划转", "Book a transfer between bank and platform"),
            access: .action(.manageFund), body: .form(TransferForm.self),
            success: .view(201, VoucherView.self)
        ) { call in
            try await call.book(TransferForm.self) { form, work in
                try work.refuseFuture(form.day, "on")
                return try work.transfer(
                    form.amount, toPlatform: form.to == .platform, id: form.id, on: form.day,
                    by: call.actor)
            }
        },
    ]

    private static let number: JSONValue = ["type": "integer", "format": "int64", "minimum": 0]
}

struct AppropriationForm: Form {
    let id: String
    let amount: Money
    let reason: String
    let day: Day

    init(_ fields: Fields) {
        id = fields.text(
            "id", upTo: 64, Phrase("拨付文号，只记一次", "names the grant, which is booked once"))
        amount = fields.amount("amount_fen")
        reason = fields.text("reason", upTo: 300, Phrase("摘要", "summary"))
        day = fields.day("received_on")
        if id.isEmpty { fields.note("id", "请填写", "is empty: fill it in") }
        if reason.isEmpty { fields.note("reason", "请填写", "is empty: fill it in") }
    }
}

struct TransferForm: Form {
    enum Target: String, CaseIterable, Sendable { case platform, bank }

    let id: String
    let amount: Money
    let to: Target
    let day: Day

    init(_ fields: Fields) {
        id = fields.text(
            "id", upTo: 64, Phrase("划转编号，只记一次", "names the transfer, which is booked once"))
        amount = fields.amount("amount_fen")
        to = fields.choice("to", placeholder: Target.platform)
        day = fields.day("on")
        if id.isEmpty { fields.note("id", "请填写", "is empty: fill it in") }
    }
}

extension Call {
    fileprivate func voucherFilter() throws -> VoucherFilter {
        var filter = VoucherFilter()
        filter.after = try queryNumber("after", in: 0...Int64.max) ?? 0
        filter.before = try queryNumber("before", in: 0...Int64.max)
        if let text = query("case") {
            guard let id = CaseNumber.read(text) else {
                throw Problem.malformedQuery("case", "应为案件编号", "must be a case number")
            }
            filter.caseID = id.text
        }
        filter.limit = Int(try queryNumber("limit", in: 1...200) ?? 50)
        return filter
    }

    /// Books what the form says, once.
    fileprivate func book<F: Form>(
        _: F.Type, _ effect: @escaping @Sendable (F, Work) throws -> Voucher
    ) async throws -> Answer {
        _ = try idempotencyKey()
        let (form, bytes) = try await form(F.self)
        return try await once(bytes) { work in
            let voucher = try effect(form, work)
            return Effect(201, VoucherView(voucher, work.books.chart, work.books.zone))
        }
    }
}
