extension Builtin {
    static let numeric: [Builtin] = [
        rounding("decimal", .halfEven, scaleRequired: true),
        rounding("floor", .floor, scaleRequired: false),
        rounding("ceiling", .ceiling, scaleRequired: false),
        rounding("round up", .up, scaleRequired: true),
        rounding("round down", .down, scaleRequired: true),
        rounding("round half up", .halfUp, scaleRequired: true),
        rounding("round half down", .halfDown, scaleRequired: true),
        Builtin("abs", "n") { machine, arguments in
            switch arguments[0] {
            case .number(let number): .number(number.magnitude)
            case .daysDuration(let duration) where duration.nanoseconds < 0:
                machine.negate(.daysDuration(duration))
            case .yearsMonthsDuration(let duration) where duration.months < 0:
                machine.negate(.yearsMonthsDuration(duration))
            case .daysDuration, .yearsMonthsDuration: arguments[0]
            default: machine.refuse("abs", arguments)
            }
        },
        Builtin("modulo", "dividend, divisor") { machine, arguments in
            guard let dividend = arguments[0].single.number,
                let divisor = arguments[1].single.number, let rest = dividend.modulo(divisor)
            else { return machine.refuse("modulo", arguments) }
            return .number(rest)
        },
        ofOneNumber("sqrt") { $0.squareRoot() },
        ofOneNumber("log") { $0.naturalLogarithm() },
        ofOneNumber("exp") { $0.exponential() },
        parity("odd", 1), parity("even", 0),
        overNumbers("sum") { numbers in
            numbers.isEmpty ? nil : total(numbers)
        },
        overNumbers("product") { numbers in
            guard let first = numbers.first else { return nil }
            return numbers.dropFirst().reduce(first) { $0?.multiplied(by: $1) }
        },
        overNumbers("mean") { numbers in
            numbers.isEmpty ? nil : total(numbers)?.divided(by: Decimal128(numbers.count))
        },
        overNumbers("median") { numbers in
            guard !numbers.isEmpty else { return nil }
            let sorted = numbers.sorted()
            let middle = sorted.count / 2
            if sorted.count % 2 == 1 { return sorted[middle] }
            return sorted[middle - 1].adding(sorted[middle])?.divided(by: Decimal128(2))
        },
        overNumbers("stddev") { numbers in
            guard numbers.count > 1,
                let mean = total(numbers)?.divided(by: Decimal128(numbers.count))
            else { return nil }
            var squares: Decimal128? = .zero
            for number in numbers {
                guard let distance = number.subtracting(mean),
                    let square = distance.multiplied(by: distance)
                else { return nil }
                squares = squares?.adding(square)
            }
            return squares?.divided(by: Decimal128(numbers.count - 1))?.squareRoot()
        },
        Builtin("mode", "list…") { machine, arguments in
            guard let numbers = numbers(arguments) else { return machine.refuse("mode", arguments) }
            var counts: [Decimal128: Int] = [:]
            for number in numbers { counts[number, default: 0] += 1 }
            let most = counts.values.max() ?? 0
            return .list(counts.filter { $0.value == most }.keys.sorted().map(Value.number))
        },
    ]

    private static func total(_ numbers: [Decimal128]) -> Decimal128? {
        numbers.reduce(Decimal128.zero) { $0?.adding($1) }
    }

    private static func numbers(_ arguments: [Value]) -> [Decimal128]? {
        let items = arguments.itemsOrList
        let numbers = items.compactMap(\.number)
        return numbers.count == items.count && !arguments.isEmpty ? numbers : nil
    }

    private static func overNumbers(
        _ name: String, _ compute: @escaping @Sendable ([Decimal128]) -> Decimal128?
    ) -> Builtin {
        Builtin(name, "list…") { machine, arguments in
            guard let numbers = numbers(arguments), let result = compute(numbers) else {
                return machine.refuse(name, arguments)
            }
            return .number(result)
        }
    }

    private static func ofOneNumber(
        _ name: String, _ compute: @escaping @Sendable (Decimal128) -> Decimal128?
    ) -> Builtin {
        Builtin(name, "number") { machine, arguments in
            guard machine.charge(Limits.functionWork) else { return .null }
            guard let number = arguments[0].single.number, let result = compute(number) else {
                return machine.refuse(name, arguments)
            }
            return .number(result)
        }
    }

    private static func parity(_ name: String, _ rest: Int) -> Builtin {
        Builtin(name, "number") { machine, arguments in
            guard let number = arguments[0].single.number, number.isWhole,
                let remainder = number.modulo(Decimal128(2))
            else { return machine.refuse(name, arguments) }
            return .boolean(remainder == Decimal128(rest))
        }
    }

    /// Decimal places −6111…6176, as DMN says.
    private static func rounding(
        _ name: String, _ rounding: Rounding, scaleRequired: Bool
    ) -> Builtin {
        Builtin(name, scaleRequired ? "n, scale" : "n, scale?") { machine, arguments in
            let scale = arguments.count > 1 ? arguments[1].single.number : .zero
            guard let number = arguments[0].single.number,
                let places = scale?.rounded(toPlaces: 0, .down)?.wholeNumber,
                -6111...6176 ~= places, let result = number.rounded(toPlaces: places, rounding)
            else { return machine.refuse(name, arguments) }
            return .number(result)
        }
    }
}
