import Casework
import Ledger
import Store
import Workflow

/// 通报和指标: bulletins to open and print, figures of a period as charts, and what stands behind each.
enum FigurePages {
    static let all: [Route] = [
        PageRoutes.page(
            "/figures", "figuresPage", FigureText.title, .action(.readReports), query: [period]
        ) { call in
            try await call.figuresPage().answer()
        },
        PageRoutes.page(
            "/figures/{period}/{measure}", "figurePage", FigureText.behind, .action(.readReports),
            query: FigureRoutes.parameters
        ) { call in
            let (period, measure, view) = try await call.recordsBehind()
            return FigurePage(call: call, period: period, measure: measure, view: view).answer()
        },
        PageRoutes.page(
            "/bulletins/{period}", "bulletinPage", FigureText.bulletin, .action(.readReports),
            query: BulletinRoutes.scopeParameters
        ) { call in
            let period = try call.reportPeriod()
            let bulletin = try await call.bulletin(period, scope: try call.reportScope())
            return call.page(
                call.parts.say(bulletin.title.phrase), section: .figures,
                at: .bulletinPage(period),
                HTML(bulletin, call.language == .chinese ? .chinese : .english)
            ).answer()
        },
    ]

    private static let period = Route.QueryParameter(
        name: "period", about: Phrase("2024或2024-08", "2024 or 2024-08"),
        schema: ["type": "string"])
}

enum FigureText {
    static let title = Phrase("通报与指标", "Bulletins and figures")
    static let lead = Phrase(
        "通报可打印；每个指标都能打开背后的工单和案件。",
        "Bulletins print; every figure opens to the orders and cases behind it.")
    static let bulletin = Phrase("通报", "Bulletin")
    static let bulletins = Phrase("通报", "Bulletins")
    static let behind = Phrase("指标背后的记录", "The records behind a figure")
    static let volume = Phrase("登记与办结（件）", "Registered and ended (items)")
    static let rates = Phrase("按时率与满意率（%）", "On time and satisfied (%)")
    static let figures = Phrase("指标", "Figures")
    static let figure = Phrase("指标", "Figure")
    static let unit = Phrase("单位", "Unit")
    static let zero = Phrase("为零的指标", "Figures that are zero")
    static let before = Phrase("上一期", "The period before")
    static let after = Phrase("下一期", "The period after")
    static let noRecords = Phrase(
        "没有记录。换一个期间再看。", "No records. Look at another period.")
    static let empty = Phrase(
        "这一期还没有登记任何工单或案件；看上一期，或稍后再来。",
        "Nothing was registered in this period yet; look at the one before, or come back later.")
    static let next = Phrase("后面的记录", "The next ones")
}

/// A period in charts and figures, with the bulletins of its parts.
struct FiguresPage {
    let call: Call
    let period: ReportPeriod
    let whole: PeriodTally
    /// Its months or days.
    let steps: [PeriodTally]

    private var parts: Parts { call.parts }

    func answer() -> Answer {
        let title = parts.say(FigureText.title)
        let isEmpty = Measure.registered.figure(of: whole.total).numerator == 0
        let empty: HTML? =
            isEmpty ? "<p class=\"quiet\">\(parts.say(FigureText.empty))</p>" : nil
        return call.page(
            title, section: .figures, at: Link.figures.with("period", period.code),
            """
            <section class="lead"><h1>\(title)</h1><p>\(parts.say(FigureText.lead))</p></section>
            <section aria-labelledby="period"><h2 id="period">\(parts.say(period.name.phrase))</h2>
            <p class="offers">\(step(period.previous, FigureText.before))\(later)</p>
            \(empty)\(charts)</section>
            \(parts.section(FigureText.bulletins, "bulletins", bulletins))
            \(parts.section(FigureText.figures, "figures", figures))
            """
        ).answer()
    }

    private func step(_ period: ReportPeriod, _ phrase: Phrase) -> HTML {
        let link = Link.figures.with("period", period.code).with(call.language)
        return
            "<a class=\"button second\" href=\"\(link)\">\(parts.say(phrase)) \(parts.say(period.name.phrase))</a>\n"
    }

    /// The one after, where it has begun; of a month also its year.
    private var later: HTML {
        let today = call.zone.day(at: call.office.now())
        let next = period.days.last.advanced(by: 1)
        let isMonth = if case .month = period { true } else { false }
        let after: ReportPeriod =
            isMonth
            ? .month(year: next.components.year, next.components.month)
            : .year(next.components.year)
        let year: HTML? =
            isMonth
            ? step(.year(period.days.first.components.year), Phrase("全年", "The whole year")) : nil
        return "\(next <= today ? step(after, FigureText.after) : nil)\(year)"
    }

    private var charts: HTML {
        let labels = steps.map { label($0.period) }
        func series(_ measure: Measure) -> Diagram.Series {
            Diagram.Series(
                name: measure.name.phrase,
                points: steps.map { point(measure.figure(of: $0.total)) })
        }
        let volume = Diagram(
            title: FigureText.volume, kind: .bars, labels: labels,
            series: [series(.registered), series(.endedThen)])
        let rates = Diagram(
            title: FigureText.rates, kind: .lines, labels: labels,
            series: [series(.onTimeRate), series(.satisfaction)], top: 10_000)
        return "<div class=\"charts\">\(volume.markup(parts))\(rates.markup(parts))</div>"
    }

    private func label(_ period: ReportPeriod) -> String {
        switch period {
        case .month(_, let month): "\(month)"
        default: "\(period.days.first.components.day)"
        }
    }

    private func point(_ figure: Figure) -> Diagram.Point? {
        switch figure.value {
        case .count(let count):
            Diagram.Point(value: max(0, count), text: parts.say(figure.value.text.phrase))
        case .rate(let rate):
            // Hundredths of a percent.
            Diagram.Point(value: max(0, rate.scaled(4)), text: parts.say(figure.value.text.phrase))
        default: nil
        }
    }

    /// Of the period itself and of each part that has begun.
    private var bulletins: HTML {
        let today = call.zone.day(at: call.office.now())
        let year = period.days.first.components.year
        var all: [ReportPeriod] = [.year(year)]
        all += (1...2).map { .halfYear(year: year, $0) }
        all += (1...4).map { .quarter(year: year, $0) }
        all += (1...12).map { .month(year: year, $0) }
        if case .month = period { all += steps.map(\.period) }
        let items: [HTML] = all.filter { $0.days.first <= today }.map {
            "<li><a href=\"\(Link.bulletinPage($0).with(call.language))\">\(parts.say($0.name.phrase))</a></li>\n"
        }
        return "<ul class=\"chips\">\(items)</ul>"
    }

    private var figures: HTML {
        let known = Measure.all.map { ($0, $0.figure(of: whole.total)) }
            .filter { $0.1.value != .noData }
        // What never happened is known as well, and out of the way.
        let nothing = known.filter { $0.1.isNothing }
        let zero: HTML? =
            nothing.isEmpty
            ? nil
            : "<details><summary>\(parts.say(FigureText.zero)) (\(nothing.count))</summary>\(table(nothing))</details>"
        return "\(table(known.filter { !$0.1.isNothing }))\(zero)"
    }

    private func table(_ figures: [(Measure, Figure)]) -> HTML {
        let rows: [[HTML]] = figures.map { measure, figure in
            let link = Link.figure(period, measure.code).with(call.language)
            return [
                "<a href=\"\(link)\">\(parts.say(measure.name.phrase))</a><span class=\"under\">\(parts.say(measure.definition.phrase))</span>",
                "\(parts.say(figure.value.text.phrase))",
                "<span class=\"quiet\">\(parts.say(measure.unit.name.phrase))</span>",
            ]
        }
        return parts.table(
            [.said(FigureText.figure), .number(.value), .said(FigureText.unit)], rows,
            label: parts.say(FigureText.figures))
    }
}

extension Figure {
    /// A count or a sum of zero.
    fileprivate var isNothing: Bool { value == .count(0) || value == .fen(0) }
}

/// The orders and cases behind one figure.
struct FigurePage {
    let call: Call
    let period: ReportPeriod
    let measure: Measure
    let view: FigureView

    func answer() -> Answer {
        let parts = call.parts
        let title = parts.say(measure.name.phrase)
        let rows: [[HTML]] = view.records.map { record in
            let isOrder = record.href == Link.api(ID<WorkOrder>(record.number)).text
            let may = call.visitor.may(isOrder ? .readOrders : .readCases)
            let name: HTML =
                may
                ? (isOrder ? parts.orderLink(record.number) : parts.caseLink(record.number))
                : "\(record.number)"
            return [parts.day(record.day), name]
        }
        let own = Link.figure(period, measure.code)
        let next: HTML? = view.next.map {
            "<p class=\"pages\"><a href=\"\(own.with("after", $0).with(call.language))\">\(parts.say(FigureText.next))</a></p>"
        }
        let list: HTML =
            rows.isEmpty
            ? "<p class=\"quiet\">\(parts.say(FigureText.noRecords))</p>"
            : parts.table(
                [.text(.date), .text(.number)], rows, label: parts.say(FigureText.behind))
        return call.page(
            title, section: .figures, at: own,
            """
            <section class="lead"><p class="crumb"><a href="\(Link.figures.with("period", period.code).with(call.language))">\(parts.say(FigureText.title))</a></p>
            <h1>\(title)</h1><p>\(parts.say(period.name.phrase)) · \(parts.say(measure.definition.phrase))</p></section>
            <section>\(list)\(next)</section>
            """
        ).answer()
    }
}

extension Call {
    /// A year in its months, or a month in its days; this year unless another is asked for.
    fileprivate func figuresPage() async throws -> FiguresPage {
        let today = zone.day(at: office.now())
        let asked = query("period").flatMap { ReportPeriod($0) }
        let period: ReportPeriod
        switch asked {
        case .month?, .year?: period = asked ?? .year(today.components.year)
        default: period = .year(today.components.year)
        }
        let (first, last) = period.days
        let shown: [ReportPeriod]
        if case .month = period {
            shown = (0...first.distance(to: last)).map { .day(first.advanced(by: $0)) }
        } else {
            shown = (1...12).map { .month(year: first.components.year, $0) }
        }
        let begun = shown.filter { $0.days.first <= today }
        let (whole, steps) = try await office.read { transaction in
            (
                try transaction.tallies(period),
                try begun.map { try transaction.tallies($0, cells: FiguresPage.charted) }
            )
        }
        return FiguresPage(call: self, period: period, whole: whole, steps: steps)
    }
}

extension FiguresPage {
    /// The cells of the measures that are drawn.
    fileprivate static let charted: [Cell] = [
        .registered, .endedThen, .handlingDue, .handlingKept, .gradeA, .gradeB, .gradeC,
    ]
}
