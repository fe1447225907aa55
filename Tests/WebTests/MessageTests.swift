import Casework
import Courier
import FoundationEssentials
import Ledger
import Logging
import MessageSimulator
import Store
import Synchronization
import Testing
import Workflow

@testable import Web

/// Text messages and WeChat, through the simulators.
struct MessageTests {
    private static let templates = MessageTemplates([
        .code: .init(id: "T-code", blanks: ["code": "code"]),
        .paid: .init(id: "T-paid", blanks: ["no": "number", "yuan": "amount"]),
        .accepted: .init(id: "T-accepted", blanks: ["no": "number"]),
        .recovery: .init(id: "T-recovery", blanks: ["no": "number", "yuan": "amount"]),
    ])

    private enum Gateway { case sms, wechat(perToken: Int) }

    /// Runs a simulator while `body` runs, and stops it.
    private func run(
        _ gateway: Gateway, _ behaviour: MessageBehaviour = .init(), secret: String = "s",
        now: @escaping @Sendable () -> Moment = { Service.start },
        _ body: (_ url: String, MessageJournal) async throws -> Void
    ) async throws {
        let journal = try MessageJournal(path: nil)
        var settings = MessageSimulatorSettings(app: "amends", secret: secret, journal: journal)
        settings.behaviour = behaviour
        var logger = Logger(label: "simulator")
        logger.logLevel = .critical
        let (ports, send) = AsyncStream<Int>.makeStream()
        let server = Task { [settings, logger] in
            defer { send.finish() }
            switch gateway {
            case .sms:
                try await serveSMS(settings, now: now, logger: logger) { send.yield($0) }
            case .wechat(let perToken):
                try await serveWeChat(settings, messagesPerToken: perToken, logger: logger) {
                    send.yield($0)
                }
            }
        }
        var iterator = ports.makeAsyncIterator()
        let port = try #require(await iterator.next())
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body("http://127.0.0.1:\(port)", journal))
        } catch {
            outcome = .failure(error)
        }
        server.cancel()
        _ = await server.result
        try outcome.get()
    }

    private func message(_ id: String, _ way: MessageWay, to: String, kind: MessageKind = .code)
        -> TouristMessage
    {
        TouristMessage(
            id: id, caseID: ID("SY-24-0000001-8"), way: way, to: Personal(to), kind: kind.rawValue,
            text: Personal("x"),
            blanks: Personal(["code": "123456", "number": "N", "amount": "5.00"]),
            ends: Service.start.advanced(byMinutes: 10))
    }

    private func sms(_ url: String, secret: String = "s") -> SMSOutlet {
        SMSOutlet(
            .init(
                url: url, app: "amends", secret: secret, signName: "三亚", templates: Self.templates),
            courier: Courier(), now: { Service.start })
    }

    private func wechat(_ url: String, secret: String = "s", now: @escaping @Sendable () -> Moment)
        -> WeChatOutlet
    {
        WeChatOutlet(
            .init(url: url, app: "amends", secret: secret, templates: Self.templates),
            courier: Courier(), now: now)
    }

    @Test func `a gateway takes a signed message once under its id, and refuses what it must`()
        async throws
    {
        try await run(.sms) { url, journal in
            let outlet = sms(url)
            #expect(await outlet.send(message("a", .sms, to: "13800138123")) == .accepted)
            #expect(await outlet.send(message("a", .sms, to: "13800138123")) == .accepted)
            #expect(journal.messages.map(\.isRepeat) == [false, true])
            #expect(journal.messages[0].blanks == ["code": "123456"])
            #expect(journal.messages[0].template == "T-code")
            let table: [(TouristMessage, MessageOutcome)] = [
                (message("b", .sms, to: "13800130000"), .refused("PHONE_INVALID")),
                (message("c", .sms, to: "13800139999"), .refused("PHONE_BLOCKED")),
                (
                    message("d", .sms, to: "13800138123", kind: .declined),
                    .refused("no template for declined")
                ),
            ]
            for (message, outcome) in table { #expect(await outlet.send(message) == outcome) }
            let wrong = await sms(url, secret: "other").send(message("e", .sms, to: "13800138123"))
            #expect(wrong == .failed("status 200 SIGNATURE_WRONG"))
            #expect(journal.messages.count == 2)
        }
    }

    @Test func `a request that is changed, late or sent by another is no good`() async throws {
        let late = Mutex(Service.start)
        try await run(.sms, now: { late.withLock { $0 } }) { url, journal in
            late.withLock { $0 = $0.advanced(byMinutes: 6) }
            let outcome = await sms(url).send(message("a", .sms, to: "13800138123"))
            #expect(outcome == .failed("status 200 SIGNATURE_WRONG"))
            late.withLock { $0 = Service.start }
            let body = Array(
                """
                {"out_id":"z","phone":"13800138123","sign_name":"","template_id":"T","template_params":{}}
                """.utf8)
            func send(_ body: [UInt8], signed: [UInt8]) async throws -> String {
                let seconds = Service.start.ms / 1_000
                let response = try await Courier().send(
                    WireRequest(
                        .post, url + SMSWire.path,
                        headers: [
                            "X-App": "amends", "X-Nonce": "n", "X-Timestamp": "\(seconds)",
                            "X-Signature": SMSWire.signature(
                                secret: "s", app: "amends", seconds: seconds, nonce: "n",
                                body: signed),
                        ], body: body))
                return String(decoding: response.body, as: UTF8.self)
            }
            let changed = try await send(body + [32], signed: body)
            let (good, again) = (
                try await send(body, signed: body), try await send(body, signed: body)
            )
            #expect(changed.contains("SIGNATURE_WRONG") && good.contains("\"OK\""))
            #expect(again.contains("SIGNATURE_WRONG"), "the nonce was used")
            #expect(journal.messages.count == 1)
        }
    }

    @Test
    func `WeChat's token is fetched once, fetched again when it is refused, and kept till its end`()
        async throws
    {
        let clock = Mutex(Service.start)
        try await run(.wechat(perToken: 3)) { url, journal in
            let outlet = wechat(url) { clock.withLock { $0 } }
            for number in 1...7 {
                let outcome = await outlet.send(
                    message("\(number)", .wechat, to: "openid-\(number)"))
                #expect(outcome == .accepted, "\(number)")
            }
            #expect(journal.messages.count == 7)
            let refused = await outlet.send(message("r", .wechat, to: "refuses-1"))
            #expect(refused == .refused("errcode 43101"))
            clock.withLock { $0 = $0.advanced(byMinutes: 120) }
            #expect(await outlet.send(message("8", .wechat, to: "openid-8")) == .accepted)
            let wrong = await wechat(url, secret: "other") { Service.start }
                .send(message("9", .wechat, to: "openid-9"))
            #expect(wrong == .failed("no token: errcode 40125"))
            // Many at once fetch one token.
            let many = wechat(url) { Service.start }
            await withTaskGroup(of: Void.self) { group in
                for number in 1...3 {
                    group.addTask {
                        let outcome = await many.send(
                            message("m\(number)", .wechat, to: "openid-m\(number)"))
                        #expect(outcome == .accepted)
                    }
                }
            }
        }
    }

    @Test func `bad networks lose no message: each arrives, a text message just once`() async throws
    {
        for seed in 1...3 as ClosedRange<UInt64> {
            var behaviour = MessageBehaviour.mischievous(seed: seed)
            behaviour.delay_ms = 5
            try await run(.sms, behaviour, now: { Service.start }) { url, journal in
                try await Service.run { service in
                    let number = try await service.file().number
                    let outlet = SMSOutlet(
                        .init(
                            url: url, app: "amends", secret: "s", signName: "三亚",
                            templates: Self.templates),
                        courier: service.courier, now: { Service.start })
                    try await service.office.work { work in
                        for each in 1...20 {
                            try work.transaction.enqueue(
                                TouristMessage(
                                    id: "m\(each)", caseID: ID(number),
                                    to: Personal("13800138\(100 + each)"),
                                    kind: "code", text: Personal("x"),
                                    blanks: Personal(["code": "\(each)"]),
                                    ends: work.now.advanced(byMinutes: 10_000)), at: work.now)
                        }
                    }
                    let sender = MessageSender([.sms: outlet], office: service.office)
                    var accepted = 0
                    for _ in 1...30 where accepted < 20 {
                        accepted += try await sender.runOnce()
                        service.clock.advance(minutes: 20)
                    }
                    #expect(accepted == 20, "seed \(seed)")
                    let first = journal.messages.filter { !$0.isRepeat }
                    #expect(Set(first.map(\.id)).count == 20 && first.count == 20, "seed \(seed)")
                }
            }
        }
    }

    @Test func `messages go by the way that the tourist and the merchant chose`() async throws {
        try await run(.sms) { smsURL, texts in
            try await run(.wechat(perToken: 100)) { wechatURL, chats in
                try await Service.run(messages: .sent) { service in
                    let administrator = try await service.send(
                        .post, "/api/v1/merchants/M1/contact", as: "supervisor",
                        body: "{\"way\":\"sms\",\"address\":\"0898-8820 1234\"}")
                    #expect(administrator.status == 200, "\(administrator.text)")
                    let filed = try await service.file()
                    for (body, status) in [
                        ("{\"way\":\"wechat\",\"address\":\"openid-wang\"}", 200),
                        ("{\"way\":\"wechat\",\"address\":\"a b\"}", 422),
                        ("{\"way\":\"mail\",\"address\":\"nobody\"}", 422),
                        ("{\"way\":\"sms\",\"address\":\"call me\"}", 422),
                    ] {
                        let reply = try await service.send(
                            .post, "/api/v1/cases/\(filed.number)/contact",
                            headers: ["Tracking-Code": filed.code], body: body)
                        #expect(reply.status == status, "\(reply.text)")
                    }
                    for (kind, bytes) in [("receipt", png), ("photo", jpeg)] {
                        _ = try await service.send(
                            .post,
                            "/api/v1/cases/\(filed.number)/evidence?kind=\(kind)&name=\(kind).png",
                            headers: ["Tracking-Code": filed.code],
                            bytes: bytes + Array(filed.number.utf8))
                    }
                    try await Paymaster(
                        office: service.office, wallet: PromptWallet(service.office)
                    ).runOnce()
                    let sender = MessageSender(
                        [.sms: sms(smsURL), .wechat: wechat(wechatURL) { Service.start }],
                        office: service.office)
                    for _ in 1...3 { _ = try await sender.runOnce() }
                    let paid = chats.messages.filter { $0.template == "T-paid" }
                    #expect(paid.map(\.to) == ["openid-wang"], "\(chats.messages)")
                    #expect(paid.first?.blanks == ["no": filed.number, "yuan": "500.00"])
                    let recovery = texts.messages.filter { $0.template == "T-recovery" }
                    #expect(recovery.map(\.to) == ["0898-8820 1234"], "\(texts.messages)")
                    // The acceptance went out before anything was chosen: to the telephone of the filing.
                    #expect(
                        texts.messages.contains {
                            $0.to == "13800138000" && $0.template == "T-accepted"
                        })
                }
            }
        }
    }

    @Test func `a tourist chooses by a page where messages go, in four languages`() async throws {
        try await Service.run(messages: .sent) { service in
            let filed = try await service.file()
            let browser = Browser(service)
            try await browser.open("/track")
            try await browser.send("/track", [("number", filed.number), ("code", filed.code)])
            let page = try await browser.open("/track/\(filed.number)")
            let link = "/cases/\(filed.number)/contact"
            #expect(page.text.contains(link), "\(page.text)")
            for (language, word) in [
                ("zh", "短信"), ("en", "Text message"), ("ru", "СМС"), ("ko", "문자"),
            ] {
                let form = try await browser.open("\(link)?lang=\(language)")
                #expect(form.status == 200 && form.text.contains(word), "\(language)")
            }
            let wrong = try await browser.send(
                link, [("way", "mail"), ("address", "nobody"), ("key", "c-1")])
            #expect(wrong.status == 422 && wrong.text.contains("value=\"nobody\""), "\(wrong.text)")
            let chosen = try await browser.send(
                link, [("way", "mail"), ("address", "wang@example.org"), ("key", "c-2")])
            #expect(chosen.status == 303, "\(chosen.text)")
            let kept = try await service.office.read { try $0.contact(of: ID<Case>(filed.number)) }
            #expect(kept?.address.revealed == "wang@example.org")
            let stranger = try await Browser(service).send(
                link, [("way", "mail"), ("address", "x@example.org")])
            #expect(stranger.status == 401)
        }
    }

    @Test func `a way that hangs delays no other`() async throws {
        let hole = try #require(BlackHole.open())
        try await run(.sms) { url, journal in
            try await Service.run { service in
                let number = try await service.file().number
                try await service.office.work { work in
                    for way in [MessageWay.mail, .sms] {
                        try work.transaction.enqueue(
                            TouristMessage(
                                id: way.rawValue, caseID: ID(number), way: way,
                                to: Personal(way == .mail ? "a@example.org" : "13800138123"),
                                kind: "code", text: Personal("x"), blanks: Personal(["code": "1"]),
                                ends: work.now.advanced(byMinutes: 60)), at: work.now)
                    }
                }
                let mail = MailOutlet(
                    .init(
                        server: "smtp://127.0.0.1:\(hole.port)", from: "o@example.org", name: "o"),
                    courier: Courier(), now: { Service.start })
                let correspondence = Correspondence(
                    office: service.office,
                    webhooks: WebhookSender(
                        courier: WebhookSender.courier(reach: .anywhere), office: service.office),
                    messages: MessageSender([.mail: mail, .sms: sms(url)], office: service.office))
                let running = Task { await correspondence.run() }
                let began = ContinuousClock.now
                while journal.messages.isEmpty, ContinuousClock.now - began < .seconds(10) {
                    await Task.yield()
                }
                #expect(journal.messages.map(\.id) == ["sms"])
                running.cancel()
                await running.value
            }
        }
    }

    @Test func `a simulator started again on its journal knows what it took`() throws {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "amends-sms-\(UInt64.random(in: 0...UInt64.max)).jsonl").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let line = """
            {"id":"a","to":"1","template":"T","blanks":{},"isRepeat":false}

            """
        try (line + "{\"id\":\"b\",\"to").write(toFile: path, atomically: true, encoding: .utf8)
        let journal = try MessageJournal(path: path)
        #expect(journal.messages.map(\.id) == ["a"])
        #expect(throws: MessageJournalError.self) { try MessageJournal(path: "/nowhere/x") }
    }
}

/// Pays at once.
private struct PromptWallet: Wallet {
    private let now: @Sendable () -> Moment

    init(_ office: Office) { now = office.now }

    func order(_ transfer: Transfer) async -> Workflow.Reply { .state(.success(at: now())) }
    func query(_ number: String) async -> Workflow.Reply { .state(.success(at: now())) }
}
