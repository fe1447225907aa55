/// Money of the fund set aside for one case (冻结), not yet the tourist's.
///
/// It is opened once, whole, by the voucher that names it first. What is released to the tourist and
/// what is returned to the pool is together never more than it; when nothing is left open it is settled,
/// and stays so.
public struct Reservation: Hashable, Sendable, Codable {
    public let id: ID<Reservation>
    public let fund: String
    public let amount: Money
    public private(set) var released: Money
    public private(set) var returned: Money

    /// Nil when the parts are negative or together more than the whole: no such reservation can exist.
    public init?(
        id: ID<Reservation>, fund: String, amount: Money, released: Money = .zero,
        returned: Money = .zero
    ) {
        guard amount.isPositive, !released.isNegative, !returned.isNegative,
            let settled = released.adding(returned), settled <= amount
        else { return nil }
        self.id = id
        self.fund = fund
        self.amount = amount
        self.released = released
        self.returned = returned
    }

    /// What may still be released or returned.
    public var open: Money { Money(fen: amount.fen - released.fen - returned.fen) }

    public var isSettled: Bool { open == .zero }

    /// The reservation after `part` of it was released.
    func releasing(_ part: Money) throws(PostingError) -> Reservation {
        try check(part)
        var next = self
        next.released = Money(fen: released.fen + part.fen)
        return next
    }

    /// The reservation after `part` of it was returned to the pool.
    func returning(_ part: Money) throws(PostingError) -> Reservation {
        try check(part)
        var next = self
        next.returned = Money(fen: returned.fen + part.fen)
        return next
    }

    private func check(_ part: Money) throws(PostingError) {
        if isSettled { throw .reservationSettled(id) }
        if part > open { throw .reservationInsufficient(id, open: open, wanted: part) }
    }
}

/// What a line does to a reservation.
public struct ReservationUse: Hashable, Sendable, Codable {
    public enum Step: String, Hashable, Sendable, Codable {
        /// A credit that sets the money aside. The id must be new.
        case opens
        /// A debit that gives the money to the tourist (解冻付给游客).
        case releases
        /// A debit that gives the money back to the pool (退回资金池).
        case returns

        /// The only side on which a line may do this.
        public var side: Side { self == .opens ? .credit : .debit }
    }

    public let step: Step
    public let id: ID<Reservation>

    public init(_ step: Step, _ id: ID<Reservation>) {
        self.step = step
        self.id = id
    }

    public static func opens(_ id: ID<Reservation>) -> ReservationUse { .init(.opens, id) }
    public static func releases(_ id: ID<Reservation>) -> ReservationUse { .init(.releases, id) }
    public static func returns(_ id: ID<Reservation>) -> ReservationUse { .init(.returns, id) }
}
