package import Casework
package import Database
package import Ledger

/// What the office's own records say about a case beside others: the facts of the risk model.
package struct RiskSigns: Hashable, Sendable {
    /// People who named the same account in the last 30 days, this one included; 0 without an account.
    package let payeeClaimants: Int
    /// Other cases that hold a file with the same bytes.
    package let evidenceSeenElsewhere: Int
    /// Claims of the same day against the same merchant within `near`, this one included.
    package let nearLimitClaims: Int
    /// Of this person within 365 days, this one included.
    package let claimantYearCases: Int
    /// Of this person with this merchant within 365 days, this one included.
    package let pairYearCases: Int
}

extension Transaction {
    /// Cases that were merged into another are one loss with it, and do not count.
    ///
    /// - Parameters:
    ///   - near: Just under the quick-pay limit; nil where the edition pays nothing at once.
    ///   - zone: The office's, for the day of filing.
    package func riskSigns(
        of file: Case, near: ClosedRange<Money>?, at now: Moment, zone: Zone
    ) throws(DatabaseError) -> RiskSigns {
        let person = try sought(CaseKey.claimant(file.filing.claimant).value)
        let id = file.id.text
        let yearAgo = now.advanced(byMinutes: -365 * 24 * 60).ms
        let merchant = file.filing.merchant?.text ?? ""
        let earlier: SQL = """
            select count(*), count(*) filter (where merchant_id = \(merchant)) from case_row
            where claimant in (\(list: person)) and filed_ms > \(yearAgo) and case_id <> \(id)
                and stage <> 'merged'
            """
        let others = [
            try payeeClaimants(of: file, person, at: now), try casesWithSameEvidence(as: file),
            claimsNearLimit(beside: file, near, zone),
        ]
        let found = try rows(ofAll: [earlier] + others.compactMap(\.self))
        let year = try found[0].first.map { row throws(DatabaseError) in
            (all: Int(try row.integer(0)), ofMerchant: Int(try row.integer(1)))
        }
        var rest = found.dropFirst()
        // Nil for what there is nothing to ask about.
        let counts = try others.map { asked throws(DatabaseError) -> Int? in
            guard asked != nil else { return nil }
            return Int(try rest.popFirst()?.first?.integer(0) ?? 0)
        }
        return RiskSigns(
            payeeClaimants: counts[0].map { $0 + 1 } ?? 0, evidenceSeenElsewhere: counts[1] ?? 0,
            nearLimitClaims: counts[2].map { $0 + 1 } ?? 0,
            claimantYearCases: (year?.all ?? 0) + 1,
            pairYearCases: file.filing.merchant == nil ? 0 : (year?.ofMerchant ?? 0) + 1)
    }

    private func payeeClaimants(
        of file: Case, _ person: [SQLValue], at now: Moment
    ) throws(DatabaseError) -> SQL? {
        guard let payee = file.payee else { return nil }
        let monthAgo = now.advanced(byMinutes: -30 * 24 * 60).ms
        return """
            select count(distinct r.claimant) from case_key k
            join case_row r on r.case_id = k.case_id
            where k.kind = 'payee' and k.value in (\(list: try sought(CaseKey.payee(payee).value)))
                and r.filed_ms > \(monthAgo) and r.claimant not in (\(list: person))
                and r.stage <> 'merged'
            """
    }

    private func casesWithSameEvidence(as file: Case) throws(DatabaseError) -> SQL? {
        let hashes = Set(file.evidence.map(\.hash)).sorted()
        guard !hashes.isEmpty else { return nil }
        var keys: [SQLValue] = []
        for hash in hashes { keys += try sought(CaseKey.evidence(hash: hash).value) }
        return """
            select count(distinct k.case_id) from case_key k
            join case_row r on r.case_id = k.case_id
            where k.kind = 'evidence' and k.value in (\(list: keys))
                and k.case_id <> \(file.id.text) and r.stage <> 'merged'
            """
    }

    private func claimsNearLimit(
        beside file: Case, _ near: ClosedRange<Money>?, _ zone: Zone
    ) -> SQL? {
        guard let near, near.contains(file.filing.claimed), let merchant = file.filing.merchant
        else { return nil }
        let day = zone.day(at: file.filedAt)
        return """
            select count(*) from case_row
            where merchant_id = \(merchant.text) and filed_ms >= \(zone.moment(of: day).ms)
                and filed_ms < \(zone.moment(of: day.advanced(by: 1)).ms)
                and claimed_fen between \(near.lowerBound.fen) and \(near.upperBound.fen)
                and case_id <> \(file.id.text) and stage <> 'merged'
            """
    }
}
