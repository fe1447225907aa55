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
    /// Steps of loops, filters, sorts and quantifiers in one evaluation.
    static let iterations = 1_000_000
    /// Items of one list.
    static let listItems = 200_000
    /// Code points of one string.
    static let stringScalars = 1_000_000
    /// Notes kept of one evaluation.
    static let notes = 100
    /// Bytes of one XML file.
    static let fileBytes = 8_000_000
    /// Elements inside each other in one XML file.
    static let elementLevels = 200
    /// Steps of one regular expression match.
    static let matchSteps = 1_000_000
}
