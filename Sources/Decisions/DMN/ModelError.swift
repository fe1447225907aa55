/// Why a file is no usable model. Every case says where, and its description how to mend it.
public enum ModelError: Error, Hashable, Sendable {
    case tooLarge(file: String, bytes: Int)
    case documentType(file: String)
    case notUTF8(file: String, line: Int)
    case tooDeep(file: String, line: Int)
    /// No XML. `code` is libxml2's number of the error.
    case malformed(file: String, line: Int, column: Int, code: Int)
    /// A test file whose value does not fit its type.
    case badValue(file: String, line: Int, text: String, type: String)
    /// The root is not `definitions` of a DMN namespace.
    case notDMN(file: String, root: String, namespace: String)
    case missingAttribute(file: String, line: Int, element: String, attribute: String)
    /// `near`: the id it was most likely meant to be.
    case unknownReference(
        file: String, line: Int, element: String, reference: String, near: String? = nil)
    /// `near`: the defined type it was most likely meant to be.
    case unknownType(file: String, line: Int, element: String, type: String, near: String? = nil)
    /// Allowed values that are no unary tests of FEEL.
    case unreadableConstraint(file: String, line: Int, element: String, text: String, SyntaxError)
    case missingImport(file: String, line: Int, namespace: String)
    /// Decisions that require each other, in order.
    case circle(file: String, decisions: [String])
    /// More decisions require each other, one after the other, than `Limits.requirementLevels`.
    case tooManyRequirements(file: String)
    /// Imported models import each other so often that there are more than `Limits.units` files.
    case tooManyImports(file: String)
    /// A rule whose cells do not fit the columns of its table.
    case ragged(
        file: String, line: Int, element: String, row: Int, kind: CellKind, wanted: Int, found: Int)
    case unknownHitPolicy(file: String, line: Int, element: String, policy: String)
    /// An aggregation that is none.
    case unknownAggregation(file: String, line: Int, element: String, aggregation: String)

    /// Which cells of a row are too many or too few.
    public enum CellKind: Sendable, Hashable {
        case input, output
        /// Of a relation.
        case cell
    }
}
