extension Compiler {
    static let logicNames: Set<String> = [
        "literalExpression", "context", "list", "relation", "invocation", "functionDefinition",
        "decisionTable", "conditional", "for", "every", "some", "filter",
    ]

    /// Compiles a boxed expression.
    ///
    /// - Parameter expected: the type of the variable it fills, which a table's outputs may follow.
    mutating func expression(
        _ element: XMLElement, _ unit: Int, _ scope: inout Scope, _ expected: FEELType = .any
    ) throws(ModelError) -> Node {
        let node = try boxed(element, unit, &scope, expected)
        let type = try type(element.attributes["typeRef"], element, unit)
        return type.isAny || element.name == "decisionTable"
            ? node : .coerced(node, type, subject: "the value")
    }

    private mutating func boxed(
        _ element: XMLElement, _ unit: Int, _ scope: inout Scope, _ expected: FEELType
    ) throws(ModelError) -> Node {
        switch element.name {
        case "literalExpression":
            return feel(element.text(of: "text") ?? "", element, &scope)
        case "context": return try context(element, unit, &scope)
        case "list":
            var items: [Node] = []
            for child in element.children where Self.logicNames.contains(child.name) {
                items.append(try expression(child, unit, &scope))
            }
            return .list(items)
        case "relation": return try relation(element, unit, &scope)
        case "invocation": return try invocation(element, unit, &scope)
        case "functionDefinition": return try function(element, unit, &scope)
        case "decisionTable": return try table(element, unit, &scope)
        case "conditional":
            return .conditional(
                try inner(element, "if", unit, &scope), try inner(element, "then", unit, &scope),
                try inner(element, "else", unit, &scope), isBoxed: true)
        case "for", "every", "some": return try loop(element, unit, &scope)
        case "filter":
            let list = try inner(element, "in", unit, &scope)
            let slot = scope.openFilter()
            let condition = try inner(element, "match", unit, &scope)
            scope.close()
            return .filter(list, item: slot, condition)
        default: return .literal(.null)
        }
    }

    /// The boxed expression inside the child `name`.
    private mutating func inner(
        _ element: XMLElement, _ name: String, _ unit: Int, _ scope: inout Scope
    ) throws(ModelError) -> Node {
        guard let child = element.child(name),
            let logic = child.children.first(where: { Self.logicNames.contains($0.name) })
        else {
            report(.missingPart(element.name, name), "", element, nil)
            return .unknown("<\(element.name)> has no <\(name)>")
        }
        return try expression(logic, unit, &scope)
    }

    /// Compiles FEEL text; text that is none becomes a problem, and null.
    mutating func feel(
        _ text: String, _ element: XMLElement, row: Int? = nil, _ scope: inout Scope
    ) -> Node {
        if text.isEmpty {
            report(
                element.name == "outputEntry" ? .emptyOutput : .emptyExpression, text, element, row)
            return .unknown("nothing is written here")
        }
        return parse(text, element, row, &scope) { parser throws(SyntaxError) in
            let node = try parser.expression()
            try parser.finish()
            switch node {
            case .literal, .slot: return node
            default: return .located(node, source: text)
            }
        }
    }

    mutating func unaryTests(
        _ text: String, _ element: XMLElement, row: Int?, slot: Int, _ scope: inout Scope
    ) -> Node {
        parse(text, element, row, &scope) { parser throws(SyntaxError) in
            try parser.unaryTests(slot)
        }
    }

    private mutating func parse(
        _ text: String, _ element: XMLElement, _ row: Int?, _ scope: inout Scope,
        _ read: (inout Parser) throws(SyntaxError) -> Node
    ) -> Node {
        let outer = scope
        do throws(SyntaxError) {
            var parser = try Parser(text, scope: scope)
            let node = try read(&parser)
            scope.keepSlots(of: parser.scope)
            for problem in parser.problems { report(problem, text, element, row) }
            check(node, scope, text, element, row)
            return node
        } catch {
            scope = outer
            let wording = Wording(
                "\(error.wording.english) (line \(error.line), column \(error.column))",
                "\(error.wording.chinese)（第\(error.line)行第\(error.column)字）")
            report(wording, text, element, row)
            return .located(.unknown(wording.english), source: text)
        }
    }

    mutating func report(_ wording: Wording, _ text: String, _ element: XMLElement, _ row: Int?) {
        let problem = Problem(
            file: file, line: element.line, element: owner, row: row, column: column,
            source: text, wording: wording)
        if problems.count < Limits.problems, problems.last != problem { problems.append(problem) }
    }

    private mutating func context(
        _ element: XMLElement, _ unit: Int, _ scope: inout Scope
    ) throws(ModelError) -> Node {
        scope.open()
        defer { scope.close() }
        var entries: [ContextEntry] = []
        var result: Node?
        for entry in element.children("contextEntry") {
            guard let logic = entry.children.first(where: { Self.logicNames.contains($0.name) })
            else {
                report(
                    .emptyExpression, entry.child("variable")?.attributes["name"] ?? "", entry, nil)
                continue
            }
            guard let variable = entry.child("variable"), let name = variable.attributes["name"]
            else {
                if result != nil || entry.line != element.children("contextEntry").last?.line {
                    report(.unnamedEntry, "", entry, nil)
                }
                result = try expression(logic, unit, &scope)
                continue
            }
            let type = try type(variable.attributes["typeRef"], variable, unit)
            // A function may call itself by the name of its entry.
            let isFunction = logic.name == "functionDefinition"
            let early = isFunction ? scope.declare(name) : nil
            var value = try expression(logic, unit, &scope, type)
            if !type.isAny { value = .coerced(value, type, subject: "the entry \(name)") }
            if entries.contains(where: { $0.name == name }) {
                report(.duplicateEntry(name), name, entry, nil)
            }
            entries.append(
                ContextEntry(name: name, slot: early ?? scope.declare(name), value: value))
        }
        return .contextLiteral(entries, result: result)
    }

    private mutating func relation(
        _ element: XMLElement, _ unit: Int, _ scope: inout Scope
    ) throws(ModelError) -> Node {
        let columns = element.children("column").map { $0.attributes["name"] ?? "" }
        var rows: [[Node]] = []
        for (index, row) in element.children("row").enumerated() {
            var cells: [Node] = []
            for cell in row.children where Self.logicNames.contains(cell.name) {
                cells.append(try expression(cell, unit, &scope))
            }
            guard cells.count == columns.count else {
                throw .ragged(
                    file: units[unit].file, line: row.line, element: owner, row: index + 1,
                    kind: .cell, wanted: columns.count, found: cells.count)
            }
            rows.append(cells)
        }
        return .relation(columns: columns, rows: rows)
    }

    private mutating func invocation(
        _ element: XMLElement, _ unit: Int, _ scope: inout Scope
    ) throws(ModelError) -> Node {
        guard let callee = element.children.first(where: { Self.logicNames.contains($0.name) })
        else {
            report(.missingPart("invocation", "literalExpression"), "", element, nil)
            return .unknown("the invocation names no function")
        }
        let function = try expression(callee, unit, &scope)
        var names: [String] = []
        var arguments: [Node] = []
        for binding in element.children("binding") {
            let name = binding.child("parameter")?.attributes["name"]
            if name == nil { report(.missingPart("binding", "parameter"), "", binding, nil) }
            names.append(name ?? "")
            let logic = binding.children.first { Self.logicNames.contains($0.name) }
            arguments.append(
                try logic.map { logic throws(ModelError) in try expression(logic, unit, &scope) }
                    ?? .literal(.null))
        }
        let call = Node.call(function, arguments, names: names.isEmpty ? nil : names)
        check(call, scope, callee.text(of: "text") ?? "", element, nil)
        return call
    }

    /// The logic of a business knowledge model, whose parameters stand in slots already.
    mutating func encapsulated(
        _ element: XMLElement, _ parameters: [Invocable.Parameter], _ unit: Int,
        _ scope: inout Scope, _ type: FEELType
    ) throws(ModelError) -> Node? {
        guard let logic = element.children.first(where: { Self.logicNames.contains($0.name) })
        else { return nil }
        let kind = element.attributes["kind"] ?? "FEEL"
        if kind == "FEEL" { return try expression(logic, unit, &scope, type) }
        guard let native = native(try expression(logic, unit, &scope), kind, element, scope) else {
            return nil
        }
        var closure: [Closure.Parameter] = []
        for parameter in parameters {
            guard case .slot(let slot) = parameter.target else { continue }
            closure.append(
                Closure.Parameter(name: parameter.name, slot: slot, type: parameter.type))
        }
        let function = Closure(parameters: closure, resultType: type, body: nil, native: native)
        return .call(.function(function), closure.map { .slot($0.slot) }, names: nil)
    }

    private mutating func function(
        _ element: XMLElement, _ unit: Int, _ scope: inout Scope
    ) throws(ModelError) -> Node {
        scope.open()
        defer { scope.close() }
        var parameters: [Closure.Parameter] = []
        for formal in element.children("formalParameter") {
            let name = formal.attributes["name"] ?? ""
            parameters.append(
                Closure.Parameter(
                    name: name, slot: scope.declare(name),
                    type: try type(formal.attributes["typeRef"], formal, unit)))
        }
        var body: Node?
        if let logic = element.children.first(where: { Self.logicNames.contains($0.name) }) {
            body = try expression(logic, unit, &scope)
        }
        let kind = element.attributes["kind"] ?? "FEEL"
        if kind == "FEEL", let body {
            return .function(Closure(parameters: parameters, resultType: .any, body: body))
        }
        return .function(
            Closure(
                parameters: parameters, resultType: .any, body: nil,
                native: native(body, kind, element, scope)))
    }

    /// What a definition of another kind than FEEL calls; nil, and a problem, where it cannot.
    private mutating func native(
        _ body: Node?, _ kind: String, _ element: XMLElement, _ scope: Scope
    ) -> NativeFunction? {
        guard kind == "Java" else {
            report(.functionKind(kind), kind, element, nil)
            return nil
        }
        let (native, problem) = scope.native(body ?? .literal(.null))
        if let problem { report(problem, kind, element, nil) }
        return native
    }

    private mutating func loop(
        _ element: XMLElement, _ unit: Int, _ scope: inout Scope
    ) throws(ModelError) -> Node {
        scope.open()
        defer { scope.close() }
        let source = try inner(element, "in", unit, &scope)
        let slot = scope.declare(element.attributes["iteratorVariable"] ?? "item")
        let variable = LoopVariable(slot: slot, source: source, end: nil)
        if element.name == "for" {
            let partial = scope.declare("partial")
            let result = try inner(element, "return", unit, &scope)
            return .loop(Loop(iterators: [variable], partialSlot: partial, result: result))
        }
        return .quantified(
            Quantified(
                isUniversal: element.name == "every", iterators: [variable],
                condition: try inner(element, "satisfies", unit, &scope)))
    }
}
