package import Ledger
package import Store

/// What people do to their own accounts.
extension Office {
    /// Chooses another password. The session gets a new secret, and the person's other sessions end.
    ///
    /// - Throws: `AccountError.notAdmitted` when `current` is wrong, which counts as a failed log-in.
    package func setPassword(
        _ password: String, current: String, in session: Session, from address: String
    ) async throws -> LogIn {
        let attempt = LogInAttempt(name: session.person.name, code: nil, address: address)
        let (_, credentials, _) = try await work { try $0.begin(attempt) }
        let (own, terms) = (guessedFirst(session.person), accounts.terms)
        let hash: Result<PasswordHash, AccountError> = try await accounts.gate.pass {
            guard let kept = credentials.flatMap({ PasswordHash($0.password) }),
                try kept.fits(current)
            else { return .failure(.notAdmitted) }
            let fault = try PasswordRules.fault(
                in: password, own: own, breached: terms.breached)
            if let fault { return .failure(.unfitPassword(fault)) }
            if try kept.fits(password) { return .failure(.unfitPassword(.sameAsBefore)) }
            return .success(
                try PasswordHash(of: password, salt: freshHash(), cost: terms.cost))
        }
        // Whoever knew the password did not fail, whatever the new one is like.
        if hash != .failure(.notAdmitted) {
            try await work {
                try $0.transaction.forgetFailures(of: attempt.account, from: attempt.address)
            }
        }
        let text = try hash.get().description
        let logIn = try await work { work in
            let id = session.person.id
            guard try work.transaction.credentials(of: id)?.password == credentials?.password else {
                return LogIn?.none
            }
            try work.transaction.setPassword(text, of: id, until: nil)
            try work.note(.passwordChanged, id, by: session.person.name)
            try work.transaction.endSessions(of: id, except: session.id)
            return try work.renew(session, attempt: attempt)
        }
        guard let logIn else { throw AccountError.notAdmitted }
        return logIn
    }

    /// Ends one of the person's other sessions.
    package func endSession(_ id: ID<Session>, of session: Session) async throws {
        try await work { work in
            guard try work.transaction.endSession(id, of: session.person.id) else {
                throw AccountError.noSuchSession
            }
            try work.note(.sessionsEnded, session.person.id, "1", by: session.person.name)
        }
    }

    /// Ends all of the person's sessions but this one.
    package func endOtherSessions(of session: Session) async throws {
        try await work { work in
            let count = try work.transaction.endSessions(
                of: session.person.id, except: session.id)
            try work.note(.sessionsEnded, session.person.id, "\(count)", by: session.person.name)
        }
    }

    /// Names that a password must not be made of.
    func guessedFirst(_ person: Person) -> [String] {
        [person.name, person.displayName, person.bureau, books.fund].compactMap { $0 }
    }
}
