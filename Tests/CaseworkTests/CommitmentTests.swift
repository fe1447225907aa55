import Casework
import Ledger
import Testing

/// The last gate before money is committed, whatever door the amount came in by.
@Suite struct CommitmentTests {
    @Test func `over a day's cap a case waits for midnight, visibly, and says so once`() {
        check(
            Opening.proposed
                + """
                ray     approve reviewer
                office  commit cap day 1000 200.01  → capReached day 800.00, clockStarted capReset | awaitingFunds › none
                office  commit cap day 1000 200.01  → nothing
                office  fire capReset breach        ✗ clockNotDue
                after 15h
                office  fire capReset breach        → clockFired capReset breach › commitFunds
                office  commit cap day 1000 200     → reserved 800.00, clockStarted freeze, clockSuspended closing, clockStopped capReset | withBureau
                """)
    }

    @Test func `over a case's or a tourist's cap a person lowers or refuses it`() {
        check(
            Opening.proposed
                + """
                ray     approve reviewer
                office  commit cap tourist 1000 600 → capReached tourist 800.00, escalated | awaitingFunds › none
                ray     reduce 400 cap              ✗ separationOfDuties
                rob     reduce 900 cap              ✗ amountOutOfRange
                rob     reduce 400 cap              → reduced 400.00 | awaitingFunds › commitFunds
                office  commit cap tourist 1000 600 → reserved 400.00, clockStarted freeze, clockSuspended closing
                """)
        check(
            Opening.overCap
                + "rob refuse too-much → advanceRefused, clockStopped audit, clockStopped capReset | withBureau"
        )
    }

    @Test func `an amount above a whole day's cap does not wait for a midnight that cannot help`() {
        check(
            Opening.proposed
                + """
                ray     approve reviewer
                office  commit cap day 700 0        → capReached day 800.00, escalated | awaitingFunds › none
                """)
    }

    @Test func `a tier that has committed its share hands over to the next`() {
        check(
            Opening.determined
                + """
                office  propose quickPay 800 automatic
                office  commit cap automaticDay 1000 500    → authorityRaised reviewer | proposed › none
                ray     approve reviewer                    → approved reviewer › commitFunds
                office  commit cap reviewerDay 1000 500     → authorityRaised reviewer+supervisor | proposed › none
                rob     approve reviewer                    ✗ approvalNotWanted
                sue     approve supervisor                  → approved supervisor › commitFunds
                office  commit cap supervisorDay 1000 500   → authorityRaised reviewer+supervisor+accountant | proposed › none
                ann     approve accountant                  → approved accountant › commitFunds
                office  commit                              → quickPayGranted 800.00, clockStopped audit | paying
                """)
    }

    @Test func `who must agree is asked again when the money is committed`() {
        check(
            Opening.proposed
                + """
                ray     approve reviewer
                office  commit roles reviewer supervisor    → authorityRaised reviewer+supervisor | proposed › none
                office  commit                              ✗ outOfTurn
                sue     approve supervisor                  → approved supervisor › commitFunds
                office  commit roles reviewer supervisor    → reserved 800.00, clockStarted freeze, clockSuspended closing
                """)
    }

    @Test func `a grant nobody asked the edition about takes everybody`() {
        check(
            Opening.refused
                + """
                tourist contest enrolled
                sue     grant 3000 because unasked  → contestAnswered taken back, advanceProposed reserve 3000.00, clockStarted audit | proposed
                sam     approve supervisor          → approved supervisor › none
                ray     approve reviewer            → approved reviewer › none
                ann     approve accountant          → approved accountant › commitFunds
                """)
    }

    @Test
    func `signs are told when they change, and those a person has seen do not stop the payout`() {
        check(
            Opening.proposed
                + """
                office  commit                              ✗ outOfTurn
                ray     approve reviewer
                office  commit risk SHARED_PAYEE            → riskAssessed SHARED_PAYEE, reserved 800.00, clockStarted freeze, clockSuspended closing
                office  forward market
                bo      audit approve
                bo      noAgreement refuses
                office  settle release
                office  openRecovery
                office  orderPayout SHARED_PAYEE            → payoutReviewAsked SHARED_PAYEE, escalated › none
                office  orderPayout                         ✗ outOfTurn
                amy     clear fine                          ✗ notPermitted
                ray     clear -                             ✗ reasonMissing
                ray     clear called-back                   → payoutCleared › orderPayout
                office  orderPayout SHARED_PAYEE            → payoutOrdered P1 800.00
                """)
    }

    @Test func `another account than the one looked into is looked into again`() {
        check(
            Opening.owed
                + """
                office  orderPayout SHARED_PAYEE            → riskAssessed SHARED_PAYEE, payoutReviewAsked SHARED_PAYEE, escalated
                tourist payee wx-other                      → payeeSet wx-other › orderPayout
                office  orderPayout SHARED_PAYEE            → payoutReviewAsked SHARED_PAYEE, escalated › none
                """)
    }

    @Test func `who agreed, filed or gave the account does not send the money by hand`() {
        check(
            Opening.determined
                + """
                office  propose quickPay 800 reviewer
                duo     approve reviewer
                office  commit
                office  openRecovery
                office  orderPayout
                office  wallet P1 failed
                duo     reissue         ✗ separationOfDuties
                cass    reissue         → payoutOrdered P2 800.00
                """)
        check(
            Opening.ordered
                + """
                office  wallet P1 failed
                duo     reissue wx-new  → payeeSet wx-new, payoutReviewAsked PAYEE_CHANGED
                duo     clear fine      ✗ separationOfDuties
                duo     reissue         ✗ separationOfDuties
                """)
    }
}
