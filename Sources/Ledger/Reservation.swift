/// Money of the fund set aside for one case (冻结), not yet the tourist's.
///
/// It is opened once, whole, by the voucher that names it first. What is released to the tourist and
/// what is returned to the pool is together never more than it; when nothing is left open it is settled,
/// and stays so. One that `expires` lapses at that moment: what is open then goes back to the pool by
/// rule, and is counted nowhere from then on, whether or not the voucher of the lapse was posted yet.
public struct Reservation: Hashable, Sendable, Codable {
    public let id: ID<Reservation>
    public let fund: String
    /// The account it is held in, `3102` or a sub-account of it.
    public let account: Account
    public let amount: Money
    public private(set) var released: Money
    /// Given back to the pool by people; not what lapsed.
    public private(set) var returned: Money
    /// Gone back to the pool by rule, as a voucher recorded it.
    public private(set) var lapsed: Money
    /// The first moment at which it counts no more. Nil: it stands until somebody settles it.
    public let expires: Moment?

    /// Nil when the parts are negative or together more than the whole: no such reservation can exist.
    public init?(
        id: ID<Reservation>, fund: String, amount: Money, released: Money = .zero,
        returned: Money = .zero, lapsed: Money = .zero, expires: Moment? = nil,
        account: Account = Account(Chart.reserved)
    ) {
        guard amount.isPositive, !released.isNegative, !returned.isNegative, !lapsed.isNegative,
            let given = released.adding(returned), let settled = given.adding(lapsed),
            settled <= amount
        else { return nil }
        self.id = id
        self.fund = fund
        self.account = account
        self.amount = amount
        self.released = released
        self.returned = returned
        self.lapsed = lapsed
        self.expires = expires
    }

    /// What no voucher has released, returned or let lapse. See `open(at:)` for what still counts.
    public var open: Money {
        Money(fen: amount.fen - released.fen - returned.fen - lapsed.fen)
    }

    public var isSettled: Bool { open == .zero }

    /// Whether its time was over at `now`: at `expires` itself it is.
    public func hasExpired(at now: Moment) -> Bool { expires.map { $0 <= now } ?? false }

    /// What may still be released or returned at `now`.
    public func open(at now: Moment) -> Money { hasExpired(at: now) ? .zero : open }
}

extension Reservation {
    /// The reservation after `line`, which names it, was posted at `now`.
    func settling(_ line: Line, _ step: ReservationUse.Step, at now: Moment)
        throws(PostingError) -> Reservation
    {
        if isSettled && lapsed == .zero { throw .reservationSettled(id) }
        if step == .lapses {
            if isSettled { throw .reservationSettled(id) }
            guard hasExpired(at: now) else { throw .reservationNotExpired(id, expires: expires) }
        } else if let expires, expires <= now || isSettled {
            throw .reservationExpired(id, at: expires)
        }
        if line.account != account { throw .reservationElsewhere(id, account) }
        if line.amount > open {
            throw .reservationInsufficient(id, open: open, wanted: line.amount)
        }
        var next = self
        switch step {
        case .releases: next.released = Money(fen: released.fen + line.amount.fen)
        case .returns: next.returned = Money(fen: returned.fen + line.amount.fen)
        case .lapses: next.lapsed = Money(fen: lapsed.fen + line.amount.fen)
        case .opens: throw .reservationTaken(id)
        }
        return next
    }
}

/// What a line does to a reservation.
public struct ReservationUse: Hashable, Sendable, Codable {
    public enum Step: String, Hashable, Sendable, Codable, CaseIterable {
        /// A credit that sets the money aside. The id must be new.
        case opens
        /// A debit that gives the money to the tourist (解冻付给游客).
        case releases
        /// A debit that gives the money back to the pool (退回资金池).
        case returns
        /// A debit that gives back by rule what was open when the time was over (到期退回).
        case lapses

        /// The only side on which a line may do this.
        public var side: Side { self == .opens ? .credit : .debit }
    }

    public let step: Step
    public let id: ID<Reservation>
    /// When what the line opens will lapse. Nil: never; and nil on every other step.
    public let expires: Moment?

    public init(_ step: Step, _ id: ID<Reservation>, expires: Moment? = nil) {
        self.step = step
        self.id = id
        self.expires = expires
    }

    /// Whether a line on `side` may do this.
    func fits(_ side: Side) -> Bool { step.side == side && (expires == nil || step == .opens) }

    public static func opens(_ id: ID<Reservation>, expires: Moment? = nil) -> ReservationUse {
        .init(.opens, id, expires: expires)
    }
    public static func releases(_ id: ID<Reservation>) -> ReservationUse { .init(.releases, id) }
    public static func returns(_ id: ID<Reservation>) -> ReservationUse { .init(.returns, id) }
    public static func lapses(_ id: ID<Reservation>) -> ReservationUse { .init(.lapses, id) }
}
