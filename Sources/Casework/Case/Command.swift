package import Ledger

/// What can be asked of a case. Who may ask what is `Permissions`' table; when, is `decide`'s.
package enum Command: Hashable, Sendable {
    // Policy's answers, handed in by the office.
    case classify(Ruling<Classification>)
    case ruleOnAcceptance(Ruling<Acceptance>, repeatOf: ID<Case>?)
    case determine(Ruling<Determination>)
    case proposeAdvance(Ruling<AdvanceDecision>, Ruling<Authority>)
    /// Reserve or grant, as far as `spendable` reaches.
    case commitFunds(spendable: Money)
    case forward(Ruling<Routing>)
    case settle(Ruling<Settlement>, noAgreement: Bool)
    case openRecovery(Ruling<RecoveryTerms>)
    case orderPayout

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
    case answerContest(isUpheld: Bool, reason: String, grant: Money?)
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
    case reissuePayout(Payee?)

    // Recovery.
    case serveNotice(Recovery.Notice, responseDue: Moment, repaymentDue: Moment)
    case recordResponse(Recovery.Response)
    case upholdDefence(Money, reason: String)
    /// - Parameter voucher: The id under which the money was booked, so that one receipt counts once.
    case recordRepayment(Money, reference: String, on: Day)
    case setOffDeposit(Money, reference: String, on: Day)
    case proposeWriteOff(reason: String)
    case approveWriteOff

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
        case payoutAnswered, reissuePayout
        case serveNotice, recordResponse, upholdDefence, recordRepayment, setOffDeposit
        case proposeWriteOff, approveWriteOff
        case fire
    }
}
