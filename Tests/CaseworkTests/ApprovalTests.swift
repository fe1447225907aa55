import Casework
import Ledger
import Testing

/// Who may agree to public money, and to what.
@Suite struct ApprovalTests {
    static let two =
        Opening.determined + "office propose reserve 800 reviewer reviewer supervisor\n"

    @Test func `every role named must agree, each by another person`() {
        check(
            Self.two
                + """
                office  commit              ✗ outOfTurn
                ray     approve reviewer    → approved reviewer › none
                ray     approve reviewer    ✗ separationOfDuties
                rob     approve supervisor  ✗ approvalNotWanted
                rob     approve reviewer    → approved reviewer › none
                office  commit              ✗ outOfTurn
                sue     approve reviewer    ✗ approvalNotWanted
                sue     approve supervisor  → approved supervisor › commitFunds
                sam     approve supervisor  ✗ approvalNotWanted
                office  commit              → reserved 800.00, clockStarted freeze, clockSuspended closing
                """)
    }

    @Test func `whoever filed, changed the facts or gave the account may not approve`() {
        check(
            "duo file\n" + Opening.proposed.dropFirst("amy     file\n".count)
                + "duo approve reviewer ✗ separationOfDuties")
        check(
            Opening.accepted
                + """

                duo     correct three-nights    → factsCorrected
                office  determine 800
                office  propose reserve 800 reviewer
                duo     approve reviewer        ✗ separationOfDuties
                duo     reduce 500              ✗ separationOfDuties
                duo     refuse                  ✗ separationOfDuties
                ray     approve reviewer        → approved reviewer
                """)
        check(
            Opening.proposed
                + """
                duo     payee wx-duo            → payeeSet wx-duo
                duo     approve reviewer        ✗ separationOfDuties
                """)
    }

    @Test func `whoever approved does not say where the money goes`() {
        check(
            Opening.determined
                + """
                office  propose quickPay 800 reviewer
                duo     approve reviewer        → approved reviewer
                duo     payee wx-duo            ✗ separationOfDuties
                office  commit
                office  openRecovery
                office  orderPayout
                office  wallet P1 failed        → payoutFailed P1, escalated
                duo     reissue wx-duo          ✗ separationOfDuties
                cass    reissue wx-li2          → payeeSet wx-li2, payoutReviewAsked PAYEE_CHANGED › none
                cass    clear checked           ✗ notPermitted
                ray     clear checked           → payoutCleared › reissuePayout
                office  reissue                 → payoutOrdered P2 800.00
                """)
    }

    @Test func `whoever approved does not change the facts afterwards`() {
        check(
            Self.two
                + """
                duo     approve reviewer        → approved reviewer
                rob     request receipt
                duo     correct three-nights    ✗ separationOfDuties
                amy     correct three-nights    → factsCorrected
                """)
    }

    @Test func `an advance is lowered, never raised, and keeps its approvals`() {
        check(
            Self.two
                + """
                ray     approve reviewer        → approved reviewer
                rob     reduce 800 same         ✗ amountOutOfRange
                rob     reduce 900 more         ✗ amountOutOfRange
                rob     reduce 0 nothing        ✗ amountOutOfRange
                rob     reduce -5 less          ✗ amountOutOfRange
                rob     reduce 799.99 one-fen   → reduced 799.99
                rob     approve reviewer        → approved reviewer
                sue     approve supervisor      → approved supervisor
                office  commit                  → reserved 799.99, clockStarted freeze, clockSuspended closing
                """)
    }

    @Test func `an authority that names nobody takes a supervisor`() {
        check(
            Opening.determined
                + """
                office  propose reserve 800         → advanceProposed reserve 800.00 › none
                office  commit                      ✗ outOfTurn
                sue     approve supervisor          → approved supervisor › commitFunds
                """)
    }

    @Test func `an advance is at most the covered entitlement, and never of nothing`() {
        check(
            Opening.determined
                + """
                office  propose reserve 0 reviewer      ✗ amountOutOfRange
                office  propose quickPay -1 automatic   ✗ amountOutOfRange
                office  propose reserve 900 reviewer    → advanceProposed reserve 800.00
                """)
        check(
            Opening.accepted
                + """

                office  determine 0
                office  propose quickPay 800 automatic  ✗ amountOutOfRange
                office  propose notEligible 0 automatic → advanceProposed notEligible 0.00, clockStopped audit | withBureau › forward
                """)
    }

    @Test func `the paths without money go to the bureau`() {
        check(
            Opening.determined
                + "office propose mediateOnly 0 automatic → advanceProposed mediateOnly 0.00, clockStopped audit | withBureau › forward"
        )
        check(
            Opening.determined
                + "office propose major 0 automatic → advanceProposed major 0.00, clockStopped audit, clockStopped closing | withBureau › forward"
        )
    }
}

/// An automatic refusal always has a human path.
@Suite struct ContestTests {
    @Test func `a declined demand may be taken on after all`() {
        check(
            """
            amy     file
            office  classify
            office  decline
            tourist contest -           ✗ reasonMissing
            tourist contest in-time     → contested, escalated
            tourist contest again       ✗ outOfTurn
            sue     grant               → contestAnswered taken back, clockStarted audit, clockStarted closing | assessing › determine
            office  determine 800
            office  propose notEligible 0 automatic
            tourist contest enrolled    → contested, escalated
            """)
    }

    @Test func `a refusal that stands is the last word, until the case is reopened`() {
        check(
            Opening.refused
                + """
                tourist contest enrolled    → contested, escalated
                sue     stands not-on-list  → contestAnswered upheld | withBureau
                sue     grant 800           ✗ outOfTurn
                tourist contest enrolled    ✗ outOfTurn
                bo      noAgreement refuses
                office  settle wait
                amy     reopen the-list-was-wrong
                tourist contest enrolled    → contested, escalated
                """)
    }

    @Test func `money granted on a contest still takes two people and the fund's ordinary path`() {
        check(
            Opening.refused
                + """
                tourist contest enrolled
                sue     grant               ✗ amountOutOfRange
                sue     grant 3000.01       ✗ amountOutOfRange
                sue     grant 700           → contestAnswered taken back, advanceProposed reserve 700.00, clockStarted audit | proposed › none
                sue     approve supervisor  ✗ separationOfDuties
                sam     approve supervisor  → approved supervisor › commitFunds
                office  commit              → reserved 700.00, clockStarted freeze, clockSuspended closing | withBureau › none
                """)
    }

    @Test func `a refused grant moves no money, though somebody approves it afterwards`() {
        check(
            Opening.refused
                + """
                tourist contest enrolled
                sue     grant 700
                sam     refuse not-enrolled → advanceRefused, clockStopped audit | withBureau › none
                sam     approve supervisor  ✗ outOfTurn
                office  commit              ✗ outOfTurn
                tourist contest once-more   → contested, escalated
                sam     stands no           ✗ separationOfDuties
                sue     stands no           → contestAnswered upheld
                """)
    }

    @Test func `evidence asked for while a grant is pending leads back to the grant`() {
        check(
            Opening.refused
                + """
                tourist contest enrolled
                sue     grant 700
                ray     request receipt     → evidenceRequested receipt, clockSuspended audit, clockSuspended closing
                tourist evidence receipt    → evidenceAdded receipt, evidenceComplete, clockResumed audit, clockResumed closing | proposed
                sam     approve supervisor  → approved supervisor › commitFunds
                """)
    }

    @Test func `a case is not closed over an objection nobody has answered`() {
        check(
            Opening.refused
                + """
                bo      noAgreement refuses
                office  settle wait         → settled wait, resolved noAgreement, clockStopped closing
                tourist contest enrolled    → contested, escalated
                amy     close               ✗ outOfTurn
                sue     grant 700           → contestAnswered taken back, advanceProposed reserve 700.00, clockStarted audit, clockStarted closing | proposed
                """)
    }

    @Test func `a bureau's failed mediation does not end a case while a grant is pending`() {
        check(
            Opening.refused
                + """
                bo      noAgreement refuses
                office  settle wait
                tourist contest enrolled
                sue     grant 700
                amy     merchantPaid 10 slip-1
                office  settle wait         → settled wait | proposed
                """)
    }
}
