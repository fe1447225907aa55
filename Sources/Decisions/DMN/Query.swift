/// One decision of a model, asked again and again: the facts go in by name, the answer comes out.
///
/// Keeps its memory from question to question, so that asking a table allocates nothing. A value:
/// a copy is another asker. Use one for each thread.
///
/// ```swift
/// var advance = Query("advance", of: model)!
/// advance.give(.number(800), as: "claimed")
/// let answer = advance.answer()
/// ```
public struct Query: Sendable {
    /// The decision asked for.
    public let decision: String
    private var machine: Machine
    private let requirement: Int
    private let names: TextCodes
    private let inputs: Int
    /// The short way, for a decision that has one.
    private let straight: StraightTable?
    /// Whether this question can go the short way, as far as is known.
    private var isStraight: Bool
    /// Where the facts stand, by column of the index.
    private var places: [Int]
    /// The question in which each input was last given. So a new question need not wipe the old one.
    private var givenIn: [Int]
    private var question = 1
    private var givenCount = 0
    /// The rule that answered on the short way.
    private var row: Int?

    /// Nil where the model has no decision of that name.
    public init?(_ decision: String, of model: Model, mode: Model.Mode = .strict) {
        guard let index = model.program.decisionByName[decision] else { return nil }
        self.decision = decision
        requirement = index
        let program = model.program
        names = TextCodes(program.inputs.map(\.name) + program.decisions.map(\.name))
        inputs = program.inputs.count
        machine = Machine(program: program, mode: mode)
        straight = StraightTable(program, decision: index)
        places = Array(repeating: 0, count: straight?.index.columns.count ?? 0)
        givenIn = Array(repeating: 0, count: inputs)
        isStraight = straight != nil
    }

    /// Gives an input, or a decision instead of deciding it. A name the model does not know is
    /// ignored, as in `Model.evaluate`.
    public mutating func give(_ value: Value, as name: String) {
        let code = names.code(of: name)
        if code < inputs {
            if isStraight, straight!.place(value, ofInput: code, in: &places) {
                if givenIn[code] != question {
                    givenIn[code] = question
                    givenCount += 1
                }
                machine.known[code] = .value(value)
            } else {
                leaveShortWay()
                machine.supply(value, asInput: code)
            }
        } else if code < names.count {
            leaveShortWay()
            machine.supply(value, asDecision: code - inputs)
        }
    }

    /// Decides with what was given since the last `clear`.
    public mutating func answer() -> Value {
        if isStraight, givenCount == inputs,
            let found = straight!.row(at: places, &machine)
        {
            row = found
            return straight!.table.results[found] ?? .null
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
        row = nil
        question += 1
        givenCount = 0
    }

    /// From here on the machine decides; it must not see what an earlier question was given.
    private mutating func leaveShortWay() {
        guard isStraight else { return }
        for input in 0..<inputs where givenIn[input] != question {
            machine.known[input] = .nothing
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
