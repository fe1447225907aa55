/// A function that FEEL brings along.
struct Builtin: Hashable, Sendable {
    typealias Implementation = @Sendable (inout Machine, [Value]) -> Value

    struct Signature: Sendable {
        let parameters: [String]
        let required: Int
        /// Takes one list, or the items themselves.
        let isVariadic: Bool

        /// From `string, start position, length?`; `list…` takes any number.
        init(_ text: String) {
            let names = text.split(separator: ",").map {
                $0.drop { $0 == " " }
            }
            isVariadic = text.hasSuffix("…")
            required = names.count { $0.last != "?" }
            parameters = names.map {
                $0.last == "?" || $0.last == "…" ? String($0.dropLast()) : String($0)
            }
        }

        func accepts(_ count: Int) -> Bool {
            isVariadic ? count >= required : count >= required && count <= parameters.count
        }

        func inOrder(_ arguments: [Value], _ names: [String]) -> [Value]? {
            guard Set(names).count == names.count, names.allSatisfy(parameters.contains) else {
                return nil
            }
            var values: [Value] = []
            var last = 0
            for (position, parameter) in parameters.enumerated() {
                if let index = names.firstIndex(of: parameter) {
                    // `keys` takes a list, `key` does not.
                    if parameter == "key", case .list = arguments[index] { return nil }
                    values.append(arguments[index])
                    last = position + 1
                } else if position < required {
                    return nil
                } else {
                    values.append(.null)
                }
            }
            return Array(values.prefix(last))
        }
    }

    let name: String
    let signatures: [Signature]
    let run: Implementation

    init(_ name: String, _ signatures: String..., run: @escaping Implementation) {
        self.name = name
        self.signatures = signatures.map(Signature.init)
        self.run = run
    }

    static func == (a: Builtin, b: Builtin) -> Bool { a.name == b.name }
    func hash(into hasher: inout Hasher) { hasher.combine(name) }

    static let all: [Builtin] =
        numeric + textual + listing + contextual + temporal + conversions + ranges

    static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

extension Machine {
    /// Null with a note that `function` cannot work with what it was given.
    mutating func refuse(_ function: String, _ arguments: [Value]) -> Value {
        fail("\(function)(\(arguments.map(\.brief).joined(separator: ", "))) cannot be computed")
    }
}

extension Value {
    /// One item as a list of one.
    var asList: [Value] {
        switch self {
        case .list(let items): items
        default: [self]
        }
    }

    /// A list of one as its item.
    var single: Value {
        if case .list(let items) = self, items.count == 1 { return items[0] }
        return self
    }
}

extension Array where Element == Value {
    /// The arguments of a function that takes one list or the items themselves.
    var itemsOrList: [Value] {
        if count == 1, case .list(let items) = self[0] { return items }
        return self
    }

    func at(_ index: Int) -> Value? { index < count ? self[index] : nil }
}
