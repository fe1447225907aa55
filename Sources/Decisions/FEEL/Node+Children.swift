extension Node {
    /// The nodes directly inside; a table's are its own.
    var children: [Node] {
        switch self {
        case .literal, .slot, .unknown, .table: []
        case .itemMember(_, _, let fallback): fallback.map { [$0] } ?? []
        case .path(let a, _), .negate(let a), .notTest(let a), .instanceOf(let a, _),
            .coerced(let a, _, _), .located(let a, _), .unaryTest(let a, _):
            [a]
        case .filter(let a, _, let b), .arithmetic(_, let a, let b), .comparison(_, let a, let b),
            .conjunction(let a, let b), .disjunction(let a, let b), .within(let a, _, let b),
            .interval(_, let a, let b, _, _):
            [a, b]
        case .between(let a, let b, let c), .conditional(let a, let b, let c, _): [a, b, c]
        case .anyTest(let nodes), .list(let nodes), .builtinCall(_, let nodes, _): nodes
        case .call(let function, let nodes, _): [function] + nodes
        case .loop(let loop): loop.iterators.flatMap(\.nodes) + [loop.result]
        case .quantified(let quantified):
            quantified.iterators.flatMap(\.nodes) + [quantified.condition]
        case .contextLiteral(let entries, let result):
            entries.map(\.value) + (result.map { [$0] } ?? [])
        case .function(let closure): closure.body.map { [$0] } ?? []
        case .relation(_, let rows): rows.flatMap { $0 }
        }
    }

    /// Without the text it was written as.
    var unlocated: Node {
        if case .located(let node, _) = self { node.unlocated } else { self }
    }
}

extension LoopVariable {
    fileprivate var nodes: [Node] { end.map { [source, $0] } ?? [source] }
}
