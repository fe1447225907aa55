import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// The commands people give to a case, each a resource below it.
enum CaseCommands {
    static let all: [Route] = desk + bureau + recovery + LaterCommands.all

    /// What a command is called where people give it.
    static func name(of command: Command.Kind) -> Phrase {
        all.first { $0.id == command.rawValue }?.summary
            ?? Phrase(command.rawValue, command.rawValue)
    }

    private static let desk: [Route] = [
        command(
            "evidence-request", .requestEvidence, EvidenceRequestForm.self,
            Phrase("要求补充证据，计时中止", "Ask for evidence; the clocks stand still")
        ) {
            .requestEvidence($0.kinds, note: $0.note)
        },
        command("facts", .correctFacts, FactsForm.self, Phrase("补充或更正案情要素", "Add or correct facts"))
        {
            .correctFacts($0.facts, reason: $0.reason)
        },
        command(
            "waiver", .goOnWithout, ReasonForm.self,
            Phrase("不再等待证据", "Go on without the evidence asked for")
        ) {
            .goOnWithout(reason: $0.reason)
        },
        tracked("payee", .setPayee, PayeeForm.self, Phrase("登记收款账户", "Say where the money goes")) {
            .setPayee($0.payee)
        },
        command(
            "approval", .approve, ApprovalForm.self,
            Phrase("同意拟议的先行赔付", "Approve the proposed advance")
        ) {
            .approve(as: $0.role)
        },
        command(
            "reduction", .reduce, ReductionForm.self, Phrase("减少拟议金额", "Lower the proposed advance")
        ) {
            .reduce(to: $0.amount, reason: $0.reason)
        },
        command("refusal", .refuseAdvance, ReasonForm.self, Phrase("不予先行赔付", "Refuse the advance"))
        {
            .refuseAdvance(reason: $0.reason)
        },
        tracked("contest", .contest, ReasonForm.self, Phrase("对拒绝提出异议", "Contest a refusal")) {
            .contest(reason: $0.reason)
        },
        command(
            "contest-answer", .answerContest, ContestAnswerForm.self,
            Phrase("答复异议", "Answer the tourist's objection")
        ) {
            .answerContest(isUpheld: $0.isUpheld, reason: $0.reason, grant: $0.grant)
        },
        tracked("withdrawal", .withdraw, ReasonForm.self, Phrase("撤回投诉", "Withdraw the complaint"))
        {
            .withdraw(reason: $0.reason)
        },
        command(
            "follow-up", .followUp, FollowUpForm.self, Phrase("登记回访", "Record the follow-up call")
        ) {
            .followUp($0.grade, note: $0.note)
        },
        command("closing", .close, EmptyForm.self, Phrase("办结", "Close the case")) { _ in .close },
        command("reopening", .reopen, ReasonForm.self, Phrase("重启", "Reopen on new facts")) {
            .reopen(reason: $0.reason)
        },
        command(
            "payout-reissue", .reissuePayout, ReissueForm.self,
            Phrase("失败或退票后重新打款", "Pay again after a failure or return")
        ) {
            .reissuePayout($0.payee)
        },
    ]

    private static let bureau: [Route] = [
        Route(
            method: .post, path: path("designation"), id: "designate",
            summary: Phrase("指定承办单位", "Name another bureau"), access: .command(.designate),
            body: .form(DesignationForm.self), success: .view(200, CaseReceiptView.self)
        ) { call in
            try await call.give(DesignationForm.self) { form, work, id, version in
                let edition = try work.edition(of: id)
                guard edition.bureaus.contains(where: { $0.code == form.bureau }) else {
                    let known = edition.bureaus.map(\.code).joined(separator: ", ")
                    throw WorkflowError.unfit([
                        .init(
                            field: "bureau", chinese: "应为以下之一：\(known)",
                            english: "must be one of: \(known)")
                    ])
                }
                return try work.perform(
                    .designate(bureau: form.bureau, reason: form.reason), on: id, by: call.actor,
                    expecting: version)
            }
        },
        command(
            "acknowledgement", .acknowledge, EmptyForm.self,
            Phrase("签收工单", "Acknowledge the work order")
        ) { _ in
            .acknowledge
        },
        command(
            "audit", .audit, AuditForm.self,
            Phrase("审核结论：同意、减少、拒绝、补证或退回", "Audit: approve, reduce, refuse, ask, or send back")
        ) {
            .audit($0.finding)
        },
        command(
            "merchant-payment", .recordMerchantPayment, MerchantPaymentForm.self,
            Phrase("商家已向游客付款", "The merchant paid the tourist")
        ) {
            .recordMerchantPayment($0.amount, proof: $0.proof)
        },
        command(
            "no-agreement", .recordNoAgreement, ReasonForm.self, Phrase("调解不成", "Mediation failed")
        ) {
            .recordNoAgreement(reason: $0.reason)
        },
    ]

    private static let recovery: [Route] = [
        Route(
            method: .post, path: path("notice"), id: "serveNotice",
            summary: Phrase(
                "登记追偿通知书的送达，时限自此起算", "Record that the notice was served; its limits run from here"),
            access: .command(.serveNotice), body: .form(NoticeForm.self),
            success: .view(200, CaseReceiptView.self)
        ) { call in
            try await call.give(NoticeForm.self) { form, work, id, version in
                try work.serveNotice(form.notice, on: id, by: call.actor, expecting: version)
            }
        },
        command(
            "response", .recordResponse, ResponseForm.self,
            Phrase("登记商家的答复", "Record the merchant's answer")
        ) {
            .recordResponse($0.response)
        },
        command("defence", .upholdDefence, DefenceForm.self, Phrase("认可商家抗辩", "Uphold a defence")) {
            .upholdDefence($0.amount, reason: $0.reason, bornBy: $0.bearer)
        },
        received("repayment", .recordRepayment, Phrase("登记商家偿还", "Record a repayment")) {
            .recordRepayment($0.amount, reference: $0.reference, on: $0.day)
        },
        received(
            "deposit-set-off", .setOffDeposit,
            Phrase("以质量保证金抵偿", "Set off from the quality deposit")
        ) {
            .setOffDeposit($0.amount, reference: $0.reference, on: $0.day)
        },
        command(
            "write-off", .proposeWriteOff, ReasonForm.self,
            Phrase("提出核销", "Propose to write off the rest")
        ) {
            .proposeWriteOff(reason: $0.reason)
        },
        command(
            "write-off-approval", .approveWriteOff, EmptyForm.self,
            Phrase("另一人同意核销", "Approve the write-off, as another person")
        ) { _ in
            .approveWriteOff
        },
    ]

    static func path(_ name: String) -> String { "/api/v1/cases/{case}/\(name)" }

    static func command<F: Form>(
        _ name: String, _ kind: Command.Kind, _ form: F.Type, _ summary: Phrase,
        _ make: @escaping @Sendable (F) -> Command
    ) -> Route {
        route(name, kind, .command(kind), form, summary, make)
    }

    /// A command that the tourist may give too.
    private static func tracked<F: Form>(
        _ name: String, _ kind: Command.Kind, _ form: F.Type, _ summary: Phrase,
        _ make: @escaping @Sendable (F) -> Command
    ) -> Route {
        route(name, kind, .tracked(kind), form, summary, make)
    }

    private static func route<F: Form>(
        _ name: String, _ kind: Command.Kind, _ access: Access, _ form: F.Type, _ summary: Phrase,
        _ make: @escaping @Sendable (F) -> Command
    ) -> Route {
        Route(
            method: .post, path: path(name), id: kind.rawValue, summary: summary, access: access,
            body: .form(form), success: .view(200, CaseReceiptView.self)
        ) { call in
            try await call.give(form) { form, work, id, version in
                try work.perform(make(form), on: id, by: call.actor, expecting: version)
            }
        }
    }

    /// Something done on a day, which cannot lie ahead.
    static func dated(
        _ name: String, _ kind: Command.Kind, _ summary: Phrase,
        _ make: @escaping @Sendable (DatedForm) -> Command
    ) -> Route {
        Route(
            method: .post, path: path(name), id: kind.rawValue, summary: summary,
            access: .command(kind),
            body: .form(DatedForm.self), success: .view(200, CaseReceiptView.self)
        ) { call in
            try await call.give(DatedForm.self) { form, work, id, version in
                try work.refuseFuture(form.day, "on")
                return try work.perform(make(form), on: id, by: call.actor, expecting: version)
            }
        }
    }

    /// Money that came in on a day, which cannot lie ahead.
    static func received(
        _ name: String, _ kind: Command.Kind, _ summary: Phrase,
        _ make: @escaping @Sendable (ReceiptForm) -> Command
    ) -> Route {
        Route(
            method: .post, path: path(name), id: kind.rawValue, summary: summary,
            access: .command(kind),
            body: .form(ReceiptForm.self), success: .view(200, CaseReceiptView.self)
        ) { call in
            try await call.give(ReceiptForm.self) { form, work, id, version in
                try work.refuseFuture(form.day, "received_on")
                return try work.perform(make(form), on: id, by: call.actor, expecting: version)
            }
        }
    }
}

extension Call {
    /// Gives a command to the case in the path, once, and answers where the case stands then.
    func give<F: Form>(
        _: F.Type,
        _ effect: @escaping @Sendable (F, Work, ID<Case>, Int?) throws -> Case
    ) async throws -> Answer {
        let id = try caseID()
        let version = try expectedVersion()
        _ = try idempotencyKey()
        let (form, bytes) = try await form(F.self)
        return try await once(bytes) { work in
            let file = try effect(form, work, id, version)
            return Effect(200, CaseReceiptView(file, work.books.zone, at: work.now))
        }
    }
}

extension Work {
    /// The edition a case was filed under.
    func edition(of id: ID<Case>) throws -> Edition {
        guard let row = try transaction.caseRow(id) else { throw WorkflowError.noSuchCase(id.text) }
        return try office.policies.edition(named: row.edition)
    }

    func refuseFuture(_ day: Day, _ field: String) throws(WorkflowError) {
        guard day > today else { return }
        throw .unfit([
            .init(
                field: field, chinese: "不能晚于今天（\(today)）",
                english: "lies in the future; today is \(today)")
        ])
    }
}
