package import Ledger

/// What can be asked of a case. Who may ask what is `Permissions`' table; when, is `decide`'s.
package enum Command: Hashable, Sendable {
    // Policy's answers, handed in by the office.
    case classify(Ruling<Classification>)
    case ruleOnAcceptance(Ruling<Acceptance>, repeatOf: ID<Case>?)
    case determine(Ruling<Determination>)
    case proposeAdvance(Ruling<AdvanceDecision>, Ruling<Authority>, risk: Ruling<Risk>? = nil)
    /// Reserve or grant, as far as `spendable` and the gate let it.
    case commitFunds(spendable: Money, gate: Gate = Gate())
    case forward(Ruling<Routing>)
    case settle(Ruling<Settlement>, noAgreement: Bool)
    case openRecovery(Ruling<RecoveryTerms>)
    case orderPayout(risk: Ruling<Risk>? = nil)

    // People at the desk.
    case addEvidence(Evidence)
    case correctFacts(Facts, reason: String)
    case requestEvidence([String], note: String)
    /// Goes on with what there is, though evidence that was asked for has not come.
    case goOnWithout(reason: String)
    /// A person names the bureau when the policy's was not the right one.
    case designate(bureau: String, reason: String)
    case joinContact(ID<Case>, channel: Channel, story: String, hasNewFacts: Bool)
    case setPayee(Payee)
    case approve(as: Role)
    case reduce(to: Money, reason: String)
    case refuseAdvance(reason: String)
    case contest(reason: String)
    /// - Parameter grant: What is proposed instead of the refusal of money; nil upholds it, or accepts a
    ///   declined case after all.
    /// - Parameter authority: Who must agree to the grant; the office asks the edition. Without it
    ///   reviewer, supervisor and accountant must.
    case answerContest(
        isUpheld: Bool, reason: String, grant: Money?, authority: Ruling<Authority>? = nil)
    case withdraw(reason: String)
    case followUp(FollowUp.Grade, note: String)
    case close
    case reopen(reason: String)

    // The bureau.
    case acknowledge
    case audit(AuditFinding)
    case recordMerchantPayment(Money, proof: String)
    case recordNoAgreement(reason: String)

    // The wallet's answers and the cashier.
    case payoutAnswered(number: String, Payout.State)
    /// A corrected account is looked at by another person before the money leaves.
    case reissuePayout(Payee?, risk: Ruling<Risk>? = nil)
    /// The signs were looked into: the payout may go to the account as it stands.
    case clearPayout(reason: String)
    /// Money that lay in suspense is the payout come back: one person said so, the actor agrees.
    case takeReturnFromSuspense(
        number: String, Money, reference: String, on: Day, line: String, proposer: String)
    case proposeUnclaimedReturn(reason: String)
    case approveUnclaimedReturn

    // Recovery.
    /// The tourist's claim was assigned to the fund by a deed taken by hand.
    case recordAssignment(Recovery.Deed)
    case serveNotice(Recovery.Notice, responseDue: Moment, repaymentDue: Moment)
    case recordResponse(Recovery.Response)
    case upholdDefence(Money, reason: String, bornBy: ClaimBack.Bearer = .fund)
    /// Asks again, after the notice; the time after which the debt lapses begins anew (民法典 195).
    case demand(on: Day, proof: String)
    case agreePlan([Recovery.Instalment])
    case recordInterest(Money, reference: String, on: Day)
    /// - Parameter voucher: The id under which the money was booked, so that one receipt counts once.
    case recordRepayment(Money, reference: String, on: Day)
    case setOffDeposit(Money, reference: String, on: Day)
    /// Money that lay in suspense is a repayment: one person said so, the actor agrees.
    /// - Parameter line: The sub-account of suspense, from the statement line's key.
    case takeFromSuspense(Money, reference: String, on: Day, line: String, proposer: String)
    case proposeWriteOff(reason: String)
    case approveWriteOff
    case rejectWriteOff(reason: String)

    // The tourist who was paid twice.
    case findDoublePayment(Money, proof: String)
    case claimBack(reason: String)
    case notifyClaimBack(Recovery.Notice)
    case recordTouristRepayment(Money, reference: String, on: Day)
    /// Money that lay in suspense is the tourist's: one person said so, the actor agrees.
    case takeTouristFromSuspense(
        Money, reference: String, on: Day, line: String, proposer: String)
    case proposeClaimBackWriteOff(reason: String)
    case approveClaimBackWriteOff

    // The clockwork.
    case fire(Clock.Name, Clock.Step)

    /// The command without its values: the key of the permission table, of messages and of the audit trail.
    package var kind: Kind {
        switch self {
        case .classify: .classify
        case .ruleOnAcceptance: .ruleOnAcceptance
        case .determine: .determine
        case .proposeAdvance: .proposeAdvance
        case .commitFunds: .commitFunds
        case .forward: .forward
        case .settle: .settle
        case .openRecovery: .openRecovery
        case .orderPayout: .orderPayout
        case .addEvidence: .addEvidence
        case .correctFacts: .correctFacts
        case .requestEvidence: .requestEvidence
        case .goOnWithout: .goOnWithout
        case .designate: .designate
        case .joinContact: .joinContact
        case .setPayee: .setPayee
        case .approve: .approve
        case .reduce: .reduce
        case .refuseAdvance: .refuseAdvance
        case .contest: .contest
        case .answerContest: .answerContest
        case .withdraw: .withdraw
        case .followUp: .followUp
        case .close: .close
        case .reopen: .reopen
        case .acknowledge: .acknowledge
        case .audit: .audit
        case .recordMerchantPayment: .recordMerchantPayment
        case .recordNoAgreement: .recordNoAgreement
        case .payoutAnswered: .payoutAnswered
        case .reissuePayout: .reissuePayout
        case .clearPayout: .clearPayout
        case .takeReturnFromSuspense: .takeReturnFromSuspense
        case .proposeUnclaimedReturn: .proposeUnclaimedReturn
        case .approveUnclaimedReturn: .approveUnclaimedReturn
        case .recordAssignment: .recordAssignment
        case .demand: .demand
        case .agreePlan: .agreePlan
        case .recordInterest: .recordInterest
        case .takeFromSuspense: .takeFromSuspense
        case .rejectWriteOff: .rejectWriteOff
        case .findDoublePayment: .findDoublePayment
        case .claimBack: .claimBack
        case .notifyClaimBack: .notifyClaimBack
        case .recordTouristRepayment: .recordTouristRepayment
        case .takeTouristFromSuspense: .takeTouristFromSuspense
        case .proposeClaimBackWriteOff: .proposeClaimBackWriteOff
        case .approveClaimBackWriteOff: .approveClaimBackWriteOff
        case .serveNotice: .serveNotice
        case .recordResponse: .recordResponse
        case .upholdDefence: .upholdDefence
        case .recordRepayment: .recordRepayment
        case .setOffDeposit: .setOffDeposit
        case .proposeWriteOff: .proposeWriteOff
        case .approveWriteOff: .approveWriteOff
        case .fire: .fire
        }
    }

    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case file
        case classify, ruleOnAcceptance, determine, proposeAdvance, commitFunds, forward, settle
        case openRecovery, orderPayout
        case addEvidence, correctFacts, requestEvidence, goOnWithout, designate, joinContact,
            setPayee
        case approve, reduce, refuseAdvance, contest, answerContest, withdraw, followUp, close,
            reopen
        case acknowledge, audit, recordMerchantPayment, recordNoAgreement
        case payoutAnswered, reissuePayout, clearPayout, takeReturnFromSuspense
        case proposeUnclaimedReturn, approveUnclaimedReturn
        case recordAssignment, serveNotice, recordResponse, upholdDefence, demand, agreePlan
        case recordRepayment, setOffDeposit, recordInterest, takeFromSuspense
        case proposeWriteOff, approveWriteOff, rejectWriteOff
        case findDoublePayment, claimBack, notifyClaimBack, recordTouristRepayment
        case takeTouristFromSuspense, proposeClaimBackWriteOff, approveClaimBackWriteOff
        case fire
    }
}
