import Casework
import Ledger
import Testing

@Suite struct OfficeMatterTests {
    private static func desk(_ about: OfficeMatter) -> OrderDesk {
        OrderDesk(demand: OrderSample.demand(about: about))
    }

    @Test func `whom a complaint about the office names neither decides on it nor gets it`() {
        play(
            """
            tourist register
            tourist message sms once-more
            amy accept → ✗ aboutTheOffice
            dora answer done → ✗ aboutTheOffice
            amy merge WH-25-0000009-1 → ✗ aboutTheOffice
            sam merge WH-25-0000009-1 → ✗ aboutTheOffice
            office absorb WH-25-0000002-8 fresh → ✗ aboutTheOffice
            aud accept → ✗ notPermitted
            duo accept → ✗ concerned
            duo message sms let-me-explain → ✗ concerned
            dee accept → accepted
            sam pass duo leave → ✗ concerned
            sam dispatch water → ✗ concerned
            dee designate water why → ✗ concerned
            sam dispatch city water → ✗ concerned
            dee dispatch city → dispatched
            bo report did → ✗ concerned
            cy acknowledge → acknowledged signed
            cy finish solved spoken-to → finished
            sam look good fine → fieldChecked
            sam call a → followedUp
            dee close → closed
            """, on: Self.desk(OfficeMatter(people: ["duo"], bureaus: ["water"])))
    }

    @Test func `what is about the whole office goes to a supervisor or discipline`() {
        play(
            """
            amy register
            amy accept → ✗ aboutTheOffice
            dee answer looked-into → accepted answered
            is finished
            """, on: Self.desk(OfficeMatter()))
        // The line goes on with everything else.
        play("amy register\namy accept → accepted\ndee answer x → ✗ notPermitted")
    }

    @Test func `a review keeps out whoever had a part in what it is about`() throws {
        let desk = play(
            """
            tourist register
            amy accept
            tourist message sms hello
            dora supervise slow → ✗ notPermitted
            sam supervise slow
            amy dispatch water
            bo acknowledge
            bo finish unsolved nothing
            """)
        let order = try #require(desk.order)
        let about = OfficeMatter(reviewed: order.id, people: ["bo"])
            .reviewing(order, desk.recorded)
        #expect(about.people == ["bo", "amy"])
        #expect(about.bureaus == ["water"])
        #expect(about.kind == .review)
        play(
            """
            tourist register
            amy answer x → ✗ aboutTheOffice
            sam dispatch water → ✗ concerned
            sam answer done-again → accepted answered
            """, on: Self.desk(about))
    }

    @Test func `the report that the same words hold is about the same people`() {
        let about = OfficeMatter(people: ["amy"])
        let split = OrderSample.demand(about: about).split(
            complaint: ID("a"), report: ID("b"),
            sorted: Sorting(kind: "report", category: "c", area: nil))
        #expect(split.complaint.about == about)
        #expect(split.report.about == about)
    }
}
