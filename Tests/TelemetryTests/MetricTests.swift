import CoreMetrics
import Foundation
import Testing

@testable import Telemetry

@Suite struct MetricTests {
    private func text(_ body: () -> Void) -> String {
        let registry = MetricRegistry(seriesLimit: 3)
        withMetricsFactory(registry) { body() }
        return Exposition.text(of: registry)
    }

    @Test func `counters, levels and spreads are written as Prometheus reads them`() {
        let shown = text {
            let requests = Counter(
                label: Metric.requests.rawValue,
                dimensions: [("status", "200"), ("route", "/a"), ("method", "GET")])
            requests.increment(by: 2)
            requests.increment(by: -5)
            Meter(label: Metric.spendable.rawValue).set(-1.5)
            let size = Recorder(label: Metric.groupSize.rawValue)
            for value in [1, 3, 512, 1_000] { size.record(value) }
            Timer(label: Metric.roundSeconds.rawValue).recordMilliseconds(30)
        }
        for line in [
            "# HELP amends_http_requests_total Requests answered, by method, route pattern and status.",
            "# TYPE amends_http_requests_total counter",
            "amends_http_requests_total{method=\"GET\",route=\"/a\",status=\"200\"} 2",
            "# TYPE amends_fund_spendable_fen gauge", "amends_fund_spendable_fen -1.5",
            "# TYPE amends_database_group_size histogram",
            "amends_database_group_size_bucket{le=\"1\"} 1",
            "amends_database_group_size_bucket{le=\"4\"} 2",
            "amends_database_group_size_bucket{le=\"512\"} 3",
            "amends_database_group_size_bucket{le=\"+Inf\"} 4",
            "amends_database_group_size_sum 1516", "amends_database_group_size_count 4",
            "amends_round_duration_seconds_bucket{le=\"0.025\"} 0",
            "amends_round_duration_seconds_bucket{le=\"0.05\"} 1",
            "amends_round_duration_seconds_sum 0.03", "amends_metrics_series_refused_total 0",
        ] {
            #expect(shown.split(separator: "\n").contains(Substring(line)), "\(line)\n\(shown)")
        }
        #expect(shown.hasSuffix("\n"))
    }

    @Test func `labels that nobody foresaw are folded into one series`() {
        let shown = text {
            for number in 0..<50 {
                Counter(label: "tries_total", dimensions: [("who", "\(number)")]).increment()
            }
        }
        #expect(shown.contains("tries_total{who=\"other\"} 47\n"))
        #expect(shown.contains("amends_metrics_series_refused_total 47\n"))
        #expect(shown.split(separator: "\n").filter { $0.hasPrefix("tries_total{") }.count == 4)
    }

    @Test func `names and labels of others become ones that Prometheus reads`() {
        let shown = text {
            Counter(label: "3rd.party-total", dimensions: [("a.b", "q\"\\\nz")]).increment()
        }
        #expect(shown.contains("_3rd_party_total{a_b=\"q\\\"\\\\\\nz\"} 1\n"), "\(shown)")
    }

    @Test func `a name that means two things measures only the first`() {
        let shown = text {
            Counter(label: "twice").increment()
            Meter(label: "twice").set(9)
        }
        #expect(shown.contains("twice 1\n") && !shown.contains("twice 9"))
    }

    @Test(arguments: [
        (0.0, "0"), (1e6, "1000000"), (0.25, "0.25"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
        (.nan, "NaN"), (1e-7, "1e-07"),
    ])
    func `numbers are written as Go reads them`(value: Double, text: String) {
        #expect(Exposition.number(value) == text)
    }

    @Test func `every metric says what it is, and counters alone end with total`() {
        for metric in Metric.allCases {
            #expect(metric.help.hasSuffix("."))
            #expect(metric.bounds == nil || !metric.rawValue.hasSuffix("_total"))
        }
        #expect(Set(Metric.allCases.map(\.rawValue)).count == Metric.allCases.count)
    }

    @Test func `the process knows its memory and when it started`() throws {
        let figures = try #require(ProcessFigures())
        #expect(figures.memory_bytes > 1_000_000 && figures.openFiles > 2)
        let age = Date.now.timeIntervalSince1970 - figures.start_seconds
        #expect(age > -1 && age < 86_400, "\(age)")
        let registry = MetricRegistry()
        figures.show(in: registry)
        #expect(Exposition.text(of: registry).contains("# TYPE process_cpu_seconds_total counter"))
    }
}
