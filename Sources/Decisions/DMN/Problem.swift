/// A place in a model that loads, but cannot do what it says: an expression that is not FEEL, a name
/// that is not known, a cell that can never match.
public struct Problem: Hashable, Sendable, CustomStringConvertible {
    public let file: String
    /// Line of the XML element in the file, 1-based.
    public let line: Int
    /// The decision, business knowledge model or item definition.
    public let element: String
    /// 1-based rule where it stands in a table.
    public let row: Int?
    /// Column where it stands in a table: the input expression, or the name of the output.
    public let column: String?
    /// The text that is wrong, as written.
    public let source: String
    /// What is wrong and how to mend it.
    public let wording: Wording

    public var message: String { wording.english }

    public var description: String {
        var text = "line \(line), \(element)"
        if let row { text += ", row \(row)" }
        if let column { text += ", column \(column)" }
        return text + ": \(wording.english)" + (source.isEmpty ? "" : " (in: \(source))")
    }

    public var chineseDescription: String {
        var text = "第\(line)行，\(element)"
        if let row { text += "，第\(row)条规则" }
        if let column { text += "，“\(column)”列" }
        return text + "：\(wording.chinese)" + (source.isEmpty ? "" : "（原文：\(source)）")
    }
}
