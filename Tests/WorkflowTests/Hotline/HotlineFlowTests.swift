import Casework
import Ledger
import Store
import Testing

@testable import Workflow

/// Work orders of real editions in a real database: registered, sent, answered, called back.
@Suite struct HotlineFlowTests {
    @Test(arguments: Place.all)
    func `Weihai's complaint is sent, signed for, answered and called back, all within its limits`(
        on place: Place
    ) async throws {
        try await withHotline("weihai", on: place) { play in
            let registered = try await play.register(
                "complaint", "供热不足，多次致电无人上门", facts: ["subject": .text("heating")])
            let id = registered.order.id
            #expect(OrderNumber.read(id.text) == id)
            #expect(registered.routing?.outcome.lead == "heating")
            #expect(registered.order.clocks[.contact] != nil)
            let lead = try #require(registered.routing?.outcome.lead)
            let officer = PlayHotline.bureau(lead)
            try await play.perform(
                .dispatch(lead: lead, assisting: []), on: id, by: PlayHotline.agent)
            try play.set("2025-03-10T09:05:00+08:00")
            try await play.perform(.acknowledge(by: .system), on: id, by: officer)
            try await play.perform(.recordContact(note: "已电话联系"), on: id, by: officer)
            try play.set("2025-03-12T10:00:00+08:00")
            let done = try await play.perform(
                .finish(.solved, reply: "已更换阀门"), on: id, by: officer)
            #expect(done.stage == .finished(.solved))
            let queue = try await play.office.read { try $0.orderQueue(OrderFilter(reader: nil)) }
            #expect(queue.map(\.id) == [id])
            try play.set("2025-03-12T15:00:00+08:00")
            try await play.perform(
                .followUp(.a, cause: nil, note: "满意"), on: id, by: PlayHotline.agent)
            if done.isFieldCheckWanted {
                try await play.perform(
                    .recordFieldCheck(.asReported(note: "属实")), on: id,
                    by: PlayHotline.supervisor)
            }
            let closed = try await play.perform(.close, on: id, by: PlayHotline.agent)
            #expect(closed.stage == .closed(.solved))
            #expect(try await play.fire().isEmpty)
            let left = try await play.office.read { transaction in
                (try transaction.nextOrderStepTime(), try transaction.storedSteps(ofOrder: id))
            }
            #expect(left.0 == nil && left.1.isEmpty)
        }
    }

    @Test func `Weihai looks at a share of its complaints on the spot, before they are closed`()
        throws
    {
        let edition = try Hotlines.edition("weihai")
        func rule(_ kind: String) throws -> FollowUpRule {
            try edition.orderTerms(for: ["kind": .text(kind)]).outcome.fieldCheck
        }
        #expect(try rule("complaint") == .sample(percent: 5))
        #expect(try rule("repair") == .none)
        let dinghai = try Hotlines.edition("dinghai").orderTerms(for: [
            "kind": .text("complaint"), "subject": .text("market"), "isUrgent": .flag(false),
            "difficulty": .integer(1),
        ])
        #expect(dinghai.outcome.fieldCheck == .none)
    }

    @Test(arguments: Place.all)
    func `a bureau that assists finds the order in its lists and hears of its limits by itself`(
        on place: Place
    ) async throws {
        try await withHotline("dinghai", on: place) { play in
            let id = try await play.register(
                "complaint", "环城东路一家店无证经营，有安全隐患", facts: ["subject": .text("market")]
            ).order.id
            func numbers(_ bureau: String) async throws -> [ID<WorkOrder>] {
                var filter = OrderFilter(reader: nil)
                filter.bureau = bureau
                let wanted = filter
                return try await play.office.read { transaction in
                    let rows = try transaction.orderRows(wanted)
                    #expect(try transaction.orderQueue(wanted).map(\.id) == rows.map(\.id))
                    return rows.map(\.id)
                }
            }
            try await play.perform(
                .dispatch(lead: "market", assisting: ["environment", "culture"]), on: id,
                by: PlayHotline.agent)
            for bureau in ["market", "environment", "culture"] {
                #expect(try await numbers(bureau) == [id], "\(bureau)")
            }
            try play.set("2025-03-31T09:00:00+08:00")
            _ = try await play.fire()
            for bureau in ["environment", "culture", "market"] {
                let told = try await play.office.read {
                    try $0.unseenNotices(to: .assistingBureaus, addressee: bureau, limit: 50)
                }
                let breached = told.filter { $0.clock == .handling && $0.step == .breach }
                #expect(breached.map(\.order) == (bureau == "market" ? [] : [id]), "\(bureau)")
            }
            #expect(try await numbers("police").isEmpty)
            try await play.perform(
                .designate(lead: "environment", assisting: ["culture"], reason: "职责不清"), on: id,
                by: PlayHotline.supervisor)
            #expect(try await numbers("market").isEmpty)
            #expect(try await numbers("culture") == [id])
            try await play.perform(
                .acknowledge(by: .system), on: id, by: PlayHotline.bureau("environment"))
            for bureau in ["culture", "environment"] {
                try await play.perform(
                    .report(text: "已查处"), on: id, by: PlayHotline.bureau(bureau))
            }
            try await play.perform(
                .finish(.solved, reply: "已整改"), on: id, by: PlayHotline.bureau("environment"))
            #expect(try await numbers("culture").isEmpty)
        }
    }

    @Test func `how an order was sorted and where it was to go is kept with it, rule and clause`()
        async throws
    {
        try await withHotline("dinghai", on: .sqliteMemory) { play in
            let id = try await play.register(
                "complaint", "小区居民楼下开餐馆，油烟扰民", facts: ["subject": .text("catering")]
            ).order.id
            let whole = try await play.office.wholeOrder(id)
            let grounds = try #require(whole.order.terms.grounds)
            #expect(grounds.classification.outcome.category == whole.order.sorting.category)
            #expect(grounds.routing == whole.routing)
            let rules =
                grounds.classification.grounds.rules + (grounds.routing?.grounds.rules ?? [])
            #expect(rules.count >= 2)
            #expect(rules.allSatisfy { !$0.clause.isEmpty && !$0.chinese.isEmpty })
        }
    }

    @Test(arguments: Place.all)
    func `what nobody does is warned of, is breached once, and goes to those the edition names`(
        on place: Place
    ) async throws {
        try await withHotline("dinghai", on: place) { play in
            let registered = try await play.register(
                "complaint", "环城东路一家店无证经营，有安全隐患", facts: ["subject": .text("market")])
            let id = registered.order.id
            let lead = registered.routing?.outcome.lead ?? "market"
            try await play.perform(
                .dispatch(lead: lead, assisting: []), on: id, by: PlayHotline.agent)
            // The service was down for three weeks: it catches up in due order.
            try play.set("2025-03-31T09:00:00+08:00")
            let other = OrderClockwork(office: play.office)
            async let first = play.fire()
            async let second = other.runOnce()
            let raced = try await (first, second)
            // Each may have stopped early, where the other was first.
            let rest = try await play.fire()
            #expect(raced.0.count + raced.1.count + rest.count >= 3)
            let order = try await play.show(id)
            #expect(order.isWithDiscipline)
            let handling = try #require(order.clocks[.handling])
            #expect(handling.fired.contains(.breach))
            let events = try await play.office.read { try $0.events(ofOrder: id) }
            let breaches = events.filter { $0.event == .clockFired(.handling, .breach) }
            #expect(breaches.count == 1)
            let notices = try await play.office.read {
                try $0.unseenNotices(to: .discipline, limit: 50)
            }
            #expect(notices.contains { $0.order == id && $0.step == .breach })
            try await play.office.work { work in
                for notice in notices {
                    try work.transaction.seeNotice(
                        of: notice.order, position: notice.position, by: "纪检", at: work.now)
                }
            }
            let seen = try await play.office.read {
                try $0.unseenNotices(to: .discipline, limit: 50)
            }
            #expect(seen.isEmpty)
            #expect(try await play.fire().isEmpty)
        }
    }

    @Test(arguments: Place.all)
    func `the same matter again is merged, and once it is over a repeat without news is declined`(
        on place: Place
    ) async throws {
        try await withHotline("weihai", on: place) { play in
            let text = "文化路小区自来水压力不足，已经持续三天，请尽快派人维修"
            let first = try await play.register(
                "repair", text, facts: ["subject": .text("water")])
            let again = try await play.register(
                "repair", "文化路小区自来水压力不足，已经持续三天，请尽快派人来维修。",
                facts: ["subject": .text("water")], channel: .web)
            #expect(again.order.stage == .merged(into: first.order.id))
            #expect(again.routing == nil)
            let whole = try await play.show(first.order.id)
            #expect(whole.duplicates.map(\.id) == [again.order.id])
            #expect(whole.duplicates[0].demand.channel == .web)
            // Another caller with the same words is another matter.
            let other = try await play.register(
                "repair", text, phone: "13900139000", facts: ["subject": .text("water")])
            #expect(other.order.stage == .registered)
            #expect(other.like.contains { $0.id == first.order.id })

            let officer = PlayHotline.bureau("water")
            let id = first.order.id
            try await play.perform(
                .dispatch(lead: "water", assisting: []), on: id, by: PlayHotline.agent)
            try await play.perform(.acknowledge(by: .system), on: id, by: officer)
            try await play.perform(.finish(.solved, reply: "已修复"), on: id, by: officer)
            try await play.perform(
                .followUp(.a, cause: nil, note: "满意"), on: id, by: PlayHotline.agent)
            let done = try await play.show(id)
            if done.isFieldCheckWanted {
                try await play.perform(
                    .recordFieldCheck(.asReported(note: "属实")), on: id,
                    by: PlayHotline.supervisor)
            }
            try await play.perform(.close, on: id, by: PlayHotline.agent)
            let repeated = try await play.register(
                "repair", text, facts: ["subject": .text("water")])
            #expect(repeated.order.stage == .declined(code: "REPEAT"))
            #expect(try await play.show(id).stage == .closed(.solved))
        }
    }

    @Test(arguments: Place.all)
    func `words that also report an offence become two linked orders with clocks of their own`(
        on place: Place
    ) async throws {
        try await withHotline("dinghai", on: place) { play in
            let both = try await play.register(
                "complaint", "餐馆油烟扰民，且涉嫌无证经营", facts: ["subject": .text("market")],
                reportKind: "complaint")
            let report = try #require(both.report)
            #expect(both.order.links == [.report(report.id)])
            #expect(report.links == [.complaint(both.order.id)])
            #expect(both.order.id != report.id)
            let kept = try await play.show(report.id)
            #expect(kept.stage == .registered)
        }
    }

    @Test(arguments: Place.all)
    func `an intake that does not fit names each field, and nothing is kept`(
        on place: Place
    ) async throws {
        try await withHotline("yantai-89000", on: place) { play in
            await #expect {
                _ = try await play.register(
                    "wish", "修水龙头", facts: ["colour": .text("red"), "isComplex": .text("yes")])
            } throws: { error in
                guard case WorkflowError.unfit(let problems) = error else { return false }
                return problems.map(\.field) == ["kind", "area", "facts.colour", "facts.isComplex"]
            }
            let counts = try await play.office.read { try $0.orderCounts().map(\.stage) }
            #expect(counts.isEmpty)
        }
    }

    // A database in memory has one server.
    @Test(arguments: Place.all.filter { $0 != .sqliteMemory })
    func `a clock keeps the calendar it was set by when the office opens with another`(
        on place: Place
    ) async throws {
        try await withHotline("weihai", on: place) { play in
            let registered = try await play.register(
                "complaint", "供水收费有误", facts: ["subject": .text("water")])
            let id = registered.order.id
            let kept = try await play.office.read { try $0.keptSchedules() }
            #expect(kept.count == 1)
            let clock = try #require(registered.order.clocks[.handling])
            #expect(clock.deadline.schedule == kept[0].edition)
            // Another server, opened later on the same database, counts the same.
            let other = try await PlayHotline("weihai", play.url, at: "2025-03-11T09:00:00+08:00")
            let same = try await other.show(id)
            #expect(same == registered.order)
            try await other.perform(
                .dispatch(lead: "water", assisting: []), on: id, by: PlayHotline.agent)
            await other.office.close()
            let version = try await play.show(id).version
            await #expect(throws: WorkflowError.orderChangedMeanwhile(id, version: version)) {
                _ = try await play.office.work {
                    try $0.perform(
                        .remind(note: "催"), onOrder: id, by: PlayHotline.agent, expecting: 1)
                }
            }
        }
    }
}
