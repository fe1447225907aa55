import Ledger

extension WorkOrder {
    func decideDispatch(
        _ command: OrderCommand, _ desk: Desk
    ) throws(OrderRefusal) -> [OrderEvent] {
        switch (stage, command) {
        case (.registered, .dispatch(let lead, let assisting)):
            try check(lead, desk)
            guard returns < max(1, terms.returnsBeforeDesignation) else {
                throw .designationWanted(returns: returns)
            }
            return try send(to: lead, assisting, .dispatched, desk)
        case (.registered, .designate(let lead, let assisting, let reason)),
            (.dispatched, .designate(let lead, let assisting, let reason)),
            (.handling, .designate(let lead, let assisting, let reason)):
            try check(lead, desk)
            try check(reason, desk)
            return try send(to: lead, assisting, .designated(reason: reason), desk)
        case (.registered, .settleAtMeeting(let lead, let assisting, let minutes)),
            (.dispatched, .settleAtMeeting(let lead, let assisting, let minutes)),
            (.handling, .settleAtMeeting(let lead, let assisting, let minutes)):
            try check(lead, desk)
            try check(minutes, desk)
            return try send(to: lead, assisting, .meeting(minutes: minutes), desk)
        case (.dispatched, .acknowledge(let way)), (.handling, .acknowledge(let way)):
            return try acknowledge(by: way, desk)
        case (.dispatched, .returnNotOurs(let reason)), (.handling, .returnNotOurs(let reason)):
            try check(reason, desk)
            return try sendBack(reason, desk)
        default:
            throw outOfTurn(desk)
        }
    }

    /// Straight to the unit of any level; a bureau that had it loses it, with its clocks.
    func send(
        to lead: String, _ assisting: [String], _ ground: Assignment.Ground, _ desk: Desk
    ) throws(OrderRefusal) -> [OrderEvent] {
        var others: [String] = []
        for bureau in assisting where bureau != lead && !others.contains(bureau) {
            try check(bureau, desk)
            others.append(bureau)
        }
        try checkNotConcerned(bureaus: [lead] + others)
        let stopped = stopsOfBureau
        return accepted + stopped
            + [.dispatched(lead: lead, assisting: others, ground)]
            + stops(.dispatch).filter { !stopped.contains($0) }
            + (try starts(
                .dispatched, afresh: stopped, bureau: lead, at: desk.now, on: desk.book))
    }

    /// - Note: An agent records what the lead said on the telephone.
    private func acknowledge(
        by way: Assignment.Way, _ desk: Desk
    ) throws(OrderRefusal) -> [OrderEvent] {
        guard let assignment else { throw outOfTurn(desk) }
        let bureau = desk.actor.roles.contains(.bureau) ? desk.actor.bureau : assignment.lead
        guard let bureau, bureau == assignment.lead || assignment.assisting.contains(bureau) else {
            throw .notYourBureau(lead: assignment.lead)
        }
        let before = assignment.acknowledgements[bureau] ?? [:]
        if before[way] != nil { return [] }
        let acknowledged: [OrderEvent] = [.acknowledged(bureau: bureau, by: way)]
        let ways = Set(before.keys).union([way])
        let isComplete = !terms.isDoublyAssigned || ways.count == Assignment.Way.allCases.count
        guard bureau == assignment.lead, stage == .dispatched, isComplete else {
            return acknowledged
        }
        return acknowledged + [.signed] + stops(.signing)
            + (try starts(.signed, bureau: bureau, at: desk.now, on: desk.book))
    }

    private func sendBack(_ reason: String, _ desk: Desk) throws(OrderRefusal) -> [OrderEvent] {
        guard let assignment else { throw outOfTurn(desk) }
        guard assignment.ground.mayBeReturned else {
            throw .mayNotBeReturned(lead: assignment.lead)
        }
        // On the last moment it may still be returned: 以内 includes.
        if let clock = clocks[.returning], let due = try clock.due(on: desk.book), due < desk.now {
            throw .limitPassed(.returning, due: due)
        }
        return [.returned(bureau: assignment.lead, reason: reason)] + stopsOfBureau
            + (try starts(
                .registered, only: [.dispatch], at: desk.now, on: desk.book))
    }
}
