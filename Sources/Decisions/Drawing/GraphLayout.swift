/// Places the nodes of a requirements graph in layers: what is required below what requires it.
struct GraphLayout {
    struct Box {
        var x = 0.0
        var y = 0.0
        var height = 0.0
        var lines: [String] = []
    }

    static let boxWidth = 168.0
    static let lineHeight = 18.0
    /// Nodes beside each other; a fuller layer becomes several.
    private static let rowLimit = 7
    private static let gap = (x: 26.0, y: 54.0)
    private static let margin = 16.0
    /// Sweeps that bring nodes near what they are joined to.
    private static let sweeps = 8

    private(set) var boxes: [Box] = []
    private(set) var width = 0.0
    private(set) var height = 0.0

    init(_ graph: RequirementGraph) {
        let nodes = graph.nodes
        boxes = nodes.map { node in
            let lines = DrawnText.lines(node.name, limit: 10, lineLimit: 4)
            return Box(height: Double(max(1, lines.count)) * Self.lineHeight + 22, lines: lines)
        }
        let users = Self.users(nodes)
        var rows = Self.rows(nodes, users)
        for sweep in 0..<Self.sweeps { Self.sort(&rows, nodes, users, upwards: sweep % 2 == 0) }
        place(rows)
    }

    private static func users(_ nodes: [RequirementGraph.Node]) -> [[Int]] {
        var users = [[Int]](repeating: [], count: nodes.count)
        for (index, node) in nodes.enumerated() {
            for required in node.requires { users[required].append(index) }
        }
        return users
    }

    /// Nodes by layer, the lowest first.
    private static func rows(_ nodes: [RequirementGraph.Node], _ users: [[Int]]) -> [[Int]] {
        var layers = [Int](repeating: 0, count: nodes.count)
        // As often as there are nodes suffices: circles are refused when a model is read, but
        // knowledge models may call each other.
        for _ in nodes.indices.prefix(200) {
            var isStable = true
            for (index, node) in nodes.enumerated() {
                let layer = node.requires.filter { $0 != index }.map { layers[$0] + 1 }.max() ?? 0
                if layer > layers[index], layer < nodes.count {
                    layers[index] = layer
                    isStable = false
                }
            }
            if isStable { break }
        }
        // What requires nothing stands right below its first user.
        for index in nodes.indices where nodes[index].requires.isEmpty {
            if let least = users[index].map({ layers[$0] }).min() {
                layers[index] = max(0, least - 1)
            }
        }
        var rows: [[Int]] = []
        for layer in 0...(layers.max() ?? 0) {
            let members = nodes.indices.filter { layers[$0] == layer }
            // The fewest rows, of about equal length.
            let count = max(1, (members.count + rowLimit - 1) / rowLimit)
            let size = max(1, (members.count + count - 1) / count)
            for start in stride(from: 0, to: members.count, by: size) {
                rows.append(Array(members[start..<min(start + size, members.count)]))
            }
        }
        return rows
    }

    /// Orders each row by the middle of its neighbours above, or below.
    private static func sort(
        _ rows: inout [[Int]], _ nodes: [RequirementGraph.Node], _ users: [[Int]], upwards: Bool
    ) {
        var places: [Int: Double] = [:]
        for row in rows {
            for (position, index) in row.enumerated() {
                places[index] = Double(position) - Double(row.count - 1) / 2
            }
        }
        for row in rows.indices {
            let middles = rows[row].map { index -> Double in
                let neighbours = (upwards ? users[index] : nodes[index].requires)
                    .compactMap { places[$0] }
                let own = places[index] ?? 0
                return neighbours.isEmpty
                    ? own : neighbours.reduce(0, +) / Double(neighbours.count)
            }
            let order = rows[row].indices.sorted { (middles[$0], $0) < (middles[$1], $1) }
            rows[row] = order.map { rows[row][$0] }
            for (position, index) in rows[row].enumerated() {
                places[index] = Double(position) - Double(rows[row].count - 1) / 2
            }
        }
    }

    private mutating func place(_ rows: [[Int]]) {
        let widest = Double(rows.map(\.count).max() ?? 0)
        width = 2 * Self.margin + widest * Self.boxWidth + max(0, widest - 1) * Self.gap.x
        var y = Self.margin
        for row in rows.reversed() where !row.isEmpty {
            let tallest = row.map { boxes[$0].height }.max() ?? 0
            let length = Double(row.count) * (Self.boxWidth + Self.gap.x) - Self.gap.x
            var x = (width - length) / 2
            for index in row {
                boxes[index].x = x
                boxes[index].y = y + (tallest - boxes[index].height) / 2
                x += Self.boxWidth + Self.gap.x
            }
            y += tallest + Self.gap.y
        }
        height = rows.isEmpty ? 2 * Self.margin : y - Self.gap.y + Self.margin
    }
}
