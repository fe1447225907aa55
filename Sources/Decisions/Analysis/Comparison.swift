/// The walk through two models with the same unknown facts.
struct Comparison {
    private let old: Model
    private let new: Model
    private let decision: String
    private let explorer: Explorer
    private let options: Analysis.Options
    private var parts: [(part: Difference.Part, tests: [String: Side])] = []
    private(set) var paths = 0
    private(set) var openQuestions: [String] = []

    /// What one input may be in a region; sides of one kind can be merged.
    private enum Side: Hashable {
        case choice(Choice)
        case text(String)
    }

    init(
        _ old: Model, _ new: Model, _ decision: String, _ explorer: Explorer,
        _ options: Analysis.Options
    ) {
        (self.old, self.new, self.decision) = (old, new, decision)
        (self.explorer, self.options) = (explorer, options)
    }

    mutating func run() {
        do throws(Walker.Stop) {
            let decisions = old.program.decisionByName[decision].map { [$0] } ?? []
            let all = try explorer.run(through: decisions) { walker throws(Walker.Stop) in
                try compare(&walker)
                return true
            }
            paths = all ?? options.pathLimit
            if all == nil {
                openQuestions.append("there are more than \(options.pathLimit) paths")
            }
        } catch {
            openQuestions.append("decisions are nested too deep")
        }
    }

    private mutating func compare(_ walker: inout Walker) throws(Walker.Stop) {
        guard let first = old.program.decisionByName[decision],
            let second = new.program.decisionByName[decision]
        else { return }
        let before = try walker.value(of: .decision(first))
        var other = Walker(new.program, walker.symbols, options)
        (other.path, other.script) = (walker.path, walker.script)
        (other.taken, other.pending) = (walker.taken, walker.pending)
        // The new model reads the same facts where it has the same inputs.
        for (index, input) in new.program.inputs.enumerated() {
            guard let same = old.program.inputByName[input.name] else { continue }
            let key = Walker.Known(world: 0, requirement: .input(index))
            other.known[key] =
                walker.known[Walker.Known(world: 0, requirement: .input(same))]
        }
        defer {
            (walker.path, walker.taken, walker.pending) = (other.path, other.taken, other.pending)
        }
        let after = try other.value(of: .decision(second))
        if try differ(before, after, &other) { note(before, after, other) }
    }

    /// Whether the answers differ; a branch is taken where amounts may.
    private func differ(
        _ a: Term, _ b: Term, _ walker: inout Walker
    ) throws(Walker.Stop) -> Bool {
        if walker.symbols.text(of: a) == walker.symbols.text(of: b) { return false }
        if let x = a.constant, let y = b.constant { return x != y }
        switch (a, b) {
        case (.context(let x), .context(let y)):
            guard x.map(\.name) == y.map(\.name) else { return true }
            for (first, second) in zip(x, y) where try differ(first.term, second.term, &walker) {
                return true
            }
            return false
        case (.list(let x), .list(let y)):
            guard x.count == y.count else { return true }
            for (first, second) in zip(x, y) where try differ(first, second, &walker) {
                return true
            }
            return false
        default: return try walker.areSame(a, b) == false
        }
    }

    private mutating func note(_ a: Term, _ b: Term, _ walker: Walker) {
        var witness: ([String: Value], Value, Value)?
        for facts in Witnesses(old, walker.symbols, options).facts(walker.path) {
            let more = Witnesses(new, walker.symbols, options).facts(walker.path).first ?? [:]
            let all = facts.merging(more) { first, _ in first }
            let before = old.evaluate(decision, given: all, mode: .lenient).value
            let after = new.evaluate(decision, given: all, mode: .lenient).value
            if before != after {
                witness = (all, before, after)
                break
            }
        }
        guard let (facts, before, after) = witness else {
            let open = walker.path.openQuestions.prefix(2).joined(separator: " and ")
            let reason = "a possible difference has no witness\(open.isEmpty ? "" : ": \(open)")"
            if openQuestions.count < 5, !openQuestions.contains(reason) {
                openQuestions.append(reason)
            }
            return
        }
        let sides = sides(walker)
        let part = Difference.Part(
            region: Region(conditions: [], relations: walker.path.relations(walker.symbols)),
            witness: facts.sorted { $0.key < $1.key }.map {
                Finding.Fact(input: $0.key, text: $0.value.literal)
            }, old: walker.symbols.text(of: a), new: walker.symbols.text(of: b),
            oldAnswer: before.literal, newAnswer: after.literal)
        parts.append((part, sides))
    }

    /// What the path says of each single input.
    private func sides(_ walker: Walker) -> [String: Side] {
        var sides: [String: Side] = [:]
        for (symbol, choice) in walker.path.choices {
            guard walker.symbols.all[symbol].unit == nil else { continue }
            sides[walker.symbols.all[symbol].text] = .choice(choice)
        }
        for (symbol, variable) in walker.path.variables {
            let about = walker.symbols.all[symbol]
            guard about.input != nil else { continue }
            let test = walker.path.simplex.test(variable, about.unit ?? .number)
            if test != "-", test != allowed(about.text) { sides[about.text] = .text(test) }
        }
        return sides
    }

    /// The allowed values of an input as written: they are no condition of a region.
    private func allowed(_ name: String) -> String? {
        guard let input = old.program.inputs.first(where: { $0.name == name }),
            case .constrained(_, let constraint) = input.type
        else { return nil }
        return constraint.text
    }

    /// The parts, with those joined that differ in one enumeration only.
    func merged() -> [Difference.Part] {
        var parts = parts
        var index = 0
        while index < parts.count {
            var other = index + 1
            var isJoined = false
            while other < parts.count {
                if let joined = Self.joined(parts[index], parts[other]) {
                    parts[index].tests = joined
                    parts.remove(at: other)
                    isJoined = true
                } else {
                    other += 1
                }
            }
            if !isJoined { index += 1 }
        }
        return parts.map { part, sides in
            var part = part
            let conditions = sides.sorted { $0.key < $1.key }.compactMap { name, side in
                text(side, name).map { Region.Condition(input: name, test: $0) }
            }
            part.region = Region(conditions: conditions, relations: part.region.relations)
            return part
        }
    }

    private static func joined(
        _ a: (part: Difference.Part, tests: [String: Side]),
        _ b: (part: Difference.Part, tests: [String: Side])
    ) -> [String: Side]? {
        guard a.part.old == b.part.old, a.part.new == b.part.new,
            a.part.region.relations == b.part.region.relations
        else { return nil }
        let names = Set(a.tests.keys).union(b.tests.keys)
        let different = names.filter { a.tests[$0] != b.tests[$0] }
        guard different.count <= 1 else { return nil }
        guard let name = different.first else { return a.tests }
        // An input that one of them does not ask about is free there.
        guard let x = a.tests[name], let y = b.tests[name] else {
            return a.tests.filter { $0.key != name }
        }
        guard case .choice(let x) = x, case .choice(let y) = y else { return nil }
        var joined = a.tests
        joined[name] = .choice(x.union(y))
        return joined
    }

    private func text(_ side: Side, _ name: String) -> String? {
        switch side {
        case .text(let text): return text
        case .choice(let choice):
            let truths: Set<Value> = [.boolean(true), .boolean(false)]
            if !choice.isExcluded, choice.values == truths { return nil }
            if choice.isExcluded, choice.values.subtracting([.null]).isEmpty { return nil }
            // All the allowed values are no condition.
            if let input = old.program.inputs.first(where: { $0.name == name }),
                case .constrained(_, let constraint) = input.type
            {
                let allowed = Set(Test(constraint.test, slot: 0).constants)
                if !choice.isExcluded, choice.values == allowed { return nil }
            }
            let values = choice.values.filter { !$0.isNull || !choice.isExcluded }
                .map(\.literal).sorted().joined(separator: ", ")
            return choice.isExcluded ? "not(\(values))" : values
        }
    }
}

extension Walker {
    /// Whether two answers are the same; the branch in which they are not comes first.
    fileprivate mutating func areSame(_ a: Term, _ b: Term) throws(Stop) -> Bool {
        try areEqual(a, b) ?? false
    }
}

extension Simplex {
    /// The bounds of a variable as a unary test.
    fileprivate func test(_ variable: Int, _ unit: Term.Unit) -> String {
        func text(_ bound: Nearly?) -> String? {
            bound.flatMap { unit.value($0.value)?.literal }
        }
        let (lower, upper) = (low[variable], high[variable])
        let (isLowClosed, isHighClosed) = (
            lower?.slope.isZero ?? false, upper?.slope.isZero ?? false
        )
        switch (text(lower), text(upper)) {
        case (nil, nil): return "-"
        case (let low?, nil): return "\(isLowClosed ? ">=" : ">") \(low)"
        case (nil, let high?): return "\(isHighClosed ? "<=" : "<") \(high)"
        case (let low?, let high?):
            if low == high { return low }
            return "\(isLowClosed ? "[" : "(")\(low)..\(high)\(isHighClosed ? "]" : ")")"
        }
    }
}
