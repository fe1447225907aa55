import Casework
import Ledger
import Workflow

/// The fields of an API form as a page's form, made from the same schema that reads it.
struct FormMarkup {
    let parts: Parts
    /// What was entered before, where the form comes back with problems.
    var entered = FormEntries()
    var problems: [FieldProblem] = []
    /// The choices of a text that the edition names, by the field's name: `bureau`, `kinds`.
    var choices: [String: [Choice]] = [:]
    /// Those that a field of facts asks for.
    var facts: [FactKind] = []
    /// Names of those that must be said.
    var factsNeeded: Set<String> = []
    /// Paths of fields that are not shown.
    var leftOut: Set<String> = []

    struct Choice: Hashable, Sendable {
        let code: String
        let name: Phrase
    }

    /// Texts longer than this get a field of several lines.
    private static let lineLimit_characters = 200
    /// Long, and yet of one line.
    private static let lines: Set = [
        "reference", "merchant_name", "place", "number_elsewhere", "url", "address",
    ]
    /// So many rows a list of several fields each offers; the first is asked for, the others may stay empty.
    private static let rows = 6

    func fields(_ schema: JSONValue, at path: String = "") -> HTML {
        var required: [JSONValue] = []
        if case .array(let names)? = schema["required"] { required = names }
        return fields(schema, at: path, required: required)
    }

    private func fields(_ schema: JSONValue, at path: String, required: [JSONValue]) -> HTML {
        guard case .object(let properties)? = schema["properties"] else { return .empty }
        return HTML.lines(
            properties.filter { !leftOut.contains(path + $0.name) }.map { property in
                field(
                    property.value, name: path + property.name, short: property.name,
                    isRequired: required.contains(.text(property.name)))
            })
    }

    private func field(
        _ schema: JSONValue, name: String, short: String, isRequired: Bool
    ) -> HTML {
        switch schema["type"] {
        case "object":
            guard schema["properties"] != nil else {
                return FactFields(
                    parts: parts, kinds: facts, required: factsNeeded, entered: entered,
                    problems: problems,
                    path: name + "."
                ).markup
            }
            let label = FieldNames.label(at: name, short, schema)
            return """
                <fieldset><legend>\(parts.say(label))</legend>
                \(isRequired ? fields(schema, at: name + ".") : fields(schema, at: name + ".", required: []))
                </fieldset>
                """
        case "array":
            guard let items = schema["items"] else { return .empty }
            if items["type"] == "object" {
                let more: [HTML] = (1..<Self.rows).map {
                    fields(items, at: "\(name).\($0).", required: [])
                }
                return """
                    <fieldset class="rows"><legend>\(parts.say(FieldNames.label(short, schema)))</legend>
                    \(fields(items, at: "\(name).0."))\(more)\(problem(of: name))</fieldset>
                    """
            }
            let known = named(short) ?? listed(items, short)
            guard let known else {
                return labelled(name, short, schema, isRequired, hint: Word.oneALine) {
                    "<textarea id=\"\(id(name))\" name=\"\(name)\" rows=\"3\"\($0)>\(entered.all(name).joined(separator: "\n"))</textarea>"
                }
            }
            return checkboxes(name, short, schema, known)
        case "boolean":
            return select(
                name, short, schema, isRequired,
                [
                    Choice(code: "true", name: Word.yes.phrase),
                    Choice(code: "false", name: Word.no.phrase),
                ])
        case "integer":
            let isAmount = short.hasSuffix("_fen")
            return labelled(name, short, schema, isRequired, hint: isAmount ? .inYuan : nil) {
                "<input id=\"\(id(name))\" name=\"\(name)\" inputmode=\"\(isAmount ? "decimal" : "numeric")\" autocomplete=\"off\" maxlength=\"24\" value=\"\(entered[name] ?? "")\"\($0)>"
            }
        default: return text(schema, name, short, isRequired)
        }
    }

    private func text(
        _ schema: JSONValue, _ name: String, _ short: String, _ isRequired: Bool
    ) -> HTML {
        if let known = named(short) ?? listed(schema, short) {
            return select(name, short, schema, isRequired, known)
        }
        let value = entered[name] ?? ""
        switch schema["format"] {
        case "date":
            return labelled(name, short, schema, isRequired) {
                "<input id=\"\(id(name))\" name=\"\(name)\" type=\"date\" value=\"\(value)\"\($0)>"
            }
        case "date-time":
            return labelled(name, short, schema, isRequired) {
                "<input id=\"\(id(name))\" name=\"\(name)\" type=\"datetime-local\" value=\"\(value)\"\($0)>"
            }
        default: break
        }
        var limit = 4_000
        if case .number(let digits)? = schema["maxLength"] { limit = Int(digits) ?? limit }
        if limit > Self.lineLimit_characters, !Self.lines.contains(short) {
            return labelled(name, short, schema, isRequired) {
                "<textarea id=\"\(id(name))\" name=\"\(name)\" rows=\"3\" maxlength=\"\(limit)\"\($0)>\(value)</textarea>"
            }
        }
        return labelled(name, short, schema, isRequired) {
            "<input id=\"\(id(name))\" name=\"\(name)\" maxlength=\"\(limit)\" value=\"\(value)\"\($0)>"
        }
    }

    private func named(_ short: String) -> [Choice]? {
        choices[short].flatMap { $0.isEmpty ? nil : $0 }
    }

    private func listed(_ schema: JSONValue, _ short: String) -> [Choice]? {
        guard case .array(let values)? = schema["enum"] else { return nil }
        return values.compactMap { value in
            guard case .text(let code) = value else { return nil }
            return Choice(code: code, name: FieldNames.choice(short, code))
        }
    }

    private func select(
        _ name: String, _ short: String, _ schema: JSONValue, _ isRequired: Bool,
        _ known: [Choice]
    ) -> HTML {
        let value = entered[name]
        let options: [HTML] = known.map { choice in
            choice.code == value
                ? "<option value=\"\(choice.code)\" selected>\(parts.say(choice.name))</option>"
                : "<option value=\"\(choice.code)\">\(parts.say(choice.name))</option>"
        }
        // One that is required and the only one needs no choosing.
        let blank: HTML =
            isRequired && known.count == 1
            ? .empty : "<option value=\"\">\(parts.word(.chooseOne))</option>"
        return labelled(name, short, schema, isRequired) {
            "<select id=\"\(id(name))\" name=\"\(name)\"\($0)>\(blank)\(options)</select>"
        }
    }

    private func checkboxes(
        _ name: String, _ short: String, _ schema: JSONValue, _ known: [Choice]
    ) -> HTML {
        let chosen = entered.all(name)
        let boxes: [HTML] = known.map { choice in
            let mark: HTML = chosen.contains(choice.code) ? " checked" : .empty
            return
                "<label class=\"check\"><input type=\"checkbox\" name=\"\(name)\" value=\"\(choice.code)\"\(mark)> \(parts.say(choice.name))</label>"
        }
        return """
            <fieldset class="checks"><legend>\(parts.say(FieldNames.label(short, schema)))</legend>
            \(boxes)\(problem(of: name))</fieldset>
            """
    }

    /// - Parameter control: Makes the control; its argument is what it must carry.
    private func labelled(
        _ name: String, _ short: String, _ schema: JSONValue, _ isRequired: Bool,
        hint: Word? = nil, _ control: (HTML) -> HTML
    ) -> HTML {
        let isWrong = problems.contains { $0.field == name }
        var carried: HTML = isRequired ? " required" : .empty
        if isWrong {
            carried = carried + " aria-invalid=\"true\" aria-describedby=\"\(id(name))-wrong\""
        }
        let optional: HTML =
            isRequired ? .empty : " <span class=\"quiet\">\(parts.word(.optional))</span>"
        let hintText: HTML? = hint.map { " <span class=\"quiet\">\(parts.word($0))</span>" }
        return """
            <p class="field"><label for="\(id(name))">\(parts.say(FieldNames.label(at: name, short, schema)))\(optional)\(hintText)</label>
            \(control(carried))\(problem(of: name))</p>
            """
    }

    private func problem(of name: String) -> HTML? {
        problems.first { $0.field == name || $0.field.hasPrefix(name + "[") }.map {
            "<span class=\"wrong\" id=\"\(id(name))-wrong\">\(parts.say($0.text))</span>"
        }
    }

    private func id(_ name: String) -> String {
        "f-" + name.map { $0.isLetter || $0.isNumber ? $0 : "-" }
    }
}
