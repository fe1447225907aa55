import Ledger

/// What comes in beside the handling: words, files, facts, repeats.
extension WorkOrder {
    func decideFile(
        _ command: OrderCommand, _ desk: Desk
    ) throws(OrderRefusal) -> [OrderEvent] {
        // What is merged goes on under the first one's number.
        if case .merged = stage { throw outOfTurn(desk) }
        switch command {
        case .absorb(let duplicate) where duplicate.id != id:
            return try absorb(duplicate, desk)
        case .link(let link):
            return links.contains(link) ? [] : [.linked(link)]
        case .addFacts(let facts, let reason) where stage.isOpen:
            try check(reason, desk)
            return [.factsAdded(facts, reason: reason)]
        case .addEvidence(let added):
            if evidence.contains(where: { $0.hash == added.hash && $0.kind == added.kind }) {
                return []  // The same file again says nothing new.
            }
            return [.evidenceAdded(added)] + resumes(from: [.evidence], by: "evidence came")
        case .addMessage(let message):
            try check(message.text, desk)
            let isThere = message.from == .caller
            return [.messageAdded(message)]
                + (isThere ? resumes(from: [.callerAbsent], by: "the caller wrote") : [])
        case .reply(let message):
            try check(message.text, desk)
            return [.questionAnswered(message)]
                + resumes(from: [.evidence, .callerAbsent], by: "answered")
        case .passResponsibility(let name, let reason) where stage.isOpen && name != receiver:
            try check(name, desk)
            try check(reason, desk)
            try checkNotConcerned(people: [name])
            return [.responsibilityPassed(to: name, reason: reason)]
        case .withdraw(let reason) where isUnderWay:
            if demand.joint != nil { try checkConsents(agreed: agreement != nil, desk) }
            return [.withdrawn(reason: reason)] + stopsAll()
        case .reopen(let newFacts) where isOver:
            try check(newFacts, desk)
            guard !isKnown(newFacts) else { throw .nothingNew(id) }
            return try reopening(newFacts, desk)
        default:
            throw outOfTurn(desk)
        }
    }

    /// Nobody has said that it is done.
    var isUnderWay: Bool {
        switch stage {
        case .registered, .dispatched, .handling: true
        case .finished, .closed, .declined, .handedOver, .merged, .withdrawn: false
        }
    }

    /// It can be opened again.
    private var isOver: Bool {
        switch stage {
        case .finished, .closed, .declined, .handedOver, .withdrawn: true
        case .registered, .dispatched, .handling, .merged: false
        }
    }

    private func resumes(from reasons: Set<PauseReason>, by note: String) -> [OrderEvent] {
        pause.map(reasons.contains) == true ? [.resumed(note: note)] : []
    }

    /// Every word of a repeat is kept. What is over is opened again by new facts or files, and refused
    /// without them; what was withdrawn was never dealt with, and opens in any case.
    private func absorb(
        _ duplicate: Duplicate, _ desk: Desk
    ) throws(OrderRefusal) -> [OrderEvent] {
        if duplicates.contains(where: { $0.id == duplicate.id }) { return [] }
        if isUnderWay { return [.absorbed(duplicate)] }
        guard stage == .withdrawn || adds(duplicate) else {
            if case .finished = stage { return [.absorbed(duplicate)] }
            throw .nothingNew(duplicate.id)
        }
        return [.absorbed(duplicate)] + (try reopening(duplicate.demand.text, desk))
    }

    /// Whether `duplicate` brings a fact or a file that was not known; other words alone are none.
    package func adds(_ duplicate: Duplicate) -> Bool {
        let known = Set(evidence.map(\.hash)).union(messages.flatMap(\.evidence))
            .union(duplicates.flatMap(\.evidence))
        return !known.isSuperset(of: duplicate.evidence)
            || duplicate.demand.facts.contains { facts[$0.key] != $0.value }
    }

    private func isKnown(_ text: String) -> Bool {
        ([demand.text] + messages.map(\.text) + duplicates.map(\.demand.text))
            .contains { $0.contains(text) }
    }

    /// Fresh clocks: what was breached before stays known, and nothing is breached at once.
    private func reopening(
        _ newFacts: String, _ desk: Desk
    ) throws(OrderRefusal) -> [OrderEvent] {
        let stopped = stopsAll()
        let over: Set<OrderClock> = isAccepted ? [.acceptance] : []
        return [.reopened(newFacts: newFacts)] + stopped
            + (try starts(
                .registered, only: Set(OrderClock.allCases).subtracting(over), afresh: stopped,
                at: desk.now, on: desk.book))
    }
}
