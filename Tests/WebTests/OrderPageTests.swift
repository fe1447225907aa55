import Casework
import Courier
import HTTPTypes
import Ledger
import Store
import Testing
import Workflow

@testable import Web

/// Weihai's hotline by its pages, as browsers without script go them.
struct OrderPageTests {
    private static let page = ["Accept": "text/html"]

    @Test func `an order lives by its pages from the call to the closing`() async throws {
        try await Service.run(in: "weihai", secondFactor: .off) { service in
            let agent = try await service.browser("chen", .agent)
            let power = try await service.browser("power", .bureau, bureau: "power")
            let boss = try await service.browser("fu", .supervisor)
            let number = try await register(agent)
            let home = "/orders/\(number)"

            // What the edition proposes stands in the form already.
            let form = try await agent.open("\(home)/dispatch")
            #expect(form.text.contains("<option value=\"power\" selected>"))
            try await agent.step(home, "acceptance", [])
            try await agent.step(home, "dispatch", [("lead", "power"), ("assisting", "property")])
            #expect(try await power.open("/orders").text.contains(number))
            try await power.step(home, "acknowledgement", [("by", "system")])
            try await power.step(home, "contact", [("note", "已电话联系")])
            try await power.step(home, "question", [("question", "几号楼？")])
            let paused = try await agent.open(home)
            #expect(paused.text.contains("class=\"waits\""))
            try await agent.step(home, "reply", [("text", "三号楼"), ("from", "caller")])
            try await power.step(home, "extension-request", [("by", "2"), ("reason", "换变压器")])
            let watch = try await boss.open("/supervision")
            #expect(watch.text.contains("\(home)/extension?version="))
            try await boss.step(home, "extension", [])
            try await boss.step(home, "reminder", [("note", "请尽快")])
            try await boss.step(home, "supervision", [("reason", "多人反映")])
            try await power.step(home, "report", [("text", "已更换")])
            let early = try await power.open(home)
            #expect(
                !early.text.contains("\(home)/completion?"), "the assisting bureau owes a report")
            let property = try await service.browser("property", .bureau, bureau: "property")
            try await property.step(home, "report", [("text", "已配合")])
            try await power.step(
                home, "completion", [("outcome", "solved"), ("reply", "变压器已更换")])
            try await finish(service, agent: agent, boss: boss, number)
        }
    }

    private func register(_ agent: Browser) async throws -> String {
        let kinds = try await agent.open("/orders/new")
        #expect(kinds.text.contains("/orders/new?kind=complaint"))
        let form = try await agent.open("/orders/new?kind=complaint")
        #expect(form.text.contains("name=\"facts.subject\""))
        #expect(form.text.contains("<option value=\"phone\" selected>"))
        #expect(!form.text.contains("name=\"area\""), "Weihai knows no areas")
        let entries = [
            ("kind", "complaint"), ("channel", "phone"), ("caller.name", "于文登"),
            ("caller.phone", "13800138000"), ("facts.subject", "power"), ("key", "r-1"),
            ("place", "环翠区海滨路1号"),
        ]
        let wrong = try await agent.send("/orders?kind=complaint", entries)
        #expect(wrong.status == 400 && wrong.text.contains("aria-invalid"), "\(wrong.text)")
        #expect(wrong.text.contains("value=\"于文登\""), "what was entered is kept")
        let made = try await agent.send(
            "/orders?kind=complaint", entries + [("text", "小区反复停电，电话13800138000")])
        #expect(made.status == 201, "\(made.text)")
        #expect(made.text.contains("class=\"keep\""), "the tracking code is told once")
        #expect(made.text.contains("id=\"clocks\"") && made.text.contains("id=\"grounds\""))
        return try #require(made.text.firstMatch(of: /WHG-24-[0-9]{7}-[0-9]/).map { String($0.0) })
    }

    private func finish(
        _ service: Service, agent: Browser, boss: Browser, _ number: String
    ) async throws {
        let home = "/orders/\(number)"
        let view = try await service.order(number)
        if view["is_field_check_wanted"] == "true" {
            #expect(try await boss.open("/supervision").text.contains("\(home)/field-check?"))
            try await boss.step(
                home, "field-check", [("is_as_reported", "true"), ("note", "已到场")])
        }
        try await agent.step(home, "follow-up", [("grade", "a"), ("note", "满意")])
        try await agent.step(home, "closing", [])
        #expect(try await service.order(number)["stage.name"] == "closed")
        let page = try await agent.open(home)
        #expect(page.text.contains("<details><summary>计时台账"))
        // A second time it is out of turn, and the page says so.
        let again = try await agent.send("\(home)/closing", [("key", "again")])
        #expect(again.status == 409 && again.text.contains("role=\"alert\""))
    }

    @Test func `every command on an order has a page with its form`() async throws {
        let pages = Routes.all.filter(\.isPage)
        let commands = Routes.api.filter {
            $0.isCommand && $0.path.hasPrefix("/api/v1/orders/{order}/")
        }
        #expect(commands.count == 41)
        for command in commands {
            for method in [Route.get, Route.post] {
                let page = pages.first {
                    $0.method.rawValue == method && $0.path == command.pagePath
                }
                #expect(page != nil, "\(method) \(command.pagePath)")
            }
        }
        try await Service.run(in: "weihai") { service in
            let number = try await service.register().number
            try await service.dispatch(number)
            for command in commands {
                let path = command.pagePath.replacing("{order}", with: number)
                let role = try #require(
                    Role.allCases.first {
                        $0 != .tourist && command.access.roles?.contains($0) == true
                    })
                for language in ["zh", "en"] {
                    let form = try await service.send(
                        .get, "\(path)?lang=\(language)", as: role.rawValue, headers: Self.page)
                    #expect(form.status == 200, "\(path) as \(role): \(form.text)")
                    #expect(form.text.contains("<form class=\"command\" method=\"post\""))
                    #expect(!form.text.contains("style=\""))
                }
            }
        }
    }

    @Test func `the page of an order is the golden one, in both languages`() async throws {
        try await Service.run(in: "weihai") { service in
            let number = try await service.register().number
            try await service.dispatch(number)
            try await service.give(number, "acknowledgement", as: "bureau", "{\"by\":\"system\"}")
            try await service.give(number, "question", as: "bureau", "{\"question\":\"几号楼？\"}")
            service.clock.advance(minutes: 90)
            try await service.give(number, "reply", as: "agent", "{\"text\":\"三号楼\"}")
            service.clock.advance(minutes: 45)
            for language in [Language.chinese, .english] {
                let reply = try await service.send(
                    .get, "/orders/\(number)?lang=\(language.code)", as: "agent",
                    headers: Self.page)
                #expect(reply.status == 200, "\(reply.text)")
                // A form's key is another each time.
                let text = reply.text.replacing(
                    /name="key" value="[0-9A-Z]{26}"/, with: "name=\"key\" value=\"…\"")
                try expectGolden("order.\(language.code).html", text)
            }
        }
    }

    @Test func `pages offer and show no more than the reader may do and see`() async throws {
        try await Service.run(in: "weihai") { service in
            let number = try await service.register().number
            try await service.dispatch(number)
            let home = "/orders/\(number)"
            for role in ["auditor", "discipline", "administrator"] {
                for path in [home, "/orders"] {
                    let reply = try await service.send(
                        .get, path, as: role, headers: Self.page)
                    #expect(reply.status == 200)
                    for personal in ["13800138000", "于文登", "海滨路1号"] {
                        #expect(!reply.text.contains(personal), "\(path) as \(role)")
                    }
                }
                let found = try await service.send(
                    .get, "/orders?q=13800138000", as: role, headers: Self.page)
                #expect(!found.text.contains(number), "who may not see it finds nothing by it")
            }
            let auditor = try await service.send(.get, home, as: "auditor", headers: Self.page)
            #expect(!auditor.text.contains("?version="), "an auditor changes nothing")
            let other = try await service.send(.get, home, as: "water", headers: Self.page)
            #expect(other.status == 403)
            let form = try await service.send(
                .get, "\(home)/report", as: "water", headers: Self.page)
            #expect(form.status == 403)
            #expect(
                try await !service.send(.get, "/orders", as: "water", headers: Self.page).text
                    .contains(number))
            for role in ["merchant", "cashier", "reviewer"] {
                for path in [home, "/orders", "/orders/new", "/supervision", "/notices"] {
                    let reply = try await service.send(.get, path, as: role, headers: Self.page)
                    #expect(reply.status == 403, "\(path) as \(role)")
                }
            }
        }
    }

    @Test func `the queue is filtered by stage, bureau, urgency, telephone and words`()
        async throws
    {
        try await Service.run(in: "weihai") { service in
            let power = try await service.register().number
            try await service.dispatch(power)
            let repair = try await service.register([
                "kind": "\"repair\"", "text": "\"水管爆裂\"", "facts": "{\"subject\":\"water\"}",
                "caller": "{\"phone\":\"13900139000\"}", "channel": "\"web\"",
            ]).number
            for (query, wanted, other) in [
                ("", power, ""), ("", repair, ""), ("stage=registered", repair, power),
                ("bureau=power", power, repair), ("urgent=true", repair, power),
                ("urgent=false", power, repair), ("channel=web", repair, power),
                ("q=13900139000", repair, power), ("q=139-0013-9000", repair, power),
                ("q=%E7%88%86%E8%A3%82", repair, power), ("stage=&bureau=&q=", repair, ""),
            ] {
                let reply = try await service.send(
                    .get, "/orders?\(query)", as: "agent", headers: Self.page)
                #expect(reply.text.contains(wanted), "\(query)")
                if !other.isEmpty { #expect(!reply.text.contains(other), "\(query)") }
            }
            let typed = power.lowercased().replacing("-", with: "")
            let found = try await service.send(
                .get, "/orders?q=\(typed)", as: "agent", headers: Self.page)
            #expect(found.headers["location"]?.hasPrefix("/orders/\(power)?") == true)
            let empty = try await service.send(
                .get, "/orders?stage=closed", as: "agent", headers: Self.page)
            #expect(empty.text.contains("没有符合条件的工单"))
        }
    }

    @Test func `the navigation shows what the office does, and no more`() async throws {
        let agent = Visitor.token(Actor(name: "a", roles: [.agent]))
        let line: [Page.Section] = [.orders, .notices, .knowledge, .duty]
        #expect(Set(Page.Section.open(to: agent, in: .fund)).isDisjoint(with: line))
        #expect(Set(Page.Section.open(to: agent, in: .hotline)).isSuperset(of: line))
        #expect(!Page.Section.open(to: agent, in: .hotline).contains(.queue))
        #expect(!Page.Section.open(to: agent, in: .all).contains(.supervision))
        try await Service.run(in: "weihai") { service in
            let home = try await service.send(.get, "/", as: "supervisor", headers: Self.page)
            #expect(home.text.contains("/supervision?") && !home.text.contains("href=\"/queue"))
            let public_ = try await service.send(.get, "/", headers: Self.page)
            #expect(public_.text.contains("/orders/new?") && !public_.text.contains("href=\"/file"))
        }
    }

    @Test func `a caller registers by the public form and gets a code`() async throws {
        try await Service.run(in: "weihai") { service in
            let caller = Browser(service)
            let form = try await caller.open("/orders/new?kind=suggestion")
            #expect(form.status == 200 && !form.text.contains("name=\"channel\""))
            let made = try await caller.send(
                "/orders?kind=suggestion",
                [
                    ("kind", "suggestion"), ("text", "公交改线"), ("key", "s-1"),
                    ("facts.subject", "transport"),
                ])
            #expect(made.status == 201 && made.text.contains("class=\"keep\""), "\(made.text)")
            #expect(!made.text.contains("id=\"grounds\""))
            let number = try #require(made.text.firstMatch(of: /WHG-24-[0-9]{7}-[0-9]/)?.0)
            let view = try await service.order(String(number))
            #expect(view["demand.channel"] == "web")
        }
    }
}

extension Route {
    fileprivate static let (get, post) = ("GET", "POST")
}

extension Service {
    func browser(_ name: String, _ role: Role, bureau: String? = nil) async throws -> Browser {
        _ = try await addPerson(
            name, PersonDraft(name: name, displayName: name, roles: [role], bureau: bureau))
        let browser = Browser(self)
        _ = try await browser.logIn(name, Service.password)
        return browser
    }
}

extension Browser {
    /// Takes a step that the page of the order offers, by its form, and sees that it was done.
    func step(
        _ home: String, _ command: String, _ entries: [(String, String)],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let page = try await open(home)
        let link = "\(home)/\(command)?version="
        #expect(page.text.contains(link), "\(command) is offered", sourceLocation: sourceLocation)
        let form = try await open("\(home)/\(command)")
        #expect(form.status == 200, "\(command): \(form.text)", sourceLocation: sourceLocation)
        let sent = try await send("\(home)/\(command)", entries + [("key", "\(command)-key")])
        #expect(sent.status == 303, "\(command): \(sent.text)", sourceLocation: sourceLocation)
        let after = try await open(sent.headers["location"] ?? "")
        #expect(after.text.contains("class=\"outcome\""), sourceLocation: sourceLocation)
    }
}
