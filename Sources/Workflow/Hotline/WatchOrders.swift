package import Casework
import Database
package import Ledger
package import Store

/// What a supervisor or discipline inspection has before them of the work orders.
package struct OrderWatch: Sendable {
    /// Open, with a limit that has ended.
    package let overdue: [OrderRow]
    package let supervised: [OrderRow]
    /// Sent back by bureaus, the most often returned first.
    package let passedAround: [Returned]
    /// An extension was asked for, and nobody has answered.
    package let extensions: [(row: OrderRow, asked: ExtensionRequest)]
    /// Drawn for a look on the spot, and nobody has looked.
    package let fieldChecks: [OrderRow]
    package let faults: [Listed]

    package struct Listed: Sendable {
        package let order: ID<WorkOrder>
        package let fault: BureauFault
        package let bureau: String
        package let reason: String
        package let at: Moment
        /// Who put it on the list.
        package let by: String
    }

    package struct Returned: Sendable {
        package let row: OrderRow
        package let returns: Int
        /// It waits for a supervisor's designation or a meeting.
        package let isDesignationWanted: Bool
    }
}

extension Office {
    /// - Parameter limit: Of each list, 1…200.
    package func watchOrders(limit: Int) async throws -> OrderWatch {
        let (moment, percent) = (now(), fieldCheckPercent)
        return try await read { transaction in
            var late = OrderFilter()
            (late.dueBefore, late.limit) = (moment, limit)
            var watched = OrderFilter()
            (watched.isOpen, watched.isSupervised, watched.limit) = (true, true, limit)
            return OrderWatch(
                overdue: try transaction.orderQueue(late),
                supervised: try transaction.orders(listedBy: watched),
                passedAround: try transaction.passedAround(limit: limit),
                extensions: try transaction.extensionsAsked(limit: limit),
                fieldChecks: try transaction.fieldChecksOpen(percent: percent, limit: limit),
                faults: try transaction.listedFaults(limit: limit).compactMap {
                    OrderWatch.Listed($0.order, $0.entry)
                })
        }
    }

    /// The largest share that any edition has looked at; nil where none has any.
    private var fieldCheckPercent: Int? {
        hotlinePolicies.editions.compactMap(\.hotline.followUp.fieldCheckPercent).max()
    }

    /// 红色警告: the firms that stand last in the year so far, the worst first; nil where the edition
    /// knows no such rule.
    package func redWarnings(of year: Int) async throws -> [Casework.League.Place]? {
        guard let last = hotlinePolicies.editions.last?.hotline.providers?.redWarningLast else {
            return nil
        }
        let terms = ReportParameters()
        return try await read { transaction in
            let firms = try transaction.merchantTallies(
                .year(year), minimum: terms.leagueMinimum)
            return Casework.League(
                firms.map { ($0.code, $0.counts) }, by: terms.merchantScoring,
                minimum: terms.leagueMinimum
            ).redWarnings(last)
        }
    }
}

extension Transaction {
    fileprivate func passedAround(limit: Int) throws -> [OrderWatch.Returned] {
        try returnedOrders(limit: limit).compactMap { found in
            guard let row = try orderRow(found.id), let order = try workOrder(found.id) else {
                return nil
            }
            return OrderWatch.Returned(
                row: row, returns: found.returns, isDesignationWanted: order.isDesignationWanted)
        }
    }

    fileprivate func extensionsAsked(
        limit: Int
    ) throws -> [(row: OrderRow, asked: ExtensionRequest)] {
        try ordersWithExtensionAsked(limit: limit).compactMap { id in
            guard let asked = try workOrder(id)?.extensionAsked, let row = try orderRow(id) else {
                return nil
            }
            return (row, asked)
        }
    }

    /// The numbers tell which may have been drawn; only those are read.
    fileprivate func fieldChecksOpen(percent: Int?, limit: Int) throws -> [OrderRow] {
        guard let percent else { return [] }
        let rule: FollowUpRule = percent >= 100 ? .all : .sample(percent: percent)
        var done = OrderFilter()
        (done.stage, done.limit) = ("finished", 200)
        return try orderRows(done).filter { row in
            guard rule.includes(row.id, for: .fieldCheck) else { return false }
            return try workOrder(row.id)?.isFieldCheckOpen ?? false
        }.prefix(limit).map { $0 }
    }
}

extension OrderWatch.Listed {
    fileprivate init?(_ order: ID<WorkOrder>, _ recorded: RecordedOrder) {
        guard case .faultListed(let fault, let bureau, let reason) = recorded.event else {
            return nil
        }
        self.init(
            order: order, fault: fault, bureau: bureau, reason: reason, at: recorded.at,
            by: recorded.actor)
    }
}
