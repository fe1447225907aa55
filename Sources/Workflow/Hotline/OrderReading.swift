package import Casework
package import Ledger
package import Store

/// A work order with all that is known of it, from one state of the database.
package struct WholeOrder: Sendable {
    package let order: WorkOrder
    package let recorded: [RecordedOrder]
    package let notices: [OrderNotice]
    /// By which its clocks are counted.
    package let schedules: ScheduleBook
    /// Whose names its codes have.
    package let edition: Edition
    /// What the edition proposes, while it is with the hotline; nil also while nobody has said what the
    /// proposal depends on.
    package let routing: Ruling<OrderRouting>?
}

extension Office {
    package func wholeOrder(_ id: ID<WorkOrder>) async throws -> WholeOrder {
        let moment = now()
        return try await read { transaction in
            let work = Work(transaction: transaction, office: self, now: moment)
            let recorded = try transaction.events(ofOrder: id)
            guard let order = WorkOrder(id: id, replaying: recorded) else {
                throw WorkflowError.noSuchOrder(id.text)
            }
            let edition = try self.hotlinePolicies.edition(named: order.terms.edition)
            return WholeOrder(
                order: order, recorded: recorded, notices: try transaction.notices(ofOrder: id),
                schedules: try work.schedules(of: order), edition: edition,
                routing: order.stage == .registered && order.demand.about == nil
                    ? try edition.proposal(order.modelFacts) : nil)
        }
    }
}

extension Edition {
    /// What it proposes to do with an order; nil while facts are missing on which that depends.
    func proposal(_ facts: Facts) throws(PolicyError) -> Ruling<OrderRouting>? {
        do {
            return try routeOrder(facts)
        } catch .missingFacts {
            return nil
        }
    }
}

extension WorkOrder {
    /// What the edition's order models read.
    var modelFacts: Facts {
        var all = facts
        all["kind"] = .text(sorting.kind)
        if let area = sorting.area { all["area"] = .text(area) }
        all["isUrgent"] = .flag(terms.isUrgent)
        if let grade = terms.difficulty { all["difficulty"] = .integer(Int64(grade)) }
        return all
    }
}
