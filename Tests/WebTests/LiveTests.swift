import Casework
import Courier
import Ledger
import Store
import Testing
import Workflow

@testable import Web

/// Pages that are told when what they show has changed, over a real connection.
struct LiveTests {
    private static let page = ["Accept": "text/html"]

    /// Streams end by themselves soon, so that the whole of one can be read.
    private func run(
        _ change: (inout LiveBoard.Limits) -> Void = { _ in },
        _ body: (Service) async throws -> Void
    ) async throws {
        try await Service.run(
            {
                $0.live.pace = .milliseconds(20)
                $0.live.heartbeat = .milliseconds(100)
                $0.live.longest = .milliseconds(1_500)
                $0.live.seenAgain = .milliseconds(100)
                change(&$0.live)
            }, body)
    }

    private func address(in page: Reply) throws -> String {
        let text = page.text.replacing("&amp;", with: "&")
        return try #require(text.firstMatch(of: /data-live="([^"]+)"/).map { String($0.1) })
    }

    @Test func `a queue's page is told of what came, and of nothing while nothing comes`()
        async throws
    {
        try await run { service in
            let page = try await service.send(.get, "/queue", as: "agent", headers: Self.page)
            let address = try address(in: page)
            let quiet = try await service.send(.get, address, as: "agent")
            #expect(quiet.status == 200)
            #expect(quiet.headers["content-type"] == "text/event-stream; charset=utf-8")
            #expect(!quiet.text.contains("data:"), "\(quiet.text)")
            #expect(quiet.text.contains(": \n\n"), "a heartbeat: \(quiet.text)")
            // While it listens.
            async let stream = service.send(.get, address, as: "agent")
            _ = try await service.file()
            let told = try await stream
            #expect(told.text.split(separator: "data: changed").count == 2, "\(told.text)")
            // Whoever connects again and missed it is told at once; who was told is not told again.
            let missed = try await service.send(.get, address, as: "agent")
            #expect(missed.text.contains("data: changed"))
            let last = try #require(told.text.matches(of: /id: ([0-9a-f]+)/).last?.1)
            let again = try await service.send(
                .get, address, as: "agent", headers: ["Last-Event-ID": String(last)])
            #expect(!again.text.contains("data:"), "\(again.text)")
        }
    }

    @Test func `a case's page is told when anyone changes the case`() async throws {
        try await run { service in
            let filed = try await service.file()
            let page = try await service.send(
                .get, "/cases/\(filed.number)", as: "reviewer", headers: Self.page)
            async let stream = service.send(.get, try address(in: page), as: "reviewer")
            let done = try await service.send(
                .post, "/api/v1/cases/\(filed.number)/waiver", as: "agent",
                body: "{\"reason\":\"x\"}")
            #expect(done.status == 200, "\(done.text)")
            #expect(try await stream.text.contains("data: changed"))
        }
    }

    @Test func `two who have a case open see each other, until one has gone`() async throws {
        try await run({ $0.longest = .milliseconds(2_500) }) { service in
            let filed = try await service.file()
            let path = "/cases/\(filed.number)"
            async let stream = service.send(.get, "/live\(path)", as: "supervisor")
            var sees = false
            for _ in 1...2_000 where !sees {
                let page = try await service.send(.get, path, as: "agent", headers: Self.page)
                sees = page.text.contains("the-supervisor</p>")
            }
            #expect(sees)
            let own = try await service.send(.get, path, as: "supervisor", headers: Self.page)
            #expect(!own.text.contains("class=\"present\""), "nobody sees themselves")
            _ = try await stream
            let after = try await service.send(.get, path, as: "agent", headers: Self.page)
            #expect(!after.text.contains("class=\"present\""))
        }
    }

    @Test func `whoever cannot say that they left is gone after forty seconds`() async throws {
        try await Service.run { service in
            let id = ID<Case>(try await service.file().number)
            let someone = Presence(person: "li", displayName: "李雷")
            func present() async throws -> [Presence] {
                let start = LiveBoard.presentSince(service.clock.now)
                return try await service.office.read { try $0.present(at: id, since: start) }
            }
            try await service.office.work { work in
                let start = LiveBoard.presentSince(work.now)
                try work.transaction.see(someone, at: id, at: work.now, since: start)
            }
            #expect(try await present() == [someone])
            service.clock.advance(minutes: 1)
            #expect(try await present().isEmpty)
        }
    }

    @Test func `only those who may read the page may listen, and a bureau only to its own cases`()
        async throws
    {
        try await run { service in
            let filed = try await service.file()
            for path in ["/live/queue", "/live/cases/\(filed.number)"] {
                #expect(try await service.send(.get, path).status == 401)
                #expect(try await service.send(.get, path, as: "merchant").status == 403)
            }
            #expect(
                try await service.send(.get, "/live/cases/\(filed.number)", as: "bureau").status
                    == 403)
            let unknown = CaseNumber.make(prefix: "SY", year: 2024, sequence: 99)
            #expect(
                try await service.send(.get, "/live/cases/\(unknown)", as: "agent").status == 404)
        }
    }

    @Test func `there are so many streams and no more, and those that end make room`() async throws
    {
        try await run({ $0.streamsPerPerson = 0 }) { service in
            let refused = try await service.send(.get, "/live/queue", as: "agent")
            #expect(refused.status == 429 && refused.headers["retry-after"] == "30")
        }
        var limits = LiveBoard.Limits()
        (limits.streams, limits.streamsPerPerson) = (3, 2)
        let board = LiveBoard(limits)
        let queue = LiveTopic.queue(bureau: nil)
        #expect(board.enter("a", queue) && board.enter("a", queue) && !board.enter("a", queue))
        #expect(board.enter("b", queue) && !board.enter("c", queue))
        board.leave("a", queue)
        #expect(board.enter("c", queue) && board.streams == 3)
        for name in ["a", "b", "c"] { board.leave(name, queue) }
        #expect(board.streams == 0)
    }

    @Test func `however many listen, a topic is read once in its time`() async throws {
        try await Service.run { service in
            var limits = LiveBoard.Limits()
            limits.pace = .seconds(3_600)
            let board = LiveBoard(limits)
            let queue = LiveTopic.queue(bureau: nil)
            #expect(board.enter("a", queue) && board.enter("b", queue))
            let first = try await board.now(queue, in: service.office)
            #expect(first != nil)
            _ = try await service.file()
            for _ in 1...3 { #expect(try await board.now(queue, in: service.office) == first) }
        }
    }

    @Test func `a page that only asks for itself again keeps nobody logged in`() async throws {
        try await Service.run { service in
            _ = try await service.addPerson(
                "li", PersonDraft(name: "li", displayName: "李雷", roles: [.agent]))
            let browser = Browser(service)
            _ = try await browser.logIn("li", Service.password)
            let cookie = browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
            func seen() async throws -> Moment? {
                let hash = sha256Hex(browser.cookies["amends-session"] ?? "")
                let now = service.clock.now
                return try await service.office.read {
                    try $0.session(ofHash: hash, at: now)?.seenAt
                }
            }
            let before = try #require(try await seen())
            service.clock.advance(minutes: 5)
            let headers = ["Accept": "text/html", "Cookie": cookie]
            let refreshed = try await service.send(
                .get, "/queue", headers: headers.merging(["X-Amends-Refresh": "1"]) { a, _ in a })
            #expect(refreshed.status == 200)
            #expect(try await seen() == before)
            _ = try await service.send(.get, "/queue", headers: headers)
            #expect(try #require(try await seen()) > before)
        }
    }
}
