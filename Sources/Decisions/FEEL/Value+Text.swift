extension Value: CustomStringConvertible {
    /// As FEEL writes it, strings in quotes; cut off after some million characters.
    public var description: String { text(upTo: Limits.stringScalars) }

    private func text(upTo limit: Int) -> String {
        var text = ""
        write(to: &text, limit)
        return text
    }

    private func write(to text: inout String, _ limit: Int) {
        if text.utf8.count > limit { return }
        switch self {
        case .null: text += "null"
        case .number(let number): text += number.description
        case .string(let string): text += Self.quoted(string)
        case .boolean(let truth): text += truth ? "true" : "false"
        case .date(let date): text += date.description
        case .time(let time): text += time.description
        case .dateTime(let moment): text += moment.description
        case .daysDuration(let duration): text += duration.description
        case .yearsMonthsDuration(let duration): text += duration.description
        case .list(let items): Self.write(items, to: &text, limit)
        case .context(let context): Self.write(context, to: &text, limit)
        case .range(let interval): text += interval.description
        case .function(let function):
            text += "\(function.name)(\(function.parameters.joined(separator: ", ")))"
        }
    }

    private static func write(_ items: [Value], to text: inout String, _ limit: Int) {
        text += "["
        for (index, item) in items.enumerated() {
            if text.utf8.count > limit { return }
            if index > 0 { text += ", " }
            item.write(to: &text, limit)
        }
        text += "]"
    }

    private static func write(_ context: Context, to text: inout String, _ limit: Int) {
        text += "{"
        for (index, entry) in context.entries.enumerated() {
            if text.utf8.count > limit { return }
            if index > 0 { text += ", " }
            text += key(entry.name) + ": "
            entry.value.write(to: &text, limit)
        }
        text += "}"
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
        let text = text(upTo: 400)
        return text.unicodeScalars.count <= 80 ? text : "\(text.prefix(77))…"
    }
}

extension Interval: CustomStringConvertible {
    public var description: String {
        "\(isLowClosed ? "[" : "(")\(low.isNull ? "" : low.description)..\(high.isNull ? "" : high.description)\(isHighClosed ? "]" : ")")"
    }
}
