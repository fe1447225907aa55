package import Casework
package import Ledger
import Store

/// How a demand is to be sorted anew.
package struct OrderSorting: Hashable, Sendable {
    package let kind: String
    /// Nil: the edition's classification says.
    package let category: String?
    /// Nil: as it was.
    package let area: String?

    package init(kind: String, category: String?, area: String?) {
        self.kind = kind
        self.category = category
        self.area = area
    }
}

extension Work {
    /// Sorts a work order under another kind, category or area, on the terms that the edition it was
    /// registered under has for those. Clocks that run keep their limits.
    @discardableResult
    package func sortOrder(
        _ sorting: OrderSorting, reason: String, onOrder id: ID<WorkOrder>, by actor: Actor,
        expecting version: Int? = nil
    ) throws -> WorkOrder {
        let order = try sheet(id, expecting: version).order
        let edition = try office.hotlinePolicies.edition(named: order.terms.edition)
        let problems = edition.problems(in: sorting)
        guard problems.isEmpty else { throw WorkflowError.unfit(problems) }
        var facts = order.modelFacts
        let area = sorting.area ?? order.sorting.area
        facts["kind"] = .text(sorting.kind)
        if let area { facts["area"] = .text(area) }
        let classification = try edition.classifyOrder(facts)
        let sorted = classification.outcome
        facts["isUrgent"] = .flag(sorted.isUrgent)
        facts["difficulty"] = sorted.difficulty.map { .integer(Int64($0)) }
        let grounds = OrderGrounds(
            classification: classification, routing: try edition.proposal(facts))
        let terms = try edition.orderTerms(for: facts).outcome.grounded(on: grounds)
        return try perform(
            .sort(
                Sorting(
                    kind: sorting.kind, category: sorting.category ?? sorted.category, area: area),
                terms, reason: reason),
            onOrder: id, by: actor, expecting: version)
    }

    /// Gives `command` when every bureau that it names is one of the edition's.
    ///
    /// - Parameter named: The field and the bureaus in it.
    @discardableResult
    package func perform(
        _ command: OrderCommand, naming named: [(field: String, bureaus: [String])],
        onOrder id: ID<WorkOrder>, by actor: Actor, expecting version: Int? = nil
    ) throws -> WorkOrder {
        let edition = try hotlineEdition(of: id)
        let known = edition.bureaus.map(\.code)
        var problems: [WorkflowError.Problem] = []
        for (field, bureaus) in named where !bureaus.allSatisfy(known.contains) {
            problems.append(.oneOf(field, known))
        }
        guard problems.isEmpty else { throw WorkflowError.unfit(problems) }
        return try perform(command, onOrder: id, by: actor, expecting: version)
    }

    func hotlineEdition(of id: ID<WorkOrder>) throws -> Edition {
        try office.hotlinePolicies.edition(named: try sheet(id).order.terms.edition)
    }
}

extension Edition {
    func problems(in sorting: OrderSorting) -> [WorkflowError.Problem] {
        var found: [WorkflowError.Problem] = []
        let kinds = hotline.kinds.map(\.code)
        if !kinds.contains(sorting.kind) { found.append(.oneOf("kind", kinds)) }
        let categories = hotline.categories.map(\.code)
        if let category = sorting.category, !categories.contains(category) {
            found.append(.oneOf("category", categories))
        }
        let areas = hotline.areas.map(\.code)
        if let area = sorting.area, !areas.contains(area) { found.append(.oneOf("area", areas)) }
        return found
    }
}

extension WorkflowError.Problem {
    static func oneOf(_ field: String, _ known: [String]) -> WorkflowError.Problem {
        let list = known.joined(separator: ", ")
        return .init(
            field: field, chinese: "应为以下之一：\(list)", english: "must be one of: \(list)")
    }
}
