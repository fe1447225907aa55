/// A column of a table cut into pieces in which every cell says the same.
struct Column {
    struct Piece {
        let representative: Value
        let text: String
        /// Bit `row` is set where the rule's cell holds here.
        let rules: RuleSet
    }

    let name: String
    let pieces: [Piece]

    init(_ table: DecisionTable, _ index: Int, type: FEELType) {
        let input = table.inputs[index]
        name = input.text
        var constraints: [Constraint] = []
        if let allowed = input.allowed { constraints.append(allowed) }
        if case .constrained(_, let constraint) = type { constraints.append(constraint) }
        var constants: [Value] = []
        for rule in table.rules { constants += rule.tests[index].constants }
        let allowed = constraints.flatMap { Test($0.test, slot: 0).constants }
        var representatives = Self.representatives(
            of: constants + allowed, type: type, isEnumerated: !allowed.isEmpty)
        if input.namesNull { representatives.append((.null, "null")) }
        var machine = Machine(program: .empty, mode: .lenient)
        machine.slots = [Value](repeating: .null, count: input.slot + 1)
        var pieces: [Piece] = []
        for (value, text) in representatives {
            let isAllowed = constraints.allSatisfy { machine.satisfies(value, $0) }
            guard isAllowed || value.isNull else { continue }
            machine.slots[input.slot] = value
            var rules = RuleSet(count: table.rules.count)
            for (row, rule) in table.rules.enumerated()
            where machine.holds(rule.tests[index], slot: input.slot) == true {
                rules.insert(row)
            }
            pieces.append(Piece(representative: value, text: text, rules: rules))
        }
        self.pieces = pieces
    }

    /// One value for each piece, with its text.
    private static func representatives(
        of constants: [Value], type: FEELType, isEnumerated: Bool
    ) -> [(Value, String)] {
        var named: [Value] = []
        for constant in constants where !constant.isNull && !named.contains(constant) {
            named.append(constant)
        }
        if case .boolean = type.base { return Self.truths }
        guard let first = named.first else { return [(Self.anything(type), "any value")] }
        switch first {
        case .boolean: return Self.truths
        case .number, .date, .dateTime, .time, .daysDuration, .yearsMonthsDuration:
            return ordered(named)
        default:
            // A text no cell names; the allowed values, where there are any, exclude it.
            let other = Value.string("\u{10FFFD}")
            return named.map { ($0, $0.description) } + [(other, "any other")]
        }
    }

    private static let truths: [(Value, String)] = [
        (.boolean(true), "true"), (.boolean(false), "false"),
    ]

    private static func anything(_ type: FEELType) -> Value {
        switch type.base {
        case .number: .number(0)
        case .date: CalendarDate(year: 2000, month: 1, day: 1).map(Value.date) ?? .null
        default: .string("\u{10FFFD}")
        }
    }

    /// Below the first cut, at it, between it and the next, … above the last.
    private static func ordered(_ cuts: [Value]) -> [(Value, String)] {
        let machine = Machine(program: .empty, mode: .lenient)
        let sorted = cuts.filter { machine.order($0, cuts[0]) != nil }
            .sorted { (machine.order($0, $1) ?? 0) < 0 }
        var values: [Value] = []
        if let first = sorted.first, let below = first.neighbour(-1) { values.append(below) }
        for (index, cut) in sorted.enumerated() {
            values.append(cut)
            if index + 1 < sorted.count {
                if let between = Value.between(cut, sorted[index + 1]) { values.append(between) }
            } else if let above = cut.neighbour(1) {
                values.append(above)
            }
        }
        return values.map { ($0, $0.description) }
    }
}

extension Value {
    /// A value a little above (1) or below (−1).
    fileprivate func neighbour(_ direction: Int) -> Value? {
        switch self {
        case .number(let number): number.adding(Decimal128(direction)).map(Value.number)
        case .date(let date):
            CalendarDate(daysSinceEpoch: date.daysSinceEpoch + direction).map(Value.date)
        case .dateTime(let moment): moment.adding(DaysDuration(days: direction)).map(Value.dateTime)
        case .time(let time):
            // The day ends; there may be nothing beyond.
            Self.time(time, by: direction)
        case .daysDuration(let duration):
            DaysDuration(
                nanoseconds: duration.nanoseconds
                    + Int128(direction) * Int128(TimeOfDay.nanosecondsPerDay)
            ).map(Value.daysDuration)
        case .yearsMonthsDuration(let duration):
            MonthsDuration(months: duration.months + direction).map(Value.yearsMonthsDuration)
        default: nil
        }
    }

    private static func time(_ time: TimeOfDay, by direction: Int) -> Value? {
        let moved = time.nanosecondOfDay + direction * TimeOfDay.nanosecondsPerSecond
        guard 0..<TimeOfDay.nanosecondsPerDay ~= moved else { return nil }
        return .time(TimeOfDay(nanosecondOfDay: moved, offset: time.offset))
    }

    /// A value strictly between, or nil where there is none.
    fileprivate static func between(_ a: Value, _ b: Value) -> Value? {
        switch (a, b) {
        case (.number(let a), .number(let b)):
            // A whole number is easier to read where one lies between.
            if let next = a.rounded(toPlaces: 0, .floor)?.adding(.one), next > a, next < b {
                return .number(next)
            }
            return a.adding(b)?.divided(by: Decimal128(2)).map(Value.number)
        case (.date(let a), .date(let b)):
            let next = a.daysSinceEpoch + 1
            return next < b.daysSinceEpoch
                ? CalendarDate(daysSinceEpoch: next).map(Value.date) : nil
        case (.yearsMonthsDuration(let a), .yearsMonthsDuration(let b)):
            return a.months + 1 < b.months
                ? MonthsDuration(months: a.months + 1).map(Value.yearsMonthsDuration) : nil
        case (.daysDuration(let a), .daysDuration(let b)):
            return DaysDuration(nanoseconds: a.nanoseconds + (b.nanoseconds - a.nanoseconds) / 2)
                .map(Value.daysDuration)
        case (.dateTime(let a), .dateTime(let b)):
            let half = (b.nanosecondsSinceEpoch - a.nanosecondsSinceEpoch) / 2
            return DaysDuration(nanoseconds: half).flatMap(a.adding).map(Value.dateTime)
        case (.time(let a), .time(let b)):
            let half = (b.nanosecondOfDay - a.nanosecondOfDay) / 2
            return half > 0
                ? .time(TimeOfDay(nanosecondOfDay: a.nanosecondOfDay + half, offset: a.offset))
                : nil
        default: return nil
        }
    }
}

extension Test {
    /// Every constant the test names, in order.
    var constants: [Value] {
        switch self {
        case .any, .expression: []
        case .equals(let value), .compare(_, let value): [value]
        case .inside(let interval): [interval.low, interval.high]
        case .oneOf(let tests): tests.flatMap(\.constants)
        case .not(let test): test.constants
        }
    }
}

/// A set of rows, a bit for each.
struct RuleSet: Hashable {
    private var words: [UInt64]

    init(count: Int) { words = [UInt64](repeating: 0, count: (count + 63) / 64) }

    static func all(count: Int) -> RuleSet {
        var set = RuleSet(count: count)
        for row in 0..<count { set.insert(row) }
        return set
    }

    mutating func insert(_ row: Int) { words[row / 64] |= 1 << UInt64(row % 64) }

    func intersection(_ other: RuleSet) -> RuleSet {
        var result = self
        for index in words.indices { result.words[index] &= other.words[index] }
        return result
    }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    /// Ascending.
    var rows: [Int] {
        var rows: [Int] = []
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                rows.append(index * 64 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
        return rows
    }
}
