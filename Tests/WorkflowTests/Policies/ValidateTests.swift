import Casework
import Ledger
import Testing

@testable import Workflow

struct ValidateTests {
    @Test func `a fact that is not as it must be is named with the mend`() throws {
        try check("affectedAmount", .text("1200.00"), nil)
        try check("affectedAmount", .text("1,200"), nil)
        try check("affectedAmount", .text("-1.00"), .negative)
        try check("affectedAmount", .text("1.005"), .overPrecise)
        try check("affectedAmount", .text("1e3"), .wrongType)
        try check("affectedAmount", .integer(1200), .wrongType)
        try check("affectedAmount", .text("99999999999999999999"), .wrongType)
        try check("afectedAmount", .text("1.00"), .unknown)
        try check("<script>", .text("'; drop table"), .unknown)
        try check("bookingChannel", .text("platform"), nil)
        try check("bookingChannel", .text("carrier pigeon"), .notAllowed)
        try check("bookingChannel", .flag(true), .wrongType)
        try check("specialPrice", .flag(true), nil)
        try check("specialPrice", .text("true"), .wrongType)
        try check("groupSize", .integer(0), .outOfRange)
        try check("groupSize", .integer(-1), .negative)
        try check("groupSize", .integer(100_001), .outOfRange)
        try check("tripEndedOn", .text("2025-06-02"), .inFuture)
        try check("tripEndedOn", .text("2025-06-01"), nil)
        try check("tripEndedOn", .text("2025-02-30"), .wrongType)
        try check("occurredOn", .text("2025-06-01"), .notAsked)
        try check("checkInOn", .text("2025-12-24"), nil)
        try check("cancelledAt", .text("2025-06-01T23:59:59+08:00"), nil)
        try check("cancelledAt", .text("2025-06-01T16:00:00Z"), .inFuture)
        try check("cancelledAt", .text("2025-06-01 10:00"), .wrongType)
        try check("tickets", .list([.text("144.00"), .text("0")]), nil)
        try check("tickets", .list([.text("144.00"), .text("-1")]), .negative)
        try check("tickets", .list([.integer(144)]), .wrongType)
        try check("tickets", .list(Array(repeating: .text("1"), count: 201)), .tooLong)
        try check("tickets", .record(["a": .text("1")]), .wrongType)
        try check("poolSpendable", .text("1000000.00"), .notAsked)
        try check("daysBeforeCheckIn", .integer(30), .notAsked)
    }

    @Test func `the office may say what a tourist may not, in the same spelling`() throws {
        let edition = try Sanya.edition("2025-03-08")
        let today = try #require(Day("2025-06-01"))
        let facts: Facts = ["causeProven": .flag(true), "merchantStanding": .text("gone")]
        #expect(
            edition.validate(facts, for: "hotel-cancellation", from: .office, today: today).map(
                \.kind)
                == [.notAllowed])
    }

    @Test func `what runs backwards is found`() throws {
        let edition = try Sanya.edition("2025-03-08")
        let today = try #require(Day("2025-06-01"))
        let facts: Facts = [
            "outboundQueuedAt": .text("2025-06-01T10:11:00+08:00"),
            "outboundBoardedAt": .text("2025-06-01T09:10:00+08:00"),
        ]
        let problems = edition.validate(facts, for: "island-queue", today: today)
        #expect(problems.map(\.kind) == [.backwards])
        #expect(problems.first?.english.contains("outboundQueuedAt, outboundBoardedAt") == true)
    }

    @Test func `all problems come at once, in the order of the names`() throws {
        let edition = try Sanya.edition("2025-03-08")
        let problems = edition.validate(
            ["tickets": .flag(true), "cause": .text("x"), "affectedAmount": .text("-1")],
            for: "hotel-cancellation", today: try #require(Day("2025-06-01")))
        #expect(problems.map(\.fact) == ["affectedAmount", "cause", "tickets"])
        for problem in problems {
            #expect(
                problem.chinese.contains(problem.fact) && problem.english.contains(problem.fact))
        }
    }

    @Test func `the form asks for what the matter needs`() throws {
        let edition = try Sanya.edition("2025-03-08")
        let hotel = edition.form(for: "hotel-cancellation").map(\.name)
        #expect(hotel.contains("bookingChannel") && hotel.contains("checkInOn"))
        #expect(!hotel.contains("tickets") && !hotel.contains("daysBeforeCheckIn"))
        let missing = edition.missingFacts(
            ["bookingChannel": .text("platform")], for: "hotel-cancellation"
        ).map(\.name)
        #expect(missing.contains("cancelledAt") && !missing.contains("bookingChannel"))
    }

    private func check(
        _ name: String, _ fact: Fact, _ expected: FactProblem.Kind?,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let problems = try Sanya.edition("2025-03-08").validate(
            [name: fact], for: "hotel-cancellation", today: #require(Day("2025-06-01")))
        #expect(
            problems.map(\.kind) == (expected.map { [$0] } ?? []), sourceLocation: sourceLocation)
        #expect(problems.allSatisfy { $0.fact == name }, sourceLocation: sourceLocation)
    }
}
