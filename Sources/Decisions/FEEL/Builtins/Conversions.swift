extension Builtin {
    static let conversions: [Builtin] = [
        Builtin("string", "from") { machine, arguments in
            switch arguments[0] {
            case .null: .null
            case .string: arguments[0]
            default: text(&machine, arguments[0])
            }
        },
        Builtin("number", "from, grouping separator?, decimal separator?") { machine, arguments in
            number(arguments).map(Value.number) ?? machine.refuse("number", arguments)
        },
        Builtin("range", "from") { machine, arguments in
            guard let text = arguments[0].single.string, let interval = interval(text) else {
                return machine.refuse("range", arguments)
            }
            return .range(interval)
        },
    ]

    private static func text(_ machine: inout Machine, _ value: Value) -> Value {
        let text = value.description
        return text.utf8.count <= Limits.stringScalars
            ? .string(text)
            : machine.fail("a string has at most \(Limits.stringScalars) characters")
    }

    /// The properties of values that are not contexts, for paths.
    static func property(_ name: String, of value: Value) -> Value? {
        switch value {
        case .date(let date): property(name, of: date)
        case .time(let time): property(name, of: time, seconds: secondsOf(time))
        case .dateTime(let moment):
            property(name, of: moment.date)
                ?? property(name, of: moment.time, seconds: moment.offsetSeconds)
        case .daysDuration(let duration):
            switch name {
            case "days": .number(duration.days)
            case "hours": .number(duration.hours)
            case "minutes": .number(duration.minutes)
            case "seconds": .number(duration.seconds)
            default: nil
            }
        case .yearsMonthsDuration(let duration):
            switch name {
            case "years": .number(duration.months / 12)
            case "months": .number(duration.months % 12)
            default: nil
            }
        case .range(let interval):
            switch name {
            case "start": interval.low
            case "end": interval.high
            case "start included": .boolean(interval.isLowClosed)
            case "end included": .boolean(interval.isHighClosed)
            default: nil
            }
        default: nil
        }
    }

    private static func property(_ name: String, of date: CalendarDate) -> Value? {
        switch name {
        case "year": .number(date.year)
        case "month": .number(date.month)
        case "day": .number(date.day)
        case "weekday": .number(date.weekday)
        default: nil
        }
    }

    private static func secondsOf(_ time: TimeOfDay) -> Int? {
        time.offset?.seconds(atLocal: time.nanosecondOfDay / TimeOfDay.nanosecondsPerSecond)
    }

    private static func property(_ name: String, of time: TimeOfDay, seconds: Int?) -> Value? {
        switch name {
        case "hour": return .number(time.hour)
        case "minute": return .number(time.minute)
        case "second":
            let all = Int64(time.second) * 1_000_000_000 + Int64(time.nanosecond)
            return .number(Decimal128(integer: all, scale: 9).reduced(upTo: 0))
        case "time offset":
            guard let seconds else { return .null }
            return DaysDuration(nanoseconds: Int128(seconds) * 1_000_000_000)
                .map(Value.daysDuration)
        case "timezone":
            if case .zone(let name)? = time.offset { return .string(name) }
            return .null
        default: return nil
        }
    }

    private static func number(_ arguments: [Value]) -> Decimal128? {
        if arguments.count == 1, case .number(let number) = arguments[0] { return number }
        guard var text = arguments[0].single.string else { return nil }
        if arguments.count > 1 {
            guard let grouping = separator(arguments[1], [" ", ",", "."]),
                let point = separator(arguments.at(2) ?? .null, [",", "."]),
                grouping.isEmpty || grouping != point
            else { return nil }
            if !grouping.isEmpty { text = text.filterScalars { String($0) != grouping } }
            if !point.isEmpty, point != "." {
                guard !text.unicodeScalars.contains(".") else { return nil }
                text = String(
                    scalars: text.unicodeScalars.map { String($0) == point ? "." : $0 })
            }
        }
        guard text.unicodeScalars.first != "+" else { return nil }
        return Decimal128(text)
    }

    /// The separator, empty for none; nil where it is not one of `allowed`.
    private static func separator(_ value: Value, _ allowed: [String]) -> String? {
        if value.isNull { return "" }
        return value.string.flatMap { allowed.contains($0) ? $0 : nil }
    }

    /// Reads a range of literals, such as `[1..3)`.
    private static func interval(_ text: String) -> Interval? {
        var text = text
        // An end may be left out here, though not in FEEL itself.
        guard let dots = text.firstScalars("..") else { return nil }
        let lacksLow = text.unicodeScalars[..<dots.lowerBound].count == 1
        let lacksHigh = text.unicodeScalars[dots.upperBound...].count == 1
        guard !(lacksLow && lacksHigh) else { return nil }
        if lacksHigh { text.insert(contentsOf: "null", at: dots.upperBound) }
        if lacksLow { text.insert(contentsOf: "null", at: dots.lowerBound) }
        do throws(SyntaxError) {
            var parser = try Parser(text, scope: Scope())
            let node = try parser.expression()
            try parser.finish()
            guard case .range(let interval)? = node.constant,
                !(lacksLow && interval.isLowClosed), !(lacksHigh && interval.isHighClosed),
                lacksLow || !interval.low.isNull, lacksHigh || !interval.high.isNull
            else { return nil }
            if let order = Machine(program: .empty, mode: .lenient)
                .order(interval.low, interval.high), order > 0
            {
                return nil
            }
            return Interval(
                isLowClosed: interval.isLowClosed, low: interval.low, high: interval.high,
                isHighClosed: interval.isHighClosed, isComparison: lacksLow || lacksHigh)
        } catch {
            return nil
        }
    }
}

extension Machine {
    /// What stands after a dot.
    mutating func member(_ name: String, of value: Value) -> Value {
        switch value {
        case .context(let context):
            if let entry = context[name] { return entry }
            return fail("there is no \"\(name)\" in \(value.brief)")
        case .list(let items):
            var results: [Value] = []
            for item in items {
                guard step() else { return .null }
                results.append(member(name, of: item))
            }
            return .list(results)
        case .null: return fail("null has no \"\(name)\"")
        default:
            guard let property = Builtin.property(name, of: value) else {
                return fail("a \(value.kind) has no \"\(name)\"")
            }
            return property
        }
    }
}

extension String {
    fileprivate func filterScalars(_ keep: (Unicode.Scalar) -> Bool) -> String {
        String(scalars: unicodeScalars.filter(keep))
    }
}
