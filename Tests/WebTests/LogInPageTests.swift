import Casework
import Ledger
import Store
import Testing
import Workflow

@testable import Web

@Suite struct LogInPageTests {
    private let password = Service.password

    private func add(_ name: String, _ roles: Set<Role>, to service: Service) async throws -> Person
    {
        try await service.addPerson(
            name, PersonDraft(name: name, displayName: "李雷", roles: roles))
    }

    @Test func `a log-in leads to the page that was wanted, and a log-out ends it at once`()
        async throws
    {
        try await Service.run { service in
            _ = try await add("li", [.agent], to: service)
            let browser = Browser(service)
            let refused = try await browser.open("/queue")
            #expect(refused.status == 303)
            #expect(refused.headers["location"]?.hasPrefix("/log-in?next=%2Fqueue") == true)
            let answer = try await browser.logIn("li", password, next: "/queue")
            #expect(answer.status == 303)
            #expect(answer.headers["location"]?.hasPrefix("/queue?") == true)
            let cookie = answer.headers["set-cookie"] ?? ""
            #expect(cookie.hasPrefix("amends-session="))
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
            #expect(!cookie.contains("Secure"))
            #expect(try await browser.open("/queue").text.contains("李雷"))
            let secret = browser.cookies
            try await browser.send("/log-out", [])
            #expect(browser.cookies["amends-session"] == nil)
            let hash = sha256Hex(secret["amends-session"] ?? "")
            let now = service.clock.now
            let session = try await service.office.read { try $0.session(ofHash: hash, at: now) }
            #expect(session == nil)
        }
    }

    @Test func `over TLS the cookie goes nowhere else`() async throws {
        try await Service.run({ $0.publicURL = "https://fund.example" }) { service in
            _ = try await add("li", [.agent], to: service)
            let cookie =
                try await Browser(service).logIn("li", password).headers["set-cookie"] ?? ""
            #expect(cookie.hasPrefix("__Host-amends-session="))
            #expect(cookie.contains("; Secure") && cookie.contains("Path=/;"))
        }
    }

    @Test func `a wrong password, an unknown name and a closed account read alike`() async throws {
        try await Service.run { service in
            _ = try await add("li", [.agent], to: service)
            let gone = try await add("gone", [.agent], to: service)
            try await service.office.work {
                try $0.deactivate(gone.id, by: Actor(name: "root", roles: [.administrator]))
            }
            var seen: Set<String> = []
            for (name, word) in [("li", "wrong"), ("gone", password), ("none", password)] {
                let reply = try await Browser(service).logIn(name, word)
                #expect(reply.status == 401)
                #expect(reply.headers["set-cookie"] == nil)
                seen.insert(reply.text.replacing("value=\"\(name)\"", with: ""))
            }
            #expect(seen.count == 1)
        }
    }

    @Test(arguments: [
        "https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)",
        "/queue?x=1", "/a b", "", "queue",
    ])
    func `nobody is sent elsewhere after a log-in`(_ next: String) async throws {
        try await Service.run { service in
            _ = try await add("li", [.agent], to: service)
            let reply = try await Browser(service).logIn("li", password, next: next)
            #expect(reply.headers["location"]?.hasPrefix("/?") == true)
        }
    }

    @Test func `one address may try only so often, whatever the names`() async throws {
        try await Service.run({ ($0.logInsPerAddress, $0.secondsPerLogIn) = (5, 60) }) { service in
            var codes: [Int] = []
            for number in 1...7 {
                codes.append(try await Browser(service).logIn("name-\(number)", "wrong").status)
            }
            #expect(codes == [401, 401, 401, 401, 401, 429, 429])
        }
    }

    @Test func `whoever must enrol sees nothing else before, and everything after`() async throws {
        try await Service.run { service in
            let li = try await add("li", [.cashier], to: service)
            let browser = Browser(service)
            let answer = try await browser.logIn("li", password, next: "/queue")
            #expect(answer.headers["location"]?.hasPrefix("/account") == true)
            #expect(try await browser.open("/queue").status == 303)
            #expect(try await browser.open("/").text.contains("李雷") == false)
            try await browser.open("/account")
            let shown = try await browser.send("/account/second-factor", [])
            #expect(shown.text.contains("<svg class=\"qr\""))
            #expect(shown.text.contains("otpauth://totp/Amends:li?secret="))
            let secret = try await service.secret(of: li)
            let step = TimeCode.step(at: service.clock.now)
            let wrong = try await browser.send("/account/second-factor/code", [("code", "000000")])
            #expect(wrong.status == 422)
            let done = try await browser.send(
                "/account/second-factor/code", [("code", TimeCode.code(of: secret, at: step))])
            #expect(done.text.matches(of: /<li><code>[0-9A-Z-]{19}<\/code>/).count == 10)
            #expect(try await browser.open("/queue").status == 200)

            service.clock.advance(minutes: 1)
            let second = Browser(service)
            let half = try await second.logIn("li", password, next: "/queue")
            #expect(half.headers["location"]?.hasPrefix("/log-in/code?next=%2Fqueue") == true)
            #expect(try await second.open("/account").status == 303)
            try await second.open("/log-in/code")
            let whole = try await second.send(
                "/log-in/code",
                [("code", TimeCode.code(of: secret, at: step + 2)), ("next", "/queue")])
            #expect(whole.headers["location"]?.hasPrefix("/queue") == true)
            #expect(try await second.open("/queue").status == 200)
        }
    }

    @Test func `a password is changed by whoever knows it, and typed the same twice`() async throws
    {
        try await Service.run { service in
            _ = try await add("li", [.agent], to: service)
            let browser = Browser(service)
            _ = try await browser.logIn("li", password)
            func change(_ current: String, _ new: String, _ again: String) async throws -> Int {
                try await browser.open("/account")
                return try await browser.send(
                    "/account/password",
                    [("current", current), ("password", new), ("again", again)]
                ).status
            }
            #expect(try await change(password, "plate engine violet", "plate engine purple") == 422)
            #expect(try await change(password, "password2024", "password2024") == 422)
            #expect(try await change("wrong", "plate engine violet", "plate engine violet") == 401)
            #expect(try await change(password, "plate engine violet", "plate engine violet") == 303)
            #expect(try await browser.open("/queue").status == 200)
            #expect(try await Browser(service).logIn("li", "plate engine violet").status == 303)
        }
    }

    @Test func `a form of another page or site changes nothing`() async throws {
        try await Service.run { service in
            _ = try await add("li", [.agent], to: service)
            let browser = Browser(service)
            _ = try await browser.logIn("li", password)
            try await browser.open("/account")
            let token = browser.csrf
            for path in ["/account/sessions", "/log-out", "/account/password"] {
                #expect(try await browser.send(path, [], csrf: "00").status == 403, "\(path)")
                let foreign = try await browser.send(
                    path, [], csrf: token, origin: "https://evil.example")
                #expect(foreign.status == 403, "\(path)")
            }
            #expect(try await browser.open("/queue").status == 200)
        }
    }

    @Test func `an administrator adds a person, changes roles and closes the account`() async throws
    {
        try await Service.run({ _ in }, secondFactor: .off) { service in
            _ = try await add("chief", [.administrator], to: service)
            let browser = Browser(service)
            _ = try await browser.logIn("chief", password)
            try await browser.open("/people")
            let bad = try await browser.send("/people", [("name", "No Good!"), ("roles", "agent")])
            #expect(bad.status == 422)
            let added = try await browser.send(
                "/people", [("name", "wang"), ("display_name", "王<芳>"), ("roles", "agent")])
            #expect(added.text.contains("王&lt;芳&gt;"))
            let first = try #require(
                added.text.firstMatch(of: /class="key">([0-9a-z-]+)</).map { String($0.1) })
            let wang = try #require(
                try await service.office.read { try $0.person(named: "wang") })
            let her = Browser(service)
            #expect(
                try await her.logIn("wang", first).headers["location"]?.hasPrefix("/account")
                    == true)
            let page = "/people/\(wang.id)"
            for (path, entries, status) in [
                ("roles", [("roles", "agent"), ("roles", "reviewer")], 303),
                ("roles", [("roles", "bureau")], 422), ("failures", [], 303),
                ("sessions", [], 303), ("closing", [], 303), ("opening", [], 303),
                ("identity", [("issuer", "https://id.example"), ("subject", "s")], 303),
                ("password", [], 200), ("second-factor", [], 303),
            ] as [(String, [(String, String)], Int)] {
                try await browser.open(page)
                #expect(
                    try await browser.send("\(page)/\(path)", entries).status == status, "\(path)")
            }
            #expect(try await her.open("/account").status == 303)
            #expect(try await browser.open(page).text.contains("agent → agent,reviewer"))
            #expect(try await browser.open("/people/nobody").status == 404)
        }
    }

    @Test func `people are shown to administrators alone`() async throws {
        try await Service.run({ _ in }, secondFactor: .off) { service in
            for role in Role.allCases
            where ![.office, .tourist, .bureau, .merchant, .administrator].contains(role) {
                let name = "the.\(role.rawValue.lowercased())"
                _ = try await add(name, [role], to: service)
                let browser = Browser(service)
                _ = try await browser.logIn(name, password)
                #expect(try await browser.open("/people").status == 403, "\(role)")
            }
        }
    }
}

extension Service {
    /// What is shown to be enrolled, or in use.
    fileprivate func secret(of person: Person) async throws -> [UInt8] {
        let credentials = try await office.read { try $0.credentials(of: person.id) }
        let sealed = credentials?.secondFactorNext ?? credentials?.secondFactor
        return try SecretBox(try #require(Service.dataKeys)).open(
            try #require(sealed), as: "second-factor/\(person.id.text)")
    }
}
