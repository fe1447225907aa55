import Casework
import Ledger
import Testing

/// What a recovery rests on, when it ends by time, and where what is given up goes.
@Suite struct RecoveryDepthTests {
    @Test func `nobody gives notice of a claim that was not made over (H08)`() {
        check(
            Opening.ordered
                + """
                ann     serve receipt-1     ✗ assignmentMissing
                office  fire response warning   ✗ clockNotDue
                amy     deed -              ✗ reasonMissing
                amy     deed paper-1        → assignmentTaken
                amy     deed paper-2        ✗ outOfTurn
                ann     serve receipt-1     → noticeServed, clockStarted response, clockStarted repayment
                """)
        #expect(desk(after: Opening.paid).file?.recovery?.deed?.reference.hasSuffix("P1") == true)
    }

    @Test func `a demand lets the three years begin anew (H09)`() {
        let paid = Day("2025-03-01")!
        #expect(Recovery.limitation(after: paid, years: 3) == Day("2028-03-01"))
        #expect(Recovery.limitation(after: Day("2026-02-10")!, years: 3) == Day("2029-02-10"))
        #expect(Recovery.limitation(after: Day("2028-02-29")!, years: 3) == Day("2031-02-28"))
        var desk = Desk()
        desk.now = Moment("2025-03-01T09:00:00+08:00")!
        desk = CaseworkTests.desk(after: Opening.notified, on: desk)
        #expect(desk.file?.recovery?.limitationDay == Day("2028-03-01"))
        desk.now = Moment("2026-02-10T09:00:00+08:00")!
        check("ann demand letter-2 → demanded 2026-02-10, clockStarted limitation", on: desk)
        desk = CaseworkTests.desk(after: "ann demand letter-2", on: desk)
        #expect(desk.file?.recovery?.limitationDay == Day("2029-02-10"))
        let warned = desk.file?.clocks[.limitation]?.next
        #expect(warned?.step == .warning)
        #expect(warned?.at == Moment("2028-11-13T00:00:00+08:00"))
    }

    @Test func `ninety days before it lapses, and when it has, somebody is told`() {
        check(
            Opening.notified
                + """
                ann     demand -                    ✗ reasonMissing
                after 1007d
                office  fire limitation breach      ✗ clockNotDue
                office  fire limitation warning     → clockFired limitation warning, escalated
                after 96d
                office  fire limitation breach      → clockFired limitation breach, escalated
                """)
        check(Opening.paid + "ann demand letter ✗ noticeNotServed")
    }

    @Test func `a plan is kept instalment by instalment; one missed, and the rest is due`() {
        check(
            Opening.notified
                + """
                ann     plan 5 400              ✗ planUnfit
                ann     plan 5 400 5 400        ✗ planUnfit
                ann     plan 0 400 5 400        ✗ planUnfit
                ann     plan 5 400 9 400.01     ✗ planUnfit
                ann     plan 5 400 9 400        → planAgreed 2, clockStopped repayment, clockStarted instalment
                ann     repay 399.99 bank-1     → repaid 399.99
                ann     repay 0.01 bank-2       → repaid 0.01, clockStopped instalment, clockStarted instalment
                after 10d
                office  fire instalment warning → clockFired instalment warning
                office  fire instalment breach  → clockFired instalment breach, planBroken, escalated
                ann     plan 5 400              → planAgreed 1, clockStopped instalment, clockStarted instalment
                ann     repay 400 bank-3        → repaid 400.00, recoveryClosed, clockStopped response, clockStopped instalment, clockStopped limitation
                """)
    }

    @Test func `interest is simple, by the day, and rounded once`() {
        // 800.00 from 15 days after service: 100 days, then 500.00 for 65 days, at 3.10 % over 365 days.
        var recovery = desk(after: Opening.notified).file!.recovery!
        #expect(recovery.interest(through: Day("2026-01-01")!) == .zero)
        var desk = desk(after: Opening.owedWithInterest)
        recovery = desk.file!.recovery!
        let limit = recovery.notice!.servedOn.advanced(by: 15)
        #expect(recovery.interest(through: limit) == .zero)
        #expect(recovery.interest(through: limit.advanced(by: 1)) == Money(fen: 7))  // 6.79
        #expect(recovery.interest(through: limit.advanced(by: 100)) == Money(fen: 6_79))
        desk.now = desk.now.advanced(byMinutes: 1_440 * 115)
        check(
            """
            ann     repay 300 bank-1        → repaid 300.00
            after 65d
            ann     interest 9.56 bank-2    ✗ amountOutOfRange
            ann     interest 9.55 bank-2    → interestPaid 9.55
            ann     interest 9.55 bank-2    → nothing
            ann     interest 0.01 bank-3    ✗ amountOutOfRange
            """, on: desk)
    }

    @Test func `a write-off is rejected by another person, and by none who agreed to the advance`()
    {
        check(
            Opening.notified
                + """
                duo     proposeWriteOff bankrupt
                duo     rejectWriteOff solvent      ✗ separationOfDuties
                sue     rejectWriteOff -            ✗ reasonMissing
                sue     rejectWriteOff solvent      → writeOffRejected
                sue     approveWriteOff             ✗ outOfTurn
                ann     repay 800 bank-1            → repaid 800.00, recoveryClosed, clockStopped response, clockStopped repayment, clockStopped limitation
                """)
        check(
            Opening.determined
                + """
                office  propose quickPay 800 supervisor
                sue     approve supervisor
                office  commit
                office  openRecovery
                office  orderPayout
                office  wallet P1 confirmed
                ann     serve receipt-1
                ann     proposeWriteOff bankrupt
                sue     approveWriteOff             ✗ separationOfDuties
                sam     approveWriteOff             → writtenOff 800.00, clockStopped response, clockStopped repayment, clockStopped limitation
                """)
    }

    @Test func `who was paid twice owes it to the fund, and the merchant no longer does`() {
        check(
            Opening.ordered + "amy double 200 slip ✗ outOfTurn")
        check(
            Opening.paid
                + """
                amy     double 800.01 slip      ✗ amountOutOfRange
                amy     double 200 -            ✗ reasonMissing
                duo     double 200 slip         → doublePaymentFound 200.00
                ann     touristPays 200 bank-1  ✗ outOfTurn
                duo     claimBack twice         ✗ separationOfDuties
                sue     claimBack twice         → claimBackOpened 200.00
                books                           → approved 800.00, reserved 0.00, released 0.00, returned 0.00, recoverable 600.00, payable 0.00, spendable 9200.00
                ann     tellTourist letter      → claimBackNotified
                ann     touristPays 150 bank-1  → touristRepaid 150.00
                ann     touristPays 150 bank-1  → nothing
                ann     touristPays 50.01 bank-2 ✗ amountOutOfRange
                ann     touristPays 50 bank-2   → touristRepaid 50.00
                ann     touristPays 1 bank-3    ✗ outOfTurn
                ann     repay 600 bank-4        → repaid 600.00, recoveryClosed, clockStopped limitation
                books                           → approved 800.00, reserved 0.00, released 0.00, returned 0.00, recoverable 0.00, payable 0.00, spendable 10000.00
                """)
    }

    @Test func `what the tourist owes is found in suspense, or given up, by two people`() {
        check(
            Opening.paid
                + """
                amy     double 200 slip                 → doublePaymentFound 200.00
                ann     proposeClaimBackWriteOff gone   ✗ outOfTurn
                sue     claimBack twice                 → claimBackOpened 200.00
                ann     touristSuspense 50 line-1 ann   ✗ separationOfDuties
                ann     touristSuspense 200.01 line-1   ✗ amountOutOfRange
                ann     touristSuspense 50 line-1       → touristRepaidFromSuspense 50.00
                ann     touristSuspense 50 line-1       → nothing
                sue     approveClaimBackWriteOff        ✗ outOfTurn
                ann     proposeClaimBackWriteOff -      ✗ reasonMissing
                ann     proposeClaimBackWriteOff gone   → claimBackWriteOffProposed
                ann     approveClaimBackWriteOff        ✗ notPermitted
                sue     approveClaimBackWriteOff        → claimBackWrittenOff 150.00
                ann     touristPays 1 bank-3            ✗ outOfTurn
                ann     repay 600 bank-4                → repaid 600.00, recoveryClosed, clockStopped limitation
                """)
    }

    @Test func `a defence is borne by the tourist where the tourist had no right to the money`() {
        check(
            Opening.notified
                + """
                ann     respond dispute
                sue     upholdTourist 300 used-it   → claimBackOpened 300.00
                sue     uphold 100 our-mistake      → defenceUpheld 100.00
                books                               → approved 800.00, reserved 0.00, released 0.00, returned 0.00, recoverable 400.00, payable 0.00, spendable 9200.00
                """)
    }

    @Test func `a receipt out of suspense counts like any other, by two people`() {
        check(
            Opening.notified
                + "ann suspense 300 line-1 ann ✗ separationOfDuties\nann suspense 800.01 line-1 cass ✗ amountOutOfRange"
        )
    }
}

/// Owed, and never collected.
@Suite struct UnclaimedTests {
    private static let terms = Sample.terms(unclaimedDays: 365)

    @Test func `after the edition's time two people return it, and the claim stays on record`() {
        check(
            Opening.owed
                + """
                after 364d
                ann     proposeUnclaimed gone   ✗ outOfTurn
                after 1d
                ann     proposeUnclaimed -      ✗ reasonMissing
                sue     approveUnclaimed        ✗ outOfTurn
                duo     proposeUnclaimed gone   → unclaimedReturnProposed
                duo     approveUnclaimed        ✗ separationOfDuties
                sue     approveUnclaimed        → unclaimedReturned 800.00 800.00, resolved unclaimed, clockStopped closing | resolved unclaimed
                books                           → approved 800.00, reserved 0.00, released 0.00, returned 0.00, recoverable 0.00, payable 0.00, spendable 10000.00
                tourist contest i-am-back       → contested, escalated
                """, on: Desk(filing: Sample.filing(payee: nil), terms: Self.terms))
    }

    @Test func `what the merchant had repaid meanwhile stays in the pool`() {
        check(
            Opening.owed
                + """
                ann     repay 300 bank-1        → repaid 300.00
                after 366d
                ann     proposeUnclaimed gone
                sue     approveUnclaimed        → unclaimedReturned 800.00 500.00, resolved unclaimed, clockStopped closing
                books                           → approved 800.00, reserved 0.00, released 0.00, returned 0.00, recoverable 0.00, payable 0.00, spendable 10300.00
                """, on: Desk(filing: Sample.filing(payee: nil), terms: Self.terms))
    }

    @Test func `an edition without a time never takes it back`() {
        check(
            Opening.owed + "after 3000d\nann proposeUnclaimed gone ✗ outOfTurn",
            on: Desk(filing: Sample.filing(payee: nil)))
    }
}
