import Casework
import Ledger
import Testing

/// Money on its way to the tourist. A second payout beside an open one would pay twice.
@Suite struct PayoutTests {
    @Test func `there is never a second payout beside an open one`() {
        for state in ["ordered", "underWay", "unknown"] {
            check(
                Opening.ordered
                    + """
                    office  wallet P1 \(state)
                    office  orderPayout         ✗ payoutOpen
                    cass    reissue             ✗ outOfTurn
                    tourist payee wx-other      ✗ outOfTurn
                    amy     close               ✗ moneyOpen
                    """)
        }
    }

    @Test func `what nobody knows stays unknown until a query tells`() {
        check(
            Opening.ordered
                + """
                office  wallet P1 unknown       → payoutUnknown P1 | paying › none
                office  wallet P1 unknown       → nothing | paying › none
                office  wallet P1 ordered       → nothing
                office  wallet P1 underWay      → payoutProgressed P1 › none
                office  wallet P1 unknown       → payoutUnknown P1 › none
                office  wallet P1 confirmed     → payoutConfirmed P1 800.00, assignmentTaken, clockStarted limitation, resolved paidByFund, clockStopped closing
                office  orderPayout             ✗ outOfTurn
                """)
    }

    @Test func `a lapsed payout is sent again by itself, with a new number, up to the limit`() {
        check(
            Opening.ordered
                + """
                office  wallet P1 lapsed        → payoutLapsed P1 › reissuePayout
                office  orderPayout             ✗ outOfTurn
                office  reissue wx-other        ✗ outOfTurn
                office  reissue                 → payoutOrdered P2 800.00 › none
                office  wallet P2 lapsed        → payoutLapsed P2 › reissuePayout
                office  reissue                 → payoutOrdered P3 800.00
                office  wallet P3 lapsed        → payoutLapsed P3, escalated › none
                office  reissue                 ✗ outOfTurn
                cass    reissue                 → payoutOrdered P4 800.00
                office  wallet P4 confirmed     → payoutConfirmed P4 800.00, assignmentTaken, clockStarted limitation, resolved paidByFund, clockStopped closing
                """)
        check(
            Opening.ordered
                + """
                office  wallet P1 lapsed        → payoutLapsed P1, escalated › none
                office  reissue                 ✗ outOfTurn
                """, on: Desk(terms: Sample.terms(reissueLimit: 0)))
    }

    @Test func `a failed payout waits for the cashier`() {
        check(
            Opening.ordered
                + """
                office  wallet P1 failed        → payoutFailed P1, escalated | paying › none
                office  reissue                 ✗ outOfTurn
                office  orderPayout             ✗ outOfTurn
                cass    reissue wx-new          → payeeSet wx-new, payoutReviewAsked PAYEE_CHANGED › none
                cass    clear checked           ✗ notPermitted
                ray     clear checked           → payoutCleared › reissuePayout
                office  reissue                 → payoutOrdered P2 800.00
                office  wallet P2 confirmed     → payoutConfirmed P2 800.00, assignmentTaken, clockStarted limitation, resolved paidByFund, clockStopped closing
                """)
    }

    @Test func `a payout that comes back is owed again, in any stage`() {
        check(
            Opening.paid
                + """
                amy     close                   → closed
                office  wallet P1 bounced       → payoutBounced P1 800.00, escalated, clockStarted closing | paying › none
                books                           → approved 800.00, reserved 0.00, released 0.00, returned 0.00, recoverable 800.00, payable 800.00, spendable 9200.00
                office  wallet P1 bounced       → nothing
                office  reissue                 ✗ outOfTurn
                cass    reissue wx-new          → payeeSet wx-new, payoutReviewAsked PAYEE_CHANGED › none
                cass    clear checked           ✗ notPermitted
                ray     clear checked           → payoutCleared › reissuePayout
                office  reissue                 → payoutOrdered P2 800.00
                office  wallet P2 confirmed     → payoutConfirmed P2 800.00, assignmentTaken, clockStarted limitation, resolved paidByFund, clockStopped closing
                books                           → approved 800.00, reserved 0.00, released 0.00, returned 0.00, recoverable 800.00, payable 0.00, spendable 9200.00
                """)
    }

    @Test func `a line in suspense is a payout's return on two people's word, whole and once`() {
        check(
            Opening.ordered
                + """
                ann     returnSuspense P1 800       ✗ payoutNotConfirmed
                """)
        check(
            Opening.paid
                + """
                amy     close                       → closed
                ann     returnSuspense P2 800       ✗ payoutUnknown
                ann     returnSuspense P1 800 ann   ✗ separationOfDuties
                cass    returnSuspense P1 800       ✗ notPermitted
                ann     returnSuspense P1 799.99    ✗ returnDiffers
                ann     returnSuspense P1 800       → payoutReturnedFromSuspense P1 800.00, escalated, clockStarted closing | paying › none
                books                               → approved 800.00, reserved 0.00, released 0.00, returned 0.00, recoverable 800.00, payable 800.00, spendable 9200.00
                sue     returnSuspense P1 800       ✗ payoutReturned
                office  wallet P1 bounced           → nothing
                office  wallet P1 confirmed         → nothing
                office  orderPayout                 ✗ outOfTurn
                office  reissue                     ✗ outOfTurn
                cass    reissue                     → payoutOrdered P2 800.00
                ann     returnSuspense P1 800       ✗ payoutReturned
                ann     returnSuspense P2 800       ✗ payoutNotConfirmed
                office  wallet P2 confirmed         → payoutConfirmed P2 800.00, assignmentTaken, clockStarted limitation, resolved paidByFund, clockStopped closing
                books                               → approved 800.00, reserved 0.00, released 0.00, returned 0.00, recoverable 800.00, payable 0.00, spendable 9200.00
                """)
        check(
            Opening.paid
                + """
                office  wallet P1 bounced
                ann     returnSuspense P1 800       ✗ payoutReturned
                """)
    }

    @Test
    func `a payout known to have come back before it was known to be paid is booked both ways`() {
        check(
            Opening.ordered
                + """
                office  wallet P1 unknown
                office  wallet P1 bounced       → payoutConfirmed P1 800.00, payoutBounced P1 800.00, escalated | paying › none
                books                           → approved 800.00, reserved 0.00, released 0.00, returned 0.00, recoverable 800.00, payable 800.00, spendable 9200.00
                """)
    }

    @Test func `a wallet that contradicts itself is looked into by a person, once`() {
        check(
            Opening.ordered
                + """
                office  wallet P1 failed
                office  wallet P1 confirmed     → escalated | paying
                office  wallet P1 confirmed     → nothing
                office  wallet P1 underWay      → nothing
                """)
        check(
            Opening.paid
                + """
                office  wallet P1 failed        → escalated | resolved paidByFund
                office  wallet P1 failed        → nothing
                office  wallet P1 underWay      → nothing
                """)
    }

    @Test func `a payout needs an account and a number that is known`() {
        check(
            Opening.owed
                + """
                office  orderPayout             ✗ payeeMissing
                tourist payee wx-li             → payeeSet wx-li › orderPayout
                tourist payee wx-li             → nothing
                office  orderPayout             → payoutOrdered P1 800.00
                office  wallet P2 confirmed     ✗ payoutUnknown
                office  wallet SY2500000020P1 confirmed ✗ payoutUnknown
                """, on: Desk(filing: Sample.filing(payee: nil)))
    }

    @Test func `a payout number fits the wallet`() {
        let id = CaseNumber.make(prefix: "SANYAX", year: 2025, sequence: 9_999_999)
        let number = Payout.number(for: id, attempt: 999)
        #expect(number.count <= 32)
        #expect(number.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) })
    }
}
