package import Ledger

/// What can be asked of a work order as it stands, by whom.
///
/// `decide` itself is asked, with a sample of each command, so that what is offered and what is done
/// cannot part.
extension WorkOrder {
    /// The commands that `actor` may give now, in the order of `OrderCommand.Kind`.
    ///
    /// What only the writing can get wrong (an empty reason, too few providers) does not close a command;
    /// the stage, the bureau, the separation of duties and what must come first do. What the office does
    /// by itself (`absorb`, `fire`) is never among them.
    package func openCommands(
        to actor: Actor, at now: Moment, on book: ScheduleBook
    ) -> [OrderCommand.Kind] {
        OrderCommand.Kind.allCases.filter { kind in
            samples(of: kind).contains { isOpen($0, to: actor, at: now, on: book) }
        }
    }

    private func isOpen(
        _ sample: OrderCommand, to actor: Actor, at now: Moment, on book: ScheduleBook
    ) -> Bool {
        do throws(OrderRefusal) {
            // What changes nothing any more need not be offered.
            return try !decide(sample, by: actor, at: now, on: book).isEmpty
        } catch {
            return error.isOfTheWriting
        }
    }

    /// It came back so often that only a supervisor's designation, or a meeting, sends it out again.
    package var isDesignationWanted: Bool {
        stage == .registered && returns >= max(1, terms.returnsBeforeDesignation)
    }

    /// It was drawn for a look on the spot, and nobody has looked.
    package var isFieldCheckOpen: Bool {
        guard case .finished(let outcome) = stage else { return false }
        return outcome.isOfBureau && fieldCheck == nil && isFieldCheckWanted
    }

    /// Commands of the kind that say something of everything they must; several where one kind is open in
    /// one form and shut in another.
    private func samples(of kind: OrderCommand.Kind) -> [OrderCommand] {
        let some = "?"
        let message = OrderMessage(channel: .phone, from: .agent, text: some)
        switch kind {
        case .register, .absorb, .fire: return []
        case .accept: return [.accept]
        case .sort: return [.sort(sorting, terms, reason: some)]
        case .answer: return [.answer(OrderAnswer(text: some))]
        case .passToDuty: return [.passToDuty(reason: some)]
        case .nameProviders: return [.nameProviders([some], by: .ownWill)]
        case .chooseProvider: return [.chooseProvider(nil)]
        case .decline: return [.decline(code: some, reason: some, referral: some)]
        case .handOver: return [.handOver(.discipline(body: some))]
        case .merge: return [.merge(into: ID(id.text + some))]
        case .link: return [.link(.related(ID(id.text + some)))]
        case .addFacts: return [.addFacts([:], reason: some)]
        case .addEvidence: return [.addEvidence(.sample)]
        case .passResponsibility: return [.passResponsibility(to: some, reason: some)]
        case .dispatch: return [.dispatch(lead: some, assisting: [])]
        case .designate: return [.designate(lead: some, assisting: [], reason: some)]
        case .settleAtMeeting: return [.settleAtMeeting(lead: some, assisting: [], minutes: some)]
        case .acknowledge: return Assignment.Way.allCases.map { .acknowledge(by: $0) }
        case .returnNotOurs: return [.returnNotOurs(reason: some)]
        case .recordContact: return [.recordContact(note: some)]
        case .recordResponse: return [.recordResponse(note: some)]
        case .report: return [.report(text: some)]
        case .ask: return [.ask(question: some)]
        case .addMessage: return [.addMessage(message)]
        case .reply: return [.reply(message)]
        case .pause: return [.pause(.expertTest, note: some)]
        case .resume: return [.resume(note: some)]
        case .askExtension: return [.askExtension(by: 1, reason: some)]
        case .grantExtension: return [.grantExtension]
        case .refuseExtension: return [.refuseExtension(reason: some)]
        case .recordAgreement: return [.recordAgreement(Agreement(text: some, .asClaimed))]
        case .recordConsent:
            return (demand.joint?.members ?? []).map {
                .recordConsent(member: $0.id, reference: some)
            }
        // The one outcome that gives nothing up, and so asks for nobody's consent.
        case .finish: return [.finish(.unsolved(reason: some), reply: some)]
        case .remind: return [.remind(note: some)]
        case .supervise: return [.supervise(reason: some)]
        case .listFault:
            return assignments.last.map { last in
                [.listFault(.delaying, bureau: last.lead, reason: some)]
            } ?? []
        case .recordFieldCheck: return [.recordFieldCheck(.asReported(note: some))]
        case .followUp: return [.followUp(.a, cause: nil, note: some)]
        case .close: return [.close]
        case .withdraw: return [.withdraw(reason: some)]
        case .reopen: return [.reopen(newFacts: some)]
        }
    }
}

extension Evidence {
    /// A file that nobody has.
    fileprivate static let sample = Evidence(
        hash: "?", size: 0, type: .png, kind: "?", name: "?", addedAt: Moment(ms: 0))
}

extension OrderRefusal {
    /// Whether other words in the same command could be taken, or a calendar would have to be mended first:
    /// whoever tries is told.
    fileprivate var isOfTheWriting: Bool {
        switch self {
        case .reasonMissing, .jointUnfit, .tooFewProviders, .providerNotNamed, .timesOutOfOrder,
            .nothingNew, .extensionOutOfRange, .causeUnfit, .scheduleMissing, .calendar:
            true
        case .notPermitted, .notYourBureau, .concerned, .aboutTheOffice, .outOfTurn,
            .separationOfDuties, .designationWanted, .mayNotBeReturned, .limitPassed,
            .extensionsUsedUp, .reportsMissing, .consentMissing, .memberUnknown,
            .fieldCheckWanted, .followUpWanted, .clockNotDue:
            false
        }
    }
}
