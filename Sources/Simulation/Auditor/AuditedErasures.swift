import Database
import Ledger

/// What was erased, and what must be: only what ended long ago and owes nothing, all of it, and nothing of the
/// books.
struct AuditedErasures: Sendable {
    /// In whole years by kind: `complaint`, `paid`, `order`; the law of the place, which is nobody's to reckon.
    var terms: [String: Int] = [:]
    private(set) var subjects: Set<String> = []

    private static let day_ms: Int64 = 86_400_000

    func holds(_ subject: String) -> Bool { subjects.contains(subject) }

    /// Takes what was written down as erased since. Answers what should not have been, and hands each to
    /// `again`, which reads its events anew.
    ///
    /// - Parameter booked: The cases that vouchers tell of: they are the papers behind them.
    mutating func take(
        _ rows: RawRows, cases: [String: AuditedCase], booked: Set<String>,
        again: (String) -> [String]
    ) -> [String] {
        var wrong: [String] = []
        for erasure in rows.erasures where !subjects.contains(erasure.subject) {
            let id = erasure.subject
            subjects.insert(id)
            if let one = cases[id], one.isOwing {
                wrong.append("\(id) was erased while something is owed")
            }
            let kind = cases[id].map { _ in booked.contains(id) ? "paid" : "complaint" } ?? "order"
            guard let years = terms[kind], let closed = rows.closings[id] else {
                wrong.append("\(id) was erased, and its time never ends or is not over")
                continue
            }
            // A year has 365 days at least.
            if erasure.atMs - closed < Int64(years) * 365 * Self.day_ms {
                wrong.append("\(id) was erased before its time")
            }
            wrong += again(id)
        }
        return wrong
    }

    /// Cases that ended so long ago that nothing of theirs may be left, and are not erased.
    func overdue(
        _ rows: RawRows, cases: [String: AuditedCase], booked: Set<String>, at now: Moment
    ) -> [String] {
        cases.compactMap { id, one in
            guard !subjects.contains(id), !one.isOwing, let closed = rows.closings[id],
                let years = terms[booked.contains(id) ? "paid" : "complaint"],
                now.ms - closed > Int64(years) * 366 * Self.day_ms
            else { return nil }
            return "\(id) should have been erased"
        }.sorted()
    }

    /// What is left of those that were erased, by what it could be found by.
    func leftovers(_ transaction: Transaction) throws(DatabaseError) -> [String] {
        guard !subjects.isEmpty else { return [] }
        var wrong: [String] = []
        let counts: [(what: String, SQL)] = [
            (
                "tracking codes",
                "select count(*) from tracking_code where case_id in (select subject from erasure)"
            ),
            (
                "contacts",
                "select count(*) from tourist_contact where case_id in (select subject from erasure)"
            ),
            (
                "messages",
                "select count(*) from tourist_message where case_id in (select subject from erasure)"
            ),
            (
                "search keys",
                "select count(*) from case_key where case_id in (select subject from erasure)"
            ),
            (
                "search keys",
                "select count(*) from order_key where order_id in (select subject from erasure)"
            ),
            (
                "claimants",
                """
                select count(*) from case_row
                where claimant is not null and case_id in (select subject from erasure)
                """
            ),
            (
                "keys",
                """
                select count(*) from subject_key
                where erased_ms is null and subject in (select subject from erasure)
                """
            ),
        ]
        for (what, sql) in counts {
            let count = try transaction.first(sql)?.integer(0) ?? 0
            if count > 0 { wrong.append("of what was erased \(count) \(what) are left") }
        }
        return wrong
    }
}
