package import Casework
import Ledger
package import Store

/// What registering a demand at the hotline gives back.
package struct RegisteredOrder: Sendable {
    package let order: WorkOrder
    /// The report of an offence that the same words hold, as an order of its own.
    package let report: WorkOrder?
    /// What the edition proposes to do with it; nil where it was merged, and while nobody has said what
    /// the proposal depends on.
    package let routing: Ruling<OrderRouting>?
    /// Earlier orders that may be about the same thing.
    package let like: [LikeOrder]
    /// The caller's own code; told once, kept only as a hash.
    package let trackingCode: String
}

extension Work {
    /// Registers a demand: sorted, its limits running, its number told. What plainly repeats an earlier
    /// one is merged into it; a repeat of something that is over, without anything new, is declined with
    /// the reason and the first number.
    ///
    /// - Parameter trackingCode: Fresh randomness, from outside the transaction.
    package func registerOrder(
        _ intake: OrderIntake, by actor: Actor, trackingCode: String
    ) throws -> RegisteredOrder {
        let edition = try office.hotlinePolicies.edition(inForceOn: today)
        let problems = edition.problems(in: intake)
        guard problems.isEmpty else { throw WorkflowError.unfit(problems) }
        if let id = intake.merchant, try transaction.merchant(id) == nil {
            throw WorkflowError.noSuchMerchant(id.text)
        }
        let intake = try reviewing(intake)
        let (demand, terms) = try sort(intake, under: edition)
        let id = try nextOrderNumber(edition)
        var ownDemand = demand
        var report: WorkOrder?
        if let kind = intake.reportKind {
            let number = try nextOrderNumber(edition)
            var offence = intake
            offence.kind = kind
            let (sorted, offenceTerms) = try sort(offence, under: edition)
            let split = demand.split(
                complaint: id, report: number,
                sorted: Sorting(kind: kind, category: sorted.category, area: intake.area))
            ownDemand = split.complaint
            let sheet = try open(split.report, as: number, on: offenceTerms, by: actor)
            try write(sheet, after: "register", by: actor)
            report = sheet.order
        }
        let like = try transaction.ordersLike(ownDemand)
        var sheet = try open(ownDemand, as: id, on: terms, by: actor)
        try transaction.writeTrackingCode(hash: sha256Hex(trackingCode), ofOrder: id)
        // What somebody says of the office is not what they said of a merchant, in the same words or not.
        let isRepeat = ownDemand.about == nil ? try merge(&sheet, like: like) : false
        try write(sheet, after: "register", by: actor)
        return RegisteredOrder(
            order: sheet.order, report: report,
            routing: isRepeat || ownDemand.about != nil ? nil : terms.grounds?.routing, like: like,
            trackingCode: trackingCode)
    }

    /// As the edition sorts it, with its limits and the grounds of both.
    func sort(
        _ intake: OrderIntake, under edition: Edition
    ) throws -> (demand: Demand, terms: OrderTerms) {
        var facts = intake.modelFacts
        let classification = try edition.classifyOrder(facts)
        let sorted = classification.outcome
        facts = facts.classified(as: sorted)
        if let own = intake.category { facts["category"] = .text(own) }
        let grounds = OrderGrounds(
            classification: classification, routing: try edition.proposal(facts))
        let terms = try edition.orderTerms(for: facts).outcome.grounded(on: grounds)
        return (intake.demand(sortedAs: intake.category ?? sorted.category), terms)
    }

    /// A review names everyone who had a part in what it is about, and is linked to it.
    private func reviewing(_ intake: OrderIntake) throws -> OrderIntake {
        guard let number = intake.about?.reviewed else { return intake }
        let past = try transaction.events(ofOrder: number)
        guard let order = WorkOrder(id: number, replaying: past) else {
            throw WorkflowError.unfit([
                .init(
                    field: "about.order", chinese: "没有此工单", english: "is no work order's number")
            ])
        }
        var intake = intake
        intake.about = intake.about?.reviewing(order, past)
        if !intake.links.contains(.related(number)) { intake.links.append(.related(number)) }
        return intake
    }

    private func nextOrderNumber(_ edition: Edition) throws -> ID<WorkOrder> {
        let year = today.components.year
        let sequence = try transaction.next("order/\(year)")
        // 工单: another prefix than the cases have, so that no number means two things.
        return OrderNumber.make(
            prefix: String(edition.prefix.prefix(5)) + "G", year: year, sequence: Int(sequence))
    }

    private func open(
        _ demand: Demand, as id: ID<WorkOrder>, on terms: OrderTerms, by actor: Actor
    ) throws -> OrderSheet {
        let edition = try office.hotlinePolicies.edition(named: terms.edition)
        let book = try office.schedules.book(for: edition)
        let events = try WorkOrder.register(
            demand, as: id, on: terms, by: actor, at: now, on: book)
        guard let first = events.first else { preconditionFailure("registering made nothing") }
        let opening = RecordedOrder(
            first, position: 0, actor: actor.name, at: now, recordedAt: now)
        guard let order = WorkOrder(id: id, opening: opening) else {
            preconditionFailure("a work order does not begin with \(first.kind)")
        }
        var sheet = OrderSheet(
            order: order, past: [], leaving: nil, reported: nil, recorded: [opening])
        record(Array(events.dropFirst()), by: actor, on: &sheet)
        return sheet
    }

    /// Merges what plainly repeats an earlier order. True: it was merged, or declined as a repeat.
    private func merge(_ sheet: inout OrderSheet, like: [LikeOrder]) throws -> Bool {
        for candidate in like {
            // Nothing else of it could make it the same: it is not read for that.
            guard candidate.kind != "phone",
                candidate.kind != "text" || candidate.isSameCaller
                    || sheet.order.demand.merchant != nil
            else { continue }
            var target = try self.sheet(candidate.id)
            let first = target.order
            guard first.demand.about == nil,
                isSame(sheet.order.demand, first, by: candidate.kind)
            else { continue }
            let brought = Duplicate(id: sheet.order.id, demand: sheet.order.demand)
            do {
                try enact(.absorb(brought), by: .office, on: &target)
            } catch OrderRefusal.nothingNew {
                try enact(
                    .decline(
                        code: "REPEAT", reason: "与\(first.id)为同一事项且无新情况、新理由",
                        referral: first.id.text),
                    by: Actor(name: Actor.office.name, roles: [.supervisor]), on: &sheet)
                return true
            } catch OrderRefusal.outOfTurn {
                continue  // It was merged itself, or is of no use any more.
            }
            try write(target, after: OrderCommand.Kind.absorb.rawValue, by: .office)
            try enact(.merge(into: first.id), by: .office, on: &sheet)
            return true
        }
        return false
    }

    /// The same number elsewhere, order or file: the same thing. The same words: only of one caller or
    /// about one merchant. The telephone alone says nothing.
    private func isSame(_ demand: Demand, _ first: WorkOrder, by kind: String) -> Bool {
        switch kind {
        case "numberElsewhere", "order", "evidence": return true
        case "text":
            let phone = demand.caller.phone?.revealed.filter(\.isNumber)
            let isOneCaller =
                phone != nil && phone == first.demand.caller.phone?.revealed.filter(\.isNumber)
            let isOneMerchant = demand.merchant != nil && demand.merchant == first.demand.merchant
            guard isOneCaller || isOneMerchant, demand.facts == first.demand.facts else {
                return false
            }
            let percent = TextLikeness(demand.text).percent(TextLikeness(first.demand.text))
            return percent >= TextLikeness.nearPercent
        default: return false
        }
    }
}
