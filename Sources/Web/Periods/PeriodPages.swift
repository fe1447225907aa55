import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// Days, months and years on their way to being closed.
enum PeriodPages {
    static let all: [Route] = [
        PageRoutes.page(
            "/money/periods", "periodsPage", MoneyText.periods, .action(.readBooks),
            query: [period]
        ) { call in
            if let text = call.query("period"), !text.isEmpty {
                guard let period = Period(text) else {
                    throw Problem.malformedQuery(
                        "period", "应为期间，如2025-03-08、2025-03或2025",
                        "must be a period such as 2025-03-08, 2025-03 or 2025")
                }
                return call.redirect(to: .period(period))
            }
            return try await PeriodsPage(call: call).answer()
        },
        PageRoutes.page(
            "/money/periods/{period}", "periodPage", Phrase("一个会计期间", "One period"),
            .action(.readBooks)
        ) { call in
            let state = try await call.office.closingState(of: call.periodInPath())
            return PeriodPage(call: call, state: state).answer()
        },
        PageRoutes.page(
            "/money/periods/{period}/accounts", "periodAccountsPage", MoneyText.accounts,
            .action(.readBooks)
        ) { call in
            let period = try call.periodInPath()
            let accounts = try await call.office.accounts(of: period)
            return PeriodAccountsPage(call: call, period: period, accounts: accounts).answer()
        },
    ]

    private static let period = Route.QueryParameter(
        name: "period", about: Phrase("会计期间", "the period"), schema: ["type": "string"])
}

extension Call {
    /// The period in the path.
    func periodInPath() throws(Problem) -> Period {
        let text = part("period")
        guard let period = Period(text) else {
            throw .noSuch(Phrase("会计期间", "period"), text)
        }
        return period
    }
}

struct PeriodsPage {
    let call: Call

    private var parts: Parts { call.parts }

    func answer() async throws -> Answer {
        let fund = call.office.books.fund
        let today = call.zone.day(at: call.office.now())
        let (through, last, first, proposals, closings) = try await call.office.read {
            transaction in
            var filter = VoucherFilter()
            filter.limit = 1
            return (
                try transaction.closedThrough(fund), try transaction.lastClosedDay(fund)?.day,
                try transaction.vouchers(fund, filter).first?.draft.businessDate,
                try transaction.openProposals(fund), try transaction.closings(fund)
            )
        }
        let next = last?.advanced(by: 1) ?? first
        return MoneyFrame(call: call).page(
            MoneyText.periods, at: .periods, below: .periods,
            """
            <section class="lead"><h1>\(parts.say(MoneyText.periods))</h1>
            <p>\(parts.say(MoneyText.periodsLead))</p>
            \(parts.list([
                (MoneyText.closedThrough, through.map { parts.day($0) } ?? "–"),
                (MoneyText.nextDay, next.flatMap { $0 > today ? nil : parts.link(.period(.day($0)), $0.description) }),
                (Phrase("本月", "This month"), parts.link(.period(.month(of: today)), Period.month(of: today).description)),
            ]))
            \(chooser)</section>
            \(parts.section(MoneyText.waitingProposals, "proposals", waiting(proposals)))
            \(parts.section(MoneyText.closedPeriods, "closed", closed(closings)))
            """
        ).answer()
    }

    private var chooser: HTML {
        """
        <form class="search" action="\(Link.periods)" method="get">
        <label for="period">\(parts.say(MoneyText.whichPeriod)) <span class="quiet">\(parts.say(MoneyText.periodHint))</span></label>
        <input id="period" name="period" required maxlength="10" autocomplete="off" placeholder="2025-03">
        <input type="hidden" name="lang" value="\(parts.language.code)">
        <button>\(parts.say(MoneyText.showPeriod))</button>
        </form>
        """
    }

    private func waiting(_ proposals: [ClosingProposal]) -> HTML {
        let rows: [[HTML]] = proposals.map { proposal in
            [
                parts.link(.period(proposal.period), proposal.period.description),
                "\(proposal.proposedBy)",
                parts.time(Timestamp(call.zone.text(proposal.proposedAt))),
            ]
        }
        return parts.table(
            [.text("期间", "Period"), .text("提请", "Put forward by"), .text("时间", "When")], rows,
            label: parts.say(MoneyText.waitingProposals),
            empty: Phrase("没有待同意的期间。", "No period waits."))
    }

    private func closed(_ closings: [Closing]) -> HTML {
        let rows: [[HTML]] = closings.reversed().map { closing in
            let view = PeriodView(closing, call.zone)
            return [
                parts.link(.period(closing.period), view.period),
                parts.link(.periodAccounts(closing.period), parts.say(MoneyText.fundStatement)),
                "\(view.proposedBy) · \(view.closedBy)", parts.time(view.closedAt),
                "\(view.head.number) <code class=\"hash\">\(view.head.hash.prefix(12))</code>",
            ]
        }
        return parts.table(
            [
                .text("期间", "Period"), .text("报表", "Accounts"), .text("两人", "By two"),
                .text("结账时间", "Closed at"), .text("末张凭证", "Last voucher"),
            ], rows, label: parts.say(MoneyText.closedPeriods), empty: MoneyText.noClosedPeriods)
    }
}
