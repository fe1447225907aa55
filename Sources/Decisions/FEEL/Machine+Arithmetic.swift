extension Machine {
    mutating func arithmetic(_ sign: ArithmeticOperator, _ a: Value, _ b: Value) -> Value {
        let result: Value?
        if sign == .power { guard charge(Limits.functionWork) else { return .null } }
        switch (sign, a, b) {
        case (_, .number(let a), .number(let b)): result = numeric(sign, a, b).map(Value.number)
        case (.add, .string(let a), .string(let b)):
            guard a.utf8.count + b.utf8.count <= Limits.stringScalars else {
                return fail("a string has at most \(Limits.stringScalars) characters")
            }
            guard charge((a.utf8.count + b.utf8.count) / 16) else { return .null }
            result = .string(a + b)
        case (.add, _, _): result = sum(a, b) ?? sum(b, a)
        case (.subtract, _, _): result = difference(a, b)
        case (.multiply, _, _): result = product(a, b) ?? product(b, a)
        case (.divide, _, _): result = quotient(a, b)
        default: result = nil
        }
        guard let result else {
            return fail("\(a.brief) \(sign.rawValue) \(b.brief) cannot be computed")
        }
        return result
    }

    private func numeric(
        _ sign: ArithmeticOperator, _ a: Decimal128, _ b: Decimal128
    ) -> Decimal128? {
        switch sign {
        case .add: a.adding(b)
        case .subtract: a.subtracting(b)
        case .multiply: a.multiplied(by: b)
        case .divide: a.divided(by: b)
        case .power: a.raised(to: b)
        }
    }

    mutating func negate(_ value: Value) -> Value {
        switch value {
        case .number(let number): .number(-number)
        case .daysDuration(let duration):
            DaysDuration(nanoseconds: -duration.nanoseconds).map(Value.daysDuration) ?? .null
        case .yearsMonthsDuration(let duration):
            MonthsDuration(months: -duration.months).map(Value.yearsMonthsDuration) ?? .null
        default: fail("-\(value.brief) cannot be computed")
        }
    }

    private func sum(_ a: Value, _ b: Value) -> Value? {
        switch (a, b) {
        case (.daysDuration(let a), .daysDuration(let b)):
            DaysDuration(nanoseconds: a.nanoseconds + b.nanoseconds).map(Value.daysDuration)
        case (.yearsMonthsDuration(let a), .yearsMonthsDuration(let b)):
            MonthsDuration(months: a.months + b.months).map(Value.yearsMonthsDuration)
        case (.date(let date), .yearsMonthsDuration(let duration)):
            date.adding(months: duration.months).map(Value.date)
        case (.date(let date), .daysDuration(let duration)):
            DateAndTime(date, .midnight).adding(duration).map { Value.date($0.date) }
        case (.dateTime(let moment), .yearsMonthsDuration(let duration)):
            moment.date.adding(months: duration.months).map {
                .dateTime(DateAndTime($0, moment.time))
            }
        case (.dateTime(let moment), .daysDuration(let duration)):
            moment.adding(duration).map(Value.dateTime)
        case (.time(let time), .daysDuration(let duration)): .time(time.adding(duration))
        default: nil
        }
    }

    private mutating func difference(_ a: Value, _ b: Value) -> Value? {
        switch (a, b) {
        case (.date, .date), (.date, .dateTime), (.dateTime, .date), (.dateTime, .dateTime):
            guard let first = a.moment, let second = b.moment else { return nil }
            guard (first.time.offset == nil) == (second.time.offset == nil) else { return nil }
            return DaysDuration(
                nanoseconds: first.nanosecondsSinceEpoch - second.nanosecondsSinceEpoch
            ).map(Value.daysDuration)
        case (.time(let a), .time(let b)):
            guard (a.offset == nil) == (b.offset == nil) else { return nil }
            return DaysDuration(nanoseconds: Int128(a.universal - b.universal))
                .map(Value.daysDuration)
        case (_, .daysDuration(let duration)):
            return DaysDuration(nanoseconds: -duration.nanoseconds).flatMap {
                sum(a, .daysDuration($0))
            }
        case (_, .yearsMonthsDuration(let duration)):
            return MonthsDuration(months: -duration.months).flatMap {
                sum(a, .yearsMonthsDuration($0))
            }
        default: return nil
        }
    }

    private func product(_ a: Value, _ b: Value) -> Value? {
        guard case .number(let factor) = b else { return nil }
        switch a {
        case .daysDuration(let duration):
            return duration.totalSeconds?.multiplied(by: factor)
                .flatMap { DaysDuration(seconds: $0) }.map(Value.daysDuration)
        case .yearsMonthsDuration(let duration):
            return Decimal128(duration.months).multiplied(by: factor)?
                .rounded(toPlaces: 0, .down)?.wholeNumber
                .flatMap { MonthsDuration(months: $0) }.map(Value.yearsMonthsDuration)
        default: return nil
        }
    }

    private func quotient(_ a: Value, _ b: Value) -> Value? {
        switch (a, b) {
        case (.daysDuration(let a), .daysDuration(let b)):
            guard let dividend = a.totalSeconds, let divisor = b.totalSeconds else { return nil }
            return dividend.divided(by: divisor).map(Value.number)
        case (.yearsMonthsDuration(let a), .yearsMonthsDuration(let b)):
            return Decimal128(a.months).divided(by: Decimal128(b.months)).map(Value.number)
        case (.daysDuration(let duration), .number(let divisor)):
            return duration.totalSeconds?.divided(by: divisor)
                .flatMap { DaysDuration(seconds: $0) }.map(Value.daysDuration)
        case (.yearsMonthsDuration(let duration), .number(let divisor)):
            return Decimal128(duration.months).divided(by: divisor)?
                .rounded(toPlaces: 0, .down)?.wholeNumber
                .flatMap { MonthsDuration(months: $0) }.map(Value.yearsMonthsDuration)
        default: return nil
        }
    }
}

extension Value {
    /// A date as its midnight in UTC, a moment as itself.
    var moment: DateAndTime? {
        switch self {
        case .date(let date):
            DateAndTime(date, TimeOfDay(nanosecondOfDay: 0, offset: .seconds(0)))
        case .dateTime(let moment): moment
        default: nil
        }
    }

    /// A literal `@"…"`: whichever kind the text is.
    init?(temporal text: String) {
        if let date = CalendarDate(text) {
            self = .date(date)
        } else if let time = TimeOfDay(text) {
            self = .time(time)
        } else if let moment = DateAndTime(text) {
            self = .dateTime(moment)
        } else if let duration = Value(duration: text) {
            self = duration
        } else {
            return nil
        }
    }

    init?(duration text: String) {
        var scanner = TemporalScanner(text)
        guard let duration = scanner.duration(), scanner.isAtEnd else { return nil }
        switch duration {
        case .days(let duration): self = .daysDuration(duration)
        case .months(let duration): self = .yearsMonthsDuration(duration)
        }
    }
}
