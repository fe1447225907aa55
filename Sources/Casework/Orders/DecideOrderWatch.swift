import Ledger

/// Who watches over it, and what is asked afterwards.
extension WorkOrder {
    func decideWatch(
        _ command: OrderCommand, _ desk: Desk
    ) throws(OrderRefusal) -> [OrderEvent] {
        switch (stage, command) {
        case (_, .remind(let note)) where isUnderWay:
            try check(note, desk)
            return [.reminded(note: note)]
        case (_, .supervise(let reason)) where stage.isOpen:
            try check(reason, desk)
            return [.supervised(reason: reason)]
        case (_, .listFault(let fault, let bureau, let reason)) where hasHad(bureau):
            try check(reason, desk)
            return [.faultListed(fault, bureau: bureau, reason: reason)]
        case (.finished, .recordFieldCheck(let found)) where fieldCheck == nil && isOfBureau:
            return try look(found, desk)
        case (.finished, .followUp(let grade, let cause, let note)) where !isFollowedUp,
            (.closed, .followUp(let grade, let cause, let note)) where !isFollowedUp,
            (.handedOver, .followUp(let grade, let cause, let note)) where !isFollowedUp:
            return try followUp(grade, cause, note, desk)
        case (.finished, .close):
            if isOfBureau, fieldCheck == nil, isFieldCheckWanted { throw .fieldCheckWanted }
            if isFollowUpWanted, !isFollowedUp { throw .followUpWanted }
            return [.closed] + stopsAll()
        default:
            throw outOfTurn(desk)
        }
    }

    /// The call is promised for this one, and there is a number to call.
    package var isFollowUpWanted: Bool {
        demand.caller.phone != nil && terms.followUp.includes(id, for: .followUp)
    }

    package var isFieldCheckWanted: Bool { terms.fieldCheck.includes(id, for: .fieldCheck) }

    /// Since it was last finished: graded, or tried as often as the edition asks.
    package var isFollowedUp: Bool {
        let calls = followUps.filter { $0.round == round }
        return calls.contains { $0.grade != .unreachable }
            || calls.count >= max(1, terms.callAttempts)
    }

    /// A bureau finished it, not the line.
    private var isOfBureau: Bool {
        switch stage {
        case .finished(let outcome), .closed(let outcome): outcome.isOfBureau
        default: false
        }
    }

    private func hasHad(_ bureau: String) -> Bool {
        assignments.contains { $0.lead == bureau || $0.assisting.contains(bureau) }
    }

    /// Nobody judges what they reported done.
    private func checkJudge(_ desk: Desk) throws(OrderRefusal) {
        guard desk.actor.name != finishedBy else {
            throw .separationOfDuties(desk.kind, actor: desk.actor.name)
        }
    }

    private func look(_ found: FieldCheck, _ desk: Desk) throws(OrderRefusal) -> [OrderEvent] {
        switch found {
        case .asReported(let note):
            try check(note, desk)
            try checkJudge(desk)
            return [.fieldChecked(found)]
        case .notAsReported(let reason):
            try check(reason, desk)
            try checkJudge(desk)
            return [.fieldChecked(found)] + (try redo(reason, desk))
        }
    }

    private func followUp(
        _ grade: FollowUp.Grade, _ cause: DissatisfactionCause?, _ note: String, _ desk: Desk
    ) throws(OrderRefusal) -> [OrderEvent] {
        try checkJudge(desk)
        guard (grade == .c) == (cause != nil) else { throw .causeUnfit(grade) }
        let called: [OrderEvent] = [.followedUp(grade, cause: cause, note: note)]
        if cause == .bureau, stage != .handedOver { return called + (try redo(note, desk)) }
        let tries = followUps.filter { $0.round == round }.count + 1
        let isLast = grade != .unreachable || tries >= max(1, terms.callAttempts)
        return called + (isLast ? stops(.followUp) : [])
    }

    /// 重办: the same bureaus again, with fresh clocks; what the line answered, the line answers again.
    private func redo(_ reason: String, _ desk: Desk) throws(OrderRefusal) -> [OrderEvent] {
        let stopped = stopsAll()
        let redone: [OrderEvent] = [.redoOrdered(reason: reason)] + stopped
        guard isOfBureau, let last = assignments.last else {
            return redone
                + (try starts(
                    .registered, only: [.dispatch, .handling, .response], afresh: stopped,
                    at: desk.now, on: desk.book))
        }
        // They know the matter already: nothing is acknowledged or returned once more.
        let again: Set<OrderClock> = [.contact, .response, .handling]
        var events = redone
        events.append(
            .dispatched(lead: last.lead, assisting: last.assisting, .redo(reason: reason)))
        for trigger in [ClockTerm.Start.registered, .dispatched, .signed] {
            events += try starts(
                trigger, only: again, afresh: stopped, bureau: last.lead, at: desk.now,
                on: desk.book)
        }
        return events
    }
}

extension OrderOutcome {
    var isOfBureau: Bool {
        switch self {
        case .answered, .referred: false
        case .solved, .partly, .unsolved, .settledInKind: true
        }
    }
}
