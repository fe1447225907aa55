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

/// A firm that stands among the last of a year.
package struct RedWarning: Sendable {
    package let name: String
    package let score: FigureValue
}

extension Office {
    /// - Parameters:
    ///   - reader: Reads no words of an order that is about them.
    ///   - limit: Of each list, 1…200.
    package func watchOrders(for reader: Actor, limit: Int) async throws -> OrderWatch {
        let (moment, percent) = (now(), fieldCheckPercent)
        return try await read { transaction in
            var late = OrderFilter(reader: reader)
            (late.dueBefore, late.limit) = (moment, limit)
            var watched = OrderFilter(reader: reader)
            (watched.isOpen, watched.isSupervised, watched.limit) = (true, true, limit)
            return OrderWatch(
                overdue: try transaction.orderQueue(late),
                supervised: try transaction.orders(listedBy: watched),
                passedAround: try transaction.passedAround(for: reader, limit: limit),
                extensions: try transaction.extensionsAsked(for: reader, limit: limit),
                fieldChecks: try transaction.fieldChecksOpen(
                    percent: percent, for: reader, limit: limit),
                faults: try transaction.listedFaults(limit: limit).compactMap {
                    let row = try transaction.orderRow($0.order, for: reader)
                    return OrderWatch.Listed(
                        $0.order, $0.entry, isReadable: row?.text.isEmpty == false)
                })
        }
    }

    /// The largest share that any edition has looked at; nil where none has any.
    private var fieldCheckPercent: Int? {
        hotlinePolicies.editions.compactMap(\.hotline.followUp.fieldCheckPercent).max()
    }

    /// 红色警告: the firms that stand last in the year so far, the worst first; nil where the edition
    /// knows no such rule.
    package func redWarnings(of year: Int) async throws -> [RedWarning]? {
        guard let last = hotlinePolicies.editions.last?.hotline.providers?.redWarningLast else {
            return nil
        }
        let terms = ReportParameters()
        return try await read { transaction in
            let firms = try transaction.merchantTallies(
                .year(year), minimum: terms.leagueMinimum)
            return try Casework.League(
                firms.map { ($0.code, $0.counts) }, by: terms.merchantScoring,
                minimum: terms.leagueMinimum
            ).redWarnings(last).map { place in
                RedWarning(
                    name: try transaction.merchant(ID(place.code))?.name ?? place.code,
                    score: place.score.map { .score($0) } ?? .noData)
            }
        }
    }
}

extension Transaction {
    fileprivate func passedAround(for reader: Actor, limit: Int) throws -> [OrderWatch.Returned] {
        try returnedOrders(limit: limit).compactMap { found in
            guard let row = try orderRow(found.id, for: reader), let order = try workOrder(found.id)
            else {
                return nil
            }
            return OrderWatch.Returned(
                row: row, returns: found.returns, isDesignationWanted: order.isDesignationWanted)
        }
    }

    fileprivate func extensionsAsked(
        for reader: Actor, limit: Int
    ) throws -> [(row: OrderRow, asked: ExtensionRequest)] {
        try ordersWithExtensionAsked(limit: limit).compactMap { id in
            guard let order = try workOrder(id), let asked = order.extensionAsked,
                order.demand.about?.concerns(reader) != true,
                let row = try orderRow(id, for: reader)
            else { return nil }
            return (row, asked)
        }
    }

    /// The numbers tell which may have been drawn; only those are read.
    fileprivate func fieldChecksOpen(
        percent: Int?, for reader: Actor, limit: Int
    ) throws -> [OrderRow] {
        guard let percent else { return [] }
        let rule: FollowUpRule = percent >= 100 ? .all : .sample(percent: percent)
        var done = OrderFilter(reader: reader)
        (done.stage, done.limit) = ("finished", 200)
        return try orderRows(done).filter { row in
            guard rule.includes(row.id, for: .fieldCheck) else { return false }
            return try workOrder(row.id)?.isFieldCheckOpen ?? false
        }.prefix(limit).map { $0 }
    }
}

extension OrderWatch.Listed {
    /// - Parameter isReadable: Whether the reader may have its words.
    fileprivate init?(_ order: ID<WorkOrder>, _ recorded: RecordedOrder, isReadable: Bool) {
        guard case .faultListed(let fault, let bureau, let reason) = recorded.event else {
            return nil
        }
        self.init(
            order: order, fault: fault, bureau: bureau, reason: isReadable ? reason : "",
            at: recorded.at,
            by: recorded.actor)
    }
}
