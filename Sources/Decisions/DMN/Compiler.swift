/// Turns the XML of a model, with what it imports, into a program.
///
/// Structure that is wrong (references, types, hit policies) is an error. An expression that is no
/// FEEL becomes null when it is evaluated, and a `Problem` here: the rest of the model still serves.
struct Compiler {
    /// One file among those compiled together.
    struct Unit: Sendable {
        let file: String
        let root: XMLElement
        let namespace: String
        /// Before the names of its elements, as the importing model sees them; the model itself: "".
        var prefix: String
    }

    let units: [Unit]
    var problems: [Problem] = []
    /// Requirements by "namespace#id".
    private(set) var requirements: [String: Requirement] = [:]
    private(set) var elements: [(unit: Int, element: XMLElement, requirement: Requirement)] = []
    /// The scope with all types and member names, by unit.
    var scopes: [Scope] = []
    /// Where problems are reported now.
    var owner = ""
    var file = ""
    /// Column of a table, while its cells are read.
    var column: String?
    /// What the slots of the logic being read hold, where that is declared.
    var typesBySlot: [Int: FEELType] = [:]
    /// Parameters of the business knowledge models and services in the slots.
    var parametersBySlot: [Int: (name: String, parameters: [String])] = [:]

    /// What external functions may call.
    let natives: NativeFunctions

    init(units: [Unit], natives: NativeFunctions) {
        self.units = units
        self.natives = natives
    }

    mutating func compile() throws(ModelError) -> (program: Program, tables: [DecisionTable]) {
        try register()
        for unit in units.indices { scopes.append(try typedScope(unit)) }
        var inputs: [Program.Input] = []
        var decisions: [Program.Decision] = []
        var invocables: [Invocable] = []
        for (unit, element, requirement) in elements {
            file = units[unit].file
            owner = name(of: element, in: unit)
            (typesBySlot, parametersBySlot, column) = ([:], [:], nil)
            check(element, unit)
            switch requirement {
            case .input:
                inputs.append(Program.Input(name: owner, type: try variableType(element, unit)))
            case .decision: decisions.append(try decision(element, unit))
            case .invocable:
                invocables.append(
                    element.name == "decisionService"
                        ? try service(element, unit) : try knowledgeModel(element, unit))
            }
        }
        for unit in units.indices { checkUnit(unit) }
        let program = Program(inputs: inputs, decisions: decisions, invocables: invocables)
        try refuseCircles(program)
        return (program, tables)
    }

    /// Every table met, in order.
    var tables: [DecisionTable] = []

    func name(of element: XMLElement, in unit: Int) -> String {
        units[unit].prefix + (element.attributes["name"] ?? "")
    }

    // MARK: Elements

    private mutating func register() throws(ModelError) {
        var counts = (inputs: 0, decisions: 0, invocables: 0)
        for (index, unit) in units.enumerated() {
            for element in unit.root.children {
                let requirement: Requirement
                switch element.name {
                case "inputData":
                    requirement = .input(counts.inputs)
                    counts.inputs += 1
                case "decision":
                    requirement = .decision(counts.decisions)
                    counts.decisions += 1
                case "businessKnowledgeModel", "decisionService":
                    requirement = .invocable(counts.invocables)
                    counts.invocables += 1
                default: continue
                }
                guard element.attributes["name"] != nil else {
                    throw .missingAttribute(
                        file: unit.file, line: element.line, element: element.name,
                        attribute: "name")
                }
                if let id = element.attributes["id"] {
                    requirements["\(unit.namespace)#\(id)"] = requirement
                }
                elements.append((index, element, requirement))
            }
        }
        elements.sort { Self.order($0.requirement) < Self.order($1.requirement) }
    }

    private static func order(_ requirement: Requirement) -> (Int, Int) {
        switch requirement {
        case .input(let index): (0, index)
        case .decision(let index): (1, index)
        case .invocable(let index): (2, index)
        }
    }

    func resolve(_ href: String, from element: XMLElement, in unit: Int) throws(ModelError)
        -> Requirement
    {
        let parts = href.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let namespace =
            parts.count == 2 && !parts[0].isEmpty ? String(parts[0]) : units[unit].namespace
        guard let requirement = requirements["\(namespace)#\(parts.last ?? "")"] else {
            throw .unknownReference(
                file: units[unit].file, line: element.line, element: owner, reference: href,
                near: nearestName(
                    to: href,
                    among: elements.compactMap { $0.element.attributes["id"] }.map { "#\($0)" }))
        }
        return requirement
    }

    /// Name of the element behind a requirement, as `unit` sees it.
    private func visibleName(_ requirement: Requirement, from unit: Int) -> String {
        let entry = elements.first { $0.requirement == requirement }
        guard let entry else { return "" }
        let full = name(of: entry.element, in: entry.unit)
        let own = units[unit].prefix
        return full.hasPrefix(own) ? String(full.dropFirst(own.count)) : full
    }

    /// Binds what the element requires to slots.
    private mutating func bind(
        _ element: XMLElement, _ unit: Int, _ scope: inout Scope
    ) throws(ModelError) -> [(slot: Int, requirement: Requirement)] {
        var bindings: [(slot: Int, requirement: Requirement)] = []
        for child in element.children
        where child.name == "informationRequirement" || child.name == "knowledgeRequirement" {
            for reference in child.children {
                guard let href = reference.attributes["href"] else { continue }
                let requirement = try resolve(href, from: reference, in: unit)
                let slot = scope.declare(visibleName(requirement, from: unit))
                bindings.append((slot, requirement))
                try describe(requirement, in: slot)
            }
        }
        return bindings
    }

    /// Keeps what is known of the value that a slot will hold, for the checks.
    private mutating func describe(
        _ requirement: Requirement, in slot: Int
    ) throws(ModelError) {
        guard let entry = elements.first(where: { $0.requirement == requirement }) else { return }
        let element = entry.element
        let parameters: [String]
        switch element.name {
        case "businessKnowledgeModel":
            let formals = element.child("encapsulatedLogic")?.children("formalParameter") ?? []
            parameters = formals.map { $0.attributes["name"] ?? "" }
        case "decisionService":
            parameters = (element.children("inputData") + element.children("inputDecision"))
                .compactMap { $0.attributes["href"] }
                .compactMap { try? resolve($0, from: element, in: entry.unit) }  // reported there
                .map { visibleName($0, from: entry.unit) }
        default:
            typesBySlot[slot] = try variableType(element, entry.unit)
            return
        }
        parametersBySlot[slot] = (element.attributes["name"] ?? "", parameters)
    }

    private mutating func decision(
        _ element: XMLElement, _ unit: Int
    ) throws(ModelError) -> Program.Decision {
        let type = try variableType(element, unit)
        var scope = scopes[unit]
        scope.open()
        let bindings = try bind(element, unit, &scope)
        var procedure: Procedure?
        if let logic = element.children.first(where: { Self.logicNames.contains($0.name) }) {
            let body = try expression(logic, unit, &scope, type)
            procedure = Procedure(slots: scope.slotCount, bindings: bindings, body: body)
        }
        return Program.Decision(name: owner, logic: procedure, type: type)
    }

    private mutating func knowledgeModel(
        _ element: XMLElement, _ unit: Int
    ) throws(ModelError) -> Invocable {
        var scope = scopes[unit]
        scope.open()
        let bindings = try bind(element, unit, &scope)
        var parameters: [Invocable.Parameter] = []
        var body = Invocable.Body.none
        var type = try variableType(element, unit)
        if case .function(_, let result) = type.base { type = result }
        if let logic = element.child("encapsulatedLogic") {
            for formal in logic.children("formalParameter") {
                let name = formal.attributes["name"] ?? ""
                let type = try self.type(formal.attributes["typeRef"], formal, unit)
                let slot = scope.declare(name)
                typesBySlot[slot] = type
                parameters.append(
                    Invocable.Parameter(name: name, type: type, target: .slot(slot)))
            }
            if let node = try encapsulated(logic, parameters, unit, &scope, type) {
                body = .logic(Procedure(slots: scope.slotCount, bindings: bindings, body: node))
            }
        }
        return Invocable(name: owner, parameters: parameters, body: body, type: type)
    }

    private mutating func service(
        _ element: XMLElement, _ unit: Int
    ) throws(ModelError) -> Invocable {
        var parameters: [Invocable.Parameter] = []
        var outputs: [Int] = []
        for kind in ["inputData", "inputDecision", "outputDecision"] {
            for reference in element.children(kind) {
                let requirement = try resolve(
                    reference.attributes["href"] ?? "", from: reference, in: unit)
                if kind == "outputDecision" {
                    if case .decision(let index) = requirement { outputs.append(index) }
                    continue
                }
                let target = elements.first { $0.requirement == requirement }
                let type = try target.map { entry throws(ModelError) in
                    try variableType(entry.element, entry.unit)
                }
                parameters.append(
                    Invocable.Parameter(
                        name: visibleName(requirement, from: unit), type: type ?? .any,
                        target: .known(requirement)))
            }
        }
        var type = try variableType(element, unit)
        if case .function(_, let result) = type.base { type = result }
        return Invocable(name: owner, parameters: parameters, body: .service(outputs), type: type)
    }

    private func refuseCircles(_ program: Program) throws(ModelError) {
        var state: [Int: Bool] = [:]
        var path: [Int] = []
        for start in program.decisions.indices {
            if let circle = Self.circle(from: start, program, &state, &path) {
                guard circle.count <= Limits.requirementLevels else {
                    throw .tooManyRequirements(file: units[0].file)
                }
                throw .circle(
                    file: units[0].file, decisions: circle.map { program.decisions[$0].name })
            }
        }
    }

    /// - Parameter state: false while a decision is being visited, true once it is known to be sound.
    private static func circle(
        from start: Int, _ program: Program, _ state: inout [Int: Bool], _ path: inout [Int]
    ) -> [Int]? {
        if state[start] == true { return nil }
        if state[start] == false {
            return Array(path[(path.firstIndex(of: start) ?? 0)...]) + [start]
        }
        state[start] = false
        path.append(start)
        if path.count > Limits.requirementLevels { return path }
        for binding in program.decisions[start].logic?.bindings ?? [] {
            if case .decision(let next) = binding.requirement,
                let found = circle(from: next, program, &state, &path)
            {
                return found
            }
        }
        path.removeLast()
        state[start] = true
        return nil
    }
}
