import Foundation

/// What the auditor knows of one work order: that its events follow each other and stay what they are, and that
/// each step of a clock fires at most once for each time the clock was started.
struct AuditedOrder: Sendable {
    private(set) var version = 0
    private var seen: [Digest] = []
    private var fired: [String: Set<String>] = [:]

    mutating func take(_ event: RawRows.Event) -> [String] {
        let name = "\(event.subject)#\(event.position) \(event.kind)"
        guard event.position == version else { return ["\(name) follows \(version) events"] }
        version += 1
        seen.append(event.digest)
        guard event.kind.hasPrefix("clock") else { return [] }
        // Whatever is no object is reported as unreadable.
        let whole =
            try? JSONSerialization.jsonObject(with: Data(event.payload.utf8)) as? [String: Any]
        guard let words = whole?[event.kind] as? [String: Any] else {
            return ["\(name) cannot be read"]
        }
        switch event.kind {
        case "clockStarted":
            let term = words["_0"] as? [String: Any]
            guard let clock = term?["clock"] as? String else { return ["\(name) names no clock"] }
            fired[clock] = []
        case "clockFired":
            guard let clock = words["_0"] as? String, let step = words["_1"] else {
                return ["\(name) names no clock and step"]
            }
            guard fired[clock, default: []].insert("\(step)").inserted else {
                return ["\(name): \(clock) fires \(step) twice"]
            }
        default: break
        }
        return []
    }

    /// The same order read again after what is personal in it was erased. Answers what is not as it was.
    mutating func readAgain(_ events: [RawRows.Event]) -> [String] {
        var again = AuditedOrder()
        var wrong = events.flatMap { again.take($0) }
        if again.version != version || again.fired != fired {
            wrong.append("what its events say of clocks is not what it was")
        }
        seen = again.seen
        return wrong
    }

    func isUnchanged(_ event: RawRows.Event) -> Bool {
        event.position < seen.count && seen[event.position] == event.digest
    }
}
