import Casework
import Ledger

/// Which commands make sense for a case as it stands: what its page offers. Whether one is done is
/// decided by the case itself; an offer that meets a refusal says why.
enum CaseOffers {
    /// In the order in which a page shows them; the first is the one most likely wanted.
    static func kinds(for view: CaseView, to visitor: Visitor) -> [Command.Kind] {
        order.filter { visitor.may($0) && fits($0, view) }
    }

    private static let order: [Command.Kind] = [
        .approve, .acknowledge, .audit, .reduce, .refuseAdvance, .requestEvidence, .goOnWithout,
        .answerContest, .correctFacts, .recordMerchantPayment, .recordNoAgreement, .setPayee,
        .followUp, .close, .reissuePayout, .clearPayout, .serveNotice, .recordResponse,
        .recordRepayment, .setOffDeposit, .upholdDefence, .demand, .agreePlan, .recordAssignment,
        .recordInterest, .proposeWriteOff, .approveWriteOff, .rejectWriteOff, .findDoublePayment,
        .claimBack, .proposeUnclaimedReturn, .approveUnclaimedReturn, .designate, .contest,
        .withdraw, .reopen,
    ]

    private static func fits(_ kind: Command.Kind, _ view: CaseView) -> Bool {
        guard let stage = StageName(rawValue: view.stage.name) else { return false }
        let isUndecided = [.filed, .assessing, .awaitingEvidence].contains(stage)
        switch kind {
        case .correctFacts: return isUndecided
        case .requestEvidence: return [.assessing, .proposed].contains(stage)
        case .goOnWithout: return stage == .awaitingEvidence
        case .approve: return stage == .proposed
        case .reduce, .refuseAdvance: return [.proposed, .awaitingFunds].contains(stage)
        case .acknowledge:
            return stage == .withBureau && view.workOrders.last?.state == "dispatched"
        case .audit, .recordMerchantPayment, .recordNoAgreement, .designate:
            return stage == .withBureau
        case .contest:
            return (stage == .declined || view.advance?.state == "refused") && view.contest == nil
        case .answerContest: return view.contest.map { $0.answer == nil } ?? false
        case .setPayee: return view.payee == nil || stage == .paying
        case .withdraw: return view.stage.isOpen && ![.paying, .resolved].contains(stage)
        case .followUp: return [.resolved, .declined, .handedOver, .closed].contains(stage)
        case .close: return stage == .resolved || stage == .declined
        case .reopen: return [.closed, .declined].contains(stage)
        case .reissuePayout:
            return ["failed", "lapsed", "bounced"].contains(view.payouts.last?.state)
        case .clearPayout: return stage == .paying
        case .findDoublePayment:
            return view.recovery != nil && view.claimBack == nil
        case .claimBack: return view.claimBack != nil
        case .proposeUnclaimedReturn, .approveUnclaimedReturn: return stage == .paying
        case .recordRepayment, .setOffDeposit, .recordInterest: return isOwed(view)
        case .recordAssignment: return isOwed(view) && view.recovery?.assignedOn == nil
        case .serveNotice: return isOwed(view) && view.recovery?.noticeServedOn == nil
        // What a merchant was never told of it cannot answer, nor be held to.
        case .recordResponse, .upholdDefence, .demand, .agreePlan, .proposeWriteOff:
            return isOwed(view) && view.recovery?.noticeServedOn != nil
        case .approveWriteOff, .rejectWriteOff: return view.recovery?.state == "writeOffProposed"
        default: return false
        }
    }

    private static func isOwed(_ view: CaseView) -> Bool {
        view.recovery.map { $0.outstandingFen != .zero } ?? false
    }
}

/// The commands a case's page offers, as links to their forms.
struct CaseOffersPart {
    let parts: Parts
    let view: CaseView
    let visitor: Visitor

    var markup: HTML? {
        let routes = CaseOffers.kinds(for: view, to: visitor).compactMap { kind in
            CaseCommands.all.first { $0.id == kind.rawValue }
        }
        guard !routes.isEmpty else { return nil }
        let links: [HTML] = routes.enumerated().map { index, route in
            let name = String(route.path.split(separator: "/").last ?? "")
            let link = Link.command(name, below: .page(ID<Case>(view.number)), seen: view.version)
                .with(parts.language)
            let style = index == 0 ? "button" : "button second"
            return "<a class=\"\(style)\" href=\"\(link)\">\(parts.say(route.summary))</a>\n"
        }
        return """
            <section class="offers" aria-labelledby="offers"><h2 id="offers">\(parts.word(.actions))</h2>
            <p>\(links)</p></section>
            """
    }
}
