/// The books of one fund at one moment: balances, reservations, and the last voucher.
///
/// It may be loaded whole, or in part for the drafts at hand. A part holds the totals of **all** codes
/// (there are about a dozen), the balance of every account the drafts touch (`Draft.accounts`), every
/// reservation they name that exists (`Draft.reservations`), and every voucher already posted under one
/// of their ids. An account that is not given is one that was never posted to.
///
/// Invariants: totals add up to zero; a total is the sum of its accounts; each account of reservations
/// is the sum of the open ones; no guard has fallen.
public struct Book: Sendable {
    public let chart: Chart
    public let fund: String
    public let currency: String
    public private(set) var head: Head
    /// Debit-positive, by code over all sub-accounts.
    public private(set) var totals: [String: Money]
    /// Debit-positive, by account; the accounts that were loaded or posted to.
    public private(set) var balances: [Account: Money]
    public private(set) var reservations: [ID<Reservation>: Reservation]
    private var posted: [ID<Voucher>: Voucher]

    public init(
        chart: Chart, fund: String, currency: String = "CNY", head: Head = .none,
        totals: [String: Money] = [:], balances: [Account: Money] = [:],
        reservations: [Reservation] = [], posted: [Voucher] = []
    ) {
        self.chart = chart
        self.fund = fund
        self.currency = currency
        self.head = head
        self.totals = totals
        self.balances = balances
        self.reservations = Dictionary(
            reservations.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
        self.posted = Dictionary(posted.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
    }

    /// Takes in more of the same books, for a draft that touches what was not loaded before.
    ///
    /// What the book knows already, it knows better: it may have been posted to since.
    public mutating func load(
        balances more: [Account: Money], reservations: [Reservation] = [], posted: [Voucher] = []
    ) {
        balances.merge(more) { known, _ in known }
        for reservation in reservations where self.reservations[reservation.id] == nil {
            self.reservations[reservation.id] = reservation
        }
        for voucher in posted where self.posted[voucher.id] == nil {
            self.posted[voucher.id] = voucher
        }
    }

    public func balance(_ account: Account) -> Money { balances[account] ?? .zero }
    public func total(_ code: String) -> Money { totals[code] ?? .zero }

    /// The guard's sum now; held at the ends of `Money`. Nil when the chart has no such guard.
    public func free(_ guardName: String) -> Money? {
        chart.guards.first { $0.name == guardName }.map { Money(clamping: sum(of: $0)) }
    }

    /// Posts `draft` as the next voucher, recorded at `recordedAt`.
    ///
    /// A draft that was posted before, same id and same content, answers the voucher of then and changes
    /// nothing (`head` stays). Refusals and their order: see `PostingError`. A refused draft leaves the
    /// book exactly as it was, and its id free.
    public mutating func post(_ draft: Draft, at recordedAt: Moment) throws(PostingError) -> Voucher
    {
        if let earlier = posted[draft.id] {
            guard earlier.draft.contentHash == draft.contentHash else { throw .idTaken(draft.id) }
            return earlier
        }
        let change = try change(by: draft)
        let voucher = Voucher(draft, after: head, at: recordedAt)
        apply(change, of: voucher)
        posted[draft.id] = voucher
        return voucher
    }

    /// Takes a stored voucher into the books as `post` would, without remembering it by id.
    mutating func replay(_ voucher: Voucher) throws(PostingError) {
        apply(try change(by: voucher.draft), of: voucher)
    }

    private mutating func apply(_ change: Change, of voucher: Voucher) {
        for (code, total) in change.totals { totals[code] = total }
        for (account, balance) in change.balances { balances[account] = balance }
        for reservation in change.reservations { reservations[reservation.id] = reservation }
        head = Head(number: voucher.number, hash: voucher.hash)
    }
}

/// What a draft makes of the balances and reservations it touches.
private struct Change {
    var totals: [String: Money] = [:]
    var balances: [Account: Money] = [:]
    var reservations: [Reservation] = []
}

extension Book {
    private func change(by draft: Draft) throws(PostingError) -> Change {
        try checkTotals()
        try checkHeading(of: draft)
        try checkLines(of: draft)
        var change = Change()
        change.reservations = try reservations(after: draft)
        try addMovements(of: draft, to: &change)
        try checkOverdrafts(change)
        try checkGuards(change)
        return change
    }

    private func checkTotals() throws(PostingError) {
        let sum = totals.values.reduce(Int128(0)) { $0 + Int128($1.fen) }
        guard sum == 0, head.number == 0 || !totals.isEmpty else {
            throw .booksOutOfBalance(fund: fund)
        }
    }

    private func checkHeading(of draft: Draft) throws(PostingError) {
        if draft.fund != fund { throw .wrongFund(draft.fund, expected: fund) }
        if draft.currency != currency { throw .wrongCurrency(draft.currency, expected: currency) }
        let texts: [(Draft.Field, String?)] = [
            (.id, draft.id.text), (.fund, draft.fund), (.currency, draft.currency),
            (.reason, draft.reason), (.source, draft.source), (.maker, draft.maker),
            (.checker, draft.checker), (.reverses, draft.reverses?.text),
        ]
        for (field, text) in texts {
            guard let text else { continue }
            let limit = field == .reason ? Draft.reasonLimit : Draft.textLimit
            guard (1...limit).contains(text.utf8.count) else { throw .badText(field, limit: limit) }
        }
        for line in draft.lines {
            guard let id = line.reservation?.id else { continue }
            guard (1...Draft.textLimit).contains(id.text.utf8.count) else {
                throw .badText(.reservation, limit: Draft.textLimit)
            }
        }
    }

    private func checkLines(of draft: Draft) throws(PostingError) {
        if draft.lines.count < 2 { throw .tooFewLines(draft.lines.count) }
        if draft.lines.count > Draft.lineLimit {
            throw .tooManyLines(draft.lines.count, limit: Draft.lineLimit)
        }
        for (index, line) in draft.lines.enumerated() where !line.amount.isPositive {
            throw .amountNotPositive(line: index + 1, line.amount)
        }
        for (index, line) in draft.lines.enumerated() where !chart.accepts(line.account) {
            throw .unknownAccount(line: index + 1, line.account)
        }
        var debits: Int128 = 0
        var credits: Int128 = 0
        for line in draft.lines {
            if line.side == .debit {
                debits += Int128(line.amount.fen)
            } else {
                credits += Int128(line.amount.fen)
            }
        }
        if debits != credits {
            throw .unbalanced(debits: Money(clamping: debits), credits: Money(clamping: credits))
        }
    }

    /// The reservations the draft touches, as they are after it. Lines work in their order.
    private func reservations(after draft: Draft) throws(PostingError) -> [Reservation] {
        for (index, line) in draft.lines.enumerated() {
            let isHeld = chart[line.account.code]?.holdsReservations ?? false
            if isHeld, line.reservation?.step.side != line.side {
                throw .reservationMissing(line: index + 1)
            }
            if !isHeld, let use = line.reservation {
                throw .reservationMisplaced(line: index + 1, use.id)
            }
        }
        var changed: [ID<Reservation>: Reservation] = [:]
        for line in draft.lines {
            guard let use = line.reservation else { continue }
            let known = changed[use.id] ?? reservations[use.id]
            if use.step == .opens {
                guard known == nil,
                    let new = Reservation(id: use.id, fund: fund, amount: line.amount)
                else { throw .reservationTaken(use.id) }
                changed[use.id] = new
                continue
            }
            guard let known else { throw .reservationUnknown(use.id) }
            changed[use.id] =
                use.step == .releases
                ? try known.releasing(line.amount) : try known.returning(line.amount)
        }
        return changed.values.sorted { $0.id < $1.id }
    }

    private func addMovements(of draft: Draft, to change: inout Change) throws(PostingError) {
        var moved: [Account: Int128] = [:]
        for line in draft.lines { moved[line.account, default: 0] += line.side.signed(line.amount) }
        var movedByCode: [String: Int128] = [:]
        for (account, amount) in moved { movedByCode[account.code, default: 0] += amount }
        for account in draft.accounts {
            let sum = Int128(balance(account).fen) + (moved[account] ?? 0)
            let codeSum = Int128(total(account.code).fen) + (movedByCode[account.code] ?? 0)
            guard let fen = Int64(exactly: sum), let codeFen = Int64(exactly: codeSum) else {
                throw .overflow(account)
            }
            change.balances[account] = Money(fen: fen)
            change.totals[account.code] = Money(fen: codeFen)
        }
    }

    private func checkOverdrafts(_ change: Change) throws(PostingError) {
        for account in change.balances.keys.sorted() {
            guard let entry = chart[account.code], !entry.mayBeOverdrawn,
                let after = change.balances[account]
            else { continue }
            let sign: Int128 = entry.kind.normalSide == .debit ? 1 : -1
            let (free, left) = (Int128(balance(account).fen) * sign, Int128(after.fen) * sign)
            if left < 0, left < free {
                throw .overdrawn(
                    account, free: Money(clamping: free), wanted: Money(clamping: free - left))
            }
        }
    }

    private func checkGuards(_ change: Change) throws(PostingError) {
        for rule in chart.guards {
            let free = sum(of: rule)
            let left = rule.codes.reduce(Int128(0)) {
                $0 + Int128((change.totals[$1] ?? total($1)).fen)
            }
            if left < 0, left < free {
                throw .guardWouldFall(
                    rule.name, free: Money(clamping: free), wanted: Money(clamping: free - left))
            }
        }
    }

    private func sum(of rule: Guard) -> Int128 {
        rule.codes.reduce(0) { $0 + Int128(total($1).fen) }
    }
}

extension Money {
    /// The nearest amount in range.
    init(clamping fen: Int128) { self.init(fen: Int64(clamping: fen)) }
}
