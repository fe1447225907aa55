import Casework
import Ledger

/// To whom a work order is sent.
struct DispatchForm: Form {
    let lead: String
    let assisting: [String]

    init(_ fields: Fields) {
        lead = fields.written("lead", upTo: 64, Phrase("主办单位代码", "the bureau that leads"))
        assisting =
            fields.textsIfPresent(
                "assisting", upTo: OrderTextLimits.bureaus, Phrase("协办单位代码", "those that assist"))
            ?? []
    }
}

struct OrderDesignationForm: Form {
    let dispatch: DispatchForm
    let reason: String

    init(_ fields: Fields) {
        dispatch = DispatchForm(fields)
        reason = fields.written("reason", upTo: OrderTextLimits.note, Phrase("理由", "why"))
    }
}

struct MeetingForm: Form {
    let dispatch: DispatchForm
    let minutes: String

    init(_ fields: Fields) {
        dispatch = DispatchForm(fields)
        minutes = fields.written(
            "minutes", upTo: OrderTextLimits.text, Phrase("会议纪要", "the minutes"))
    }
}

struct OrderAcknowledgementForm: Form {
    let way: Assignment.Way

    init(_ fields: Fields) {
        way = fields.choice(
            "by", placeholder: Assignment.Way.system, Phrase("系统或电话", "how the bureau was told"))
    }
}

struct QuestionForm: Form {
    let question: String

    init(_ fields: Fields) {
        question = fields.written(
            "question", upTo: OrderTextLimits.note, Phrase("要来电人回答什么", "what the caller is asked"))
    }
}

/// Words that came in or went out. Whoever comes with a tracking code speaks as the caller.
struct MessageForm: Form {
    let text: String
    let channel: Channel?
    let from: OrderMessage.Party?
    let evidence: [String]

    init(_ fields: Fields) {
        text = fields.written("text", upTo: OrderTextLimits.text)
        channel = fields.choiceIfPresent("channel", Channel.self, Phrase("渠道", "how it came"))
        from = fields.choiceIfPresent(
            "from", OrderMessage.Party.self, Phrase("谁的话；只限坐席填写", "whose words; for the desk alone")
        )
        evidence =
            fields.textsIfPresent(
                "evidence", upTo: 20, Phrase("随附证据的哈希值", "hashes of files that came with it"))
            ?? []
    }

    /// - Parameter party: Whose words they are unless the desk says otherwise.
    func message(by actor: Actor, else party: OrderMessage.Party) -> OrderMessage {
        let isDesk = !actor.roles.isDisjoint(with: [.agent, .dutyOfficer, .supervisor])
        let own: OrderMessage.Party =
            isDesk ? from ?? party : actor.roles.contains(.bureau) ? .bureau : .caller
        return OrderMessage(
            channel: channel ?? (isDesk ? .phone : .web), from: own, text: text,
            evidence: evidence)
    }
}

struct PauseForm: Form {
    let reason: PauseReason
    let note: String

    init(_ fields: Fields) {
        reason = fields.choice("reason", placeholder: PauseReason.evidence)
        note = fields.written("note", upTo: OrderTextLimits.note)
    }
}

struct ExtensionRequestForm: Form {
    let count: Int
    let reason: String

    init(_ fields: Fields) {
        count = fields.integer(
            "by", in: 1...10_080, Phrase("以办结时限的单位计", "in the unit of the handling limit"))
        reason = fields.written("reason", upTo: OrderTextLimits.note)
    }
}

struct AgreementForm: Form {
    let agreement: Agreement

    init(_ fields: Fields) {
        let text = fields.written(
            "text", upTo: OrderTextLimits.text, Phrase("约定内容", "what was agreed"))
        let isLess = fields.flag(
            "is_for_less", Phrase("少于诉求", "for less than was claimed"))
        agreement = Agreement(text: text, isLess ? .lessThanClaimed : .asClaimed)
    }
}

struct ConsentForm: Form {
    let member: String
    let reference: String

    init(_ fields: Fields) {
        member = fields.written("member", upTo: 64, Phrase("成员编号", "the member's id"))
        reference = fields.written("reference", upTo: 400, Phrase("凭据", "what proves it"))
    }
}

struct CompletionForm: Form {
    enum Kind: String, CaseIterable, Sendable { case solved, partly, unsolved, settledInKind }

    let outcome: OrderOutcome
    let reply: String

    init(_ fields: Fields) {
        let kind = fields.choice("outcome", placeholder: Kind.solved)
        let reason = fields.writtenIfPresent(
            "reason", upTo: OrderTextLimits.note,
            Phrase("solved以外必填：原因，或以何物了结", "with all but solved: why, or what was done instead"))
        reply = fields.written(
            "reply", upTo: OrderTextLimits.text, Phrase("答复来电人", "the caller is told"))
        if kind != .solved, reason == nil { fields.note("reason", "必填，请补上", "is missing: add it") }
        switch kind {
        case .solved: outcome = .solved
        case .partly: outcome = .partly(reason: reason ?? "")
        case .unsolved: outcome = .unsolved(reason: reason ?? "")
        case .settledInKind: outcome = .settledInKind(what: reason ?? "")
        }
    }
}

struct FaultForm: Form {
    let fault: BureauFault
    let bureau: String
    let reason: String

    init(_ fields: Fields) {
        fault = fields.choice("fault", placeholder: BureauFault.delaying)
        bureau = fields.written("bureau", upTo: 64)
        reason = fields.written("reason", upTo: OrderTextLimits.note)
    }
}

struct FieldCheckForm: Form {
    let found: FieldCheck

    init(_ fields: Fields) {
        let isAsReported = fields.flag("is_as_reported", Phrase("与反馈相符", "as the bureau reported"))
        let note = fields.written("note", upTo: OrderTextLimits.note)
        found = isAsReported ? .asReported(note: note) : .notAsReported(reason: note)
    }
}

struct OrderFollowUpForm: Form {
    let grade: FollowUp.Grade
    let cause: DissatisfactionCause?
    let note: String

    init(_ fields: Fields) {
        grade = fields.choice("grade", placeholder: FollowUp.Grade.a, Phrase("满意度", "satisfaction"))
        cause = fields.choiceIfPresent(
            "cause", DissatisfactionCause.self, Phrase("仅c时填写", "with grade c, and no other"))
        note = fields.text("note", upTo: OrderTextLimits.note)
    }
}

struct OrderReopeningForm: Form {
    let newFacts: String

    init(_ fields: Fields) {
        newFacts = fields.written(
            "new_facts", upTo: OrderTextLimits.text, Phrase("此前不知的情况", "what was not known before"))
    }
}
