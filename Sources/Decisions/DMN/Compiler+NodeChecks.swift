/// What is wrong in an expression that is FEEL: calls that fit no function, components that do not
/// exist, comparisons that are never decided.
extension Compiler {
    mutating func check(
        _ node: Node, _ scope: Scope, _ text: String, _ element: XMLElement, _ row: Int?
    ) {
        var findings: [Wording] = []
        examine(node, &findings)
        for finding in findings { report(finding, text, element, row) }
    }

    private func examine(_ node: Node, _ findings: inout [Wording]) {
        switch node {
        case .builtinCall(let builtin, let arguments, let names):
            examine(builtin, arguments, names, &findings)
        case .call(let function, let arguments, let names):
            examine(callOf: function, arguments, names, &findings)
        case .path(let subject, let name):
            if let type = type(of: subject)?.base,
                ["number", "string", "boolean"].contains(type.name)
            {
                findings.append(.noComponents(name, of: type.name))
            }
            if case .context(let members)? = type(of: subject)?.base, !members.isEmpty,
                !members.contains(where: { $0.name == name })
            {
                let all = members.map(\.name)
                findings.append(
                    .noMember(
                        name, of: subject.shortText ?? "the context",
                        near: nearestName(to: name, among: all), all))
            }
        case .conjunction(let a, let b), .disjunction(let a, let b):
            let texts = [a, b].compactMap { node -> Value? in
                if case .literal(let value) = node { value } else { nil }
            }
            if let value = texts.first(where: { $0.string != nil || $0.number != nil }) {
                findings.append(.textAsCondition(value.brief))
            }
        case .comparison(_, let a, let b):
            if let first = type(of: a)?.base, let second = type(of: b)?.base,
                first.isPlain, second.isPlain, first.name != second.name
            {
                findings.append(.neverEqual(first.name, second.name))
            }
        default: break
        }
        for child in node.children { examine(child, &findings) }
    }

    private func examine(
        _ builtin: Builtin, _ arguments: [Node], _ names: [String]?, _ findings: inout [Wording]
    ) {
        let forms = builtin.signatures.map { $0.form(builtin.name) }
        if let names {
            let fits = builtin.signatures.contains { signature in
                let required = signature.parameters.prefix(signature.required)
                return names.allSatisfy(signature.parameters.contains)
                    && required.allSatisfy(names.contains)
            }
            if fits { return }
            let known = builtin.signatures.flatMap(\.parameters)
            guard let wrong = names.first(where: { !known.contains($0) }) else {
                findings.append(.noArity(builtin.name, names.count, forms))
                return
            }
            findings.append(
                .noParameter(builtin.name, wrong, near: nearestName(to: wrong, among: known), forms)
            )
        } else if !builtin.signatures.contains(where: { $0.accepts(arguments.count) }) {
            findings.append(.noArity(builtin.name, arguments.count, forms))
        } else if ["date", "time", "date and time", "duration"].contains(builtin.name) {
            examine(temporal: builtin, arguments, &findings)
        }
    }

    /// `date(2026-01-31)` is the date of the number 1994; `date("2026-02-30")` is none.
    private func examine(
        temporal builtin: Builtin, _ arguments: [Node], _ findings: inout [Wording]
    ) {
        if arguments.count == 1, case .number? = type(of: arguments[0])?.base {
            findings.append(.noDate(builtin.name))
            return
        }
        let call = Node.builtinCall(builtin, arguments, names: nil)
        let texts = arguments.compactMap { node -> String? in
            if case .literal(let value) = node { value.brief } else { nil }
        }
        guard texts.count == arguments.count, !texts.contains("null") else { return }
        if call.constant == nil {
            findings.append(.neverTemporal("\(builtin.name)(\(texts.joined(separator: ", ")))"))
        }
    }

    private func examine(
        callOf function: Node, _ arguments: [Node], _ names: [String]?,
        _ findings: inout [Wording]
    ) {
        switch function.unlocated {
        case .slot(let slot):
            guard let (name, parameters) = parametersBySlot[slot] else { return }
            let form = "\(name)(\(parameters.joined(separator: ", ")))"
            if let wrong = names?.first(where: { !parameters.contains($0) }) {
                let near = nearestName(to: wrong, among: parameters)
                findings.append(.noParameter(name, wrong, near: near, [form]))
            } else if arguments.count != parameters.count {
                findings.append(.noArity(name, arguments.count, [form]))
            }
        case .literal(let value):
            if case .function = value { return }
            findings.append(.notAFunction(value.kind))
        default: return
        }
    }

    /// The type that can be told without evaluating; nil where it cannot.
    func type(of node: Node) -> FEELType? {
        switch node {
        case .literal(let value): return FEELType.plain(value)
        case .slot(let slot): return typesBySlot[slot]
        case .located(let inner, _): return type(of: inner)
        case .coerced(_, let type, _): return type
        case .comparison, .conjunction, .disjunction, .between, .instanceOf: return .boolean
        case .negate(let operand): return type(of: operand)
        case .arithmetic(_, let a, let b):
            if case .number? = type(of: a)?.base, case .number? = type(of: b)?.base {
                return .number
            }
            return nil
        case .path(let subject, let name):
            guard case .context(let members)? = type(of: subject)?.base else { return nil }
            return members.first { $0.name == name }?.type
        default: return nil
        }
    }
}

extension FEELType {
    /// Of a value that holds no others; nil for null and for those that do.
    static func plain(_ value: Value) -> FEELType? {
        switch value {
        case .number: .number
        case .string: .string
        case .boolean: .boolean
        case .date: .date
        case .time: .time
        case .dateTime: .dateTime
        case .daysDuration: .daysDuration
        case .yearsMonthsDuration: .yearsMonthsDuration
        case .null, .list, .context, .range, .function: nil
        }
    }

    var isPlain: Bool {
        switch self {
        case .number, .string, .boolean, .date, .time, .dateTime, .daysDuration,
            .yearsMonthsDuration:
            true
        default: false
        }
    }
}

extension Builtin.Signature {
    /// `substring(string, start position, length)`, what may be left out in brackets.
    func form(_ name: String) -> String {
        let all = parameters.enumerated().map { index, parameter in
            (index < required ? parameter : "[\(parameter)]")
                + (isVariadic && index == parameters.count - 1 ? ", …" : "")
        }
        return "\(name)(\(all.joined(separator: ", ")))"
    }
}

extension Node {
    /// A path as it is written, where it is one of names.
    fileprivate var shortText: String? {
        switch self {
        case .located(let node, _): node.shortText
        case .path(let subject, let name): subject.shortText.map { "\($0).\(name)" } ?? name
        default: nil
        }
    }
}
