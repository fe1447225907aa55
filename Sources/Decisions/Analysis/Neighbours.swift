/// Values beside and between others: what stands for a stretch of values in which all cells agree.
///
/// Numbers are dense, so something lies between any two; where a step is given (whole numbers, whole
/// fen) only its multiples count. Dates and months have their own steps.
extension Value {
    /// A value a little above (1) or below (−1), or nil where there is none.
    func neighbour(_ direction: Int, step: Decimal128?) -> Value? {
        switch self {
        case .number(let number):
            if let step { return number.onGrid(step, direction).map(Value.number) }
            return number.adding(Decimal128(direction)).map(Value.number)
        case .date(let date):
            return CalendarDate(daysSinceEpoch: date.daysSinceEpoch + direction).map(Value.date)
        case .dateTime(let moment):
            return moment.adding(DaysDuration(days: direction)).map(Value.dateTime)
        case .time(let time):
            // The day ends; there may be nothing beyond.
            return Self.time(time, by: direction)
        case .daysDuration(let duration):
            let day = Int128(direction) * Int128(TimeOfDay.nanosecondsPerDay)
            return DaysDuration(nanoseconds: duration.nanoseconds + day).map(Value.daysDuration)
        case .yearsMonthsDuration(let duration):
            return MonthsDuration(months: duration.months + direction).map(
                Value.yearsMonthsDuration)
        case .string(let text):
            if direction > 0 { return .string(text + "\u{0}") }
            return text.isEmpty ? nil : .string("")
        default: return nil
        }
    }

    private static func time(_ time: TimeOfDay, by direction: Int) -> Value? {
        let moved = time.nanosecondOfDay + direction * TimeOfDay.nanosecondsPerSecond
        guard 0..<TimeOfDay.nanosecondsPerDay ~= moved else { return nil }
        return .time(TimeOfDay(nanosecondOfDay: moved, offset: time.offset))
    }

    /// A value strictly between, or nil where there is none.
    static func between(_ a: Value, _ b: Value, step: Decimal128?) -> Value? {
        switch (a, b) {
        case (.number(let a), .number(let b)):
            if let step {
                return a.onGrid(step, 1).flatMap { $0 < b ? .number($0) : nil }
            }
            // A whole number is easier to read where one lies between.
            if let next = a.onGrid(.one, 1), next < b { return .number(next) }
            return a.adding(b)?.divided(by: Decimal128(2)).map(Value.number)
        case (.date(let a), .date(let b)):
            let next = a.daysSinceEpoch + 1
            return next < b.daysSinceEpoch
                ? CalendarDate(daysSinceEpoch: next).map(Value.date) : nil
        case (.yearsMonthsDuration(let a), .yearsMonthsDuration(let b)):
            return a.months + 1 < b.months
                ? MonthsDuration(months: a.months + 1).map(Value.yearsMonthsDuration) : nil
        case (.daysDuration(let a), .daysDuration(let b)):
            let half = (b.nanoseconds - a.nanoseconds) / 2
            return half > 0
                ? DaysDuration(nanoseconds: a.nanoseconds + half).map(Value.daysDuration) : nil
        case (.dateTime(let a), .dateTime(let b)):
            let half = (b.nanosecondsSinceEpoch - a.nanosecondsSinceEpoch) / 2
            return half > 0
                ? DaysDuration(nanoseconds: half).flatMap(a.adding).map(Value.dateTime) : nil
        case (.time(let a), .time(let b)):
            let half = (b.nanosecondOfDay - a.nanosecondOfDay) / 2
            return half > 0
                ? .time(TimeOfDay(nanosecondOfDay: a.nanosecondOfDay + half, offset: a.offset))
                : nil
        case (.string(let a), .string(let b)):
            let next = a + "\u{0}"
            return next.hasSameScalars(as: b) ? nil : .string(next)
        default: return nil
        }
    }

    /// The value as a FEEL expression that any DMN tool reads.
    var literal: String {
        switch self {
        case .date(let date): "date(\"\(date)\")"
        case .time(let time): "time(\"\(time)\")"
        case .dateTime(let moment): "date and time(\"\(moment)\")"
        case .daysDuration(let duration): "duration(\"\(duration)\")"
        case .yearsMonthsDuration(let duration): "duration(\"\(duration)\")"
        case .list(let items): "[\(items.map(\.literal).joined(separator: ", "))]"
        default: description
        }
    }
}

extension Decimal128 {
    /// The nearest multiple of `step` above (1) or below (−1).
    fileprivate func onGrid(_ step: Decimal128, _ direction: Int) -> Decimal128? {
        guard let steps = divided(by: step)?.rounded(toPlaces: 0, direction > 0 ? .floor : .ceiling)
        else { return nil }
        return steps.adding(Decimal128(direction))?.multiplied(by: step)
    }

    func isMultiple(of step: Decimal128) -> Bool { divided(by: step)?.isWhole ?? false }
}
