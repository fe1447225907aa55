import Foundation

/// What the auditor knows of one case: sums over its events' own words, and nothing of the product's code.
struct AuditedCase: Sendable {
    private(set) var version = 0
    private(set) var merchant = "unlisted"
    /// In fen: set aside, owed to the tourist, owed by the merchant, owed back by the tourist.
    private(set) var reserved: Int64 = 0
    private(set) var payable: Int64 = 0
    private(set) var receivable: Int64 = 0
    private(set) var owedBack: Int64 = 0
    /// Everything that the tourist was ever to get, less what went back unclaimed.
    private(set) var granted: Int64 = 0
    private(set) var payouts: [String: Payout] = [:]
    private(set) var clocks: [String: AuditedClock] = [:]
    private var seen: [Digest] = []
    /// Somebody objected, and was not answered yet.
    private var isContested = false
    /// Somebody found that the tourist was paid twice, and nobody has decided.
    private var isFound = false

    struct Payout: Hashable, Sendable {
        let fen: Int64
        /// Sealed where the office has keys, until the auditor learns it.
        var account: String
        let isByBank: Bool
        var state = "open"
    }

    /// Takes the next event. Answers what is wrong with it.
    mutating func take(_ event: RawRows.Event) -> [String] {
        let name = "\(event.subject)#\(event.position) \(event.kind)"
        guard event.position == version else { return ["\(name) follows \(version) events"] }
        version += 1
        seen.append(event.digest)
        guard let words = event.words else { return ["\(name) cannot be read"] }
        if version == 1 {
            guard event.kind == "filed" else { return ["\(name): a case begins with filed"] }
            let filing = words["_0"] as? [String: Any]
            merchant = filing?["merchant"] as? String ?? "unlisted"
            return []
        }
        let wrong =
            event.kind.hasPrefix("clock") ? takeClock(event, words) : takeMoney(event.kind, words)
        return wrong.map { "\(name): \($0)" }
    }

    /// Whether the event at its position still says what it said when it was first seen.
    func isUnchanged(_ event: RawRows.Event) -> Bool {
        event.position < seen.count && seen[event.position] == event.digest
    }

    /// Money, an objection or a finding is open: nothing of it may be erased.
    var isOwing: Bool {
        reserved != 0 || payable != 0 || receivable != 0 || owedBack != 0 || isContested || isFound
    }

    mutating func learn(_ number: String, account: String) { payouts[number]?.account = account }

    /// The same case read again after what is personal in it was erased. Answers what is not as it was.
    mutating func readAgain(_ events: [RawRows.Event]) -> [String] {
        var again = AuditedCase()
        var wrong = events.flatMap { again.take($0) }
        for (number, payout) in payouts { again.learn(number, account: payout.account) }
        if again.figures != figures || again.payouts != payouts || again.clocks != clocks
            || again.merchant != merchant
        {
            wrong.append("what its events say of money and clocks is not what it was")
        }
        seen = again.seen
        return wrong
    }

    private var figures: [Int64] {
        [Int64(version), reserved, payable, receivable, owedBack, granted]
    }

    private mutating func takeMoney(_ kind: String, _ words: [String: Any]) -> [String] {
        let fen = words.fen("_0")
        var wrong: [String] = []
        switch kind {
        case "contested": isContested = true
        // Taken up anew, and the objection with it.
        case "contestAnswered", "reopened": isContested = false
        case "doublePaymentFound": isFound = true
        case "reserved": reserved += fen
        case "reservationReduced": reserved -= words.fen("by")
        case "reservationReturned": reserved -= fen
        case "released":
            reserved -= fen
            grant(fen)
        case "quickPayGranted": grant(fen)
        case "feeWaived":
            payable += fen
            granted += fen
        case "unclaimedReturned":
            payable -= fen
            granted -= fen
            receivable -= words.fen("recoverable")
        case "repaid", "depositSetOff", "defenceUpheld", "writtenOff", "repaidFromSuspense":
            receivable -= fen
        case "claimBackOpened":
            isFound = false
            receivable -= fen
            owedBack += fen
        case "touristRepaid", "touristRepaidFromSuspense", "claimBackWrittenOff": owedBack -= fen
        default: wrong += takePayout(kind, words)
        }
        for (name, sum) in [
            ("set aside", reserved), ("payable", payable), ("receivable", receivable),
            ("owed back", owedBack), ("granted", granted),
        ] where sum < 0 { wrong.append("\(name) falls to \(sum)") }
        return wrong
    }

    private mutating func grant(_ fen: Int64) {
        payable += fen
        granted += fen
        receivable += fen
    }

    private mutating func takePayout(_ kind: String, _ words: [String: Any]) -> [String] {
        guard kind.hasPrefix("payout"), let number = words["number"] as? String else { return [] }
        guard kind != "payoutOrdered" else { return order(number, words) }
        guard let payout = payouts[number] else { return ["\(number) was never ordered"] }
        switch kind {
        case "payoutConfirmed":
            payable -= words.fen("_1")
            guard payout.state == "open" else { return ["\(number) is \(payout.state)"] }
            payouts[number]?.state = "confirmed"
        case "payoutBounced":
            payable += words.fen("_1")
            guard payout.state == "confirmed" else { return ["\(number) is \(payout.state)"] }
            payouts[number]?.state = "bounced"
        case "payoutReturnedFromSuspense":
            payable += words.fen("_1")
            guard payout.state == "confirmed" else { return ["\(number) is \(payout.state)"] }
            payouts[number]?.state = "bounced"
            if words.fen("_1") != payout.fen { return ["\(number) was \(payout.fen)"] }
        case "payoutFailed", "payoutLapsed":
            guard payout.state == "open" else { return ["\(number) is \(payout.state)"] }
            payouts[number]?.state = "failed"
        default: break
        }
        return []
    }

    private mutating func order(_ number: String, _ words: [String: Any]) -> [String] {
        var wrong: [String] = []
        if payouts[number] != nil { wrong.append("\(number) is ordered twice") }
        if payouts.values.contains(where: { $0.state == "open" || $0.state == "confirmed" }) {
            wrong.append("\(number) is ordered while another is open or paid")
        }
        if words.fen("_1") != payable {
            wrong.append("\(words.fen("_1")) ordered, \(payable) owed")
        }
        let payee = words["_2"] as? [String: Any]
        payouts[number] = Payout(
            fen: words.fen("_1"), account: payee?["account"] as? String ?? "",
            isByBank: payee?["bank"] is [String: Any])
        return wrong
    }

    private mutating func takeClock(_ event: RawRows.Event, _ words: [String: Any]) -> [String] {
        guard let name = words["_0"] as? String else { return ["names no clock"] }
        switch event.kind {
        case "clockStarted":
            clocks[name] = AuditedClock(name, startedMs: event.atMs, dueMs: words.fen("due"))
        case "clockSuspended": clocks[name]?.suspend(at: event.atMs)
        case "clockResumed": clocks[name]?.resume(at: event.atMs)
        case "clockStopped": clocks[name]?.stop()
        case "clockFired":
            guard let step = words["_1"] as? String else { return ["names no step"] }
            guard clocks[name] != nil else { return ["\(name) never started"] }
            return clocks[name]?.fire(step, at: event.atMs).map { ["\(name): \($0)"] } ?? []
        default: break
        }
        return []
    }
}

/// One limit of a case, reckoned from what was said of it: where it ends, what has fired.
struct AuditedClock: Hashable, Sendable {
    private let name: String
    private let startedMs: Int64
    private let firstDueMs: Int64
    private(set) var dueMs: Int64
    private var suspendedMs: Int64?
    private var isStopped = false
    private var fired: Set<String> = []
    /// The last moment at which it was suspended or resumed.
    private var latestMs: Int64

    init(_ name: String, startedMs: Int64, dueMs: Int64) {
        self.name = name
        self.startedMs = startedMs
        self.dueMs = dueMs
        firstDueMs = dueMs
        latestMs = startedMs
    }

    mutating func suspend(at ms: Int64) {
        guard !isStopped, suspendedMs == nil else { return }
        latestMs = max(latestMs, ms)
        suspendedMs = latestMs
    }

    mutating func resume(at ms: Int64) {
        guard let from = suspendedMs, !isStopped else { return }
        latestMs = max(from, ms)
        suspendedMs = nil
        // What is suspended after the end moves it no more.
        if from < dueMs { dueMs += latestMs - from }
    }

    mutating func stop() { isStopped = true }

    /// Answers what is wrong with it; nil when it was due, and for the first time.
    mutating func fire(_ step: String, at ms: Int64) -> String? {
        guard let next else { return "\(step) fires, and nothing is due" }
        guard next.step == step else { return "\(step) fires before \(next.step)" }
        guard next.atMs <= ms else { return "\(step) fires \(next.atMs - ms) ms early" }
        fired.insert(step)
        return nil
    }

    /// What fires next, and when; nil when nothing does, or nobody knows yet when.
    var next: (step: String, atMs: Int64)? {
        guard !isStopped, suspendedMs == nil, !fired.contains("breach") else { return nil }
        let budget = firstDueMs - startedMs
        let early: Int64? =
            switch name {
            case "capReset": nil
            case "limitation": min(budget, 90 * 86_400_000)
            default: budget / 5
            }
        guard let early, !fired.contains("warning") else { return ("breach", dueMs) }
        return ("warning", dueMs - early)
    }
}

extension RawRows.Event {
    /// What the event says, by name.
    fileprivate var words: [String: Any]? {
        // Whatever is no object is reported as unreadable.
        let whole = try? JSONSerialization.jsonObject(with: Data(payload.utf8)) as? [String: Any]
        return whole?[kind] as? [String: Any]
    }

    var digest: Digest {
        var digest = Digest()
        digest.take("\(subject) \(position) \(kind) \(actor) \(atMs)")
        digest.take(payload)
        return digest
    }
}

extension [String: Any] {
    /// A whole number; 0 where there is none.
    fileprivate func fen(_ name: String) -> Int64 { (self[name] as? NSNumber)?.int64Value ?? 0 }
}
