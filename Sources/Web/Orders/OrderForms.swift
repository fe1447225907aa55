import Casework
import Ledger
import Workflow

/// Limits of the texts people write about a work order, in characters.
enum OrderTextLimits {
    static let note = 1_000
    static let text = 5_000
    static let bureaus = 20
}

struct OrderReasonForm: Form {
    let reason: String

    init(_ fields: Fields) {
        reason = fields.written("reason", upTo: OrderTextLimits.note, Phrase("理由", "why"))
    }
}

struct OrderNoteForm: Form {
    let note: String

    init(_ fields: Fields) {
        note = fields.written(
            "note", upTo: OrderTextLimits.note, Phrase("说明", "what there is to say"))
    }
}

struct OrderTextForm: Form {
    let text: String

    init(_ fields: Fields) { text = fields.written("text", upTo: OrderTextLimits.text) }
}

struct OrderSortingForm: Form {
    let sorting: OrderSorting
    let reason: String

    init(_ fields: Fields) {
        let kind = fields.written("kind", upTo: 64, Phrase("诉求类型代码", "a kind of the edition"))
        let category = fields.writtenIfPresent(
            "category", upTo: 64, Phrase("分类代码；不填由政策判定", "policy says unless given"))
        let area = fields.writtenIfPresent(
            "area", upTo: 64, Phrase("区域代码；不填则不变", "as it was unless given"))
        sorting = OrderSorting(kind: kind, category: category, area: area)
        reason = fields.written("reason", upTo: OrderTextLimits.note)
    }
}

struct OrderAnswerForm: Form {
    let answer: OrderAnswer

    init(_ fields: Fields) {
        let text = fields.written(
            "text", upTo: OrderTextLimits.text, Phrase("答复内容", "what the caller is told"))
        let article = fields.writtenIfPresent(
            "article", upTo: 64, Phrase("知识库条目", "the knowledge-base article"))
        answer = OrderAnswer(text: text, article: article)
    }
}

struct ProvidersForm: Form {
    let providers: [String]
    let basis: ReferralBasis

    init(_ fields: Fields) {
        providers = fields.texts("providers", upTo: 20, Phrase("服务单位", "those named to the caller"))
        basis = fields.choice(
            "by", placeholder: ReferralBasis.nearest, Phrase("自愿、就近、属地", "by what they were named"))
        if providers.contains(where: { !$0.contains { !$0.isWhitespace } }) {
            fields.note("providers", "不能有空白项", "holds an empty name: remove it")
        }
    }
}

struct ProviderChoiceForm: Form {
    let provider: String?

    init(_ fields: Fields) {
        provider = fields.writtenIfPresent(
            "provider", upTo: 64, Phrase("来电人所选；都不要则不填", "the caller's choice; none: left out"))
    }
}

struct DeclineForm: Form {
    let code: String
    let reason: String
    let referral: String

    init(_ fields: Fields) {
        code = fields.written("code", upTo: 64, Phrase("不予受理情形代码", "why, as a code"))
        reason = fields.written("reason", upTo: OrderTextLimits.note)
        referral = fields.written(
            "referral", upTo: OrderTextLimits.note, Phrase("可向何处反映", "where the caller can go"))
    }
}

struct HandOverForm: Form {
    enum Kind: String, CaseIterable, Sendable { case emergency, discipline }

    let handOver: HandOver

    init(_ fields: Fields) {
        let kind = fields.choice("to", placeholder: Kind.emergency)
        let line = fields.writtenIfPresent(
            "line", upTo: 40,
            Phrase("移交紧急救援时：110、119、120等", "with emergency: the number dialled"))
        let call = fields.objectIfPresent("call", ThreeWayCallForm.self)
        let body = fields.writtenIfPresent(
            "body", upTo: 200, Phrase("移交纪检监察时：接收机关", "with discipline: who received it"))
        switch kind {
        case .emergency:
            if line == nil { fields.note("line", "必填，请补上", "is missing: add it") }
            if call == nil { fields.note("call", "必填，请补上", "is missing: add it") }
            handOver = .emergency(
                line: line ?? "", call: call?.call ?? ThreeWayCallForm.placeholder)
        case .discipline:
            if body == nil { fields.note("body", "必填，请补上", "is missing: add it") }
            handOver = .discipline(body: body ?? "")
        }
    }
}

/// The times of a three-way call, in order.
struct ThreeWayCallForm: Form {
    static let placeholder = ThreeWayCall(
        dialledAt: Moment(ms: 0), joinedAt: Moment(ms: 0), endedAt: Moment(ms: 0))
    let call: ThreeWayCall

    init(_ fields: Fields) {
        let dialled = fields.moment("dialled_at", Phrase("拨出", "when the line was dialled"))
        let joined = fields.moment("joined_at", Phrase("三方接通", "when all three were on the line"))
        let ended = fields.moment("ended_at", Phrase("结束", "when it ended"))
        call = ThreeWayCall(dialledAt: dialled, joinedAt: joined, endedAt: ended)
    }
}

struct MergeForm: Form {
    let first: ID<WorkOrder>

    init(_ fields: Fields) {
        let text = fields.written("into", upTo: 40, Phrase("首件编号", "the first one's number"))
        first = fields.orderNumber(text, "into") ?? ID("")
    }
}

extension Fields {
    /// Nil, and noted of the field `name`, when `text` says something and is no work order's number.
    func orderNumber(_ text: String, _ name: String) -> ID<WorkOrder>? {
        let number = OrderNumber.read(text)
        if !text.isEmpty, number == nil {
            note(name, "不是工单编号，请核对校验码", "is no work order's number: check its digits")
        }
        return number
    }
}

struct LinkForm: Form {
    enum Kind: String, CaseIterable, Sendable { case compensation, report, complaint, related }

    let link: OrderLink

    init(_ fields: Fields) {
        let kind = fields.choice("kind", placeholder: Kind.related)
        let text = fields.written(
            "number", upTo: 40, Phrase("案件或工单编号", "of the case or work order"))
        let number = CaseNumber.read(text)
        if !text.isEmpty, number == nil {
            fields.note("number", "不是编号，请核对校验码", "is no number: check its digits")
        }
        let id = number?.text ?? ""
        switch kind {
        case .compensation: link = .compensation(ID(id))
        case .report: link = .report(ID(id))
        case .complaint: link = .complaint(ID(id))
        case .related: link = .related(ID(id))
        }
    }
}

struct ResponsibilityForm: Form {
    let name: String
    let reason: String

    init(_ fields: Fields) {
        name = fields.written("to", upTo: 64, Phrase("新的首接责任人", "who answers for it from now on"))
        reason = fields.written("reason", upTo: OrderTextLimits.note)
    }
}
