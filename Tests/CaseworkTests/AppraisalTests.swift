import Ledger
import Testing

@testable import Casework

@Suite struct AppraisalTests {
    private func appraisal(
        _ scores: [Int], asked: Int64, satisfied: Int64, weight: Int = 50
    ) throws -> Appraisal {
        Appraisal(
            record: StaffRecord(
                agent: "wang", days: 3, orders: 9, asked: asked, satisfied: satisfied),
            evaluations: scores.map {
                StaffEvaluation(
                    agent: "wang", week: Day("2025-01-06")!, score: $0, note: "n", by: "li")
            },
            weights: try #require(
                Appraisal.Weights(evaluation: weight, satisfaction: 100 - weight)))
    }

    @Test func `the quarter follows from weeks and call-backs by weight, rounded once`() throws {
        let table: [([Int], Int64, Int64, Int, Int64?)] = [
            ([80, 90], 10, 9, 50, 8_750), ([100], 3, 2, 50, 8_333),
            ([70, 71, 71], 7, 7, 30, 9_120),
            ([0], 1, 0, 50, 0), ([100], 1, 1, 50, 10_000),
            ([], 10, 9, 50, nil), ([80], 0, 0, 50, nil),
            // A part without weight needs no data.
            ([], 10, 9, 0, 9_000), ([80], 0, 0, 100, 8_000),
        ]
        for (scores, asked, satisfied, weight, wanted) in table {
            let found = try appraisal(scores, asked: asked, satisfied: satisfied, weight: weight)
            #expect(found.score == wanted, "\(scores) \(asked) \(satisfied) \(weight)")
        }
        #expect(Appraisal.Weights(evaluation: 60, satisfaction: 50) == nil)
        #expect(Appraisal.Weights(evaluation: -1, satisfaction: 101) == nil)
    }
}
