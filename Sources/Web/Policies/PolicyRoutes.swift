import Casework
import HTTPTypes
import Ledger
import Workflow

enum PolicyRoutes {
    static let all: [Route] = [
        Route(
            method: .get, path: "/api/v1/policies", id: "listPolicies",
            summary: Phrase("政策版本，早的在前", "Editions of the policy, the earliest first"),
            access: .action(.readPolicies), success: .view(200, PolicyListView.self)
        ) { call in
            let today = call.zone.day(at: call.office.now())
            let books = call.office.policyBooks
            return Answer(
                PolicyListView(
                    jurisdiction: call.office.policies.jurisdiction,
                    editions: books.flatMap { PolicyLineView.all(of: $0, on: today) }))
        },
        Route(
            method: .get, path: "/api/v1/policies/{edition}", id: "showPolicy",
            summary: Phrase("一个版本：参数、事项、要素、单位", "One edition: parameters, matters, facts, bureaus"),
            access: .action(.readPolicies), success: .view(200, PolicyView.self)
        ) { call in
            Answer(PolicyView(try call.office.edition(named: call.part("edition"))))
        },
    ]
}

struct PolicyListView: Codable, Sendable {
    let jurisdiction: String
    let editions: [PolicyLineView]
}

struct PolicyLineView: Codable, Sendable {
    /// The folder: `sanya`, or `sanya/hotline` where work orders have a book of their own.
    let book: String
    let edition: String
    let from: Day
    let until: Day?
    let zh: String
    let en: String
    let hash: String
    let isInForce: Bool

    static func all(of book: PolicyBook, on today: Day) -> [PolicyLineView] {
        // Between two editions, or after the last one's end, none is in force.
        let current = try? book.edition(inForceOn: today)
        return book.editions.map {
            PolicyLineView($0, of: book.jurisdiction, isInForce: $0.name == current?.name)
        }
    }

    init(_ edition: Edition, of book: String, isInForce: Bool) {
        self.book = book
        self.edition = edition.id
        from = edition.from
        until = edition.until
        zh = edition.chinese
        en = edition.english
        hash = edition.hash
        self.isInForce = isInForce
    }
}

struct PolicyView: Codable, Sendable {
    let edition: String
    let name: String
    let from: Day
    let until: Day?
    let zh: String
    let en: String
    let hash: String
    let models: [String]
    let parameters: [ParameterView]
    let matters: [MatterView]
    let facts: [FactKindView]
    let evidence: [NamedView]
    let bureaus: [NamedView]
    let trades: [NamedView]

    init(_ edition: Edition) {
        self.edition = edition.id
        name = edition.name
        from = edition.from
        until = edition.until
        zh = edition.chinese
        en = edition.english
        hash = edition.hash
        models = edition.models.map(\.file)
        parameters = edition.parameters.map { ParameterView($0) }
        matters = edition.matters.map { MatterView($0, edition.form(for: $0.code).map(\.name)) }
        facts = edition.factSchema.map { FactKindView($0) }
        evidence = edition.evidence.map { NamedView($0) }
        bureaus = edition.bureaus.map { NamedView($0) }
        trades = edition.trades.map { NamedView($0) }
    }
}

struct ParameterView: Codable, Sendable {
    let name: String
    let value: Fact
    let unit: String
    /// `V` where the figure was found in a source, `K` where nobody has confirmed it.
    let status: String
    let source: String

    init(_ parameter: Parameter) {
        name = parameter.name
        value = parameter.value
        unit = parameter.unit
        status = parameter.status.rawValue
        source = parameter.source
    }
}

struct MatterView: Codable, Sendable {
    let code: String
    let category: String
    let zh: String
    let en: String
    /// Kinds that must be at hand.
    let evidence: [String]
    /// Facts its form asks for.
    let asks: [String]

    init(_ matter: Matter, _ asks: [String]) {
        code = matter.code
        category = matter.category
        zh = matter.chinese
        en = matter.english
        evidence = matter.evidence
        self.asks = asks
    }
}

struct FactKindView: Codable, Sendable {
    let name: String
    let type: String
    let source: String
    let zh: String
    let en: String
    let unit: String?
    let values: [NamedView]?

    init(_ kind: FactKind) {
        name = kind.name
        type = kind.type.rawValue
        source = kind.source.rawValue
        zh = kind.chinese
        en = kind.english
        unit = kind.unit
        values = kind.values?.map {
            NamedView(code: $0.code, zh: $0.chinese, en: $0.english, number: nil)
        }
    }
}

struct NamedView: Codable, Sendable {
    let code: String
    let zh: String
    let en: String
    /// A telephone number, where it has one.
    let number: String?

    init(code: String, zh: String, en: String, number: String?) {
        self.code = code
        self.zh = zh
        self.en = en
        self.number = number
    }

    init(_ named: Named) {
        self.init(code: named.code, zh: named.chinese, en: named.english, number: named.number)
    }
}
