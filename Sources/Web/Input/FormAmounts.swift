import Ledger

/// Amounts, flags and days of a form.
extension Fields {
    /// Whole fen, 0…`Fields.amountLimit`.
    func amount(_ name: String, _ about: Phrase? = nil) -> Money {
        amount(name, isRequired: true, about) ?? .zero
    }

    func amountIfPresent(_ name: String, _ about: Phrase? = nil) -> Money? {
        amount(name, isRequired: false, about)
    }

    /// One trillion yuan: far above any fund, far below what `Money` can add up.
    static let amountLimit = Money(fen: 100_000_000_000_000)

    private func amount(_ name: String, isRequired: Bool, _ about: Phrase?) -> Money? {
        let schema: JSONValue = .object([
            "type": "integer", "format": "int64", "minimum": 0,
            "maximum": .number(String(Self.amountLimit.fen)),
        ])
        return field(name, schema, isRequired: isRequired, about) { value in
            guard case .number(let digits) = value else {
                return .failure(.type("以分为单位的整数", "a whole number of fen", value))
            }
            if digits.hasPrefix("-"), digits != "-0" {
                return .failure(Mend("不能为负数", "must not be negative"))
            }
            guard let fen = Int64(digits) else {
                return .failure(
                    Mend("应为以分为单位的整数：10.50元写作1050", "must be whole fen: write 10.50 yuan as 1050"))
            }
            guard fen <= Self.amountLimit.fen else {
                return .failure(
                    Mend("最大为\(Self.amountLimit.fen)", "may be at most \(Self.amountLimit.fen)"))
            }
            return .success(Money(fen: fen))
        }
    }

    /// A whole number within `range`.
    func number(_ name: String, in range: ClosedRange<Int>, _ about: Phrase? = nil) -> Int {
        let schema: JSONValue = .object([
            "type": "integer", "minimum": .number(String(range.lowerBound)),
            "maximum": .number(String(range.upperBound)),
        ])
        return field(name, schema, isRequired: true, about) { value in
            guard case .number(let digits) = value else {
                return .failure(.type("整数", "a whole number", value))
            }
            guard let number = Int(digits), range.contains(number) else {
                return .failure(
                    Mend(
                        "应为\(range.lowerBound)至\(range.upperBound)的整数",
                        "must be a whole number from \(range.lowerBound) to \(range.upperBound)"))
            }
            return .success(number)
        } ?? range.lowerBound
    }

    func flag(_ name: String, _ about: Phrase? = nil) -> Bool {
        field(name, ["type": "boolean"], isRequired: true, about) { value in
            guard case .flag(let flag) = value else {
                return .failure(.type("true或false", "true or false", value))
            }
            return .success(flag)
        } ?? false
    }

    func day(_ name: String, _ about: Phrase? = nil) -> Day {
        day(name, isRequired: true, about) ?? .epoch
    }

    func dayIfPresent(_ name: String, _ about: Phrase? = nil) -> Day? {
        day(name, isRequired: false, about)
    }

    private func day(_ name: String, isRequired: Bool, _ about: Phrase?) -> Day? {
        field(name, ["type": "string", "format": "date"], isRequired: isRequired, about) { value in
            guard case .text(let text) = value, let day = Day(text) else {
                return .failure(
                    Mend("应为真实存在的日期，写作2025-03-08", "must be a date that exists, written 2025-03-08")
                )
            }
            return .success(day)
        }
    }
}
