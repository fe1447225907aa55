package import Ledger

/// All that a bulletin is drawn up from: tallies, names and the office's parameters.
package struct BulletinInput: Hashable, Sendable {
    package let form: Bulletin.Form
    package let office: Words
    package let drawnUp: Day
    package let labels: Labels
    package let parameters: ReportParameters
    package let now: PeriodTally
    /// The period just before (环比).
    package let before: PeriodTally
    /// The same period of last year (同比).
    package let lastYear: PeriodTally
    /// Shorter periods within and before it, the earliest first; see `Bulletin.Form.step`.
    package let trend: [PeriodTally]
    /// By merchant; those that reach the league's minimum.
    package let merchants: [Group]
    /// Of the last whole period of the warning rule, and of those it is held against.
    package let watched: PeriodTally?
    package let samples: [PeriodTally]
    /// Registered in earlier years and still open is not in the tallies: what the books say of the
    /// fund is added as lines by whoever has them.
    package let fund: [FundLine]
    /// Of what is in no record: the merchants' list, the bank's statements. Behind the scheme's section.
    package let further: [Bulletin.Section]

    package struct Group: Hashable, Sendable {
        package let code: String
        package let counts: CellCounts

        package init(_ code: String, _ counts: CellCounts) {
            self.code = code
            self.counts = counts
        }
    }

    /// A line of the fund's statement, from the ledger.
    package struct FundLine: Hashable, Sendable {
        package let code: String
        package let name: Words
        package let amount: Money

        package init(_ code: String, _ name: Words, _ amount: Money) {
            self.code = code
            self.name = name
            self.amount = amount
        }

        /// The amount of such a line; nil where no line has the code.
        package static func amount(_ code: String, of statement: FundStatement) -> Money? {
            lines(of: statement).first { $0.code == code }?.amount
        }

        /// What became of the fund's money, in the amounts that are never mixed.
        package static func lines(of statement: FundStatement) -> [FundLine] {
            [
                FundLine("appropriated", Words("拨付及补充", "appropriated"), statement.appropriated),
                FundLine("approved", Words("启用（冻结与小额快赔）", "approved"), statement.approved),
                FundLine("reserved", Words("尚在冻结", "still reserved"), statement.reserved),
                FundLine("released", Words("解冻付给游客", "released"), statement.released),
                FundLine("returned", Words("退回资金池", "returned"), statement.returned),
                FundLine("lapsed", Words("到期退回", "lapsed"), statement.lapsed),
                FundLine("paid-out", Words("已付到账", "paid out"), statement.paidOut),
                FundLine("recovered", Words("已追偿", "recovered"), statement.recovered),
                FundLine("recoverable", Words("应追偿余额", "recoverable"), statement.recoverable),
                FundLine("written-off", Words("核销", "written off"), statement.writtenOff),
            ]
        }
    }

    package init(
        form: Bulletin.Form, office: Words, drawnUp: Day, labels: Labels,
        parameters: ReportParameters, now: PeriodTally, before: PeriodTally, lastYear: PeriodTally,
        trend: [PeriodTally] = [], merchants: [Group] = [], watched: PeriodTally? = nil,
        samples: [PeriodTally] = [], fund: [FundLine] = [], further: [Bulletin.Section] = []
    ) {
        self.form = form
        self.office = office
        self.drawnUp = drawnUp
        self.labels = labels
        self.parameters = parameters
        self.now = now
        self.before = before
        self.lastYear = lastYear
        self.trend = trend
        self.merchants = merchants
        self.watched = watched
        self.samples = samples
        self.fund = fund
        self.further = further
    }
}

/// What an office decides about its reports. Nothing in it is settled by any source.
package struct ReportParameters: Hashable, Sendable {
    package var bureauScoring = Scoring.threeRates
    /// Weights of the bureaus' league, in percent, by the edition's name of the measure, that count for
    /// nothing: the measure is no rate, or is not kept. The league says so.
    package var unweighed: [String: Int] = [:]
    /// 响应率、解决率、满意率 of the whole office, with their weights.
    package var threeRates = Scoring.threeRates
    package var merchantScoring = Scoring.burden([
        Scoring.Burden(.complaints, 1), Scoring.Burden(.advanced, 2),
    ])
    /// Registered items below which a bureau or a merchant is not compared.
    package var leagueMinimum: Int64 = 10
    /// Visitors or sales of merchants in the period, by id, where the office knows them.
    package var volumes: [String: Int64] = [:]
    /// Lines of the merchants' league.
    package var merchantLines = 20
    /// How many are warned at the end of a year; none in other bulletins.
    package var redWarnings = 5
    package var warningRule = WarningRule.usual
    /// Which limits' shares are shown.
    package var speeds: [Measure] = [
        .within(.acceptance, minutes: 3), .within(.decision, minutes: 30),
        .within(.handling, minutes: 1_440),
    ]
    /// The forms that the office's superiors know.
    package var publishedSets: [PublishedSet] = []

    package init() {}
}

extension Bulletin.Form {
    /// Into what the trend of such a bulletin is cut, and how many are shown.
    package var step: (count: Int, of: StepUnit) {
        switch self {
        case .daily: (14, .day)
        case .month, .special: (8, .week)
        case .quarter, .halfYear, .year: (24, .month)
        }
    }

    package enum StepUnit: Hashable, Sendable { case day, week, month }

    /// The shorter periods that end with `period`, the earliest first. A week counts when it is over;
    /// a bureau's steps are months, as it is tallied by no less.
    package func steps(
        to period: ReportPeriod, scope: ReportScope = .all
    ) -> [ReportPeriod] {
        let last = period.days.last
        let (count, unit) = scope.isByMonth ? Bulletin.Form.year.step : step
        let offsets = (0..<count).reversed()
        switch unit {
        case .day: return offsets.map { .day(last.advanced(by: -$0)) }
        case .week:
            let monday = last.advanced(by: 1).advanced(by: -(last.advanced(by: 1).weekday - 1) - 7)
            return offsets.map { .week(monday.advanced(by: -7 * $0)) }
        case .month:
            var months: [ReportPeriod] = []
            let parts = last.components
            var month = ReportPeriod.month(year: parts.year, parts.month)
            for _ in 0..<count {
                months.insert(month, at: 0)
                month = month.previous
            }
            return months
        }
    }

    /// What the early-warning rule looks at in a bulletin of `period`: its last whole day, week or month;
    /// nil where that is not tallied.
    package func watched(
        in period: ReportPeriod, scope: ReportScope = .all, by baseline: WarningRule.Baseline
    ) -> ReportPeriod? {
        let watched = Self.last(of: period, by: baseline)
        return scope.isByMonth && !watched.isWholeMonths ? nil : watched
    }

    private static func last(
        of period: ReportPeriod, by baseline: WarningRule.Baseline
    ) -> ReportPeriod {
        let last = period.days.last
        switch baseline {
        case .sameWeekday: return .day(last)
        case .precedingWeeks, .sameWeekOfYears:
            let after = last.advanced(by: 1)
            return .week(after.advanced(by: -(after.weekday - 1) - 7))
        case .sameMonthOfYears:
            let parts = last.components
            return .month(year: parts.year, parts.month)
        }
    }
}
