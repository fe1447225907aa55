/// How far one text and one evaluation may go. What would go further is null with a note.
enum Limits {
    /// Brackets, functions and operators inside each other in one expression.
    static let nestingLevels = 120
    /// Operators of one kind in a row.
    static let chainLinks = 500
    /// Characters of one expression.
    static let expressionScalars = 100_000
    /// Expression nodes under evaluation inside each other, calls included.
    static let evaluationDepth = 900
    /// Operators and brackets on one path through an expression's tree.
    static let treeLevels = 2000
    /// Units of work in one evaluation: a node evaluated, 16 bytes of text or a quarter of an item
    /// that a function reads or makes, 2 steps of a regular expression. It takes some seconds at most,
    /// and bounds memory too: what is made is counted when it is made.
    static let work = 5_000_000
    /// Units of work of a logarithm, an exponential or a power.
    static let functionWork = 60
    /// Units of work of one note that something is null.
    static let failureWork = 200
    /// Steps of loops, filters, sorts, quantifiers and calls in one evaluation.
    static let iterations = 1_000_000
    /// Items of one list.
    static let listItems = 200_000
    /// Entries of one context.
    static let contextEntries = 10_000
    /// Values inside each other, where they are kept: in an entry, a loop's results, a decision.
    static let valueLevels = 120
    /// Decisions that require each other, one after the other.
    static let requirementLevels = 200
    /// Steps of one static comparison of types, and of reading the item definitions of one file.
    static let typeSteps = 20_000
    /// Files compiled together, counted once for every way they are imported.
    static let units = 200
    /// Code points of one string.
    static let stringScalars = 1_000_000
    /// Notes kept of one evaluation.
    static let notes = 100
    /// Problems kept of one model.
    static let problems = 500
    /// Bytes of one XML file.
    static let fileBytes = 8_000_000
    /// Elements inside each other in one XML file.
    static let elementLevels = 200
    /// Steps of one regular expression in one text.
    static let matchSteps = 1_000_000
}
