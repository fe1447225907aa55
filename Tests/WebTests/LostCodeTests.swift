import Casework
import Courier
import Hummingbird
import Ledger
import Randomness
import Store
import Synchronization
import Testing
import Workflow

@testable import Web

/// How a tourist who lost the tracking code gets a new one.
struct LostCodeTests {
    /// The messages that wait to be sent.
    private func messages(_ service: Service) async throws -> [TouristMessage] {
        try await service.office.work { work in
            try work.transaction.leaseMessages(
                by: .sms, at: work.now, leaseMs: 1, limit: 100)
        }
    }

    private func code(in message: TouristMessage?) throws -> String {
        let text = try #require(message).text.revealed
        return try #require(text.firstMatch(of: /[0-9]{6}/).map { String($0.0) })
    }

    @Test func `a code comes by message and gives a new tracking code, and the old one is void`()
        async throws
    {
        try await Service.run { service in
            let filed = try await service.file()
            let browser = Browser(service)
            let asked = try await browser.send(
                "/lost-code?lang=en", [("number", filed.number), ("phone", "+86 138-0013-8000")])
            #expect(asked.status == 200 && asked.text.contains("one-time-code"))
            let sent = try await messages(service)
            #expect(sent.count == 1 && sent[0].to.revealed == "+86 138-0013-8000")
            let code = try code(in: sent.first)
            #expect(!asked.text.contains(code))
            let opened = try await browser.send(
                "/lost-code/redemption", [("number", filed.number), ("code", code)])
            #expect(opened.status == 303, "\(opened.text)")
            let page = try await browser.open(opened.headers["location"] ?? "")
            #expect(page.status == 200 && page.text.contains("class=\"keep\""))
            let old = try await Browser(service).send(
                "/track", [("number", filed.number), ("code", filed.code)])
            #expect(old.status == 401)
            let again = try await Browser(service).send(
                "/lost-code/redemption", [("number", filed.number), ("code", code)])
            #expect(again.status == 401, "a code is good once")
        }
    }

    @Test func `whoever asks learns nothing of which cases and telephones there are`() async throws
    {
        try await Service.run { service in
            let filed = try await service.file()
            let other = CaseNumber.make(prefix: "SY", year: 2024, sequence: 77)
            let table = [
                (filed.number, "13800138000"), (filed.number, "13900139000"),
                (other.text, "13800138000"), ("nothing", ""), ("", "1"),
            ]
            var answers: Set<String> = []
            for (number, phone) in table {
                let reply = try await Browser(service).send(
                    "/lost-code", [("number", number), ("phone", phone)])
                #expect(reply.status == 200)
                answers.insert(reply.text.replacing("value=\"\(number)\"", with: ""))
                let wrong = try await Browser(service).send(
                    "/lost-code/redemption", [("number", number), ("code", "1234567")])
                #expect(wrong.status == 401)
                answers.insert(
                    "wrong" + wrong.text.replacing("value=\"\(number)\"", with: ""))
            }
            #expect(answers.count == 2)
            #expect(try await messages(service).count == 1)
        }
    }

    @Test func `a code lapses after ten minutes and after five wrong tries`() async throws {
        try await Service.run { service in
            let number = try await service.file().number
            func ask(_ code: String) async throws {
                try await service.office.work {
                    try $0.askCode(for: number, phone: "13800138000", code: code, text: code)
                }
            }
            func redeem(_ code: String) async throws -> Bool {
                try await service.office.work {
                    try $0.redeem(code, of: number, trackingCode: "12345678")
                }
            }
            try await ask("111111")
            service.clock.advance(minutes: 10)
            #expect(try await !redeem("111111"))
            try await ask("222222")
            for _ in 1...5 { #expect(try await !redeem("333333")) }
            #expect(try await !redeem("222222"), "tried five times")
            try await ask("444444")
            #expect(try await !redeem("222222"), "the last one asked for counts")
            #expect(try await redeem("444 444"))
        }
    }

    @Test func `codes are asked for three times an hour with one number and telephone`()
        async throws
    {
        try await Service.run { service in
            let number = try await service.file().number
            func status(_ number: String, _ phone: String) async throws -> Int {
                try await Browser(service).send(
                    "/lost-code", [("number", number), ("phone", phone)]
                ).status
            }
            for _ in 1...3 { #expect(try await status(number, "13800138000") == 200) }
            #expect(try await status(number.lowercased(), "138 0013 8000") == 429)
            // Unknown ones are counted alike, and keep nobody else from asking.
            for _ in 1...3 { #expect(try await status("SY-1", "13900139000") == 200) }
            #expect(try await status("SY-1", "13900139000") == 429)
            #expect(try await messages(service).count == 3)
            service.clock.advance(minutes: 60)
            #expect(try await status(number, "13800138000") == 200)
        }
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `no code but the one that was sent opens a case, whatever is tried`(_ seed: UInt64)
        async throws
    {
        try await Service.run { service in
            var generator = SeededRandom(seed: seed)
            let filed = try await service.file()
            let other = try await service.file([
                "order": "\"Z-9\"", "occurred_on": "\"2024-07-02\"",
            ])
            let right = freshOneTimeCode(using: &generator)
            try await service.office.work {
                try $0.askCode(
                    for: filed.number, phone: "13800138000", code: right, text: "text \(right)")
            }
            #expect(right.count == 6 && right.allSatisfy(\.isNumber))
            for _ in 1..<LostCodeTerms.tries {
                var guess = freshOneTimeCode(using: &generator)
                if guess == right { guess = String(right.reversed()) + "0" }
                let (number, tried) =
                    Bool.random(using: &generator) ? (filed.number, guess) : (other.number, right)
                let isTaken = try await service.office.work {
                    [number, tried] in
                    try $0.redeem(tried, of: number, trackingCode: "00000000")
                }
                #expect(!isTaken, "seed \(seed): \(number) \(tried)")
            }
            #expect(
                try await service.office.work {
                    try $0.redeem(right, of: filed.number, trackingCode: "87654321")
                }, "seed \(seed)")
        }
    }

    @Test func `the code's hash needs the key, and is another for another case`() throws {
        let (one, same, other) = (
            CodeKey(Service.dataKeys), CodeKey(Service.dataKeys), CodeKey(nil)
        )
        #expect(one.hash("123456", of: "A") == same.hash("123456", of: "A"))
        #expect(one.hash("123456", of: "A") != one.hash("123456", of: "B"))
        #expect(one.hash("123456", of: "A") != other.hash("123456", of: "A"))
        #expect(one.hash("123456", of: "A") != sha256Hex("A\u{1F}123456"))
    }

    @Test func `a gateway gets each message once, and again only after a doubt`() async throws {
        try await Service.run { service in
            let number = try await service.file().number
            let seen = Mutex<[String]>([])
            let router = Router()
            router.post("/messages") { request, _ in
                let body = try await request.body.collect(upTo: 10_000)
                seen.withLock { $0.append(String(buffer: body)) }
                return seen.withLock { $0.count } == 1
                    ? HTTPResponse.Status.serviceUnavailable : HTTPResponse.Status.accepted
            }
            let (ports, send) = AsyncStream<Int>.makeStream()
            let gateway = Application(
                router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
                onServerRunning: { send.yield($0.localAddress?.port ?? 0) })
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await gateway.run() }
                var iterator = ports.makeAsyncIterator()
                let port = try #require(await iterator.next())
                let gateway = GatewayOutlet(
                    "http://127.0.0.1:\(port)/messages", token: "t", courier: service.courier)
                let sender = MessageSender([.sms: gateway], office: service.office)
                try await service.office.work {
                    try $0.askCode(
                        for: number, phone: "13800138000", code: "123456", text: "是123456")
                }
                #expect(try await sender.runOnce() == 0, "refused once")
                #expect(try await sender.runOnce() == 0, "not yet again")
                service.clock.advance(minutes: 1)
                #expect(try await sender.runOnce() == 1)
                service.clock.advance(minutes: 1)
                #expect(try await sender.runOnce() == 0, "accepted")
                let bodies = seen.withLock { $0 }
                #expect(bodies.count == 2 && bodies[0] == bodies[1])
                #expect(
                    bodies[0].contains("\"to\":\"13800138000\"") && bodies[0].contains("123456"))
                group.cancelAll()
                while (try? await group.next()) != nil {}
            }
        }
    }
}
