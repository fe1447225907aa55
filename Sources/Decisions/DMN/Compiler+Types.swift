extension Compiler {
    /// The scope of a unit before any requirement: types and the names of members.
    func typedScope(_ unit: Int) throws(ModelError) -> Scope {
        var scope = Scope(natives: natives)
        for (index, other) in units.enumerated() {
            for element in other.root.children { declareMembers(element, &scope) }
            let own = units[unit].prefix
            guard index == unit || other.prefix.hasPrefix(own) else { continue }
            let prefix = String(other.prefix.dropFirst(own.count))
            let definitions = other.root.children("itemDefinition")
            var reader = TypeReader(definitions: definitions, file: other.file, baseScope: Scope())
            for definition in definitions {
                guard let name = definition.attributes["name"] else {
                    throw .missingAttribute(
                        file: other.file, line: definition.line, element: "itemDefinition",
                        attribute: "name")
                }
                scope.declareType(prefix + name, try reader.type(of: definition))
            }
        }
        return scope
    }

    /// Names that may stand after a dot or in a filter.
    private func declareMembers(_ element: XMLElement, _ scope: inout Scope) {
        switch element.name {
        case "itemComponent", "column", "output", "inputData", "decision", "variable",
            "businessKnowledgeModel", "import":
            if let name = element.attributes["name"], !name.isEmpty { scope.declareMember(name) }
        default: break
        }
        for child in element.children { declareMembers(child, &scope) }
    }

    /// The type of an element's variable.
    func variableType(_ element: XMLElement, _ unit: Int) throws(ModelError) -> FEELType {
        let variable = element.child("variable")
        return try type(variable?.attributes["typeRef"], variable ?? element, unit)
    }

    /// The type a `typeRef` names; none is any.
    func type(
        _ reference: String?, _ element: XMLElement, _ unit: Int
    ) throws(ModelError) -> FEELType {
        guard let reference, !reference.isEmpty else { return .any }
        let types = scopes[unit].typeByName
        guard
            let type = types[TypeReader.plain(reference)] ?? types[reference]
                ?? types[TypeReader.unprefixed(reference)]
                ?? FEELType.foreign(TypeReader.unprefixed(reference))
        else {
            throw .unknownType(
                file: units[unit].file, line: element.line, element: owner, type: reference,
                near: nearestName(to: reference, among: scopes[unit].typeByName.keys))
        }
        return type
    }
}

/// Reads item definitions, which may refer to each other in any order.
struct TypeReader {
    let definitions: [XMLElement]
    let file: String
    let baseScope: Scope
    private var underWay: [String] = []
    /// Types read before, by name; those met inside a circle are not kept.
    private var known: [String: FEELType] = [:]
    private var hasCircle = false
    private var steps = 0

    init(definitions: [XMLElement], file: String, baseScope: Scope) {
        self.definitions = definitions
        self.file = file
        self.baseScope = baseScope
    }

    /// Without the prefix `feel:` of older versions.
    static func plain(_ reference: String) -> String {
        reference.hasPrefix("feel:") ? String(reference.dropFirst(5)) : reference
    }

    /// Without whatever prefix: version 1.1 names types by qualified names, `kie:tClaim`.
    static func unprefixed(_ reference: String) -> String {
        reference.firstIndex(of: ":").map { String(reference[$0...].dropFirst()) } ?? reference
    }

    mutating func type(of element: XMLElement) throws(ModelError) -> FEELType {
        let name = element.attributes["name"] ?? ""
        let isCircle = underWay.contains(name) && element.name == "itemDefinition"
        steps += 1
        guard !isCircle, underWay.count < Limits.elementLevels, steps < Limits.typeSteps else {
            hasCircle = true
            return .recursive(name)
        }
        underWay.append(name)
        defer { underWay.removeLast() }
        var type: FEELType = .any
        let components = element.children("itemComponent")
        if let function = element.child("functionItem") {
            type = try functionType(function)
        } else if !components.isEmpty {
            var members: [(name: String, type: FEELType)] = []
            for component in components {
                members.append((component.attributes["name"] ?? "", try self.type(of: component)))
            }
            type = .context(members)
        } else if let reference = element.text(of: "typeRef"), !reference.isEmpty {
            type = try named(reference, element)
        }
        if let allowed = element.child("allowedValues") {
            type = try constrained(type, allowed)
        }
        if element.attributes["isCollection"] == "true" { type = .list(type) }
        if let constraint = element.child("typeConstraint") {
            type = try constrained(type, constraint)
        }
        return type
    }

    private mutating func named(
        _ reference: String, _ element: XMLElement
    ) throws(ModelError) -> FEELType {
        let name = Self.plain(reference)
        if let type = try defined(reference) ?? FEELType.builtin(name) { return type }
        let local = Self.unprefixed(reference)
        if local != reference, let type = try defined(local) ?? FEELType.builtin(local) {
            return type
        }
        if let foreign = FEELType.foreign(local) { return foreign }
        // Of an imported model: known by its qualified name only, and not looked into here.
        if reference.contains(".") { return .any }
        throw .unknownType(
            file: file, line: element.line, element: element.attributes["name"] ?? "itemDefinition",
            type: reference,
            near: nearestName(
                to: reference,
                among: definitions.compactMap { $0.attributes["name"] } + FEELType.builtinNames))
    }

    /// The type the file defines by that name.
    private mutating func defined(_ name: String) throws(ModelError) -> FEELType? {
        guard let definition = definitions.first(where: { $0.attributes["name"] == name }) else {
            return nil
        }
        if let type = known[name] { return type }
        let outer = hasCircle
        hasCircle = false
        let type = try type(of: definition)
        if !hasCircle { known[name] = type }
        hasCircle = outer || hasCircle
        return type
    }

    private mutating func functionType(_ function: XMLElement) throws(ModelError) -> FEELType {
        var parameters: [FEELType] = []
        for parameter in function.children("parameters") {
            let reference = parameter.attributes["typeRef"] ?? "Any"
            parameters.append(try named(reference, parameter))
        }
        let output = function.attributes["outputTypeRef"] ?? "Any"
        return .function(parameters, try named(output, function))
    }

    private func constrained(
        _ base: FEELType, _ element: XMLElement
    ) throws(ModelError) -> FEELType {
        guard let text = element.text(of: "text"), !text.isEmpty else { return base }
        do throws(SyntaxError) {
            var scope = baseScope
            scope.open()
            let slot = scope.declare("?")
            var parser = try Parser(text, scope: scope)
            let test = try parser.unaryTests(slot)
            return .constrained(
                base, Constraint(test: test, slots: parser.scope.slotCount, text: text))
        } catch {
            throw .unreadableConstraint(
                file: file, line: element.line, element: underWay.last ?? "", text: text, error)
        }
    }
}
