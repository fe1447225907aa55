import Casework
package import Ledger
package import Store

/// How far a period is on its way to being closed.
package struct ClosingState: Sendable {
    package let period: Period
    /// It, or a later one of its kind.
    package let isClosed: Bool
    /// Nil: nobody has put it forward.
    package let proposal: ClosingProposal?
    /// What stands in the way; empty once it is closed.
    package let obstacles: [WorkflowError.Problem]
}

/// The fund's accounts in a period, from the vouchers.
package struct PeriodAccounts: Sendable {
    package let statement: PeriodStatement
    /// At the end of the period, of all vouchers up to its last day.
    package let balance: TrialBalance
}

extension Office {
    package func closingState(of period: Period) async throws -> ClosingState {
        try await read { [self] transaction in
            let work = Work(transaction: transaction, office: self, now: now())
            do {
                try work.refuseClosed(period)
            } catch WorkflowError.periodClosed {
                return ClosingState(
                    period: period, isClosed: true, proposal: nil, obstacles: [])
            }
            return ClosingState(
                period: period, isClosed: false,
                proposal: try transaction.proposal(toClose: period, of: books.fund),
                obstacles: try work.obstacles(toClosing: period))
        }
    }

    package func accounts(of period: Period) async throws -> PeriodAccounts {
        let (currency, days) = (books.postings.currency, period.firstDay...period.lastDay)
        let vouchers = try await allVouchers()
        return PeriodAccounts(
            statement: PeriodStatement(
                of: vouchers, days: days, known: now(), currency: currency),
            balance: TrialBalance(
                of: vouchers.filter { $0.draft.businessDate <= period.lastDay },
                chart: books.chart, currency: currency))
    }
}
