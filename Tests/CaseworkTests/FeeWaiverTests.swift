import Casework
import Ledger
import Testing

/// 费用免除: what the fund bears for good.
@Suite struct FeeWaiverTests {
    private static let waived = """
        amy     file
        office  classify
        office  accept
        office  determine 800
        office  propose waiveFee 800 automatic
        office  commit

        """

    @Test func `a waived fee is owed at once, is an expense, and nobody owes it back`() {
        check(
            """
            amy     file
            office  classify
            office  accept
            office  determine 800
            office  propose waiveFee 800 automatic     → advanceProposed waiveFee 800.00 | proposed › commitFunds
            office  commit      → feeWaived 800.00, clockStopped audit | paying › orderPayout
            books               → approved 800.00, reserved 0.00, released 0.00, returned 0.00, recoverable 0.00, payable 800.00, spendable 9200.00
            office  openRecovery                    ✗ outOfTurn
            office  orderPayout                     → payoutOrdered P1 800.00 › none
            office  wallet P1 confirmed             → payoutConfirmed P1 800.00, resolved paidByFund, clockStopped closing | resolved paidByFund › none
            books               → approved 800.00, reserved 0.00, released 0.00, returned 0.00, recoverable 0.00, payable 0.00, spendable 9200.00
            """)
    }

    @Test func `a waived fee waits for the pool, and may need people, as any money does`() {
        check(
            """
            amy     file
            office  classify
            office  accept
            office  determine 800
            office  propose waiveFee 800 reviewer      → advanceProposed waiveFee 800.00 | proposed › none
            ray     approve reviewer                → approved reviewer › commitFunds
            office  commit 500                      → fundsAwaited 300.00 | awaitingFunds › none
            ray     reduce 400 short                ✗ separationOfDuties
            """)
    }

    @Test func `a waived fee that came back is paid again, and still nobody owes it`() {
        check(
            Self.waived
                + """
                office  orderPayout
                office  wallet P1 confirmed
                office  wallet P1 bounced    → payoutBounced P1 800.00, escalated, clockStarted closing | paying › none
                books       → approved 800.00, reserved 0.00, released 0.00, returned 0.00, recoverable 0.00, payable 800.00, spendable 9200.00
                """)
    }

    @Test func `a waived fee that nobody collects is no expense any more`() {
        check(
            Self.waived
                + """
                after 366d
                ann     proposeUnclaimed gone
                sue     approveUnclaimed        → unclaimedReturned 800.00 0.00, resolved unclaimed, clockStopped closing
                books                           → approved 800.00, reserved 0.00, released 0.00, returned 0.00, recoverable 0.00, payable 0.00, spendable 10000.00
                """,
            on: Desk(
                filing: Sample.filing(payee: nil), terms: Sample.terms(unclaimedDays: 365)))
    }

    @Test func `the voucher of a waived fee debits the expense of its provider`() throws {
        let lines = Posting.feeWaiver(Money(fen: 38_000), toCase: "CQ-1", for: "F1")
        #expect(
            lines == [
                .debit(Chart.feeWaivers, sub: "F1", Money(fen: 38_000)),
                .credit(Chart.payable, sub: "CQ-1", Money(fen: 38_000)),
            ])
    }
}
