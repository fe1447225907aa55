package import Casework
package import Database
package import Ledger

/// A work order that may be about the same thing, and by what it was recognised.
package struct LikeOrder: Hashable, Sendable {
    package let id: ID<WorkOrder>
    /// `numberElsewhere`, `order`, `evidence`, `text`, `phone`: the most telling that they share.
    package let kind: String
    /// Both named the same telephone.
    package let isSameCaller: Bool
}

extension Transaction {
    /// Earlier work orders that share the most telling key with `demand`, the earliest first: the number
    /// another hotline gave it, an order number, a file, near-same words; the telephone alone is told,
    /// and decides nothing.
    ///
    /// - Parameter limit: Of each kind.
    package func ordersLike(
        _ demand: Demand, evidence: [String] = [], than id: ID<WorkOrder>? = nil, limit: Int = 20
    ) throws(DatabaseError) -> [LikeOrder] {
        var found: [LikeOrder] = []
        var seen: Set<ID<WorkOrder>> = []
        let keys = keys(of: demand)
        var callers: [ID<WorkOrder>] = []
        if let phone = keys.last(where: { $0.0 == "phone" }) {
            callers = try orders(with: phone, than: id, limit: limit)
        }
        func add(_ order: ID<WorkOrder>, _ kind: String) {
            guard seen.insert(order).inserted else { return }
            found.append(
                LikeOrder(id: order, kind: kind, isSameCaller: callers.contains(order)))
        }
        for key in keys + evidence.map({ ("evidence", $0) }) where key.0 != "phone" {
            // Words that many use would hide the one order of the same caller among theirs.
            if key.0 == "text", !callers.isEmpty {
                for order in try orders(with: key, among: callers) { add(order, key.0) }
            }
            for order in try orders(with: key, than: id, limit: limit) { add(order, key.0) }
        }
        for order in callers { add(order, "phone") }
        return found
    }

    private func orders(
        with key: (String, String), than id: ID<WorkOrder>?, limit: Int
    ) throws(DatabaseError) -> [ID<WorkOrder>] {
        var found: [ID<WorkOrder>] = []
        for row in try rows(
            """
            select order_id from order_key
            where kind = \(key.0) and value in (\(list: try sought(key.1)))
                and order_id <> \(id?.text ?? "")
            order by order_id limit \(limit)
            """)
        {
            found.append(ID(try row.text(0)))
        }
        return found
    }

    private func orders(
        with key: (String, String), among orders: [ID<WorkOrder>]
    ) throws(DatabaseError) -> [ID<WorkOrder>] {
        let listed = orders.map { SQLValue.text($0.text) }
        var found: [ID<WorkOrder>] = []
        for row in try rows(
            """
            select order_id from order_key
            where kind = \(key.0) and value in (\(list: try sought(key.1)))
                and order_id in (\(list: listed))
            order by order_id
            """)
        {
            found.append(ID(try row.text(0)))
        }
        return found
    }

    func writeKeys(_ recorded: [RecordedOrder], of order: WorkOrder) throws(DatabaseError) {
        var all: [(String, String)] = []
        for each in recorded {
            switch each.event {
            case .registered(let demand, _): all += keys(of: demand)
            case .evidenceAdded(let evidence): all.append(("evidence", evidence.hash))
            case .messageAdded(let message), .questionAnswered(let message):
                all += message.evidence.map { ("evidence", $0) }
            default: break
            }
        }
        guard !all.isEmpty else { return }
        var rows: [[SQLValue]] = []
        for (kind, value) in all {
            rows.append([.text(kind), .text(try keyed(value)), .text(order.id.text)])
        }
        try insert(
            into: "order_key", "kind, value, order_id", rows: rows, "on conflict do nothing")
    }

    /// The most telling first.
    private func keys(of demand: Demand) -> [(String, String)] {
        var keys: [(String, String)] = []
        if let number = demand.numberElsewhere { keys.append(("numberElsewhere", number)) }
        if case .text(let order)? = demand.facts["order"] {
            let merchant = demand.merchant?.text ?? demand.merchantName ?? ""
            keys.append(("order", hashed("\(merchant)/\(order)")))
        }
        keys += TextLikeness(demand.text).keys.map { ("text", $0) }
        if let phone = demand.caller.phone?.revealed {
            keys.append(("phone", phoneKey(phone)))
        }
        return keys
    }

    func phoneKey(_ phone: String) -> String { hashed(phone.filter(\.isNumber)) }

    /// So that a telephone is found without standing in the table.
    private func hashed(_ text: String) -> String {
        String(Hash(of: Array(text.utf8)).hex.prefix(32))
    }
}
