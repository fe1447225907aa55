import Casework
import HTTPTypes
import Ledger
import NIOCore
import Store
import Workflow

/// The pages, and what they are dressed in. Who may open which stands with each.
enum PageRoutes {
    static let all: [Route] =
        desk + TouristRoutes.all + MerchantPages.all + MerchantDesk.all + MoneyPages.all
        + AuditPages.all
        + AccountRoutes.all + ProviderRoutes.all + PeopleRoutes.all
        + OrderPages.all + NoticePages.all + SupervisionPages.all + RosterPages.all
        + KnowledgePages.all + FigurePages.all
        + StatementPages.all + SuspensePages.all + PaymentPages.all + PeriodPages.all
        + BalancePages.all + VoucherPages.all + DownloadPages.all + ReceivablesPages.all
        + PolicyPages.all
        + AdministrationPages.all + TokenPages.all + AttemptsPages.all
        + LostCodeRoutes.all + CounterRoutes.all + LiveRoutes.all
        + DisclosurePages.all + OwnDataRoutes.pages + OwnEvidence.all
        + WebhookPages.all + DeliveryPages.all

    private static let desk: [Route] = [
        page("/", "homePage", Phrase("首页", "Home")) { call in
            let counts = try await call.office.read { try $0.caseCounts() }
            let fund = try await call.desk.fundStatement.sums(call.office)
            return HomePage(call: call, fund: fund, counts: StageCount.all(counts)).page.answer()
        },
        page("/fund", "fundPage", Phrase("资金与凭证", "The fund and its vouchers"), query: [before]) {
            call in
            let fund = try await call.desk.fundStatement.sums(call.office)
            let before = try call.queryNumber("before", in: 1...Int64.max)
            // The sums are public; what each voucher is for is not.
            let views = call.visitor.may(.readBooks) ? try await call.vouchers(before: before) : nil
            let glance =
                call.visitor.may(.readBooks) && before == nil
                ? try await call.desk.fundGlance.read(call.office) : nil
            return FundPage(
                language: call.language, fund: fund, vouchers: views, before: before,
                glance: glance
            ).page.shown(to: call).answer()
        },
        page(
            "/queue", "queuePage", Phrase("办件队列", "The queue"), .action(.readCases), query: [stage]
        ) { call in
            let (zone, now) = (call.zone, call.office.now())
            let (own, stage) = (call.ownBureau, try call.queryChoice("stage", StageName.self))
            let (rows, counts) = try await call.office.read { transaction in
                (
                    try transaction.queueRows(bureau: own, stage: stage?.rawValue),
                    try transaction.caseCounts()
                )
            }
            let views = rows.map { CaseRowView($0, zone, at: now) }
            return QueuePage(
                language: call.language, rows: rows, views: views, counts: StageCount.all(counts),
                names: EditionNames(call.office), stage: stage, now: Timestamp(zone.text(now))
            ).page.shown(to: call).answer()
        },
        page(
            "/cases", "findCasePage", Phrase("按编号打开案件", "Open a case by its number"),
            .action(.readCases), query: [number]
        ) { call in
            let text = call.query("number") ?? ""
            guard let id = CaseNumber.read(text.filter { $0 != "+" }) else {
                throw Problem.noSuch(Phrase("案件", "case"), text)
            }
            return call.redirect(to: .page(id))
        },
        page("/cases/{case}", "casePage", Phrase("一个案件", "One case"), .action(.readCases)) { call in
            let whole = try await call.office.wholeCase(try call.caseID())
            try call.checkBureau(whole.file)
            return CasePage(
                call: call, view: whole.view(call.office, call.sight),
                names: EditionNames(call.office, edition: whole.file.terms.edition),
                beside: try await call.beside(whole.file)
            ).page.answer()
        },
        page(
            "/cases/{case}/evidence/{hash}", "evidencePage", Phrase("证据", "Evidence"),
            .trackedAction(.readPersonal)
        ) { call in
            try await call.showEvidence()
        },
        Route(
            method: .get, path: "/amends.css", id: "style", summary: Phrase("样式", "Style"),
            access: .everyone, success: .page
        ) { call in
            call.desk.style.answer(to: call.request)
        },
        Route(
            method: .get, path: "/amends.js", id: "script", summary: Phrase("脚本", "Script"),
            access: .everyone, success: .page
        ) { call in
            Asset.script.answer(to: call.request)
        },
        Route(
            method: .get, path: "/amends.svg", id: "icon", summary: Phrase("图标", "The icon"),
            access: .everyone, success: .page
        ) { call in
            Asset.icon.answer(to: call.request)
        },
    ]

    static let language = Route.QueryParameter(
        name: "lang",
        about: Phrase("zh或en；游客的页面还有ru、ko", "zh or en; tourists' pages also ru and ko"),
        schema: ["type": "string"])
    /// What the reader saw of the thing that a form changes.
    static let version = Route.QueryParameter(
        name: "version", about: Phrase("所见版本", "the version seen"), schema: ["type": "string"])
    /// What was just done: the id of a command's route.
    static let done = Route.QueryParameter(
        name: "done", about: Phrase("刚完成的操作", "what was just done"), schema: ["type": "string"])
    private static let before = Route.QueryParameter(
        name: "before", about: Phrase("此编号之前的凭证", "vouchers before this number"),
        schema: ["type": "integer"])
    private static let stage = Route.QueryParameter(
        name: "stage", about: Phrase("只看这一阶段", "only those at this stage"),
        schema: ["type": "string"])
    private static let number = Route.QueryParameter(
        name: "number", about: Phrase("案件编号", "case number"), schema: ["type": "string"])

    static func page(
        _ path: String, _ id: String, _ summary: Phrase, _ access: Access = .everyone,
        query: [Route.QueryParameter] = [],
        _ handle: @escaping @Sendable (Call) async throws -> Answer
    ) -> Route {
        Route(
            method: .get, path: path, id: id, summary: summary, access: access,
            query: query + [language, done], success: .page, handle: handle)
    }

    static func post(
        _ path: String, _ id: String, _ summary: Phrase, _ access: Access,
        query: [Route.QueryParameter] = [],
        _ handle: @escaping @Sendable (Call) async throws -> Answer
    ) -> Route {
        Route(
            method: .post, path: path, id: id, summary: summary, access: access,
            query: query + [language], success: .page, handle: handle)
    }
}

extension Call {
    /// The office's people work in its languages, and so do the pages where they log in.
    var language: Language {
        let asked = Language(request)
        return languages.contains(asked) ? asked : asked.ofOffice
    }

    /// Those the page stands in.
    var languages: [Language] {
        visitor.isNamed || route.isOfLogIn ? Language.office : Language.allCases
    }

    /// The bureau whose cases alone the actor sees; nil for those who see all.
    var ownBureau: String? { actor.roles == [.bureau] ? actor.bureau ?? "" : nil }

    fileprivate func vouchers(before: Int64?) async throws -> [VoucherView] {
        let books = office.books
        var filter = VoucherFilter()
        (filter.before, filter.limit) = (before ?? Int64.max, FundPage.vouchersShown)
        return try await office.read { [filter] in try $0.vouchers(books.fund, filter) }
            .map { VoucherView($0, books.chart, books.zone) }
    }
}

/// What the codes of an edition are called.
struct EditionNames: Sendable {
    private let edition: Edition?

    init(_ edition: Edition) { self.edition = edition }

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
    func trade(_ code: String) -> Phrase { name(code, named(code, edition?.trades)) }
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
