import Casework
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Store
import Workflow

/// Bulletins: JSON for programs, CSV for spreadsheets, a page for paper.
enum BulletinRoutes {
    static let all: [Route] = [
        Route(
            method: .get, path: "/api/v1/bulletins/{period}", id: "showBulletin",
            summary: Phrase(
                "通报：2024-08-01、2024-08、2024-Q3、2024-H2、2024，或2024-08-01..2024-09-15",
                "The bulletin of a day, month, quarter, half-year, year, or of any days"),
            access: .action(.readReports),
            query: scopeParameters + [
                .init(
                    name: "form", about: Phrase("形式，默认json", "json unless said otherwise"),
                    schema: .object([
                        "type": "string",
                        "enum": .array(BulletinFormat.allCases.map { .text($0.rawValue) }),
                    ])),
                .init(
                    name: "table", about: Phrase("csv时：表代码", "with csv: the table's code"),
                    schema: ["type": "string"]),
                .init(
                    name: "lang", about: Phrase("zh或en", "zh or en"), schema: ["type": "string"]),
            ],
            success: .forms(["application/json", "text/csv", "text/html"])
        ) { call in
            let period = try call.reportPeriod()
            let format = try call.queryChoice("form", BulletinFormat.self) ?? .json
            let bulletin = try await call.bulletin(period, scope: try call.reportScope())
            switch format {
            case .json: return Answer(200, "application/json", ByteBuffer(string: bulletin.json))
            case .csv: return try call.csv(of: bulletin)
            case .html: return call.page(of: bulletin)
            }
        }
    ]

    static let scopeParameters: [Route.QueryParameter] = [
        .init(name: "area", about: Phrase("只看该区域", "of this area"), schema: ["type": "string"]),
        .init(
            name: "bureau", about: Phrase("只看该承办单位（整月）", "of this bureau, by whole months"),
            schema: ["type": "string"]),
    ]
}

enum BulletinFormat: String, CaseIterable, Sendable { case json, csv, html }

extension Call {
    /// The period in the path.
    func reportPeriod() throws(Problem) -> ReportPeriod {
        let text = part("period")
        guard let period = ReportPeriod(text) else {
            let zh = "应写作2024-08-01、2024-08、2024-Q3、2024-H2、2024或2024-08-01..2024-09-15"
            let en =
                "must be written 2024-08-01, 2024-08, 2024-Q3, 2024-H2, 2024 or"
                + " 2024-08-01..2024-09-15"
            var problem = Problem.noSuch(Phrase("期间", "period"), text)
            problem.errors = [FieldProblem(field: "{period}", text: Phrase(zh, en))]
            throw problem
        }
        return period
    }

    /// Of the whole office unless an area or a bureau is named.
    func reportScope() throws(Problem) -> ReportScope {
        switch (query("area"), query("bureau")) {
        case (nil, nil): return .all
        case (let area?, nil): return .area(area)
        case (nil, let bureau?): return .bureau(bureau)
        case (_?, _?):
            throw .malformedQuery("area", "与bureau只取其一", "goes without bureau: name one of them")
        }
    }

    func bulletin(_ period: ReportPeriod, scope: ReportScope) async throws -> Bulletin {
        do {
            return try await office.bulletin(period, scope: scope)
        } catch ReportError.wholeMonthsOnly {
            throw Problem.malformedQuery(
                "bureau", "承办单位的通报按整月统计，请选月、季、半年或年",
                "has bulletins of whole months: ask for a month, quarter, half-year or year")
        } catch ReportError.database(let error) {
            throw error
        }
    }

    fileprivate func csv(of bulletin: Bulletin) throws(Problem) -> Answer {
        let files = bulletin.csv(language == .chinese ? .chinese : .english)
        let first = bulletin.period.days.first
        let prefix = "\(bulletin.form.rawValue)-\(first)-"
        let codes = files.map { $0.name.dropFirst(prefix.count).dropLast(".csv".count) }
        let list = codes.joined(separator: ", ")
        guard let wanted = query("table") else {
            throw .malformedQuery("table", "必填，为以下之一：\(list)", "is missing: it is one of \(list)")
        }
        guard let file = files.first(where: { $0.name == "\(prefix)\(wanted).csv" }) else {
            throw .malformedQuery("table", "应为以下之一：\(list)", "must be one of: \(list)")
        }
        return Answer(200, "text/csv; charset=utf-8", ByteBuffer(string: file.text))
            .with(.contentDisposition, "attachment; filename=\"\(file.name)\"")
    }

    fileprivate func page(of bulletin: Bulletin) -> Answer {
        Page(
            title: bulletin.title.phrase[language], language: language,
            address: .bulletin(bulletin.period),
            content: HTML(bulletin, language == .chinese ? .chinese : .english)
        ).answer().with(.contentSecurityPolicy, Self.paper)
    }

    /// For paper alone: our style, and nothing else at all.
    private static let paper =
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none';"
        + " frame-ancestors 'none'"
}

extension Words {
    var phrase: Phrase { Phrase(chinese, english) }
}
