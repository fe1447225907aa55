import Casework
import Ledger
import Testing

@Suite struct StageCommandTests {
    /// A way into each stage, and into each state in which the same stage allows something else.
    private static let ways: [(name: String, script: String)] = [
        ("filed", "amy file\n"),
        ("filed, classified", "amy file\noffice classify\n"),
        ("declined", "amy file\noffice classify\noffice decline\n"),
        ("declined, contested", "amy file\noffice classify\noffice decline\ntourist contest why\n"),
        ("handedOver", "amy file\noffice classify\noffice emergency\n"),
        ("merged", "amy file\noffice classify\noffice merge SY-25-0000009-9\n"),
        ("assessing", Opening.accepted),
        ("assessing, determined", Opening.determined),
        ("awaitingEvidence", Opening.accepted + "\noffice determine 800 receipt\n"),
        ("proposed", Opening.proposed),
        ("proposed, approved", Opening.proposed + "ray approve reviewer\n"),
        ("awaitingFunds", Opening.proposed + "ray approve reviewer\noffice commit 0\n"),
        ("withBureau, not forwarded", Opening.reserved),
        ("withBureau, dispatched", Opening.withBureau),
        ("withBureau, mediating", Opening.withBureau + "bo audit approve\n"),
        ("withBureau, sent back", Opening.withBureau + "bo audit notOurs why\n"),
        ("withBureau, merchant paid", Opening.withBureau + "bo merchantPaid 9 slip\n"),
        ("withBureau, refused", Opening.refused),
        ("withBureau, contested", Opening.refused + "tourist contest why\n"),
        (
            "paying, owed",
            Opening.determined + "office propose quickPay 800 automatic\noffice commit\n"
        ),
        ("paying, ordered", Opening.ordered),
        ("paying, lapsed", Opening.ordered + "office wallet P1 lapsed\n"),
        ("resolved, paid", Opening.paid),
        ("resolved, notified", Opening.notified),
        ("resolved, answered", Opening.notified + "ann respond dispute\n"),
        ("resolved, write-off proposed", Opening.notified + "ann proposeWriteOff why\n"),
        (
            "resolved, written off",
            Opening.notified + "ann proposeWriteOff why\nsue approveWriteOff\n"
        ),
        ("resolved, no agreement", Opening.refused + "bo noAgreement why\noffice settle wait\n"),
        ("resolved, paid twice", Opening.paid + "amy double 200 slip\n"),
        ("resolved, claimed back", Opening.claimedBack),
        ("paying, to be looked at", Opening.owed + "office orderPayout SHARED_PAYEE\n"),
        ("awaitingFunds, over a cap", Opening.overCap),
        ("closed", Opening.paid + "amy close\n"),
        ("withdrawn", Opening.withBureau + "tourist withdraw\n"),
    ]

    /// For each kind of command who gives it, in the forms worth trying.
    private static let tries: [(Command.Kind, [String])] = [
        (.classify, ["office classify"]), (.ruleOnAcceptance, ["office accept"]),
        (.determine, ["office determine 800"]),
        (.proposeAdvance, ["office propose quickPay 800 automatic"]),
        (.commitFunds, ["office commit"]), (.forward, ["office forward market"]),
        (.settle, ["office settle wait"]), (.openRecovery, ["office openRecovery"]),
        (.orderPayout, ["office orderPayout"]), (.addEvidence, ["tourist evidence photo"]),
        (.correctFacts, ["rob correct why"]), (.requestEvidence, ["rob request video"]),
        (.goOnWithout, ["rob goOn why"]), (.designate, ["sam designate tourism why"]),
        (.joinContact, ["office join SY-25-0000008-8"]), (.setPayee, ["tourist payee wx-x"]),
        (.approve, ["rob approve reviewer", "sam approve supervisor"]),
        (.reduce, ["rob reduce 5 why"]), (.refuseAdvance, ["sam refuse why"]),
        (.contest, ["tourist contest why"]), (.answerContest, ["sam stands why"]),
        (.withdraw, ["tourist withdraw"]), (.followUp, ["amy followUp a"]), (.close, ["amy close"]),
        (.reopen, ["amy reopen why"]), (.acknowledge, ["bo acknowledge"]),
        (.audit, ["bo audit approve"]), (.recordMerchantPayment, ["amy merchantPaid 9 slip-2"]),
        (.recordNoAgreement, ["bo noAgreement why"]),
        (.payoutAnswered, ["office wallet P1 unknown"]), (.clearPayout, ["rob clear why"]),
        (.takeReturnFromSuspense, ["ann returnSuspense P1 800"]),
        (.proposeUnclaimedReturn, ["ann proposeUnclaimed why"]),
        (.approveUnclaimedReturn, ["sam approveUnclaimed"]),
        (.recordAssignment, ["ann deed paper-1"]), (.demand, ["ann demand letter-2"]),
        (.agreePlan, ["ann plan 5 400 9 400"]), (.recordInterest, ["ann interest 1 bank-i"]),
        (.takeFromSuspense, ["ann suspense 1 line-1"]),
        (.rejectWriteOff, ["sam rejectWriteOff why"]),
        (.findDoublePayment, ["amy double 1 slip"]), (.claimBack, ["sam claimBack why"]),
        (.notifyClaimBack, ["ann tellTourist letter"]),
        (.recordTouristRepayment, ["ann touristPays 1 bank-t"]),
        (.takeTouristFromSuspense, ["ann touristSuspense 1 line-2"]),
        (.proposeClaimBackWriteOff, ["ann proposeClaimBackWriteOff why"]),
        (.approveClaimBackWriteOff, ["sue approveClaimBackWriteOff"]),
        (.reissuePayout, ["cass reissue"]), (.serveNotice, ["ann serve proof"]),
        (.recordResponse, ["ann respond accept"]), (.upholdDefence, ["sam uphold 1 why"]),
        (.recordRepayment, ["ann repay 1 bank-x"]), (.setOffDeposit, ["ann setOff 1 deposit-x"]),
        (.proposeWriteOff, ["ann proposeWriteOff why"]),
        (.approveWriteOff, ["sam approveWriteOff"]),
        (.fire, Clock.Name.allCases.map { "office fire \($0.rawValue) warning" }),
    ]

    @Test func `each stage allows what the table says, and nothing else`() throws {
        let tried = Set(Self.tries.map(\.0))
        #expect(tried == Set(Command.Kind.allCases).subtracting([.file]))
        var rows = Self.ways.enumerated().map { "\(letter($0)) = \($1.name)" }
        rows.append("")
        rows.append(
            String(repeating: " ", count: 23)
                + Self.ways.indices.map { letter($0) }.joined(separator: " "))
        var desks = Self.ways.map { desk(after: $0.script) }
        // Late enough for every warning.
        for index in desks.indices {
            desks[index].now = desks[index].now.advanced(byMinutes: 60 * 24 * 30)
        }
        var said: Set<String> = []
        for (kind, lines) in Self.tries {
            let marks = desks.map { desk in
                let answers = lines.map { answer($0, at: desk) }
                said.formUnion(answers)
                return answers.contains("yes")
                    ? "x" : answers.allSatisfy { $0 == "outOfTurn" } ? "." : "o"
            }
            rows.append(kind.rawValue.padded(to: 22) + " " + marks.joined(separator: " "))
        }
        rows.append("\nx = goes on, . = out of turn, o = refused for another reason:")
        rows.append(said.subtracting(["yes", "outOfTurn"]).sorted().joined(separator: ", "))
        try checkGolden(rows.joined(separator: "\n") + "\n", "stage-command.txt")
    }

    @Test func `every stage is reached`() {
        let kinds = Set(
            Self.ways.map { way in
                desk(after: way.script).file.map { Brief.text($0.stage).split(separator: " ")[0] }
                    ?? ""
            })
        let stages: Set<Substring> = [
            "filed", "declined", "handedOver", "merged", "assessing", "awaitingEvidence",
            "proposed",
            "awaitingFunds", "withBureau", "paying", "resolved", "closed", "withdrawn",
        ]
        #expect(kinds == stages)
    }

    private func letter(_ index: Int) -> String {
        let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
        return String(letters[letters.index(letters.startIndex, offsetBy: index)])
    }

    private func answer(_ line: String, at desk: Desk) -> String {
        var desk = desk
        var story = StoryLine(Substring(line + " → ?"))
        desk.play(&story)
        let outcome = story.said.outcome ?? ""
        return outcome.hasPrefix("✗ ") ? String(outcome.dropFirst(2)) : "yes"
    }
}

@Suite struct PermissionsTests {
    @Test func `who may do what is the table the office has agreed on`() throws {
        try checkGolden(Permissions.table(), "permissions.txt")
    }

    @Test func `nobody may both make and check`() {
        let pairs: [(Command.Kind, Command.Kind)] = [
            (.proposeWriteOff, .approveWriteOff), (.recordResponse, .upholdDefence),
            (.proposeAdvance, .approve), (.orderPayout, .approve), (.contest, .answerContest),
            (.proposeWriteOff, .rejectWriteOff), (.findDoublePayment, .claimBack),
            (.proposeUnclaimedReturn, .approveUnclaimedReturn), (.reissuePayout, .clearPayout),
        ]
        for (make, check) in pairs {
            #expect(
                Permissions.allowed(make).isDisjoint(with: Permissions.allowed(check)),
                "\(make) and \(check)")
        }
    }

    @Test
    func `an auditor and an administrator change no case, and a merchant only answers and proves`()
    {
        for kind in Command.Kind.allCases {
            for role in [
                Role.auditor, .merchant, .administrator, .policyOfficer, .dutyOfficer, .discipline,
            ] {
                let mayAnswer =
                    role == .merchant && [.recordResponse, .addEvidence].contains(kind)
                #expect(Permissions.permit([role], kind) == mayAnswer, "\(role) \(kind)")
            }
        }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
