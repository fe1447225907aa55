import Casework
import HTTPTypes
import Ledger
import NIOCore
import Store
import Workflow

/// The pages and their style. They need no log-in, so they show only what is not personal.
enum PageRoutes {
    static let all: [Route] = [
        page("/", "homePage", Phrase("首页", "Home")) { call in
            let counts = try await call.office.read { try $0.caseCounts() }
            let fund = try await call.desk.fundStatement.read(call.office)
            return HomePage(language: call.language, fund: fund, counts: StageCount.all(counts))
                .page.answer()
        },
        page("/fund", "fundPage", Phrase("资金与凭证", "The fund and its vouchers"), query: [before]) {
            call in
            let fund = try await call.desk.fundStatement.read(call.office)
            let before = try call.queryNumber("before", in: 1...Int64.max)
            let books = call.office.books
            var filter = VoucherFilter()
            (filter.before, filter.limit) = (before ?? Int64.max, FundPage.vouchersShown)
            let vouchers = try await call.office.read { [filter] in
                try $0.vouchers(books.fund, filter)
            }
            let views = vouchers.map { VoucherView($0, books.chart, books.zone) }
            return FundPage(language: call.language, fund: fund, vouchers: views, before: before)
                .page.answer()
        },
        page("/queue", "queuePage", Phrase("办件队列", "The queue")) { call in
            let (zone, now) = (call.zone, call.office.now())
            let (rows, counts) = try await call.office.read { transaction in
                var open = CaseFilter()
                (open.isOpen, open.limit) = (true, QueuePage.casesShown)
                // Those whose clocks stand still come after those that run.
                let still = try transaction.caseRows(open).filter { $0.due == nil }
                let running = try transaction.caseQueue(limit: QueuePage.casesShown)
                return (running + still, try transaction.caseCounts())
            }
            let views = rows.map { CaseRowView($0, zone, at: now) }
            return QueuePage(
                language: call.language, rows: rows, views: views, counts: StageCount.all(counts),
                names: EditionNames(call.office)
            ).page.answer()
        },
        page(
            "/cases", "findCasePage", Phrase("按编号打开案件", "Open a case by its number"),
            query: [number]
        ) { call in
            let text = call.query("number") ?? ""
            guard let id = CaseNumber.read(text.filter { $0 != "+" }) else {
                throw Problem.noSuch(Phrase("案件", "case"), text)
            }
            return Answer(303, nil, ByteBuffer()).with(
                .location, Link.page(id).with(call.language).text)
        },
        page("/cases/{case}", "casePage", Phrase("一个案件", "One case")) { call in
            let whole = try await call.office.wholeCase(try call.caseID())
            return CasePage(
                language: call.language, view: whole.view(call.office, .masked),
                names: EditionNames(call.office, edition: whole.file.terms.edition)
            ).page.answer()
        },
        Route(
            method: .get, path: "/amends.css", id: "style", summary: Phrase("样式", "Style"),
            access: .everyone, success: .page
        ) { call in
            call.desk.style.answer(to: call.request)
        },
    ]

    private static let language = Route.QueryParameter(
        name: "lang", about: Phrase("zh或en", "zh or en"), schema: ["type": "string"])
    private static let before = Route.QueryParameter(
        name: "before", about: Phrase("此编号之前的凭证", "vouchers before this number"),
        schema: ["type": "integer"])
    private static let number = Route.QueryParameter(
        name: "number", about: Phrase("案件编号", "case number"), schema: ["type": "string"])

    private static func page(
        _ path: String, _ id: String, _ summary: Phrase, query: [Route.QueryParameter] = [],
        _ handle: @escaping @Sendable (Call) async throws -> Answer
    ) -> Route {
        Route(
            method: .get, path: path, id: id, summary: summary, access: .everyone,
            query: query + [language], success: .page, handle: handle)
    }
}

extension Call {
    var language: Language { Language(request) }
}

/// What the codes of an edition are called.
struct EditionNames: Sendable {
    private let edition: Edition?

    /// - Parameter name: The edition; nil for the latest one.
    init(_ office: Office, edition name: String? = nil) {
        // A page is shown with codes instead of names rather than not at all.
        edition =
            name.map { try? office.policies.edition(named: $0) } ?? office.policies.editions.last
    }

    func matter(_ code: String) -> Phrase {
        name(
            code, edition?.matters.first { $0.code == code }.map { Phrase($0.chinese, $0.english) })
    }
    func evidence(_ code: String) -> Phrase { name(code, named(code, edition?.evidence)) }
    func bureau(_ code: String) -> Phrase { name(code, named(code, edition?.bureaus)) }
    func fact(_ name: String) -> Phrase {
        self.name(name, edition?.factKind(name).map { Phrase($0.chinese, $0.english) })
    }

    func value(_ fact: Fact, of name: String) -> Phrase {
        switch fact {
        case .flag(let flag): return flag ? Phrase("是", "yes") : Phrase("否", "no")
        case .integer(let integer): return Phrase("\(integer)", "\(integer)")
        case .text(let text):
            let choice = edition?.factKind(name)?.values?.first { $0.code == text }
            return choice.map { Phrase($0.chinese, $0.english) } ?? Phrase(text, text)
        case .list(let list):
            let items = list.map { value($0, of: name) }
            return Phrase(
                items.map(\.zh).joined(separator: "、"), items.map(\.en).joined(separator: ", "))
        case .record(let record):
            let text = record.sorted { $0.key < $1.key }
                .map { "\($0.key): \(value($0.value, of: $0.key).en)" }.joined(separator: ", ")
            return Phrase(text, text)
        }
    }

    private func named(_ code: String, _ list: [Named]?) -> Phrase? {
        list?.first { $0.code == code }.map { Phrase($0.chinese, $0.english) }
    }

    private func name(_ code: String, _ phrase: Phrase?) -> Phrase { phrase ?? Phrase(code, code) }
}
