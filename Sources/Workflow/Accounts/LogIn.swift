import Ledger
package import Store

/// Somebody was admitted: the secret goes to their browser, once.
package struct LogIn: Hashable, Sendable {
    /// 64 hexadecimal digits; whoever bears it is the session's person.
    package let secret: String
    package let session: Session
    /// What must come first; nil when the person may work.
    package let pending: Pending?

    package var csrf: String { session.csrf }
}

extension Office {
    /// Admits whoever knows the password, and the code where the person has a second factor and gives it
    /// here; without it the session can do nothing but give it (`giveCode`).
    ///
    /// Unknown names, closed accounts and wrong passwords take equally long and are answered alike.
    ///
    /// - Parameter address: The peer's, without its port.
    /// - Throws: `AccountError.notAdmitted`, `.wait` or `.busy`, or a `DatabaseError`.
    package func logIn(
        name: String, password: String, code: String?, from address: String
    ) async throws -> LogIn {
        let attempt = LogInAttempt(name: name, code: code, address: address)
        let (person, credentials, mustHaveCode) = try await work { try $0.begin(attempt) }
        let kept = credentials.flatMap { PasswordHash($0.password) }
        let (isRight, renewed) = try await check(password, kept)
        guard isRight, let person, let credentials else { throw AccountError.notAdmitted }
        let logIn = try await work { work in
            try work.admit(
                person.id, credentials, attempt, mustHaveCode: mustHaveCode, renewed: renewed)
        }
        guard let logIn else { throw AccountError.notAdmitted }
        return logIn
    }

    /// Whether the password fits, and its hash at today's cost where it was kept at another.
    private func check(
        _ password: String, _ kept: PasswordHash?
    ) async throws -> (Bool, PasswordHash?) {
        // No password is longer; hashing more would only take time.
        let text = String(password.unicodeScalars.prefix(PasswordRules.lengths.upperBound * 4))
        let (nobody, cost) = (accounts.nobody, accounts.terms.cost)
        return try await accounts.gate.pass {
            let isRight = try (kept ?? nobody).fits(text)
            guard isRight, let kept, kept.cost != cost else { return (isRight && kept != nil, nil) }
            return (true, try PasswordHash(of: text, salt: freshHash(), cost: cost))
        }
    }

    /// The code of a second factor, or a recovery code, after the password. The session gets a new secret.
    ///
    /// - Throws: As `logIn`.
    package func giveCode(
        _ code: String, in session: Session, from address: String
    ) async throws -> LogIn {
        let attempt = LogInAttempt(name: session.person.name, code: code, address: address)
        _ = try await work { try $0.begin(attempt) }
        let logIn = try await work { work -> LogIn? in
            guard
                let factor = try work.factor(of: session.person.id, code: code, from: address)
            else { return nil }
            guard let logIn = try work.renew(session, factor: factor, attempt: attempt) else {
                return nil
            }
            try work.noteAdmission(logIn, attempt)
            return logIn
        }
        guard let logIn else { throw AccountError.notAdmitted }
        return logIn
    }

    /// Writes that the session is in use, at most once a minute.
    package func touch(_ session: Session) async throws {
        guard session.isTouchDue(at: now()) else { return }
        try await work { try $0.transaction.touchSession(session.id, at: $0.now) }
    }

    package func logOut(_ session: Session) async throws {
        try await work { work in
            if try work.transaction.endSession(session.id, of: session.person.id) {
                try work.note(.loggedOut, session.person.id, by: session.person.name)
            }
        }
    }
}

/// One try to log in.
struct LogInAttempt: Sendable {
    let name: String
    let code: String?
    let address: String

    init(name: String, code: String?, address: String) {
        self.name = PersonName.folded(name)
        self.code = code.flatMap { $0.isEmpty ? nil : $0 }
        self.address = countedAddress(address)
    }

    /// What failures are counted under: never the name as typed, which may be a password.
    var account: String { sha256Hex("account/\(name)") }
}

extension Work {
    /// Counts the attempt as failed before it is looked at, so that many at once are not looked at all;
    /// it is taken back when it succeeds.
    ///
    /// - Throws: `AccountError.wait`, and then nothing is counted.
    func begin(
        _ attempt: LogInAttempt
    ) throws -> (person: Person?, credentials: Credentials?, mustHaveCode: Bool) {
        let person = try transaction.person(named: attempt.name)
        let start = now.advanced(byMs: -LogInDelay.window_ms)
        let failures = try transaction.failures(
            of: attempt.account, from: attempt.address, since: start)
        let isKnown = try transaction.isKnown(
            attempt.address, to: person?.id ?? ID("–"),
            since: now.advanced(byMs: -LogInDelay.known_ms))
        let admission = LogInDelay.admission(
            failures, isKnown: isKnown, hasCode: attempt.code != nil, at: now)
        if case .wait(let seconds) = admission { throw AccountError.wait(seconds: seconds) }
        try transaction.writeFailure(
            of: attempt.account, from: attempt.address, at: now, since: start)
        let credentials = try transaction.credentials(of: person?.id ?? ID("–"))
        return (person, credentials, admission == .onlyWithCode)
    }

    /// The session of somebody whose password was right; nil when something else is not.
    fileprivate func admit(
        _ id: ID<Person>, _ seen: Credentials, _ attempt: LogInAttempt, mustHaveCode: Bool,
        renewed: PasswordHash?
    ) throws -> LogIn? {
        guard let person = try transaction.person(id), person.isActive,
            let credentials = try transaction.credentials(of: id),
            credentials.password == seen.password,
            credentials.passwordUntil.map({ now < $0 }) ?? true
        else { return nil }
        var factor = Session.Factor.password
        if let code = attempt.code, person.hasSecondFactor || mustHaveCode {
            guard let given = try self.factor(of: id, code: code, from: attempt.address) else {
                return nil
            }
            factor = given
        }
        if let renewed {
            try transaction.renewHash(
                of: id, from: seen.password, to: renewed.description)
        }
        let logIn = try open(person, factor, attempt, startedAt: now)
        // A password alone, where more is asked for, earns nothing yet.
        if logIn.pending != .giveCode { try noteAdmission(logIn, attempt) }
        return logIn
    }

    /// Forgets what was counted against whoever was admitted, and remembers from where they came.
    func noteAdmission(_ logIn: LogIn, _ attempt: LogInAttempt) throws {
        let person = logIn.session.person
        try transaction.forgetFailures(of: attempt.account, from: attempt.address)
        try transaction.know(attempt.address, of: person.id, at: now)
        try note(
            .loggedIn, person.id, logIn.session.factor.rawValue, by: person.name,
            from: attempt.address)
    }

    /// A new session.
    func open(
        _ person: Person, _ factor: Session.Factor, _ attempt: LogInAttempt, startedAt: Moment
    ) throws -> LogIn {
        let (secret, csrf) = (freshBits(), freshBits())
        let hash = sha256Hex(secret)
        try transaction.writeSession(
            hash: hash, of: person.id, factor: factor, csrf: csrf, address: attempt.address,
            startedAt: startedAt, at: now)
        guard let session = try transaction.session(ofHash: hash, at: now) else {
            throw AccountError.notAdmitted
        }
        return LogIn(
            secret: secret, session: session, pending: session.pending(office.accounts.terms))
    }

    /// The same log-in under a new secret: nobody who saw the old one can go on.
    func renew(
        _ session: Session, factor: Session.Factor? = nil, attempt: LogInAttempt
    ) throws -> LogIn? {
        guard try transaction.endSession(session.id, of: session.person.id),
            let person = try transaction.person(session.person.id)
        else { return nil }
        return try open(
            person, factor ?? session.factor, attempt, startedAt: session.startedAt)
    }

    func note(
        _ kind: AccountEvent.Kind, _ person: ID<Person>, _ detail: String = "", by actor: String,
        from address: String? = nil
    ) throws {
        try transaction.writeAccountEvent(
            kind, of: person, detail, by: actor, from: address, at: now)
    }
}
