/// A table as boxes in the space of its columns.
struct Space {
    let table: DecisionTable
    let columns: [Column]
    /// Rows whose every cell could be read: of the others it is only known where they cannot match.
    let certain: BitSet

    init(_ table: DecisionTable, _ reading: ColumnReading, _ options: Analysis.Options) {
        self.table = table
        columns = table.inputs.indices.map { index in
            let name = reading.inputNames[index]
            return Column(
                table, index, type: reading.types[index], inputName: name,
                step: name.flatMap { options.steps[$0] },
                mayBeNull: name.map(options.mayBeNull.contains) ?? false)
        }
        var certain = BitSet(capacity: table.rules.count)
        for row in table.rules.indices where columns.allSatisfy({ !$0.isUnread[row] }) {
            certain.insert(row)
        }
        self.certain = certain
    }

    /// Where the rule applies; an unread cell counts as empty.
    func box(_ row: Int) -> Box { Box(sides: columns.map { $0.cells[row] }) }

    func region(_ box: Box) -> Region {
        Region(
            conditions: zip(columns, box.sides).compactMap { column, side in
                let test = column.test(of: side)
                return test == "-" ? nil : Region.Condition(input: column.name, test: test)
            })
    }

    /// One value for each column that matters in the box.
    func witness(_ box: Box) -> [Finding.Fact] {
        zip(columns, box.sides).compactMap { column, side in
            guard side.count < column.pieces.count, let piece = side.first else { return nil }
            return Finding.Fact(
                input: column.name, text: column.pieces[piece].representative.literal)
        }
    }
}

/// A product of sets of pieces, one for each column.
struct Box: Hashable {
    var sides: [BitSet]

    var isEmpty: Bool { sides.contains(where: \.isEmpty) }

    func intersection(_ other: Box) -> Box {
        Box(sides: zip(sides, other.sides).map { $0.intersection($1) })
    }

    func isSubset(of other: Box) -> Bool {
        zip(sides, other.sides).allSatisfy { $0.isSubset(of: $1) }
    }

    func intersects(_ other: Box) -> Bool {
        zip(sides, other.sides).allSatisfy { $0.intersects($1) }
    }

    /// The box without `other`, as boxes that do not overlap.
    func subtracting(_ other: Box) -> [Box] {
        guard intersects(other) else { return [self] }
        var parts: [Box] = []
        var rest = self
        for column in sides.indices {
            let outside = rest.sides[column].subtracting(other.sides[column])
            if !outside.isEmpty {
                var part = rest
                part.sides[column] = outside
                parts.append(part)
            }
            rest.sides[column].formIntersection(other.sides[column])
        }
        return parts
    }
}
