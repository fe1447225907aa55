import Glibc
import Synchronization
import Testing

@testable import Courier

@Suite struct CourierTests {
    @Test func `a request arrives as it was given and its answer comes back whole`() async throws {
        let seen = Mutex("")
        let server = TinyServer { peer in
            guard let (head, body) = peer.request() else { return }
            seen.withLock { $0 = head.lowercased() + String(decoding: body, as: UTF8.self) }
            peer.answer("201 Created", "好\0!", headers: "X-One: a\r\nx-one:  b \r\n")
        }
        let body = Array("{\"名\":\"值\"}\0end".utf8)
        let response = try await Courier().send(
            Request(
                .post, server.url + "/a%20b?c=d", headers: ["X-Empty": "", "X-Id": "7"], body: body)
        )
        #expect(response.status == 201)
        #expect(response.body == Array("好\0!".utf8))
        #expect(response.headers["x-one"] == "a, b")
        let text = seen.withLock { $0 }
        #expect(text.hasPrefix("post /a%20b?c=d http/1.1\r\n"))
        #expect(text.contains("\r\nx-id: 7\r\n") && text.contains("\r\nx-empty:"))
        #expect(text.hasSuffix("\r\n\r\n{\"名\":\"值\"}\0end"))
        #expect(!text.contains("content-type") && !text.contains("expect"))
    }

    @Test func `a courier of the public internet connects to none of one's own addresses`() async {
        let server = TinyServer { peer in
            guard peer.request() != nil else { return }
            peer.answer("200 OK", "")
        }
        var limits = Courier.Limits()
        limits.reach = .publicOnly
        for host in ["127.0.0.1", "localhost", "127.1", "2130706433", "0.0.0.0"] {
            let url = "http://\(host):\(server.port)/"
            await check(Request(.get, url), within: limits, gives: .notSent(.outOfReach))
        }
        #expect(server.requests == 0)
    }

    @Test func `what belongs to the public internet is told from what does not`() {
        let table: [(String, Bool)] = [
            ("8.8.8.8", true), ("10.0.0.1", false), ("100.63.0.1", true), ("100.64.0.1", false),
            ("127.0.0.1", false), ("169.254.169.254", false), ("172.15.0.1", true),
            ("172.16.0.1", false), ("172.31.9.9", false), ("172.32.0.1", true),
            ("192.168.1.1", false), ("192.169.1.1", true), ("198.18.0.1", false),
            ("203.0.113.9", false), ("224.0.0.1", false), ("255.255.255.255", false),
            ("0.0.0.0", false), ("2606:4700::1111", true), ("::1", false), ("::", false),
            ("fe80::1", false), ("fd00::1", false), ("ff02::1", false),
            ("::ffff:10.0.0.1", false), ("::ffff:8.8.8.8", true), ("64:ff9b::7f00:1", false),
            ("64:ff9b::808:808", true), ("2002:7f00:1::", false), ("2001:db8::1", false),
            ("2001::1", false), ("2001:4860:4860::8888", true),
        ]
        for (text, isPublic) in table {
            #expect(isPublicAddress(bytes(of: text)) == isPublic, "\(text)")
        }
        #expect(!isPublicAddress([]))
    }

    @Test func `every method keeps its name and an empty body its length`() async throws {
        for method in [Request.Method.get, .post, .put, .delete] {
            let server = TinyServer { peer in
                guard let (head, _) = peer.request() else { return }
                peer.answer("200 OK", String(head.prefix { $0 != " " }))
            }
            let response = try await Courier().send(Request(method, server.url))
            #expect(String(decoding: response.body, as: UTF8.self) == method.rawValue)
        }
    }

    @Test func `a redirect is an answer and is not followed`() async throws {
        let server = TinyServer { peer in
            while peer.request() != nil { peer.answer("302 Found", headers: "Location: /b\r\n") }
        }
        let response = try await Courier().send(Request(.get, server.url + "/a"))
        #expect(response.status == 302)
        #expect(server.requests == 1)
    }

    @Test(arguments: [
        ("ftp://127.0.0.1/a", [:]), ("file:///etc/passwd", [:]), ("", [:]), ("127.0.0.1", [:]),
        ("http://127.0.0.1/a b", [:]), ("http://127.0.0.1/\0", [:]),
        ("http://127.0.0.1/\r\nX: y", [:]),
        ("http://", [:]), ("http://127.0.0.1:99999/", [:]),
        ("http://127.0.0.1/", ["X": "a\r\nY: b"]), ("http://127.0.0.1/", ["X\n": "a"]),
        ("http://127.0.0.1/", ["": "a"]), ("http://127.0.0.1/", ["X:": "a"]),
    ])
    func `a malformed request is not sent`(url: String, headers: [String: String]) async {
        await check(Request(.get, url, headers: headers)) { error in
            if case .notSent(.malformed) = error { true } else { false }
        }
    }

    @Test func `where nobody listens nothing was sent`() async {
        let (listener, port) = listen(backlog: 1)
        close(listener)
        await check(Request(.post, "http://127.0.0.1:\(port)/"), gives: .notSent(.refused))
    }

    @Test func `a connection that is never accepted was not sent`() async {
        // A full backlog drops the SYN: the client goes on trying.
        let (listener, port) = listen(backlog: 0)
        let others = (0..<4).map { _ in beginConnecting(to: port) }
        var limits = Courier.Limits()
        limits.connect_ms = 200
        await check(
            Request(.post, "http://127.0.0.1:\(port)/"), within: limits,
            gives: .notSent(.connectTimeout))
        for socket in others + [listener] { close(socket) }
    }

    @Test func `a connection closed before an answer leaves the request in doubt`() async {
        await check(against: { _ = $0.request() }, gives: .unknown(.connectionLost))
    }

    @Test func `a connection reset before an answer leaves the request in doubt`() async {
        await check(
            against: {
                _ = $0.request()
                $0.resetOnClose()
            }, gives: .unknown(.connectionLost))
    }

    @Test func `an answer that ends too early is truncated`() async {
        await check(
            against: {
                _ = $0.request()
                $0.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.")
            }, gives: .unknown(.truncated))
        await check(
            against: {
                _ = $0.request()
                $0.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel")
            }, gives: .unknown(.truncated))
    }

    @Test func `an answer that does not come in time leaves the request in doubt`() async {
        var limits = Courier.Limits()
        limits.whole_ms = 200
        await check(
            against: { while $0.request() != nil {} }, within: limits, gives: .unknown(.timeout))
        await check(
            against: {
                _ = $0.request()
                $0.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
                _ = $0.request()
            }, within: limits, gives: .unknown(.timeout))
    }

    @Test func `an answer above the limit is not read`() async throws {
        var limits = Courier.Limits()
        limits.response_bytes = 100
        let full = TinyServer { peer in
            _ = peer.request()
            peer.answer("200 OK", String(repeating: "a", count: 100))
        }
        let response = try await Courier(limits: limits).send(Request(.get, full.url))
        #expect(response.body.count == 100)
        await check(
            against: {
                _ = $0.request()
                $0.answer("200 OK", String(repeating: "a", count: 101))
            }, within: limits, gives: .unknown(.tooLarge(limit: 100)))
        await check(
            against: {
                _ = $0.request()
                $0.send("HTTP/1.1 200 OK\r\n")
                for _ in 0..<2_000 { $0.send("X-Long: \(String(repeating: "a", count: 60))\r\n") }
                $0.send("\r\n")
            }, within: limits, gives: .unknown(.tooLarge(limit: 100)))
    }

    @Test func `a request on a kept connection that dies is not sent a second time`() async throws {
        let server = TinyServer { peer in
            _ = peer.request()
            peer.answer("200 OK", "first")
            _ = peer.request()
        }
        let courier = Courier()
        _ = try await courier.send(Request(.post, server.url))
        await #expect(throws: CourierError.unknown(.connectionLost)) {
            _ = try await courier.send(Request(.post, server.url))
        }
        #expect(server.requests == 2)
    }
}

@Suite struct CourierQueueTests {
    @Test func `no more requests are under way than the limit`() async throws {
        let server = TinyServer { peer in
            while peer.request() != nil { peer.answer("200 OK", "ok") }
        }
        var limits = Courier.Limits()
        limits.concurrency = 4
        let courier = Courier(limits: limits)
        let answered = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    (try? await courier.send(Request(.get, server.url)))?.status == 200
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(answered == 200)
        #expect(server.mostAtOnce <= 4)
    }

    @Test func `a full queue refuses and sends nothing`() async throws {
        let gate = Gate()
        let server = TinyServer { peer in
            while peer.request() != nil {
                gate.arrive()
                gate.waitUntilOpen()
                peer.answer("200 OK")
            }
        }
        var limits = Courier.Limits()
        limits.concurrency = 1
        limits.queue = 1
        let courier = Courier(limits: limits)
        async let first = courier.outcome(Request(.get, server.url))
        await gate.arrived()
        let refused = Mutex(0)
        let served = await withTaskGroup(of: Outcome.self) { group in
            for _ in 0..<3 { group.addTask { await courier.outcome(Request(.get, server.url)) } }
            var served = 0
            for await outcome in group {
                switch outcome {
                case .success: served += 1
                case .failure(let error):
                    #expect(error == .notSent(.queueFull(limit: 1)))
                    if refused.withLock({
                        $0 += 1; return $0
                    }) == 2 {
                        gate.open()
                    }
                }
            }
            return served
        }
        #expect(served == 1)
        #expect(try await first.get().status == 200)
        #expect(server.requests == 2)
    }

    @Test func `a cancelled request ends at once and stays in doubt`() async {
        let gate = Gate()
        let server = TinyServer { peer in
            while peer.request() != nil { gate.arrive() }
        }
        let courier = Courier()
        let task = Task { await courier.outcome(Request(.post, server.url)) }
        await gate.arrived()
        task.cancel()
        await #expect(throws: CourierError.unknown(.cancelled)) { try await task.value.get() }
        let late = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await courier.outcome(Request(.post, server.url))
        }
        await #expect(throws: CourierError.notSent(.cancelled)) { try await late.value.get() }
        #expect(server.requests == 1)
    }

    @Test func `closing ends what is under way and refuses what comes later`() async {
        let gate = Gate()
        let server = TinyServer { peer in
            while peer.request() != nil { gate.arrive() }
        }
        let courier = Courier()
        let task = Task { await courier.outcome(Request(.post, server.url)) }
        await gate.arrived()
        courier.close()
        await #expect(throws: CourierError.unknown(.closed)) { try await task.value.get() }
        await #expect(throws: CourierError.notSent(.closed)) {
            try await courier.send(Request(.post, server.url))
        }
        #expect(server.requests == 1)
    }
}

typealias Outcome = Result<Response, CourierError>

extension Courier {
    fileprivate func outcome(_ request: Request) async -> Outcome {
        do { return .success(try await send(request)) } catch { return .failure(error) }
    }
}

/// Lets a server's thread say that a request arrived, and wait until the test lets it go on.
private final class Gate: Sendable {
    private let isOpen = Mutex(false)
    private let (arrivals, arrival) = AsyncStream<Void>.makeStream()

    func arrive() { arrival.yield() }
    func arrived() async { for await _ in arrivals { return } }
    func open() { isOpen.withLock { $0 = true } }
    func waitUntilOpen() { while !isOpen.withLock({ $0 }) { usleep(1_000) } }
}

private func check(
    _ request: Request, within limits: Courier.Limits = .init(),
    gives expected: CourierError,
    sourceLocation: SourceLocation = #_sourceLocation
) async {
    await #expect(throws: expected, sourceLocation: sourceLocation) {
        try await Courier(limits: limits).send(request)
    }
}

private func check(_ request: Request, matches: (CourierError) -> Bool) async {
    switch await Courier().outcome(request) {
    case .success(let response): Issue.record("answered \(response.status)")
    case .failure(let error): #expect(matches(error), "\(error)")
    }
}

/// Sends one request to a server that follows `script` and expects `expected`.
private func check(
    against script: @escaping @Sendable (Peer) -> Void, within limits: Courier.Limits = .init(),
    gives expected: CourierError, sourceLocation: SourceLocation = #_sourceLocation
) async {
    let server = TinyServer(script)
    await check(
        Request(.post, server.url, body: [1, 2]), within: limits, gives: expected,
        sourceLocation: sourceLocation)
    #expect(server.requests == 1, sourceLocation: sourceLocation)
}

/// An address's bytes in network order.
private func bytes(of text: String) -> [UInt8] {
    let isOld = !text.contains(":")
    var bytes = [UInt8](repeating: 0, count: isOld ? 4 : 16)
    inet_pton(isOld ? AF_INET : AF_INET6, text, &bytes)
    return bytes
}
