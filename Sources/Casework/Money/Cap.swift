package import Ledger

/// How much may be committed (reserved, or granted as quick pay) in one respect, and how much of it
/// is taken. Read in the transaction that commits, so that no other case can take it in between.
package struct Cap: Hashable, Sendable, Codable {
    package let kind: Kind
    package let limit: Money
    /// Reserved, owed and paid by other advances under this cap. What went back to the pool is free again.
    package let used: Money

    package init(_ kind: Kind, limit: Money, used: Money) {
        self.kind = kind
        self.limit = limit
        self.used = used
    }

    /// What may still be committed; zero when other cases have taken more than an edition now allows.
    package var room: Money {
        limit.subtracting(used).flatMap { $0.isPositive ? $0 : nil } ?? .zero
    }

    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// 单案: all advances of one case.
        case perCase
        /// 单人: one tourist, over 365 days.
        case tourist
        /// One merchant's cases, one day.
        case merchantDay
        /// All cases, one day.
        case day
        /// What the rules commit without anybody, one day.
        case automaticDay
        /// What is committed on a reviewer's word alone, one day.
        case reviewerDay
        /// What is committed on a supervisor's word, one day.
        case supervisorDay

        /// Begins anew at midnight, so that waiting helps.
        package var isDaily: Bool { self == .merchantDay || self == .day }

        /// Who must agree instead once a tier has committed its share; nil where it is no tier's cap.
        package var nextTier: [Role]? {
            switch self {
            case .perCase, .tourist, .merchantDay, .day: nil
            case .automaticDay: [.reviewer]
            case .reviewerDay: [.reviewer, .supervisor]
            case .supervisorDay: [.reviewer, .supervisor, .accountant]
            }
        }
    }
}

extension Authority {
    /// The cap that counts what is committed on this say; nil where all together must agree.
    package var tier: Cap.Kind? {
        switch self {
        case .automatic: .automaticDay
        case .people(let roles) where roles.contains(.accountant): nil
        case .people(let roles) where roles.contains(.supervisor) || roles.isEmpty: .supervisorDay
        case .people: .reviewerDay
        }
    }
}

/// What a commitment has to pass besides the pool: asked for at the moment of committing, since a cap,
/// a sign of risk or an amount may have changed since the advance was proposed.
package struct Gate: Hashable, Sendable {
    /// In the order in which they are told: the first that is reached is the answer.
    package var caps: [Cap] = []
    /// Who must agree to the amount as it now is; nil asks nobody anew.
    package var authority: Ruling<Authority>?
    package var risk: Ruling<Risk>?

    package init(
        caps: [Cap] = [], authority: Ruling<Authority>? = nil, risk: Ruling<Risk>? = nil
    ) {
        self.caps = caps
        self.authority = authority
        self.risk = risk
    }
}
