/// A property as it is asked: of a path with unknowns, and of facts.
struct Check {
    private let property: Property
    private let model: Model
    /// Nil where a decision's tables or nulls are looked at.
    private let asked: Asked?
    private let given: [Asked]

    init(_ property: Property, _ model: Model, _ options: Analysis.Options) throws(SyntaxError) {
        self.property = property
        self.model = model
        var given: [Asked] = []
        for text in options.given { given.append(try Asked(text, model)) }
        self.given = given
        switch property {
        case .always(let condition): asked = try Asked(condition, model)
        case .atMost(let amount, let bound):
            asked = try Asked("(\(amount)) <= (\(bound))", model)
        case .monotone(let outcome, _, _): asked = try Asked(outcome, model)
        case .onePath(let decision), .notNull(let decision):
            guard model.program.decisionByName[decision] != nil else {
                throw SyntaxError(
                    wording: Wording(
                        "the model has no decision \"\(decision)\"", "模型中没有决策“\(decision)”"),
                    line: 1, column: 1)
            }
            asked = nil
        }
    }

    /// The decisions it asks, by index.
    var decisions: [Int] {
        switch property {
        case .onePath(let name), .notNull(let name):
            return model.program.decisionByName[name].map { [$0] } ?? []
        case .always, .atMost, .monotone:
            return asked?.procedure.bindings.compactMap {
                if case .decision(let index) = $0.requirement { index } else { nil }
            } ?? []
        }
    }

    /// What a walker does after the decisions and before it is asked: for ``Property/monotone`` the
    /// input grows, and the decisions are made again in that second world.
    var stages: [Explorer.Stage] {
        guard case .monotone(_, let input, _) = property,
            let index = model.program.inputByName[input]
        else { return [] }
        return [.growth(input: index)] + Explorer.stages(of: decisions, in: model.program)
    }

    // MARK: On a path

    /// Ways in which the property may fail at the end of this path, each with the path that leads there.
    func failures(
        _ walker: inout Walker
    ) throws(Walker.Stop) -> [(why: String, path: Path)] {
        switch property {
        case .always, .atMost:
            guard let asked else { return [] }
            let answer = try walker.truth(walker.ask(asked))
            return answer == true
                ? [] : [("\(asked.text) may be \(answer.map { "\($0)" } ?? "null")", walker.path)]
        case .onePath(let decision):
            _ = try value(of: decision, &walker)
            return walker.events.map { ($0.text, walker.path) }
        case .notNull(let decision):
            let term = try value(of: decision, &walker)
            return try nulls(term, decision, &walker)
        case .monotone(_, _, let ranking):
            guard let asked else { return [] }
            walker.world = 0
            let before = try walker.ask(asked)
            walker.world = 1
            let after = try walker.ask(asked)
            return try falls(before, after, ranking, &walker)
        }
    }

    private func value(
        of decision: String, _ walker: inout Walker
    ) throws(Walker.Stop) -> Term {
        guard let index = model.program.decisionByName[decision] else { return .null }
        return try walker.value(of: .decision(index))
    }

    private func nulls(
        _ term: Term, _ name: String, _ walker: inout Walker
    ) throws(Walker.Stop) -> [(why: String, path: Path)] {
        switch term {
        case .value(let value):
            return value.holdsNull ? [("\(name) is null", walker.path)] : []
        case .number: return []
        case .symbol(let symbol):
            var path = walker.path
            let about = walker.symbols.all[symbol]
            if about.input != nil, !path.choice(symbol).contains(.null) { return [] }
            if about.input != nil, !path.choice(symbol).isExcluded { return [] }
            guard path.restrict(symbol, to: .only(.null)) else { return [] }
            if about.input != nil { return [] }
            path.openQuestions.append(about.text)
            return [("\(name) may be null", path)]
        case .context(let entries):
            var all: [(why: String, path: Path)] = []
            for entry in entries {
                all += try nulls(entry.term, "\(name).\(entry.name)", &walker)
            }
            return all
        case .list(let items):
            var all: [(why: String, path: Path)] = []
            for item in items { all += try nulls(item, "an item of \(name)", &walker) }
            return all
        }
    }

    private func falls(
        _ before: Term, _ after: Term, _ ranking: [String], _ walker: inout Walker
    ) throws(Walker.Stop) -> [(why: String, path: Path)] {
        if let a = before.constant, let b = after.constant {
            return Self.falls(a, b, ranking) ? [("\(a) becomes \(b)", walker.path)] : []
        }
        let (old, new) = (walker.symbols.text(of: before), walker.symbols.text(of: after))
        let falls = try walker.compare(.less, after, before)
        guard let answer = try walker.truth(falls) else {
            return [("\(old) may become \(new)", walker.path)]
        }
        return answer ? [("\(old) may become less", walker.path)] : []
    }

    private static func falls(_ before: Value, _ after: Value, _ ranking: [String]) -> Bool {
        if let a = before.string, let b = after.string, !ranking.isEmpty {
            guard let from = ranking.firstIndex(of: a), let to = ranking.firstIndex(of: b) else {
                return true
            }
            return to < from
        }
        if let a = before.boolean, let b = after.boolean { return a && !b }
        return Machine(program: .empty, mode: .lenient).order(after, before).map { $0 < 0 }
            ?? (before != after)
    }

    // MARK: On facts

    func isGiven(_ facts: [String: Value]) -> Bool {
        given.allSatisfy { $0.value(in: model, given: facts).boolean == true }
    }

    /// The facts with the input grown; for other properties one nil.
    func changes(_ facts: [String: Value], _ values: [String: [Value]]) -> [[String: Value]?] {
        guard case .monotone(_, let input, _) = property, let now = facts[input] else {
            return [nil]
        }
        let machine = Machine(program: .empty, mode: .lenient)
        return (values[input] ?? []).filter {
            (machine.order(now, $0) ?? -1) < 0 && (now.boolean != true) && $0.boolean != false
        }.map { facts.merging([input: $0]) { $1 } }
    }

    /// What the model does with the facts, where it breaks the property.
    func refutation(
        _ facts: [String: Value], _ changed: [String: Value]?
    ) -> Verdict.Refutation? {
        guard isGiven(facts), changed.map(isGiven) ?? true else { return nil }
        guard let (english, chinese) = breach(facts, changed) else { return nil }
        let needed = model.program.inputs.map(\.name)
        let text = needed.compactMap { name in
            facts[name].map { "\(name) = \($0.literal)" }
        }.joined(separator: ", ")
        return Verdict.Refutation(
            witness: facts, changed: changed, english: "\(english) for \(text)",
            chinese: "\(chinese)，事实：\(text)")
    }

    private func breach(
        _ facts: [String: Value], _ changed: [String: Value]?
    ) -> (english: String, chinese: String)? {
        switch property {
        case .always, .atMost:
            guard let asked else { return nil }
            let value = asked.value(in: model, given: facts)
            if value.boolean == true { return nil }
            return ("\(asked.text) is \(value)", "\(asked.text) 的结果是 \(value)")
        case .monotone(_, let input, let ranking):
            guard let asked, let changed, let grown = changed[input] else { return nil }
            let before = asked.value(in: model, given: facts)
            let after = asked.value(in: model, given: changed)
            guard Self.falls(before, after, ranking) else { return nil }
            return (
                "\(asked.text) falls from \(before.brief) to \(after.brief) when \(input) becomes \(grown)",
                "\(input) 变为 \(grown) 时，\(asked.text) 由 \(before.brief) 降为 \(after.brief)"
            )
        case .notNull(let decision):
            let value = model.evaluate(decision, given: facts, mode: .lenient).value
            return value.holdsNull
                ? ("\(decision) is \(value.brief)", "\(decision) 的结果是 \(value.brief)") : nil
        case .onePath(let decision):
            for table in model.explain(decision, given: facts, mode: .lenient) {
                let rows = table.rules.filter(\.matches)
                if rows.isEmpty {
                    guard needsRule(table.decision) else { continue }
                    return ("no rule of \(table.decision) matches", "“\(table.decision)”没有规则匹配")
                }
                if rows.count > 1, isContradicted(table, rows) {
                    let text = rows.map { String($0.rule) }.joined(separator: ", ")
                    return (
                        "rules \(text) of \(table.decision) match together",
                        "“\(table.decision)”的规则 \(text) 同时匹配"
                    )
                }
            }
            return nil
        }
    }

    private func needsRule(_ owner: String) -> Bool {
        model.tables.first { $0.owner == owner }.map {
            switch $0.hitPolicy {
            case .collect, .ruleOrder, .outputOrder, .count: false
            default: !$0.outputs.contains { $0.byDefault != nil }
            }
        } ?? false
    }

    private func isContradicted(_ table: TableExplanation, _ rows: [TableExplanation.Rule]) -> Bool
    {
        switch table.hitPolicy {
        case .unique: return true
        case .any:
            let rules = model.tables.first { $0.owner == table.decision }?.rules ?? []
            return Set(rows.map { rules[$0.rule - 1].outputTexts }).count > 1
        default: return false
        }
    }
}

extension Walker.Event {
    fileprivate var text: String {
        switch self {
        case .noRule(let table): "no rule of \(table) may match"
        case .severalRules(let table, let rows):
            "rules \(rows.map(String.init).joined(separator: ", ")) of \(table) may match together"
        }
    }
}

extension Value {
    /// Whether it is null, or some part of it is.
    fileprivate var holdsNull: Bool {
        switch self {
        case .null: true
        case .list(let items): items.contains(where: \.holdsNull)
        case .context(let context): context.entries.contains { $0.value.holdsNull }
        default: false
        }
    }
}
