import Casework
import Courier
import Crypto
import Foundation
import Ledger
import Store
import Testing
import Workflow

@testable import Web

/// Events on their way to those who subscribed.
struct WebhookTests {
    private func subscribe(
        _ service: Service, _ url: String, _ events: String = "\"amends.*\""
    ) async throws -> (id: String, secret: String) {
        let reply = try await service.send(
            .post, "/api/v1/webhooks", as: "administrator",
            body: "{\"name\":\"城市云\",\"url\":\"\(url)\",\"events\":[\(events)]}")
        #expect(reply.status == 201, "\(reply.text)")
        return (try #require(reply["id"]), try #require(reply["secret"]))
    }

    private func open(_ settings: inout WebSettings) { settings.webhookReach = .anywhere }

    private func sender(_ service: Service) -> WebhookSender {
        WebhookSender(
            courier: WebhookSender.courier(reach: .anywhere), office: service.office,
            chance: { 1 })
    }

    private func deliveries(_ service: Service, _ state: String) async throws -> Reply {
        try await service.send(.get, "/api/v1/deliveries?state=\(state)", as: "administrator")
    }

    private func count(_ reply: Reply) -> Int {
        if case .array(let all)? = reply.json["deliveries"] { all.count } else { -1 }
    }

    /// As a receiver does who follows the specification, written apart from what signs.
    private func isSigned(_ visit: Endpoint.Visit, by secret: String) -> Bool {
        guard let id = visit.headers["webhook-id"], let time = visit.headers["webhook-timestamp"],
            let given = visit.headers["webhook-signature"],
            let key = Data(base64Encoded: String(secret.dropFirst(6)))
        else { return false }
        let text = Data("\(id).\(time).\(visit.body)".utf8)
        return given.split(separator: " ").contains { signature in
            guard signature.hasPrefix("v1,"),
                let code = Data(base64Encoded: String(signature.dropFirst(3)))
            else { return false }
            return HMAC<SHA256>.isValidAuthenticationCode(
                code, authenticating: text, using: SymmetricKey(data: key))
        }
    }

    @Test func `each step of a case arrives once, signed, as a CloudEvent that names nobody`()
        async throws
    {
        try await Endpoint.run { endpoint in
            try await Service.run(open) { service in
                let (_, secret) = try await subscribe(service, endpoint.url)
                let number = try await service.filePaid().number
                #expect(endpoint.visits.isEmpty, "nothing leaves inside a transaction")
                while try await sender(service).runOnce() > 0 {}
                let visits = endpoint.visits
                #expect(visits.allSatisfy { isSigned($0, by: secret) })
                #expect(!isSigned(visits[0], by: WebhookSignature.freshSecret()))
                #expect(Set(visits.map { $0.headers["webhook-id"] }).count == visits.count)
                let events = try visits.map { visit in
                    try JSONReader.read(Array(visit.body.utf8))
                }
                let kinds = events.compactMap { $0["type"]?.string }
                for kind in [
                    "filed", "accepted", "proposed", "quick-pay-granted", "payout-ordered",
                ] {
                    #expect(kinds.count { $0 == "amends.case.\(kind)" } == 1, "\(kind)")
                }
                for (event, visit) in zip(events, visits) {
                    #expect(event["specversion"]?.string == "1.0")
                    #expect(event["source"]?.string == "urn:amends:office:sanya")
                    #expect(event["subject"]?.string == number)
                    #expect(visit.headers["content-type"]?.contains("cloudevents+json") == true)
                    for personal in ["王小明", "13800138000", "110101199003071234", "多收"] {
                        #expect(!visit.body.contains(personal))
                    }
                }
                let paid = events.first { $0["type"]?.string == "amends.case.payout-ordered" }
                #expect(paid?["data"]?["amount_fen"]?.string == "50000")
                #expect(paid?["data"]?["stage"]?.string == "paying")
                #expect(try await sender(service).runOnce() == 0)
                #expect(count(try await deliveries(service, "delivered")) == visits.count)
            }
        }
    }

    @Test func `a receiver who knows either secret is content while one is replaced`() async throws
    {
        try await Endpoint.run { endpoint in
            try await Service.run(open) { service in
                let (id, first) = try await subscribe(service, endpoint.url)
                let replaced = try await service.send(
                    .post, "/api/v1/webhooks/\(id)/secret", as: "administrator", key: "r-1")
                let second = try #require(replaced["secret"])
                // Sent again it shows nothing, and replaces nothing.
                let again = try await service.send(
                    .post, "/api/v1/webhooks/\(id)/secret", as: "administrator", key: "r-1")
                #expect(again.status == 201 && again["secret"] == nil)
                func trial() async throws -> Endpoint.Visit {
                    let reply = try await service.send(
                        .post, "/api/v1/webhooks/\(id)/trial", as: "administrator")
                    #expect(reply.status == 202, "\(reply.text)")
                    try await sender(service).runOnce()
                    return try #require(endpoint.visits.last)
                }
                let both = try await trial()
                #expect(isSigned(both, by: first) && isSigned(both, by: second))
                #expect(both.headers["webhook-signature"]?.split(separator: " ").count == 2)
                service.clock.advance(minutes: 24 * 60)
                let one = try await trial()
                #expect(!isSigned(one, by: first) && isSigned(one, by: second))
            }
        }
    }

    @Test(
        .enabled(
            if: ProcessInfo.processInfo.environment["AMENDS_TEST_PYTHON"] != nil,
            "AMENDS_TEST_PYTHON names no Python with standardwebhooks"))
    func `another's library finds the signatures right, and a changed body wrong`() async throws {
        let python = try #require(ProcessInfo.processInfo.environment["AMENDS_TEST_PYTHON"])
        let secrets = [WebhookSignature.freshSecret(), WebhookSignature.freshSecret()]
        let seconds = Int64(Date.now.timeIntervalSince1970)
        let body = "{\"名\":\"a.b\"}"
        let header = try #require(
            WebhookSignature.header(secrets: secrets, id: "msg_1", seconds: seconds, body: body))
        let script = """
            import sys
            from standardwebhooks.webhooks import Webhook, WebhookVerificationError
            head = {"webhook-id": "msg_1", "webhook-timestamp": sys.argv[1], "webhook-signature": sys.argv[2]}
            for secret in sys.argv[4:]:
                Webhook(secret).verify(sys.argv[3], head)
                try:
                    Webhook(secret).verify(sys.argv[3] + " ", head)
                    sys.exit("a changed body was taken")
                except WebhookVerificationError:
                    pass
            print("verified")
            """
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = ["-c", script, "\(seconds)", header, body] + secrets
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(said == "verified\n")
    }

    @Test func `what fails is tried again ever later, given up in the end, and sent again by hand`()
        async throws
    {
        try await Endpoint.run({ number, _ in .init(status: number < 15 ? 503 : 204) }) {
            endpoint in
            try await Service.run(open) { service in
                let (id, secret) = try await subscribe(
                    service, endpoint.url, "\"amends.case.filed\"")
                _ = try await service.file()
                var pauses: [Int] = []
                var waited = 0
                while pauses.count < 13, waited < 100_000 {
                    let before = endpoint.visits.count
                    try await sender(service).runOnce()
                    if endpoint.visits.count > before { pauses.append(waited) }
                    service.clock.advance(minutes: 5)
                    waited += 5
                }
                #expect(pauses.count == 13)
                #expect(zip(pauses, pauses.dropFirst()).allSatisfy { $0 < $1 })
                let waiting = try await deliveries(service, "waiting")
                #expect(waiting["deliveries.0.status"] == "503", "\(waiting.text)")
                service.clock.advance(minutes: 24 * 60)
                try await sender(service).runOnce()
                let failed = try await deliveries(service, "failed")
                let none = try await deliveries(service, "waiting")
                #expect(count(failed) == 1 && count(none) == 0)
                let delivery = try #require(failed["deliveries.0.id"])
                service.clock.advance(minutes: 24 * 60)
                #expect(try await sender(service).runOnce() == 0, "given up is given up")
                let again = try await service.send(
                    .post, "/api/v1/deliveries/\(delivery)/replay", as: "administrator")
                #expect(again.status == 202 && again["state"] == "waiting", "\(again.text)")
                try await sender(service).runOnce()
                service.clock.advance(minutes: 10)
                try await sender(service).runOnce()
                #expect(count(try await deliveries(service, "delivered")) == 1)
                // The same id at every attempt, the attempt's own time, and a good signature each.
                #expect(Set(endpoint.visits.map { $0.headers["webhook-id"] }).count == 1)
                #expect(Set(endpoint.visits.map { $0.headers["webhook-timestamp"] }).count > 10)
                #expect(endpoint.visits.allSatisfy { isSigned($0, by: secret) })
                let list = try await service.send(.get, "/api/v1/webhooks", as: "administrator")
                #expect(list["webhooks.0.failures"] == "0" && list["webhooks.0.id"] == id)
            }
        }
    }

    @Test
    func
        `an endpoint that answers 410, or fails for days, gets nothing more until a person says so`()
        async throws
    {
        for (status, days, state) in [(410, 0, "gone"), (500, 5, "failing")] {
            try await Endpoint.run({ _, _ in .init(status: status) }) { endpoint in
                try await Service.run(open) { service in
                    let (id, _) = try await subscribe(service, endpoint.url)
                    _ = try await service.file()
                    try await sender(service).runOnce()
                    if days > 0 {
                        service.clock.advance(minutes: days * 24 * 60)
                        try await sender(service).runOnce()
                    }
                    let list = try await service.send(.get, "/api/v1/webhooks", as: "administrator")
                    #expect(list["webhooks.0.state"] == state, "\(list.text)")
                    #expect(list["webhooks.0.waiting"] == "0")
                    let sent = endpoint.visits.count
                    _ = try await service.file(["order": "\"B-2\""])
                    #expect(try await sender(service).runOnce() == 0)
                    #expect(endpoint.visits.count == sent)
                    let replay = try await service.send(
                        .post, "/api/v1/webhooks/\(id)/replay", as: "administrator")
                    #expect(replay.status == 409 && replay.code == "webhook_not_active")
                    for action in ["activation", "replay"] {
                        let reply = try await service.send(
                            .post, "/api/v1/webhooks/\(id)/\(action)", as: "administrator")
                        #expect(reply.status < 300, "\(reply.text)")
                    }
                    #expect(try await sender(service).runOnce() > 0)
                }
            }
        }
    }

    @Test func `an endpoint that fails is tried with one delivery at a time and delays no other`()
        async throws
    {
        try await Endpoint.run({ _, visit in
            .init(status: visit.path == "/hook" ? 500 : 200)
        }) { endpoint in
            try await Service.run(open) { service in
                _ = try await subscribe(service, endpoint.url)
                _ = try await subscribe(service, endpoint.url + "/well")
                for number in 1...9 { _ = try await service.file(["order": "\"C-\(number)\""]) }
                for _ in 1...20 { try await sender(service).runOnce() }
                let (bad, good) = (
                    endpoint.visits.count { $0.path == "/hook" },
                    endpoint.visits.count { $0.path == "/hook/well" }
                )
                #expect(bad <= 16 && good > 16, "\(bad) \(good)")
                service.clock.advance(minutes: 6)
                try await sender(service).runOnce()
                #expect(endpoint.visits.count { $0.path == "/hook" } == bad + 1)
            }
        }
    }

    @Test func `an endpoint that is slow holds up nobody but itself`() async throws {
        try await Endpoint.run({ _, visit in
            if visit.path == "/hook/slow" { try await Task.sleep(for: .seconds(5)) }
            return .init()
        }) { endpoint in
            try await Service.run(open) { service in
                _ = try await subscribe(service, endpoint.url + "/slow")
                _ = try await subscribe(service, endpoint.url)
                for number in 1...12 { _ = try await service.file(["order": "\"D-\(number)\""]) }
                let all = try await service.office.read { try $0.deliveryCounts() }
                let wanted = try #require(all[ID("wh2")]?[.waiting])
                #expect(wanted > 16, "more than a batch: \(wanted)")
                let correspondence = Correspondence(
                    office: service.office, webhooks: sender(service))
                let running = Task { await correspondence.run() }
                let began = ContinuousClock.now
                while endpoint.visits.count(where: { $0.path == "/hook" }) < wanted,
                    ContinuousClock.now - began < .seconds(4)
                {
                    await Task.yield()
                }
                #expect(endpoint.visits.count { $0.path == "/hook" } == wanted)
                #expect(endpoint.visits.count { $0.path == "/hook/slow" } <= 16)
                running.cancel()
                await running.value
            }
        }
    }

    @Test func `addresses of one's own network, and those without TLS, are refused`() async throws {
        try await Service.run { service in
            for url in [
                "http://example.org/hook", "https://127.0.0.1/x", "http://localhost:80/",
                "https://[::1]/", "https://10.1.2.3/", "https://intranet/",
                "https://169.254.169.254/latest", "https://a:b@example.org/", "ftp://example.org/",
                "https://例.org/", "https://example.org/#x", "https://", "",
                "https://db.internal/",
            ] {
                let reply = try await service.send(
                    .post, "/api/v1/webhooks", as: "administrator",
                    body: "{\"name\":\"x\",\"url\":\"\(url)\",\"events\":[\"amends.*\"]}")
                #expect(reply.status == 422 && reply.fields == ["url"], "\(url) \(reply.text)")
            }
            _ = try await subscribe(service, "https://example.org:8443/hook?a=b")
            let unknown = try await service.send(
                .post, "/api/v1/webhooks", as: "administrator",
                body: "{\"name\":\"x\",\"url\":\"https://example.org\",\"events\":[\"case.paid\"]}")
            #expect(unknown.status == 422 && unknown.fields == ["events"], "\(unknown.text)")
        }
    }

    @Test func `a name that stands for an address of one's own is not connected to`() async throws {
        try await Endpoint.run { endpoint in
            try await Service.run(open) { service in
                // Taken while the operator allowed it; what sends does not allow it any more.
                _ = try await subscribe(
                    service, endpoint.url.replacing("127.0.0.1", with: "localhost"))
                _ = try await service.file()
                let strict = WebhookSender(
                    courier: WebhookSender.courier(reach: .publicOnly), office: service.office)
                try await strict.runOnce()
                #expect(endpoint.visits.isEmpty)
                let waiting = try await deliveries(service, "waiting")
                #expect(waiting.text.contains("outOfReach"), "\(waiting.text)")
            }
        }
    }

    @Test func `the administrator subscribes, looks and sends again by pages`() async throws {
        try await Endpoint.run({ _, _ in .init(status: 410) }) { endpoint in
            try await Service.run(open, secondFactor: .off) { service in
                _ = try await service.addPerson(
                    "admin",
                    PersonDraft(name: "admin", displayName: "admin", roles: [.administrator]))
                let admin = Browser(service)
                _ = try await admin.logIn("admin", Service.password)
                let empty = try await admin.open("/webhooks")
                #expect(empty.text.contains(WebhookText.none.zh))
                let wrong = try await admin.send(
                    "/webhooks",
                    [("name", "云"), ("url", "nothing"), ("events", "amends.*"), ("key", "w-1")])
                #expect(wrong.status == 422 && wrong.text.contains("nothing"), "\(wrong.text)")
                let made = try await admin.send(
                    "/webhooks",
                    [("name", "云"), ("url", endpoint.url), ("events", "amends.*"), ("key", "w-2")])
                #expect(made.status == 201 && made.text.contains("whsec_"), "\(made.text)")
                try await admin.open("/webhooks")
                let tried = try await admin.send("/webhooks/wh1/trial", [("key", "w-3")])
                #expect(tried.status == 303, "\(tried.text)")
                try await sender(service).runOnce()
                let list = try await admin.open("/webhooks")
                #expect(list.text.contains(WebhookText.state(Webhook.State.gone).zh))
                #expect(!list.text.contains("whsec_"))
                let failed = try await admin.open("/deliveries?state=failed")
                #expect(failed.text.contains("amends.webhook.tried") && failed.text.contains("410"))
                let refused = try await admin.send(
                    "/deliveries/wh1_trial_1/replay", [("key", "w-4")])
                #expect(refused.status == 409, "\(refused.text)")
                try await admin.open("/webhooks")
                try await admin.send("/webhooks/wh1/activation", [("key", "w-5")])
                try await admin.open("/deliveries?state=failed")
                let again = try await admin.send(
                    "/deliveries/wh1_trial_1/replay", [("key", "w-6")])
                #expect(again.status == 303, "\(again.text)")
                try await admin.open("/webhooks")
                let gone = try await admin.send("/webhooks/wh1/removal", [("key", "w-7")])
                #expect(gone.status == 303, "\(gone.text)")
                #expect(try await admin.open("/webhooks").text.contains(WebhookText.none.zh))
            }
        }
    }

    @Test func `pauses grow threefold up to half a day, half of each by chance`() {
        let table: [(Int, Int64)] = [
            (1, 5), (2, 15), (3, 45), (7, 3_645), (9, 32_805), (10, 43_200), (99, 43_200),
        ]
        for (number, seconds) in table {
            let (least, most) = (
                WebhookRetries.pause_ms(after: number, chance: 0),
                WebhookRetries.pause_ms(after: number, chance: 1)
            )
            #expect(most == seconds * 1_000 && least == most / 2, "\(number)")
        }
    }
}
