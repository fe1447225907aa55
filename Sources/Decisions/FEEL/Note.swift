/// What went wrong in an evaluation, and where.
public struct Note: Hashable, Sendable, CustomStringConvertible {
    public enum Severity: String, Sendable {
        /// The result cannot be relied on.
        case error
        /// Null by FEEL's rules, and perhaps meant.
        case warning
    }

    public let severity: Severity
    public let message: String
    /// The decision, business knowledge model or input.
    public let element: String
    /// 1-based rule of a decision table.
    public let row: Int?
    /// Column of a decision table, or entry of a context.
    public let column: String?
    /// The expression as written.
    public let source: String?

    public var description: String {
        var text = element
        if let row { text += ", row \(row)" }
        if let column { text += ", \(column)" }
        text += ": \(message)"
        if let source { text += " (in: \(source))" }
        return text
    }
}
