/// The books of one fund at one moment: balances, reservations, and the last voucher.
///
/// It may be loaded whole, or in part for the drafts at hand. A part holds the totals of **all** codes
/// (there are about a dozen), the balance of every account the drafts touch (`Draft.accounts`), every
/// reservation they name that exists (`Draft.reservations`), every voucher already posted under one of
/// their ids, every voucher they name (`Draft.named`) with the one that reverses it, and every open
/// reservation whose time is over at the moment of posting, with the accounts it is held in and returns
/// to (`Chart.available`). An account that is not given is one that was never posted to.
///
/// Invariants: totals add up to zero; a total is the sum of its accounts; each account of reservations
/// is the sum of the open ones held in it; no guard has fallen; nothing is posted while a lapse is due,
/// nor into a closed period.
public struct Book: Sendable {
    public let chart: Chart
    public let fund: String
    public let currency: String
    /// The last day that takes no voucher any more; nil when no period was closed yet.
    public private(set) var closedThrough: Day?
    public private(set) var head: Head
    private var codeTotals: CodeTotals
    /// Debit-positive, by account; the accounts that were loaded or posted to.
    public private(set) var balances: [Account: Money]
    public private(set) var reservations: [ID<Reservation>: Reservation]
    private var expiries = ExpiryQueue()
    private var posted: [ID<Voucher>: Voucher]
    private(set) var trail = Trail()

    public init(
        chart: Chart, fund: String, currency: String = "CNY", head: Head = .none,
        totals: [String: Money] = [:], balances: [Account: Money] = [:],
        reservations: [Reservation] = [], posted: [Voucher] = [], closedThrough: Day? = nil
    ) {
        self.chart = chart
        self.fund = fund
        self.currency = currency
        self.closedThrough = closedThrough
        self.head = head
        codeTotals = CodeTotals(totals)
        self.balances = balances
        self.reservations = Dictionary(
            reservations.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
        self.posted = Dictionary(posted.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
        for voucher in posted { trail.add(voucher.draft) }
        for reservation in self.reservations.values { watch(reservation) }
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
            watch(reservation)
        }
        for voucher in posted where self.posted[voucher.id] == nil {
            self.posted[voucher.id] = voucher
            trail.add(voucher.draft)
        }
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
        let change = try change(by: draft, at: recordedAt)
        let voucher = Voucher(draft, after: head, at: recordedAt)
        apply(change, of: voucher)
        posted[draft.id] = voucher
        return voucher
    }

    /// Takes a stored voucher into the books as `post` would, without keeping it whole. Answers whether
    /// its id is new.
    mutating func replay(_ voucher: Voucher) throws(PostingError) -> Bool {
        apply(try change(by: voucher.draft, at: voucher.recordedAt), of: voucher)
    }

    /// Makes room for as many vouchers more.
    mutating func reserve(_ count: Int) { trail.reserve(count) }

    /// From now on takes no voucher of `day` or before. Never opens what is closed.
    public mutating func close(through day: Day) { closedThrough = max(day, closedThrough ?? day) }

    @discardableResult
    private mutating func apply(_ change: Change, of voucher: Voucher) -> Bool {
        for (code, total) in change.totals { codeTotals.set(code, total) }
        for (account, _, balance) in change.balances { balances[account] = balance }
        for reservation in change.reservations {
            let isNew = reservations.updateValue(reservation, forKey: reservation.id) == nil
            if isNew { watch(reservation) }
        }
        while let next = expiries.next, reservations[next.id]?.isSettled ?? true {
            expiries.removeNext()
        }
        head = Head(number: voucher.number, hash: voucher.hash)
        return trail.add(voucher.draft)
    }

    private mutating func watch(_ reservation: Reservation) {
        guard let expires = reservation.expires, !reservation.isSettled, reservation.fund == fund
        else { return }
        expiries.add(ExpiryQueue.Entry(expires: expires, id: reservation.id))
    }
}

/// Reading. What stands `at` a moment never counts a reservation whose time was over by then, whether
/// or not its lapse was posted yet; what is read without a moment is what the vouchers say.
extension Book {
    public func balance(_ account: Account) -> Money { balances[account] ?? .zero }
    public func total(_ code: String) -> Money { codeTotals[code] }

    /// Debit-positive, by code over all sub-accounts.
    public var totals: [String: Money] { codeTotals.byCode }

    /// Whether the totals can be those of the vouchers so far: they add up to zero, and are not missing.
    var isBalanced: Bool { codeTotals.isBalanced && (head.number == 0 || !codeTotals.isEmpty) }

    /// The first day that takes vouchers; nil when no period was closed yet.
    public var firstOpenDay: Day? { closedThrough.map { $0.advanced(by: 1) } }

    /// The guard's sum; held at the ends of `Money`. Nil when the chart has no such guard.
    public func free(_ guardName: String) -> Money? {
        chart.guards.first { $0.name == guardName }.map { Money(clamping: sum(of: $0)) }
    }

    /// The guard's sum as it stands at `now`.
    public func free(_ guardName: String, at now: Moment) -> Money? {
        guard let rule = chart.guards.first(where: { $0.name == guardName }) else { return nil }
        let lapsing = lapsing(at: now)
        let codes = Set(rule.codes)
        let freed = lapsing.reduce(Int128(0)) { sum, moved in
            codes.contains(moved.key.code) ? sum + moved.value : sum
        }
        return Money(clamping: sum(of: rule) + freed)
    }

    public func balance(_ account: Account, at now: Moment) -> Money {
        Money(clamping: Int128(balance(account).fen) + (lapsing(at: now)[account] ?? 0))
    }

    public func total(_ code: String, at now: Moment) -> Money {
        let moved = lapsing(at: now).reduce(Int128(0)) { sum, moved in
            moved.key.code == code ? sum + moved.value : sum
        }
        return Money(clamping: Int128(total(code).fen) + moved)
    }

    /// The reservations that still count at `now`, by id.
    public func openReservations(at now: Moment) -> [Reservation] {
        reservations.values.filter { $0.fund == fund && $0.open(at: now).isPositive }
            .sorted { $0.id < $1.id }
    }

    /// The reservations whose lapse is due at `now`, in the order in which they expired.
    func expired(at now: Moment) -> [Reservation] {
        guard let next = expiries.next, next.expires <= now else { return [] }
        return expiries.entries.filter { $0.expires <= now }.sorted()
            .compactMap { reservations[$0.id] }.filter { !$0.isSettled }
    }

    /// The reservation whose lapse is due first at `now`.
    func firstLapseDue(at now: Moment) -> ID<Reservation>? {
        expiries.next.flatMap { $0.expires <= now ? $0.id : nil }
    }

    func sum(of rule: Guard) -> Int128 { rule.codes.reduce(0) { $0 + Int128(total($1).fen) } }

    /// What the lapses due at `now` will move, debit-positive.
    private func lapsing(at now: Moment) -> [Account: Int128] {
        var moved: [Account: Int128] = [:]
        for reservation in expired(at: now) {
            moved[reservation.account, default: 0] += Int128(reservation.open.fen)
            moved[Account(Chart.available), default: 0] -= Int128(reservation.open.fen)
        }
        return moved
    }
}

/// The total of each code. There are a dozen, which one looks through quicker than a dictionary.
struct CodeTotals: Sendable {
    private var rows: [(code: String, total: Money)]
    /// Whether they added up to zero at first. A voucher that balances keeps it so.
    let isBalanced: Bool

    init(_ totals: [String: Money]) {
        rows = totals.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        isBalanced = totals.values.reduce(Int128(0)) { $0 + Int128($1.fen) } == 0
    }

    var isEmpty: Bool { rows.isEmpty }
    var byCode: [String: Money] {
        Dictionary(uniqueKeysWithValues: rows.map { ($0.code, $0.total) })
    }

    subscript(code: String) -> Money {
        for row in rows where row.code == code { return row.total }
        return .zero
    }

    mutating func set(_ code: String, _ total: Money) {
        for place in rows.indices where rows[place].code == code {
            rows[place].total = total
            return
        }
        rows.append((code, total))
    }
}

extension Money {
    /// The nearest amount in range.
    init(clamping fen: Int128) { self.init(fen: Int64(clamping: fen)) }
}
