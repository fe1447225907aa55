package import Ledger

extension WorkOrder {
    /// Opens a work order; the clocks that run from here start.
    ///
    /// - Parameter id: From `OrderNumber`, never used before.
    package static func register(
        _ demand: Demand, as id: ID<WorkOrder>, on terms: OrderTerms, by actor: Actor,
        at now: Moment, on book: ScheduleBook
    ) throws(OrderRefusal) -> [OrderEvent] {
        guard OrderPermissions.permit(actor.roles, .register) else {
            throw .notPermitted(.register, actor: actor.name)
        }
        guard demand.text.isWritten else { throw .reasonMissing(.register) }
        if let joint = demand.joint, !joint.fits(terms.joint) { throw .jointUnfit(terms.joint) }
        let blank = WorkOrder(id: id, demand: demand, terms: terms, at: now, by: actor.name)
        return [.registered(demand, terms)] + (try blank.starts(.registered, at: now, on: book))
    }

    /// Decides what `command` makes happen. Reads nothing but its arguments; `apply` does the rest.
    package func decide(
        _ command: OrderCommand, by actor: Actor, at now: Moment, on book: ScheduleBook
    ) throws(OrderRefusal) -> [OrderEvent] {
        try permit(command, by: actor)
        let desk = Desk(actor: actor, now: now, book: book, kind: command.kind)
        switch command {
        case .accept, .sort, .answer, .passToDuty, .nameProviders, .chooseProvider, .decline,
            .handOver, .merge:
            return try decideIntake(command, desk)
        case .absorb, .link, .addFacts, .addEvidence, .addMessage, .reply, .passResponsibility,
            .withdraw, .reopen:
            return try decideFile(command, desk)
        case .dispatch, .designate, .settleAtMeeting, .acknowledge, .returnNotOurs:
            return try decideDispatch(command, desk)
        case .recordContact, .recordResponse, .report, .ask, .pause, .resume:
            return try decideHandling(command, desk)
        case .askExtension, .grantExtension, .refuseExtension:
            return try decideExtension(command, desk)
        case .recordAgreement, .recordConsent, .finish:
            return try decideFinish(command, desk)
        case .remind, .supervise, .listFault, .recordFieldCheck, .followUp, .close:
            return try decideWatch(command, desk)
        case .fire(let clock, let step):
            return try fire(clock, step, desk)
        }
    }

    /// Who asks, when, and by which calendars.
    struct Desk {
        let actor: Actor
        let now: Moment
        let book: ScheduleBook
        let kind: OrderCommand.Kind
    }

    func outOfTurn(_ desk: Desk) -> OrderRefusal { .outOfTurn(desk.kind, stage: stage) }

    /// Asks for more than blanks.
    func check(_ text: String, _ desk: Desk) throws(OrderRefusal) {
        guard text.isWritten else { throw .reasonMissing(desk.kind) }
    }

    private func permit(_ command: OrderCommand, by actor: Actor) throws(OrderRefusal) {
        let kind = command.kind
        let allowed = try allowed(kind, to: actor)
        switch command {
        // What stands in the system is acknowledged there, by the bureau itself.
        case .acknowledge(.system) where !actor.roles.contains(.bureau):
            throw .notPermitted(kind, actor: actor.name)
        // A bureau says nothing of the machine.
        case .pause(.systemFailure, _) where !actor.roles.contains(.supervisor):
            throw .notPermitted(kind, actor: actor.name)
        default: break
        }
        guard actor.roles.intersection(allowed) == [.bureau] else { return }
        guard let assignment else { throw .outOfTurn(kind, stage: stage) }
        let isTheirs =
            actor.bureau == assignment.lead
            || actor.bureau.map(assignment.assisting.contains) == true && kind.isForAssisting
        guard isTheirs else { throw .notYourBureau(lead: assignment.lead) }
    }

    /// The roles that may give such a command, one of which the actor has.
    private func allowed(
        _ kind: OrderCommand.Kind, to actor: Actor
    ) throws(OrderRefusal) -> Set<Role> {
        let usual = OrderPermissions.allowed(kind)
        guard let about = demand.about else {
            guard !actor.roles.isDisjoint(with: usual) else {
                throw .notPermitted(kind, actor: actor.name)
            }
            return usual
        }
        let allowed = OrderPermissions.allowedAboutOffice(kind)
        guard !actor.roles.isDisjoint(with: allowed) else {
            throw actor.roles.isDisjoint(with: usual)
                ? OrderRefusal.notPermitted(kind, actor: actor.name)
                : OrderRefusal.aboutTheOffice(kind)
        }
        guard !about.concerns(actor) else { throw .concerned(actor.name) }
        return allowed
    }

    /// Nobody is sent, or made responsible for, what is about them.
    func checkNotConcerned(people: [String] = [], bureaus: [String] = []) throws(OrderRefusal) {
        guard let about = demand.about else { return }
        if let named = people.first(where: about.people.contains) { throw .concerned(named) }
        if let named = bureaus.first(where: about.bureaus.contains) { throw .concerned(named) }
    }
}

extension OrderCommand.Kind {
    /// What a bureau may do that assists and does not lead.
    fileprivate var isForAssisting: Bool {
        switch self {
        case .acknowledge, .report, .recordContact, .recordResponse, .addEvidence, .addMessage,
            .reply:
            true
        default: false
        }
    }
}

extension String {
    /// More than blanks.
    var isWritten: Bool { contains { !$0.isWhitespace } }
}
