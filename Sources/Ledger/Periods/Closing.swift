/// A period that was closed (结账), by two people and for good.
///
/// From then on the books take no voucher of its days. There is no way to open it again: what was wrong
/// in it is corrected by a voucher of a day that is open.
public struct Closing: Hashable, Sendable {
    public let fund: String
    public let period: Period
    /// The last voucher when it was closed: none after it may be of the period.
    public let head: Head
    /// The closing balances, debit-positive, of what happened up to the period's last day; zeros left
    /// out. They are the opening balances of the next period, to the fen.
    public let balances: [Account: Money]
    public let closedAt: Moment
    /// Who prepared the closing (经办), and who agreed to it (复核); never one person.
    public let maker: String
    public let checker: String

    /// A closing as it was stored.
    public init(
        fund: String, period: Period, head: Head, balances: [Account: Money], closedAt: Moment,
        maker: String, checker: String
    ) {
        self.fund = fund
        self.period = period
        self.head = head
        self.balances = balances.filter { $0.value != .zero }
        self.closedAt = closedAt
        self.maker = maker
        self.checker = checker
    }

    /// Closes `period`.
    ///
    /// - Parameters:
    ///   - position: Everything recorded by now that happened up to the period's last day.
    ///   - lapsesDue: The reservations that `Book.lapses` gives now: they lapse first.
    ///   - earlier: The closings of the fund so far.
    /// - Throws: `ClosingError`, in the order of its cases. Nothing was closed.
    public init(
        _ period: Period, of fund: String, chart: Chart, position: Position,
        lapsesDue: [ID<Reservation>] = [], after earlier: [Closing], today: Day, maker: String,
        checker: String
    ) throws(ClosingError) {
        if maker.isEmpty || checker.isEmpty || maker == checker { throw .samePerson(maker) }
        if period.lastDay > today { throw .notOver(period, today: today) }
        let last = earlier.filter { $0.fund == fund && $0.period.kind == period.kind }
            .max { $0.period.lastDay < $1.period.lastDay }
        if let last, period.lastDay <= last.period.lastDay { throw .alreadyClosed(last.period) }
        if let last, period.kind != .day, period != last.period.next {
            throw .outOfOrder(period, next: last.period.next)
        }
        if position.through != period.lastDay {
            throw .wrongPosition(through: position.through, wanted: period.lastDay)
        }
        if !position.isBalanced { throw .booksOutOfBalance(fund: fund) }
        if let first = lapsesDue.min() { throw .lapseDue(first) }
        if period.endsYear, let open = position.toCarryForward(chart).first {
            throw .notCarriedForward(open.account, open.balance)
        }
        self.init(
            fund: fund, period: period, head: position.head, balances: position.balances,
            closedAt: position.moment, maker: maker, checker: checker)
    }
}

/// Why a period was not closed. The first case that applies, in this order, is the answer.
public enum ClosingError: Error, Hashable, Sendable {
    /// Maker and checker must be two people, each with a name.
    case samePerson(String)
    case notOver(Period, today: Day)
    /// This period or a later one of its kind was closed before; closed is closed.
    case alreadyClosed(Period)
    /// Months and years close one after the other; `next` is the one whose turn it is.
    case outOfOrder(Period, next: Period)
    /// The balances at hand are not those of the period's end.
    case wrongPosition(through: Day?, wanted: Day)
    /// Debits and credits up to the period's end differ: the books were damaged outside the ledger.
    case booksOutOfBalance(fund: String)
    case lapseDue(ID<Reservation>)
    /// The year ends, and this income or expense still stands: see `Position.carryForward`.
    case notCarriedForward(Account, Money)
}

extension [Closing] {
    /// The last day that is closed; nil when none is.
    public func closedThrough(of fund: String) -> Day? {
        filter { $0.fund == fund }.map(\.period.lastDay).max()
    }
}
