import Casework
import Ledger

/// A command without anything to say.
struct EmptyForm: Form {
    init(_ fields: Fields) {}
}

struct ReasonForm: Form {
    static let limit_characters = 1_000
    let reason: String

    init(_ fields: Fields) {
        reason = fields.text("reason", upTo: Self.limit_characters, Phrase("理由", "why"))
    }
}

struct EvidenceRequestForm: Form {
    let kinds: [String]
    let note: String

    init(_ fields: Fields) {
        kinds = fields.texts("kinds", upTo: 20, Phrase("证据种类", "kinds of evidence"))
        note = fields.text(
            "note", upTo: ReasonForm.limit_characters, Phrase("告诉游客的话", "what the tourist is told"))
        if kinds.isEmpty { fields.note("kinds", "至少一种", "name at least one") }
    }
}

struct FactsForm: Form {
    let facts: Facts
    let reason: String

    init(_ fields: Fields) {
        facts = fields.facts("facts", isRequired: true, Phrase("更正后的要素", "the facts as they are"))
        reason = fields.text("reason", upTo: ReasonForm.limit_characters)
        if facts.isEmpty { fields.note("facts", "至少一项", "name at least one") }
    }
}

struct ApprovalForm: Form {
    let role: Role

    init(_ fields: Fields) {
        role = fields.choice("role", placeholder: Role.reviewer, Phrase("以哪个角色同意", "as which role"))
    }
}

struct ReductionForm: Form {
    let amount: Money
    let reason: String

    init(_ fields: Fields) {
        amount = fields.amount("amount_fen", Phrase("减为", "lowered to"))
        reason = fields.text("reason", upTo: ReasonForm.limit_characters)
    }
}

struct ContestAnswerForm: Form {
    let isUpheld: Bool
    let reason: String
    let grant: Money?

    init(_ fields: Fields) {
        isUpheld = fields.flag("is_upheld", Phrase("维持原决定", "the refusal stands"))
        reason = fields.text("reason", upTo: ReasonForm.limit_characters)
        grant = fields.amountIfPresent("grant_fen", Phrase("改为拟赔付", "proposed instead"))
    }
}

struct FollowUpForm: Form {
    let grade: FollowUp.Grade
    let note: String

    init(_ fields: Fields) {
        grade = fields.choice("grade", placeholder: FollowUp.Grade.a, Phrase("满意度", "satisfaction"))
        note = fields.text("note", upTo: ReasonForm.limit_characters)
    }
}

struct DesignationForm: Form {
    let bureau: String
    let reason: String

    init(_ fields: Fields) {
        bureau = fields.text("bureau", upTo: 64, Phrase("承办单位代码，见政策版本", "a bureau of the edition"))
        reason = fields.text("reason", upTo: ReasonForm.limit_characters)
    }
}

struct AuditForm: Form {
    enum Kind: String, CaseIterable, Sendable {
        case approve, reduce, refuse
        case askEvidence = "ask_evidence"
        case notOurs = "not_ours"
    }

    let finding: AuditFinding

    init(_ fields: Fields) {
        let kind = fields.choice("finding", placeholder: Kind.approve)
        let amount = fields.amountIfPresent(
            "amount_fen", Phrase("reduce时：减为", "with reduce: lowered to"))
        let reason = fields.textIfPresent(
            "reason", upTo: ReasonForm.limit_characters,
            Phrase("approve以外必填", "with all but approve"))
        let kinds = fields.textsIfPresent(
            "kinds", upTo: 20, Phrase("ask_evidence时：证据种类", "with ask_evidence"))
        if kind != .approve, reason == nil { fields.note("reason", "必填，请补上", "is missing: add it") }
        if kind == .reduce, amount == nil {
            fields.note("amount_fen", "必填，请补上", "is missing: add it")
        }
        if kind == .askEvidence, kinds?.isEmpty != false {
            fields.note("kinds", "至少一种", "name at least one")
        }
        switch kind {
        case .approve: finding = .approve
        case .reduce: finding = .reduce(to: amount ?? .zero, reason: reason ?? "")
        case .refuse: finding = .refuse(reason: reason ?? "")
        case .askEvidence: finding = .askEvidence(kinds ?? [], note: reason ?? "")
        case .notOurs: finding = .notOurs(reason: reason ?? "")
        }
    }
}

struct MerchantPaymentForm: Form {
    let amount: Money
    let proof: String

    init(_ fields: Fields) {
        amount = fields.amount("amount_fen", Phrase("商家付给游客", "what the merchant paid the tourist"))
        proof = fields.text("proof", upTo: 400, Phrase("凭据", "what proves it"))
    }
}

struct ReissueForm: Form {
    let payee: Payee?

    init(_ fields: Fields) { payee = fields.objectIfPresent("payee", PayeeForm.self)?.payee }
}

struct NoticeForm: Form {
    let notice: Recovery.Notice

    init(_ fields: Fields) {
        let day = fields.day("served_on", Phrase("送达日", "the day it was served"))
        let proof = fields.text("proof", upTo: 400, Phrase("送达凭据", "what proves the service"))
        if !proof.contains(where: { !$0.isWhitespace }) {
            fields.note("proof", "请填写", "is empty: fill it in")
        }
        notice = Recovery.Notice(servedOn: day, proof: proof)
    }
}

struct ResponseForm: Form {
    enum Kind: String, CaseIterable, Sendable { case accept, partial, dispute }

    let response: Recovery.Response

    init(_ fields: Fields) {
        let kind = fields.choice("response", placeholder: Kind.accept)
        let amount = fields.amountIfPresent(
            "amount_fen", Phrase("partial时：同意的金额", "with partial: what it accepts"))
        let reason = fields.textIfPresent(
            "reason", upTo: ReasonForm.limit_characters, Phrase("accept以外必填", "with all but accept")
        )
        if kind != .accept, reason == nil { fields.note("reason", "必填，请补上", "is missing: add it") }
        if kind == .partial, amount == nil {
            fields.note("amount_fen", "必填，请补上", "is missing: add it")
        }
        switch kind {
        case .accept: response = .accept
        case .partial: response = .partial(amount ?? .zero, reason: reason ?? "")
        case .dispute: response = .dispute(defence: reason ?? "")
        }
    }
}

struct DefenceForm: Form {
    let amount: Money
    let reason: String
    let bearer: ClaimBack.Bearer

    init(_ fields: Fields) {
        amount = fields.amount("amount_fen", Phrase("成立的抗辩金额", "what is struck off"))
        reason = fields.text("reason", upTo: ReasonForm.limit_characters)
        bearer =
            fields.choiceIfPresent(
                "borne_by", ClaimBack.Bearer.self,
                Phrase("由谁承担，默认fund", "who bears it; the fund unless said")) ?? .fund
    }
}

/// Money that came in for a recovery.
struct ReceiptForm: Form {
    let amount: Money
    let reference: String
    let day: Day

    init(_ fields: Fields) {
        amount = fields.amount("amount_fen")
        reference = fields.text("reference", upTo: 128, Phrase("银行流水号或凭据", "the bank's reference"))
        day = fields.day("received_on")
        if !reference.contains(where: { !$0.isWhitespace }) {
            fields.note("reference", "请填写", "is empty: fill it in")
        }
    }
}
