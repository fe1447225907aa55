import Ledger
import Randomness
import Testing

@testable import Casework

@Suite struct PublicComplaintTests {
    private func record(_ change: (inout ReportRecord) -> Void = { _ in }) -> ReportRecord {
        var record = ReportRecord(
            id: "SY-24-0000001-7", registered: Day("2024-08-17")!,
            facets: .init(kind: "complaint", category: "shopping", channel: "web"))
        record.isComplaint = true
        change(&record)
        return record
    }

    private func published(
        _ record: ReportRecord, id: String = "p", matter: String = "overcharge",
        claimed: Int64 = 50_000, company: String? = nil, sent: Day? = nil
    ) -> PublicComplaint? {
        PublicComplaint(
            record, id: id, matter: matter, claimed: Money(fen: claimed), company: company,
            state: "sanya", sent: sent)
    }

    @Test func `days become months, amounts bands, and who is not on the list has no name`() throws
    {
        let one = try #require(published(record(), sent: Day("2024-09-30")))
        #expect(one.received == .init(of: Day("2024-08-01")!, .month))
        #expect(one.sent?.first == Day("2024-09-01"))
        #expect(one.claimed == .to1000 && one.recovered == .none)
        #expect(one.company == PublicComplaint.unlisted)
        #expect(one.response == .inProgress && one.isTimely == nil && !one.isDisputed)
    }

    @Test(
        arguments: [
            (-1, .none), (0, .none), (1, .to200), (19_999, .to200), (20_000, .to500),
            (50_000, .to1000), (99_999, .to1000), (100_000, .to5000), (1_999_999, .to20000),
            (2_000_000, .above),
        ] as [(Int64, PublicComplaint.Band)])
    func `a band holds its lower end and not its upper`(fen: Int64, band: PublicComplaint.Band) {
        #expect(PublicComplaint.Band(Money(fen: fen)) == band)
    }

    @Test func `each ending has its response, and what was merged is no complaint of its own`() {
        let endings: [(ReportRecord.Outcome?, Bool, PublicComplaint.Response?)] = [
            (nil, false, .inProgress), (.solved, true, .paidByFund),
            (.solved, false, .paidByCompany),
            (.partlySolved, false, .paidByCompany), (.notSolved, false, .noRelief),
            (.withdrawn, false, .withdrawn), (.declined, false, .declined),
            (.referred, false, .referred), (.merged, false, nil),
        ]
        for (outcome, isFunds, response) in endings {
            let one = published(
                record { record in
                    record.outcome = outcome
                    if isFunds { record.money.quickPaid = Money(fen: 1) }
                })
            #expect(one?.response == response, "\(String(describing: outcome))")
        }
        #expect(published(record { $0.isComplaint = false }) == nil)
    }

    @Test func `timeliness is what became of the limit of handling`() {
        let kept = published(record { $0.limits[.handling] = .kept })
        let missed = published(record { $0.limits[.handling] = .breached(byMs: 5) })
        #expect(kept?.isTimely == true && missed?.isTimely == false)
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `nobody stands alone, whatever the complaints, and nothing is invented`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let threshold = Int.random(in: 2...9, using: &random)
        let spread = Int.random(in: 1...12, using: &random)
        let complaints = (0..<Int.random(in: 0...300, using: &random)).compactMap { number in
            published(
                record { record in
                    record = ReportRecord(
                        id: "\(number)",
                        registered: Day("2023-01-01")!.advanced(
                            by: Int.random(in: 0..<700, using: &random)),
                        facets: .init(
                            kind: "complaint",
                            category: "c\(Int.random(in: 0..<spread, using: &random))",
                            channel: ["web", "phone"].randomElement(using: &random) ?? ""))
                    record.isComplaint = true
                }, id: "p\(number)", matter: "m\(Int.random(in: 0..<spread, using: &random))",
                claimed: Int64.random(in: 0..<3_000_000, using: &random),
                company: Bool.random(using: &random)
                    ? "店\(Int.random(in: 0..<spread, using: &random))" : nil)
        }
        let outcome = SmallCells.merged(complaints, threshold: threshold)
        for (_, size) in SmallCells.sizes(of: outcome.complaints) { #expect(size >= threshold) }
        #expect(outcome.complaints.count + outcome.leftOut == complaints.count)
        // All that was left out looked alike at last, or it would have been shown.
        #expect(outcome.leftOut < threshold * 8)
        let known = Dictionary(uniqueKeysWithValues: complaints.map { ($0.id, $0) })
        for one in outcome.complaints {
            let before = known[one.id]
            #expect(one.response == before?.response && one.recovered == before?.recovered)
            #expect(one.company == before?.company || one.company == PublicComplaint.merged)
            #expect(
                before.map { one.received.first <= $0.received.first } == true)
        }
    }

    @Test func `what many share is left as fine as it was`() {
        let same = (0..<5).compactMap { published(record(), id: "p\($0)") }
        let other = published(record(), id: "q", matter: "rare")!
        let outcome = SmallCells.merged(same + [other], threshold: 5)
        #expect(outcome.complaints == same && outcome.leftOut == 1 && outcome.coarsened == 0)
    }
}
