internal import Casework
internal import Decisions
internal import Ledger

extension Answer {
    func unusable(_ reason: String) -> PolicyError {
        .unusable(edition: edition.id, model: model.name, reason: reason)
    }

    func context() throws(PolicyError) -> Context { try context(evaluation.value) }

    func text(_ name: String, in entries: Context) throws(PolicyError) -> String {
        guard case .string(let text)? = entries[name] else { throw lacks(name, "text", entries) }
        return text
    }

    func flag(_ name: String, in entries: Context) throws(PolicyError) -> Bool {
        guard case .boolean(let flag)? = entries[name] else { throw lacks(name, "flag", entries) }
        return flag
    }

    func list(_ name: String, in entries: Context) throws(PolicyError) -> [Value] {
        guard case .list(let items)? = entries[name] else { throw lacks(name, "list", entries) }
        return items
    }

    func number(_ name: String, in entries: Context) throws(PolicyError) -> Decimal128 {
        guard case .number(let number)? = entries[name] else {
            throw lacks(name, "number", entries)
        }
        return number
    }

    /// Whole, and not negative.
    func integer(_ name: String, in entries: Context) throws(PolicyError) -> Int {
        guard let integer = try number(name, in: entries).wholeNumber, integer >= 0 else {
            throw lacks(name, "whole number of 0 or more", entries)
        }
        return integer
    }

    /// Whole fen, and not negative.
    func money(_ name: String, in entries: Context) throws(PolicyError) -> Money {
        guard let fen = try number(name, in: entries).exactly(timesTenToThe: 2), fen >= 0 else {
            throw lacks(name, "amount in whole fen", entries)
        }
        return Money(fen: fen)
    }

    func choice<Choice: RawRepresentable>(
        _: Choice.Type, _ name: String, in entries: Context
    ) throws(PolicyError) -> Choice where Choice.RawValue == String {
        guard let choice = Choice(rawValue: try text(name, in: entries)) else {
            throw lacks(name, "\(Choice.self)", entries)
        }
        return choice
    }

    func head(_ value: Value) throws(PolicyError) -> RefundHead {
        let entries = try context(value)
        let amount = try money("amount", in: entries)
        let arithmetic = Arithmetic(
            parts: try parts(entries), base: try number("base", in: entries),
            less: try number("less", in: entries), percent: try number("percent", in: entries),
            times: try number("times", in: entries), atLeast: try number("atLeast", in: entries))
        guard let text = arithmetic.text(leadingTo: amount) else {
            throw unusable("the amount \(amount) does not follow from its own base and rate")
        }
        return RefundHead(
            code: try self.text("code", in: entries), clause: try self.text("clause", in: entries),
            arithmetic: text, amount: amount, isCovered: try flag("covered", in: entries))
    }

    private func parts(_ entries: Context) throws(PolicyError) -> [Decimal128] {
        guard entries["parts"] != nil else { return [] }
        var parts: [Decimal128] = []
        for item in try list("parts", in: entries) {
            guard case .number(let part) = item else { throw unusable("a part is no number") }
            parts.append(part)
        }
        return parts
    }

    func context(of name: String, in entries: Context) throws(PolicyError) -> Context {
        guard let value = entries[name] else { throw lacks(name, "context", entries) }
        return try context(value)
    }

    private func context(_ value: Value) throws(PolicyError) -> Context {
        guard case .context(let context) = value else {
            throw unusable("\(value) is no context with named entries")
        }
        return context
    }

    private func lacks(_ name: String, _ kind: String, _ entries: Context) -> PolicyError {
        unusable("\(name) is \(entries[name].map { "\($0)" } ?? "missing"), not a \(kind)")
    }
}
