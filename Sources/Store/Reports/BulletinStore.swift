package import Casework
package import Database
package import Ledger

/// Which bulletin is wanted, and how the office wants it.
package struct BulletinRequest: Hashable, Sendable {
    package let form: Bulletin.Form
    package let period: ReportPeriod
    package var scope = ReportScope.all
    package let office: Words
    package let drawnUp: Day
    package var labels: [Facet: [String: Words]] = [:]
    package var parameters = ReportParameters()
    package var fund: [BulletinInput.FundLine] = []
    package var further: [Bulletin.Section] = []

    package init(_ form: Bulletin.Form, _ period: ReportPeriod, office: Words, drawnUp: Day) {
        self.form = form
        self.period = period
        self.office = office
        self.drawnUp = drawnUp
    }
}

extension Transaction {
    /// Draws up a bulletin from the tallies; no record is read.
    package func bulletin(_ request: BulletinRequest) throws(ReportError) -> Bulletin {
        let (form, period, scope) = (request.form, request.period, request.scope)
        let parameters = request.parameters
        let now = try tallies(period, scope: scope, by: form.facets)
        let before = try tallies(period.previous, scope: scope, by: [.total, .category])
        let lastYear = try tallies(period.sameOfLastYear, scope: scope)
        var trend: [PeriodTally] = []
        for step in form.steps(to: period, scope: scope) {
            trend.append(try tallies(step, scope: scope, cells: trendCells))
        }
        let watched = form.watched(
            in: period, scope: scope, by: parameters.warningRule.baseline)
        var found: [PeriodTally] = []
        if let watched {
            for one in [watched] + parameters.warningRule.baseline.periods(before: watched) {
                found.append(
                    try tallies(one, scope: scope, by: [.category], cells: [.registered]))
            }
        }
        let merchants = try leagueMerchants(request)
        return Bulletin(
            BulletinInput(
                form: form, office: request.office, drawnUp: request.drawnUp,
                labels: Labels(request.labels, merchants: merchants.names),
                parameters: parameters, now: now, before: before, lastYear: lastYear,
                trend: trend, merchants: merchants.groups, watched: found.first,
                samples: Array(found.dropFirst()), fund: request.fund,
                further: request.further))
    }

    /// Merchants are told of by the whole office alone.
    private func leagueMerchants(
        _ request: BulletinRequest
    ) throws(ReportError) -> (groups: [BulletinInput.Group], names: [String: String]) {
        guard request.scope == .all, request.form.hasLeagues else { return ([], [:]) }
        do throws(DatabaseError) {
            let groups = try merchantTallies(
                request.period, minimum: request.parameters.leagueMinimum)
            var names: [String: String] = [:]
            var rest = groups.map { SQLValue.text($0.code) }[...]
            while !rest.isEmpty {
                let page = Array(rest.prefix(1_024))
                rest = rest.dropFirst(1_024)
                for row in try rows("select id, name from merchant where id in (\(list: page))") {
                    names[try row.text(0)] = try row.text(1)
                }
            }
            return (groups, names)
        } catch {
            throw .database(error)
        }
    }
}

private let trendCells: [Cell] = [
    .registered, .endedThen, .handlingDue, .handlingKept, .gradeA, .gradeB, .gradeC,
]

extension Bulletin.Form {
    package var hasLeagues: Bool { self != .daily && self != .special }

    fileprivate var facets: [Facet] {
        switch self {
        case .daily: [.total, .kind, .category]
        case .month, .quarter, .halfYear, .special:
            [.total, .kind, .category, .channel, .bureau, .edition]
        case .year: [.total, .area, .kind, .category, .channel, .bureau, .edition]
        }
    }
}
