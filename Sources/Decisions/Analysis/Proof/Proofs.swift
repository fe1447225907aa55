extension Analysis {
    /// Proves a property of a model for all facts, or finds facts that refute it.
    ///
    /// Every path through the decisions is followed with unknown facts: enumerations as the values
    /// still possible, numbers and dates as linear conditions, decided exactly. Comparisons, `min`,
    /// `max`, `+`, `−`, products and quotients with constants, `if`, tables, contexts, lists written
    /// out and calls of knowledge models are exact; rounding is exact within its step. Products of
    /// two unknowns, lists from outside and other functions are unknowns themselves: what then cannot
    /// be proved is run on boundary facts, and called undecided if none of them refutes it.
    ///
    /// Facts are those the types and `options` allow; an input is not null unless they say so. A
    /// refutation is always confirmed by running the model.
    public static func prove(
        _ property: Property, in model: Model, options: Options = Options()
    ) -> Verdict {
        prove(all: [property], in: model, options: options)[0]
    }

    /// As ``prove(_:in:options:)``, for several properties: those that ask the same decisions share
    /// the walk through them, which is most of the work. The verdicts are in the order of the
    /// properties.
    public static func prove(
        all properties: [Property], in model: Model, options: Options = Options()
    ) -> [Verdict] {
        var verdicts = [Verdict](
            repeating: .undecided(reasons: [], tried: 0), count: properties.count)
        var groups: [Set<Int>: [Int]] = [:]
        var proofs: [Int: Proof] = [:]
        for (index, property) in properties.enumerated() {
            do throws(SyntaxError) {
                let proof = try Proof(property, model, options)
                proofs[index] = proof
                groups[Set(proof.decisions), default: []].append(index)
            } catch {
                verdicts[index] = .undecided(
                    reasons: ["\(property.text): \(error.message) (column \(error.column))"],
                    tried: 0)
            }
        }
        for indices in groups.values {
            var shared = indices.compactMap { proofs[$0] }
            Proof.walk(&shared, model, options)
            for (index, proof) in zip(indices, shared) { verdicts[index] = proof.verdict }
        }
        return verdicts
    }
}

/// One property under proof.
struct Proof {
    private let property: Property
    private let model: Model
    private let options: Analysis.Options
    private let check: Check
    /// The decisions it asks, in the order in which they are made.
    let decisions: [Int]
    /// For ``Property/monotone``: the input that grows.
    private let changed: Int?

    private var paths = 0
    private var refutation: Verdict.Refutation?
    private var reasons: [String] = []
    private var isUnfinished = false

    init(
        _ property: Property, _ model: Model, _ options: Analysis.Options
    ) throws(SyntaxError) {
        self.property = property
        self.model = model
        self.options = options
        check = try Check(property, model, options)
        decisions = check.decisions
        guard case .monotone(_, let input, _) = property else {
            changed = nil
            return
        }
        guard let index = model.program.inputByName[input] else {
            throw SyntaxError(
                wording: Wording("the model has no input \"\(input)\"", "模型中没有输入“\(input)”"),
                line: 1, column: 1)
        }
        changed = index
    }

    /// Follows every path through the decisions once, and asks all proofs at its end.
    ///
    /// - Parameter proofs: of the same decisions.
    fileprivate static func walk(
        _ proofs: inout [Proof], _ model: Model, _ options: Analysis.Options
    ) {
        guard let decisions = proofs.first?.decisions else { return }
        do throws(SyntaxError) {
            let explorer = try Explorer(model, options)
            let witnesses = Witnesses(model, explorer.symbols, options)
            do throws(Walker.Stop) {
                let paths = try explorer.run(through: decisions) { walker throws(Walker.Stop) in
                    var isWanted = false
                    for index in proofs.indices where !proofs[index].isDone {
                        try proofs[index].look(walker, witnesses)
                        if !proofs[index].isDone { isWanted = true }
                    }
                    return isWanted
                }
                if paths == nil { for index in proofs.indices { proofs[index].giveUp() } }
            } catch {
                for index in proofs.indices { proofs[index].note("decisions are nested too deep") }
            }
        } catch {
            // The conditions given were read before, by the checks.
            for index in proofs.indices { proofs[index].note(error.message) }
        }
    }

    private var isDone: Bool { refutation != nil || isUnfinished }

    private mutating func giveUp() {
        if isDone { return }
        isUnfinished = true
        note("there are more than \(options.pathLimit) paths")
    }

    private mutating func note(_ reason: String) {
        if reasons.count < 5, !reasons.contains(reason) { reasons.append(reason) }
    }

    /// Asks the property at the end of a path through the decisions, on all paths that lead on.
    private mutating func look(
        _ walker: Walker, _ witnesses: Witnesses
    ) throws(Walker.Stop) {
        var walk = Walk(pathLimit: options.pathLimit - paths)
        _ = try walk.follow(check.stages, from: walker) { walker throws(Walker.Stop) in
            for (failure, path) in try check.failures(&walker) {
                if !suspect(path, failure, witnesses) { return false }
            }
            return true
        }
        paths += walk.paths
        if walk.isOver { giveUp() }
    }

    /// A path on which the property may fail; false stops the search.
    private mutating func suspect(_ path: Path, _ why: String, _ witnesses: Witnesses) -> Bool {
        let facts = witnesses.facts(path)
        let others = changed == nil ? [] : witnesses.facts(path, mark: "′")
        for (index, given) in facts.enumerated() {
            let other = index < others.count ? others[index] : nil
            if let found = check.refutation(given, other) {
                refutation = found
                return false
            }
        }
        let open = path.openQuestions.prefix(3)
        note(open.isEmpty ? why : "\(why), which hangs on \(open.joined(separator: " and "))")
        return true
    }

    /// The answer, after the walk.
    fileprivate var verdict: Verdict {
        if let refutation { return .refuted(refutation) }
        if reasons.isEmpty { return .proved(paths: paths) }
        var search = BoundarySearch(model, options)
        while let facts = search.next() {
            guard check.isGiven(facts) else { continue }
            for other in check.changes(facts, search.values) {
                if let found = check.refutation(facts, other) { return .refuted(found) }
            }
        }
        return .undecided(reasons: reasons, tried: search.tried)
    }
}
