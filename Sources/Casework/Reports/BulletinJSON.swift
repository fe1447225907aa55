extension Bulletin {
    /// As JSON: keys and codes are stable, names and sentences are not.
    ///
    /// Exact numbers stand as numbers with their stated decimals; where there is no data, null.
    package var json: String {
        let (first, last) = period.days
        return JSONText.object([
            ("form", .text(form.rawValue)), ("title", .words(title)), ("office", .words(office)),
            (
                "period",
                .object([
                    ("first", .text("\(first)")), ("last", .text("\(last)")),
                    ("name", .words(period.name)),
                ])
            ),
            ("drawn_up", .text("\(drawnUp)")),
            ("sections", .list(sections.map(\.json))),
            ("definitions", .list(definitions.map(\.json))),
        ]).written + "\n"
    }
}

/// The few shapes of JSON a bulletin needs, with keys in the order they are given.
private indirect enum JSONText {
    case text(String)
    case number(String)
    case null
    case list([JSONText])
    case object([(String, JSONText)])

    static func words(_ words: Words) -> JSONText {
        .object([("zh", .text(words.chinese)), ("en", .text(words.english))])
    }

    var written: String { lines(indent: "") }

    private func lines(indent: String) -> String {
        let deeper = indent + "  "
        switch self {
        case .text(let text): return Self.quoted(text)
        case .number(let digits): return digits
        case .null: return "null"
        case .list(let items) where items.isEmpty: return "[]"
        case .list(let items):
            return "[\n" + items.map { deeper + $0.lines(indent: deeper) }.joined(separator: ",\n")
                + "\n\(indent)]"
        case .object(let fields):
            return "{\n"
                + fields.map { deeper + Self.quoted($0.0) + ": " + $0.1.lines(indent: deeper) }
                .joined(separator: ",\n") + "\n\(indent)}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

extension Bulletin.Section {
    fileprivate var json: JSONText {
        .object([
            ("code", .text(code)), ("title", .words(title)),
            ("paragraphs", .list(paragraphs.map(JSONText.words))),
            ("tables", .list(tables.map(\.json))),
        ])
    }
}

extension Bulletin.Table {
    fileprivate var json: JSONText {
        let opens = opens.map { [("opens", JSONText.text($0.rawValue))] } ?? []
        return .object(
            [
                ("code", .text(code)), ("title", .words(title)),
                ("facet", facet.map { .text($0.rawValue) } ?? .null),
            ] + opens + [
                (
                    "columns",
                    .list(
                        columns.map { column in
                            .object([
                                ("code", .text(column.code)), ("title", .words(column.title)),
                                ("unit", column.unit.map { .text($0.rawValue) } ?? .null),
                            ])
                        })
                ),
                ("rows", .list(rows.map { $0.json(columns) })),
                ("notes", .list(notes.map(JSONText.words))),
            ])
    }
}

extension Bulletin.Row {
    fileprivate func json(_ columns: [Bulletin.Column]) -> JSONText {
        .object([
            ("code", .text(code)), ("name", .words(name)),
            ("values", .object(zip(columns, values).map { ($0.code, $1.json) })),
        ])
    }
}

extension FigureValue {
    fileprivate var json: JSONText {
        switch self {
        case .noData: .null
        case .text(let words): .words(words)
        default: isNumber ? .number(plain) : .text(plain)
        }
    }
}

extension Measure {
    fileprivate var json: JSONText {
        .object([
            ("code", .text(code)), ("name", .words(name)), ("definition", .words(definition)),
            ("unit", .text(unit.rawValue)),
            ("numerator", .list(cells.numerator.map { .text($0.name) })),
            ("denominator", .list(cells.denominator.map { .text($0.name) })),
            ("other", .text(population == .all ? "included" : "left out")),
        ])
    }
}
