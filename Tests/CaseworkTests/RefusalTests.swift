import Casework
import Testing

/// Each refusal, in the order in which `Refusal` lists them: where two apply, the first is the answer.
@Suite struct RefusalTests {
    @Test func `what one may never do is refused first`() {
        check(
            Opening.ordered
                + """
                aud     close               ✗ notPermitted
                amy     reduce 0 -          ✗ notPermitted
                office  file2               ✗ Unreadable(words: ["file2"])
                """)
        check("aud file ✗ notPermitted", on: Desk(filing: Sample.filing(claimed: -1)))
    }

    @Test func `a bureau touches its own work orders only`() {
        check(
            Opening.withBureau
                + """
                bea     acknowledge         ✗ notYourBureau
                nemo    acknowledge         ✗ notYourBureau
                both    audit approve       ✗ notYourBureau
                both    merchantPaid 1 slip → merchantPaid 1.00
                bo      acknowledge         → acknowledged
                bea     acknowledge         ✗ notYourBureau
                bo      acknowledge         ✗ outOfTurn
                """)
        check(Opening.accepted + "\nbo evidence photo ✗ outOfTurn")
    }

    @Test func `open money and an unserved notice say more than out of turn`() {
        check(Opening.withBureau + "amy close ✗ moneyOpen")
        check(Opening.owed + "amy close ✗ moneyOpen")
        check(Opening.accepted + "\namy close ✗ outOfTurn")
        check(Opening.paid + "ann proposeWriteOff - ✗ noticeNotServed")
        check(Opening.accepted + "\nann proposeWriteOff - ✗ outOfTurn")
    }

    @Test func `out of turn comes before what the command carries`() {
        check(
            Opening.accepted
                + """

                ray     reduce 0 -          ✗ outOfTurn
                ray     approve reviewer    ✗ outOfTurn
                amy     reopen -            ✗ outOfTurn
                tourist contest -           ✗ outOfTurn
                """)
        check(Opening.refused + "bo audit reduce 0 - ✗ outOfTurn")
    }

    @Test func `a reason comes before who gives it, and that before the amount`() {
        let own = "duo file\n" + Opening.proposed.dropFirst("amy     file\n".count)
        check(own + "duo reduce 0 - ✗ reasonMissing")
        check(own + "duo reduce 0 why ✗ separationOfDuties")
        check(own + "duo approve supervisor ✗ separationOfDuties")
        check(own + "ray approve supervisor ✗ approvalNotWanted")
        check(own + "ray reduce 0 why ✗ amountOutOfRange")
        check(
            Opening.withBureau
                + "amy merchantPaid 0 - ✗ reasonMissing\namy merchantPaid 0 slip ✗ amountOutOfRange"
        )
    }

    @Test func `a clock fires each step once, in order, when it is due`() {
        check(
            """
            amy     file
            office  fire acceptance warning ✗ clockNotDue
            office  fire audit warning      ✗ clockNotDue
            after   3m
            office  fire acceptance breach  ✗ clockNotDue
            office  fire acceptance warning → clockFired acceptance warning
            office  fire acceptance warning ✗ clockNotDue
            office  fire acceptance breach  → clockFired acceptance breach, escalated
            office  fire acceptance breach  ✗ clockNotDue
            """)
    }
}
