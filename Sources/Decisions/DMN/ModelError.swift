/// Why a file is no usable model. Every case says where, and its description how to mend it.
public enum ModelError: Error, Hashable, Sendable {
    case tooLarge(file: String, bytes: Int)
    case documentType(file: String)
    case tooDeep(file: String, line: Int)
    case malformed(file: String, line: Int, column: Int, reason: String)
    /// The root is not `definitions` of a DMN namespace.
    case notDMN(file: String, root: String, namespace: String)
    case missingAttribute(file: String, line: Int, element: String, attribute: String)
    case duplicateName(file: String, line: Int, name: String)
    case unknownReference(file: String, line: Int, element: String, reference: String)
    case unknownType(file: String, line: Int, element: String, type: String)
    case missingImport(file: String, line: Int, namespace: String)
    /// Decisions that require each other, in order.
    case circle(file: String, decisions: [String])
    /// A rule whose cells do not fit the columns of its table.
    case ragged(file: String, line: Int, element: String, row: Int)
    case unknownHitPolicy(file: String, line: Int, element: String, policy: String)
}

extension ModelError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLarge(let file, let bytes):
            "\(file): \(bytes) bytes; a model has at most \(Limits.fileBytes), split it"
        case .documentType(let file):
            "\(file): remove the <!DOCTYPE …> declaration; it is never read"
        case .tooDeep(let file, let line):
            "\(file):\(line): elements are nested deeper than \(Limits.elementLevels) levels"
        case .malformed(let file, let line, let column, let reason):
            "\(file):\(line):\(column): this is not well-formed XML (\(reason)); repair it there"
        case .notDMN(let file, let root, let namespace):
            "\(file): the root is <\(root)> of \"\(namespace)\"; it must be <definitions> of DMN 1.1–1.5"
        case .missingAttribute(let file, let line, let element, let attribute):
            "\(file):\(line): <\(element)> needs the attribute \(attribute)"
        case .duplicateName(let file, let line, let name):
            "\(file):\(line): \"\(name)\" names two elements; rename one"
        case .unknownReference(let file, let line, let element, let reference):
            "\(file):\(line): \(element) requires \"\(reference)\", which does not exist; correct the href"
        case .unknownType(let file, let line, let element, let type):
            "\(file):\(line): \(element) has the type \"\(type)\", which is not defined; add an itemDefinition"
        case .missingImport(let file, let line, let namespace):
            "\(file):\(line): the imported model \"\(namespace)\" was not given; load it first"
        case .circle(let file, let decisions):
            "\(file): these decisions require each other: \(decisions.joined(separator: " → "))"
        case .ragged(let file, let line, let element, let row):
            "\(file):\(line): row \(row) of \(element) does not have one cell for each column"
        case .unknownHitPolicy(let file, let line, let element, let policy):
            "\(file):\(line): \(element) has the hit policy \"\(policy)\"; use UNIQUE, ANY, FIRST, PRIORITY, RULE ORDER, OUTPUT ORDER or COLLECT"
        }
    }
}

/// A place in a model that loads, but cannot do what it says: an expression that is not FEEL, a name
/// that is not known.
public struct Problem: Hashable, Sendable, CustomStringConvertible {
    /// Line of the XML element in the file, 1-based.
    public let line: Int
    /// The decision, business knowledge model or item definition.
    public let element: String
    /// Rule and column where it stands in a table.
    public let row: Int?
    public let source: String
    public let message: String

    public var description: String {
        "line \(line), \(element)\(row.map { ", row \($0)" } ?? ""): \(message) (in: \(source))"
    }
}
