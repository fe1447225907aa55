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
        let own = try commitment(of: id, number)
        var onDay = Money.zero
        var tiers: [Cap.Kind: Money] = [:]
        for (name, fen) in try committedSums(of: day) {
            let isOwn = own?.day == day.description && own?.tier == name
            let sum = Money(fen: fen - (isOwn ? own?.fen ?? 0 : 0))
            onDay = onDay.adding(sum) ?? Money(fen: .max)
            if let tier = Cap.Kind(rawValue: name) { tiers[tier] = sum }
        }
        let total: SQL = "select cast(coalesce(sum(amount_fen), 0) as bigint) from commitment"
        let sums = try rows(ofAll: [
            "\(sql: total) where case_id = \(id) and advance <> \(number)",
            """
            \(sql: total) where tourist in (\(list: person)) and day >= \(since.description)
                and not (case_id = \(id) and advance = \(number))
            """,
            """
            \(sql: total) where day = \(day.description)
                and merchant_id = \(file.filing.merchant?.text ?? "")
                and not (case_id = \(id) and advance = \(number))
            """,
        ]).map { found throws(DatabaseError) in Money(fen: try found.first?.integer(0) ?? 0) }
        return Committed(
            byCase: sums[0], forTourist: sums[1], onDay: onDay,
            forMerchantOnDay: file.filing.merchant == nil ? .zero : sums[2], onDayByTier: tiers)
    }

    private func commitment(
        of id: String, _ number: Int64
    ) throws(DatabaseError) -> (day: String, tier: String, fen: Int64, counted: Int64)? {
        let row = try first(
            """
            select day, tier, amount_fen, amount_counted from commitment
            where case_id = \(id) and advance = \(number)
            """)
        guard let row else { return nil }
        return (try row.text(0), try row.text(1), try row.integer(2), try row.integer(3))
    }

    /// Writes what the case's advance holds, when `recorded` changed it.
    func writeCommitment(
        of file: Case, after recorded: [Recorded], zone: Zone
    ) throws(DatabaseError) {
        guard let advance = file.advance, recorded.contains(where: { $0.event.movesCommitment })
        else { return }
        let amount = advance.state.isCommitted ? advance.amount : .zero
        let number = Int64(max(1, file.advanceCount))
        // It stays on the day on which it was first made, however it changes later.
        if let before = try commitment(of: file.id.text, number) {
            moveCommitted(
                amount.fen - before.fen, uncounted: before.fen - before.counted, on: before.day,
                tier: before.tier)
            try put(
                """
                update commitment set amount_fen = \(amount.fen), amount_counted = \(amount.fen)
                where case_id = \(file.id.text) and advance = \(number)
                """)
            return
        }
        guard let start = recorded.last(where: { $0.event.commitsMoney }) else { return }
        let (day, tier) = (
            zone.day(at: start.at).description, advance.authority.tier?.rawValue ?? ""
        )
        moveCommitted(amount.fen, on: day, tier: tier)
        try put(
            """
            insert into commitment (case_id, advance, day, merchant_id, tourist, tier, amount_fen,
                amount_counted)
            values (\(file.id.text), \(number), \(day), \(file.filing.merchant?.text),
                \(try keyed(CaseKey.claimant(file.filing.claimant).value)), \(tier), \(amount.fen),
                \(amount.fen))
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
