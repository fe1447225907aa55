import Casework
import Ledger
import Testing

/// The handbook's cases F that are about procedure; those about days are in `WorkScheduleTests`.
@Suite struct OrderGroupFTests {
    private static let done = """
        amy register
        amy dispatch water
        bo acknowledge
        bo finish solved mended
        sam look good fine
        amy call a
        amy close

        """

    @Test func `F06: what a court has accepted is declined with its reason`() {
        let desk = play(
            "amy register\noffice decline COURT_ACCEPTED pending → declined\namy dispatch water → ✗ outOfTurn"
        )
        #expect(desk.order?.stage == .declined(code: "COURT_ACCEPTED"))
        #expect(desk.order?.clocks.values.allSatisfy(\.isOver) == true)
    }

    @Test func `F07: a repeat without new facts is refused, and new ones reopen`() {
        let desk = play(
            Self.done + """
                office absorb WH-25-0000002-8      → ✗ nothingNew
                amy reopen 水管                    → ✗ nothingNew
                amy reopen                         → ✗ reasonMissing
                office absorb WH-25-0000002-8 leakCameBack → absorbed reopened
                is registered
                office absorb WH-25-0000002-8 leakCameBack → -
                """)
        // The repeat's own number says why nothing more is done under it.
        play(
            "tourist register\noffice decline REPEAT nothing-new → declined",
            on: OrderDesk(OrderNumber.make(prefix: "WH", year: 2025, sequence: 2)))
        #expect(desk.order?.duplicates.map(\.demand.text) == ["again"])
        #expect(desk.order?.facts["leakCameBack"] == .flag(true))
    }

    @Test func `duplicates are merged without losing a word`() throws {
        var first = play("amy register\namy dispatch water\nbo acknowledge")
        var second = OrderDesk(
            OrderNumber.make(prefix: "WH", year: 2025, sequence: 2),
            demand: OrderSample.demand(text: "还在漏", facts: ["floor": .integer(3)]))
        second = play("tourist register\noffice merge \(first.id) → merged", on: second)
        let taken = Duplicate(id: second.id, demand: second.demand, evidence: ["beef"])
        #expect(try first.perform(.absorb(taken), by: .office) == [.absorbed(taken)])
        let order = try #require(first.order)
        #expect(order.duplicates.first?.demand == second.demand)
        #expect(order.facts["floor"] == .integer(3))
        // The same file once more is nothing new, another file is.
        #expect(
            !order.adds(Duplicate(id: ID("x"), demand: OrderSample.demand(), evidence: ["beef"])))
        #expect(
            order.adds(Duplicate(id: ID("x"), demand: OrderSample.demand(), evidence: ["f00d"])))
        play(
            "tourist message sms hello → ✗ outOfTurn\namy merge \(second.id) → ✗ outOfTurn",
            on: second)
    }

    @Test func `F09: a settlement for less waits for the consent of all six`() {
        let six = OrderDesk(demand: OrderSample.demand(joint: OrderSample.six))
        play(
            """
            amy register
            amy consent m1                     → ✗ outOfTurn
            tourist withdraw enough            → ✗ consentMissing
            amy dispatch water
            bo acknowledge
            bo agree less half of it           → agreementRecorded
            bo finish solved half              → ✗ consentMissing
            bo consent m9                      → ✗ memberUnknown
            bo consent m1                      → consented
            bo consent m1                      → -
            bo consent m2
            bo consent m3
            bo consent m4
            bo consent m5
            bo finish solved half              → ✗ consentMissing
            bo consent m6                      → consented
            bo agree less a third of it        → agreementRecorded
            bo finish solved third             → ✗ consentMissing
            bo agree all as claimed
            bo finish solved all               → finished
            """, on: six)
        play(
            """
            amy register
            amy dispatch water
            bo acknowledge
            bo agree less half of it
            bo finish unsolved they refuse     → finished
            """, on: six)
    }

    @Test func `F10: a test stands outside the limit`() throws {
        let terms = OrderSample.terms([OrderSample.term(.handling, 60, .days, .registered)])
        var desk = OrderDesk(terms: terms)
        desk.now = local("2025-10-10T10:00")
        desk = play(
            """
            amy register
            amy dispatch water
            bo acknowledge
            at 2025-11-03T10:00
            bo pause expertTest lab            → paused
            tourist reply sms well             → questionAnswered
            at 2025-11-23T15:00
            bo resume result came              → resumed
            """, on: desk)
        #expect(
            try desk.order?.clocks[.handling]?.due(on: desk.book) == local("2025-12-30T00:00"))
    }

    @Test func `F11: complaint and report are two orders, linked, with two clocks`() throws {
        let words = OrderSample.demand(text: "卖假货，还无证经营")
        let ids = (1...2).map { OrderNumber.make(prefix: "WH", year: 2025, sequence: $0) }
        let (complaint, report) = words.split(
            complaint: ids[0], report: ids[1],
            sorted: Sorting(kind: "report", category: "0900", area: nil))
        let limits: [(Demand, ID<WorkOrder>, Int)] = [(complaint, ids[0], 7), (report, ids[1], 15)]
        let desks = limits.map { demand, id, days in
            let terms = OrderSample.terms([
                OrderSample.term(.handling, days, .workingDays, .registered)
            ])
            var desk = OrderDesk(id, demand: demand, terms: terms)
            desk.now = local("2025-09-26T10:00")
            return play("amy register → registered", on: desk)
        }
        #expect(desks[0].order?.links == [.report(ids[1])])
        #expect(desks[1].order?.links == [.complaint(ids[0])])
        #expect(complaint.text == words.text && report.text == words.text)
        #expect(report.kind == "report")
        let dues = try desks.map { try $0.order?.clocks[.handling]?.due(on: $0.book) }
        #expect(dues == [local("2025-10-14T00:00"), local("2025-10-24T00:00")])
        // One ends without the other.
        play("amy answer done → accepted answered", on: desks[0])
        #expect(desks[1].order?.stage == .registered)
    }

    @Test func `how many may complain together, the edition says`() {
        typealias Member = Joint.Member
        let three = (1...3).map { Member(id: "m\($0)", name: "n") }
        let cases: [(name: String, Joint, fits: Bool)] = [
            ("six with one", OrderSample.six, true),
            ("too few", Joint(members: three, representatives: ["m1"]), false),
            ("nobody speaks", Joint(members: OrderSample.six.members, representatives: []), false),
            (
                "too many speak",
                Joint(members: OrderSample.six.members, representatives: ["m1", "m2", "m3", "m4"]),
                false
            ),
            (
                "a stranger speaks",
                Joint(members: OrderSample.six.members, representatives: ["x"]), false
            ),
            ("one counted twice", Joint(members: three + three, representatives: ["m1"]), false),
            (
                "one speaks twice",
                Joint(members: OrderSample.six.members, representatives: ["m1", "m1"]), false
            ),
        ]
        let rule = JointRule(membersAtLeast: 4, representativesAtMost: 3)
        for (name, joint, fits) in cases {
            var desk = OrderDesk(
                demand: OrderSample.demand(joint: joint), terms: OrderSample.terms(joint: rule))
            let said = desk.answer("amy", "register", [])
            #expect(said == (fits ? "registered" : "✗ jointUnfit"), "\(name)")
        }
    }

    @Test func `which orders are called back follows from their numbers`() {
        let ids = (1...5_000).map { OrderNumber.make(prefix: "WH", year: 2025, sequence: $0) }
        let rule = FollowUpRule.sample(percent: 20)
        let called = ids.filter { rule.includes($0, for: .followUp) }
        let looked = ids.filter { rule.includes($0, for: .fieldCheck) }
        #expect((900...1_100).contains(called.count))
        #expect((900...1_100).contains(looked.count))
        #expect((150...250).contains(Set(called).intersection(looked).count))
        #expect(called == ids.filter { rule.includes($0, for: .followUp) })
        #expect(ids.allSatisfy { FollowUpRule.all.includes($0, for: .followUp) })
        #expect(!ids.contains { FollowUpRule.none.includes($0, for: .followUp) })
        // Whoever is not among them is closed without a call.
        let spared = ids.first { !rule.includes($0, for: .followUp) }!
        let desk = OrderDesk(spared, terms: OrderSample.terms(followUp: rule))
        let after = play("amy register\namy answer yes\namy close → closed", on: desk)
        #expect(after.order?.clocks[.followUp] == nil)
    }

    @Test func `the number everyone gets has a check digit`() {
        #expect(
            OrderNumber.read("wh 25 0000001 \(OrderSample.id.text.suffix(1))") == OrderSample.id)
        let wrong = (Int(OrderSample.id.text.suffix(1))! + 1) % 10
        #expect(OrderNumber.read("WH-25-0000001-\(wrong)") == nil)
    }
}
