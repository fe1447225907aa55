/// A compiled expression. Variables are slots of the frame it runs in; names are gone.
indirect enum Node: Sendable {
    case literal(Value)
    case slot(Int)
    /// A name in a filter: an entry of the item where it has one, else what the name means outside.
    case itemMember(slot: Int, name: String, fallback: Node?)
    /// A name that means nothing here: null, and the note says so.
    case unknown(String)
    case path(Node, String)
    case filter(Node, item: Int, Node)
    case negate(Node)
    case arithmetic(ArithmeticOperator, Node, Node)
    case comparison(ComparisonOperator, Node, Node)
    case between(Node, Node, Node)
    case conjunction(Node, Node)
    case disjunction(Node, Node)
    /// `subject in tests`; the tests read the subject from `slot`.
    case within(Node, slot: Int, Node)
    /// The value as one unary test of the subject in `slot`: equal to it, inside it, or true itself.
    case unaryTest(Node, slot: Int)
    case anyTest([Node])
    case notTest(Node)
    /// A boxed one is null for a condition that is neither true, false nor null.
    case conditional(Node, Node, Node, isBoxed: Bool)
    case loop(Loop)
    case quantified(Quantified)
    case list([Node])
    case contextLiteral([ContextEntry], result: Node?)
    case interval(isLowClosed: Bool, Node, Node, isHighClosed: Bool, isComparison: Bool)
    case function(Closure)
    case call(Node, [Node], names: [String]?)
    case builtinCall(Builtin, [Node], names: [String]?)
    case instanceOf(Node, FEELType)
    /// The value made to fit a declared type: one into a list of one and back, a date into a moment.
    case coerced(Node, FEELType, subject: String)
    case table(DecisionTable)
    /// The same with its text, for the notes.
    case located(Node, source: String)
    case relation(columns: [String], rows: [[Node]])
}

enum ArithmeticOperator: String, Sendable {
    case add = "+", subtract = "-", multiply = "*", divide = "/", power = "**"
}

enum ComparisonOperator: String, Sendable {
    case equal = "=", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">",
        greaterOrEqual = ">="
}

struct ContextEntry: Sendable {
    let name: String
    let slot: Int
    let value: Node
}

/// `for a in x, b in y return z`. The results so far stand in `partialSlot`.
struct Loop: Sendable {
    let iterators: [LoopVariable]
    let partialSlot: Int
    let result: Node
    /// Whether the result looks back at the results so far.
    let readsPartial: Bool

    init(iterators: [LoopVariable], partialSlot: Int, result: Node) {
        self.iterators = iterators
        self.partialSlot = partialSlot
        self.result = result
        readsPartial = result.reads(partialSlot)
    }
}

struct LoopVariable: Sendable {
    let slot: Int
    let source: Node
    /// For `1..10`: the end; then `source` is the start.
    let end: Node?
}

struct Quantified: Sendable {
    let isUniversal: Bool
    let iterators: [LoopVariable]
    let condition: Node
}

/// A function definition: parameters in slots of the frame it was written in.
final class Closure: Sendable {
    struct Parameter: Sendable {
        let name: String
        let slot: Int
        let type: FEELType
    }

    let parameters: [Parameter]
    let resultType: FEELType
    /// Nil for an external function (Java, PMML).
    let body: Node?
    /// What an external function runs, where the caller of the model gave it.
    let native: NativeFunction?

    init(
        parameters: [Parameter], resultType: FEELType, body: Node?, native: NativeFunction? = nil
    ) {
        self.parameters = parameters
        self.resultType = resultType
        self.body = body
        self.native = native
    }
}
