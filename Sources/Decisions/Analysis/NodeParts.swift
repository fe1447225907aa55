extension Node {
    /// The expressions directly inside, those of a table included.
    var parts: [Node] {
        switch self {
        case .literal, .slot, .unknown: []
        case .itemMember(_, _, let fallback): fallback.map { [$0] } ?? []
        case .path(let a, _), .negate(let a), .notTest(let a), .instanceOf(let a, _),
            .coerced(let a, _, _), .unaryTest(let a, _), .located(let a, _):
            [a]
        case .filter(let a, _, let b), .arithmetic(_, let a, let b), .comparison(_, let a, let b),
            .conjunction(let a, let b), .disjunction(let a, let b), .within(let a, _, let b),
            .interval(_, let a, let b, _, _):
            [a, b]
        case .between(let a, let b, let c), .conditional(let a, let b, let c, _): [a, b, c]
        case .anyTest(let nodes), .list(let nodes), .builtinCall(_, let nodes, _): nodes
        case .call(let function, let nodes, _): [function] + nodes
        case .loop(let loop): Self.parts(of: loop.iterators) + [loop.result]
        case .quantified(let quantified):
            Self.parts(of: quantified.iterators) + [quantified.condition]
        case .contextLiteral(let entries, let result):
            entries.map(\.value) + (result.map { [$0] } ?? [])
        case .function(let closure): closure.body.map { [$0] } ?? []
        case .relation(_, let rows): rows.flatMap { $0 }
        case .table(let table): table.parts
        }
    }

    private static func parts(of iterators: [LoopVariable]) -> [Node] {
        iterators.flatMap { [$0.source] + ($0.end.map { [$0] } ?? []) }
    }

    /// Visits the node and everything inside it.
    func walk(_ visit: (Node) -> Void) {
        visit(self)
        for part in parts { part.walk(visit) }
    }

    /// The slots it reads, without those that only a table's cells read.
    var slotsRead: Set<Int> {
        var slots: Set<Int> = []
        walk { node in
            switch node {
            case .slot(let slot): slots.insert(slot)
            case .itemMember(let slot, _, _): slots.insert(slot)
            default: break
            }
        }
        return slots
    }
}

extension DecisionTable {
    fileprivate var parts: [Node] {
        var parts = inputs.map(\.value) + outputs.compactMap(\.byDefault)
        for rule in rules {
            parts += rule.outputs
            for test in rule.tests {
                if case .expression(let node) = test { parts.append(node) }
            }
        }
        return parts
    }
}
