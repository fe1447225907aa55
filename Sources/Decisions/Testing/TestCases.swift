/// Test cases in the format of the DMN Technology Compatibility Kit.
public struct TestCases: Sendable {
    /// One expected result of one case.
    public struct Case: Sendable {
        public let id: String
        public let description: String?
        /// The decision whose value is expected.
        public let decision: String
        /// The service or business knowledge model to call instead, where one is named.
        public let invocable: String?
        public let inputs: [String: Value]
        /// Null also where the case expects an error.
        public let expected: Value
    }

    public let file: String
    /// File name of the model the cases are for, as written.
    public let modelName: String?
    public let labels: [String]
    /// A case with several results occurs once for each.
    public let cases: [Case]

    public init(xml: [UInt8], file: String) throws(ModelError) {
        let root = try XMLTree.read(xml, file: file)
        guard root.name == "testCases" else {
            throw .notDMN(file: file, root: root.name, namespace: root.namespace)
        }
        self.file = file
        modelName = root.text(of: "modelName")
        labels = root.child("labels")?.children("label").map(\.trimmedText) ?? []
        var cases: [Case] = []
        for element in root.children("testCase") { cases += try Self.cases(element, file) }
        self.cases = cases
    }

    private static func cases(_ element: XMLElement, _ file: String) throws(ModelError) -> [Case] {
        var inputs: [String: Value] = [:]
        for node in element.children("inputNode") {
            guard let name = node.attributes["name"] else {
                throw .missingAttribute(
                    file: file, line: node.line, element: "inputNode", attribute: "name")
            }
            inputs[name] = try value(node, file)
        }
        var cases: [Case] = []
        for result in element.children("resultNode") {
            let expected = try result.child("expected").map { expected throws(ModelError) in
                try value(expected, file)
            }
            cases.append(
                Case(
                    id: element.attributes["id"] ?? "\(element.line)",
                    description: element.text(of: "description"),
                    decision: result.attributes["name"] ?? "",
                    invocable: element.attributes["invocableName"], inputs: inputs,
                    expected: expected ?? .null))
        }
        return cases
    }

    /// Reads a `value`, a `list` or `component`s.
    private static func value(_ element: XMLElement, _ file: String) throws(ModelError) -> Value {
        if element.attributes["nil"] == "true" { return .null }
        if let list = element.child("list") {
            if list.attributes["nil"] == "true" { return .null }
            var items: [Value] = []
            for item in list.children("item") { items.append(try value(item, file)) }
            return .list(items)
        }
        let components = element.children("component")
        if !components.isEmpty {
            var context = Context()
            for component in components {
                context[component.attributes["name"] ?? ""] = try value(component, file)
            }
            return .context(context)
        }
        guard let value = element.child("value") else { return .null }
        return try simple(value, file)
    }

    private static func simple(_ element: XMLElement, _ file: String) throws(ModelError) -> Value {
        if element.attributes["nil"] == "true" { return .null }
        let text = element.trimmedText
        let type = element.attributes["type"]?.split(separator: ":").last.map(String.init)
        let value: Value? =
            switch type {
            case "string": .string(element.text)
            case "boolean":
                [
                    "true": .boolean(true), "1": .boolean(true), "false": .boolean(false),
                    "0": .boolean(false),
                ][text]
            case "decimal", "double", "integer", "int", "long", "float":
                Decimal128(text).map(Value.number)
            case "date": CalendarDate(text).map(Value.date)
            case "time": TimeOfDay(text).map(Value.time)
            case "dateTime": DateAndTime(text).map(Value.dateTime)
            case "duration", "dayTimeDuration", "yearMonthDuration": Value(duration: text)
            default: guess(text)
            }
        guard let value else {
            throw .badValue(file: file, line: element.line, text: text, type: type ?? "value")
        }
        return value
    }

    private static func guess(_ text: String) -> Value {
        if text == "true" || text == "false" { return .boolean(text == "true") }
        return Decimal128(text).map(Value.number) ?? Value(temporal: text) ?? .string(text)
    }
}

/// How one case came out.
public struct TestResult: Hashable, Sendable {
    public let id: String
    public let decision: String
    public let passed: Bool
    /// Whether null was expected: an engine that answers null to everything passes these.
    public let isNull: Bool
    public let expected: String
    public let actual: String
    /// What the evaluation noted, for a case that failed.
    public let notes: [String]

    public init(
        id: String, decision: String, passed: Bool, isNull: Bool, expected: String, actual: String,
        notes: [String]
    ) {
        self.id = id
        self.decision = decision
        self.passed = passed
        self.isNull = isNull
        self.expected = expected
        self.actual = actual
        self.notes = notes
    }
}

extension TestCases {
    /// Evaluates every case and compares: numbers within 10⁻⁸, lists and contexts by their items.
    public func run(on model: Model, mode: Model.Mode = .strict) -> [TestResult] {
        cases.map { testCase in
            let evaluation = model.evaluate(
                testCase.invocable ?? testCase.decision, given: testCase.inputs, mode: mode,
                now: Self.now)
            var actual = evaluation.value
            if testCase.invocable != nil, case .context(let context) = actual,
                let output = context[testCase.decision]
            {
                actual = output
            }
            let passed = Self.matches(actual, testCase.expected)
            return TestResult(
                id: testCase.id, decision: testCase.decision, passed: passed,
                isNull: testCase.expected.isNull, expected: testCase.expected.description,
                actual: actual.description,
                notes: passed ? [] : evaluation.notes.map(\.description))
        }
    }

    /// The kit asks only that there is a clock.
    private static let now = DateAndTime("2026-01-01T12:00:00Z")

    private static let tolerance = Decimal128(integer: 1, scale: 8)

    static func matches(_ actual: Value, _ expected: Value) -> Bool {
        switch (actual, expected) {
        case (.number(let a), .number(let b)):
            guard let distance = a.subtracting(b) else { return false }
            return distance.magnitude < tolerance
        case (.list(let a), .list(let b)):
            return a.count == b.count && zip(a, b).allSatisfy(matches)
        case (.context(let a), .context(let b)):
            return a.count == b.count
                && b.entries.allSatisfy { entry in
                    a[entry.name].map { matches($0, entry.value) } ?? false
                }
        default: return actual == expected
        }
    }
}
