/// Values that the closures of one commit hand on to each other: read once, changed in memory by each
/// in its turn, and written once, before the commit.
///
/// A closure that is undone leaves them as it found them, as its savepoint leaves the rows. Whoever
/// reads rows that such values stand for writes them first (`Transaction.write(_:)`).
package protocol Carried: Sendable {
    init()

    /// Whether there is anything to write.
    var isChanged: Bool { get }

    /// Writes what changed since the last time. A closure's own refusal cannot come from here: what is
    /// written was decided before.
    mutating func write(to transaction: Transaction) throws(DatabaseError)
}

/// What a commit carries, by type.
struct Luggage: Sendable {
    /// What whoever opened the database gave it for every transaction.
    let companion: (any Sendable)?
    private var pieces: [ObjectIdentifier: any Carried] = [:]

    init(_ companion: (any Sendable)? = nil) { self.companion = companion }

    /// Takes the piece out, so that whoever changes it holds the only copy.
    mutating func take<Piece: Carried>(_ type: Piece.Type) -> Piece {
        pieces.removeValue(forKey: ObjectIdentifier(type)) as? Piece ?? Piece()
    }

    mutating func put<Piece: Carried>(_ piece: Piece) {
        pieces[ObjectIdentifier(Piece.self)] = piece
    }

    /// The pieces that have something to write.
    var changed: [any Carried] { pieces.values.filter(\.isChanged) }
}
