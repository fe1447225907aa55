import Casework
import Decisions
import Workflow

/// The decision tables of one model: hit policy, conditions in words, outputs, clause.
struct PolicyTablesPage {
    let call: Call
    let edition: Edition
    let model: PolicyModel

    private var parts: Parts { call.parts }

    func answer() -> Answer {
        let title = parts.say(Names.model(model.name))
        let tables = edition.tablesInWords(of: model)
        let empty: HTML? =
            tables.isEmpty
            ? "<p class=\"quiet\">\(parts.say(Phrase("这个模型没有决策表。", "This model has no table.")))</p>"
            : nil
        return call.page(
            title, section: .policies, at: .policyTables(model.name, of: edition.name),
            """
            <section class="lead">\(parts.crumb(.policy(edition.name), Phrase(edition.chinese, edition.english)))
            <h1>\(title)</h1><p><code>\(model.file)</code></p></section>
            \(tables.map(table))\(empty)
            """
        ).answer()
    }

    private func say(_ said: Said) -> String { parts.say(Phrase(said.chinese, said.english)) }

    private func table(_ table: TableInWords) -> HTML {
        let inputs: [HTML] = table.columns.map { "<th scope=\"col\">\(say($0))</th>" }
        let outputs: [HTML] = table.outputs.map {
            "<th scope=\"col\" class=\"output\">\($0.isEmpty ? parts.say(Phrase("结论", "Output")) : $0)</th>"
        }
        let question: HTML? = table.question.map { "<p class=\"quiet\">\($0)</p>" }
        let id = "table-\(table.name)"
        return """
            <section aria-labelledby="\(id)"><h2 id="\(id)">\(say(table.label))</h2>
            \(question)
            <p><abbr class="hit-policy" title="\(parts.say(PolicyText.hitPolicy(table.hitPolicy)))">\(table.hitPolicy.rawValue)</abbr> \(parts.say(PolicyText.hitPolicy(table.hitPolicy)))</p>
            <div class="scroll" role="group" aria-label="\(say(table.label))" tabindex="0"><table class="rules">
            <thead><tr><th scope="col">#</th>\(inputs)\(outputs)<th scope="col">\(parts.say(Phrase("说明与依据", "What it does, and its clause")))</th></tr></thead>
            <tbody>
            \(table.rules.map(rule))</tbody></table></div></section>

            """
    }

    private func rule(_ rule: TableInWords.Rule) -> HTML {
        let cells: [HTML] = zip(rule.conditions, rule.written).map { said, written in
            written == "-" || written.isEmpty
                ? "<td class=\"any\">–</td>" : "<td title=\"\(written)\">\(say(said))</td>"
        }
        let outputs: [HTML] = rule.outputs.map {
            "<td class=\"output\"><code>\($0.filter { $0 != "\"" })</code></td>"
        }
        return """
            <tr><th scope="row">\(rule.number)</th>\(cells)\(outputs)<td>\(say(rule.effect))<span class="under">\(rule.clause)</span></td></tr>

            """
    }
}
