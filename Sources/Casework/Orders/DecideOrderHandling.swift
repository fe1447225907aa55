import Ledger

extension WorkOrder {
    func decideHandling(
        _ command: OrderCommand, _ desk: Desk
    ) throws(OrderRefusal) -> [OrderEvent] {
        switch command {
        case .recordContact(let note) where isWithBureau:
            try check(note, desk)
            return [.contacted(note: note)] + stops(.contact)
        case .recordResponse(let note) where isWithBureau:
            try check(note, desk)
            return [.responded(note: note)] + stops(.response)
        case .report(let text) where isWithBureau:
            try check(text, desk)
            guard let bureau = desk.actor.bureau else { throw outOfTurn(desk) }
            return [.reported(bureau: bureau, text: text)]
        case .ask(let question) where isUnderWay:
            try check(question, desk)
            let asked: [OrderEvent] = [.questionAsked(question)]
            return pause == nil ? asked + [.paused(.evidence, note: question)] : asked
        case .pause(let reason, let note) where isUnderWay && pause == nil:
            try check(note, desk)
            return [.paused(reason, note: note)]
        case .resume(let note) where isUnderWay && pause != nil:
            try check(note, desk)
            return [.resumed(note: note)]
        default:
            throw outOfTurn(desk)
        }
    }

    var isWithBureau: Bool { stage == .dispatched || stage == .handling }

    /// 延期: asked for and granted before the end, by two people.
    func decideExtension(
        _ command: OrderCommand, _ desk: Desk
    ) throws(OrderRefusal) -> [OrderEvent] {
        guard isWithBureau, let clock = clocks[.handling], !clock.isOver else {
            throw outOfTurn(desk)
        }
        switch (command, extensionAsked) {
        case (.askExtension(let count, let reason), nil):
            try check(reason, desk)
            guard extensionsGranted < terms.extensionLimit else {
                throw .extensionsUsedUp(limit: terms.extensionLimit)
            }
            guard (1...Self.extensionCountLimit).contains(count) else {
                throw .extensionOutOfRange(count)
            }
            try checkNotOver(.handling, desk)
            return [.extensionAsked(by: count, reason: reason)]
        case (.grantExtension, let asked?):
            guard desk.actor.name != asked.by else {
                throw .separationOfDuties(desk.kind, actor: desk.actor.name)
            }
            try checkNotOver(.handling, desk)
            var longer = clock
            longer.extend(by: asked.count)
            // Refused here, and not found later, when the calendar ends before it does.
            _ = try longer.due(on: desk.book)
            return [.extensionGranted(by: asked.count)]
        case (.refuseExtension(let reason), _?):
            try check(reason, desk)
            return [.extensionRefused(reason: reason)]
        default:
            throw outOfTurn(desk)
        }
    }

    /// In the unit of the limit: a week of minutes, and more days than any edition grants.
    static let extensionCountLimit = 10_080
}
