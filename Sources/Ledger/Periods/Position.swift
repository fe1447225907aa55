/// Balances and open reservations of a fund, read together from one moment.
///
/// Two times say which: what was **recorded** by `moment`, and of that what happened on or before the
/// business day `through`. So "31 January as the books knew it in February" and "31 January as we know
/// it today" are two positions, and a correction that is dated back changes the second alone.
///
/// A reservation whose time was over by `moment` (and on or before `through`) is counted as lapsed,
/// whether or not its lapse was posted.
public struct Position: Hashable, Sendable {
    /// As known then.
    public let moment: Moment
    /// The last business day that counts; nil when every one does.
    public let through: Day?
    /// The last voucher recorded by `moment`, whatever its business day.
    public let head: Head
    /// Debit-positive; accounts that stand at zero are left out.
    public let balances: [Account: Money]
    /// What is left of each reservation that is open.
    public let open: [ID<Reservation>: Money]

    /// A position that was read from elsewhere, such as a database. Zeros are left out.
    public init(
        at moment: Moment, through: Day?, head: Head, balances: [Account: Money],
        open: [ID<Reservation>: Money]
    ) {
        self.moment = moment
        self.through = through
        self.head = head
        self.balances = balances.filter { $0.value != .zero }
        self.open = open.filter { $0.value != .zero }
    }

    /// The position that `vouchers` give: all of one fund's, in any order.
    public init(
        of vouchers: some Sequence<Voucher>, at moment: Moment, through: Day? = nil,
        zone: Zone = .china
    ) {
        var fold = PositionFold(at: moment, through: through, zone: zone)
        for voucher in vouchers { fold.add(voucher) }
        self = fold.position
    }

    public func balance(_ account: Account) -> Money { balances[account] ?? .zero }

    /// Over all sub-accounts; held at the ends of `Money`.
    public func total(_ code: String) -> Money {
        Money(
            clamping: balances.reduce(Int128(0)) { sum, entry in
                entry.key.code == code ? sum + Int128(entry.value.fen) : sum
            })
    }

    /// The guard's sum; held at the ends of `Money`.
    public func free(_ rule: Guard) -> Money {
        Money(clamping: rule.codes.reduce(Int128(0)) { $0 + Int128(total($1).fen) })
    }

    /// Whether debits equal credits.
    public var isBalanced: Bool { balances.values.reduce(Int128(0)) { $0 + Int128($1.fen) } == 0 }
}

extension Book {
    /// The books as they stand at `now`. They must be loaded whole.
    public func position(at now: Moment) -> Position {
        var balances = balances
        for reservation in expired(at: now) {
            balances.move(reservation.open, from: Account(Chart.available), to: reservation.account)
        }
        var open: [ID<Reservation>: Money] = [:]
        for reservation in openReservations(at: now) { open[reservation.id] = reservation.open }
        return Position(at: now, through: nil, head: head, balances: balances, open: open)
    }
}

/// A position in the making: takes the vouchers of one fund, in any order and in pages.
public struct PositionFold: Sendable {
    private struct Held: Sendable {
        var open = Money.zero
        var account: Account
        var expires: Moment?
    }

    private let moment: Moment
    private let through: Day?
    private let zone: Zone
    private var head = Head.none
    private var balances: [Account: Money] = [:]
    private var held: [ID<Reservation>: Held] = [:]

    public init(at moment: Moment, through: Day? = nil, zone: Zone = .china) {
        self.moment = moment
        self.through = through
        self.zone = zone
    }

    /// Passes over what was recorded later than the moment wanted.
    public mutating func add(_ voucher: Voucher) {
        guard voucher.recordedAt <= moment else { return }
        if voucher.number > head.number {
            head = Head(number: voucher.number, hash: voucher.hash)
        }
        if let through, voucher.draft.businessDate > through { return }
        for line in voucher.lines {
            balances.add(line)
            guard let use = line.reservation else { continue }
            var entry = held[use.id] ?? Held(account: line.account)
            // A credit opens, every other step is a debit.
            entry.open = Money(
                clamping: Int128(entry.open.fen) - line.side.signed(line.amount))
            if use.step == .opens { entry.expires = use.expires }
            held[use.id] = entry
        }
    }

    /// What the vouchers so far give.
    public var position: Position {
        var balances = balances
        var open: [ID<Reservation>: Money] = [:]
        for (id, entry) in held where entry.open != .zero {
            if let expires = entry.expires, expires <= moment,
                through.map({ zone.day(at: expires) <= $0 }) ?? true
            {
                balances.move(entry.open, from: Account(Chart.available), to: entry.account)
            } else {
                open[id] = entry.open
            }
        }
        return Position(at: moment, through: through, head: head, balances: balances, open: open)
    }
}

extension [Account: Money] {
    /// Held at the ends of `Money`.
    mutating func add(_ line: Line) {
        let before = Int128(self[line.account]?.fen ?? 0)
        self[line.account] = Money(clamping: before + line.side.signed(line.amount))
    }

    fileprivate mutating func move(_ amount: Money, from credited: Account, to debited: Account) {
        add(Line(.credit, credited, amount))
        add(Line(.debit, debited, amount))
    }
}
