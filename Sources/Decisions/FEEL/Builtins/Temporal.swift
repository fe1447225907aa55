extension Builtin {
    static let temporal: [Builtin] = [
        Builtin("date", "from", "year, month, day") { machine, arguments in
            date(arguments).map(Value.date) ?? machine.refuse("date", arguments)
        },
        Builtin("time", "from", "hour, minute, second, offset?") { machine, arguments in
            time(arguments).map(Value.time) ?? machine.refuse("time", arguments)
        },
        Builtin(
            "date and time", "from", "date, time", "date, timezone",
            "year, month, day, hour, minute, second, offset?",
            "year, month, day, hour, minute, second, timezone?"
        ) { machine, arguments in
            dateAndTime(arguments).map(Value.dateTime) ?? machine.refuse("date and time", arguments)
        },
        Builtin("duration", "from") { machine, arguments in
            guard let text = arguments[0].single.string, let value = Value(duration: text) else {
                return machine.refuse("duration", arguments)
            }
            return value
        },
        Builtin("years and months duration", "from, to") { machine, arguments in
            guard let from = day(arguments[0]), let to = day(arguments[1]),
                let duration = monthsBetween(from, to)
            else { return machine.refuse("years and months duration", arguments) }
            return .yearsMonthsDuration(duration)
        },
        ofDay("day of week", "date") { .string(weekdays[$0.weekday - 1]) },
        ofDay("day of year", "date") { .number($0.dayOfYear) },
        ofDay("week of year", "date") { .number($0.weekOfYear) },
        ofDay("month of year", "date") { .string(months[$0.month - 1]) },
        Builtin("now", "") { machine, _ in
            machine.now.map(Value.dateTime)
                ?? machine.fail("there is no clock here; give the time as an input")
        },
        Builtin("today", "") { machine, _ in
            machine.now.map { .date($0.date) }
                ?? machine.fail("there is no clock here; give the date as an input")
        },
    ]

    private static let weekdays = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]

    private static func day(_ value: Value) -> CalendarDate? {
        switch value.single {
        case .date(let date): date
        case .dateTime(let moment): moment.date
        default: nil
        }
    }

    private static func ofDay(
        _ name: String, _ parameter: String, _ compute: @escaping @Sendable (CalendarDate) -> Value
    ) -> Builtin {
        Builtin(name, parameter) { machine, arguments in
            day(arguments[0]).map(compute) ?? machine.refuse(name, arguments)
        }
    }

    private static func whole(_ value: Value) -> Int? { value.single.number?.wholeNumber }

    private static func date(_ arguments: [Value]) -> CalendarDate? {
        if arguments.count == 3 {
            guard let year = whole(arguments[0]), let month = whole(arguments[1]),
                let dayOfMonth = whole(arguments[2])
            else { return nil }
            return CalendarDate(year: year, month: month, day: dayOfMonth)
        }
        if let text = arguments[0].single.string { return CalendarDate(text) }
        return day(arguments[0])
    }

    private static func time(_ arguments: [Value]) -> TimeOfDay? {
        if arguments.count > 1 {
            var offset: TimeOffset?
            if arguments.count == 4, !arguments[3].isNull {
                guard case .daysDuration(let duration) = arguments[3],
                    let seconds = duration.totalSeconds?.wholeNumber
                else { return nil }
                offset = .seconds(seconds)
            }
            guard let hour = whole(arguments[0]), let minute = whole(arguments[1]),
                let second = arguments[2].single.number
            else { return nil }
            return clock(hour, minute, second, offset)
        }
        switch arguments[0].single {
        case .string(let text): return TimeOfDay(text)
        case .time(let time): return time
        case .dateTime(let moment): return moment.time
        case .date: return TimeOfDay(nanosecondOfDay: 0, offset: .seconds(0))
        default: return nil
        }
    }

    private static func clock(
        _ hour: Int, _ minute: Int, _ second: Decimal128, _ offset: TimeOffset?
    ) -> TimeOfDay? {
        guard let nanoseconds = second.rounded(toPlaces: 9, .down)?.exactly(timesTenToThe: 9),
            nanoseconds >= 0
        else { return nil }
        let length = Int64(TimeOfDay.nanosecondsPerSecond)
        return TimeOfDay(
            hour: hour, minute: minute, second: Int(nanoseconds / length),
            nanosecond: Int(nanoseconds % length), offset: offset)
    }

    private static func dateAndTime(_ arguments: [Value]) -> DateAndTime? {
        switch arguments.count {
        case 1:
            switch arguments[0].single {
            case .string(let text): return DateAndTime(text)
            case .dateTime(let moment): return moment
            case .date(let date):
                return DateAndTime(date, TimeOfDay(nanosecondOfDay: 0, offset: .seconds(0)))
            default: return nil
            }
        case 2:
            if case .string(let name) = arguments[1].single,
                case .dateTime(let moment) = arguments[0].single
            {
                return inZone(moment, name)
            }
            guard let date = day(arguments[0]), case .time(let time) = arguments[1].single else {
                return nil
            }
            return DateAndTime(date, time)
        default:
            guard let date = date(Array(arguments.prefix(3))) else { return nil }
            if arguments.count == 7, case .string(let name) = arguments[6] {
                guard let zone = TimeOffset(zone: name),
                    let time = time(Array(arguments[3...5]))
                else { return nil }
                return DateAndTime(
                    date, TimeOfDay(nanosecondOfDay: time.nanosecondOfDay, offset: zone))
            }
            return time(Array(arguments[3...])).map { DateAndTime(date, $0) }
        }
    }

    /// The same instant on the clocks of another zone.
    private static func inZone(_ moment: DateAndTime, _ name: String) -> DateAndTime? {
        guard let zone = TimeOffset(zone: name), moment.time.offset != nil else { return nil }
        return DateAndTime(nanosecondsSinceEpoch: moment.nanosecondsSinceEpoch, offset: zone)
    }

    private static func monthsBetween(_ from: CalendarDate, _ to: CalendarDate) -> MonthsDuration? {
        var months = (to.year - from.year) * 12 + to.month - from.month
        if months > 0, to.day < from.day { months -= 1 }
        if months < 0, to.day > from.day { months += 1 }
        return MonthsDuration(months: months)
    }
}
