extension Compiler {
    mutating func table(
        _ element: XMLElement, _ unit: Int, _ scope: inout Scope
    ) throws(ModelError) -> Node {
        let policyName = element.attributes["hitPolicy"] ?? "UNIQUE"
        guard
            let policy = HitPolicy(
                policy: policyName, aggregation: element.attributes["aggregation"])
        else {
            if policyName == "COLLECT" {
                throw .unknownAggregation(
                    file: units[unit].file, line: element.line, element: owner,
                    aggregation: element.attributes["aggregation"] ?? "")
            }
            throw .unknownHitPolicy(
                file: units[unit].file, line: element.line, element: owner, policy: policyName)
        }
        var columns: [Column] = []
        for input in element.children("input") { columns.append(try column(input, unit, &scope)) }
        let outputs = try outputs(element, unit, &scope)
        let annotationNames = element.children("annotation").map { $0.attributes["name"] ?? "" }
        var rules: [DecisionTable.Rule] = []
        for (index, rule) in element.children("rule").enumerated() {
            rules.append(
                try self.rule(
                    rule, index + 1, columns, outputs.count, annotationNames, unit, &scope))
        }
        let inputs = columns.enumerated().map { position, column in
            DecisionTable.Input(
                text: column.text, value: column.value, slot: column.slot, type: column.type,
                allowed: column.allowed,
                namesNull: rules.contains { $0.tests[position].namesNull })
        }
        let table = DecisionTable(
            owner: owner, hitPolicy: policy, inputs: inputs, outputs: outputs, rules: rules)
        tables.append(table)
        check(table, element, scope)
        return .table(table)
    }

    private struct Column {
        let text: String
        let value: Node
        let slot: Int
        let type: FEELType
        let allowed: Constraint?
    }

    private mutating func column(
        _ input: XMLElement, _ unit: Int, _ scope: inout Scope
    ) throws(ModelError) -> Column {
        let expression = input.child("inputExpression")
        let text = expression?.text(of: "text") ?? input.attributes["label"] ?? ""
        let value = text.isEmpty ? Node.literal(.null) : feel(text, input, &scope)
        let type = try type(expression?.attributes["typeRef"], input, unit)
        return Column(
            text: text, value: value, slot: scope.declareAnonymous(), type: type,
            allowed: constraint(input.child("inputValues")))
    }

    /// The values a column allows, as a test.
    private mutating func constraint(_ element: XMLElement?) -> Constraint? {
        guard let element, let text = element.text(of: "text"), !text.isEmpty else { return nil }
        var scope = Scope()
        scope.open()
        let slot = scope.declare("?")
        let test = unaryTests(text, element, row: nil, slot: slot, &scope)
        return Constraint(test: test, slots: scope.slotCount, text: text)
    }

    private mutating func outputs(
        _ table: XMLElement, _ unit: Int, _ scope: inout Scope
    ) throws(ModelError) -> [DecisionTable.Output] {
        let elements = table.children("output")
        var outputs: [DecisionTable.Output] = []
        for element in elements {
            let name = elements.count == 1 ? "" : element.attributes["name"] ?? ""
            let allowed = constraint(element.child("outputValues"))
            var byDefault: Node?
            if let entry = element.child("defaultOutputEntry") {
                byDefault = feel(entry.text(of: "text") ?? "", entry, &scope)
            }
            outputs.append(
                DecisionTable.Output(
                    name: name, type: try type(element.attributes["typeRef"], element, unit),
                    allowed: allowed, priorities: allowed.map { Self.values(of: $0.test) } ?? [],
                    byDefault: byDefault))
        }
        return outputs
    }

    /// The constants a test lists, in order.
    private static func values(of test: Node) -> [Value] {
        switch test {
        case .anyTest(let tests): tests.flatMap(values)
        case .unaryTest(let value, _): value.constant.map { [$0] } ?? []
        default: []
        }
    }

    private mutating func rule(
        _ element: XMLElement, _ row: Int, _ columns: [Column], _ outputCount: Int,
        _ annotationNames: [String], _ unit: Int, _ scope: inout Scope
    ) throws(ModelError) -> DecisionTable.Rule {
        let cells = element.children("inputEntry")
        let results = element.children("outputEntry")
        guard cells.count == columns.count, results.count == outputCount else {
            let isInput = cells.count != columns.count
            throw .ragged(
                file: units[unit].file, line: element.line, element: owner, row: row,
                kind: isInput ? .input : .output,
                wanted: isInput ? columns.count : outputCount,
                found: isInput ? cells.count : results.count)
        }
        var tests: [Test] = []
        for (cell, column) in zip(cells, columns) {
            self.column = column.text
            scope.open()
            scope.declare("?", at: column.slot)
            let node = unaryTests(
                cell.text(of: "text") ?? "", cell, row: row, slot: column.slot, &scope)
            scope.close()
            tests.append(Test(node, slot: column.slot))
        }
        column = nil
        var outputs: [Node] = []
        for (index, result) in results.enumerated() {
            column = outputCount == 1 ? "output" : "output \(index + 1)"
            outputs.append(feel(result.text(of: "text") ?? "", result, row: row, &scope))
        }
        column = nil
        var annotations: [String: String] = [:]
        for (name, entry) in zip(annotationNames, element.children("annotationEntry")) {
            annotations[name] = Self.unquoted(entry.text(of: "text") ?? "")
        }
        return DecisionTable.Rule(
            id: element.attributes["id"] ?? "\(row)", tests: tests,
            texts: cells.map { $0.text(of: "text") ?? "" }, outputs: outputs,
            outputTexts: results.map { $0.text(of: "text") ?? "" }, annotations: annotations)
    }

    /// The content of a FEEL string literal, or the text as it is.
    private static func unquoted(_ text: String) -> String {
        guard text.hasPrefix("\""), let tokens = try? Lexer.tokens(of: text),  // else plain text
            tokens.count == 2, tokens[0].kind == .string
        else { return text }
        return tokens[0].text
    }
}
