/// One decision of a model, asked again and again: the facts go in by name, the answer comes out.
///
/// Keeps its memory from question to question, so that asking a table allocates nothing. A value:
/// a copy is another asker. Use one for each thread.
///
/// ```swift
/// var advance = Query("advance", of: model)!
/// let answer = advance.answer(given: [("claimed", .number(800)), ("merchant", .string("hotel"))])
/// ```
///
/// A question in one piece is the quickest; so are names that were looked up once, by `input`. Facts
/// that come one by one are given by `give`, between `clear` and `answer`.
public struct Query: Sendable {
    /// The decision asked for.
    public let decision: String
    private var machine: Machine
    private let requirement: Int
    /// Of the inputs, then of the decisions.
    private let names: TextCodes
    /// The short way, for a decision that has one.
    private let straight: StraightTable?
    /// Whether this question can go the short way, as far as is known.
    private var isStraight: Bool
    /// By input; those of this question's number are given, the others were for an earlier question.
    private var facts: [Fact]
    private var question = 1
    /// Where the facts stand, by lane of the table.
    private var spots: [TableIndex.Spot]
    /// The bits of the inputs given.
    private var given: UInt64 = 0
    /// The question came in one piece, and was answered: a fact given now belongs to another.
    private var isWhole = false
    /// The rule that answered on the short way.
    private var row: Int?

    /// An input of the model, whose name was looked up once.
    public struct Input: Sendable, Hashable {
        fileprivate let index: Int
        fileprivate let program: ObjectIdentifier
    }

    private struct Fact: Sendable {
        var value: Value
        var question: Int
    }

    /// Nil where the model has no decision of that name.
    public init?(_ decision: String, of model: Model, mode: Model.Mode = .strict) {
        guard let index = model.program.decisionByName[decision] else { return nil }
        self.decision = decision
        requirement = index
        let program = model.program
        names = TextCodes(program.inputs.map(\.name) + program.decisions.map(\.name))
        machine = Machine(program: program, mode: mode)
        straight = StraightTable(program, decision: index)
        facts = Array(repeating: Fact(value: .null, question: 0), count: program.inputs.count)
        spots = straight?.spots ?? []
        isStraight = straight != nil
    }

    /// The input of that name, for every query of the same model; nil where there is none.
    public func input(_ name: String) -> Input? {
        let code = names.code(of: name)
        return code < facts.count
            ? Input(index: code, program: ObjectIdentifier(machine.program)) : nil
    }

    // MARK: A question in one piece

    /// Decides with these facts and no others; each is an input, or a decision that is not to be
    /// decided. A name the model does not know is ignored, as in `Model.evaluate`.
    public mutating func answer(given facts: [(name: String, value: Value)]) -> Value {
        if let row = straightRow(given: facts) { return straight!.results[row] }
        clear()
        for (name, value) in facts { give(value, as: name) }
        defer { isWhole = true }
        return answer()
    }

    /// Decides with these facts and no others.
    ///
    /// - Parameters:
    ///   - values: as many as there are `inputs`, in their order.
    ///   - inputs: of the same model.
    public mutating func answer(given values: [Value], as inputs: [Input]) -> Value {
        precondition(values.count == inputs.count, "\(values.count) of \(inputs.count) values")
        if let row = straightRow(given: values, as: inputs) { return straight!.results[row] }
        clear()
        for (value, input) in zip(values, inputs) { give(value, as: input) }
        defer { isWhole = true }
        return answer()
    }

    private mutating func straightRow(given facts: [(name: String, value: Value)]) -> Int? {
        guard straight != nil else { return nil }
        beginWhole()
        for fact in facts.indices {
            let input = names.code(of: facts[fact].name)
            guard input < self.facts.count else {
                if input < names.count { return nil }
                continue
            }
            guard let bit = straight!.place(facts[fact].value, ofInput: input, in: &spots) else {
                return nil
            }
            given |= bit
        }
        guard given == straight!.needed else { return nil }
        row = straight!.row(at: spots)
        return row
    }

    private mutating func straightRow(given values: [Value], as inputs: [Input]) -> Int? {
        guard straight != nil else { return nil }
        beginWhole()
        for fact in values.indices {
            let input = index(of: inputs[fact])
            guard let bit = straight!.place(values[fact], ofInput: input, in: &spots) else {
                return nil
            }
            given |= bit
        }
        guard given == straight!.needed else { return nil }
        row = straight!.row(at: spots)
        return row
    }

    private mutating func beginWhole() {
        clear()
        isWhole = true
    }

    // MARK: A question fact by fact

    /// Gives an input, or a decision instead of deciding it. A name the model does not know is
    /// ignored, as in `Model.evaluate`.
    public mutating func give(_ value: consuming Value, as name: String) {
        let code = names.code(of: name)
        if code < facts.count {
            give(value, asInput: code)
        } else if code < names.count {
            if isWhole { clear() }
            leaveShortWay()
            machine.supply(value, asDecision: code - facts.count)
        }
    }

    /// Gives an input. It must be of the same model.
    public mutating func give(_ value: consuming Value, as input: Input) {
        give(value, asInput: index(of: input))
    }

    @inline(__always)
    private mutating func give(_ value: consuming Value, asInput input: Int) {
        if isWhole { clear() }
        if isStraight, let bit = straight!.place(value, ofInput: input, in: &spots) {
            facts[input] = Fact(value: value, question: question)
            given |= bit
        } else {
            leaveShortWay()
            machine.supply(value, asInput: input)
        }
    }

    @inline(__always)
    private func index(of input: Input) -> Int {
        precondition(
            input.program == ObjectIdentifier(machine.program), "an input of another model")
        return input.index
    }

    /// Decides with what was given since the last `clear`.
    public mutating func answer() -> Value {
        if isStraight, given == straight!.needed, let found = straight!.row(at: spots) {
            row = found
            return straight!.results[found]
        }
        leaveShortWay()
        return machine.value(of: .decision(requirement))
    }

    /// Forgets all facts, notes and hits.
    public mutating func clear() {
        if !isStraight {
            machine.forget()
            isStraight = straight != nil
        }
        isWhole = false
        row = nil
        question += 1
        given = 0
    }

    /// From here on the machine decides, with what this question was given.
    private mutating func leaveShortWay() {
        guard isStraight else { return }
        for input in facts.indices where facts[input].question == question {
            machine.known[input] = .value(facts[input].value)
        }
        isStraight = false
        row = nil
    }

    /// What was null or failed since the last `clear`, where and why.
    public var notes: [Note] { machine.notes }
    /// Whether nothing went wrong that the answer could hide.
    public var isSound: Bool { machine.notes.allSatisfy { $0.severity != .error } }
    /// Rules that matched since the last `clear`, in order.
    public var hits: [RuleHit] {
        if let row, let straight { return [RuleHit(table: straight.table, row: row)] }
        return machine.hits.map(RuleHit.init)
    }
}
