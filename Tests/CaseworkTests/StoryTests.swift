import Casework
import Ledger
import Testing

/// Whole cases, from the first word to the last voucher.
@Suite struct StoryTests {
    @Test func `quick pay is owed at once and nothing is set aside for it`() {
        check(
            """
            amy     file        → filed, clockStarted acceptance, clockStarted closing | filed › classify
            office  classify    → classified › ruleOnAcceptance
            office  accept      → accepted, clockStopped acceptance, clockStarted audit | assessing › determine
            office  determine 800                   → determined › proposeAdvance
            office  propose quickPay 800 automatic  → advanceProposed quickPay 800.00 | proposed › commitFunds
            office  commit      → quickPayGranted 800.00, clockStopped audit | paying › openRecovery
            books               → approved 800.00, reserved 0.00, released 0.00, returned 0.00, recoverable 800.00, payable 800.00, spendable 9200.00
            office  openRecovery                    → recoveryOpened 800.00 › orderPayout
            office  orderPayout                     → payoutOrdered P1 800.00 › none
            office  wallet P1 underWay              → payoutProgressed P1
            office  wallet P1 underWay              → nothing
            office  wallet P1 confirmed             → payoutConfirmed P1 800.00, assignmentTaken, clockStarted limitation, resolved paidByFund, clockStopped closing | resolved paidByFund › none
            books               → approved 800.00, reserved 0.00, released 0.00, returned 0.00, recoverable 800.00, payable 0.00, spendable 9200.00
            amy     followUp a                      → followedUp a
            amy     close                           → closed | closed paidByFund › none
            """)
    }

    @Test func `reserved money returns to the pool when the merchant pays`() {
        check(
            Opening.proposed
                + """
                ray     approve reviewer            → approved reviewer › commitFunds
                office  commit                      → reserved 800.00, clockStarted freeze, clockSuspended closing | withBureau › forward
                books                               → approved 800.00, reserved 800.00, released 0.00, returned 0.00, recoverable 0.00, payable 0.00, spendable 9200.00
                office  forward market              → forwarded market › none
                bo      acknowledge                 → acknowledged
                bo      audit approve               → audited approve, clockStopped audit
                bo      merchantPaid 800 slip-1     → merchantPaid 800.00 › settle
                office  settle returnToPool         → settled returnToPool, reservationReturned 800.00, resolved paidByMerchant, clockStopped freeze, clockStopped closing | resolved paidByMerchant › none
                books                               → approved 800.00, reserved 0.00, released 0.00, returned 800.00, recoverable 0.00, payable 0.00, spendable 10000.00
                amy     close                       → closed | closed paidByMerchant
                """)
    }

    @Test func `after the freeze the money goes to the tourist and the merchant owes it`() {
        check(
            Opening.withBureau
                + """
                bo      audit reduce 600 half-used  → audited reduce, reservationReduced 200.00, clockStopped audit
                after   7d
                office  fire freeze breach          ✗ clockNotDue
                office  fire freeze warning         → clockFired freeze warning › none
                office  fire freeze breach          → clockFired freeze breach › settle
                office  settle release              → settled release, released 600.00, clockStopped freeze, clockResumed closing | paying › openRecovery
                books                               → approved 600.00, reserved 0.00, released 600.00, returned 200.00, recoverable 600.00, payable 600.00, spendable 9400.00
                office  openRecovery                → recoveryOpened 600.00 › orderPayout
                office  orderPayout                 → payoutOrdered P1 600.00
                office  wallet P1 confirmed         → payoutConfirmed P1 600.00, assignmentTaken, clockStarted limitation, resolved paidByFund, clockStopped closing
                ann     serve registered-letter     → noticeServed, clockStarted response, clockStarted repayment, clockStarted limitation
                ann     repay 600 bank-77           → repaid 600.00, recoveryClosed, clockStopped response, clockStopped repayment, clockStopped limitation
                books                               → approved 600.00, reserved 0.00, released 600.00, returned 200.00, recoverable 0.00, payable 0.00, spendable 10000.00
                """)
    }

    @Test func `what the merchant paid the tourist is not paid again by the fund`() {
        check(
            Opening.withBureau
                + """
                bo      merchantPaid 300 slip-1     → merchantPaid 300.00 › settle
                office  settle wait                 → settled wait › none
                bo      noAgreement refuses         → noAgreementReached › settle
                office  settle release              → settled release, reservationReduced 300.00, released 500.00, clockStopped audit, clockStopped freeze, clockResumed closing | paying
                books                               → approved 500.00, reserved 0.00, released 500.00, returned 300.00, recoverable 500.00, payable 500.00, spendable 9500.00
                """)
        check(
            Opening.withBureau
                + """
                bo      merchantPaid 900 slip-1     → merchantPaid 900.00
                office  settle release              → settled release, reservationReturned 800.00, resolved paidByMerchant, clockStopped audit, clockStopped freeze, clockStopped closing | resolved paidByMerchant
                """)
        check(
            Opening.determined
                + """
                amy     merchantPaid 300 slip-1     → merchantPaid 300.00 › proposeAdvance
                office  propose quickPay 800 automatic → advanceProposed quickPay 800.00 › settle
                office  commit                      ✗ outOfTurn
                office  settle wait                 → settled wait › commitFunds
                office  commit                      → quickPayGranted 500.00, clockStopped audit
                books                               → approved 500.00, reserved 0.00, released 0.00, returned 0.00, recoverable 500.00, payable 500.00, spendable 9500.00
                """)
        check(
            Opening.determined
                + """
                office  propose quickPay 800 automatic
                amy     merchantPaid 800 slip-1     → merchantPaid 800.00 › settle
                office  settle wait                 → settled wait › commitFunds
                office  commit                      → resolved solvedWithoutAdvance, clockStopped audit, clockStopped closing | resolved solvedWithoutAdvance › none
                books                               → approved 800.00, reserved 0.00, released 0.00, returned 0.00, recoverable 0.00, payable 0.00, spendable 10000.00
                """)
    }

    @Test func `a merchant who pays before there is an advance leaves nothing to advance`() {
        check(
            Opening.proposed
                + """
                amy     merchantPaid 800 slip-1     → merchantPaid 800.00 › settle
                office  settle resolvedWithoutAdvance → settled resolvedWithoutAdvance, resolved solvedWithoutAdvance, clockStopped audit, clockStopped closing | resolved solvedWithoutAdvance
                ray     approve reviewer            ✗ outOfTurn
                office  commit                      ✗ outOfTurn
                """)
        check(
            Opening.accepted
                + """

                amy     merchantPaid 800 slip-1     → merchantPaid 800.00 › determine
                office  determine 800               → determined › proposeAdvance
                office  propose reserve 800 reviewer → advanceProposed reserve 800.00 › settle
                office  settle resolvedWithoutAdvance → settled resolvedWithoutAdvance, resolved solvedWithoutAdvance, clockStopped audit, clockStopped closing
                """)
    }

    @Test func `a case that the pool cannot cover waits and goes on when money comes`() {
        check(
            Opening.proposed
                + """
                ray     approve reviewer
                office  commit 500                  → fundsAwaited 300.00 | awaitingFunds › none
                office  commit 500                  → nothing | awaitingFunds
                office  commit 700                  → fundsAwaited 100.00 | awaitingFunds
                office  commit 800                  → reserved 800.00, clockStarted freeze, clockSuspended closing | withBureau
                """)
        check(
            Opening.proposed
                + """
                ray     approve reviewer
                office  commit 0                    → fundsAwaited 800.00
                sue     refuse duplicate            → advanceRefused, clockStopped audit | withBureau › forward
                office  commit 10000                ✗ outOfTurn
                """)
    }

    @Test func `an audit limit that passed while the pool was short is set anew for the bureau`() {
        check(
            Opening.proposed
                + """
                ray     approve reviewer
                office  commit 0
                after   31m
                office  fire audit warning          → clockFired audit warning
                office  fire audit breach           → clockFired audit breach, escalated
                office  commit 800                  → reserved 800.00, clockStarted freeze, clockSuspended closing
                office  forward market silent       → forwarded market, clockStarted audit
                after   45m
                office  fire audit warning          → clockFired audit warning
                office  fire audit breach           → clockFired audit breach, audited approve, clockStopped audit
                """)
    }

    @Test func `a freeze that ends without a settlement is escalated and not forgotten`() {
        check(
            Opening.withBureau
                + """
                bo      audit approve
                after   7d
                office  fire freeze warning
                office  fire freeze breach          → clockFired freeze breach › settle
                office  settle wait                 → settled wait, escalated › none
                bo      merchantPaid 800 slip-1     → merchantPaid 800.00 › settle
                office  settle returnToPool         → settled returnToPool, reservationReturned 800.00, resolved paidByMerchant, clockStopped freeze, clockStopped closing
                """)
    }

    @Test func `a withdrawn case gives back what was reserved and leaves the bureau nothing to do`()
    {
        check(
            Opening.withBureau
                + """
                tourist withdraw                    → withdrawn, reservationReturned 800.00, clockStopped audit, clockStopped closing, clockStopped freeze | withdrawn › none
                bo      acknowledge                 ✗ outOfTurn
                tourist evidence receipt            ✗ outOfTurn
                books                               → approved 800.00, reserved 0.00, released 0.00, returned 800.00, recoverable 0.00, payable 0.00, spendable 10000.00
                """)
        check(
            Opening.proposed
                + """
                amy     merchantPaid 100 slip-1     → merchantPaid 100.00 › settle
                tourist withdraw                    → withdrawn, clockStopped audit, clockStopped closing | withdrawn › none
                office  settle resolvedWithoutAdvance ✗ outOfTurn
                """)
        check(Opening.owed + "tourist withdraw ✗ outOfTurn")
    }

    @Test func `a reopened case is forwarded again and can be resolved again`() {
        check(
            Opening.refused
                + """
                bo      noAgreement refuses         → noAgreementReached › settle
                office  settle wait                 → settled wait, resolved noAgreement, clockStopped closing | resolved noAgreement
                amy     close                       → closed | closed noAgreement
                amy     reopen new-receipt          → reopened, clockStarted closing | withBureau › forward
                office  forward tourism             → forwarded tourism › none
                bo      noAgreement again           ✗ notYourBureau
                bea     merchantPaid 500 slip-9     → merchantPaid 500.00 › settle
                office  settle resolvedWithoutAdvance → settled resolvedWithoutAdvance, resolved solvedWithoutAdvance, clockStopped closing
                """)
    }

    @Test
    func `a case resolved while an advance was pending cannot be paid after reopening by chance`() {
        check(
            Opening.proposed
                + """
                amy     merchantPaid 800 slip-1
                office  settle resolvedWithoutAdvance
                amy     reopen slip-was-false       → reopened, clockStarted closing | withBureau › forward
                ray     approve reviewer            ✗ outOfTurn
                office  commit                      ✗ outOfTurn
                tourist contest slip-was-false      → contested, escalated
                sue     grant 800 never-paid        → contestAnswered taken back, advanceProposed reserve 800.00, clockStarted audit | proposed › settle
                office  settle wait                 → settled wait
                sam     approve supervisor          → approved supervisor › commitFunds
                """)
    }

    @Test func `a case sent back as not theirs waits for a person to name the next bureau`() {
        check(
            Opening.withBureau
                + """
                bo      audit notOurs a-hotel       → audited notOurs, escalated | withBureau › none
                bo      audit approve               ✗ outOfTurn
                office  forward tourism             ✗ outOfTurn
                sue     designate tourism hotels    → designated tourism, clockStarted audit
                sue     designate tourism hotels    ✗ outOfTurn
                bo      audit approve               ✗ notYourBureau
                bea     audit refuse used-the-room  → audited refuse, reservationReturned 800.00, advanceRefused, clockStopped audit, clockStopped freeze, clockResumed closing | withBureau
                books                               → approved 800.00, reserved 0.00, released 0.00, returned 800.00, recoverable 0.00, payable 0.00, spendable 10000.00
                """)
    }
}
