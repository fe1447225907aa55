import Casework
import Courier
import Ledger
import Store
import Testing
import Workflow

@testable import Web

/// Supervision, duty, knowledge and figures by their pages.
struct SupervisionPageTests {
    private static let page = ["Accept": "text/html"]

    @Test func `an order that is passed around is designated from the page of supervision`()
        async throws
    {
        try await Service.run(in: "weihai", secondFactor: .off) { service in
            let boss = try await service.browser("fu", .supervisor)
            let number = try await service.register().number
            for round in 1...3 {
                try await service.dispatch(number)
                try await service.give(number, "return", as: "bureau", "{\"reason\":\"不归我管\"}")
                let watch = try await boss.open("/supervision")
                let isOffered = watch.text.contains("/orders/\(number)/designation?version=")
                #expect(isOffered == (round == 3), "after \(round) returns")
            }
            let agent = try await service.send(
                .get, "/orders/\(number)", as: "agent", headers: Self.page)
            #expect(!agent.text.contains("/orders/\(number)/dispatch?"), "not the agent's any more")
            try await boss.step(
                "/orders/\(number)", "designation", [("lead", "power"), ("reason", "职责明确")])
            try await boss.step(
                "/orders/\(number)", "faults",
                [("fault", "shirking"), ("bureau", "power"), ("reason", "三次推诿")])
            let after = try await boss.open("/supervision")
            #expect(after.text.contains("三次推诿") && after.text.contains("推诿"))
            #expect(!after.text.contains("/designation?version="))
            let discipline = try await service.send(
                .get, "/supervision", as: "discipline", headers: Self.page)
            #expect(discipline.text.contains("三次推诿"))
            #expect(!discipline.text.contains("id=\"attempts\""), "controls are for others")
            for role in ["agent", "bureau", "auditor", "dutyOfficer"] {
                let reply = try await service.send(
                    .get, "/supervision", as: role, headers: Self.page)
                #expect(reply.status == 403, "\(role)")
            }
        }
    }

    @Test func `a notice is seen by a button, once, and only by whom it is for`() async throws {
        try await Service.run(in: "weihai", secondFactor: .off) { service in
            let boss = try await service.browser("fu", .supervisor)
            let number = try await service.register(["kind": "\"repair\""]).number
            service.clock.advance(minutes: 3)
            try await OrderClockwork(office: service.office).runOnce()
            try await OrderClockwork(office: service.office).runOnce()
            let late = try await boss.open("/supervision")
            #expect(late.text.contains("class=\"pace late\"") && late.text.contains(number))
            let list = try await boss.open("/notices")
            let action = try #require(
                list.text.firstMatch(of: /action="(\/notices\/[^"?]+)/).map { String($0.1) })
            let bureau = try await service.browser("power", .bureau, bureau: "power")
            try await bureau.open("/notices")
            #expect(try await bureau.send(action, [("key", "n-0")]).status == 403)
            try await boss.open("/notices")
            let seen = try await boss.send(action, [("key", "n-1")])
            #expect(seen.status == 303, "\(seen.text)")
            let after = try await boss.open("/notices")
            #expect(!after.text.contains("action=\"\(action)"))
            #expect(try await boss.open("/orders/\(number)").text.contains("<div>fu</div>"))
        }
    }

    @Test func `a supervisor sets the roster of a day and everyone reads it`() async throws {
        try await Service.run(in: "dinghai", secondFactor: .off) { service in
            let boss = try await service.browser("fu", .supervisor)
            let today = try await boss.open("/roster")
            let place = try #require(today.headers["location"])
            #expect(place.hasPrefix("/roster/2024-08-01"))
            let form = try await boss.open(place)
            #expect(form.text.contains("name=\"shifts.0.people\""))
            let shift = try #require(
                form.text.firstMatch(of: /name="shifts\.0\.shift" value="([^"]+)"/)
                    .map { String($0.1) })
            let twice = try await boss.send(
                "/roster/2024-08-01",
                [("shifts.0.shift", shift), ("shifts.0.people", "wei\nwei"), ("key", "d-1")])
            #expect(twice.status == 422 && twice.text.contains(">wei\nwei</textarea>"))
            let set = try await boss.send(
                "/roster/2024-08-01",
                [("shifts.0.shift", shift), ("shifts.0.people", "wei\r\nli"), ("key", "d-2")])
            #expect(set.status == 303, "\(set.text)")
            let agent = try await service.send(
                .get, "/roster/2024-08-01", as: "agent", headers: Self.page)
            #expect(
                agent.text.contains("<strong>wei</strong>") && agent.text.contains("<li>li</li>"))
            #expect(!agent.text.contains("name=\"shifts.0.people\""))
            let past = try await boss.open("/roster/2024-07-31")
            #expect(!past.text.contains("name=\"shifts.0.people\""), "a day that is over")
            let refused = try await service.send(
                .post, "/roster/2024-08-01", as: "agent", headers: Self.page, body: "x=1")
            #expect(refused.status == 403)
        }
    }

    @Test func `a bureau words its own article, which agents find and others do not change`()
        async throws
    {
        try await Service.run(in: "weihai", secondFactor: .off) { service in
            let power = try await service.browser("power", .bureau, bureau: "power")
            let water = try await service.browser("water", .bureau, bureau: "water")
            try await power.open("/knowledge/new")
            let entries = [
                ("title", "停电怎么报修"), ("body", "拨打95598。"), ("clause", "供电营业规则"),
                ("owner", "power"), ("valid_from", "2024-01-01"), ("keywords", "跳闸\n没电"),
            ]
            let made = try await power.send("/knowledge", entries + [("key", "k-1")])
            #expect(made.status == 303, "\(made.text)")
            let found = try await service.send(
                .get, "/knowledge?q=%E6%B2%A1%E7%94%B5", as: "agent", headers: Self.page)
            let article = try #require(
                found.text.firstMatch(of: /href="(\/knowledge\/K[0-9]+)/).map { String($0.1) })
            let shown = try await service.send(.get, article, as: "agent", headers: Self.page)
            #expect(shown.text.contains("95598") && !shown.text.contains("\(article)/wording"))
            let form = try await power.open("\(article)/wording")
            #expect(form.text.contains("value=\"停电怎么报修\""), "the form holds the wording")
            #expect(form.text.contains("跳闸\n没电"))
            let reworded = try await power.send(
                "\(article)/wording",
                entries.map { $0.0 == "body" ? ("body", "拨打95598或网上报修。") : $0 }
                    + [("key", "k-2")])
            #expect(reworded.status == 303, "\(reworded.text)")
            let after = try await power.open(article)
            #expect(after.text.contains("网上报修") && after.text.contains("id=\"earlier\""))
            #expect(try await !water.open(article).text.contains("\(article)/wording"))
            try await water.open("\(article)/withdrawal")
            #expect(
                try await water.send("\(article)/withdrawal", [("key", "k-3")]).status == 403)
            #expect(
                try await service.send(
                    .get, "/knowledge/new", as: "agent", headers: Self.page
                ).status == 403)
            try await power.open("\(article)/withdrawal")
            #expect(
                try await power.send("\(article)/withdrawal", [("key", "k-4")]).status == 303)
            let gone = try await service.send(
                .get, "/knowledge?q=%E6%B2%A1%E7%94%B5", as: "agent", headers: Self.page)
            #expect(!gone.text.contains("停电怎么报修"))
        }
    }

    @Test func `figures are drawn with the table behind, and open to their orders`() async throws {
        try await Service.run(in: "weihai") { service in
            let number = try await service.register().number
            let year = try await service.send(
                .get, "/figures", as: "auditor", headers: Self.page)
            #expect(year.text.contains("<svg viewBox=") && !year.text.contains("style="))
            #expect(year.text.contains("<th scope=\"row\">8</th><td class=\"number\">1</td>"))
            #expect(year.text.contains("/bulletins/2024-Q3?"))
            let behind = try await service.send(
                .get, "/figures/2024/registered", as: "auditor", headers: Self.page)
            #expect(behind.text.contains("/orders/\(number)?"))
            let month = try await service.send(
                .get, "/figures?period=2024-08&lang=en", as: "agent", headers: Self.page)
            #expect(month.status == 200 && month.text.contains("The whole year"))
            let bulletin = try await service.send(
                .get, "/bulletins/2024-08", as: "agent", headers: Self.page)
            #expect(bulletin.status == 200 && bulletin.text.contains("class=\"bulletin\""))
            #expect(
                try await service.send(
                    .get, "/figures/2024/nothing", as: "agent", headers: Self.page
                ).status == 404)
            for path in ["/figures", "/bulletins/2024-08", "/figures/2024/registered"] {
                let reply = try await service.send(
                    .get, path, as: "merchant", headers: Self.page)
                #expect(reply.status == 403, "\(path)")
            }
        }
    }

    @Test func `a diagram breaks its line where there is no data and writes no style`() {
        let points: [Diagram.Point?] = [
            .init(value: 10, text: "10"), .init(value: 20, text: "20"), nil,
            .init(value: 5, text: "5"),
        ]
        let name = Phrase("甲", "A")
        let labels = ["1", "2", "3", "<4>"]
        let line = Diagram(
            title: name, kind: .lines, labels: labels,
            series: [.init(name: name, points: points)]
        ).markup(Parts(language: .english)).text
        #expect(line.matches(of: /<polyline/).count == 1, "one run of two points")
        #expect(line.matches(of: /<circle/).count == 3)
        #expect(line.contains("<td class=\"number\">–</td>"))
        #expect(line.contains("&lt;4&gt;") && !line.contains("<4>"))
        let bars = Diagram(
            title: name, kind: .bars, labels: labels,
            series: [.init(name: name, points: points), .init(name: name, points: points)]
        ).markup(Parts(language: .chinese)).text
        #expect(bars.matches(of: /<rect/).count == 6)
        #expect(bars.contains("class=\"legend\"") && !bars.contains("style="))
        let nothing = Diagram(
            title: name, kind: .bars, labels: [], series: [.init(name: name, points: [])]
        ).markup(Parts(language: .chinese)).text
        #expect(nothing.contains("<svg") && !nothing.contains("<rect"))
    }
}
