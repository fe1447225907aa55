extension Builtin {
    static let listing: [Builtin] = [
        Builtin("not", "negand") { _, arguments in
            .truth(arguments[0].single.boolean.map { !$0 })
        },
        Builtin("is", "value1?, value2?") { machine, arguments in
            guard machine.canCompare(arguments) else { return .null }
            return .boolean((arguments.at(0) ?? .null) == (arguments.at(1) ?? .null))
        },
        Builtin("list contains", "list, element") { machine, arguments in
            if arguments[0].isNull { return machine.refuse("list contains", arguments) }
            for item in arguments[0].asList where machine.areEqual(item, arguments[1]) == true {
                return .boolean(true)
            }
            return .boolean(false)
        },
        Builtin("count", "list") { machine, arguments in
            arguments[0].isNull
                ? machine.refuse("count", arguments) : .number(arguments[0].asList.count)
        },
        extremum("min", -1), extremum("max", 1),
        quantifier("all", whenFound: false), quantifier("any", whenFound: true),
        quantifier("and", whenFound: false), quantifier("or", whenFound: true),
        Builtin("sublist", "list, start position, length?") { machine, arguments in
            sublist(&machine, arguments)
        },
        Builtin("append", "list, item…") { machine, arguments in
            if arguments[0].isNull { return .list(Array(arguments.dropFirst())) }
            return limited(&machine, arguments[0].asList + arguments.dropFirst())
        },
        Builtin("concatenate", "list…") { machine, arguments in
            guard arguments.allSatisfy({ !$0.isNull }), !arguments.isEmpty else {
                return machine.refuse("concatenate", arguments)
            }
            return limited(&machine, arguments.flatMap(\.asList))
        },
        Builtin("insert before", "list, position, newItem") { machine, arguments in
            guard case .list(var items) = Value.list(arguments[0].asList),
                let index = index(arguments[1], count: items.count), !arguments[0].isNull
            else { return machine.refuse("insert before", arguments) }
            items.insert(arguments[2], at: index)
            return .list(items)
        },
        Builtin("remove", "list, position") { machine, arguments in
            guard case .list(var items) = Value.list(arguments[0].asList),
                let index = index(arguments[1], count: items.count), !arguments[0].isNull
            else { return machine.refuse("remove", arguments) }
            items.remove(at: index)
            return .list(items)
        },
        Builtin("list replace", "list, position, newItem", "list, match, newItem") {
            listReplace(&$0, $1)
        },
        Builtin("reverse", "list") { machine, arguments in
            arguments[0].isNull
                ? machine.refuse("reverse", arguments) : .list(arguments[0].asList.reversed())
        },
        Builtin("index of", "list, match") { machine, arguments in
            if arguments[0].isNull { return machine.refuse("index of", arguments) }
            var positions: [Value] = []
            for (index, item) in arguments[0].asList.enumerated()
            where machine.areEqual(item, arguments[1]) == true {
                positions.append(.number(index + 1))
            }
            return .list(positions)
        },
        Builtin("union", "list…") { distinct(&$0, $1.flatMap(\.asList)) },
        Builtin("distinct values", "list") { machine, arguments in
            arguments[0].isNull
                ? machine.refuse("distinct values", arguments)
                : distinct(&machine, arguments[0].asList)
        },
        Builtin("duplicate values", "list") { machine, arguments in
            duplicates(&machine, arguments[0].asList)
        },
        Builtin("flatten", "list") { machine, arguments in
            if arguments[0].isNull { return machine.refuse("flatten", arguments) }
            var items: [Value] = []
            return flatten(arguments[0], into: &items, &machine) ? .list(items) : .null
        },
        Builtin("sort", "list, precedes?") { machine, arguments in sort(&machine, arguments) },
    ]

    private static func limited(_ machine: inout Machine, _ items: [Value]) -> Value {
        items.count <= Limits.listItems
            ? .list(items) : machine.fail("a list has at most \(Limits.listItems) items")
    }

    /// 0-based, from a position that counts from 1, or from −1 at the end.
    private static func index(_ position: Value, count: Int) -> Int? {
        guard let whole = position.single.number?.wholeNumber, whole != 0, whole.magnitude <= count
        else { return nil }
        return whole > 0 ? whole - 1 : count + whole
    }

    private static func extremum(_ name: String, _ direction: Int) -> Builtin {
        Builtin(name, "list…") { machine, arguments in
            let items = arguments.itemsOrList
            guard var best = items.first, machine.order(best, best) != nil else {
                return machine.refuse(name, arguments)
            }
            for item in items.dropFirst() {
                guard let order = machine.order(item, best) else {
                    return machine.refuse(name, arguments)
                }
                if order == direction { best = item }
            }
            return best
        }
    }

    private static func quantifier(_ name: String, whenFound: Bool) -> Builtin {
        Builtin(name, "list…") { machine, arguments in
            guard !arguments.isEmpty, !(arguments.count == 1 && arguments[0].isNull) else {
                return machine.refuse(name, arguments)
            }
            var isUnknown = false
            for item in arguments.itemsOrList {
                if item.boolean == whenFound { return .boolean(whenFound) }
                if item.boolean == nil { isUnknown = true }
            }
            return isUnknown ? .null : .boolean(!whenFound)
        }
    }

    private static func sublist(_ machine: inout Machine, _ arguments: [Value]) -> Value {
        let items = arguments[0].asList
        guard !arguments[0].isNull, let first = index(arguments[1], count: items.count) else {
            return machine.refuse("sublist", arguments)
        }
        guard arguments.count > 2, !arguments[2].isNull else {
            return .list(Array(items[first...]))
        }
        guard let length = arguments[2].single.number?.wholeNumber, length >= 0,
            length <= items.count - first
        else { return machine.refuse("sublist", arguments) }
        return .list(Array(items[first..<first + length]))
    }

    private static func listReplace(_ machine: inout Machine, _ arguments: [Value]) -> Value {
        guard !arguments[0].isNull else { return machine.refuse("list replace", arguments) }
        var items = arguments[0].asList
        if case .function(let match) = arguments[1] {
            guard match.parameters.count == 2 else {
                return machine.refuse("list replace", arguments)
            }
            for index in items.indices {
                guard let isMatch = machine.call(match, [items[index], arguments[2]]).boolean else {
                    return machine.refuse("list replace", arguments)
                }
                if isMatch { items[index] = arguments[2] }
            }
            return .list(items)
        }
        guard let position = arguments[1].single.number?.rounded(toPlaces: 0, .down),
            let index = index(.number(position), count: items.count)
        else { return machine.refuse("list replace", arguments) }
        items[index] = arguments[2]
        return .list(items)
    }

    private static func distinct(_ machine: inout Machine, _ items: [Value]) -> Value {
        guard let firsts = machine.firstEquals(items) else { return .null }
        return .list(items.indices.filter { firsts[$0] == $0 }.map { items[$0] })
    }

    private static func duplicates(_ machine: inout Machine, _ items: [Value]) -> Value {
        guard let firsts = machine.firstEquals(items) else { return .null }
        var counts: [Int: Int] = [:]
        for first in firsts { counts[first, default: 0] += 1 }
        return .list(counts.filter { $0.value > 1 }.keys.sorted().map { items[$0] })
    }

    /// False when the budget is spent.
    private static func flatten(
        _ value: Value, into items: inout [Value], _ machine: inout Machine
    ) -> Bool {
        guard machine.step() else { return false }
        guard case .list(let inner) = value else {
            items.append(value)
            return true
        }
        for item in inner where !flatten(item, into: &items, &machine) { return false }
        return true
    }

    /// Stable merge sort; stops asking when the budget is spent.
    private static func sort(_ machine: inout Machine, _ arguments: [Value]) -> Value {
        guard let items = arguments[0].list else { return machine.refuse("sort", arguments) }
        var precedes: Function?
        if arguments.count > 1 {
            guard case .function(let function) = arguments[1], function.parameters.count == 2 else {
                return machine.refuse("sort", arguments)
            }
            precedes = function
        }
        var isOrdered = true
        let sorted = merged(items[...]) { a, b in
            guard isOrdered, machine.step(), machine.charge(a.cost / 4) else {
                isOrdered = false
                return false
            }
            let answer: Bool?
            if let precedes {
                answer = machine.call(precedes, [a, b]).boolean
            } else {
                answer = machine.order(a, b).map { $0 < 0 }
            }
            if answer == nil { isOrdered = false }
            return answer ?? false
        }
        return isOrdered ? .list(sorted) : machine.refuse("sort", arguments)
    }

    private static func merged(
        _ items: ArraySlice<Value>, _ precedes: (Value, Value) -> Bool
    ) -> [Value] {
        guard items.count > 1 else { return Array(items) }
        let middle = items.startIndex + items.count / 2
        let left = merged(items[..<middle], precedes)
        let right = merged(items[middle...], precedes)
        var result: [Value] = []
        result.reserveCapacity(items.count)
        var (i, j) = (0, 0)
        while i < left.count, j < right.count {
            if precedes(right[j], left[i]) {
                result.append(right[j])
                j += 1
            } else {
                result.append(left[i])
                i += 1
            }
        }
        return result + left[i...] + right[j...]
    }
}
