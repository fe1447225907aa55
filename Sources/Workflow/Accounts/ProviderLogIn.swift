import Store

extension Office {
    /// Admits whom the provider found, where an administrator linked that identity to a person.
    ///
    /// The provider's word stands for the password; where it asked for one thing only, the person's own
    /// second factor is still wanted.
    ///
    /// - Throws: `AccountError.openID(.unknownSubject)`.
    package func logIn(
        by finding: IdentityProvider.Finding, from address: String
    ) async throws -> LogIn {
        try await work { work in
            let person = try work.transaction.person(
                ofSubject: finding.subject, at: finding.issuer)
            guard let person else { throw AccountError.openID(.unknownSubject) }
            let attempt = LogInAttempt(name: person.name, code: nil, address: address)
            let logIn = try work.open(
                person, finding.hasManyFactors ? .secondFactor : .openID, attempt,
                startedAt: work.now)
            if logIn.pending != .giveCode { try work.noteAdmission(logIn, attempt) }
            return logIn
        }
    }
}
