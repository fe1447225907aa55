/// A row as it stands in the engine's memory, for results that are too long to be copied first.
///
/// Valid only within the closure it is handed to, which copies out what it keeps. Columns are read by
/// position, from 0. Two engines conform.
package protocol StandingRow {
    /// Precondition: none; a column past the end of the row counts as null.
    func isNull(_ column: Int) -> Bool
    func integer(_ column: Int) throws(DatabaseError) -> Int64
    func text(_ column: Int) throws(DatabaseError) -> String
    /// Hands `body` the bytes of a text (UTF-8) without making one.
    func withText(
        _ column: Int, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(DatabaseError)
    func withBlob(
        _ column: Int, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(DatabaseError)
}

extension StandingRow {
    package func integerOrNil(_ column: Int) throws(DatabaseError) -> Int64? {
        isNull(column) ? nil : try integer(column)
    }

    package func textOrNil(_ column: Int) throws(DatabaseError) -> String? {
        isNull(column) ? nil : try text(column)
    }
}
