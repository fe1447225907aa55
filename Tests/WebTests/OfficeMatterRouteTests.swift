import Casework
import Courier
import Ledger
import Testing
import Workflow

@testable import Web

struct OfficeMatterRouteTests {
    @Test func `a review is an order of its own that those it is about neither see nor touch`()
        async throws
    {
        try await Service.run(in: "weihai") { service in
            let first = try await service.register().number
            try await service.dispatch(first)
            try await service.give(first, "acknowledgement", as: "bureau", "{\"by\":\"system\"}")
            let about = "{\"order\":\"\(first)\"}"
            let review = try await service.register(["about": about], as: nil).number
            let path = "/api/v1/orders/\(review)"
            let seen = try await service.order(review, as: "supervisor")
            #expect(seen["stage.name"] == "registered", "it was not merged: \(seen.text)")
            #expect(seen["demand.about.kind"] == "review")
            #expect(seen["demand.about.order"] == first)
            #expect(
                seen.json["demand"]?["about"]?["people"]
                    == .array([.text("the-agent"), .text("the-bureau")]))
            #expect(seen.json["demand"]?["about"]?["bureaus"] == .array([.text("power")]))
            #expect(seen.json["routing"] == nil)
            for (method, command, who, body, code) in [
                (WireRequest.Method.get, "", "agent", "", "concerned"),
                (.post, "/acceptance", "agent", "{}", "about_the_office"),
                (.post, "/answer", "dutyOfficer", "{\"text\":\"x\"}", "about_the_office"),
                (.post, "/dispatch", "supervisor", "{\"lead\":\"power\"}", "concerned"),
                (
                    .post, "/responsibility", "supervisor",
                    "{\"to\":\"the-agent\",\"reason\":\"x\"}", "concerned"
                ),
                (.post, "/merge", "supervisor", "{\"into\":\"\(first)\"}", "about_the_office"),
            ] {
                let reply = try await service.send(method, path + command, as: who, body: body)
                #expect(reply.status == 403, "\(command): \(reply.text)")
                #expect(reply.code == code, "\(command): \(reply.text)")
            }
            // The same words again are a repeat of the first, and not of the review.
            let again = try await service.register().number
            let merged = try await service.order(again)
            #expect(merged["stage.merged_into"] == first)
            try await service.give(review, "answer", as: "discipline", "{\"text\":\"已复核\"}")
            #expect(try await service.order(review, as: "discipline")["stage.name"] == "finished")
        }
    }

    @Test func `whom or what a complaint is about must exist`() async throws {
        let unknown = OrderNumber.make(prefix: "WHG", year: 2024, sequence: 777).text
        try await Service.run(in: "weihai") { service in
            for (about, status, field) in [
                ("{\"order\":\"WHG-1\"}", 400, "about.order"),
                ("{\"order\":\"\(unknown)\"}", 422, "about.order"),
                ("{\"bureaus\":[\"circus\"]}", 422, "about.bureaus"),
                ("{\"who\":\"x\"}", 400, "about.who"),
            ] {
                let reply = try await service.send(
                    .post, "/api/v1/orders", as: "agent", body: demand(["about": about]))
                #expect(reply.status == status, "\(about) → \(reply.text)")
                #expect(reply.fields.contains(field), "\(about) → \(reply.text)")
            }
            let whole = try await service.register(["about": "{}"]).number
            #expect(try await service.order(whole)["demand.about.kind"] == "complaint")
        }
    }

    @Test func `whom an order is about finds none of its words anywhere`() async throws {
        try await Service.run(in: "weihai") { service in
            let words = "接线员出言不逊，供电所推诿扯皮"
            let about = "{\"people\":[\"the-agent\"],\"bureaus\":[\"power\"]}"
            let number = try await service.register(
                ["text": "\"\(words)\"", "about": about], as: nil
            ).number
            try await service.give(number, "dispatch", as: "supervisor", "{\"lead\":\"water\"}")
            service.clock.advance(minutes: 30 * 24 * 60)
            while try await !OrderClockwork(office: service.office).runOnce().isEmpty {}
            let path = "/api/v1/orders/\(number)"
            let places = [
                "/api/v1/orders", "/api/v1/orders?open=true", "/api/v1/orders/queue",
                "/api/v1/notices", "/api/v1/figures/2024-08/registered", path,
                "/api/v1/bulletins/2024-08",
            ]
            for who in ["agent", "bureau"] {
                for place in places {
                    let reply = try await service.send(.get, place, as: who)
                    for word in ["出言不逊", "推诿"] {
                        #expect(!reply.text.contains(word), "\(who) \(place): \(reply.text)")
                    }
                }
            }
            let listed = try await service.send(.get, "/api/v1/orders", as: "agent")
            #expect(listed.status == 200 && listed.text.contains(number))
            #expect(try await service.send(.get, path, as: "agent").code == "concerned")
            for place in ["/api/v1/orders", path] {
                let reply = try await service.send(.get, place, as: "supervisor")
                #expect(reply.text.contains(words), "\(place): \(reply.text)")
            }
            let notices = try await service.send(.get, "/api/v1/notices", as: "water")
            #expect(notices.text.contains(number), "\(notices.text)")
        }
    }

    @Test func `a day's roster is set by a supervisor, read by all staff, and set anew`()
        async throws
    {
        try await Service.run(in: "dinghai") { service in
            let path = "/api/v1/roster/\(Zone.china.day(at: service.clock.now))"
            let empty = try await service.send(.get, path, as: "bureau")
            #expect(empty.status == 200, "\(empty.text)")
            #expect(empty["set_by"] == nil)
            let roster =
                "{\"shifts\":[{\"shift\":\"working-day\",\"people\":[\"amy\",\"bo\"]}]}"
            let off = "{\"shifts\":[{\"shift\":\"day-off\",\"people\":[\"amy\"]}]}"
            let refused = try await service.send(.post, path, as: "agent", body: roster)
            #expect(refused.status == 403)
            for people in ["[\"amy\"]", "[\"amy\",\"bo\"]"] {
                let set = try await service.send(
                    .post, path, as: "supervisor",
                    body: "{\"shifts\":[{\"shift\":\"working-day\",\"people\":\(people)}]}")
                #expect(set.status == 200, "\(set.text)")
            }
            let read = try await service.send(.get, path, as: "agent")
            #expect(read["set_by"] == "the-supervisor")
            guard case .array(let shifts)? = read.json["shifts"] else {
                Issue.record("no shifts: \(read.text)")
                return
            }
            let codes = shifts.compactMap { $0["shift"]?.string }
            #expect(codes.contains("day-off"))
            let manned = shifts.first { $0["shift"]?.string == "working-day" }
            #expect(manned?["people"] == .array([.text("amy"), .text("bo")]))
            for (address, body, status) in [
                (path, "{\"shifts\":[{\"shift\":\"brunch\",\"people\":[\"a\"]}]}", 422),
                (path, "{\"shifts\":[{\"shift\":\"day-off\",\"people\":[]}]}", 422),
                (path, "{\"shifts\":[{\"shift\":\"day-off\",\"people\":[\"a\",\"a\"]}]}", 422),
                ("/api/v1/roster/2024-01-02", roster, 422), ("/api/v1/roster/today", roster, 404),
                // A Saturday, a Thursday, a Saturday that is made up for, and a year without calendar.
                ("/api/v1/roster/2024-08-03", roster, 422), (path, off, 422),
                ("/api/v1/roster/2024-09-14", off, 422), ("/api/v1/roster/2031-01-02", off, 422),
                ("/api/v1/roster/2024-08-03", off, 200),
                ("/api/v1/roster/2024-09-14", roster, 200),
            ] {
                let reply = try await service.send(.post, address, as: "supervisor", body: body)
                #expect(reply.status == status, "\(address) \(body): \(reply.text)")
            }
            let wrong = try await service.send(.post, path, as: "supervisor", body: off)
            #expect(wrong.fields == ["shifts.shift"], "\(wrong.text)")
        }
    }
}
