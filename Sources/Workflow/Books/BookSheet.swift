import Casework
package import Ledger
import Store

/// A sheet of the books that an accountant or auditor takes away, as CSV.
package enum BookSheet: String, Hashable, Sendable, CaseIterable {
    /// 科目余额表, of everything booked so far.
    case trialBalance = "trial-balance"
    /// 序时账.
    case journal
    /// 总账.
    case generalLedger = "general-ledger"
    /// 明细账.
    case subsidiaryLedger = "subsidiary-ledger"
    /// 应收追偿款账龄, by merchant, at the last day.
    case agedReceivables = "aged-receivables"
    /// 资金收支表.
    case fundStatement = "fund-statement"
}

extension Office {
    /// Every voucher of the fund in order.
    package func allVouchers() async throws -> [Voucher] {
        try await read { [books] transaction in
            var all: [Voucher] = []
            try transaction.forEachVoucher(of: books.fund) { all.append($0) }
            return all
        }
    }

    /// - Parameters:
    ///   - days: By business date; a sheet at one day is that of the last.
    ///   - code: Of a subsidiary ledger: the accounts under this code alone.
    package func sheet(
        _ sheet: BookSheet, days: ClosedRange<Day>, code: String? = nil
    ) async throws -> String {
        let (chart, currency) = (books.chart, books.postings.currency)
        let vouchers = try await allVouchers()
        let csv =
            switch sheet {
            case .trialBalance: TrialBalance(of: vouchers, chart: chart, currency: currency).csv
            case .journal:
                Export.journalCSV(
                    of: vouchers.filter { days.contains($0.draft.businessDate) }, chart: chart)
            case .generalLedger:
                GeneralLedger(of: vouchers, chart: chart, days: days, currency: currency).csv
            case .subsidiaryLedger:
                SubsidiaryLedger.csv(
                    of: SubsidiaryLedger.all(
                        of: vouchers, days: days, code: code, currency: currency),
                    chart: chart)
            case .agedReceivables:
                AgedReceivables(of: vouchers, on: days.upperBound, currency: currency).csv
            case .fundStatement:
                PeriodStatement(of: vouchers, days: days, known: now(), currency: currency).csv
            }
        return Export.forExcel(csv)
    }

    package func outlook() async throws -> FundOutlook { try await fundGlance().outlook }
}
