package import Casework
package import Database
package import Ledger

/// What is committed under the caps that bear on one advance: reserved, owed or paid, and not gone back.
package struct Committed: Hashable, Sendable {
    /// By other advances of the same case.
    package let byCase: Money
    /// For the same tourist, from a day on.
    package let forTourist: Money
    package let onDay: Money
    package let forMerchantOnDay: Money
    /// By tier, as `Cap.Kind` names it.
    package let onDayByTier: [Cap.Kind: Money]
}

extension Transaction {
    /// What others have committed, the case's current advance left out. Read in a write transaction it
    /// stays true until the commit: SQLite has one writer, PostgreSQL is serializable.
    ///
    /// - Parameter since: The first day that counts for the tourist.
    package func committed(
        on day: Day, beside file: Case, since: Day
    ) throws(DatabaseError) -> Committed {
        let (id, number) = (file.id.text, Int64(max(1, file.advanceCount)))
        let person = try sought(CaseKey.claimant(file.filing.claimant).value)
        let merchant = file.filing.merchant?.text ?? ""
        var onDay = Money.zero
        var ofMerchant = Money.zero
        var tiers: [Cap.Kind: Money] = [:]
        for row in try rows(
            """
            select tier, cast(coalesce(sum(amount_fen), 0) as bigint),
                cast(coalesce(sum(amount_fen) filter (where merchant_id = \(merchant)), 0) as bigint)
            from commitment
            where day = \(day.description) and not (case_id = \(id) and advance = \(number))
            group by tier order by tier
            """)
        {
            let sum = Money(fen: try row.integer(1))
            onDay = onDay.adding(sum) ?? Money(fen: .max)
            ofMerchant = ofMerchant.adding(Money(fen: try row.integer(2))) ?? Money(fen: .max)
            if let tier = Cap.Kind(rawValue: try row.text(0)) { tiers[tier] = sum }
        }
        let ofTourist = try first(
            """
            select cast(coalesce(sum(amount_fen), 0) as bigint) from commitment
            where tourist in (\(list: person)) and day >= \(since.description)
                and not (case_id = \(id) and advance = \(number))
            """)
        let ofCase = try first(
            """
            select cast(coalesce(sum(amount_fen), 0) as bigint) from commitment
            where case_id = \(id) and advance <> \(number)
            """)
        return Committed(
            byCase: Money(fen: try ofCase?.integer(0) ?? 0),
            forTourist: Money(fen: try ofTourist?.integer(0) ?? 0), onDay: onDay,
            forMerchantOnDay: ofMerchant, onDayByTier: tiers)
    }

    /// Writes what the case's advance holds, when `recorded` changed it.
    func writeCommitment(
        of file: Case, after recorded: [Recorded], zone: Zone
    ) throws(DatabaseError) {
        guard let advance = file.advance, recorded.contains(where: { $0.event.movesCommitment })
        else { return }
        let amount = advance.state.isCommitted ? advance.amount : .zero
        let number = Int64(max(1, file.advanceCount))
        guard let start = recorded.last(where: { $0.event.commitsMoney }) else {
            try run(
                """
                update commitment set amount_fen = \(amount.fen)
                where case_id = \(file.id.text) and advance = \(number)
                """)
            return
        }
        try run(
            """
            insert into commitment (case_id, advance, day, merchant_id, tourist, tier, amount_fen)
            values (\(file.id.text), \(number), \(zone.day(at: start.at).description),
                \(file.filing.merchant?.text),
                \(try keyed(CaseKey.claimant(file.filing.claimant).value)),
                \(advance.authority.tier?.rawValue ?? ""), \(amount.fen))
            on conflict (case_id, advance) do update set amount_fen = excluded.amount_fen
            """)
    }
}

extension Event {
    var commitsMoney: Bool {
        switch self {
        case .reserved, .quickPayGranted, .feeWaived: true
        default: false
        }
    }

    fileprivate var movesCommitment: Bool {
        switch self {
        case .reserved, .quickPayGranted, .feeWaived, .reservationReduced, .reservationReturned,
            .released,
            .unclaimedReturned:
            true
        default: false
        }
    }
}

extension Advance.State {
    fileprivate var isCommitted: Bool {
        switch self {
        case .reserved, .payable, .paid: true
        case .proposed, .refused, .awaitingFunds, .returned, .none: false
        }
    }
}
