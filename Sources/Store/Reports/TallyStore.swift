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
    /// The sums of a period: as many rows as months and single days in it, for each line of a breakdown.
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
        let wanted = PackedCells.Names(cells)
        let last = cells.contains(where: \.isHistogram) ? 1 : 0
        for row in try rows(
            """
            select slice, is_other, cells from report_tally
            where scope = \(scope.stored) and facet = \(facet.rawValue)
                and grain = \(run.grain.rawValue)
                and period >= \(run.first.description) and period <= \(run.last.description)
                and is_times <= \(last)
            """)
        {
            tally.add(
                try PackedCells.cells(row.text(2), wanted), of: facet, try row.text(0),
                isOther: try row.integer(1) == 1)
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
            select m.merchant_id, m.is_other, m.cells from report_merchant m
            join (select distinct merchant_id from report_merchant
                where period in (\(list: periods)) and items >= \(share)
                ) c on c.merchant_id = m.merchant_id
            where m.period in (\(list: periods))
            """)
        {
            found[try row.text(0), default: CellCounts()].add(
                try PackedCells.cells(row.text(2)), isOther: try row.integer(1) == 1)
        }
        return found.filter { $0.value.value(.registered) >= minimum }
            .sorted { $0.key < $1.key }.map { BulletinInput.Group($0.key, $0.value) }
    }
}

extension Transaction {
    /// How many rows of sums there are, for benchmarks.
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
