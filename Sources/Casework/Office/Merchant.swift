package import Ledger

/// A business on the scheme's list (诚信商家), or one that a complaint named.
package struct Merchant: Hashable, Sendable, Codable {
    package let id: ID<Merchant>
    package let name: String
    /// Lodging, shop, agency, site, transport, restaurant: the edition's trades.
    package let trade: String
    /// Changes of standing, the earliest first.
    package private(set) var standings: [StandingChange]
    /// Star ratings (五星评价), the earliest first.
    package private(set) var ratings: [Rating]

    package init(
        id: ID<Merchant>, name: String, trade: String, standings: [StandingChange] = [],
        ratings: [Rating] = []
    ) {
        self.id = id
        self.name = name
        self.trade = trade
        self.standings = standings.sorted { $0.from < $1.from }
        self.ratings = ratings.sorted { $0.from < $1.from }
    }

    /// 1…5 stars on `day`; nil while it was not rated, or is not on the list.
    package func stars(on day: Day) -> Int? {
        standing(on: day).isCovered ? ratings.last { $0.from <= day }?.stars : nil
    }

    /// Records a rating in force from a day on. Only who is on the list is rated.
    package mutating func rate(_ rating: Rating) throws(StandingRefusal) {
        guard (1...5).contains(rating.stars) else { throw .starsOutOfRange(rating.stars) }
        let standing = standing(on: rating.from)
        guard standing.isCovered else { throw .notOnTheList(standing) }
        if let last = ratings.last, last.from > rating.from {
            throw .backDated(lastChange: last.from, wanted: rating.from)
        }
        ratings.append(rating)
    }

    /// The standing on `day`: what counts for an advance is the day of purchase, not of complaint.
    package func standing(on day: Day) -> Standing {
        standings.last { $0.from <= day }?.standing ?? .none
    }

    /// Records a change of standing in force from a day on.
    package mutating func change(_ change: StandingChange) throws(StandingRefusal) {
        let before = standing(on: change.from)
        guard change.standing.mayFollow(before) else {
            throw .outOfTurn(from: before, to: change.standing)
        }
        if let last = standings.last, last.from > change.from {
            throw .backDated(lastChange: last.from, wanted: change.from)
        }
        standings.append(change)
    }
}

package struct StandingChange: Hashable, Sendable, Codable {
    package let standing: Standing
    package let from: Day
    package let reason: String
    /// 质量保证协议: the agreement a firm joins by; nil where the office asks for none.
    package let agreement: String?

    package init(_ standing: Standing, from: Day, reason: String, agreement: String? = nil) {
        self.standing = standing
        self.from = from
        self.reason = reason
        self.agreement = agreement
    }
}

package struct Rating: Hashable, Sendable, Codable {
    /// 1…5.
    package let stars: Int
    package let from: Day
    package let reason: String

    package init(stars: Int, from: Day, reason: String) {
        self.stars = stars
        self.from = from
        self.reason = reason
    }
}

/// How a merchant stands with the scheme (handbook §6).
package enum Standing: String, Hashable, Sendable, Codable, CaseIterable {
    /// Never enrolled.
    case none
    case enrolled
    case warned
    case suspended
    case delisted

    /// Whether purchases on a day of this standing are covered by the fund.
    package var isCovered: Bool { self == .enrolled || self == .warned }

    fileprivate func mayFollow(_ before: Standing) -> Bool {
        switch (before, self) {
        case (.none, .enrolled), (.delisted, .enrolled), (.suspended, .enrolled),
            (.warned, .enrolled),
            (.enrolled, .warned), (.enrolled, .suspended), (.warned, .suspended),
            (.enrolled, .delisted),
            (.warned, .delisted), (.suspended, .delisted):
            true
        default: false
        }
    }
}

/// Why a change of standing was refused.
package enum StandingRefusal: Error, Hashable {
    case outOfTurn(from: Standing, to: Standing)
    /// History is not rewritten: a change may not precede the last one.
    case backDated(lastChange: Day, wanted: Day)
    /// Not 1…5.
    case starsOutOfRange(Int)
    /// Never enrolled, suspended or delisted: there is nothing to rate.
    case notOnTheList(Standing)
}
