/// One row of a result; columns are read by position, from 0.
package struct Row: Hashable, Sendable {
    package let values: [SQLValue]

    package init(_ values: [SQLValue]) { self.values = values }

    package func integer(_ column: Int) throws(DatabaseError) -> Int64 {
        guard case .integer(let value) = self[column] else { throw unexpected(column, "integer") }
        return value
    }

    package func text(_ column: Int) throws(DatabaseError) -> String {
        guard case .text(let value) = self[column] else { throw unexpected(column, "text") }
        return value
    }

    package func blob(_ column: Int) throws(DatabaseError) -> [UInt8] {
        guard case .blob(let value) = self[column] else { throw unexpected(column, "blob") }
        return value
    }

    package func integerOrNil(_ column: Int) throws(DatabaseError) -> Int64? {
        if case .null = self[column] { nil } else { try integer(column) }
    }

    package func textOrNil(_ column: Int) throws(DatabaseError) -> String? {
        if case .null = self[column] { nil } else { try text(column) }
    }

    package func blobOrNil(_ column: Int) throws(DatabaseError) -> [UInt8]? {
        if case .null = self[column] { nil } else { try blob(column) }
    }

    /// The value in `column`, or nil past the end of the row.
    private subscript(column: Int) -> SQLValue? {
        values.indices.contains(column) ? values[column] : nil
    }

    private func unexpected(_ column: Int, _ wanted: String) -> DatabaseError {
        let found =
            switch self[column] {
            case .integer: "integer"
            case .text: "text"
            case .blob: "blob"
            case .null: "null"
            case nil: "nothing"
            }
        return .unexpectedColumn(column, wanted: wanted, found: found)
    }
}
