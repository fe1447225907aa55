package import Casework
package import Ledger

/// Why a fact cannot be taken as it is written. Names the fact and the mend, for people.
package struct FactProblem: Hashable, Sendable {
    package let fact: String
    package let kind: Kind
    /// The allowed codes, the limit, the day: what the mend speaks of.
    package let detail: String

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The edition's schema has no such fact.
        case unknown
        /// The office says it, or it follows from others; the form may not.
        case notAsked
        case wrongType
        case notAllowed
        case outOfRange
        case negative
        /// More than two decimals.
        case overPrecise
        case inFuture
        /// What is derived from it would run backwards: boarded before queueing.
        case backwards
        case tooLong
    }

    package var chinese: String {
        switch kind {
        case .unknown: "没有“\(fact)”这项案情，请删除或改正名称"
        case .notAsked: "“\(fact)”由办理人员认定，请删除"
        case .wrongType: "“\(fact)”的写法不对：\(detail)"
        case .notAllowed: "“\(fact)”只能填：\(detail)"
        case .outOfRange: "“\(fact)”应在\(detail)之间"
        case .negative: "“\(fact)”不能为负数"
        case .overPrecise: "“\(fact)”最多两位小数（到分）"
        case .inFuture: "“\(fact)”不能晚于今天（\(detail)）"
        case .backwards: "“\(fact)”的先后顺序不对：\(detail)"
        case .tooLong: "“\(fact)”最多\(detail)"
        }
    }

    package var english: String {
        switch kind {
        case .unknown: "\(fact) is no fact of this edition: remove it or correct the name"
        case .notAsked: "\(fact) is found out by the office: remove it"
        case .wrongType: "\(fact) is not written as it must be: \(detail)"
        case .notAllowed: "\(fact) must be one of \(detail)"
        case .outOfRange: "\(fact) must lie within \(detail)"
        case .negative: "\(fact) may not be negative"
        case .overPrecise: "\(fact) has more than two decimals: write whole fen"
        case .inFuture: "\(fact) lies in the future; today is \(detail)"
        case .backwards: "\(fact) would be negative: put \(detail) in order"
        case .tooLong: "\(fact) is too long: at most \(detail)"
        }
    }
}

/// The longest text and list taken as one fact.
package enum FactLimits {
    package static let text_characters = 200
    package static let list_items = 200
}

extension Edition {
    /// Every problem with the facts a form brings for `matter`, in the order of their names.
    ///
    /// - Parameters:
    ///   - today: no purchase, stay or cancellation lies after it.
    ///   - source: who brings them; a tourist may not say what the office finds out.
    package func validate(
        _ facts: Facts, for matter: String, from source: FactKind.Source = .tourist, today: Day
    ) -> [FactProblem] {
        var problems: [FactProblem] = []
        for (name, fact) in facts.sorted(by: { $0.key < $1.key }) {
            guard let kind = factKind(name) else {
                problems.append(FactProblem(fact: name, kind: .unknown, detail: ""))
                continue
            }
            if source == .tourist, kind.source != .tourist {
                problems.append(FactProblem(fact: name, kind: .notAsked, detail: ""))
            } else if let problem = problem(fact, kind) ?? future(fact, kind, today) {
                problems.append(problem)
            }
        }
        guard problems.isEmpty else { return problems }
        return factSchema.compactMap { kind in
            guard let derivation = kind.derivation, kind.range.lowerBound == 0,
                case .integer(let value)? = derived(kind, from: facts), value < 0
            else { return nil }
            return FactProblem(
                fact: kind.name, kind: .backwards,
                detail: derivation.sources.joined(separator: ", "))
        }
    }

    /// What must still be found out before the determination of `matter` can be asked for.
    package func missingFacts(_ facts: Facts, for matter: String) -> [FactKind] {
        factSchema.filter {
            $0.source == .tourist && $0.needed.include(matter) && facts[$0.name] == nil
        }
    }

    /// Nil when `fact` is as its kind says.
    func problem(_ fact: Fact, _ kind: FactKind) -> FactProblem? {
        func problem(_ what: FactProblem.Kind, _ detail: String = "") -> FactProblem {
            FactProblem(fact: kind.name, kind: what, detail: detail)
        }
        switch (kind.type, fact) {
        case (.money, .text(let text)):
            return moneyProblem(text).map { problem($0, Self.writeMoney) }
        case (.integer, .integer(let integer)):
            guard !kind.range.contains(integer) else { return nil }
            if integer < 0, kind.range.lowerBound >= 0 { return problem(.negative) }
            return problem(.outOfRange, "\(kind.range.lowerBound)–\(kind.range.upperBound)")
        case (.text, .text(let text)): return textProblem(text, kind)
        case (.flag, .flag): return nil
        case (.day, .text(let text)):
            return Day(text) == nil ? problem(.wrongType, "yyyy-MM-dd") : nil
        case (.moment, .text(let text)):
            return Moment(text) == nil ? problem(.wrongType, "yyyy-MM-ddTHH:mm:ss+08:00") : nil
        case (.texts, .list(let items)), (.amounts, .list(let items)):
            return listProblem(items, kind)
        default: return problem(.wrongType, kind.type.example)
        }
    }

    private static let writeMoney = "\"1200.00\""

    private func textProblem(_ text: String, _ kind: FactKind) -> FactProblem? {
        if let values = kind.values, !values.contains(where: { $0.code == text }) {
            return FactProblem(
                fact: kind.name, kind: .notAllowed,
                detail: values.map(\.code).joined(separator: ", "))
        }
        // A character has a byte at least; counting characters costs far more.
        guard text.utf8.count > FactLimits.text_characters,
            text.count > FactLimits.text_characters
        else { return nil }
        return FactProblem(
            fact: kind.name, kind: .tooLong, detail: "\(FactLimits.text_characters) characters")
    }

    private func listProblem(_ items: [Fact], _ kind: FactKind) -> FactProblem? {
        if items.count > FactLimits.list_items {
            return FactProblem(
                fact: kind.name, kind: .tooLong, detail: "\(FactLimits.list_items) entries")
        }
        for item in items {
            guard case .text(let text) = item else {
                return FactProblem(fact: kind.name, kind: .wrongType, detail: kind.type.example)
            }
            if kind.type == .amounts, let what = moneyProblem(text) {
                return FactProblem(fact: kind.name, kind: what, detail: Self.writeMoney)
            }
            if kind.type == .texts, let problem = textProblem(text, kind) { return problem }
        }
        return nil
    }

    private func moneyProblem(_ text: String) -> FactProblem.Kind? {
        if let money = Money(yuan: text) { return money.isNegative ? .negative : nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isDecimal =
            parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.utf8.allSatisfy { (48...57).contains($0) }
            }
        return isDecimal ? .overPrecise : .wrongType
    }

    private func future(_ fact: Fact, _ kind: FactKind, _ today: Day) -> FactProblem? {
        guard !kind.mayBeFuture, case .text(let text) = fact else { return nil }
        let day: Day? =
            switch kind.type {
            case .day: Day(text)
            case .moment: Moment(text).map(jurisdiction.zone.day(at:))
            default: nil
            }
        guard let day, day > today else { return nil }
        return FactProblem(fact: kind.name, kind: .inFuture, detail: today.description)
    }
}

extension FactKind.Kind {
    /// How a fact of the kind is written in JSON.
    package var example: String {
        switch self {
        case .money: "\"1200.00\""
        case .integer: "3"
        case .text: "\"text\""
        case .flag: "true / false"
        case .day: "\"2025-03-08\""
        case .moment: "\"2025-03-08T09:30:00+08:00\""
        case .texts: "[\"a\", \"b\"]"
        case .amounts: "[\"144.00\", \"0.00\"]"
        }
    }
}

extension Fact {
    /// Reads what a YAML file writes for a fact of `type`; nil when it is none.
    init?(_ text: String, type: FactKind.Kind) {
        switch type {
        case .money:
            guard let money = Money(yuan: text), !money.isNegative else { return nil }
            self = .text(money.description)
        case .integer:
            guard let integer = Int64(text) else { return nil }
            self = .integer(integer)
        case .flag:
            guard let flag = Bool(text) else { return nil }
            self = .flag(flag)
        case .day:
            guard Day(text) != nil else { return nil }
            self = .text(text)
        case .moment:
            guard Moment(text) != nil else { return nil }
            self = .text(text)
        case .text: self = .text(text)
        case .texts, .amounts: return nil
        }
    }
}
