/// One evaluation under way: the frame of slots, what has been decided so far, and what went wrong.
///
/// Never throws and always ends: what cannot be computed is null with a note.
struct Machine {
    let program: Program
    let mode: Model.Mode
    /// The frame of the logic that is running.
    var slots: [Value] = []
    var place = Place()
    private(set) var notes: [Note] = []
    /// The rules that matched, in order.
    var hits: [(table: DecisionTable, row: Int)] = []
    /// What the clock shows, where the caller gave one.
    var now: DateAndTime?
    /// Tables with every cell, where an explanation is wanted.
    var explanations: [TableExplanation]?
    /// What is known of inputs and decisions, by their index in the program: inputs first.
    var known: [Known]
    /// Frames given back, so that a procedure seldom needs a new one.
    private var idleFrames: [[Value]] = []
    private var idleWords: [[UInt64]] = []
    /// While `instance of` looks: allowed values are no part of a type there.
    var ignoresConstraints = false
    private var depth = 0
    private var iterations = 0
    private(set) var work = 0

    /// What is known of an input or a decision.
    enum Known {
        case nothing
        /// Being evaluated: to need it now is to go in a circle.
        case underWay
        case value(Value)
    }

    /// What is being evaluated, for the notes.
    struct Place {
        var element = ""
        var row: Int?
        var column: String?
        var source: String?
    }

    init(program: Program, mode: Model.Mode) {
        self.program = program
        self.mode = mode
        known = program.nothingKnown
    }

    /// As new, with the memory it has.
    mutating func forget() {
        for index in known.indices { known[index] = .nothing }
        if !notes.isEmpty { notes.removeAll(keepingCapacity: true) }
        if !hits.isEmpty { hits.removeAll(keepingCapacity: true) }
        iterations = 0
        work = 0
    }

    /// A frame of `slots` nulls.
    mutating func takeFrame(slots: Int) -> [Value] {
        guard var frame = idleFrames.popLast() else {
            return [Value](repeating: .null, count: slots)
        }
        // Nearly always it is the frame of the same logic.
        if frame.count > slots { frame.removeLast(frame.count - slots) }
        while frame.count < slots { frame.append(.null) }
        return frame
    }

    mutating func giveBack(_ frame: consuming [Value]) {
        for slot in frame.indices { frame[slot] = .null }
        idleFrames.append(frame)
    }

    /// `count` words of no particular content.
    mutating func takeWords(_ count: Int) -> [UInt64] {
        if let words = idleWords.popLast(), words.count >= count { return words }
        return [UInt64](repeating: 0, count: count)
    }

    mutating func giveBack(_ words: consuming [UInt64]) { idleWords.append(words) }

    /// Null, with a note of what happened here.
    mutating func fail(_ message: String) -> Value {
        // A message costs more than what it is about.
        work += Limits.failureWork
        note(message, mode == .strict ? .error : .warning)
        return .null
    }

    mutating func note(_ message: String, _ severity: Note.Severity) {
        let note = Note(
            severity: severity, message: message, element: place.element, row: place.row,
            column: place.column, source: place.source)
        if notes.count < Limits.notes, notes.last != note { notes.append(note) }
    }

    /// Counts a step of a loop; false when the evaluation has had enough.
    mutating func step() -> Bool {
        iterations += 1
        if iterations == Limits.iterations {
            _ = fail("the evaluation took more than \(Limits.iterations) steps")
        }
        return iterations < Limits.iterations && charge(1)
    }

    /// Counts work; false when the evaluation has had enough, and then everything is null.
    @inline(__always)
    mutating func charge(_ units: Int) -> Bool {
        guard work + units < Limits.work else { return overcharge(units) }
        work += units
        return true
    }

    @inline(never)
    private mutating func overcharge(_ units: Int) -> Bool {
        guard work < Limits.work else { return false }
        work += units
        note(
            "the evaluation took more work than \(Limits.work) units; simplify it",
            mode == .strict ? .error : .warning)
        return false
    }

    mutating func evaluate(_ node: Node) -> Value {
        switch node {
        case .literal(let value): return value
        case .slot(let slot): return slots[slot]
        default: break
        }
        guard depth < Limits.evaluationDepth else {
            return fail("the evaluation is nested deeper than \(Limits.evaluationDepth) levels")
        }
        guard charge(1) else { return .null }
        depth += 1
        defer { depth -= 1 }
        return evaluateCompound(node)
    }

    private mutating func evaluateCompound(_ node: Node) -> Value {
        switch node {
        case .literal(let value): value
        case .slot(let slot): slots[slot]
        case .itemMember(let slot, let name, let fallback): itemMember(slot, name, fallback)
        case .unknown(let message): fail(message)
        case .path(let subject, let name): member(name, of: evaluate(subject))
        case .filter(let list, let slot, let condition): filter(list, slot, condition)
        case .negate(let operand): negate(evaluate(operand))
        case .arithmetic(let sign, let a, let b): arithmetic(sign, evaluate(a), evaluate(b))
        case .comparison(let sign, let a, let b): compare(sign, evaluate(a), evaluate(b))
        case .between(let subject, let low, let high): between(subject, low, high)
        case .conjunction(let a, let b): conjunction(a, b)
        case .disjunction(let a, let b): disjunction(a, b)
        case .within(let subject, let slot, let tests): within(subject, slot, tests)
        case .unaryTest(let test, let slot): unaryTest(test, slot)
        case .anyTest(let tests): anyTest(tests)
        case .notTest(let test): negated(evaluate(test))
        case .conditional(let condition, let yes, let no, let isBoxed):
            choose(evaluate(condition), yes, no, isBoxed)
        case .loop(let loop): run(loop)
        case .quantified(let quantified): run(quantified)
        case .list(let items): .list(evaluateAll(items))
        case .contextLiteral(let entries, let result): context(entries, result)
        case .interval(let isLowClosed, let low, let high, let isHighClosed, let isComparison):
            interval(isLowClosed, low, high, isHighClosed, isComparison)
        case .function(let closure): functionValue(closure)
        case .call(let function, let arguments, let names): call(function, arguments, names)
        case .builtinCall(let builtin, let arguments, let names):
            call(builtin, evaluateAll(arguments), names)
        case .instanceOf(let subject, let type): instance(evaluate(subject), of: type)
        case .coerced(let value, let type, let subject):
            coerced(evaluate(value), to: type, subject: subject)
        case .table(let table): decide(table)
        case .located(let node, let source): located(node, source)
        case .relation(let columns, let rows): relation(columns, rows)
        }
    }

    mutating func evaluateAll(_ nodes: [Node]) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(nodes.count)
        for node in nodes { values.append(evaluate(node)) }
        return values
    }

    // MARK: Names and structure

    private mutating func itemMember(_ slot: Int, _ name: String, _ fallback: Node?) -> Value {
        if case .context(let context) = slots[slot], let value = context[name] { return value }
        guard let fallback else {
            if case .context = slots[slot] { return .null }
            return fail("the name \"\(name)\" is not known here")
        }
        return evaluate(fallback)
    }

    private mutating func context(_ entries: [ContextEntry], _ result: Node?) -> Value {
        var context: [(String, Value)] = []
        for entry in entries {
            let value = kept(evaluate(entry.value))
            slots[entry.slot] = value
            context.append((entry.name, value))
        }
        return result.map { evaluate($0) } ?? .context(Context(context))
    }

    private mutating func relation(_ columns: [String], _ rows: [[Node]]) -> Value {
        var contexts: [Value] = []
        for row in rows {
            contexts.append(.context(Context(Array(zip(columns, evaluateAll(row))))))
        }
        return .list(contexts)
    }

    private mutating func interval(
        _ isLowClosed: Bool, _ low: Node, _ high: Node, _ isHighClosed: Bool, _ isComparison: Bool
    ) -> Value {
        let (first, last) = (evaluate(low), evaluate(high))
        if case .literal(.null) = low {
        } else if first.isNull {
            return fail("the start of the range is null")
        }
        if case .literal(.null) = high {
        } else if last.isNull {
            return fail("the end of the range is null")
        }
        if !first.isNull, !last.isNull, order(first, last) == nil {
            return fail("a range cannot go from \(first.brief) to \(last.brief)")
        }
        return .range(
            Interval(
                isLowClosed: isLowClosed, low: first, high: last, isHighClosed: isHighClosed,
                isComparison: isComparison))
    }

    private mutating func filter(_ list: Node, _ slot: Int, _ condition: Node) -> Value {
        let subject = evaluate(list)
        let items: [Value]
        switch subject {
        case .list(let values): items = values
        case .null: items = []
        default: items = [subject]
        }
        if !condition.readsItems {
            // An index, or a condition that is the same for every item.
            let answer = evaluate(condition)
            switch answer {
            case .number(let position): return item(at: position, of: items)
            case .boolean(true): return .list(items)
            case .boolean(false), .null: return subject.isNull ? .null : .list([])
            default: return fail("a filter is a condition or a position, not \(answer.brief)")
            }
        }
        var kept: [Value] = []
        kept.reserveCapacity(items.count)
        for item in items {
            guard step() else { return .null }
            slots[slot] = item
            let answer = evaluate(condition)
            if answer.boolean == true { kept.append(item) }
            if case .number(let position) = answer { return self.item(at: position, of: items) }
        }
        return .list(kept)
    }

    /// The item at a 1-based position, from the end where it is negative; else null.
    private mutating func item(at position: Decimal128, of items: [Value]) -> Value {
        guard let whole = position.wholeNumber, whole != 0, whole.magnitude <= items.count else {
            return fail("there is no item at \(position) of \(items.count)")
        }
        return items[whole > 0 ? whole - 1 : items.count + whole]
    }

    private mutating func choose(
        _ condition: Value, _ yes: Node, _ no: Node, _ isBoxed: Bool
    ) -> Value {
        if isBoxed, condition.boolean == nil, !condition.isNull {
            return fail("the condition is \(condition.brief), which is neither true nor false")
        }
        if condition.isNull, mode == .strict { note("the condition of if is null", .error) }
        return evaluate(condition.boolean == true ? yes : no)
    }

    // MARK: Three-valued logic

    private mutating func conjunction(_ a: Node, _ b: Node) -> Value {
        let left = evaluate(a).boolean
        if left == false { return .boolean(false) }
        let right = evaluate(b).boolean
        if right == false { return .boolean(false) }
        return left == true && right == true ? .boolean(true) : .null
    }

    private mutating func disjunction(_ a: Node, _ b: Node) -> Value {
        let left = evaluate(a).boolean
        if left == true { return .boolean(true) }
        let right = evaluate(b).boolean
        if right == true { return .boolean(true) }
        return left == false && right == false ? .boolean(false) : .null
    }

    private func negated(_ value: Value) -> Value { .truth(value.boolean.map { !$0 }) }

    private mutating func within(_ subject: Node, _ slot: Int, _ tests: Node) -> Value {
        slots[slot] = evaluate(subject)
        return evaluate(tests)
    }

    private mutating func anyTest(_ tests: [Node]) -> Value {
        var isUnknown = false
        for test in tests {
            switch evaluate(test) {
            case .boolean(true): return .boolean(true)
            case .boolean(false): break
            default: isUnknown = true
            }
        }
        return isUnknown ? .null : .boolean(false)
    }

    private mutating func unaryTest(_ test: Node, _ slot: Int) -> Value {
        let value = evaluate(test)
        if test.reads(slot) { return .truth(value.boolean) }
        return matches(slots[slot], value)
    }
}

extension Node {
    /// Whether the node is sure to mean the same for every item of a filter: a constant or a number.
    fileprivate var readsItems: Bool {
        switch self {
        case .literal: false
        case .negate(let operand): operand.readsItems
        default: true
        }
    }
}
