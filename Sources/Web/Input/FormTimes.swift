import Ledger

/// Moments, counts and written texts of a form.
extension Fields {
    /// A text that holds more than blanks.
    ///
    /// - Parameter limit: In characters.
    func written(_ name: String, upTo limit: Int, _ about: Phrase? = nil) -> String {
        written(name, limit, isRequired: true, about) ?? ""
    }

    func writtenIfPresent(_ name: String, upTo limit: Int, _ about: Phrase? = nil) -> String? {
        written(name, limit, isRequired: false, about)
    }

    private func written(
        _ name: String, _ limit: Int, isRequired: Bool, _ about: Phrase?
    ) -> String? {
        let schema: JSONValue = .object([
            "type": "string", "minLength": 1, "maxLength": .number(String(limit)),
        ])
        return field(name, schema, isRequired: isRequired, about) { value in
            guard case .text(let text) = value else {
                return .failure(.type("文本", "a text", value))
            }
            guard text.contains(where: { !$0.isWhitespace }) else {
                return .failure(Mend("请填写", "is empty: fill it in"))
            }
            guard text.count <= limit else {
                return .failure(
                    Mend(
                        "最多\(limit)个字，现有\(text.count)个",
                        "has \(text.count) characters; at most \(limit) are taken"))
            }
            return .success(text)
        }
    }

    func integer(_ name: String, in range: ClosedRange<Int>, _ about: Phrase? = nil) -> Int {
        let schema: JSONValue = .object([
            "type": "integer", "minimum": .number(String(range.lowerBound)),
            "maximum": .number(String(range.upperBound)),
        ])
        return field(name, schema, isRequired: true, about) { value in
            guard case .number(let digits) = value, let number = Int(digits),
                range.contains(number)
            else {
                return .failure(
                    Mend(
                        "应为\(range.lowerBound)至\(range.upperBound)的整数",
                        "must be a whole number from \(range.lowerBound) to \(range.upperBound)"))
            }
            return .success(number)
        } ?? range.lowerBound
    }

    func moment(_ name: String, _ about: Phrase? = nil) -> Moment {
        field(name, ["type": "string", "format": "date-time"], isRequired: true, about) { value in
            guard case .text(let text) = value, let moment = Moment(text) else {
                return .failure(
                    Mend(
                        "应为时间，写作2025-03-08T09:30:00+08:00",
                        "must be a time, written 2025-03-08T09:30:00+08:00"))
            }
            return .success(moment)
        } ?? Moment(ms: 0)
    }
}
