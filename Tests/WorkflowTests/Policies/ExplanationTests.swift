import Casework
import Foundation
import Testing

@testable import Workflow

/// Explanations as people read them, in both languages.
@Suite struct ExplanationTests {
    @Test func `an advance is explained with the rules that hit and those one condition short`()
        throws
    {
        try check("advance", "2024-02-05", claim, golden: "explain-advance.txt")
    }

    @Test func `a determination is explained with its arithmetic`() throws {
        let facts: Facts = common("hotel-cancellation").merging([
            "bookingChannel": .text("platform"),
            "confirmedAt": .text("2025-05-20T10:00:00+08:00"),
            "cancelledAt": .text("2025-05-30T10:00:00+08:00"), "checkInOn": .text("2025-06-01"),
        ]) { $1 }
        try check("determination", "2025-03-08", facts, golden: "explain-determination.txt")
    }

    @Test func `an acceptance is explained`() throws {
        var facts = common("goods-quality")
        facts["otherForum"] = .text("court")
        facts["realName"] = .flag(true)
        facts["respondentKnown"] = .flag(true)
        try check("acceptance", "2024-02-05", facts, golden: "explain-acceptance.txt")
    }

    @Test func `the explanation of changed files says so`() throws {
        let scratch = try ScratchPolicies()
        let grounds = try Sanya.edition("2024-02-05").decideAdvance(claim).grounds
        try scratch.replace("\"1000.00\"", with: "\"2000.00\"", in: "2024-02-05/jurisdiction.yaml")
        let explanation = try scratch.load().explain(grounds)
        #expect(!explanation.isUnchanged)
        #expect(explanation.text { $0.english }.contains("have changed since"))
    }

    // MARK: Means

    private var claim: Facts {
        common("goods-quality").merging([
            "isMajor": .flag(false), "merchantStanding": .text("enrolled"), "realName": .flag(true),
            "evidenceSufficient": .flag(true), "basisClear": .flag(true),
            "covered": .text("1200.00"), "merchantDayTotal": .text("0.00"),
            "dayTotal": .text("0.00"), "poolSpendable": .text("10000000.00"),
        ]) { $1 }
    }

    private func common(_ matter: String) -> Facts {
        [
            "matter": .text(matter), "occurredOn": .text("2025-06-01"),
            "filedOn": .text("2025-06-02"),
            "filedAt": .text("2025-06-02T10:00:00+08:00"), "claimed": .text("1200.00"),
            "pricePaid": .text("1200.00"),
            "evidenceKinds": .list(["order", "receipt", "photo"].map(Fact.text)),
        ]
    }

    private func check(
        _ decision: String, _ edition: String, _ facts: Facts, golden name: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let (_, explanation) = try Sanya.edition(edition).explain(decision, about: facts)
        let text = explanation.text { $0.chinese } + "\n\n" + explanation.text { $0.english } + "\n"
        let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Golden").appending(path: name)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: url)
        }
        let golden = String(decoding: try Data(contentsOf: url), as: UTF8.self)
        #expect(text == golden, sourceLocation: sourceLocation)
    }
}
