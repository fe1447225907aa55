import Casework
import Ledger
import Testing

/// The fund gets its money back, or two people say why not.
@Suite struct RecoveryTests {
    @Test func `nothing runs against the merchant before the notice is served`() {
        check(
            Opening.paid
                + """
                ann     respond accept          ✗ noticeNotServed
                sue     uphold 100              ✗ noticeNotServed
                ann     proposeWriteOff         ✗ noticeNotServed
                ann     serve -                 ✗ reasonMissing
                ann     serve receipt-1         → noticeServed, clockStarted response, clockStarted repayment, clockStarted limitation
                ann     serve receipt-2         ✗ outOfTurn
                """)
    }

    @Test func `a merchant pays in parts, each receipt counts once`() {
        check(
            Opening.notified
                + """
                ann     respond accept          → merchantResponded, clockStopped response
                ann     repay 300 bank-1        → repaid 300.00
                office  repay 300 bank-1        → nothing
                ann     repay 0 bank-2          ✗ amountOutOfRange
                ann     repay 500.01 bank-2     ✗ amountOutOfRange
                ann     repay 100 -             ✗ reasonMissing
                ann     setOff 200 bank-1       → nothing
                ann     setOff 200 deposit-1    → depositSetOff 200.00
                ann     repay 300 bank-2        → repaid 300.00, recoveryClosed, clockStopped repayment, clockStopped limitation
                ann     repay 1 bank-3          ✗ outOfTurn
                books                           → approved 800.00, reserved 0.00, released 0.00, returned 0.00, recoverable 0.00, payable 0.00, spendable 10000.00
                """)
    }

    @Test func `a merchant may pay before any notice`() {
        check(
            Opening.paid
                + "office repay 800 bank-1 → repaid 800.00, recoveryClosed, clockStopped limitation\nann serve late ✗ outOfTurn"
        )
    }

    @Test func `a defence is upheld by another than who took it down`() {
        check(
            Opening.notified
                + """
                sue     uphold 100 agreed       ✗ outOfTurn
                duo     respond dispute         → merchantResponded, clockStopped response
                duo     uphold 100 agreed       ✗ separationOfDuties
                ann     uphold 100 agreed       ✗ notPermitted
                sue     uphold 800.01 agreed    ✗ amountOutOfRange
                sue     uphold 100 -            ✗ reasonMissing
                sue     uphold 100 agreed       → defenceUpheld 100.00
                books                           → approved 800.00, reserved 0.00, released 0.00, returned 0.00, recoverable 700.00, payable 0.00, spendable 9200.00
                sue     uphold 700 the-rest     → defenceUpheld 700.00, recoveryClosed, clockStopped repayment, clockStopped limitation
                """)
    }

    @Test func `an answer may change, and an offer is within what is owed`() {
        check(
            Opening.notified
                + """
                ann     respond partial 900     ✗ amountOutOfRange
                ann     respond partial 400     → merchantResponded, clockStopped response
                ann     respond dispute         → merchantResponded
                ann     respond accept          → merchantResponded
                """)
    }

    @Test func `a write-off takes two people, and money may still come after it`() {
        check(
            Opening.notified
                + """
                sue     approveWriteOff         ✗ outOfTurn
                ann     proposeWriteOff -       ✗ reasonMissing
                duo     proposeWriteOff bankrupt → writeOffProposed
                duo     approveWriteOff         ✗ separationOfDuties
                ann     repay 300 bank-1        → repaid 300.00
                sue     approveWriteOff         → writtenOff 500.00, clockStopped response, clockStopped repayment, clockStopped limitation
                books                           → approved 800.00, reserved 0.00, released 0.00, returned 0.00, recoverable 0.00, payable 0.00, spendable 9500.00
                ann     setOff 100 deposit-1    ✗ outOfTurn
                ann     repay 500.01 bank-2     ✗ amountOutOfRange
                ann     repay 200 bank-2        → repaidAfterWriteOff 200.00
                ann     repay 200 bank-2        → nothing
                ann     repay 300.01 bank-3     ✗ amountOutOfRange
                ann     repay 300 bank-3        → repaidAfterWriteOff 300.00
                ann     repay 1 bank-4          ✗ amountOutOfRange
                books                           → approved 800.00, reserved 0.00, released 0.00, returned 0.00, recoverable 0.00, payable 0.00, spendable 10000.00
                """)
    }

    @Test func `the voucher of money given up names who proposed and who agreed`() {
        let desk = desk(
            after: Opening.notified + "ann proposeWriteOff bankrupt\nsue approveWriteOff\n")
        let before = Case(
            id: desk.id,
            replaying: desk.recorded.prefix { $0.event != .writtenOff(Money(fen: 800_00)) })
        let writtenOff = desk.recorded.first { $0.event == .writtenOff(Money(fen: 800_00)) }
        let draft = Postings.draft(for: writtenOff!, of: before!, in: FundLedger.books)
        #expect(draft?.maker == "ann")
        #expect(draft?.checker == "sue")
    }
}
