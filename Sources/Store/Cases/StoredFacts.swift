package import Casework

extension JSONCursor {
    /// An object of facts, as `Fact` writes itself.
    package mutating func facts() throws(Malformed) -> Facts {
        var facts: Facts = [:]
        try object { (cursor, name) throws(Malformed) in facts[name] = try cursor.fact() }
        return facts
    }

    private mutating func fact() throws(Malformed) -> Fact {
        switch try kind() {
        case .string: return .text(try string())
        case .number: return .integer(try integer())
        case .flag: return .flag(try flag())
        case .object: return .record(try facts())
        case .array, .null:
            var items: [Fact] = []
            try array { (cursor) throws(Malformed) in items.append(try cursor.fact()) }
            return .list(items)
        }
    }
}
