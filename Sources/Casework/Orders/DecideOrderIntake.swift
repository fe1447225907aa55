import Ledger

extension WorkOrder {
    func decideIntake(
        _ command: OrderCommand, _ desk: Desk
    ) throws(OrderRefusal) -> [OrderEvent] {
        switch (stage, command) {
        case (.registered, .accept) where !isAccepted:
            return accepted
        case (.registered, .sort(let sorting, let terms, let reason)),
            (.dispatched, .sort(let sorting, let terms, let reason)),
            (.handling, .sort(let sorting, let terms, let reason)):
            try check(reason, desk)
            return try sort(sorting, terms, reason, desk)
        case (.registered, .answer(let answer)):
            try check(answer.text, desk)
            return try end(.answered(answer), desk)
        case (.registered, .passToDuty(let reason)) where !isWithDuty:
            try check(reason, desk)
            return accepted + [.passedToDuty(reason: reason)]
        case (.registered, .nameProviders(let providers, let basis)):
            return try name(providers, by: basis, desk)
        case (.registered, .chooseProvider(let provider)) where !providersNamed.isEmpty:
            if let provider, !providersNamed.contains(provider) {
                throw .providerNotNamed(provider)
            }
            return try end(.providerChosen(provider), desk)
        case (.registered, .decline(let code, let reason, let referral)):
            for text in [code, reason, referral] { try check(text, desk) }
            return [.declined(code: code, reason: reason, referral: referral)] + stopsAll()
        // Also what turns out to be theirs, or somebody else's already, while a bureau has it.
        case (_, .handOver(let handOver)) where isUnderWay:
            try check(handOver, desk)
            return accepted + [.handedOver(handOver)] + stopsAll(but: .acceptance)
        case (_, .merge(let first)) where isUnderWay && first != id:
            return [.merged(into: first)] + stopsAll()
        default:
            throw outOfTurn(desk)
        }
    }

    /// Whoever acts on it has accepted it.
    var accepted: [OrderEvent] { isAccepted ? [] : [.accepted] + stops(.acceptance) }

    /// Ends at the line, without a bureau.
    private func end(_ event: OrderEvent, _ desk: Desk) throws(OrderRefusal) -> [OrderEvent] {
        accepted + [event] + stopsAll(but: isAccepted ? nil : .acceptance)
            + (try startsFollowUp(desk))
    }

    /// What is asked for afterwards, of those that are asked.
    func startsFollowUp(_ desk: Desk) throws(OrderRefusal) -> [OrderEvent] {
        let kept: Set<OrderClock> =
            isFollowUpWanted
            ? Set(OrderClock.allCases) : Set(OrderClock.allCases).subtracting([.followUp])
        return try starts(.finished, only: kept, at: desk.now, on: desk.book)
    }

    /// Running clocks keep their limits; those the new terms know and the old did not start now.
    private func sort(
        _ sorting: Sorting, _ terms: OrderTerms, _ reason: String, _ desk: Desk
    ) throws(OrderRefusal) -> [OrderEvent] {
        var later = self
        later.terms = terms
        let unknown = Set(OrderClock.allCases.filter { clocks[$0] == nil })
        var events: [OrderEvent] = [.sorted(sorting, terms, reason: reason)]
        // What accepting or sending would have stopped is over already.
        var gone: Set<OrderClock> = isAccepted ? [.acceptance] : []
        if stage != .registered { gone.insert(.dispatch) }
        if stage == .handling { gone.formUnion([.signing, .returning]) }
        let wanted = unknown.subtracting(gone)
        events += try later.starts(.registered, only: wanted, at: desk.now, on: desk.book)
        guard let lead = assignment?.lead else { return events }
        events += try later.starts(
            .dispatched, only: wanted, bureau: lead, at: desk.now, on: desk.book)
        guard stage == .handling else { return events }
        return events
            + (try later.starts(.signed, only: wanted, bureau: lead, at: desk.now, on: desk.book))
    }

    private func name(
        _ providers: [String], by basis: ReferralBasis, _ desk: Desk
    ) throws(OrderRefusal) -> [OrderEvent] {
        guard let wanted = terms.providersToName else { throw outOfTurn(desk) }
        for provider in providers { try check(provider, desk) }
        let count = Set(providers).count
        let least = basis == .ownWill ? 1 : max(1, wanted)
        guard count >= least, count == providers.count else {
            throw .tooFewProviders(named: count, wanted: least)
        }
        return accepted + [.providersNamed(providers, by: basis)]
    }

    private func check(_ handOver: HandOver, _ desk: Desk) throws(OrderRefusal) {
        switch handOver {
        case .discipline(let body): try check(body, desk)
        case .emergency(let line, let call):
            try check(line, desk)
            guard call.dialledAt <= call.joinedAt, call.joinedAt <= call.endedAt,
                call.endedAt <= desk.now
            else { throw .timesOutOfOrder }
        }
    }
}
