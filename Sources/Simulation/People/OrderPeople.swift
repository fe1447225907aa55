import Casework
import Ledger
import Workflow

/// Callers, agents and bureaus at the hotline.
struct OrderPeople: Sendable {
    let staff: Staff

    func intake(
        _ number: Int, on today: Day, at now: Moment, under edition: Edition,
        _ chance: inout Chance
    ) -> OrderIntake {
        let told = chance.happens(100) && number > 2 ? number - 1 : number
        var intake = OrderIntake(
            channel: Channel(rawValue: chance.pick(edition.channels).code) ?? .phone,
            caller: Caller(
                name: "来电人\(told % 20)",
                phone: chance.happens(100) ? nil : "139\(digits(told % 20, 8))"),
            kind: chance.pick(edition.hotline.kinds).code,
            text: "第\(told)通来电：有事情要反映。")
        if !edition.hotline.areas.isEmpty { intake.area = chance.pick(edition.hotline.areas).code }
        if chance.happens(300) { intake.category = chance.pick(edition.hotline.categories).code }
        if chance.happens(300) { intake.merchant = Firms.id(chance.int(1...Firms.count)) }
        if chance.happens(100) { intake.reportKind = chance.pick(edition.hotline.kinds).code }
        if chance.happens(50) {
            intake.about = OfficeMatter(people: [staff.agents[0].name], bureaus: [])
        }
        for kind in edition.factSchema where kind.source != .derived {
            // What nothing stands for must be said, and mostly is.
            guard chance.happens(kind.otherwise == nil ? 970 : 150) else { continue }
            intake.facts[kind.name] = Filings().fact(kind, paid: 100_000, today, now, &chance)
        }
        if chance.happens(40) { intake.kind = "no-such-kind" }
        if chance.happens(30) { intake.text = "" }
        return intake
    }

    /// One of the commands that the order offers to whoever looks at it; now and then another one.
    func command(
        on order: WorkOrder, at now: Moment, on book: ScheduleBook, bureaus: [String],
        _ chance: inout Chance
    ) -> (command: OrderCommand, by: Actor)? {
        let bureau = order.assignment?.lead ?? chance.pick(bureaus)
        var people =
            staff.agents + staff.supervisors + [staff.duty, staff.discipline, .tourist]
            + [staff.officer(of: bureau)]
        if let helper = order.assignment?.assisting.first {
            people.append(staff.officer(of: helper))
        }
        // Whoever has it acts most often.
        if order.assignment != nil {
            people += Array(repeating: staff.officer(of: bureau), count: 6)
        }
        let actor = chance.pick(people)
        let offered = order.openCommands(to: actor, at: now, on: book)
        let kind: OrderCommand.Kind
        if chance.happens(100) || offered.isEmpty {
            guard chance.happens(300) else { return nil }
            kind = chance.pick(OrderCommand.Kind.allCases)
        } else {
            // A withdrawal or a merger ends it: seldom.
            let wanted = offered.filter { ![.withdraw, .merge, .decline, .handOver].contains($0) }
            kind = chance.pick(wanted.isEmpty || chance.happens(60) ? offered : wanted)
        }
        return command(kind, order, at: now, bureaus: bureaus, &chance).map { ($0, actor) }
    }

    private func command(
        _ kind: OrderCommand.Kind, _ order: WorkOrder, at now: Moment, bureaus: [String],
        _ chance: inout Chance
    ) -> OrderCommand? {
        let words = chance.happens(40) ? " " : "说明\(chance.int(1...9))"
        let bureau = chance.pick(bureaus)
        let helpers = chance.happens(200) ? [chance.pick(bureaus)] : []
        switch kind {
        case .register, .absorb, .sort, .addEvidence: return nil
        case .accept: return .accept
        case .answer: return .answer(OrderAnswer(text: words))
        case .passToDuty: return .passToDuty(reason: words)
        case .nameProviders:
            return .nameProviders((1...3).map { Firms.id($0).text }, by: .nearest)
        case .chooseProvider:
            return .chooseProvider(chance.happens(200) ? nil : order.providersNamed.first)
        case .decline: return .decline(code: "NOT_OURS", reason: words, referral: "法院")
        case .handOver:
            let call = ThreeWayCall(
                dialledAt: now.advanced(byMs: -30_000), joinedAt: now.advanced(byMs: -20_000),
                endedAt: now)
            return .handOver(
                chance.happens(500)
                    ? .emergency(line: "110", call: call) : .discipline(body: "纪委"))
        case .merge: return .merge(into: order.id)
        case .link: return .link(.related(ID("SYG-24-0000001-0")))
        case .addFacts: return .addFacts([:], reason: words)
        case .passResponsibility: return .passResponsibility(to: "seat-2", reason: words)
        case .dispatch: return .dispatch(lead: bureau, assisting: helpers)
        case .designate: return .designate(lead: bureau, assisting: helpers, reason: words)
        case .settleAtMeeting:
            return .settleAtMeeting(lead: bureau, assisting: helpers, minutes: words)
        case .acknowledge: return .acknowledge(by: chance.pick([.system, .telephone]))
        case .returnNotOurs: return .returnNotOurs(reason: words)
        case .recordContact: return .recordContact(note: words)
        case .recordResponse: return .recordResponse(note: words)
        case .report: return .report(text: words)
        case .ask: return .ask(question: words)
        case .addMessage:
            return .addMessage(OrderMessage(channel: .phone, from: .agent, text: words))
        case .reply: return .reply(OrderMessage(channel: .phone, from: .caller, text: words))
        case .pause: return .pause(chance.pick(PauseReason.allCases), note: words)
        case .resume: return .resume(note: words)
        case .askExtension: return .askExtension(by: chance.int(0...5), reason: words)
        case .grantExtension: return .grantExtension
        case .refuseExtension: return .refuseExtension(reason: words)
        case .recordAgreement: return .recordAgreement(Agreement(text: words, .asClaimed))
        case .recordConsent: return .recordConsent(member: "1", reference: words)
        case .finish:
            return .finish(chance.happens(800) ? .solved : .unsolved(reason: words), reply: words)
        case .remind: return .remind(note: words)
        case .supervise: return .supervise(reason: words)
        case .listFault: return .listFault(.delaying, bureau: bureau, reason: words)
        case .recordFieldCheck:
            return .recordFieldCheck(
                chance.happens(800) ? .asReported(note: words) : .notAsReported(reason: words))
        case .followUp:
            let grade = chance.pick(FollowUp.Grade.allCases)
            return .followUp(
                grade, cause: grade == .c ? chance.pick([.bureau, .circumstances]) : nil,
                note: words)
        case .close: return .close
        case .withdraw: return .withdraw(reason: words)
        case .reopen: return .reopen(newFacts: words)
        case .fire:
            return .fire(chance.pick(OrderClock.allCases), .breach)
        }
    }
}
