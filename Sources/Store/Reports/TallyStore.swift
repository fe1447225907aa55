package import Casework
package import Database
import Ledger

/// Why a report was not drawn up. Nothing was read.
package enum ReportError: Error, Equatable {
    /// A bureau's own report is kept by month alone.
    case wholeMonthsOnly(ReportScope)
    case database(DatabaseError)
}

extension Transaction {
    /// The sums of a period: as many rows as months and single days in it, for each sum asked for.
    ///
    /// - Parameters:
    ///   - facets: The breakdowns wanted.
    ///   - cells: Those wanted of them.
    package func tallies(
        _ period: ReportPeriod, scope: ReportScope = .all, by facets: [Facet] = [.total],
        cells: [Cell] = Cell.allCases
    ) throws(ReportError) -> PeriodTally {
        guard !scope.isByMonth || period.isWholeMonths else { throw .wholeMonthsOnly(scope) }
        var tally = PeriodTally(period, scope: scope)
        do throws(DatabaseError) {
            try write(OpenTallies.self)
            for facet in facets {
                for run in period.runs {
                    try read(run, scope, facet, cells, into: &tally)
                }
            }
        } catch {
            throw .database(error)
        }
        return tally
    }

    private func read(
        _ run: SpanRun, _ scope: ReportScope, _ facet: Facet, _ cells: [Cell],
        into tally: inout PeriodTally
    ) throws(DatabaseError) {
        let wanted = cells.map { SQLValue.text($0.rawValue) }
        for row in try rows(
            """
            select cell, slice, is_other, bucket, cast(sum(value) as bigint) from report_tally
            where scope = \(scope.stored) and facet = \(facet.rawValue)
                and cell in (\(list: wanted)) and grain = \(run.grain.rawValue)
                and period >= \(run.first.description) and period <= \(run.last.description)
            group by cell, slice, is_other, bucket
            having sum(value) <> 0
            """)
        {
            // A cell that this release does not know was counted by a later one.
            guard let cell = Cell(rawValue: try row.text(0)) else { continue }
            tally.add(
                try row.integer(4), to: CellKey(cell, bucket: Int(try row.integer(3))), of: facet,
                try row.text(1), isOther: try row.integer(2) == 1)
        }
    }

    /// Merchants with at least `minimum` items registered in a period of whole months; none of another.
    ///
    /// Costs what the merchants found cost, not what all merchants do.
    package func merchantTallies(
        _ period: ReportPeriod, minimum: Int64
    ) throws(DatabaseError) -> [BulletinInput.Group] {
        guard let spans = period.merchantSpans, !spans.isEmpty else { return [] }
        try write(OpenTallies.self)
        let periods = spans.map { SQLValue.text($0.stored) }
        // Who has so many in all has a fair share of them in one span, of either kind.
        let share = max(1, minimum / Int64(spans.count * 2))
        var found: [String: CellCounts] = [:]
        for row in try rows(
            """
            select m.merchant_id, m.cell, m.is_other, cast(sum(m.value) as bigint)
            from report_merchant m
            join (select distinct merchant_id from report_merchant
                where cell = 'registered' and period in (\(list: periods)) and value >= \(share)
                ) c on c.merchant_id = m.merchant_id
            where m.period in (\(list: periods))
            group by m.merchant_id, m.cell, m.is_other
            """)
        {
            guard let cell = Cell(rawValue: try row.text(1)) else { continue }
            found[try row.text(0), default: CellCounts()].add(
                try row.integer(3), to: CellKey(cell), isOther: try row.integer(2) == 1)
        }
        return found.filter { $0.value.value(.registered) >= minimum }
            .sorted { $0.key < $1.key }.map { BulletinInput.Group($0.key, $0.value) }
    }
}

extension Transaction {
    /// How many sums there are, for benchmarks.
    package func tallyRows() throws(DatabaseError) -> Int64 {
        try first("select count(*) from report_tally")?.integer(0) ?? 0
    }
}

/// Days or months that follow on each other.
struct SpanRun {
    let grain: TallySpan.Grain
    let first: Day
    var last: Day
}

extension ReportPeriod {
    /// At most three: days, whole months, days.
    var runs: [SpanRun] {
        var runs: [SpanRun] = []
        for span in spans {
            if runs.last?.grain == span.grain {
                runs[runs.count - 1].last = span.first
            } else {
                runs.append(SpanRun(grain: span.grain, first: span.first, last: span.first))
            }
        }
        return runs
    }
}
