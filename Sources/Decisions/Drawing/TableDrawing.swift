extension Model {
    /// The table of a decision or business knowledge model as HTML, as people know DMN tables; nil
    /// where its logic is no table.
    ///
    /// Every text is escaped. The look comes from `DrawingStyle.stylesheet`.
    ///
    /// - Parameters:
    ///   - explanation: of one evaluation: rules that matched and cells that failed are marked.
    ///   - hits: without an explanation, the rules that matched.
    public func tableHTML(
        of name: String, explained explanation: TableExplanation? = nil, hits: [RuleHit] = []
    ) -> String? {
        guard let element = tableElement(name),
            let table = tables.first(where: { $0.owner == name })
        else { return nil }
        let labels = element.children("input").map { $0.attributes["label"] }
        let annotations = element.children("annotation").map { $0.attributes["name"] ?? "" }
        let decision = decisions.first { $0.name == name }
        let drawing = TableDrawing(
            table: table, caption: name, note: decision?.label ?? decision?.question,
            labels: labels, annotations: annotations,
            allowed: table.inputs.map { input in
                input.allowed?.text ?? inputs.first { $0.name == input.text }?.allowedValues
            },
            explanation: explanation,
            matched: explanation.map { Set($0.rules.filter(\.matches).map(\.rule)) }
                ?? Set(hits.filter { $0.decision == name }.map(\.rule)))
        return drawing.html
    }

    /// The XML of the table that is the whole logic of `name`.
    private func tableElement(_ name: String) -> XMLElement? {
        for unit in units {
            for element in unit.root.children
            where unit.prefix + (element.attributes["name"] ?? "") == name {
                if let table = element.child("decisionTable") { return table }
                if let table = element.child("encapsulatedLogic")?.child("decisionTable") {
                    return table
                }
            }
        }
        return nil
    }
}

private struct TableDrawing {
    let table: DecisionTable
    let caption: String
    let note: String?
    let labels: [String?]
    let annotations: [String]
    let allowed: [String?]
    let explanation: TableExplanation?
    let matched: Set<Int>

    var html: String {
        """
        <table class="dmn-table">
        <caption>\(text(caption))\(note.map { "<span>\(text($0))</span>" } ?? "")</caption>
        <thead>
        <tr><th scope="col" class="dmn-corner"><abbr title="\(text(policyName))">\
        \(text(table.hitPolicy.rawValue))</abbr></th>\(inputHeads)\(outputHeads)\(noteHeads)</tr>
        </thead>
        <tbody>
        \(table.rules.indices.map(row).joined(separator: "\n"))
        </tbody>
        </table>
        """
    }

    private func text(_ text: String) -> String { DrawnText.escaped(text) }

    private var policyName: String {
        switch table.hitPolicy {
        case .unique: "Unique: at most one rule matches"
        case .any: "Any: all rules that match agree"
        case .first: "First: the first rule that matches decides"
        case .priority: "Priority: the output listed first decides"
        case .ruleOrder: "Rule order: all outputs, in the order of the rules"
        case .outputOrder: "Output order: all outputs, in the order they are listed"
        case .collect: "Collect: all outputs"
        case .sum: "Collect, sum"
        case .minimum: "Collect, minimum"
        case .maximum: "Collect, maximum"
        case .count: "Collect, count"
        }
    }

    private var inputHeads: String {
        table.inputs.enumerated().map { index, input in
            let name = labels[index] ?? input.text
            var small: [String] = []
            if labels[index] != nil, labels[index] != input.text { small.append(input.text) }
            if let allowed = allowed[index] { small.append(allowed) }
            return head("dmn-input", name, small)
        }.joined()
    }

    private var outputHeads: String {
        table.outputs.enumerated().map { index, output in
            head(
                index == 0 ? "dmn-output dmn-first" : "dmn-output",
                output.name.isEmpty ? caption : output.name, output.allowed.map { [$0.text] } ?? [])
        }.joined()
    }

    private var noteHeads: String {
        annotations.enumerated().map { index, name in
            head(index == 0 ? "dmn-note dmn-first" : "dmn-note", name, [])
        }.joined()
    }

    private func head(_ classes: String, _ name: String, _ small: [String]) -> String {
        let rest = small.map { "<small>\(text($0))</small>" }.joined()
        return "<th scope=\"col\" class=\"\(classes)\">\(text(name))\(rest)</th>"
    }

    private func row(_ index: Int) -> String {
        let rule = table.rules[index]
        let isHit = matched.contains(index + 1)
        let explained = explanation?.rules.first { $0.rule == index + 1 }
        var cells = ""
        for (column, condition) in rule.texts.enumerated() {
            let cell = explained.flatMap { column < $0.cells.count ? $0.cells[column] : nil }
            cells += self.cell(condition, hasFailed: cell.map { $0.holds != true } ?? false)
        }
        for (column, output) in rule.outputTexts.enumerated() {
            cells +=
                "<td\(column == 0 ? " class=\"dmn-first\"" : "")><code>\(text(output))</code></td>"
        }
        for (column, name) in annotations.enumerated() {
            let classes = column == 0 ? "dmn-note dmn-first" : "dmn-note"
            cells += "<td class=\"\(classes)\">\(text(rule.annotations[name] ?? ""))</td>"
        }
        let mark = isHit ? " <span role=\"img\" aria-label=\"matches\">✓</span>" : ""
        return "<tr\(isHit ? " class=\"dmn-hit\"" : "")><th scope=\"row\">\(index + 1)\(mark)</th>"
            + cells + "</tr>"
    }

    private func cell(_ condition: String, hasFailed: Bool) -> String {
        let isAny = condition.isEmpty || condition == "-"
        let classes = [hasFailed ? "dmn-failed" : "", isAny ? "dmn-any" : ""].filter { !$0.isEmpty }
        let attribute = classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
        let mark = hasFailed ? " <span role=\"img\" aria-label=\"does not hold\">✗</span>" : ""
        return "<td\(attribute)><code>\(isAny ? "–" : text(condition))</code>\(mark)</td>"
    }
}
