package import Ledger

extension WorkOrder {
    /// The work order as its events tell it; nil when they do not begin with `registered`.
    package init?(id: ID<WorkOrder>, replaying events: some Sequence<RecordedOrder>) {
        var order: WorkOrder?
        for recorded in events {
            if order == nil {
                order = WorkOrder(id: id, opening: recorded)
                if order == nil { return nil }
            } else {
                order?.apply(recorded)
            }
        }
        guard let order else { return nil }
        self = order
    }

    /// The work order right after `registered`; nil for any other event.
    package init?(id: ID<WorkOrder>, opening recorded: RecordedOrder) {
        guard case .registered(let demand, let terms) = recorded.event else { return nil }
        self.init(id: id, demand: demand, terms: terms, at: recorded.at, by: recorded.actor)
        version = 1
        receive(by: recorded.actor)
    }

    /// Makes `recorded` so. Total: whatever `decide` let through is applied without a check.
    package mutating func apply(_ recorded: RecordedOrder) {
        version += 1
        switch recorded.event {
        case .registered: break
        case .accepted, .sorted, .answered, .passedToDuty, .providersNamed, .providerChosen,
            .declined, .handedOver, .merged, .responsibilityPassed:
            applyIntake(recorded)
        case .absorbed, .linked, .factsAdded, .evidenceAdded, .messageAdded, .questionAsked,
            .questionAnswered:
            applyFile(recorded)
        case .dispatched, .acknowledged, .signed, .returned, .reported:
            applyDispatch(recorded)
        case .contacted, .responded: break  // Their clocks say when.
        case .paused, .resumed, .extensionAsked, .extensionGranted, .extensionRefused:
            applyTime(recorded)
        case .agreementRecorded, .consented, .finished, .closed, .withdrawn, .reopened,
            .redoOrdered:
            applyEnd(recorded)
        case .reminded, .supervised, .sentToDiscipline, .faultListed, .fieldChecked, .followedUp:
            applyWatch(recorded)
        case .clockStarted, .clockStopped, .clockFired, .noticeDue:
            applyClock(recorded)
        }
    }

    private mutating func applyIntake(_ recorded: RecordedOrder) {
        switch recorded.event {
        case .accepted:
            isAccepted = true
            receive(by: recorded.actor)
        case .sorted(let sorting, let terms, _):
            self.sorting = sorting
            self.terms = terms
        case .answered(let answer):
            reply = answer.text
            end(.answered)
        case .passedToDuty: isWithDuty = true
        case .providersNamed(let providers, _): providersNamed = providers
        case .providerChosen(let provider): end(.referred(to: provider))
        case .declined(let code, _, _): leave(.declined(code: code))
        case .handedOver: leave(.handedOver)
        case .merged(let first): leave(.merged(into: first))
        case .responsibilityPassed(let name, _): receiver = name
        default: break
        }
    }

    /// 首接责任制: the first person who has it. The caller and the clockwork answer for nothing.
    private mutating func receive(by actor: String) {
        guard receiver == nil, actor != Actor.office.name, actor != Actor.tourist.name else {
            return
        }
        receiver = actor
    }

    private mutating func applyFile(_ recorded: RecordedOrder) {
        switch recorded.event {
        case .absorbed(let duplicate):
            duplicates.append(duplicate)
            facts.merge(duplicate.demand.facts) { _, new in new }
        case .linked(let link): links.append(link)
        case .factsAdded(let added, _): facts.merge(added) { _, new in new }
        case .evidenceAdded(let added): evidence.append(added)
        case .messageAdded(let message), .questionAnswered(let message): messages.append(message)
        default: break
        }
    }

    private mutating func applyDispatch(_ recorded: RecordedOrder) {
        switch recorded.event {
        case .dispatched(let lead, let assisting, let ground):
            closeAssignment()
            extensionAsked = nil
            isWithDuty = false
            var assignment = Assignment(
                lead: lead, assisting: assisting, ground: ground, dispatchedAt: recorded.at)
            if case .redo = ground {
                stage = .handling
                // What they reported before was not enough.
                assignment.acknowledgements = assignments.last?.acknowledgements ?? [:]
            } else {
                stage = .dispatched
            }
            assignments.append(assignment)
        case .acknowledged(let bureau, let way):
            change { $0.acknowledgements[bureau, default: [:]][way] = recorded.at }
        case .signed: stage = .handling
        case .returned:
            returns += 1
            closeAssignment()
            extensionAsked = nil
            stage = .registered
        case .reported(let bureau, _): change { $0.reported.insert(bureau) }
        default: break
        }
    }

    private mutating func applyTime(_ recorded: RecordedOrder) {
        switch recorded.event {
        case .paused(let reason, _):
            pause = reason
            for name in clocks.keys {
                clocks[name]?.suspend(at: recorded.at, reason: reason.rawValue)
            }
        case .resumed: resume(at: recorded.at)
        case .extensionAsked(let count, let reason):
            extensionAsked = ExtensionRequest(count: count, reason: reason, by: recorded.actor)
        case .extensionGranted(let count):
            extensionAsked = nil
            extensionsGranted += 1
            clocks[.handling]?.extend(by: count)
        case .extensionRefused: extensionAsked = nil
        default: break
        }
    }

    private mutating func applyEnd(_ recorded: RecordedOrder) {
        switch recorded.event {
        case .agreementRecorded(let agreement):
            self.agreement = agreement
            consents = []
        case .consented(let member, _): consents.insert(member)
        case .finished(let outcome, let reply):
            self.reply = reply
            finishedBy = recorded.actor
            end(outcome)
        case .closed:
            if case .finished(let outcome) = stage { stage = .closed(outcome) }
        case .withdrawn: leave(.withdrawn)
        case .reopened:
            again()
            // Not the third time that it comes back, but the first.
            returns = 0
        case .redoOrdered: again()
        default: break
        }
    }

    private mutating func applyWatch(_ recorded: RecordedOrder) {
        switch recorded.event {
        case .reminded: reminders += 1
        case .supervised: isSupervised = true
        case .sentToDiscipline: isWithDiscipline = true
        case .faultListed(let fault, let bureau, let reason):
            faults.append(
                FaultEntry(fault: fault, bureau: bureau, reason: reason, at: recorded.at))
        case .fieldChecked(let found): fieldCheck = found
        case .followedUp(let grade, let cause, let note):
            followUps.append(
                OrderFollowUp(
                    grade: grade, cause: cause, note: note, at: recorded.at, round: round))
        default: break
        }
    }

    private mutating func applyClock(_ recorded: RecordedOrder) {
        switch recorded.event {
        case .clockStarted(let term, let schedule, let due):
            if let past = clocks[term.clock] { pastClocks.append(past) }
            var clock = TermClock(
                term, startedAt: recorded.at, firstDue: due, schedule: schedule)
            if let pause { clock.suspend(at: recorded.at, reason: pause.rawValue) }
            clocks[term.clock] = clock
        case .clockStopped(let name): clocks[name]?.stop(at: recorded.at)
        case .clockFired(let name, let step): clocks[name]?.fire(step)
        default: break  // A notice leaves by the outbox.
        }
    }

    // MARK: Parts of it

    private mutating func resume(at now: Moment) {
        pause = nil
        for name in clocks.keys { clocks[name]?.resume(at: now) }
    }

    private mutating func end(_ outcome: OrderOutcome) { leave(.finished(outcome)) }

    /// The clocks that still stand are stopped by events of their own.
    private mutating func leave(_ stage: OrderStage) {
        self.stage = stage
        pause = nil
        isWithDuty = false
        extensionAsked = nil
        providersNamed = []
        closeAssignment()
    }

    /// From the beginning, or from the bureau on: what was found of the last time counts no more.
    private mutating func again() {
        round += 1
        stage = .registered
        fieldCheck = nil
        agreement = nil
        consents = []
        extensionsGranted = 0
    }

    private mutating func closeAssignment() { change { $0.isOpen = false } }

    private mutating func change(_ body: (inout Assignment) -> Void) {
        guard let last = assignments.indices.last else { return }
        body(&assignments[last])
    }
}
