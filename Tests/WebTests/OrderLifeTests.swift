import Casework
import Courier
import Ledger
import Testing
import Workflow

@testable import Web

/// Weihai's hotline over HTTP.
struct OrderLifeTests {
    @Test func `a complaint lives from the first word to the closing`() async throws {
        // A day as a limit of an office that is open round the clock ends at 24:00.
        try await Service.run(in: "weihai") { service in
            let made = try await service.send(.post, "/api/v1/orders", as: "agent", body: demand())
            #expect(made.status == 201, "\(made.text)")
            #expect(made["stage.name"] == "registered")
            #expect(made["category"] == "complaint")
            #expect(made["routing.way"] == "dispatch")
            #expect(made["routing.lead"] == "power")
            #expect(made["routing.rules.0.clause"]?.isEmpty == false)
            #expect(made.limit("contact")?["unit"]?.string == "workingDays")
            #expect(made.limit("contact")?["due"]?.string == "2024-08-03T00:00:00+08:00")
            #expect(made.limit("handling")?["due"]?.string == "2024-08-10T00:00:00+08:00")
            #expect(made.limit("handling")?["clause"]?.string?.contains("威海") == true)
            let number = try #require(made["number"])
            let code = try #require(made["tracking_code"])
            #expect(number.hasPrefix("WHG-24-"))

            try await service.give(number, "acceptance", as: "agent")
            try await service.dispatch(number)
            let queue = try await service.send(.get, "/api/v1/orders/queue", as: "bureau")
            #expect(queue.numbers(of: "orders") == [number])
            try await service.give(number, "acknowledgement", as: "bureau", "{\"by\":\"system\"}")
            let contacted = try await service.give(
                number, "contact", as: "bureau", "{\"note\":\"已电话联系\"}")
            #expect(contacted.clock("contact")?["stopped_at"]?.string != nil)
            #expect(contacted["stage.name"] == "handling")

            // What the caller is asked lets the clocks stand still, on any channel the answer counts.
            try await service.give(
                number, "question", as: "bureau", "{\"question\":\"哪几号楼停电？\"}")
            let header = ["Tracking-Code": code]
            let path = "/api/v1/orders/\(number)"
            let tracked = try await service.send(.get, path + "/tracking", headers: header)
            #expect(tracked["question"] == "哪几号楼停电？")
            #expect(tracked["bureau"] == "供电")
            service.clock.advance(minutes: 24 * 60)
            let answered = try await service.send(
                .post, path + "/reply", headers: header, body: "{\"text\":\"三号楼\"}")
            #expect(answered.status == 200, "\(answered.text)")
            #expect(
                answered.clock("handling")?["due"]?.string == "2024-08-13T00:00:00+08:00",
                "a working day was waited, and is given back: \(answered.text)")

            try await service.give(
                number, "extension-request", as: "bureau",
                "{\"by\":2,\"reason\":\"须更换变压器\"}")
            let extended = try await service.give(number, "extension", as: "supervisor")
            #expect(extended.clock("handling")?["due"]?.string == "2024-08-15T00:00:00+08:00")
            try await service.give(number, "report", as: "bureau", "{\"text\":\"已更换\"}")
            let done = try await service.give(
                number, "completion", as: "bureau",
                "{\"outcome\":\"solved\",\"reply\":\"变压器已更换，供电恢复\"}")
            #expect(done["stage.outcome.name"] == "solved")
            try await finish(service, number)
        }
    }

    /// The look on the spot where it is drawn, the call, the closing, and what is told of it all.
    private func finish(_ service: Service, _ number: String) async throws {
        let view = try await service.order(number)
        if view["is_field_check_wanted"] == "true" {
            try await service.give(
                number, "field-check", as: "supervisor",
                "{\"is_as_reported\":true,\"note\":\"已到场\"}")
        }
        try await service.give(
            number, "follow-up", as: "agent", "{\"grade\":\"a\",\"note\":\"满意\"}")
        let closed = try await service.give(number, "closing", as: "agent")
        #expect(closed["stage.name"] == "closed")
        let after = try await service.order(number)
        guard case .array(let events)? = after.json["events"] else {
            Issue.record("no events")
            return
        }
        for event in events {
            #expect(event["zh"]?.string?.isEmpty == false && event["en"]?.string?.isEmpty == false)
            #expect(event["zh"]?.string != event["kind"]?.string, "\(event)")
        }
        #expect(after.clock("handling")?["overrun_ms"]?.string == "0")
        #expect(after["receiver"] == "the-agent")
    }

    @Test func `a repair that is not sent in two minutes is told to those who must know`()
        async throws
    {
        try await Service.run(in: "weihai") { service in
            let number = try await service.register(["kind": "\"repair\""]).number
            service.clock.advance(minutes: 3)
            try await OrderClockwork(office: service.office).runOnce()
            try await OrderClockwork(office: service.office).runOnce()
            let list = try await service.send(.get, "/api/v1/notices", as: "supervisor")
            #expect(list.numbers(of: "notices") == [number], "\(list.text)")
            #expect(list["notices.0.step"] == "breach")
            let own = try await service.send(.get, "/api/v1/notices", as: "agent")
            #expect(own.numbers(of: "notices").count == 2, "warned and told: \(own.text)")
            let none = try await service.send(.get, "/api/v1/notices", as: "bureau")
            #expect(none.json["notices"] == .array([]))
            let place = try #require(list["notices.0.href"])
            let other = try await service.send(.post, place, as: "bureau", body: "{}")
            #expect(other.status == 403)
            #expect(other.code == "not_your_notice")
            let seen = try await service.send(.post, place, as: "supervisor", body: "{}")
            #expect(seen["seen_by"] == "the-supervisor", "\(seen.text)")
            let left = try await service.send(.get, "/api/v1/notices", as: "supervisor")
            #expect(left.json["notices"] == .array([]))
            let nothing = try await service.send(
                .post, "/api/v1/notices/\(number)/0/sight", as: "supervisor", body: "{}")
            #expect(nothing.status == 404)
            // How late it was stays known after it was sent.
            try await service.dispatch(number)
            service.clock.advance(minutes: 60)
            let view = try await service.order(number)
            #expect(view.clock("dispatch")?["overrun_ms"]?.string == "60000")
        }
    }

    @Test func `sorting anew asks the edition for the terms`() async throws {
        try await Service.run(in: "weihai") { service in
            let number = try await service.register().number
            let wrong = try await service.send(
                .post, "/api/v1/orders/\(number)/sorting", as: "agent",
                body: "{\"kind\":\"ticket\",\"category\":\"x\",\"reason\":\"改\"}")
            #expect(wrong.status == 422)
            #expect(wrong.fields == ["kind", "category"])
            try await service.give(
                number, "sorting", as: "agent", "{\"kind\":\"enquiry\",\"reason\":\"只是咨询\"}")
            let view = try await service.order(number)
            #expect(view["kind"] == "enquiry")
            #expect(view["category"] == "general")
            #expect(view.limit("handling")?["count"]?.string == "4")
        }
    }

    @Test func `a repeat is merged by its number and goes on under the first`() async throws {
        try await Service.run(in: "weihai") { service in
            let first = try await service.register().number
            let again = try await service.register([
                "text": "\"路灯不亮\"", "caller": nil, "facts": "{\"subject\":\"municipal\"}",
            ]).number
            let wrong = try await service.send(
                .post, "/api/v1/orders/\(again)/merge", as: "agent", body: "{\"into\":\"WHG-1\"}")
            #expect(wrong.fields == ["into"])
            let merged = try await service.give(
                again, "merge", as: "agent", "{\"into\":\"\(first)\"}")
            #expect(merged["stage.merged_into"] == first)
            let view = try await service.order(first)
            #expect(view["duplicates.0.number"] == again)
            // The same words of the same caller are merged without anybody.
            let same = try await service.send(.post, "/api/v1/orders", as: "agent", body: demand())
            #expect(same["stage.merged_into"] == first, "\(same.text)")
            #expect(same["like.0.number"] == first)
        }
    }

    @Test func `a demand whose field nobody knows is registered and proposes nothing yet`()
        async throws
    {
        try await Service.run(in: "weihai") { service in
            let reply = try await service.send(
                .post, "/api/v1/orders", as: "agent", body: demand(["facts": nil]))
            #expect(reply.status == 201, "\(reply.text)")
            #expect(reply["routing.way"] == nil)
            let number = try #require(reply["number"])
            try await service.give(
                number, "facts", as: "agent",
                "{\"facts\":{\"subject\":\"gas\"},\"reason\":\"来电人补充\"}")
            let view = try await service.order(number)
            #expect(view["routing.lead"] == "gas")
        }
    }

    @Test func `the command line reads, does and refuses what the service does`() async throws {
        try await Service.run(in: "weihai") { service in
            let office = service.office
            let agent = Actor(name: "li", roles: [.agent])
            let intake = try Console.intake(from: Array(demand().utf8))
            let id = try await office.work { work in
                try work.registerOrder(intake, by: agent, trackingCode: "12345678").order.id
            }
            let sent = try await Console.perform(
                "dispatch", Array("{\"lead\":\"power\"}".utf8), onOrder: id, by: agent, in: office)
            #expect(sent.stage == .dispatched)
            let view = try await Console.json(ofOrder: id, in: office, for: agent)
            #expect(view.contains("\"name\":\"dispatched\""))
            let whole = try await office.wholeOrder(id)
            #expect(Console.trail(of: whole, office.books.zone).count == whole.recorded.count)
            #expect(Console.orderCommand("dispatch") == .dispatch)
            #expect(Console.orderCommand("dance") == nil)
            await #expect {
                try await Console.perform("dispatch", [], onOrder: id, by: agent, in: office)
            } throws: { error in
                let (text, isAskers) = Console.sentence(for: error)
                return isAskers && text.contains("lead: is missing")
            }
        }
    }

    @Test func `every command a person may give has its resource`() {
        let served = Set(OrderCommands.all.map(\.kind)).union([.register, .addEvidence])
        // A duplicate is taken in by merging; clocks fire by themselves.
        #expect(served == Set(OrderCommand.Kind.allCases).subtracting([.absorb, .fire]))
        #expect(Set(OrderCommands.all.map(\.name)).count == OrderCommands.all.count)
    }
}

extension Reply {
    /// The limit of this clock among `limits`.
    fileprivate func limit(_ clock: String) -> JSONValue? {
        guard case .array(let limits)? = json["limits"] else { return nil }
        return limits.first { $0["clock"]?.string == clock }
    }
}
