import CoreMetrics
import Courier
import Foundation
import Hummingbird
import Instrumentation
import Ledger
import Logging
import Store
import Synchronization
import Telemetry
import Testing
import Tracing
import Workflow

@testable import Web

/// What monitors see: readiness, metrics, traces and the log.
@Suite struct MonitorTests {
    /// Runs a service that is measured into `registry`, with the listener for monitors beside it.
    private func watching(
        _ registry: MetricRegistry,
        _ body: @escaping @Sendable (Service, Int) async throws -> Void
    ) async throws {
        try await withMetricsFactory(registry) {
            try await Service.run { @Sendable service in
                let (ports, send) = AsyncStream<Int>.makeStream()
                var logger = Logger(label: "test")
                logger.logLevel = .critical
                let monitor = makeMonitorApplication(
                    Reception(one: service.office), registry: registry, host: "127.0.0.1", port: 0,
                    logger: logger, onListening: { send.yield($0) })
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await monitor.run() }
                    var iterator = ports.makeAsyncIterator()
                    let port = try #require(await iterator.next())
                    do {
                        try await body(service, port)
                    } catch {
                        group.cancelAll()
                        throw error
                    }
                    group.cancelAll()
                    // Cancelled: that it ends is all that counts.
                    while (try? await group.next()) != nil {}
                }
            }
        }
    }

    private func get(_ service: Service, _ port: Int, _ path: String) async throws -> Reply {
        Reply(
            try await service.courier.send(WireRequest(.get, "http://127.0.0.1:\(port)\(path)")))
    }

    @Test func `metrics tell of requests by pattern, of commits and of the office`() async throws {
        let registry = MetricRegistry()
        try await watching(registry) { service, port in
            let filed = try await service.filePaid()
            _ = try await service.send(.get, "/api/v1/cases/\(filed.number)", as: "reviewer")
            _ = try await service.send(.get, "/nowhere/13800138000")
            let reply = try await get(service, port, "/metrics")
            #expect(reply.status == 200)
            #expect(reply.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
            let lines = Set(reply.text.split(separator: "\n").map(String.init))
            for line in [
                "amends_http_requests_total{method=\"POST\",route=\"/api/v1/cases\",status=\"201\"} 1",
                "amends_http_requests_total{method=\"GET\",route=\"/api/v1/cases/{case}\",status=\"200\"} 1",
                "amends_http_requests_total{method=\"GET\",route=\"NotFound\",status=\"404\"} 1",
                "amends_http_request_duration_seconds_count{route=\"/api/v1/cases\"} 1",
                "# TYPE amends_database_group_size histogram",
                "amends_outbox_messages{state=\"due\"} 1", "amends_cases_open{stage=\"paying\"} 1",
                "amends_orders_open 0", "amends_sessions 0", "amends_ready 0",
                "amends_build_info{engine=\"sqlite\",version=\"\(Release.version)\"} 1",
                "amends_clock_lag_seconds{kind=\"case\"} 0",
            ] {
                #expect(lines.contains(line), "\(line)\n\(reply.text)")
            }
            #expect(!reply.text.contains(filed.number) && !reply.text.contains("13800138000"))
            let commits = lines.first { $0.hasPrefix("amends_database_commits_total ") }
            #expect(commits.flatMap { Int($0.split(separator: " ")[1]) }.map { $0 > 3 } == true)
        }
    }

    @Test func `a clock whose step nobody fires is seen, and a stage that emptied is shown empty`()
        async throws
    {
        let registry = MetricRegistry()
        try await watching(registry) { service, port in
            // Above quick pay: it waits for a reviewer, and its clocks run.
            let filed = try await service.filePaid([
                "paid_fen": "500000", "claimed_fen": "400000",
                "facts": "{\"affectedAmount\":\"4000.00\"}",
            ])
            let gauges = Gauges(office: service.office, registry: registry)
            await gauges.show()
            service.clock.advance(minutes: 60 * 24 * 40)
            let late = Gauges(office: service.office, registry: registry)
            await late.show()
            let text = try await get(service, port, "/metrics").text
            let lag = text.split(separator: "\n")
                .first { $0.hasPrefix("amends_clock_lag_seconds{kind=\"case\"} ") }
            #expect(lag.flatMap { Int($0.split(separator: " ")[1]) }.map { $0 > 86_400 } == true)
            #expect(!filed.number.isEmpty)
        }
    }

    @Test func `the service's own listener shows no metrics`() async throws {
        try await Service.run { service in
            for who in [nil, "administrator"] {
                #expect(try await service.send(.get, "/metrics", as: who).status == 404)
            }
            let health = try await service.send(.get, "/healthz")
            #expect(health.status == 200 && health.text == "{\"status\":\"ok\"}")
        }
    }

    @Test func `the service is ready once the database answered, and says why when it is not`()
        async throws
    {
        try await Service.run { service in
            let before = try await service.send(.get, "/readyz")
            #expect(before.status == 503 && before.code == "not_ready")
            #expect(before.fields == ["starting"] && before.headers["retry-after"] == "5")
            await service.office.feelPulse()
            let after = try await service.send(.get, "/readyz")
            #expect(after.status == 200 && after["status"] == "ready")
            service.office.vitals.shutDown()
            let late = try await service.send(.get, "/readyz")
            #expect(late.status == 503 && late.fields == ["shutting_down"])
            #expect(try await service.send(.get, "/healthz").status == 200)
        }
    }

    @Test func `a log that holds a whole complaint holds nothing of the person`() async throws {
        let written = Mutex("")
        var logger = Logger(label: "test") { label in
            JSONLog(
                label: label, metadataProvider: requestMetadata, clock: { 0 },
                write: { line in written.withLock { $0 += line } })
        }
        logger.logLevel = .trace
        try await Service.run(logger: logger) { service in
            let filed = try await service.filePaid()
            let secrets = "name=王小明&phone=13800138000"
            _ = try await service.send(.get, "/api/v1/cases?search=13800138000", as: "reviewer")
            _ = try await service.send(.get, "/track?number=\(filed.number)&code=\(filed.code)")
            _ = try await service.send(
                .post, "/log-in", headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: secrets)
            _ = try await service.send(
                .post, "/api/v1/cases",
                body: filing(["payee": "{\"account\":\"6222020200112233\"}"]))
            _ = try await service.send(.post, "/api/v1/cases", body: filing() + "x")
            _ = try await service.send(
                .get, "/cases/\(filed.number)", headers: ["Tracking-Code": "\(filed.code)0"])
        }
        let log = written.withLock { $0 }
        let lines = log.split(separator: "\n")
        #expect(lines.count >= 10)
        for line in lines {
            let value = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(value?["message"] is String, "\(line)")
        }
        #expect(
            lines.contains {
                $0.contains("\"message\":\"case changed\"") && $0.contains("\"request_id\":")
            }, "\(log)")
        #expect(log.contains("\"route\":\"/api/v1/cases/{case}/evidence\""))
        for secret in [
            "13800138000", "110101199003071234", "王小明", "wx-openid-000001", "6222020200112233",
            "多收了钱", "A-1001",
        ] {
            #expect(!log.contains(secret), "\(secret)")
        }
    }

    @Test func `a request that belongs to a trace goes on in it, down to its transactions`()
        async throws
    {
        let documents = Mutex("")
        let exporter = SpanExporter(version: "1") { text in
            documents.withLock { $0 += text }
            return true
        }
        try await withTracer(SpanTracer(exporter: exporter, ratio: 1)) {
            try await Service.run { @Sendable service in
                let reply = try await service.send(
                    .post, "/api/v1/cases",
                    headers: [
                        "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
                    ],
                    body: filing())
                #expect(reply.status == 201)
            }
        }
        await exporter.deliver()
        let text = documents.withLock { $0 }
        #expect(text.contains("\"name\":\"POST /api/v1/cases\",\"kind\":2"))
        // The client that sent it, in this same process, went on in the trace that it named by hand.
        let own = text.components(separatedBy: "4bf92f3577b34da6a3ce929d0e0e4736").count - 1
        #expect(own >= 1 || text.contains("\"name\":\"courier trip\",\"kind\":3"))
        #expect(text.contains("\"name\":\"transaction\",\"kind\":1"))
        #expect(!text.contains("13800138000"))
    }
}
