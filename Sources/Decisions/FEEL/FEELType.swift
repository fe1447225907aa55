/// A type of FEEL or of the model's item definitions.
indirect enum FEELType: Sendable {
    case any
    case null
    case number, string, boolean, date, time, dateTime, daysDuration, yearsMonthsDuration
    case list(FEELType)
    case context([(name: String, type: FEELType)])
    case range(FEELType)
    /// Parameters nil: any function.
    case function([FEELType]?, FEELType)
    /// A base with the unary test every value must pass; `text` is the test as written.
    case constrained(FEELType, Constraint)
    /// A type that refers to itself, by name; conforms as any.
    case recursive(String)
}

/// Allowed values or a type constraint: a test of the value in slot 0 of a frame of `slots`.
struct Constraint: Sendable {
    let test: Node
    let slots: Int
    let text: String
    /// Nil where only evaluation can tell.
    let values: AllowedValues?

    init(test: Node, slots: Int, text: String) {
        self.test = test
        self.slots = slots
        self.text = text
        values = AllowedValues(Test(test, slot: 0))
    }
}

/// A constraint of constants, for values on its axis.
final class AllowedValues: Sendable {
    private let axis: Axis
    private let places: [Bool]

    init?(_ test: Test) {
        guard let axis = Axis(cuttingAt: test.constants),
            let stretches = axis.stretches(of: test)
        else { return nil }
        self.axis = axis
        var places = Array(repeating: false, count: axis.count)
        for range in stretches.ranges { for place in range { places[place] = true } }
        self.places = places
    }

    /// Nil for a value of a kind the constraint does not speak of.
    func allows(_ value: Value) -> Bool? { axis.place(of: value).map { places[$0] } }
}

extension FEELType {
    /// Types that FEEL knows by name.
    static func builtin(_ name: String) -> FEELType? {
        switch name {
        case "Any", "any": .any
        case "Null", "null": .null
        case "number": .number
        case "string": .string
        case "boolean": .boolean
        case "date": .date
        case "time": .time
        case "date and time", "dateTime": .dateTime
        case "days and time duration", "dayTimeDuration": .daysDuration
        case "years and months duration", "yearMonthDuration": .yearsMonthsDuration
        case "list": .list(.any)
        case "context": .context([])
        case "function": .function(nil, .any)
        case "range": .range(.any)
        default: nil
        }
    }

    /// Types of Java and XML Schema that editors write where FEEL has only `number`.
    static func foreign(_ name: String) -> FEELType? {
        switch name {
        case "integer", "int", "long", "short", "double", "float", "decimal": .number
        default: nil
        }
    }

    static let builtinNames = [
        "Any", "Null", "number", "string", "boolean", "date", "time", "date and time", "dateTime",
        "days and time duration", "dayTimeDuration", "years and months duration",
        "yearMonthDuration", "list", "context", "function", "range",
    ]

    var isAny: Bool { if case .any = self { true } else { false } }

    /// True only where no evaluation is needed to see that the value fits as it is.
    func plainlyAccepts(_ value: Value) -> Bool {
        switch (self, value) {
        // What holds other values is looked through first, however loose the type.
        case (.any, .list), (.any, .context), (.any, .range), (.any, .function): false
        case (.any, _), (.number, .number), (.string, .string), (.boolean, .boolean),
            (.date, .date), (.time, .time), (.dateTime, .dateTime),
            (.daysDuration, .daysDuration), (.yearsMonthsDuration, .yearsMonthsDuration):
            true
        case (.constrained(let base, let constraint), _):
            constraint.values?.allows(value) == true && base.plainlyAccepts(value)
        default: false
        }
    }

    /// The type without its constraint.
    var base: FEELType { if case .constrained(let base, _) = self { base.base } else { self } }
}

extension Machine {
    /// Whether `value` is of the type; null is of every type here.
    mutating func conforms(_ value: Value, to type: FEELType) -> Bool {
        if value.isNull { return true }
        switch (type, value) {
        case (.any, _), (.recursive, _): return true
        case (.number, .number), (.string, .string), (.boolean, .boolean), (.date, .date),
            (.time, .time), (.dateTime, .dateTime), (.daysDuration, .daysDuration),
            (.yearsMonthsDuration, .yearsMonthsDuration):
            return true
        case (.list(let element), .list(let items)):
            if element.isAny { return true }
            guard charge(items.count / 4) else { return false }
            for item in items where !conforms(item, to: element) { return false }
            return true
        case (.context(let members), .context(let context)):
            for member in members {
                guard let entry = context[member.name], conforms(entry, to: member.type) else {
                    return false
                }
            }
            return true
        case (.range(let element), .range(let interval)):
            return conforms(interval.low, to: element) && conforms(interval.high, to: element)
        case (.function(let parameters, let result), .function(let function)):
            return conforms(function, parameters: parameters, result: result)
        case (.constrained(let base, let constraint), _):
            return conforms(value, to: base)
                && (ignoresConstraints || satisfies(value, constraint))
        default: return false
        }
    }

    /// Contravariant in the parameters, covariant in the result, where both are declared.
    private func conforms(
        _ function: Function, parameters: [FEELType]?, result: FEELType
    ) -> Bool {
        guard let parameters else { return true }
        guard case .closure(let closure, _) = function.body else {
            return function.parameters.count == parameters.count
        }
        guard closure.parameters.count == parameters.count else { return false }
        for (mine, wanted) in zip(closure.parameters, parameters)
        where !wanted.isSubtype(of: mine.type) {
            return false
        }
        return closure.resultType.isAny || closure.resultType.isSubtype(of: result)
    }

    /// A constraint holds for a list when it holds for every item.
    mutating func satisfies(_ value: Value, _ constraint: Constraint) -> Bool {
        if case .list(let items) = value {
            guard charge(1 + items.count / 4) else { return false }
            for item in items where !satisfies(item, constraint) { return false }
            return true
        }
        if let isAllowed = constraint.values?.allows(value) { return isAllowed }
        var frame = takeFrame(slots: max(1, constraint.slots))
        frame[0] = value
        swap(&slots, &frame)
        let answer = evaluate(constraint.test)
        swap(&slots, &frame)
        giveBack(frame)
        return answer.boolean == true
    }

    /// `value` made to fit `type`, or null with a note.
    mutating func coerced(
        _ value: Value, to type: FEELType, subject: @autoclosure () -> String
    ) -> Value {
        if type.isAny || value.isNull || conforms(value, to: type) { return value }
        if case .list(let items) = value, items.count == 1, let only = items.first,
            conforms(only, to: type)
        {
            return only
        }
        if case .list(let element) = type.base, conforms(value, to: element) {
            let list = Value.list([value])
            if conforms(list, to: type) { return list }
        }
        if case .dateTime = type.base, case .date(let date) = value {
            let midnight = TimeOfDay(nanosecondOfDay: 0, offset: .seconds(0))
            return .dateTime(DateAndTime(date, midnight))
        }
        if case .constrained(let base, let constraint) = type, conforms(value, to: base) {
            return fail(
                "\(subject()) is \(value.brief), which is not one of the allowed values \(constraint.text)"
            )
        }
        return fail("\(subject()) is \(value.brief), which is not a \(type.name)")
    }
}

extension FEELType {
    /// Static conformance; constraints are not looked into.
    func isSubtype(of other: FEELType) -> Bool {
        var fuel = Limits.typeSteps
        return isSubtype(of: other, &fuel)
    }

    /// Types that share parts can be enormous when spelt out; after so many steps they count as alike.
    private func isSubtype(of other: FEELType, _ fuel: inout Int) -> Bool {
        fuel -= 1
        if fuel < 0 { return true }
        switch (self, other) {
        case (_, .any), (.null, _): return true
        case (.constrained(let base, _), _): return base.isSubtype(of: other, &fuel)
        case (_, .constrained(let base, _)): return isSubtype(of: base, &fuel)
        case (.number, .number), (.string, .string), (.boolean, .boolean), (.date, .date),
            (.time, .time), (.dateTime, .dateTime), (.daysDuration, .daysDuration),
            (.yearsMonthsDuration, .yearsMonthsDuration):
            return true
        case (.list(let a), .list(let b)), (.range(let a), .range(let b)):
            return a.isSubtype(of: b, &fuel)
        case (.context(let mine), .context(let wanted)):
            for member in wanted {
                guard let own = mine.first(where: { $0.name == member.name }),
                    own.type.isSubtype(of: member.type, &fuel)
                else { return false }
            }
            return true
        case (.function(let a, let x), .function(let b, let y)):
            guard let b else { return true }
            guard let a, a.count == b.count else { return false }
            for (mine, wanted) in zip(a, b) where !wanted.isSubtype(of: mine, &fuel) {
                return false
            }
            return x.isSubtype(of: y, &fuel)
        default: return false
        }
    }

    /// As FEEL writes it; what is nested deep is left out.
    var name: String { name(levels: 3) }

    private func name(levels: Int) -> String {
        if levels < 0 { return "…" }
        func name(_ type: FEELType) -> String { type.name(levels: levels - 1) }
        return switch self {
        case .any: "Any"
        case .null: "Null"
        case .number: "number"
        case .string: "string"
        case .boolean: "boolean"
        case .date: "date"
        case .time: "time"
        case .dateTime: "date and time"
        case .daysDuration: "days and time duration"
        case .yearsMonthsDuration: "years and months duration"
        case .list(let element): "list<\(name(element))>"
        case .context(let members):
            "context<\(members.map { "\($0.name): \(name($0.type))" }.joined(separator: ", "))>"
        case .range(let element): "range<\(name(element))>"
        case .function(let parameters, let result):
            "function<\((parameters ?? []).map(name).joined(separator: ", "))> -> \(name(result))"
        case .constrained(let base, _): name(base)
        case .recursive(let name): name
        }
    }
}
