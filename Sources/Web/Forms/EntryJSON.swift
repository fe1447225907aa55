import Ledger

/// Turns what a page's form sent into the JSON that the API's form reads, by that form's own schema: pages
/// and API take the same things and refuse them with the same words.
struct EntryJSON {
    let entries: FormEntries
    let zone: Zone
    /// How the edition takes a fact.
    let factShape: (String) -> FactShape

    enum FactShape: Sendable { case text, integer, flag, list }

    func object(_ schema: JSONValue, at path: String = "") -> JSONValue {
        guard case .object(let properties)? = schema["properties"] else {
            return schema["additionalProperties"] == .flag(true) ? facts(at: path) : .object([])
        }
        return .object(
            properties.compactMap { property in
                value(property.value, at: path + property.name).map {
                    JSONValue.Member(name: property.name, value: $0)
                }
            })
    }

    /// Nil where nothing was entered.
    private func value(_ schema: JSONValue, at path: String) -> JSONValue? {
        switch schema["type"] {
        case "object":
            return entries.has(prefix: path + ".") ? object(schema, at: path + ".") : nil
        case "array": return list(schema, at: path)
        case "boolean": return entries[path].map { flag($0) }
        case "integer": return entries[path].map { number($0, isAmount: path.hasSuffix("_fen")) }
        default:
            guard let text = entries[path] else { return nil }
            return .text(schema["format"] == "date-time" ? moment(text) : text)
        }
    }

    private func list(_ schema: JSONValue, at path: String) -> JSONValue? {
        guard let items = schema["items"] else { return nil }
        if items["type"] == "object" {
            var values: [JSONValue] = []
            while entries.has(prefix: "\(path).\(values.count).") {
                values.append(object(items, at: "\(path).\(values.count)."))
            }
            return values.isEmpty ? nil : .array(values)
        }
        // One field for several, or several lines of one.
        let texts = entries.all(path).flatMap { $0.split(separator: "\n") }
            .map { $0.trimmed }.filter { !$0.isEmpty }
        return texts.isEmpty ? nil : .array(texts.map { .text($0) })
    }

    private func flag(_ text: String) -> JSONValue {
        switch text {
        case "true", "on", "yes": true
        case "false", "no": false
        default: .text(text)
        }
    }

    /// People write yuan; the API takes fen. What is no number stays text, which the form then refuses.
    private func number(_ text: String, isAmount: Bool) -> JSONValue {
        // Commas stay: `Money` knows which of them group digits, and refuses `12,50`.
        let plain = text.filter { $0 != " " && $0 != "¥" && $0 != "￥" }
        if isAmount { return Money(yuan: plain).map { .number(String($0.fen)) } ?? .text(text) }
        return Int64(plain).map { .number(String($0)) } ?? .text(text)
    }

    /// A browser's `2025-03-08T09:30` is a time of the office.
    private func moment(_ text: String) -> String {
        guard text.utf8.count == 16 else { return text }
        return "\(text):00\(zone.text(Moment(ms: 0)).suffix(6))"
    }

    private func facts(at path: String) -> JSONValue {
        var names: [String] = []
        for (name, value) in entries.entries where name.hasPrefix(path) && !value.isEmpty {
            if !names.contains(name) { names.append(name) }
        }
        return .object(
            names.map { name in
                let short = String(name.dropFirst(path.count))
                let texts = entries.all(name)
                let value: JSONValue =
                    switch factShape(short) {
                    case .text: .text(texts[0])
                    case .integer: number(texts[0], isAmount: false)
                    case .flag: flag(texts[0])
                    case .list: .array(texts.map { .text($0) })
                    }
                return JSONValue.Member(name: short, value: value)
            })
    }
}

extension Substring {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
