import Ledger

extension WorkOrder {
    func decideFinish(
        _ command: OrderCommand, _ desk: Desk
    ) throws(OrderRefusal) -> [OrderEvent] {
        switch (stage, command) {
        case (.dispatched, .recordAgreement(let agreement)),
            (.handling, .recordAgreement(let agreement)):
            try check(agreement.text, desk)
            return [.agreementRecorded(agreement)]
        case (_, .recordConsent(let member, let reference)) where isUnderWay && agreement != nil:
            try check(reference, desk)
            guard demand.joint?.members.contains(where: { $0.id == member }) == true else {
                throw .memberUnknown(member)
            }
            return consents.contains(member)
                ? [] : [.consented(member: member, reference: reference)]
        case (.handling, .finish(let outcome, let reply)):
            try check(outcome, reply, desk)
            return [.finished(outcome, reply: reply)] + stopsAll() + (try startsFollowUp(desk))
        default:
            throw outOfTurn(desk)
        }
    }

    /// For a joint complaint: nobody gives up what another claims (旅游投诉处理办法 14).
    ///
    /// - Parameter agreed: Whether there is anything the members could have agreed to.
    func checkConsents(agreed: Bool, _ desk: Desk) throws(OrderRefusal) {
        let missing = (demand.joint?.members ?? []).map(\.id).filter {
            !agreed || !consents.contains($0)
        }
        guard missing.isEmpty else { throw .consentMissing(missing) }
    }

    private func check(
        _ outcome: OrderOutcome, _ reply: String, _ desk: Desk
    ) throws(OrderRefusal) {
        try check(reply, desk)
        var givesUp = agreement?.extent == .lessThanClaimed
        switch outcome {
        case .answered, .referred: throw outOfTurn(desk)  // The hotline's, not a bureau's.
        case .solved: break
        case .partly(let text), .settledInKind(let text): try check(text, desk)
        case .unsolved(let text):
            try check(text, desk)
            givesUp = false
        }
        if let missing = assignment?.reportsMissing, !missing.isEmpty {
            throw .reportsMissing(missing)
        }
        if givesUp { try checkConsents(agreed: true, desk) }
    }
}
