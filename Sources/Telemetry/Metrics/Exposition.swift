/// The text form that Prometheus reads.
///
/// - Source: Prometheus, "Exposition formats", text format version 0.0.4.
package enum Exposition {
    package static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    package static func text(of registry: MetricRegistry) -> String {
        var text = ""
        for (name, kind, series) in registry.families() {
            if let help = Metric(rawValue: name)?.help {
                text += "# HELP \(name) \(escaped(help))\n"
            }
            text += "# TYPE \(name) \(kind)\n"
            for one in series { write(name, one, to: &text) }
        }
        return text
    }

    private static func write(
        _ name: String, _ series: MetricRegistry.Series, to text: inout String
    ) {
        switch series.instrument {
        case .sum(let sum):
            text += "\(name)\(labels(series.labels)) \(number(sum.value))\n"
        case .level(let level):
            text += "\(name)\(labels(series.labels)) \(number(level.value))\n"
        case .spread(let instrument):
            let spread = instrument.spread
            var sofar: UInt64 = 0
            for (bound, count) in zip(instrument.bounds + [.infinity], spread.counts) {
                sofar += count
                let le = MetricRegistry.Label(name: "le", value: number(bound))
                text += "\(name)_bucket\(labels(series.labels + [le])) \(sofar)\n"
            }
            text += "\(name)_sum\(labels(series.labels)) \(number(spread.sum))\n"
            text += "\(name)_count\(labels(series.labels)) \(sofar)\n"
        }
    }

    private static func labels(_ labels: [MetricRegistry.Label]) -> String {
        guard !labels.isEmpty else { return "" }
        return "{"
            + labels.map { "\($0.name)=\"\(quoted($0.value))\"" }.joined(separator: ",") + "}"
    }

    /// As Go's ParseFloat reads it; whole numbers without a fraction.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        if value.rounded() == value, abs(value) < 1e15 { return String(Int64(value)) }
        return "\(value)"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }

    private static func quoted(_ text: String) -> String {
        escaped(text).replacing("\"", with: "\\\"")
    }

    /// A metric's name: other libraries write dots and dashes, which Prometheus does not read.
    static func name(_ label: String) -> String { folded(label, also: ":") }

    static func labelName(_ label: String) -> String { folded(label, also: "_") }

    private static func folded(_ label: String, also allowed: Character) -> String {
        var name = ""
        for character in label {
            let isDigit = "0"..."9" ~= character
            let isLetter = "a"..."z" ~= character || "A"..."Z" ~= character
            if isDigit && name.isEmpty { name = "_" }
            name.append(isDigit || isLetter || character == allowed ? character : "_")
        }
        return name.isEmpty ? "_" : name
    }
}
