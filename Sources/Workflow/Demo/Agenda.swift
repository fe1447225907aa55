import Casework
import HeapModule
import Ledger

/// What is still to happen, the earliest first; of simultaneous things the one entered first.
struct Agenda {
    private var heap: Heap<Item> = []
    private var entered = 0

    enum Action: Sendable {
        /// The complaint with this index arrives.
        case file(Int)
        /// Somebody acts on a case, if it still calls for it: see `Plan`.
        case act(ID<Case>, key: String)
        /// A merchant's standing changes, by index in the list and in its changes.
        case standing(merchant: Int, change: Int)
        /// The morning after a bank day: statements, top-up, closing.
        case morning(after: Day)
        /// The end of the reported months.
        case cutoff
    }

    struct Item: Comparable {
        let at: Moment
        let order: Int
        let action: Action

        static func < (a: Item, b: Item) -> Bool { (a.at, a.order) < (b.at, b.order) }
        static func == (a: Item, b: Item) -> Bool { a.order == b.order }
    }

    var isEmpty: Bool { heap.isEmpty }
    var nextTime: Moment? { heap.min?.at }

    mutating func enter(_ action: Action, at moment: Moment) {
        entered += 1
        heap.insert(Item(at: moment, order: entered, action: action))
    }

    mutating func popFirst() -> Item? { heap.popMin() }
}
