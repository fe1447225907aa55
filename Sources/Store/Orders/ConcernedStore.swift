import Casework
package import Database
import Ledger

/// Whom orders about the office name, kept beside their lines so that a list need read no order.
extension Transaction {
    /// Once, when it is registered: what it is about does not change.
    func writeConcerned(_ order: WorkOrder) throws(DatabaseError) {
        guard let names = order.demand.about?.names, !names.isEmpty else { return }
        try insert(
            into: "order_concerned", "order_id, whom",
            rows: names.map { [.text(order.id.text), .text($0)] },
            "on conflict (order_id, whom) do nothing")
    }

    /// Those that assist with it now.
    func writeAssisting(_ order: WorkOrder) throws(DatabaseError) {
        try put("delete from order_assisting where order_id = \(order.id.text)")
        guard let assisting = order.assignment?.assisting, !assisting.isEmpty else { return }
        try insert(
            into: "order_assisting", "bureau, order_id",
            rows: assisting.map { [.text($0), .text(order.id.text)] })
    }
}

extension Transaction {
    /// Writes who assists with, and whom are named by, the next orders registered before those tables were.
    ///
    /// Reads at most `limit` orders, and remembers how far it came: whoever opens the office calls it until
    /// there are none left. Doing it twice is doing it once.
    ///
    /// - Returns: Whether some are left.
    package func fillOrderTables(limit: Int) throws(DatabaseError) -> Bool {
        let row = try first("select after_id from order_fill where name = 'assisting, concerned'")
        guard let after = try row?.text(0) else { return false }
        let numbers = try orderNumbers(after: after, limit: limit)
        for number in numbers {
            guard let order = try workOrder(number) else { continue }
            try writeConcerned(order)
            try writeAssisting(order)
        }
        guard let last = numbers.last, numbers.count == limit else {
            try put("delete from order_fill where name = 'assisting, concerned'")
            return false
        }
        try put(
            """
            update order_fill set after_id = \(last.text) where name = 'assisting, concerned'
            """)
        return true
    }
}

extension OfficeMatter {
    /// As they are kept: `person/…`, `bureau/…`.
    fileprivate var names: [String] {
        people.map { "person/\($0)" } + bureaus.map { "bureau/\($0)" }
    }
}

extension Actor {
    /// Under what a matter about the office may name them; see `OfficeMatter.concerns`.
    var namesInMatters: [String] {
        ["person/\(name)"] + (bureau.map { ["bureau/\($0)"] } ?? [])
    }
}
