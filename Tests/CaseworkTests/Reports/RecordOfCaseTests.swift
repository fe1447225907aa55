import Casework
import Ledger
import Testing

@Suite struct RecordOfCaseTests {
    private static func record(after script: String) -> ReportRecord {
        let desk = desk(after: script)
        return ReportRecord(of: desk.file!, events: desk.recorded, zone: .china)
    }

    @Test func `a quick pay is eligible, paid at once and in the tourist's hand`() {
        let record = Self.record(after: Opening.paid + "amy followUp a\namy close\n")
        #expect(record.registered == Day("2025-03-10"))
        #expect(record.ended == Day("2025-03-10"))
        #expect(record.outcome == .solved)
        #expect(record.isAccepted && record.isComplaint && record.isEnrolled)
        #expect(record.facets.channel == "wechat")
        #expect(record.merchant == ID("M00012"))
        #expect(record.money.eligible == Money(fen: 800_00))
        #expect(record.money.quickPaid == Money(fen: 800_00))
        #expect(record.money.recovered == Money(fen: 800_00))
        #expect(record.money.recoverable == Money(fen: 800_00))
        #expect(record.money.reserved == nil && record.money.returned == nil)
        #expect(record.followUp == .a)
        #expect(record.limits[.acceptance] == .kept)
        #expect(record.limits[.handling] == .kept)
    }

    @Test func `reserved, returned and without an advance are three amounts`() {
        let returned = Self.record(
            after: Opening.withBureau
                + """
                bo      acknowledge
                bo      audit approve
                bo      merchantPaid 800 slip-1
                office  settle returnToPool
                """)
        #expect(returned.money.reserved == Money(fen: 800_00))
        #expect(returned.money.returned == Money(fen: 800_00))
        #expect(returned.money.withoutAdvance == nil)
        #expect(returned.money.recovered == Money(fen: 800_00))
        #expect(returned.facets.bureau == "market")
        #expect(returned.dispatches == 1)
        let without = Self.record(
            after: Opening.refused
                + "bo merchantPaid 500 slip\noffice settle resolvedWithoutAdvance\n"
        )
        #expect(without.money.withoutAdvance == Money(fen: 500_00))
        #expect(without.money.eligible == nil)
        #expect(without.outcome == .solved)
    }

    @Test func `the time for which a clock stood still is shown apart, and a miss stays known`() {
        let record = Self.record(
            after: Opening.withBureau
                + """
                after   2h
                bo      audit reduce 600 half-used
                after   7d
                office  fire freeze warning
                office  fire freeze breach
                office  settle release
                after   25h
                office  openRecovery
                office  orderPayout
                office  wallet P1 confirmed
                """)
        let hour: Int64 = 3_600_000
        // Reserved money suspends the closing clock until it is released.
        #expect(record.spans[.handling]?.pausedMs == (7 * 24 + 2) * hour)
        #expect(record.spans[.handling]?.usedMs == 25 * hour)
        #expect(record.limits[.handling] == .breached(byMs: 3_600_000))
        #expect(record.limits[.decision] == .breached(byMs: 90 * 60_000))
        #expect(record.money.released == Money(fen: 600_00))
        #expect(record.money.returned == Money(fen: 200_00))
        #expect(record.isOverturned)
    }

    @Test func `reopened is open again, and what its first clock missed is not forgotten`() {
        let closed =
            Opening.refused
            + "after 25h\nbo merchantPaid 500 slip\noffice settle resolvedWithoutAdvance\n"
        let record = Self.record(after: closed + "amy reopen again\n")
        #expect(record.isReopened)
        #expect(record.ended == nil)
        #expect(record.outcome == nil)
        #expect(record.spans[.handling] == nil)
        #expect(record.limits[.handling] == .breached(byMs: 3_600_000))
    }

    @Test func `the record grows with the case, event by event, into the same tallies`() {
        let desk = desk(after: Opening.paid + "amy followUp c\namy close\namy reopen more\n")
        var kept = Tally()
        var last: ReportRecord?
        for count in 1...desk.recorded.count {
            let events = Array(desk.recorded.prefix(count))
            let file = Case(id: desk.id, replaying: events)!
            let record = ReportRecord(of: file, events: events, zone: .china)
            kept.merge(Tally(of: [RecordChange(from: last, to: record)]))
            last = record
        }
        #expect(kept == Tally(of: [last!]))
    }
}
