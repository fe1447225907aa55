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
        do throws(SyntaxError) {
            var proof = try Proof(property, model, options)
            return proof.verdict()
        } catch {
            return .undecided(
                reasons: ["\(property.text): \(error.message) (column \(error.column))"], tried: 0)
        }
    }
}

/// One property under proof.
struct Proof {
    private let property: Property
    private let model: Model
    private let options: Analysis.Options
    private let check: Check
    private var explorer: Explorer

    init(
        _ property: Property, _ model: Model, _ options: Analysis.Options
    ) throws(SyntaxError) {
        self.property = property
        self.model = model
        self.options = options
        check = try Check(property, model, options)
        explorer = try Explorer(model, options)
        if case .monotone(_, let input, _) = property {
            guard let index = model.program.inputByName[input] else {
                throw SyntaxError(
                    wording: Wording(
                        "the model has no input \"\(input)\"", "模型中没有输入“\(input)”"),
                    line: 1, column: 1)
            }
            explorer.changed = index
        }
    }

    mutating func verdict() -> Verdict {
        let witnesses = Witnesses(model, explorer.symbols, options)
        let (property, check) = (property, check)
        var refutation: Verdict.Refutation?
        var reasons: [String] = []
        func note(_ reason: String) {
            if reasons.count < 5, !reasons.contains(reason) { reasons.append(reason) }
        }
        /// A path on which the property may fail; false stops the search.
        func suspect(_ walker: Walker, _ why: String) -> Bool {
            let facts = witnesses.facts(walker.path)
            let isPair = if case .monotone = property { true } else { false }
            let changed = isPair ? witnesses.facts(walker.path, mark: "′") : []
            for (index, given) in facts.enumerated() {
                let other = isPair && index < changed.count ? changed[index] : nil
                if let found = check.refutation(given, other) {
                    refutation = found
                    return false
                }
            }
            let open = walker.path.openQuestions.prefix(3)
            note(open.isEmpty ? why : "\(why), which hangs on \(open.joined(separator: " and "))")
            return true
        }
        do throws(Walker.Stop) {
            let paths = try explorer.run { walker throws(Walker.Stop) in
                for (failure, path) in try check.failures(&walker) {
                    var suspected = walker
                    suspected.path = path
                    if !suspect(suspected, failure) { return false }
                }
                return true
            }
            if let refutation { return .refuted(refutation) }
            if paths == nil { note("there are more than \(options.pathLimit) paths") }
            if let paths, reasons.isEmpty { return .proved(paths: paths) }
        } catch {
            note("decisions are nested too deep")
        }
        var search = BoundarySearch(model, options)
        while let facts = search.next() {
            guard check.isGiven(facts) else { continue }
            let changed = check.changes(facts, search.values)
            for other in changed {
                if let found = check.refutation(facts, other) { return .refuted(found) }
            }
        }
        return .undecided(reasons: reasons, tried: search.tried)
    }
}
