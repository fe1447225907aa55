extension Value: CustomStringConvertible {
    /// As FEEL writes it, strings in quotes.
    public var description: String {
        switch self {
        case .null: return "null"
        case .number(let number): return number.description
        case .string(let text): return Self.quoted(text)
        case .boolean(let truth): return truth ? "true" : "false"
        case .date(let date): return date.description
        case .time(let time): return time.description
        case .dateTime(let moment): return moment.description
        case .daysDuration(let duration): return duration.description
        case .yearsMonthsDuration(let duration): return duration.description
        case .list(let items): return "[\(items.map(\.description).joined(separator: ", "))]"
        case .context(let context):
            let entries = context.entries.map { "\(Self.key($0.name)): \($0.value)" }
            return "{\(entries.joined(separator: ", "))}"
        case .range(let interval): return interval.description
        case .function(let function):
            return "\(function.name)(\(function.parameters.joined(separator: ", ")))"
        }
    }

    private static func key(_ name: String) -> String {
        let isPlain = name.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || $0 == "_" || $0 == " " || "0"..."9" ~= $0
        }
        return isPlain && !name.isEmpty ? name : quoted(name)
    }

    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// For messages: at most some 80 characters.
    public var brief: String {
        let text = description
        return text.unicodeScalars.count <= 80 ? text : "\(text.prefix(77))…"
    }
}

extension Interval: CustomStringConvertible {
    public var description: String {
        "\(isLowClosed ? "[" : "(")\(low.isNull ? "" : low.description)..\(high.isNull ? "" : high.description)\(isHighClosed ? "]" : ")")"
    }
}
