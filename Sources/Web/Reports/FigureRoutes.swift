import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// Any figure of a bulletin opens to the cases and work orders behind it.
enum FigureRoutes {
    static let all: [Route] = [
        Route(
            method: .get, path: "/api/v1/figures/{period}/{measure}", id: "openFigure",
            summary: Phrase(
                "指标背后的案件与工单，按日期和编号", "The cases and work orders behind a figure, by day and number"),
            access: .action(.readReports), query: parameters,
            success: .view(200, FigureView.self)
        ) { call in
            let period = try call.reportPeriod()
            let measure = try call.measure()
            let address = try call.figure(measure, period)
            let limit = Int(try call.queryNumber("limit", in: 1...200) ?? 50)
            let after = try call.recordPlace()
            let entries = try await call.office.read { transaction in
                try transaction.records(behind: address, after: after, limit: limit).map {
                    place in
                    let isOrder = try transaction.hasOrder(ID(place.id))
                    return FigureView.Entry(place, isOrder: isOrder)
                }
            }
            let next = entries.count == limit ? entries.last.map { "\($0.day)/\($0.number)" } : nil
            return Answer(FigureView(measure, entries, next: next))
        }
    ]

    private static let parameters: [Route.QueryParameter] =
        BulletinRoutes.scopeParameters + [
            .init(
                name: "part", about: Phrase("分子或分母，默认分子", "the numerator unless said otherwise"),
                schema: ["type": "string", "enum": ["numerator", "denominator"]]),
            .init(
                name: "facet", about: Phrase("按什么分", "what the row is by"),
                schema: .object([
                    "type": "string", "enum": .array(Facet.allCases.map { .text($0.rawValue) }),
                ])),
            .init(
                name: "slice", about: Phrase("该行的代码", "the row's code"),
                schema: ["type": "string"]),
            .init(
                name: "after", about: Phrase("上一页的next", "next of the page before"),
                schema: ["type": "string"]),
            .init(
                name: "limit", about: Phrase("每页件数", "page size"),
                schema: ["type": "integer", "minimum": 1, "maximum": 200]),
        ]
}

struct FigureView: Codable, Sendable {
    let measure: String
    let zh: String
    let en: String
    let definition: String
    let definitionEn: String
    let records: [FigureEntryView]
    /// Give it as `after` for the next page; absent on the last.
    let next: String?

    typealias Entry = FigureEntryView

    init(_ measure: Measure, _ records: [Entry], next: String?) {
        self.measure = measure.code
        (zh, en) = (measure.name.chinese, measure.name.english)
        (definition, definitionEn) = (measure.definition.chinese, measure.definition.english)
        self.records = records
        self.next = next
    }
}

struct FigureEntryView: Codable, Sendable {
    let day: Day
    let number: String
    let href: String

    init(_ place: RecordPlace, isOrder: Bool) {
        day = place.day
        number = place.id
        href = isOrder ? Link.api(ID<WorkOrder>(place.id)).text : Link.api(ID<Case>(place.id)).text
    }
}

private enum Part: String, CaseIterable { case numerator, denominator }

extension Call {
    fileprivate func measure() throws(Problem) -> Measure {
        let code = part("measure")
        guard let measure = Measure.named(code) else {
            var problem = Problem.noSuch(Phrase("指标", "measure"), code)
            let list = Measure.all.map(\.code).joined(separator: ", ")
            problem.errors = [
                FieldProblem(
                    field: "{measure}",
                    text: Phrase("应为以下之一：\(list)", "must be one of: \(list)"))
            ]
            throw problem
        }
        return measure
    }

    fileprivate func figure(
        _ measure: Measure, _ period: ReportPeriod
    ) throws(Problem) -> FigureAddress {
        let cells = measure.cells
        let part = try queryChoice("part", Part.self) ?? .numerator
        if part == .denominator, cells.denominator.isEmpty {
            throw .malformedQuery("part", "该指标没有分母", "has no denominator for this measure")
        }
        var address = FigureAddress(
            period, cells: part == .numerator ? cells.numerator : cells.denominator)
        address.population = measure.population
        // A bureau opens what is its own.
        if let own = actor.orderBureau {
            address.scope = .bureau(own)
        } else {
            address.scope = try reportScope()
        }
        address.facet = try queryChoice("facet", Facet.self) ?? .total
        if address.facet != .total {
            guard let slice = query("slice") else {
                throw .malformedQuery("slice", "必填：该行的代码", "is missing: it is the row's code")
            }
            address.slice = slice
        }
        return address
    }

    /// `2024-08-01/WHG-24-0000001-7`.
    fileprivate func recordPlace() throws(Problem) -> RecordPlace? {
        guard let text = query("after") else { return nil }
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2, let day = Day(parts[0]) else {
            throw .malformedQuery("after", "应为上一页的next", "must be the next of the page before")
        }
        return RecordPlace(day: day, id: parts[1])
    }
}
