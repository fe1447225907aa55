extension Builtin {
    /// Allen's relations between points and ranges, as DMN 1.3 defines them.
    static let ranges: [Builtin] = [
        relation("before") { machine, a, b in
            guard let order = machine.order(a.high, b.low) else { return nil }
            return order < 0 || order == 0 && !(a.isHighClosed && b.isLowClosed)
        },
        relation("after") { machine, a, b in
            guard let order = machine.order(a.low, b.high) else { return nil }
            return order > 0 || order == 0 && !(a.isLowClosed && b.isHighClosed)
        },
        relation("meets") { machine, a, b in
            machine.order(a.high, b.low).map { $0 == 0 && a.isHighClosed && b.isLowClosed }
        },
        relation("met by") { machine, a, b in
            machine.order(a.low, b.high).map { $0 == 0 && a.isLowClosed && b.isHighClosed }
        },
        relation("overlaps") { machine, a, b in overlap(machine, a, b) },
        relation("overlaps before") { machine, a, b in overlapsBefore(machine, a, b) },
        relation("overlaps after") { machine, a, b in overlapsBefore(machine, b, a) },
        relation("finishes") { machine, a, b in finishes(machine, a, b) },
        relation("finished by") { machine, a, b in finishes(machine, b, a) },
        relation("includes") { machine, a, b in includes(machine, a, b) },
        relation("during") { machine, a, b in includes(machine, b, a) },
        relation("starts") { machine, a, b in starts(machine, a, b) },
        relation("started by") { machine, a, b in starts(machine, b, a) },
        relation("coincides") { machine, a, b in
            guard let low = machine.order(a.low, b.low), let high = machine.order(a.high, b.high)
            else { return nil }
            return low == 0 && high == 0 && a.isLowClosed == b.isLowClosed
                && a.isHighClosed == b.isHighClosed
        },
    ]

    private static func relation(
        _ name: String, _ holds: @escaping @Sendable (Machine, Interval, Interval) -> Bool?
    ) -> Builtin {
        Builtin(
            name, "point1, point2", "point, range", "range, point", "range1, range2",
            "range1, point"
        ) { machine, arguments in
            guard let a = asInterval(arguments[0]), let b = asInterval(arguments[1]),
                let answer = holds(machine, a, b)
            else { return machine.refuse(name, arguments) }
            return .boolean(answer)
        }
    }

    /// A point is the closed range from itself to itself.
    private static func asInterval(_ value: Value) -> Interval? {
        switch value {
        case .range(let interval): interval
        case .null, .list, .context, .function, .boolean: nil
        default: Interval(isLowClosed: true, low: value, high: value, isHighClosed: true)
        }
    }

    private static func overlap(_ machine: Machine, _ a: Interval, _ b: Interval) -> Bool? {
        guard let first = machine.order(a.high, b.low), let second = machine.order(a.low, b.high)
        else { return nil }
        return (first > 0 || first == 0 && a.isHighClosed && b.isLowClosed)
            && (second < 0 || second == 0 && a.isLowClosed && b.isHighClosed)
    }

    private static func overlapsBefore(_ machine: Machine, _ a: Interval, _ b: Interval) -> Bool? {
        guard let low = machine.order(a.low, b.low), let high = machine.order(a.high, b.high),
            let meeting = overlap(machine, a, b)
        else { return nil }
        return (low < 0 || low == 0 && a.isLowClosed && !b.isLowClosed) && meeting
            && (high < 0 || high == 0 && (!a.isHighClosed || b.isHighClosed))
    }

    private static func finishes(_ machine: Machine, _ a: Interval, _ b: Interval) -> Bool? {
        guard let low = machine.order(a.low, b.low), let high = machine.order(a.high, b.high)
        else { return nil }
        return high == 0 && a.isHighClosed == b.isHighClosed
            && (low > 0 || low == 0 && (!a.isLowClosed || b.isLowClosed))
    }

    private static func starts(_ machine: Machine, _ a: Interval, _ b: Interval) -> Bool? {
        guard let low = machine.order(a.low, b.low), let high = machine.order(a.high, b.high)
        else { return nil }
        return low == 0 && a.isLowClosed == b.isLowClosed
            && (high < 0 || high == 0 && (!a.isHighClosed || b.isHighClosed))
    }

    private static func includes(_ machine: Machine, _ a: Interval, _ b: Interval) -> Bool? {
        guard let low = machine.order(a.low, b.low), let high = machine.order(a.high, b.high)
        else { return nil }
        return (low < 0 || low == 0 && (a.isLowClosed || !b.isLowClosed))
            && (high > 0 || high == 0 && (a.isHighClosed || !b.isHighClosed))
    }
}
