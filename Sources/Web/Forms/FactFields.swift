import Casework
import Workflow

/// Facts as fields of a form, by the edition's schema: those that nothing stands for first, the others
/// folded away.
struct FactFields {
    let parts: Parts
    let kinds: [FactKind]
    /// Names of those that must be said.
    let required: Set<String>
    let entered: FormEntries
    let problems: [FieldProblem]
    /// Where they stand in the form: `facts.`.
    let path: String

    var markup: HTML {
        guard !kinds.isEmpty else { return .empty }
        let needed = kinds.filter { $0.otherwise == nil || isWrong($0) }
        let others = kinds.filter { kind in !needed.contains { $0.name == kind.name } }
        let legend = Phrase("案情要素", "Facts")
        let more = Phrase("其他情况（不填按无处理）", "Other circumstances (none unless said)")
        let rest: HTML =
            others.isEmpty
            ? .empty
            : "<details><summary>\(parts.say(more))</summary>\(others.map(field))</details>"
        return """
            <fieldset><legend>\(parts.say(legend))</legend>
            \(needed.map(field))\(rest)</fieldset>
            """
    }

    private func isWrong(_ kind: FactKind) -> Bool {
        problems.contains { $0.field == path + kind.name }
    }

    private func field(_ kind: FactKind) -> HTML {
        if let values = kind.values {
            return select(kind, values.map { ($0.code, Phrase($0.chinese, $0.english)) })
        }
        switch kind.type {
        case .flag:
            return select(kind, [("true", Word.yes.phrase), ("false", Word.no.phrase)])
        case .day: return line(kind, "type=\"date\"")
        case .moment: return line(kind, "type=\"datetime-local\"")
        case .money:
            return line(kind, "inputmode=\"decimal\" autocomplete=\"off\" maxlength=\"24\"")
        case .integer:
            return line(kind, "inputmode=\"numeric\" autocomplete=\"off\" maxlength=\"24\"")
        case .text, .texts, .amounts: return line(kind, "maxlength=\"200\"")
        }
    }

    private func select(_ kind: FactKind, _ values: [(String, Phrase)]) -> HTML {
        let name = path + kind.name
        let options: [HTML] = values.map { code, phrase in
            code == entered[name]
                ? "<option value=\"\(code)\" selected>\(parts.say(phrase))</option>"
                : "<option value=\"\(code)\">\(parts.say(phrase))</option>"
        }
        return """
            <p class="field">\(label(kind))
            <select id="\(id(kind))" name="\(name)"\(must(kind))><option value="">\(parts.word(.chooseOne))</option>\(options)</select>\(wrong(kind))</p>

            """
    }

    private func line(_ kind: FactKind, _ attributes: HTML) -> HTML {
        let name = path + kind.name
        return """
            <p class="field">\(label(kind))
            <input id="\(id(kind))" name="\(name)" value="\(entered[name] ?? "")" \(attributes)\(must(kind))>\(wrong(kind))</p>

            """
    }

    private func label(_ kind: FactKind) -> HTML {
        "<label for=\"\(id(kind))\">\(parts.say(Phrase(kind.chinese, kind.english)))</label>"
    }

    private func must(_ kind: FactKind) -> HTML {
        required.contains(kind.name) ? " required" : .empty
    }

    private func id(_ kind: FactKind) -> String { "fact-\(kind.name)" }

    private func wrong(_ kind: FactKind) -> HTML? {
        problems.first { $0.field == path + kind.name }.map {
            "<span class=\"wrong\">\(parts.say($0.text))</span>"
        }
    }
}
