import Casework

extension Fact {
    /// Nil for null and for numbers that are not whole.
    init?(_ value: JSONValue) {
        switch value {
        case .text(let text): self = .text(text)
        case .flag(let flag): self = .flag(flag)
        case .number(let digits):
            guard let integer = Int64(digits) else { return nil }
            self = .integer(integer)
        case .array(let values):
            let facts = values.compactMap { Fact($0) }
            guard facts.count == values.count else { return nil }
            self = .list(facts)
        case .object(let members):
            var record: [String: Fact] = [:]
            for member in members {
                guard let fact = Fact(member.value) else { return nil }
                record[member.name] = fact
            }
            self = .record(record)
        case .null: return nil
        }
    }
}
