/// The facts that no rule covers, as few and large boxes.
///
/// Each box reaches as far as it can: an ordered column is one stretch of values, others any set of
/// them. No box of the list could be left out. (The smallest possible list is not looked for: that
/// takes more time than it saves.)
struct Gaps {
    private let space: Space
    private let sweep: Sweep
    private let masks: [[BitSet]]
    private(set) var boxes: [Box] = []
    private(set) var isUnfinished = false
    /// All boxes in the order in which they were found, those that others swallowed among them.
    private var found: [Box] = []
    private var seen: Set<Seen> = []
    private var steps = 0
    private let boxLimit: Int

    /// Steps of the walk through the gaps of one table.
    static let stepLimit = 200_000

    init(_ space: Space, _ sweep: Sweep, boxLimit: Int) {
        (self.space, self.sweep, self.boxLimit) = (space, sweep, boxLimit)
        masks = space.columns.map { $0.rows(count: max(1, space.table.rules.count)) }
        guard sweep.hasGap.first?.first == true else { return }
        var sides = space.columns.map { BitSet.all($0.pieces.count) }
        visit(0, 0, &sides, around: [])
        dropCovered()
        boxes = boxes.sorted { Self.order($0, $1) }
    }

    /// What was looked through below a state: nothing lies there outside the boxes that held it.
    private struct Seen: Hashable {
        let column: Int
        let state: Int
        /// Boxes, by index in `found`, that reach around all columns so far.
        let around: [Int]
    }

    private mutating func visit(
        _ column: Int, _ state: Int, _ sides: inout [BitSet], around: [Int]
    ) {
        if isUnfinished { return }
        steps += 1
        guard steps < Self.stepLimit, boxes.count < boxLimit else {
            isUnfinished = true
            return
        }
        guard column < sweep.order.count else { return }
        let key = Seen(column: column, state: state, around: around)
        if seen.contains(key) { return }
        let before = found.count
        let place = sweep.order[column]
        let outer = sides[place]
        var stretches: [(set: [UInt64], range: Range<Int>)] = []
        sweep.steps(column, state) { stretches.append(($0, $1)) }
        for (set, range) in stretches {
            let isGap = set.allSatisfy { $0 == 0 }
            var child: Int?
            if !isGap {
                guard column + 1 < sweep.order.count,
                    let next = sweep.levels[column + 1].index(of: set),
                    sweep.hasGap[column + 1][next]
                else { continue }
                child = next
            }
            var side = BitSet(capacity: space.columns[place].pieces.count)
            side.insert(range)
            // Boxes found on the way count, too.
            let candidates = around + Array(before..<found.count)
            let now = candidates.filter { index in
                found[index].holds(sides, sweep.order[..<column])
                    && side.isSubset(of: found[index].sides[place])
            }
            if now.contains(where: { isFree(found[$0], after: column) }) { continue }
            sides[place] = side
            if let child {
                visit(column + 1, child, &sides, around: now)
            } else {
                add(Box(sides: sides))
            }
        }
        sides[place] = outer
        if found.count == before { seen.insert(key) }
    }

    /// Whether the box admits everything in the columns that are swept later.
    private func isFree(_ box: Box, after column: Int) -> Bool {
        sweep.order[(column + 1)...].allSatisfy {
            box.sides[$0].count == space.columns[$0].pieces.count
        }
    }

    private mutating func add(_ box: Box) {
        // Stretches may cross from one kind of value to another: one box for each.
        for box in split(box, column: 0) where !boxes.contains(where: { box.isSubset(of: $0) }) {
            let wide = widened(box)
            found.append(wide)
            boxes.removeAll { $0.isSubset(of: wide) }
            boxes.append(wide)
        }
    }

    private func split(_ box: Box, column: Int) -> [Box] {
        guard column < box.sides.count else { return [box] }
        let pieces = space.columns[column].pieces
        guard box.sides[column].count < pieces.count else { return split(box, column: column + 1) }
        var parts: [BitSet] = []
        for run in box.sides[column].runs {
            for piece in run {
                if piece > run.lowerBound, pieces[piece].group == pieces[piece - 1].group {
                    parts[parts.count - 1].insert(piece)
                } else {
                    parts.append(BitSet(capacity: pieces.count))
                    parts[parts.count - 1].insert(piece)
                }
            }
        }
        return parts.flatMap { part in
            var narrow = box
            narrow.sides[column] = part
            return split(narrow, column: column + 1)
        }
    }

    /// The box stretched in each column as far as no rule is met. Nothing more can be added after.
    private func widened(_ box: Box) -> Box {
        var box = box
        for column in box.sides.indices {
            let others = alive(box, except: column)
            let isFree = masks[column].map { !$0.intersects(others) }
            if isFree.allSatisfy({ $0 }) {
                box.sides[column] = .all(isFree.count)
                continue
            }
            let pieces = space.columns[column].pieces
            for piece in pieces.indices where isFree[piece] && pieces[piece].group == nil {
                box.sides[column].insert(piece)
            }
            for run in box.sides[column].runs {
                var (low, high) = (run.lowerBound, run.upperBound)
                guard let group = pieces[low].group else { continue }
                while low > 0, isFree[low - 1], pieces[low - 1].group == group { low -= 1 }
                while high < pieces.count, isFree[high], pieces[high].group == group { high += 1 }
                box.sides[column].insert(low..<high)
            }
        }
        return box
    }

    /// The rules that meet the box in every column but one.
    private func alive(_ box: Box, except skipped: Int) -> BitSet {
        let count = space.table.rules.count
        var alive = BitSet.all(count)
        if count == 0 { return BitSet(capacity: 1) }
        for column in box.sides.indices where column != skipped {
            var here = BitSet(capacity: count)
            for piece in box.sides[column].members { here.formUnion(masks[column][piece]) }
            alive.formIntersection(here)
        }
        return alive
    }

    /// Leaves out boxes that the others cover together, the smallest first.
    private mutating func dropCovered() {
        guard boxes.count <= 200 else { return }
        let size = { (box: Box) in box.sides.reduce(1.0) { $0 * Double($1.count) } }
        for box in boxes.sorted(by: { size($0) < size($1) }) {
            var rest = [box]
            for other in boxes where other != box && !rest.isEmpty && rest.count < 1_000 {
                rest = rest.flatMap { $0.subtracting(other) }
            }
            if rest.isEmpty { boxes.removeAll { $0 == box } }
        }
    }

    /// By the first piece, column after column.
    private static func order(_ a: Box, _ b: Box) -> Bool {
        for (a, b) in zip(a.sides, b.sides) {
            let (first, second) = (a.first ?? 0, b.first ?? 0)
            if first != second { return first < second }
        }
        return false
    }
}

extension Box {
    /// Whether the box reaches around the sides in those columns.
    fileprivate func holds(_ sides: [BitSet], _ columns: ArraySlice<Int>) -> Bool {
        columns.allSatisfy { sides[$0].isSubset(of: self.sides[$0]) }
    }
}
