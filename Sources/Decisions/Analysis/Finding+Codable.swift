extension Finding: Codable {
    private enum Key: String, CodingKey {
        case rule, severity, file, table, rules, column, cell, regions, witness, facts, english,
            chinese
    }

    /// `rule` is the kind; what is empty is left out.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(kind, forKey: .rule)
        try container.encode(severity, forKey: .severity)
        if !file.isEmpty { try container.encode(file, forKey: .file) }
        if !table.isEmpty { try container.encode(table, forKey: .table) }
        if !rules.isEmpty { try container.encode(rules, forKey: .rules) }
        try container.encodeIfPresent(column, forKey: .column)
        try container.encodeIfPresent(cell, forKey: .cell)
        if !regions.isEmpty { try container.encode(regions, forKey: .regions) }
        if !witness.isEmpty { try container.encode(witness, forKey: .witness) }
        if !facts.isEmpty { try container.encode(facts, forKey: .facts) }
        try container.encode(english, forKey: .english)
        try container.encode(chinese, forKey: .chinese)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        func list<T: Decodable>(_ key: Key) throws -> [T] {
            try container.decodeIfPresent([T].self, forKey: key) ?? []
        }
        self.init(
            kind: try container.decode(Kind.self, forKey: .rule),
            severity: try container.decode(Severity.self, forKey: .severity),
            file: try container.decodeIfPresent(String.self, forKey: .file) ?? "",
            table: try container.decodeIfPresent(String.self, forKey: .table) ?? "",
            rules: try list(.rules),
            column: try container.decodeIfPresent(String.self, forKey: .column),
            cell: try container.decodeIfPresent(String.self, forKey: .cell),
            regions: try list(.regions), witness: try list(.witness), facts: try list(.facts),
            english: try container.decode(String.self, forKey: .english),
            chinese: try container.decode(String.self, forKey: .chinese))
    }
}
