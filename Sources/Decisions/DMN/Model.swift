/// A DMN decision model, compiled and ready to be asked any number of times.
public struct Model: Sendable {
    /// How strictly nulls are taken.
    public enum Mode: Sendable {
        /// A missing input, a cell that cannot be decided, an unexpected null: each is an error.
        case strict
        /// Null by the letter of FEEL; the notes are warnings.
        case lenient
    }

    public struct Input: Hashable, Sendable {
        public let name: String
        /// The type as the model names it; nil for any.
        public let typeRef: String?
        public let label: String?
        /// The allowed values as written: `"A", "B"` or `[0..100]`.
        public let allowedValues: String?
    }

    public struct DecisionSummary: Hashable, Sendable {
        public let name: String
        public let id: String
        public let label: String?
        public let typeRef: String?
        public let question: String?
        /// Whether its logic is a decision table.
        public let isTable: Bool
        public let hitPolicy: HitPolicy?
        /// Names of the inputs and decisions it requires.
        public let requires: [String]
        /// Rules of its table, with their ids and annotations, in order.
        public let rules: [RuleSummary]
    }

    public struct RuleSummary: Hashable, Sendable {
        public let id: String
        /// 1-based row.
        public let rule: Int
        /// Cells as written, by column.
        public let conditions: [String]
        public let outputs: [String]
        public let annotations: [String: String]
    }

    public let name: String
    public let namespace: String
    public var inputs: [Input]
    public var decisions: [DecisionSummary]
    /// Business knowledge models and decision services, by name.
    public let invocables: [String]
    /// Expressions that are no FEEL or name what is not known. An edition in force has none.
    public let problems: [Problem]

    let units: [Compiler.Unit]
    let program: Program
    let tables: [DecisionTable]

    /// Reads and compiles a model.
    ///
    /// - Parameters:
    ///   - file: its name, for messages.
    ///   - importing: the models its `<import>` elements may name, found by namespace.
    ///   - natives: functions outside FEEL that it may call; a policy never has any.
    public init(
        xml: [UInt8], file: String, importing: [Model] = [], natives: NativeFunctions = .none
    ) throws(ModelError) {
        let root = try XMLTree.read(xml, file: file)
        let isDMN = root.namespace.contains("omg.org/spec/DMN/")
        guard root.name == "definitions", isDMN else {
            throw .notDMN(file: file, root: root.name, namespace: root.namespace)
        }
        name = root.attributes["name"] ?? file
        namespace = root.attributes["namespace"] ?? ""
        var units = [Compiler.Unit(file: file, root: root, namespace: namespace, prefix: "")]
        for element in root.children("import") {
            let wanted = element.attributes["namespace"] ?? ""
            guard element.attributes["importType"]?.contains("DMN") == true else { continue }
            guard let imported = importing.first(where: { $0.namespace == wanted }) else {
                throw .missingImport(file: file, line: element.line, namespace: wanted)
            }
            let prefix = element.attributes["name"].map { $0.isEmpty ? "" : $0 + "." } ?? ""
            for unit in imported.units {
                var renamed = unit
                renamed.prefix = prefix + unit.prefix
                units.append(renamed)
                guard units.count <= Limits.units else { throw .tooManyImports(file: file) }
            }
        }
        var compiler = Compiler(units: units, natives: natives)
        (program, tables) = try compiler.compile()
        self.units = units
        problems = compiler.problems
        invocables = program.invocables.map(\.name)
        inputs = Self.inputs(compiler)
        decisions = Self.summaries(compiler, tables)
    }
}

extension Model {
    /// Decides. Never throws and always ends; what went wrong is among the notes.
    ///
    /// - Parameters:
    ///   - decision: the name of a decision, a decision service, or a business knowledge model.
    ///   - inputs: by name; also decisions whose value is given instead of decided.
    ///   - now: what `now()` and `today()` answer; without it they are null with a note.
    public func evaluate(
        _ decision: String, given inputs: [String: Value], mode: Mode = .strict,
        now: DateAndTime? = nil
    ) -> Evaluation {
        var machine = Machine(program: program, mode: mode)
        machine.now = now
        let value = evaluate(decision, given: inputs, with: &machine)
        return Evaluation(value: value, machine: machine)
    }

    /// The same, with the inputs in an order of the caller's, in which what is wrong with them is noted;
    /// of two with one name the last counts.
    public func evaluate(
        _ decision: String, given inputs: [(name: String, value: Value)], mode: Mode = .strict
    ) -> Evaluation {
        var machine = Machine(program: program, mode: mode)
        let value: Value
        if program.decisionByName[decision] == nil {
            let byName = Dictionary(inputs.map { ($0.name, $0.value) }) { _, last in last }
            value = evaluate(decision, given: byName, with: &machine)
        } else {
            value = decide(decision, given: inputs, with: &machine)
        }
        return Evaluation(value: value, machine: machine)
    }

    func evaluate(
        _ decision: String, given inputs: [String: Value], with machine: inout Machine
    ) -> Value {
        if let index = program.invocableByName[decision], program.decisionByName[decision] == nil {
            let invocable = program.invocables[index]
            machine.place.element = decision
            let arguments = invocable.parameters.map { parameter -> Value in
                inputs[parameter.name]
                    ?? machine.fail("the argument \"\(parameter.name)\" is missing")
            }
            return machine.invoke(invocable, arguments)
        }
        let ordered = inputs.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        return decide(decision, given: ordered, with: &machine)
    }

    private func decide(
        _ decision: String, given inputs: [(name: String, value: Value)],
        with machine: inout Machine
    ) -> Value {
        for (name, value) in inputs {
            if let index = program.inputByName[name] {
                machine.supply(value, asInput: index)
            } else if let index = program.decisionByName[name] {
                machine.supply(value, asDecision: index)
            }
        }
        guard let index = program.decisionByName[decision] else {
            machine.place.element = decision
            machine.note("there is no decision \"\(decision)\" in \(name)", .error)
            return .null
        }
        return machine.value(of: .decision(index))
    }

    private static func inputs(_ compiler: Compiler) -> [Input] {
        compiler.elements.compactMap { unit, element, requirement in
            guard case .input = requirement else { return nil }
            let reference = element.child("variable")?.attributes["typeRef"]
            let definition = reference.flatMap { reference in
                let definitions = compiler.units[unit].root.children("itemDefinition")
                return definitions.first { $0.attributes["name"] == reference }
                    ?? definitions.first {
                        $0.attributes["name"] == TypeReader.unprefixed(reference)
                    }
            }
            let allowed = definition?.child("allowedValues") ?? definition?.child("typeConstraint")
            return Input(
                name: compiler.name(of: element, in: unit), typeRef: reference,
                label: element.attributes["label"], allowedValues: allowed?.text(of: "text"))
        }
    }

    private static func summaries(
        _ compiler: Compiler, _ tables: [DecisionTable]
    ) -> [DecisionSummary] {
        compiler.elements.compactMap { unit, element, requirement in
            guard case .decision = requirement else { return nil }
            let name = compiler.name(of: element, in: unit)
            let isTable = element.child("decisionTable") != nil
            let table = isTable ? tables.first { $0.owner == name } : nil
            let requires = element.children("informationRequirement").flatMap(\.children)
                .compactMap { $0.attributes["href"] }
                .compactMap { href in
                    // All were resolved when compiling.
                    (try? compiler.resolve(href, from: element, in: unit)).flatMap { found in
                        compiler.elements.first { $0.requirement == found }
                    }
                }
                .map { compiler.name(of: $0.element, in: $0.unit) }
            return DecisionSummary(
                name: name, id: element.attributes["id"] ?? name,
                label: element.attributes["label"],
                typeRef: element.child("variable")?.attributes["typeRef"],
                question: element.text(of: "question"), isTable: isTable,
                hitPolicy: table?.hitPolicy, requires: requires,
                rules: table.map(ruleSummaries) ?? [])
        }
    }

    private static func ruleSummaries(_ table: DecisionTable) -> [RuleSummary] {
        table.rules.enumerated().map { row, rule in
            RuleSummary(
                id: rule.id, rule: row + 1, conditions: rule.texts, outputs: rule.outputTexts,
                annotations: rule.annotations)
        }
    }
}
