import Casework
import Database
import Ledger
import Store

/// What the cases and the books say happened before the end of the reported months.
///
/// Counted from the events by their time, never from what the generator meant.
struct DemoTally: Sendable {
    private(set) var complaints = 0
    /// Cases for which the policy proposed an advance.
    private(set) var eligible: Set<ID<Case>> = []
    private(set) var quickPays = Sum()
    private(set) var reserved = Sum()
    private(set) var released = Sum()
    private(set) var returned = Sum()
    private(set) var recoverable = Sum()
    private(set) var paidOut = Sum()
    private(set) var bounced = Sum()
    private(set) var repaid = Sum()
    private(set) var writtenOff = Sum()
    /// Solved before any advance was made, and what those merchants paid their tourists.
    private(set) var solved = Sum()
    private(set) var stages: [(stage: String, count: Int)] = []
    private(set) var spendable = Money.zero
    private(set) var stillReserved = Money.zero
    private(set) var stillOwed = Money.zero
    private(set) var inSuspense = Money.zero
    private(set) var accepted = Kept()
    private(set) var decided = Kept()
    private(set) var closed = Kept()

    struct Sum: Sendable {
        var count = 0
        var amount = Money.zero

        mutating func add(_ more: Money) {
            count += 1
            amount = amount.plus(more)
        }

        /// Rounded down to the fen; zero of none.
        var mean: Money { count == 0 ? .zero : Money(fen: amount.fen / Int64(count)) }
    }

    /// Clocks that stopped, and how many of them in time.
    struct Kept: Sendable {
        var inTime = 0
        var all = 0
    }

    init(_ transaction: Transaction, _ books: Office.Books, before end: Moment)
        throws(DatabaseError)
    {
        stages = try transaction.caseCounts()
        complaints = stages.reduce(0) { $0 + $1.count }
        var paid: [ID<Case>: Money] = [:]
        var solvedCases: Set<ID<Case>> = []
        var tally = self
        try transaction.forEachEvent(of: Self.kinds, before: end) { id, recorded in
            switch recorded.event {
            case .merchantPaid(let amount, _): paid[id] = (paid[id] ?? .zero).plus(amount)
            case .resolved(.solvedWithoutAdvance): solvedCases.insert(id)
            default: tally.count(recorded.event, of: id)
            }
        }
        for id in solvedCases { tally.solved.add(paid[id] ?? .zero) }
        self = tally
        let book = try transaction.book(
            books.chart, fund: books.fund, currency: books.postings.currency, at: end)
        spendable = book.free(Chart.spendableGuard) ?? .zero
        stillReserved = Money(fen: -book.total(Chart.reserved).fen)
        stillOwed = book.total(Chart.receivable)
        inSuspense = Money(fen: -book.total(Chart.suspense).fen)
    }

    private static let kinds = [
        "advanceProposed", "quickPayGranted", "reserved", "released", "reservationReturned",
        "reservationReduced", "recoveryOpened", "payoutConfirmed", "payoutBounced",
        "payoutReturnedFromSuspense", "repaid", "depositSetOff", "repaidAfterWriteOff",
        "writtenOff", "merchantPaid", "resolved",
    ]

    private mutating func count(_ event: Event, of id: ID<Case>) {
        switch event {
        case .advanceProposed(_, _, let amount): if amount.isPositive { eligible.insert(id) }
        case .quickPayGranted(let amount): quickPays.add(amount)
        case .reserved(let amount): reserved.add(amount)
        case .released(let amount): released.add(amount)
        case .reservationReturned(let amount), .reservationReduced(let amount): returned.add(amount)
        case .recoveryOpened(_, let amount): recoverable.add(amount)
        case .payoutConfirmed(_, let amount, _): paidOut.add(amount)
        case .payoutBounced(_, let amount, _),
            .payoutReturnedFromSuspense(_, let amount, _, _, _, _):
            bounced.add(amount)
        case .repaid(let amount, _, _), .depositSetOff(let amount, _, _),
            .repaidAfterWriteOff(let amount, _, _):
            repaid.add(amount)
        case .writtenOff(let amount): writtenOff.add(amount)
        default: break
        }
    }

    /// Clocks that had stopped by the end, from the cases as they then were.
    mutating func takeClocks(of files: some Sequence<Case>) {
        for file in files {
            for clock in file.clocks.values {
                guard let stoppedAt = clock.stoppedAt else { continue }
                let isInTime = clock.overrunMs(at: stoppedAt) == 0
                switch clock.name {
                case .acceptance: accepted.add(isInTime)
                case .audit: decided.add(isInTime)
                case .closing: closed.add(isInTime)
                case .freeze, .response, .repayment, .capReset, .instalment, .limitation: break
                }
            }
        }
    }
}

extension DemoTally.Kept {
    fileprivate mutating func add(_ isInTime: Bool) {
        all += 1
        inTime += isInTime ? 1 : 0
    }

    /// In hundredths of a percent; nil of none.
    var share: Int? { all == 0 ? nil : inTime * 10_000 / all }
}
