import Casework
import Foundation
import Ledger
import Testing

/// Events are a storage format: what a released office has written must be read for ever.
@Suite struct OrderEventFormatTests {
    /// One of each kind, in the order of `OrderEvent`; further shapes of what they carry behind them.
    static let events: [OrderEvent] = {
        let other = ID<WorkOrder>("WH-25-0000009-1")
        let moment = OrderSample.start
        let call = ThreeWayCall(dialledAt: moment, joinedAt: moment, endedAt: moment)
        let message = OrderMessage(channel: .sms, from: .caller, text: "hi", evidence: ["f00d"])
        let sorting = Sorting(kind: "repair", category: "0101", area: nil)
        let terms = OrderSample.terms(
            [OrderSample.limits[6]], followUp: .sample(percent: 20), fieldCheck: .none)
        return [
            .registered(OrderSample.demand(joint: OrderSample.six), OrderSample.terms()),
            .accepted, .sorted(sorting, terms, reason: "why"),
            .answered(OrderAnswer(text: "yes", article: "kb-7")), .passedToDuty(reason: "why"),
            .providersNamed(["a", "b", "c"], by: .nearest), .providerChosen("b"),
            .declined(code: "COURT", reason: "pending", referral: "court"),
            .handedOver(.emergency(line: "120", call: call)), .merged(into: other),
            .absorbed(Duplicate(id: other, demand: OrderSample.demand(), evidence: ["f00d"])),
            .linked(.compensation(ID("SY-25-0000001-1"))),
            .factsAdded(["floor": .integer(3)], reason: "said"),
            .evidenceAdded(OrderSample.evidence("f00d")),
            .responsibilityPassed(to: "ann", reason: "leave"),
            .dispatched(lead: "water", assisting: ["city"], .dispatched),
            .acknowledged(bureau: "water", by: .telephone), .signed,
            .returned(bureau: "water", reason: "private"), .contacted(note: "rang"),
            .responded(note: "there"), .reported(bureau: "city", text: "closed it"),
            .questionAsked("where"), .messageAdded(message), .questionAnswered(message),
            .paused(.evidence, note: "where"), .resumed(note: "answered"),
            .extensionAsked(by: 2, reason: "parts"), .extensionGranted(by: 2),
            .extensionRefused(reason: "no"),
            .agreementRecorded(Agreement(text: "half", .lessThanClaimed)),
            .consented(member: "m1", reference: "letter"), .finished(.solved, reply: "mended"),
            .reminded(note: "again"), .supervised(reason: "slow"), .sentToDiscipline(.handling),
            .faultListed(.perfunctory, bureau: "water", reason: "copied"),
            .fieldChecked(.notAsReported(reason: "wet")),
            .followedUp(.c, cause: .bureau, note: "wet"), .redoOrdered(reason: "wet"), .closed,
            .withdrawn(reason: "settled"), .reopened(newFacts: "a second pipe"),
            .clockStarted(OrderSample.limits[6], schedule: "00ff", due: moment),
            .clockStopped(.handling), .clockFired(.handling, .breach),
            .noticeDue(to: .supervision, about: .handling, .escalation(afterMinutes: 60)),
        ]
    }()

    private static let further: [OrderEvent] = [
        .registered(
            OrderSample.demand(
                about: OfficeMatter(reviewed: ID("a"), people: ["amy"], bureaus: ["water"])),
            OrderSample.terms([], followUp: .none, fieldCheck: .none)),
        .providerChosen(nil), .handedOver(.discipline(body: "区纪委")),
        .linked(.report(ID("a"))), .linked(.complaint(ID("a"))), .linked(.related(ID("a"))),
        .dispatched(lead: "a", assisting: [], .designated(reason: "r")),
        .dispatched(lead: "a", assisting: [], .meeting(minutes: "m")),
        .dispatched(lead: "a", assisting: [], .redo(reason: "r")),
        .finished(.answered, reply: "r"), .finished(.referred(to: nil), reply: "r"),
        .finished(.partly(reason: "p"), reply: "r"), .finished(.unsolved(reason: "u"), reply: "r"),
        .finished(.settledInKind(what: "w"), reply: "r"),
        .fieldChecked(.asReported(note: "n")), .followedUp(.unreachable, cause: nil, note: ""),
        .clockFired(.contact, .warning(percentLeft: 20)),
        .noticeDue(to: .assistingBureaus, about: .handling, .breach, bureau: "city"),
    ]

    @Test func `every kind of event is written as it always was`() throws {
        #expect(Set(Self.events.map(\.kind)).count == Self.events.count)
        let lines = try (Self.events + Self.further).map { try json($0) }
        try checkGolden(lines.joined(separator: "\n") + "\n", "order-events.jsonl")
    }

    @Test func `every kind of event is read back as it was`() throws {
        for event in Self.events + Self.further {
            let text = try json(event)
            #expect(try JSONDecoder().decode(OrderEvent.self, from: Data(text.utf8)) == event)
            #expect(text.hasPrefix("{\"\(event.kind)\":"))
        }
    }

    @Test func `nothing about a person is printed by accident`() {
        let demand = OrderSample.demand(joint: OrderSample.six)
        var dumped = ""
        dump(demand, to: &dumped)
        for text in ["\(demand)", String(reflecting: demand), dumped] {
            for secret in ["王女士", "1380", "上山路", "游客1"] {
                #expect(!text.contains(secret), "\(secret) in \(text)")
            }
            #expect(text.contains("‹personal›"))
        }
    }

    private func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try String(decoding: encoder.encode(value), as: UTF8.self)
    }
}
