import Casework
import Ledger
import Store
import Workflow

/// A service of Open311: a matter that a complaint to the fund is about, or a kind of work order.
struct Open311Service: Sendable {
    enum Subject: Sendable {
        case matter(Matter, Edition)
        case kind(OrderKind, Edition)
    }

    let subject: Subject

    /// The arguments that are not facts of an edition.
    static let attributes: Set = [
        "merchant_name", "merchant", "order", "occurred_on", "paid", "claimed", "wanted",
        "identity", "account", "number_elsewhere", "area", "category",
    ]

    var code: String {
        switch subject {
        case .matter(let matter, _): matter.code
        case .kind(let kind, _): kind.code
        }
    }

    var name: Phrase {
        switch subject {
        case .matter(let matter, _): Phrase(matter.chinese, matter.english)
        case .kind(let kind, _): Phrase(kind.chinese, kind.english)
        }
    }

    private var group: Phrase {
        switch subject {
        case .matter(let matter, _): Names.category(matter.category)
        case .kind: Phrase("热线诉求", "demands to the hotline")
        }
    }

    private var about: Phrase {
        switch subject {
        case .matter: Phrase("旅游消费投诉：\(name.zh)", "Complaint of a tourist: \(name.en)")
        case .kind: Phrase("政务服务热线：\(name.zh)", "Public service hotline: \(name.en)")
        }
    }

    func node(_ language: Language) -> Open311Node {
        .object([
            ("service_code", .text(code)), ("service_name", .text(name[language])),
            ("description", .text(about[language])),
            ("metadata", .flag(true)), ("type", .text("realtime")),
            ("keywords", .text("\(name.zh),\(name.en)")), ("group", .text(group[language])),
        ])
    }

    func definition(_ language: Language) -> Open311Node {
        let attributes = attributes.enumerated().map { index, attribute in
            attribute.node(order: index + 1, language)
        }
        return .object([
            ("service_code", .text(code)), ("attributes", .list(item: "attribute", attributes)),
        ])
    }

    private var attributes: [Open311Attribute] {
        switch subject {
        case .matter(let matter, let edition):
            [
                .init("merchant_name", .string, true, TouristText.merchant),
                .init(
                    "merchant", .string, false, Phrase("名录中商家的编号", "The merchant's id on the list")),
                .init("order", .string, false, TouristText.order),
                .init(
                    "occurred_on", .datetime, true, TouristText.day,
                    hint: Phrase("yyyy-MM-dd", "yyyy-MM-dd")),
                .init("paid", .number, true, TouristText.paid, hint: Self.yuan),
                .init("claimed", .number, true, TouristText.claimed, hint: Self.yuan),
                .init("wanted", .text, true, TouristText.wanted),
                .init("identity", .string, false, TouristText.identity),
                .init("account", .string, false, TouristText.account),
                .init("number_elsewhere", .string, false, Self.elsewhere),
            ]
                + edition.form(for: matter.code).map {
                    .init($0, isNeeded: $0.needed.include(matter.code))
                }
        case .kind(_, let edition):
            area(edition)
                + [
                    .init("merchant_name", .string, false, TouristText.merchant),
                    .init("number_elsewhere", .string, false, Self.elsewhere),
                ]
                + edition.factSchema.filter {
                    $0.source == .tourist && $0.name != "area" && $0.name != "kind"
                }.map { .init($0, isNeeded: false) }
        }
    }

    private func area(_ edition: Edition) -> [Open311Attribute] {
        guard !edition.hotline.areas.isEmpty else { return [] }
        let values = edition.hotline.areas.map { ($0.code, Phrase($0.chinese, $0.english)) }
        let isNeeded = edition.factKind("area").map { $0.otherwise == nil } ?? false
        return [.init("area", .singlevaluelist(values), isNeeded, Phrase("区域", "Area"))]
    }

    private static let yuan = Phrase("元，至多两位小数", "yuan, at most two decimals")
    private static let elsewhere = Phrase("来源热线的工单号", "The number another hotline gave it")
}

/// One attribute of a service's definition.
struct Open311Attribute: Sendable {
    enum Kind: Sendable {
        case string, number, datetime, text
        case singlevaluelist([(String, Phrase)])
        case multivaluelist([(String, Phrase)])
    }

    let code: String
    let kind: Kind
    let isNeeded: Bool
    let about: Phrase
    let hint: Phrase?

    init(_ code: String, _ kind: Kind, _ isNeeded: Bool, _ about: Phrase, hint: Phrase? = nil) {
        (self.code, self.kind, self.isNeeded) = (code, kind, isNeeded)
        (self.about, self.hint) = (about, hint)
    }

    init(_ fact: FactKind, isNeeded: Bool) {
        let values = fact.values?.map { ($0.code, Phrase($0.chinese, $0.english)) }
        let kind: Kind =
            switch fact.type {
            case .money, .integer: .number
            case .text: values.map { .singlevaluelist($0) } ?? .string
            case .flag: .singlevaluelist([("true", Word.yes.phrase), ("false", Word.no.phrase)])
            case .day, .moment: .datetime
            case .texts: values.map { .multivaluelist($0) } ?? .text
            case .amounts: .text
            }
        let hint: Phrase? =
            switch fact.type {
            case .texts where values == nil, .amounts: Word.oneALine.phrase
            default: fact.unit.map { Phrase($0, $0) }
            }
        self.init(fact.name, kind, isNeeded, Phrase(fact.chinese, fact.english), hint: hint)
    }

    func node(order: Int, _ language: Language) -> Open311Node {
        var members: [(name: String, value: Open311Node)] = [
            ("variable", .flag(true)), ("code", .text(code)), ("datatype", .text(datatype)),
            ("required", .flag(isNeeded)),
            ("datatype_description", .text(hint.map { $0[language] })), ("order", .number(order)),
            ("description", .text(about[language])),
        ]
        switch kind {
        case .singlevaluelist(let values), .multivaluelist(let values):
            let nodes = values.map { code, name in
                Open311Node.object([("key", .text(code)), ("name", .text(name[language]))])
            }
            members.append(("values", .list(item: "value", nodes)))
        case .string, .number, .datetime, .text: break
        }
        return .object(members)
    }

    private var datatype: String {
        switch kind {
        case .string: "string"
        case .number: "number"
        case .datetime: "datetime"
        case .text: "text"
        case .singlevaluelist: "singlevaluelist"
        case .multivaluelist: "multivaluelist"
        }
    }
}

extension Office {
    /// What can be brought by Open311 today: matters where there is a fund, kinds where there is a hotline.
    /// A kind that bears a matter's code cannot be brought this way.
    func open311Services() throws -> [Open311Service] {
        let today = books.zone.day(at: now())
        var found: [Open311Service] = []
        if books.hasFund {
            let edition = try policies.edition(inForceOn: today)
            found += edition.matters.map { Open311Service(subject: .matter($0, edition)) }
        }
        // A line that does not answer today takes nothing: that is no fault of the fund's services.
        if services.contains(.hotline),
            let edition = try? hotlinePolicies.edition(inForceOn: today)
        {
            let taken = Set(found.map(\.code))
            found += edition.hotline.kinds.filter { !taken.contains($0.code) }.map {
                Open311Service(subject: .kind($0, edition))
            }
        }
        return found
    }
}
