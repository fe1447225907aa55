/// Why a password is not taken.
package enum PasswordFault: Hashable, Sendable {
    case tooShort(least: Int)
    case tooLong(most: Int)
    /// It consists of few parts that are guessed first: words, years, runs, walks over the keyboard.
    case guessable
    /// It stands in the list of passwords that became known elsewhere.
    case breached
    case sameAsBefore
}

/// What a password must be: long, and not among the first to be guessed. Nothing about kinds of
/// characters, and no end of its days (NIST SP 800-63B §5.1.1.2).
package enum PasswordRules {
    /// In characters after normalisation.
    package static let lengths = 12...128
    /// How many parts must be guessed one by one: as a rule each character is one, a known word as well.
    static let leastParts = 8

    /// - Parameter own: Names of the person and the office, which are guessed first.
    package static func fault(
        in password: String, own: [String], breached: BreachedPasswords? = nil
    ) throws -> PasswordFault? {
        let text = PasswordHash.normalised(password)
        guard text.unicodeScalars.count >= lengths.lowerBound else {
            return .tooShort(least: lengths.lowerBound)
        }
        guard text.unicodeScalars.count <= lengths.upperBound else {
            return .tooLong(most: lengths.upperBound)
        }
        if GuessableParts(own: own).count(in: text) < leastParts { return .guessable }
        if let breached, try breached.holds(text) { return .breached }
        return nil
    }
}
