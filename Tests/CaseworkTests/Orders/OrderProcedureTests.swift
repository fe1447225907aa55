import Casework
import Ledger
import Testing

@Suite struct OrderProcedureTests {
    private static let sent = "amy register\namy dispatch water\nbo acknowledge\n"
    private static let done = sent + "bo contact rang\nbo finish solved repaired\n"

    @Test func `a complaint goes from the line to the bureau and back to the caller`() {
        let desk = play(
            """
            amy register                       → registered
            + 5
            amy dispatch water                 → accepted dispatched
            is dispatched
            + 20
            bo acknowledge                     → acknowledged signed
            is handling
            bo contact rang the caller         → contacted
            + 300
            bo finish solved pipe mended       → finished
            is finished
            amy close                          → ✗ fieldCheckWanted
            sam look good dry                  → fieldChecked
            amy close                          → ✗ followUpWanted
            amy call a                         → followedUp
            amy close                          → closed
            is closed
            amy close                          → ✗ outOfTurn
            amy remind again                   → ✗ outOfTurn
            """)
        #expect(desk.order?.receiver == "amy")
        #expect(desk.order?.clocks.values.allSatisfy(\.isOver) == true)
    }

    @Test func `the first receiver answers for it until a supervisor says another`() {
        let desk = play(
            """
            tourist register
            office dispatch water
            amy pass ann leave                 → ✗ notPermitted
            sam pass ann                       → ✗ reasonMissing
            sam pass ann leave                 → responsibilityPassed
            """)
        #expect(desk.order?.receiver == "ann")
        #expect(play("tourist register\noffice accept").order?.receiver == nil)
        #expect(play("tourist register\noffice accept\namy accept → ✗ outOfTurn").order != nil)
        #expect(play("tourist register\ndora answer yes").order?.receiver == "dora")
    }

    @Test func `what can be answered at once is answered at once`() {
        play(
            """
            amy register
            amy answer                         → ✗ reasonMissing
            amy answer bring your passport     → accepted answered
            is finished
            amy call b                         → followedUp
            amy close                          → closed
            """)
        play(
            """
            amy register
            amy passToDuty nobody knows        → accepted passedToDuty
            amy passToDuty nobody knows        → ✗ outOfTurn
            dora answer it is free             → answered
            """)
    }

    @Test func `business goes to one of at least three providers, by the caller's will`() {
        let desk = play(
            """
            amy register
            amy choose a                       → ✗ outOfTurn
            amy name nearest a b               → ✗ tooFewProviders
            amy name nearest a b b             → ✗ tooFewProviders
            amy name local a b c               → accepted providersNamed
            amy choose d                       → ✗ providerNotNamed
            amy choose b                       → providerChosen
            is finished
            """)
        #expect(desk.order?.stage == .finished(.referred(to: "b")))
        play("amy register\namy name ownWill a → accepted providersNamed\namy choose none")
        var none = OrderDesk(
            terms: OrderTerms(
                edition: "e", editionHash: "h", limits: [], isUrgent: false, followUp: .none))
        none = play("amy register\namy name local a b c → ✗ outOfTurn", on: none)
        #expect(none.order?.stage == .registered)
    }

    @Test func `an emergency goes to its line with all three on the telephone`() {
        play(
            """
            amy register
            + 3
            amy emergency 120 0 2 1            → ✗ timesOutOfOrder
            amy emergency 120 0 1 9            → ✗ timesOutOfOrder
            amy emergency 120 0 1 2            → accepted handedOver
            is handedOver
            amy call a                         → followedUp
            amy dispatch water                 → ✗ outOfTurn
            """)
        play(
            "amy register\namy discipline → ✗ reasonMissing\namy discipline 区纪委 → accepted handedOver"
        )
    }

    @Test func `what is declined says why and where to go`() {
        play(
            """
            amy register
            amy decline COURT                  → ✗ reasonMissing
            office decline COURT pending       → declined
            is declined
            amy reopen the suit was withdrawn  → reopened
            is registered
            """)
    }

    @Test func `both ways must be acknowledged where the edition assigns doubly`() {
        let double = OrderDesk(terms: OrderSample.terms(isDoublyAssigned: true))
        let desk = play(
            """
            amy register
            amy dispatch water city
            amy acknowledge system             → ✗ notPermitted
            + 2
            amy acknowledge telephone          → acknowledged
            amy acknowledge telephone          → -
            is dispatched
            + 3
            cy acknowledge                     → acknowledged
            bo acknowledge                     → acknowledged signed
            is handling
            """, on: double)
        let times = desk.order?.assignments.last?.acknowledgements["water"]
        #expect(times?[.telephone] == local("2025-03-10T09:02"))
        #expect(times?[.system] == local("2025-03-10T09:05"))
    }

    @Test func `it comes back within its limit, and at the third time the office designates`() {
        play(
            """
            amy register
            amy dispatch water
            cy return no                       → ✗ notYourBureau
            bo return                          → ✗ reasonMissing
            bo return pipe is private          → returned
            is registered
            bo return pipe is private          → ✗ outOfTurn
            amy dispatch city
            cy return no                       → returned
            amy dispatch water
            bo return no                       → returned
            amy dispatch city                  → ✗ designationWanted
            amy designate city unclear         → ✗ notPermitted
            sam designate city                 → ✗ reasonMissing
            sam designate city unclear         → dispatched
            cy return no                       → ✗ mayNotBeReturned
            """)
        play(
            """
            amy register
            amy dispatch water
            at 2025-03-12T00:00
            bo return no                       → returned
            """)
        play(
            """
            amy register
            amy dispatch water
            at 2025-03-12T00:01
            bo return no                       → ✗ limitPassed
            """)
        play(
            """
            amy register
            amy dispatch water
            sam meeting city 2025-3            → dispatched
            bo acknowledge                     → ✗ notYourBureau
            cy return no                       → ✗ mayNotBeReturned
            """)
    }

    @Test func `each bureau reports, and the lead finishes`() {
        play(
            """
            amy register
            amy dispatch water city water city
            bo acknowledge
            cy finish solved done              → ✗ notYourBureau
            bo finish solved done              → ✗ reportsMissing
            cy report closed the valve         → reported
            bo finish answered done            → ✗ outOfTurn
            bo finish partly                   → ✗ reasonMissing
            bo finish inKind free cleaning     → finished
            """)
    }

    @Test func `an extension is asked for before the end, granted by another, and once`() {
        let desk = play(
            Self.sent + """
                bo askExtension 0 parts            → ✗ extensionOutOfRange
                bo askExtension 3                  → ✗ reasonMissing
                duo askExtension 3 parts           → extensionAsked
                duo grantExtension                 → ✗ separationOfDuties
                bo askExtension 3 parts            → ✗ outOfTurn
                sam grantExtension                 → extensionGranted
                sam grantExtension                 → ✗ outOfTurn
                bo askExtension 3 parts            → ✗ extensionsUsedUp
                """)
        // Six working days from 10 March end on the 18th; three more on the 21st.
        #expect(due(of: .handling, at: desk) == local("2025-03-21T17:00"))
        play(
            Self.sent + """
                bo askExtension 3 parts
                sam refuseExtension no             → extensionRefused
                at 2025-03-18T16:59
                bo askExtension 3 parts            → extensionAsked
                + 1
                sam grantExtension                 → ✗ limitPassed
                """)
        play(
            Self.sent + """
                at 2025-03-18T17:00
                bo askExtension 3 parts            → ✗ limitPassed
                """)
    }

    @Test func `an answer on any channel sets the clocks going again`() {
        let desk = play(
            Self.sent + """
                bo ask which floor                 → questionAsked paused
                bo ask and which door              → questionAsked
                at 2025-03-13T10:00
                tourist message sms hello          → messageAdded
                amy note sms will call             → messageAdded
                tourist reply wechat the third     → questionAnswered resumed
                bo pause callerAbsent gone         → paused
                bo pause expertTest lab            → ✗ outOfTurn
                + 60
                tourist message email back         → messageAdded resumed
                bo pause systemFailure down        → ✗ notPermitted
                sam pause systemFailure down       → paused
                tourist reply sms the third        → questionAnswered
                sam resume up                      → resumed
                sam resume up                      → ✗ outOfTurn
                bo pause evidence bill             → paused
                tourist evidence f00d              → evidenceAdded resumed
                tourist evidence f00d              → -
                """)
        // Three days began while the first question stood.
        #expect(due(of: .handling, at: desk) == local("2025-03-21T17:00"))
    }

    @Test func `dissatisfied, it is done again when the bureau could have done better`() {
        play(
            Self.done + """
                amy call c                         → ✗ causeUnfit
                amy call a bureau                  → ✗ causeUnfit
                amy call c bureau                  → followedUp redoOrdered dispatched
                is handling
                bo return no                       → ✗ mayNotBeReturned
                bo finish solved better
                amy call c circumstances           → followedUp
                sam look good fine
                amy close                          → closed
                amy call a                         → ✗ outOfTurn
                """)
        play(
            Self.done + "sam look bad still wet → fieldChecked redoOrdered dispatched\nis handling")
    }

    @Test func `who cannot be reached is neither satisfied nor not`() {
        let desk = play(
            Self.done + """
                sam look good fine
                amy call unreachable               → followedUp
                amy close                          → ✗ followUpWanted
                + 60
                amy call unreachable               → followedUp
                amy call a                         → ✗ outOfTurn
                amy close                          → closed
                """)
        #expect(desk.order?.followUps.map(\.grade) == [.unreachable, .unreachable])
        // Nobody can call back who left no number.
        let silent = OrderDesk(demand: OrderSample.demand(phone: nil))
        play(Self.done + "sam look good fine\namy close → closed", on: silent)
    }

    @Test func `reminders, supervision and faults stand on record`() {
        let desk = play(
            Self.sent + """
                tourist remind still waiting       → reminded
                amy supervise slow                 → ✗ notPermitted
                sam supervise slow                 → supervised
                dee fault city shirked             → ✗ outOfTurn
                dee fault water                    → ✗ reasonMissing
                dee fault water shirked            → faultListed
                """)
        #expect(desk.order?.reminders == 1)
        #expect(desk.order?.faults.map(\.fault) == [.shirking])
    }

    @Test func `sorted anew, only clocks that start later have the new limit`() {
        var desk = OrderDesk(
            terms: OrderSample.terms([OrderSample.term(.handling, 2, .workingDays, .registered)]))
        desk = play(
            "amy register\namy sort repair → ✗ reasonMissing\namy sort repair pipe → sorted",
            on: desk)
        #expect(due(of: .handling, at: desk) == local("2025-03-13T00:00"))
        #expect(desk.order?.clocks[.dispatch] != nil)
        #expect(desk.order?.sorting.kind == "repair")
    }

    @Test func `after closing nothing is done but what may be`() {
        play(
            Self.done + """
                sam look good fine
                amy call a
                amy close
                amy facts a why                    → ✗ outOfTurn
                sam pass ann leave                 → ✗ outOfTurn
                tourist withdraw settled           → ✗ outOfTurn
                tourist message sms thanks         → messageAdded
                dee fault water falsified it       → faultListed
                """)
    }

    private func due(of clock: OrderClock, at desk: OrderDesk) -> Moment? {
        // Only the derived end is asked for; a missing schedule fails the comparison.
        try? desk.order?.clocks[clock]?.due(on: desk.book)
    }
}
