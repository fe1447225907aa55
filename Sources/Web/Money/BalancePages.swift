import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// Any balance at any time, and the lines it is the sum of.
enum BalancePages {
    static let linesShown = 50
    static let accountsShown = 100

    static let all: [Route] = [
        PageRoutes.page(
            "/money/balances", "balancesPage", BalanceText.title, .action(.readBooks),
            query: [day, known]
        ) { call in
            let asked = try call.accountTime()
            let fund = call.office.books.fund
            let sums = try await call.office.read { transaction in
                try transaction.accountSums(fund, at: asked.time)
            }
            return BalancesPage(call: call, asked: asked, sums: sums).answer()
        },
        PageRoutes.page(
            "/money/balances/{account}", "balancePage", Phrase("一个科目", "One account"),
            .action(.readBooks), query: [day, known, before]
        ) { call in
            try await call.balancePage()
        },
    ]

    static let day = Route.QueryParameter(
        name: "day",
        about: Phrase("截至此业务日，默认今天", "through this day of business; today unless said"),
        schema: ["type": "string", "format": "date"])
    static let known = Route.QueryParameter(
        name: "known", about: Phrase("只计此日及以前记下的", "as far as recorded by the end of this day"),
        schema: ["type": "string", "format": "date"])
    private static let before = Route.QueryParameter(
        name: "before", about: Phrase("此编号之前的凭证", "vouchers before this number"),
        schema: ["type": "integer"])
}

/// The time a balance is asked for.
struct AskedTime: Sendable {
    let day: Day
    /// Nil: all that is recorded by now.
    let known: Day?
    let time: AccountTime
    /// Everything there is, by today: no other time.
    let isNow: Bool

    /// The same time in a link.
    func on(_ link: Link) -> Link {
        let link = link.with("day", day.description)
        return known.map { link.with("known", $0.description) } ?? link
    }
}

extension Call {
    fileprivate func accountTime() throws(Problem) -> AskedTime {
        let now = office.now()
        let day = try queryDay("day") ?? zone.day(at: now)
        let known = try queryDay("known")
        // Through the last moment of that day.
        let end = known.flatMap {
            Moment("\($0.advanced(by: 1))T00:00:00\(zone.text(now).suffix(6))")
        }
        let moment = end.map { $0.advanced(byMs: -1) } ?? now
        return AskedTime(
            day: day, known: known, time: AccountTime(through: day, known: moment),
            isNow: known == nil && day >= zone.day(at: now))
    }

    private func queryDay(_ name: String) throws(Problem) -> Day? {
        guard let text = query(name), !text.isEmpty else { return nil }
        guard let day = Day(text) else {
            throw .malformedQuery(name, "应为日期，如2025-03-08", "must be a day such as 2025-03-08")
        }
        return day
    }

    fileprivate func balancePage() async throws -> Answer {
        let text = part("account")
        guard let account = Account(text: text), office.books.chart[account.code] != nil else {
            throw Problem.noSuch(Word.account.phrase, text)
        }
        let asked = try accountTime()
        let before = try queryNumber("before", in: 1...Int64.max)
        let fund = office.books.fund
        let found = try await office.read { transaction in
            BalancePage.Found(
                sum: try transaction.accountSum(fund, account, at: asked.time),
                subs: account.sub == nil
                    ? try transaction.accountStandings(
                        fund, below: account, at: asked.isNow ? nil : asked.time,
                        limit: BalancePages.accountsShown) : [],
                lines: try transaction.accountLines(
                    fund, account, at: asked.time, before: before ?? .max,
                    limit: BalancePages.linesShown))
        }
        return BalancePage(call: self, asked: asked, account: account, found: found).answer()
    }
}

/// The form that asks for another time, the same on both pages.
struct BalanceTimeForm {
    let call: Call
    let asked: AskedTime
    let action: Link

    var markup: HTML {
        let parts = call.parts
        return """
            <form class="times" action="\(action)" method="get">
            <p class="field"><label for="day">\(parts.say(BalanceText.day))</label><input id="day" name="day" type="date" value="\(asked.day.description)"></p>
            <p class="field"><label for="known">\(parts.say(BalanceText.known))</label><input id="known" name="known" type="date" value="\(asked.known?.description ?? "")"></p>
            <input type="hidden" name="lang" value="\(parts.language.code)">
            <p class="act"><button>\(parts.say(BalanceText.show))</button></p>
            </form>
            """
    }
}
