/// Pairs of rules that match together against the hit policy, and rules that another one covers.
///
/// Rules are boxes, so what two of them share is a box too. Rules with a cell that could not be read
/// are left out.
struct Overlaps {
    /// 0-based rows, the smaller first, with what they share.
    private(set) var conflicts: [(first: Int, second: Int, shared: Box)] = []
    /// 0-based: a rule, and the one that covers all of it and goes before it.
    private(set) var covered: [(row: Int, by: Int)] = []

    init(_ space: Space) {
        let table = space.table
        let rows = space.certain.members
        let boxes = rows.map(space.box)
        let outputs = rows.map { table.rules[$0].outputTexts }
        let ranks = table.hitPolicy == .priority ? rows.map(table.rank) : []
        for second in rows.indices where !boxes[second].isEmpty {
            var isCovered = false
            for first in 0..<second where boxes[first].intersects(boxes[second]) {
                let pair = (rows[first], rows[second])
                switch table.hitPolicy {
                case .unique:
                    conflicts.append((pair.0, pair.1, boxes[first].intersection(boxes[second])))
                    if boxes[second].isSubset(of: boxes[first]) {
                        covered.append((pair.1, pair.0))
                    } else if boxes[first].isSubset(of: boxes[second]) {
                        covered.append((pair.0, pair.1))
                    }
                case .any:
                    if outputs[first] != outputs[second] {
                        conflicts.append((pair.0, pair.1, boxes[first].intersection(boxes[second])))
                    } else if boxes[second].isSubset(of: boxes[first]) {
                        covered.append((pair.1, pair.0))
                    } else if boxes[first].isSubset(of: boxes[second]) {
                        covered.append((pair.0, pair.1))
                    }
                case .first:
                    if !isCovered, boxes[second].isSubset(of: boxes[first]) {
                        covered.append((pair.1, pair.0))
                        isCovered = true
                    }
                case .priority:
                    guard let high = ranks[first], let low = ranks[second] else { continue }
                    if !low.lexicographicallyPrecedes(high) {
                        if boxes[second].isSubset(of: boxes[first]) {
                            covered.append((pair.1, pair.0))
                        }
                    } else if boxes[first].isSubset(of: boxes[second]) {
                        covered.append((pair.0, pair.1))
                    }
                case .ruleOrder, .outputOrder, .collect, .sum, .minimum, .maximum, .count: break
                }
            }
        }
    }
}
