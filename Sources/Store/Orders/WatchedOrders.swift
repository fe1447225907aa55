package import Casework
package import Database
package import Ledger

/// An open work order that bureaus have sent back.
package struct ReturnedOrder: Hashable, Sendable {
    package let id: ID<WorkOrder>
    /// Since it was registered.
    package let returns: Int
}

extension Transaction {
    /// Open work orders that came back as not theirs, the most often returned first.
    ///
    /// - Parameter limit: 1…200.
    package func returnedOrders(limit: Int) throws(DatabaseError) -> [ReturnedOrder] {
        var found: [ReturnedOrder] = []
        for row in try rows(
            """
            select r.order_id, count(*) as returns from order_row r
            join order_event e on e.order_id = r.order_id and e.kind = 'returned'
            where r.is_open = 1 group by r.order_id
            order by returns desc, r.order_id limit \(min(max(limit, 1), 200))
            """)
        {
            found.append(
                ReturnedOrder(id: ID(try row.text(0)), returns: Int(try row.integer(1))))
        }
        return found
    }

    /// Open work orders for which an extension was asked at some time, the most pressing first.
    ///
    /// - Parameter limit: 1…200.
    package func ordersWithExtensionAsked(
        limit: Int
    ) throws(DatabaseError) -> [ID<WorkOrder>] {
        var found: [ID<WorkOrder>] = []
        for row in try rows(
            """
            select r.order_id from order_row r where r.is_open = 1 and r.bureau is not null
                and exists (select 1 from order_event e
                    where e.order_id = r.order_id and e.kind = 'extensionAsked')
            order by coalesce(r.due_ms, 0), r.order_id limit \(min(max(limit, 1), 200))
            """)
        {
            found.append(ID(try row.text(0)))
        }
        return found
    }

    /// 问责清单: what was put on it of any work order, the newest first.
    ///
    /// - Parameter limit: 1…200.
    package func listedFaults(
        limit: Int
    ) throws(DatabaseError) -> [(order: ID<WorkOrder>, entry: RecordedOrder)] {
        var found: [(order: ID<WorkOrder>, entry: RecordedOrder)] = []
        for row in try rows(
            """
            select order_id, position, payload, actor, at_ms, recorded_ms from order_event
            where kind = 'faultListed' order by at_ms desc, order_id desc, position desc
            limit \(min(max(limit, 1), 200))
            """)
        {
            let (id, position) = (try row.text(0), Int(try row.integer(1)))
            let place = "order_event \(id) #\(position)"
            let payload = try opened(row.text(2), of: id, at: place)
            found.append(
                (
                    ID(id),
                    RecordedOrder(
                        try fromJSON(OrderEvent.self, payload, at: place), position: position,
                        actor: try row.text(3), at: Moment(ms: try row.integer(4)),
                        recordedAt: Moment(ms: try row.integer(5)))
                ))
        }
        return found
    }
}
