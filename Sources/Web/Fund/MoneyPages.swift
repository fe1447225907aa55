import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// Where the people of the money begin: what they may do, and the cases in which money moves.
enum MoneyPages {
    /// Of each stage.
    static let shown = 25

    static let all: [Route] = [
        PageRoutes.page("/money", "moneyPage", Phrase("财务", "Money"), .action(.readBooks)) { call in
            let (zone, now) = (call.zone, call.office.now())
            let rows = try await call.office.read { transaction in
                try [StageName.paying, .awaitingFunds, .resolved].flatMap { stage in
                    var filter = CaseFilter()
                    (filter.stage, filter.limit) = (stage.rawValue, shown)
                    return try transaction.caseRows(filter)
                }
            }
            let fund = try await call.desk.fundStatement.sums(call.office)
            return MoneyPage(
                call: call, fund: fund, cases: rows.map { CaseRowView($0, zone, at: now) }
            ).answer()
        }
    ]
}

struct MoneyPage {
    let call: Call
    let fund: FundView
    let cases: [CaseRowView]

    private var parts: Parts { call.parts }

    func answer() -> Answer {
        let title = parts.say(Phrase("财务", "Money"))
        return MoneyFrame(call: call).page(
            MoneyText.money, at: .money, below: .money,
            """
            <section class="lead"><h1>\(title)</h1>
            <p class="hero-label">\(parts.word(.spendable))</p><p class="hero">\(parts.yuan(fund.spendableFen))</p></section>
            \(offers)
            <section aria-labelledby="moving"><h2 id="moving">\(parts.say(Phrase("款项未了的案件", "Cases in which money moves")))</h2>
            \(list)\(parts.cut(longest, at: MoneyPages.shown))</section>
            """
        ).answer()
    }

    /// The commands that are not about one thing of a list.
    private var offers: HTML? {
        let routes = Routes.api.filter { route in
            route.hasPage && route.path.hasPrefix("/api/v1/fund/")
                && route.access.roles?.isDisjoint(with: call.actor.roles) == false
        }
        guard !routes.isEmpty else { return nil }
        let links: [HTML] = routes.map {
            "<a class=\"button second\" href=\"\(Link.own($0.pagePath).with(parts.language))\">\(parts.say($0.summary))</a>\n"
        }
        return
            "<section class=\"offers\"><h2>\(parts.word(.actions))</h2><p>\(links)</p></section>"
    }

    /// How many cases of the same stage are listed at most.
    private var longest: Int {
        Dictionary(grouping: cases, by: \.stage).values.map(\.count).max() ?? 0
    }

    private var list: HTML {
        guard !cases.isEmpty else { return "<p class=\"quiet\">\(parts.word(.noCases))</p>" }
        let rows: [[HTML]] = cases.map { view in
            [
                parts.caseLink(view.number), parts.stage(view.stage, isOpen: view.isOpen),
                "\(view.merchantName)", parts.yuan(view.advanceFen), parts.time(view.filedAt),
            ]
        }
        return parts.table(
            [
                .text(.caseWord), .text(.stage), .text(.merchant), .number(.advance),
                .text(.filedAt),
            ],
            rows, label: parts.say(Phrase("案件", "Cases")))
    }
}
