extension Model {
    /// The decision requirements graph as SVG: what is required below what requires it.
    ///
    /// - Parameter hits: decisions whose rules matched are marked, with the rules' numbers.
    public func graphSVG(hits: [RuleHit] = []) -> String {
        let graph = RequirementGraph(units)
        var rules: [String: [Int]] = [:]
        for hit in hits { rules[hit.decision, default: []].append(hit.rule) }
        return GraphDrawing(title: name, graph: graph, layout: GraphLayout(graph), rules: rules).svg
    }
}

private struct GraphDrawing {
    let title: String
    let graph: RequirementGraph
    let layout: GraphLayout
    /// Rules that matched, by the name of the decision.
    let rules: [String: [Int]]

    var svg: String {
        let (width, height) = (number(layout.width), number(layout.height))
        let edges = graph.nodes.indices.flatMap { user in
            graph.nodes[user].requires.map { edge(from: $0, to: user) }
        }
        let nodes = graph.nodes.indices.map(node)
        return """
            <svg class="dmn-graph" xmlns="http://www.w3.org/2000/svg" role="img" \
            viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)">
            <title>\(DrawnText.escaped(title))</title>
            <defs><marker id="dmn-tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" \
            markerHeight="8" orient="auto"><path class="dmn-tip" d="M0 0 L10 5 L0 10 z"/></marker></defs>
            \(edges.joined(separator: "\n"))
            \(nodes.joined(separator: "\n"))
            </svg>
            """
    }

    /// One decimal place at most.
    private func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(Double(tenths) / 10)"
    }

    private func edge(from required: Int, to user: Int) -> String {
        let (low, high) = (layout.boxes[required], layout.boxes[user])
        let half = GraphLayout.boxWidth / 2
        let start = (x: low.x + half, y: low.y)
        // Arrows arrive side by side, in the order of where they come from.
        let others = graph.nodes[user].requires.sorted { layout.boxes[$0].x < layout.boxes[$1].x }
        let place = Double(others.firstIndex(of: required) ?? 0) + 1
        let end = (
            x: high.x + GraphLayout.boxWidth * (0.15 + 0.7 * place / Double(others.count + 1)),
            y: high.y + high.height
        )
        let bend = max(18, abs(start.y - end.y) / 2)
        let kind = graph.nodes[required].kind == .knowledge ? "dmn-edge dmn-knowledge" : "dmn-edge"
        return "<path class=\"\(kind)\" marker-end=\"url(#dmn-tip)\" d=\"M\(number(start.x)) "
            + "\(number(start.y)) C\(number(start.x)) \(number(start.y - bend)) \(number(end.x)) "
            + "\(number(end.y + bend)) \(number(end.x)) \(number(end.y))\"/>"
    }

    private func node(_ index: Int) -> String {
        let (node, box) = (graph.nodes[index], layout.boxes[index])
        let hits = rules[node.name] ?? []
        let classes = "dmn-\(node.kind.rawValue)\(hits.isEmpty ? "" : " dmn-hit")"
        let first =
            box.y + box.height / 2 - Double(box.lines.count - 1) * GraphLayout.lineHeight / 2 + 5
        let lines = box.lines.enumerated().map { line, text in
            "<tspan x=\"\(number(box.x + GraphLayout.boxWidth / 2))\" "
                + "y=\"\(number(first + Double(line) * GraphLayout.lineHeight))\">"
                + "\(DrawnText.escaped(text))</tspan>"
        }.joined()
        return "<g class=\"\(classes)\"><title>\(DrawnText.escaped(node.name))</title>"
            + shape(node.kind, box) + "<text>\(lines)</text>" + badge(hits, box) + "</g>"
    }

    private func shape(_ kind: RequirementGraph.Kind, _ box: GraphLayout.Box) -> String {
        let (x, y) = (number(box.x), number(box.y))
        let (width, height) = (GraphLayout.boxWidth, box.height)
        switch kind {
        case .knowledge:
            // Two corners cut off.
            let (right, bottom) = (number(box.x + width), number(box.y + height))
            return "<path class=\"dmn-shape\" d=\"M\(number(box.x + 14)) \(y) H\(right) "
                + "V\(number(box.y + height - 14)) L\(number(box.x + width - 14)) \(bottom) H\(x) "
                + "V\(number(box.y + 14)) z\"/>"
        default:
            let radius =
                switch kind {
                case .input: number(height / 2)
                case .service: "12"
                default: "0"
                }
            return "<rect class=\"dmn-shape\" x=\"\(x)\" y=\"\(y)\" width=\"\(number(width))\" "
                + "height=\"\(number(height))\" rx=\"\(radius)\"/>"
        }
    }

    private func badge(_ hits: [Int], _ box: GraphLayout.Box) -> String {
        if hits.isEmpty { return "" }
        let text = "✓ " + hits.map(String.init).joined(separator: ", ")
        let width = DrawnText.width(text) * 12 + 14
        let x = box.x + GraphLayout.boxWidth - width + 8
        return "<rect class=\"dmn-badge\" x=\"\(number(x))\" y=\"\(number(box.y - 10))\" "
            + "width=\"\(number(width))\" height=\"20\" rx=\"10\"/><text class=\"dmn-badge-text\" "
            + "x=\"\(number(x + width / 2))\" y=\"\(number(box.y + 4))\">\(text)</text>"
    }
}
