import Casework
import Ledger
import Testing

private let minute_ms: Int64 = 60_000

@Suite struct RecordOfOrderTests {
    private static func record(after script: String, isOther: Bool = false) throws -> ReportRecord {
        let desk = play(script)
        return try ReportRecord(
            of: try #require(desk.order), events: desk.recorded, isOther: isOther, zone: .china,
            on: desk.book)
    }

    private static let done = """
        amy register
        + 5
        amy dispatch water city
        bo acknowledge
        bo contact rang
        bo response came
        cy report helped
        + 55
        bo finish solved mended

        """

    @Test func `what was done in time and by several bureaus is told so`() throws {
        let record = try Self.record(after: Self.done + "sam look good clean\namy call b\n")
        #expect(record.registered == Day("2025-03-10") && record.ended == Day("2025-03-10"))
        #expect(record.facets.kind == "complaint" && record.facets.category == "0102")
        #expect(record.facets.area == "zhifu" && record.facets.bureau == "water")
        #expect(record.facets.channel == "phone" && !record.facets.isOther)
        #expect(record.facets.edition == "weihai/2017-05-08")
        #expect(record.outcome == .solved && record.isJoint && record.isAccepted)
        #expect(record.dispatches == 1 && record.returns == 0 && record.followUp == .b)
        #expect(record.spans[.acceptance]?.usedMs == 5 * minute_ms)
        #expect(record.spans[.handling]?.usedMs == 60 * minute_ms)
        let kept: [LimitName] = [.acceptance, .dispatch, .signing, .contact, .response, .handling]
        for limit in kept { #expect(record.limits[limit] == .kept, "\(limit)") }
        #expect(!record.isComplaint, "the compensation is a case of its own")
    }

    @Test func `the time for which the clocks stood still is shown apart`() throws {
        let record = try Self.record(
            after: """
                amy register
                amy dispatch water
                bo acknowledge
                bo ask where
                + 120
                tourist reply sms here
                + 60
                bo finish partly rest
                """)
        #expect(record.spans[.handling]?.usedMs == 60 * minute_ms)
        #expect(record.spans[.handling]?.pausedMs == 120 * minute_ms)
        #expect(record.outcome == .partlySolved)
    }

    @Test func `a missed limit stays missed, also when it is done again in time`() throws {
        let late = """
            amy register
            amy dispatch water
            bo acknowledge
            at 2025-03-19T10:00
            bo finish solved mended

            """
        let once = try Self.record(after: late)
        let over = try #require(once.limits[.handling])
        #expect(!over.isKept && over.overMs > 0)
        #expect(once.limits[.contact]?.isKept == false)
        let again = try Self.record(
            after: late
                + "sam look good clean\namy call c bureau\n+ 10\nbo finish solved again\n")
        #expect(again.limits[.handling] == over)
        #expect(again.isReopened && again.dispatches == 1, "done again is no second sending")
        let open = try Self.record(after: late + "sam look good clean\namy call c bureau\n")
        #expect(open.ended == nil && open.outcome == nil && open.spans[.handling] == nil)
        #expect(again.spans[.handling]?.usedMs == once.spans[.handling]!.usedMs + 10 * minute_ms)
    }

    @Test func `returned and sent to another bureau is two sendings and one return`() throws {
        let record = try Self.record(
            after: "amy register\namy dispatch water\nbo return theirs\namy dispatch city\n")
        #expect(record.dispatches == 2 && record.returns == 1)
        #expect(record.facets.bureau == "city" && record.ended == nil)
    }

    @Test func `nobody kept the limits of what was withdrawn`() throws {
        let record = try Self.record(after: "amy register\ntourist withdraw gone\n")
        #expect(record.outcome == .withdrawn && record.limits.isEmpty)
    }

    @Test(arguments: [
        ("amy merge WH-25-0000002-0", ReportRecord.Outcome.merged),
        ("amy decline REPEAT same", .declined),
    ])
    func `a repeat is counted as one`(line: String, outcome: ReportRecord.Outcome) throws {
        let record = try Self.record(after: "amy register\n\(line)\n")
        #expect(record.isRepeat && record.outcome == outcome)
        #expect(try !Self.record(after: "amy register\namy decline COURT same\n").isRepeat)
    }

    @Test func `business that was referred is the provider's`() throws {
        let record = try Self.record(
            after: "amy register\namy name ownWill P1\namy choose P1\n", isOther: true)
        #expect(record.outcome == .referred && record.merchant == ID("P1"))
        #expect(record.facets.isOther)
    }

    @Test func `the record grows with the order, event by event, into the same tallies`() throws {
        let desk = play(
            Self.done
                + "sam look good clean\namy call c bureau\ncy report more\nbo finish solved more\n")
        var kept = Tally()
        var last: ReportRecord?
        for count in 1...desk.recorded.count {
            let events = Array(desk.recorded.prefix(count))
            let order = try #require(WorkOrder(id: desk.id, replaying: events))
            let record = try ReportRecord(
                of: order, events: events, isOther: false, zone: .china, on: desk.book)
            kept.merge(Tally(of: [RecordChange(from: last, to: record)]))
            last = record
        }
        #expect(kept == Tally(of: [try #require(last)]))
    }
}
