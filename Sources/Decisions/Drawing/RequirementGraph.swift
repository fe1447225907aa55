/// The decision requirements graph of a model: what needs what.
struct RequirementGraph {
    enum Kind: String { case input, decision, knowledge, service }

    struct Node {
        let name: String
        let kind: Kind
        /// Indices of the nodes it requires.
        var requires: [Int] = []
    }

    /// In the order of the model.
    private(set) var nodes: [Node] = []

    /// Of the model's own elements and those of imported models that they require.
    init(_ units: [Compiler.Unit]) {
        var elements: [(unit: Int, element: XMLElement)] = []
        var indexByReference: [String: Int] = [:]
        for (index, unit) in units.enumerated() {
            for element in unit.root.children where Self.kind(element) != nil {
                if let id = element.attributes["id"] {
                    indexByReference["\(unit.namespace)#\(id)"] = elements.count
                }
                elements.append((index, element))
            }
        }
        func resolve(_ reference: XMLElement, _ unit: Int) -> Int? {
            guard let href = reference.attributes["href"] else { return nil }
            return indexByReference[href.hasPrefix("#") ? units[unit].namespace + href : href]
        }
        let all = elements.map { unit, element in
            Node(
                name: units[unit].prefix + (element.attributes["name"] ?? ""),
                kind: Self.kind(element) ?? .decision,
                requires: Self.references(element).compactMap { resolve($0, unit) })
        }
        let own = elements.indices.filter { elements[$0].unit == 0 }
        var wanted: Set<Int> = []
        var waiting = own
        while let next = waiting.popLast() {
            if wanted.insert(next).inserted { waiting += all[next].requires }
        }
        let kept = wanted.sorted()
        let place = Dictionary(uniqueKeysWithValues: zip(kept, kept.indices))
        nodes = kept.map { index in
            var node = all[index]
            node.requires = node.requires.compactMap { place[$0] }
            return node
        }
    }

    private static func kind(_ element: XMLElement) -> Kind? {
        switch element.name {
        case "inputData": .input
        case "decision": .decision
        case "businessKnowledgeModel": .knowledge
        case "decisionService": .service
        default: nil
        }
    }

    private static func references(_ element: XMLElement) -> [XMLElement] {
        if element.name == "decisionService" { return element.children("outputDecision") }
        return element.children.filter {
            $0.name == "informationRequirement" || $0.name == "knowledgeRequirement"
        }.flatMap(\.children)
    }
}
