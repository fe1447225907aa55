import Casework
import Ledger
import Testing

/// A work order at which anybody tries anything, with the events so far.
struct OrderDesk {
    let id: ID<WorkOrder>
    let demand: Demand
    let terms: OrderTerms
    var book = OrderSample.book
    var now = OrderSample.start
    private(set) var order: WorkOrder?
    private(set) var recorded: [RecordedOrder] = []

    init(
        _ id: ID<WorkOrder> = OrderSample.id, demand: Demand = OrderSample.demand(),
        terms: OrderTerms = OrderSample.terms()
    ) {
        self.id = id
        self.demand = demand
        self.terms = terms
    }

    mutating func register(by actor: Actor) throws(OrderRefusal) -> [OrderEvent] {
        let events = try WorkOrder.register(
            demand, as: id, on: terms, by: actor, at: now, on: book)
        record(events, by: actor)
        return events
    }

    mutating func perform(
        _ command: OrderCommand, by actor: Actor
    ) throws(OrderRefusal) -> [OrderEvent] {
        guard let order else { return [] }
        let events = try order.decide(command, by: actor, at: now, on: book)
        record(events, by: actor)
        return events
    }

    private mutating func record(_ events: [OrderEvent], by actor: Actor) {
        for event in events {
            let each = RecordedOrder(
                event, position: recorded.count, actor: actor.name, at: now, recordedAt: now)
            recorded.append(each)
            if order == nil {
                order = WorkOrder(id: id, opening: each)
            } else {
                order?.apply(each)
            }
        }
    }
}

extension OrderDesk {
    /// One line: `amy dispatch water city → accepted dispatched`; a refusal reads `✗ outOfTurn`. What is
    /// not in the answer is not compared when there is no arrow. `at 2025-03-11T09:00` moves the clock,
    /// `+ 30` by minutes, `is handling` asks for the stage.
    mutating func play(_ line: Substring, at location: SourceLocation) {
        let halves = line.split(separator: "→", maxSplits: 1)
        var words = halves[0].split(separator: " ").map(String.init)
        guard words.count >= 2 else { return }
        let (who, verb) = (words[0], words[1])
        words.removeFirst(2)
        switch who {
        case "at": now = local(verb)
        case "+": now = now.advanced(byMinutes: Int(verb) ?? 0)
        case "is": #expect(order?.stage.name == verb, "\(line)", sourceLocation: location)
        default:
            let said = answer(who, verb, words)
            guard halves.count == 2 else {
                #expect(!said.hasPrefix("✗"), "\(line): \(said)", sourceLocation: location)
                return
            }
            let wanted = halves[1].split(separator: " ").joined(separator: " ")
            #expect(said == wanted, "\(line)", sourceLocation: location)
        }
    }

    /// Names of the events without the clocks', or of the refusal.
    mutating func answer(_ who: String, _ verb: String, _ words: [String]) -> String {
        guard let actor = OrderSample.people[who] else { return "nobody is \(who)" }
        do throws(OrderRefusal) {
            let events: [OrderEvent]
            if verb == "register" {
                events = try register(by: actor)
            } else if let command = OrderCommand(verb, words) {
                events = try perform(command, by: actor)
            } else {
                return "unknown: \(verb)"
            }
            let kinds = events.map(\.kind).filter { !$0.hasPrefix("clockSt") }
            return kinds.isEmpty ? "-" : kinds.joined(separator: " ")
        } catch {
            return "✗ \(Mirror(reflecting: error).children.first?.label ?? "\(error)")"
        }
    }
}

/// Plays a script from registration on, and answers the desk as it stands then.
@discardableResult
func play(
    _ script: String, on desk: OrderDesk = OrderDesk(),
    at location: SourceLocation = #_sourceLocation
) -> OrderDesk {
    var desk = desk
    for line in script.split(separator: "\n") { desk.play(line, at: location) }
    #expect(
        WorkOrder(id: desk.id, replaying: desk.recorded) == desk.order, "the replay differs",
        sourceLocation: location)
    return desk
}
