import Casework
import Ledger
import Randomness
import Testing

/// Thousands of work orders at which anybody tries anything at any time.
@Suite struct OrderWalkTests {
    @Test(arguments: 1...4)
    func `whoever does what in any order, a work order stays one that makes sense`(
        seed: UInt64
    ) throws {
        var walk = OrderWalk(seed: seed)
        for sequence in 1...500 {
            if let fault = try walk.play(sequence) {
                Issue.record("seed \(seed), order \(sequence): \(fault)")
                return
            }
        }
        // A walk that never gets anywhere proves nothing.
        let all = Set(OrderEventFormatTests.events.map(\.kind))
        #expect(walk.kinds == all, "never happened: \(all.subtracting(walk.kinds).sorted())")
    }
}

struct OrderWalk {
    private var random: SeededRandom
    /// Kinds of events that happened.
    private(set) var kinds: Set<String> = []

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    private static let lines = [
        "accept", "sort repair why", "answer yes", "passToDuty why", "name local a b c",
        "name nearest a", "choose b", "choose z", "choose none", "decline COURT why",
        "emergency 120 0 1 2", "discipline body", "merge WH-25-0000009-1",
        "absorb WH-25-0000007-3", "absorb WH-25-0000007-3 fresh", "absorb WH-25-0000006-4 floor",
        "link SY-25-0000001-1", "facts floor why", "evidence f00d", "evidence beef",
        "pass ann leave", "dispatch water city", "dispatch city", "designate water why city",
        "designate city why", "meeting water m-1", "acknowledge", "acknowledge",
        "acknowledge telephone", "return no", "contact rang", "response there", "report did",
        "ask where", "message sms hello", "reply wechat here", "pause expertTest lab",
        "pause callerAbsent gone", "pause systemFailure down", "resume on", "askExtension 2 parts",
        "grantExtension", "refuseExtension no", "agree less half", "agree all refund",
        "consent m1", "consent m2", "finish solved mended", "finish unsolved why",
        "finish inKind cleaning", "remind again", "supervise slow", "fault water slow",
        "look good fine", "look bad wet", "call a", "call c bureau", "call c circumstances",
        "call unreachable", "close", "close", "close", "look good fine", "call a", "call b",
        "finish solved mended", "askExtension 1 more", "grantExtension", "withdraw ok",
        "reopen a second pipe",
    ]

    private static let endings: Set<String> = [
        "answer yes", "decline COURT why", "emergency 120 0 1 2",
        "discipline body", "merge WH-25-0000009-1", "withdraw ok",
    ]
    private static let names = OrderSample.people.keys.sorted()

    /// Plays one order; answers what went wrong.
    mutating func play(_ sequence: Int) throws -> String? {
        let members = (1...2).map { Joint.Member(id: "m\($0)", name: "n\($0)") }
        let joint = sequence % 5 == 0 ? Joint(members: members, representatives: ["m1"]) : nil
        var desk = OrderDesk(
            OrderNumber.make(prefix: "WH", year: 2025, sequence: sequence),
            demand: OrderSample.demand(phone: chance(80) ? "138" : nil, joint: joint),
            terms: OrderSample.terms(
                isDoublyAssigned: chance(20), followUp: .sample(percent: 60),
                fieldCheck: .sample(percent: 40)))
        _ = try desk.register(by: pick(["amy", "tourist", "office"]))
        for event in desk.recorded { kinds.insert(event.event.kind) }
        for _ in 0..<Int.random(in: 5...60, using: &random) {
            if chance(25) {
                // Now and then the machine's clock goes back.
                desk.now = desk.now.advanced(
                    byMs: Int64.random(in: -600_000...200_000_000, using: &random))
            }
            if let fault = try step(&desk) {
                return fault + "\n"
                    + desk.recorded.suffix(14).map(\.event.kind).joined(separator: " ")
            }
        }
        guard WorkOrder(id: desk.id, replaying: desk.recorded) == desk.order else {
            return "the replay differs"
        }
        let differences = try WorkOrder.auditClocks(of: desk.id, desk.recorded, on: desk.book)
        return differences.isEmpty ? nil : "the clocks differ: \(differences)"
    }

    private mutating func step(_ desk: inout OrderDesk) throws -> String? {
        guard let before = desk.order else { return "no order" }
        let count = desk.recorded.count
        if chance(30), let next = try before.nextSteps(on: desk.book).first {
            let isDue = next.at <= desk.now
            do throws(OrderRefusal) {
                _ = try desk.perform(.fire(next.clock, next.step), by: .office)
                if !isDue { return "fired before its time" }
            } catch {
                if isDue { return "what was due was refused: \(error)" }
            }
        } else {
            // Something that goes, if it is found soon: chance alone seldom gets past the desk.
            for _ in 0..<8 {
                let line = Self.lines.randomElement(using: &random)!
                // Else hardly any would get far.
                if Self.endings.contains(line), chance(85) { continue }
                let words = line.split(separator: " ").map(String.init)
                let who = Self.names.randomElement(using: &random)!
                let said = desk.answer(who, words[0], Array(words.dropFirst()))
                if !said.hasPrefix("✗") { break }
            }
            if desk.recorded.count == count, desk.order != before { return "refused, and changed" }
        }
        guard let after = desk.order else { return "no order" }
        for event in desk.recorded[count...] { kinds.insert(event.event.kind) }
        return fault(in: after, before, desk.recorded[count...].map(\.event), at: desk)
    }

    /// What may never be, whatever was done.
    private func fault(
        in after: WorkOrder, _ before: WorkOrder, _ events: [OrderEvent], at desk: OrderDesk
    ) -> String? {
        let leads = after.assignments.filter(\.isOpen).count
        if leads > 1 { return "\(leads) bureaus lead" }
        let isWithBureau = after.stage == .dispatched || after.stage == .handling
        if isWithBureau != (leads == 1) { return "\(after.stage.name) with \(leads) bureaus" }
        let running = OrderClock.allCases.filter { after.clocks[$0]?.isOver == false }
        if !after.stage.isOpen, !running.isEmpty { return "\(running) run in \(after.stage.name)" }
        if after.stage.name == "finished", !running.allSatisfy({ $0 == .followUp }) {
            return "\(running) run though it is finished"
        }
        if after.pause != nil, isFinal(after.stage) { return "paused and over" }
        for name in running where after.clocks[name]?.deadline.isSuspended != (after.pause != nil) {
            return "\(name) does not stand still with the others"
        }
        if after.returns > after.terms.returnsBeforeDesignation + 1 { return "returned too often" }
        if after.version != desk.recorded.count { return "events are lost" }
        if after.receiver == nil, before.receiver != nil { return "nobody answers for it" }
        let fired = events.compactMap { event -> String? in
            if case .clockFired(let clock, let step) = event { return "\(clock) \(step.key)" }
            return nil
        }
        if fired.count > 1 { return "more than one step at once" }
        if isFinal(before.stage), before.stage == after.stage {
            let allowed: Set<String> = [
                "messageAdded", "questionAnswered", "evidenceAdded", "linked", "absorbed",
                "followedUp", "faultListed", "fieldChecked", "supervised", "factsAdded",
                "responsibilityPassed", "clockStopped", "clockFired", "noticeDue",
                "sentToDiscipline",
            ]
            let odd = Set(events.map(\.kind)).subtracting(allowed)
            if !odd.isEmpty { return "\(odd) in \(before.stage.name)" }
        }
        if case .closed = after.stage, after.demand.joint != nil,
            after.agreement?.extent == .lessThanClaimed, after.consents.count < 2,
            case .closed(.solved) = after.stage
        {
            return "settled for less without consent"
        }
        return nil
    }

    private func isFinal(_ stage: OrderStage) -> Bool { !stage.isOpen || stage.name == "finished" }

    private mutating func pick(_ names: [String]) -> Actor {
        OrderSample.people[names.randomElement(using: &random)!]!
    }

    private mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &random) < percent
    }
}
