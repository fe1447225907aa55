package import Casework
import Decisions

/// What an edition says of a work order. The facts are those its schema names: `kind`, `area` and the
/// like; what a model reads and nobody said, and the schema does not assume, is `missingFacts`.
extension Edition {
    package func classifyOrder(
        _ facts: Facts
    ) throws(PolicyError) -> Ruling<OrderClassification> {
        let answer = try askOrder("order-classification", facts)
        return Ruling(try answer.orderClassification(), on: answer.grounds)
    }

    package func routeOrder(_ facts: Facts) throws(PolicyError) -> Ruling<OrderRouting> {
        let answer = try askOrder("order-routing", facts)
        return Ruling(try answer.orderRouting(), on: answer.grounds)
    }

    /// - Parameter facts: With `isUrgent` and `difficulty` as classified, where the model reads them.
    package func orderTerms(for facts: Facts) throws(PolicyError) -> Ruling<OrderTerms> {
        let answer = try askOrder("order-limits", facts)
        return Ruling(try answer.orderTerms(for: facts), on: answer.grounds)
    }

    private func askOrder(_ model: String, _ facts: Facts) throws(PolicyError) -> Answer {
        try ask(model, Self.decision(of: model), facts)
    }
}

extension Answer {
    func orderClassification() throws(PolicyError) -> OrderClassification {
        let entries = try context()
        let category = try text("category", in: entries)
        guard edition.hotline.categories.contains(where: { $0.code == category }) else {
            throw unusable("\(category) is none of the edition's categories")
        }
        return OrderClassification(
            category: category, isUrgent: try flag("isUrgent", in: entries),
            difficulty: try grade("difficulty", in: entries))
    }

    func orderRouting() throws(PolicyError) -> OrderRouting {
        let entries = try context()
        let lead = try bureaus("lead", in: entries)
        let assisting = try bureaus("assisting", in: entries).filter { !lead.contains($0) }
        let line = try text("line", in: entries)
        let way = try choice(OrderRouting.Way.self, "way", in: entries)
        guard lead.count <= 1, way != .dispatch || lead.count == 1 else {
            throw unusable("a dispatched order has one lead, not \(lead.count)")
        }
        guard (way == .handOver) == !line.isEmpty else {
            throw unusable("an order that is handed over names its line, and no other does")
        }
        let level = try integer("level", in: entries)
        guard (1...3).contains(level) else { throw unusable("level \(level) is not 1, 2 or 3") }
        return OrderRouting(
            way: way, lead: lead.first, assisting: assisting, level: level,
            line: line.isEmpty ? nil : line, isDesignated: try flag("isDesignated", in: entries))
    }

    func orderTerms(for facts: Facts) throws(PolicyError) -> OrderTerms {
        let entries = try context()
        var limits: [ClockTerm] = []
        for clock in OrderClock.allCases where entries[clock.rawValue] != nil {
            if let term = try clockTerm(clock, in: entries) { limits.append(term) }
        }
        let promise = try context(of: "promise", in: entries)
        let named = try integer("providersToName", in: promise)
        return OrderTerms(
            edition: edition.name, editionHash: edition.hash, limits: limits,
            isUrgent: facts["isUrgent"] == .flag(true), difficulty: facts.difficulty,
            isDoublyAssigned: try flag("isDoublyAssigned", in: promise),
            followUp: try followUpRule(promise),
            returnsBeforeDesignation: try edition.integerIfNamed("returnsBeforeDesignation") ?? 3,
            providersToName: named == 0 ? nil : named, fieldCheck: fieldCheckRule(facts),
            extensionLimit: try edition.integerIfNamed("extensionLimit") ?? 1,
            callAttempts: try edition.integerIfNamed("callAttempts") ?? 1)
    }

    /// 现场调查: a share of the complaints, as the edition's `followUp.fieldChecks` says.
    private func fieldCheckRule(_ facts: Facts) -> FollowUpRule {
        guard facts["kind"] == .text("complaint"),
            let percent = edition.hotline.followUp.fieldCheckPercent
        else { return .none }
        return percent == 100 ? .all : .sample(percent: percent)
    }

    /// Nil where the row says that there is no such limit.
    private func clockTerm(
        _ clock: OrderClock, in entries: Context
    ) throws(PolicyError) -> ClockTerm? {
        let row = try context(of: clock.rawValue, in: entries)
        let unit = try text("unit", in: row)
        if unit == "none" { return nil }
        let count = try integer("count", in: row)
        let limit: Clock.Limit
        switch unit {
        case "minutes": limit = Clock.Limit(count: count, unit: .minutes)
        case "hours": limit = Clock.Limit(count: count * 60, unit: .minutes)
        case "days": limit = Clock.Limit(count: count, unit: .days)
        case "workingDays": limit = Clock.Limit(count: count, unit: .workingDays)
        default: throw unusable("\(unit) is no unit of a limit")
        }
        let warnAt = try integer("warnAt", in: row)
        let escalateAfter = try integer("escalateAfter", in: row)
        guard warnAt < 100, count <= Clock.minutesLimit / 60 else {
            throw unusable("\(clock): \(count) \(unit), with a warning at \(warnAt) percent left")
        }
        return ClockTerm(
            clock: clock, limit: limit, hours: try choice(ClockTerm.Hours.self, "hours", in: row),
            startsAt: try choice(ClockTerm.Start.self, "start", in: row),
            warnings: warnAt == 0
                ? [] : [.init(percentLeft: warnAt, to: try recipients("warnTo", in: row))],
            onBreach: try recipients("breachTo", in: row),
            escalations: escalateAfter == 0
                ? []
                : [.init(afterMinutes: escalateAfter, to: try recipients("escalateTo", in: row))],
            clause: clause(of: clock.rawValue))
    }

    private func followUpRule(_ promise: Context) throws(PolicyError) -> FollowUpRule {
        let percent = try integer("followUpPercent", in: promise)
        switch percent {
        case 0: return .none
        case 1...99: return .sample(percent: percent)
        case 100: return .all
        default: throw unusable("\(percent) percent cannot be called back")
        }
    }

    private func clause(of table: String) -> String {
        evaluation.hits.first { $0.decision == table }?.annotations["clause"] ?? ""
    }

    private func grade(_ name: String, in entries: Context) throws(PolicyError) -> Int? {
        let grades = edition.hotline.difficulties.count
        guard grades > 0 else { return nil }
        let grade = try integer(name, in: entries)
        guard (1...grades).contains(grade) else {
            throw unusable("\(grade) is none of the edition's \(grades) difficulties")
        }
        return grade
    }

    /// Codes divided by spaces; none for an empty text.
    private func recipients(
        _ name: String, in entries: Context
    ) throws(PolicyError) -> [Recipient] {
        var all: [Recipient] = []
        for code in try text(name, in: entries).split(separator: " ") {
            guard let recipient = Recipient(rawValue: String(code)) else {
                throw unusable("\(name): \(code) is no recipient")
            }
            all.append(recipient)
        }
        return all
    }

    private func bureaus(_ name: String, in entries: Context) throws(PolicyError) -> [String] {
        let codes = try text(name, in: entries).split(separator: " ").map(String.init)
        for code in codes where !edition.bureaus.contains(where: { $0.code == code }) {
            throw unusable("\(code) is none of the edition's bureaus")
        }
        return codes
    }
}

extension Facts {
    /// With what the classification answered, for the models that are asked after it.
    package func classified(as order: OrderClassification) -> Facts {
        var facts = self
        facts["category"] = .text(order.category)
        facts["isUrgent"] = .flag(order.isUrgent)
        facts["difficulty"] = order.difficulty.map { .integer(Int64($0)) }
        return facts
    }

    fileprivate var difficulty: Int? {
        if case .integer(let grade)? = self["difficulty"] { Int(exactly: grade) } else { nil }
    }
}
