import Casework
import Ledger
import Testing

@Suite struct IntakeTests {
    @Test func `a demand is accepted, declined, handed over or merged, and its clocks stop`() {
        let filed = "amy file\noffice classify\n"
        check(
            filed
                + "office decline → declined LATE, clockStopped acceptance, clockStopped closing | declined LATE › none"
        )
        check(
            filed
                + "office emergency → handedOver 120, clockStopped acceptance, clockStopped closing | handedOver 120 › none"
        )
        check(
            filed
                + "office discipline → handedOver 纪委, clockStopped acceptance, clockStopped closing | handedOver 纪委 › none"
        )
        check(
            filed
                + "office merge SY-25-0000009-9 → merged SY-25-0000009-9, clockStopped acceptance, clockStopped closing | merged SY-25-0000009-9 › none"
        )
        check("amy file\noffice accept ✗ outOfTurn")
    }

    @Test func `a repeat without a first case, or of itself, is refused and loses nothing`() {
        let desk = Desk()
        check(
            """
            amy     file
            office  classify
            office  merge               ✗ outOfTurn
            office  merge \(desk.id)    ✗ outOfTurn | filed
            office  accept              → accepted, clockStopped acceptance, clockStarted audit
            """, on: desk)
    }

    @Test func `an amount below zero is never filed`() {
        for filing in [Sample.filing(claimed: -1), Sample.filing(paid: -1)] {
            check("amy file ✗ amountOutOfRange", on: Desk(filing: filing))
        }
        check(
            "amy file → filed, clockStarted acceptance, clockStarted closing",
            on: Desk(filing: Sample.filing(claimed: 0, paid: 0)))
    }

    @Test func `evidence that is missing stops the clocks until all of it is there`() {
        check(
            Opening.accepted
                + """

                office  determine 800 receipt order → determined, evidenceRequested receipt+order, clockSuspended audit, clockSuspended closing | awaitingEvidence receipt+order › none
                tourist evidence photo              → evidenceAdded photo | awaitingEvidence receipt+order
                tourist evidence order              → evidenceAdded order | awaitingEvidence receipt
                tourist evidence order              → nothing | awaitingEvidence receipt
                after   2d
                office  fire audit breach           ✗ clockNotDue
                tourist evidence receipt            → evidenceAdded receipt, evidenceComplete, clockResumed audit, clockResumed closing | assessing › determine
                office  determine 800               → determined › proposeAdvance
                """)
    }

    @Test func `evidence asked for again must come again`() {
        check(
            Opening.proposed
                + """
                tourist evidence receipt blurred    → evidenceAdded receipt
                ray     request receipt             → evidenceRequested receipt, clockSuspended audit, clockSuspended closing | awaitingEvidence receipt
                tourist evidence photo              → evidenceAdded photo | awaitingEvidence receipt
                tourist evidence receipt sharp      → evidenceAdded receipt, evidenceComplete, clockResumed audit, clockResumed closing | proposed
                """)
    }

    @Test func `the office goes on without evidence when a person says why`() {
        check(
            Opening.accepted
                + """

                office  determine 800 receipt
                ray     goOn -                      ✗ reasonMissing
                ray     goOn platform-closed-down   → evidenceWaived, clockResumed audit, clockResumed closing | assessing › determine
                office  determine 800 receipt       → determined | assessing › proposeAdvance
                """)
    }

    @Test func `asking for nothing is not asking`() {
        check(Opening.proposed + "ray request - ✗ reasonMissing")
        check(Opening.withBureau + "bo audit askEvidence - ✗ reasonMissing")
    }

    @Test
    func `evidence the bureau asks for stops the freeze, and the closing limit stays suspended`() {
        check(
            Opening.withBureau
                + """
                bo      audit askEvidence photo     → audited askEvidence, evidenceRequested photo, clockSuspended audit, clockSuspended freeze | awaitingEvidence photo
                bo      audit approve               ✗ outOfTurn
                tourist evidence photo              → evidenceAdded photo, evidenceComplete, clockResumed audit, clockResumed freeze | withBureau
                bo      audit approve               → audited approve, clockStopped audit
                """)
    }

    @Test func `corrected facts are decided on anew`() {
        check(
            """
            amy     file
            office  classify
            amy     correct wrong-date          → factsCorrected › classify
            office  classify                    → classified
            office  accept
            office  determine 800               → determined › proposeAdvance
            amy     correct -                   ✗ reasonMissing
            amy     correct three-nights        → factsCorrected › determine
            """)
    }

    @Test func `the same contact joins a case once`() {
        check(
            Opening.accepted
                + """

                office  join SY-25-0000002-2        → contactJoined SY-25-0000002-2
                office  join SY-25-0000002-2        → nothing
                office  join SY-25-0000003-3        → contactJoined SY-25-0000003-3
                """)
    }
}
