internal import Glibc

/// A FEEL value.
///
/// Equality is by kind and content: strings by Unicode scalars, numbers by value (1.10 = 1.1), an
/// offset and a named zone as different things. FEEL's own `=` has three answers; see `Comparison`.
public enum Value: Sendable {
    case null
    case number(Decimal128)
    case string(String)
    case boolean(Bool)
    case date(CalendarDate)
    // Boxed, so that the frequent kinds stay small: a value is 24 bytes.
    indirect case time(TimeOfDay)
    indirect case dateTime(DateAndTime)
    case daysDuration(DaysDuration)
    case yearsMonthsDuration(MonthsDuration)
    case list([Value])
    case context(Context)
    case range(Interval)
    indirect case function(Function)
}

extension Value {
    public static func number(_ integer: Int) -> Value { .number(Decimal128(integer)) }

    public var isNull: Bool { if case .null = self { true } else { false } }

    /// The kind as FEEL names it in `instance of`.
    public var kind: String {
        switch self {
        case .null: "null"
        case .number: "number"
        case .string: "string"
        case .boolean: "boolean"
        case .date: "date"
        case .time: "time"
        case .dateTime: "date and time"
        case .daysDuration: "days and time duration"
        case .yearsMonthsDuration: "years and months duration"
        case .list: "list"
        case .context: "context"
        case .range: "range"
        case .function: "function"
        }
    }

    var boolean: Bool? { if case .boolean(let truth) = self { truth } else { nil } }
    var number: Decimal128? { if case .number(let number) = self { number } else { nil } }
    var string: String? { if case .string(let text) = self { text } else { nil } }
    var list: [Value]? { if case .list(let items) = self { items } else { nil } }
    var context: Context? { if case .context(let context) = self { context } else { nil } }

    static func truth(_ truth: Bool?) -> Value { truth.map(Value.boolean) ?? .null }
}

extension Value: Hashable {
    public static func == (a: Value, b: Value) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.number(let a), .number(let b)): a == b
        case (.string(let a), .string(let b)): a.hasSameScalars(as: b)
        case (.boolean(let a), .boolean(let b)): a == b
        case (.date(let a), .date(let b)): a == b
        case (.time(let a), .time(let b)): a == b
        case (.dateTime(let a), .dateTime(let b)): a == b
        case (.daysDuration(let a), .daysDuration(let b)): a == b
        case (.yearsMonthsDuration(let a), .yearsMonthsDuration(let b)): a == b
        case (.list(let a), .list(let b)): a == b
        case (.context(let a), .context(let b)): a == b
        case (.range(let a), .range(let b)): a == b
        case (.function(let a), .function(let b)): a == b
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .number(let number): hasher.combine(number)
        case .string(let text): hasher.combine(text)
        case .boolean(let truth): hasher.combine(truth)
        case .date(let date): hasher.combine(date)
        case .time(let time): hasher.combine(time)
        case .dateTime(let moment): hasher.combine(moment)
        case .daysDuration(let duration): hasher.combine(duration)
        case .yearsMonthsDuration(let duration): hasher.combine(duration)
        // Not the items: what is shared inside each other would be gone through without end.
        case .list(let items):
            hasher.combine(items.count)
            for item in items { item.hashFlat(into: &hasher) }
        case .context(let context): hasher.combine(context)
        case .range: hasher.combine(1)
        case .function(let function): hasher.combine(function)
        }
    }
}

extension Value {
    /// The value where it holds no others, else only that it does.
    fileprivate func hashFlat(into hasher: inout Hasher) {
        switch self {
        case .list, .context, .range: hasher.combine(kind)
        default: hash(into: &hasher)
        }
    }

    /// What it costs to read or make the value, in units of work, not looking into items.
    var cost: Int {
        switch self {
        case .string(let text): text.utf8.count / 16
        case .list(let items): items.count * 4
        case .context(let context): context.count * 4
        default: 0
        }
    }
}

extension String {
    /// Equality as FEEL means it: the same code points. (Swift's `==` is canonical equivalence.)
    func hasSameScalars(as other: String) -> Bool {
        if TextWords(self) == TextWords(other) { return true }
        guard utf8.count == other.utf8.count else { return false }
        let answer = utf8.withContiguousStorageIfAvailable { a in
            other.utf8.withContiguousStorageIfAvailable { b in
                a.isEmpty || memcmp(a.baseAddress!, b.baseAddress!, a.count) == 0
            }
        }
        return (answer ?? nil) ?? utf8.elementsEqual(other.utf8)
    }

    /// Order by code points, which is the order of the UTF-8 bytes.
    func precedesByScalars(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}

/// Named values in order. A name occurs once; putting it again replaces the value in its place.
public struct Context: Hashable, Sendable {
    private var names: [String] = []
    private(set) var values: [Value] = []

    public init() {}

    public init(_ entries: [(String, Value)]) {
        names.reserveCapacity(entries.count)
        values.reserveCapacity(entries.count)
        for (name, value) in entries { self[name] = value }
    }

    /// The caller vouches that no name occurs twice.
    init(names: [String], values: [Value]) {
        self.names = names
        self.values = values
    }

    public var count: Int { names.count }

    public var entries: [(name: String, value: Value)] {
        zip(names, values).map { (name: $0, value: $1) }
    }

    /// Setting nil changes nothing: contexts only grow.
    public internal(set) subscript(_ name: String) -> Value? {
        get { index(of: name).map { values[$0] } }
        set {
            guard let newValue else { return }
            if let index = index(of: name) {
                values[index] = newValue
            } else {
                names.append(name)
                values.append(newValue)
            }
        }
    }

    private func index(of name: String) -> Int? {
        // Nearly always a name is found as the same string; only else are all read.
        let words = TextWords(name)
        for index in 0..<names.count where TextWords(names[index]) == words { return index }
        return names.firstIndex { $0.hasSameScalars(as: name) }
    }

    /// Equal when the same names have equal values, in whatever order.
    public static func == (a: Context, b: Context) -> Bool {
        guard a.count == b.count else { return false }
        return zip(a.names, a.values).allSatisfy { b[$0] == $1 }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        var sum = 0
        for name in names { sum &+= name.hashValue }
        hasher.combine(sum)
    }
}

/// A range of values, or the values that pass a comparison.
public struct Interval: Hashable, Sendable {
    /// From `< 5`: an end that is null stands for infinity. In a written range null is unknown.
    public let isComparison: Bool
    public var isLowClosed: Bool
    public var isHighClosed: Bool
    private var ends: [Value]

    public var low: Value { ends[0] }
    public var high: Value { ends[1] }

    public init(
        isLowClosed: Bool, low: Value, high: Value, isHighClosed: Bool, isComparison: Bool = false
    ) {
        self.isComparison = isComparison
        self.isLowClosed = isLowClosed
        self.isHighClosed = isHighClosed
        ends = [low, high]
    }
}

/// A function as a value: a definition with what it has captured, a builtin, or a model's own logic.
public struct Function: Hashable, Sendable {
    enum Body: Sendable {
        case builtin(Builtin)
        /// The compiled definition and the slots it sees from where it was written.
        case closure(Closure, captured: [Value])
        /// A business knowledge model or decision service of the model, by its index.
        case invocable(Int)
    }

    let body: Body
    let name: String
    let parameters: [String]

    /// Two functions are the same when they are the same definition.
    public static func == (a: Function, b: Function) -> Bool {
        switch (a.body, b.body) {
        case (.builtin(let a), .builtin(let b)): a == b
        case (.closure(let a, let x), .closure(let b, let y)): a === b && x == y
        case (.invocable(let a), .invocable(let b)): a == b
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
