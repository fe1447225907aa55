package import Logging

/// Writes each line of the log as one JSON object, for programs that collect logs.
///
/// `time`, `level`, `label` and `message` are always there; facts stand beside them under their own keys, and
/// under `x_KEY` where a fact would take the name of one of these.
package struct JSONLog: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    package var logLevel: Logger.Level = .info
    private let label: String
    private let clock: @Sendable () -> Int64
    private let write: @Sendable (String) -> Void

    /// - Parameters:
    ///   - clock: Unix time, in milliseconds.
    ///   - write: Takes one line with its end, whole.
    package init(
        label: String, metadataProvider: Logger.MetadataProvider?,
        clock: @escaping @Sendable () -> Int64, write: @escaping @Sendable (String) -> Void
    ) {
        self.label = label
        self.metadataProvider = metadataProvider
        self.clock = clock
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var facts = metadata
        if let provided = metadataProvider?.get() { facts.merge(provided) { _, new in new } }
        if let own = event.metadata { facts.merge(own) { _, new in new } }
        // The server's name for what `request_id` says already.
        facts["hb.request.id"] = nil
        if let error = event.error { facts["error"] = "\(error)" }
        var line = "{\"time\":\(JSONText.quoted(Self.time(clock())))"
        line += ",\"level\":\(JSONText.quoted(event.level.rawValue))"
        line += ",\"label\":\(JSONText.quoted(label))"
        line += ",\"message\":\(JSONText.quoted("\(event.message)"))"
        for (key, value) in facts.sorted(by: { $0.key < $1.key }) {
            let name = Self.taken.contains(key) ? "x_" + key : key
            line += ",\(JSONText.quoted(name)):\(Self.text(of: value))"
        }
        write(line + "}\n")
    }

    private static let taken: Set<String> = ["time", "level", "label", "message"]

    private static func text(of value: Logger.MetadataValue) -> String {
        switch value {
        case .string(let text): JSONText.quoted(text)
        case .stringConvertible(let value): JSONText.quoted("\(value)")
        case .array(let values):
            "[" + values.map(text(of:)).joined(separator: ",") + "]"
        case .dictionary(let members):
            "{"
                + members.sorted { $0.key < $1.key }
                .map { "\(JSONText.quoted($0.key)):\(text(of: $0.value))" }.joined(separator: ",")
                + "}"
        }
    }

    /// RFC 3339 in UTC, with milliseconds.
    static func time(_ ms: Int64) -> String {
        let day = ms.floored(by: 86_400_000)
        let rest = ms - day * 86_400_000
        // Civil from days, as Howard Hinnant derives it: years begin in March.
        let shifted = day + 719_468
        let era = shifted.floored(by: 146_097)
        let ofEra = shifted - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * ofYear + 2) / 153
        let dayOfMonth = ofYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let (hour, minute, second) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))"
            + "T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))"
            + ".\(padded(rest % 1_000, 3))Z"
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// Texts as JSON writes them.
package enum JSONText {
    package static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            // U+2028 and U+2029 end a line for some who read logs.
            case _ where scalar.value < 32 || scalar.value == 0x2028 || scalar.value == 0x2029:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

extension Int64 {
    fileprivate func floored(by divisor: Int64) -> Int64 {
        self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor)
    }
}
