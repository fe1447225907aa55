package import CoreMetrics
import Synchronization

/// Keeps what swift-metrics measures, and writes it as Prometheus reads it (`Exposition`).
///
/// A metric keeps at most `seriesLimit` series apart: what comes beyond is counted in one series whose labels
/// all say `other`, so that no request can make the registry grow.
package final class MetricRegistry: MetricsFactory, Sendable {
    /// Routes times methods times statuses are a few hundred.
    package static let seriesLimit = 2_000

    struct Series: Sendable {
        let labels: [Label]
        let instrument: Instrument
    }

    struct Label: Hashable, Sendable {
        let name: String
        let value: String
    }

    enum Instrument: Sendable {
        case sum(SumInstrument)
        case level(LevelInstrument)
        case spread(SpreadInstrument)

        /// Prometheus' word for it.
        var kind: String {
            switch self {
            case .sum: "counter"
            case .level: "gauge"
            case .spread: "histogram"
            }
        }
    }

    struct Family: Sendable {
        let kind: String
        var series: [[Label]: Instrument] = [:]
    }

    /// As a library asks for it: found at once, without folding its names again.
    private struct Request: Hashable {
        let label: String
        let dimensions: [String]
    }

    private struct State {
        /// No more than there are series.
        var known: [Request: Instrument] = [:]
        var families: [String: Family] = [:]
        var refused: Int64 = 0
    }

    private let state = Mutex(State())
    private let limit: Int

    package init(seriesLimit: Int = MetricRegistry.seriesLimit) { limit = seriesLimit }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        let made = instrument(label, dimensions, kind: "counter") { .sum(SumInstrument()) }
        // A name that was taken by another kind measures into the void rather than end the process.
        if case .sum(let sum) = made { return sum }
        return SumInstrument()
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        let made = instrument(label, dimensions, kind: "counter") { .sum(SumInstrument()) }
        if case .sum(let sum) = made { return sum }
        return SumInstrument()
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        level(label, dimensions)
    }

    package func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        aggregate ? spread(label, dimensions) : level(label, dimensions)
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        spread(label, dimensions)
    }

    /// Shows what somebody else counts, as a counter.
    func raise(_ metric: Metric, to value: Double) {
        let made = instrument(metric.rawValue, [], kind: "counter") { .sum(SumInstrument()) }
        if case .sum(let sum) = made { sum.raise(to: value) }
    }

    // What was measured stays: a counter that vanished and came back would seem to start again.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    private func level(_ label: String, _ dimensions: [(String, String)]) -> LevelInstrument {
        let made = instrument(label, dimensions, kind: "gauge") { .level(LevelInstrument()) }
        if case .level(let level) = made { return level }
        return LevelInstrument()
    }

    private func spread(_ label: String, _ dimensions: [(String, String)]) -> SpreadInstrument {
        let bounds = Metric(rawValue: label)?.bounds ?? Metric.usualBounds
        let made = instrument(label, dimensions, kind: "histogram") {
            .spread(SpreadInstrument(bounds: bounds))
        }
        if case .spread(let spread) = made { return spread }
        return SpreadInstrument(bounds: bounds)
    }

    /// The instrument of a series, made where it is the first of its name and labels.
    private func instrument(
        _ label: String, _ dimensions: [(String, String)], kind: String,
        _ make: () -> Instrument
    ) -> Instrument {
        let request = Request(label: label, dimensions: dimensions.flatMap { [$0.0, $0.1] })
        if let known = state.withLock({ $0.known[request] }) { return known }
        let name = Exposition.name(label)
        let labels = dimensions.map {
            Label(name: Exposition.labelName($0.0), value: $0.1)
        }.sorted { $0.name < $1.name }
        return state.withLock { state in
            var family = state.families[name] ?? Family(kind: kind)
            if let known = family.series[labels] { return known }
            guard family.kind == kind else { return make() }
            guard family.series.count < limit || labels.isEmpty else {
                state.refused += 1
                let rest = labels.map { Label(name: $0.name, value: "other") }
                if let known = family.series[rest] { return known }
                let made = make()
                family.series[rest] = made
                state.families[name] = family
                return made
            }
            let made = make()
            family.series[labels] = made
            state.families[name] = family
            state.known[request] = made
            return made
        }
    }

    /// What there is, by name; the series by their labels.
    func families() -> [(name: String, kind: String, series: [Series])] {
        let (families, refused) = state.withLock { ($0.families, $0.refused) }
        let count = SumInstrument()
        count.increment(by: refused)
        var all = families.map { name, family in
            (
                name: name, kind: family.kind,
                series: family.series.map { Series(labels: $0, instrument: $1) }
                    .sorted {
                        $0.labels.map(\.value).lexicographicallyPrecedes($1.labels.map(\.value))
                    }
            )
        }
        all.append(
            (
                Metric.seriesRefused.rawValue, "counter",
                [Series(labels: [], instrument: .sum(count))]
            ))
        return all.sorted { $0.name < $1.name }
    }
}
