import Casework
import Ledger

/// What is to happen, the earliest first; of simultaneous things the one entered first.
struct Agenda: Sendable {
    typealias Item = (at: Moment, action: Action)
    private var items: [Item] = []

    var first: Item? { items.first }

    mutating func enter(_ action: Action, at moment: Moment) {
        let place = items.firstIndex { $0.at > moment } ?? items.count
        items.insert((moment, action), at: place)
    }

    mutating func removeFirst() { items.removeFirst() }
}

/// Something that happens.
enum Action: Sendable {
    /// A tourist's complaint arrives, the `number`th.
    case complaint(number: Int)
    /// Somebody looks at a case, and acts.
    case visit(ID<Case>)
    /// Somebody calls the hotline.
    case call(number: Int)
    case handle(ID<WorkOrder>)
    /// A server makes its rounds.
    case round(server: Int)
    /// The morning of a day: statements, payment files, closing.
    case morning(Day)
    /// A server sends what people are to be written.
    case post
    /// Somebody tries again what failed.
    case again
    /// Somebody sets a server's clock.
    case clock
    /// A server is ended in good order, and started anew.
    case restart
}
