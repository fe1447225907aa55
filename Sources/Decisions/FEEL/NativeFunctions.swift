/// Functions outside FEEL that a model may call, by class and method signature as DMN writes Java's.
///
/// None are given unless the caller of `Model` gives some: then an external function in a model is a
/// problem, and null when it is called. A policy never has any.
public struct NativeFunctions: Sendable {
    private var functions: [String: NativeFunction] = [:]

    /// No function outside FEEL may be called.
    public static let none = NativeFunctions([])

    init(_ functions: [NativeFunction]) {
        for function in functions { self.functions[function.reference.description] = function }
    }

    func function(for reference: ExternalReference) -> NativeFunction? {
        functions[reference.description]
    }
}

/// One function outside FEEL.
struct NativeFunction: Sendable {
    let reference: ExternalReference
    let parameters: [NativeType]
    /// From arguments that fit the parameters; nil where the function throws.
    private let body: @Sendable ([Value]) -> Value?

    /// - Parameter signature: `max(double,double)`, with Java's names of types.
    init(
        _ className: String, _ signature: String, _ body: @escaping @Sendable ([Value]) -> Value?
    ) {
        reference = ExternalReference(className: className, signature: signature)
        parameters = reference.parameterNames.map { NativeType(rawValue: $0) ?? .object }
        self.body = body
    }

    /// Nil for arguments that do not fit, and where the function throws.
    func call(_ arguments: [Value]) -> Value? {
        guard arguments.count == parameters.count else { return nil }
        var fitting: [Value] = []
        for (type, argument) in zip(parameters, arguments) {
            guard let value = type.accept(argument) else { return nil }
            fitting.append(value)
        }
        return body(fitting)
    }
}

/// The types of Java that have a counterpart in FEEL.
enum NativeType: String, Sendable {
    case double, float, int, short, byte, long, char, boolean
    case string = "java.lang.String"
    case list = "java.util.List"
    case object = "java.lang.Object"
    /// Any number of arguments; one that is no list becomes a list of one.
    case objects = "[Ljava.lang.Object;"

    /// The argument as this type takes it, or nil where it does not.
    func accept(_ value: Value) -> Value? {
        switch (self, value) {
        case (.double, .number), (.float, .number), (.boolean, .boolean), (.string, .string),
            (.list, .list), (.objects, .list), (.object, _):
            return value
        case (.int, .number(let number)): return whole(number, Int64(Int32.max))
        case (.short, .number(let number)): return whole(number, Int64(Int16.max))
        case (.byte, .number(let number)): return whole(number, Int64(Int8.max))
        case (.long, .number(let number)): return whole(number, Int64.max)
        case (.char, .string(let text)): return text.unicodeScalars.count == 1 ? value : nil
        case (.objects, _): return .list([value])
        default: return nil
        }
    }

    private func whole(_ number: Decimal128, _ most: Int64) -> Value? {
        guard let whole = number.exactly(timesTenToThe: 0), whole <= most, whole >= -most - 1 else {
            return nil
        }
        return .number(number)
    }
}

/// What an external function definition calls: `java.lang.Math.max(double,double)`.
struct ExternalReference: Hashable, Sendable, CustomStringConvertible {
    let className: String
    /// Without spaces.
    let signature: String

    init(className: String, signature: String) {
        self.className = className
        self.signature = signature.filter { !$0.isWhitespace }
    }

    /// Reads `{class: "…", method signature: "…"}`, also inside `{java: …}`; nil for anything else.
    init?(_ node: Node) {
        guard case .contextLiteral(let entries, _) = node.unlocated else { return nil }
        func text(_ name: String) -> String? {
            guard let entry = entries.first(where: { $0.name == name }),
                case .literal(.string(let text)) = entry.value.unlocated
            else { return nil }
            return text
        }
        if let className = text("class"), let signature = text("method signature") {
            self.init(className: className, signature: signature)
        } else if let inner = entries.first(where: { $0.name == "java" }) {
            self.init(inner.value)
        } else {
            return nil
        }
    }

    /// The names of the parameters' types.
    var parameterNames: [String] {
        guard let open = signature.firstIndex(of: "("), signature.last == ")" else { return [] }
        return signature[signature.index(after: open)...].dropLast()
            .split(separator: ",").map(String.init)
    }

    var description: String { "\(className).\(signature)" }
}

extension Scope {
    /// What an external function definition stands for, or why it can never be called.
    func native(_ definition: Node) -> (function: NativeFunction?, problem: Wording?) {
        guard let reference = ExternalReference(definition) else {
            return (nil, .noExternalReference)
        }
        if let function = natives.function(for: reference) { return (function, nil) }
        return (nil, .external(reference.description))
    }
}
