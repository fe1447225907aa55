package import Casework
package import Ledger
package import Store

/// A person as an administrator describes them.
package struct PersonDraft: Hashable, Sendable {
    package let name: String
    package let displayName: String
    package let roles: Set<Role>
    package let bureau: String?
    package let merchant: ID<Merchant>?

    package init(
        name: String, displayName: String, roles: Set<Role>, bureau: String? = nil,
        merchant: ID<Merchant>? = nil
    ) {
        self.name = PersonName.folded(name)
        self.displayName = displayName
        self.roles = roles
        self.bureau = bureau
        self.merchant = merchant
    }
}

/// A log-in name.
package enum PersonName {
    /// As it is kept and compared.
    package static func folded(_ name: String) -> String {
        PasswordHash.normalised(name).lowercased().filter { !$0.isWhitespace }
    }

    static func isFit(_ name: String) -> Bool {
        let isPlain = name.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "a"..."z", "0"..."9", ".", "-", "_": true
            default: false
            }
        }
        return isPlain && (2...32).contains(name.count) && name != Actor.office.name
            && name != Actor.tourist.name
    }
}

/// How long a first password admits to choosing one's own.
private let firstPassword_ms: Int64 = 7 * 24 * 60 * 60_000

extension Office {
    /// Adds a person with a first password, which lapses after a week.
    ///
    /// - Returns: The password is shown once, to the administrator who hands it over.
    package func addPerson(
        _ draft: PersonDraft, by actor: Actor
    ) async throws -> (person: Person, password: String) {
        let (password, hash) = try await freshPasswordAndHash()
        let person = try await work { work in
            try work.permit(.managePeople, actor)
            return try work.add(draft, password: hash, mustChange: true, by: actor)
        }
        return (person, password)
    }

    /// Gives a new first password to somebody who forgot theirs. Their sessions end.
    package func resetPassword(of id: ID<Person>, by actor: Actor) async throws -> String {
        let (password, hash) = try await freshPasswordAndHash()
        try await work { work in
            let person = try work.managed(id, by: actor, "resetPassword")
            let until = work.now.advanced(byMs: firstPassword_ms)
            try work.transaction.setPassword(hash.description, of: id, until: until)
            try work.note(.passwordReset, person.id, by: actor.name)
            try work.transaction.endSessions(of: id)
        }
        return password
    }

    /// People of the demonstration, whose passwords are known and stay. Nothing where the name is taken.
    package func addDemonstrator(_ draft: PersonDraft, password: String) async throws {
        let cost = accounts.terms.cost
        let hash = try await accounts.gate.pass {
            try PasswordHash(of: password, salt: freshHash(), cost: cost)
        }
        try await work { work in
            guard try !work.transaction.isNameTaken(draft.name) else { return }
            _ = try work.add(draft, password: hash, mustChange: false, by: .office)
        }
    }

    private func freshPasswordAndHash() async throws -> (String, PasswordHash) {
        let (password, cost) = (freshPassword(), accounts.terms.cost)
        let hash = try await accounts.gate.pass {
            try PasswordHash(of: password, salt: freshHash(), cost: cost)
        }
        return (password, hash)
    }
}

extension Work {
    /// Changes what a person is trusted with. Their sessions end.
    ///
    /// - Throws: `WorkflowError.anotherPersonNeeded` when somebody would add to their own roles.
    package func changeRoles(
        of id: ID<Person>, to roles: Set<Role>, bureau: String?, merchant: ID<Merchant>?,
        by actor: Actor
    ) throws {
        try permit(.managePeople, actor)
        guard let person = try transaction.person(id) else {
            throw AccountError.noSuchPerson(id.text)
        }
        if person.name == actor.name, !roles.isSubset(of: person.roles) {
            throw WorkflowError.anotherPersonNeeded("changeRoles", actor)
        }
        try check(roles, bureau, merchant)
        if !roles.contains(.administrator) { try keepAnAdministrator(without: person) }
        try transaction.changeRoles(of: id, to: roles, bureau: bureau, merchant: merchant)
        try note(
            .rolesChanged, id, "\(listed(person.roles)) → \(listed(roles))", by: actor.name)
        try transaction.endSessions(of: id)
    }

    /// Closes an account. Sessions end; the name stays taken, as it stands in the trail.
    package func deactivate(_ id: ID<Person>, by actor: Actor) throws {
        try permit(.managePeople, actor)
        guard let person = try transaction.person(id) else {
            throw AccountError.noSuchPerson(id.text)
        }
        try keepAnAdministrator(without: person)
        try transaction.setActive(false, id)
        try note(.deactivated, id, by: actor.name)
        try transaction.endSessions(of: id)
    }

    /// Opens a closed account again.
    package func activate(_ id: ID<Person>, by actor: Actor) throws {
        let person = try managed(id, by: actor, "activate")
        try transaction.setActive(true, person.id)
        try note(.activated, id, by: actor.name)
    }

    package func endSessions(of id: ID<Person>, by actor: Actor) throws {
        try permit(.managePeople, actor)
        guard try transaction.person(id) != nil else { throw AccountError.noSuchPerson(id.text) }
        let count = try transaction.endSessions(of: id)
        try note(.sessionsEnded, id, "\(count)", by: actor.name)
    }

    /// For whoever lost the telephone and the recovery codes. Sessions end; the next log-in asks for another.
    package func removeSecondFactor(of id: ID<Person>, by actor: Actor) throws {
        let person = try managed(id, by: actor, "removeSecondFactor")
        try transaction.setSecondFactor(nil, step: 0, of: person.id)
        try transaction.setRecoveryCodes([], of: id)
        try note(.secondFactorRemoved, id, by: actor.name)
        try transaction.endSessions(of: id)
    }

    /// Forgets the failed log-ins to an account.
    package func unlock(_ id: ID<Person>, by actor: Actor) throws {
        try permit(.managePeople, actor)
        guard let person = try transaction.person(id) else {
            throw AccountError.noSuchPerson(id.text)
        }
        let attempt = LogInAttempt(name: person.name, code: nil, address: "")
        try transaction.forgetFailures(of: attempt.account, from: nil)
        try note(.unlocked, id, by: actor.name)
    }

    /// Says who an identity provider's subject is. No role comes with it.
    package func link(
        subject: String, at issuer: String, to id: ID<Person>, by actor: Actor
    ) throws {
        let person = try managed(id, by: actor, "link")
        try transaction.linkSubject(subject, at: issuer, to: person.id, by: actor.name, at: now)
        try note(.subjectLinked, id, issuer, by: actor.name)
    }

    /// A person whom another administrator may admit anew: nobody does that for themself.
    fileprivate func managed(
        _ id: ID<Person>, by actor: Actor, _ what: String
    ) throws -> Person {
        try permit(.managePeople, actor)
        guard let person = try transaction.person(id) else {
            throw AccountError.noSuchPerson(id.text)
        }
        guard person.name != actor.name else {
            throw WorkflowError.anotherPersonNeeded(what, actor)
        }
        return person
    }

    fileprivate func add(
        _ draft: PersonDraft, password: PasswordHash, mustChange: Bool, by actor: Actor
    ) throws -> Person {
        guard PersonName.isFit(draft.name) else { throw AccountError.unfitName(draft.name) }
        guard try !transaction.isNameTaken(draft.name) else {
            throw AccountError.nameTaken(draft.name)
        }
        try check(draft.roles, draft.bureau, draft.merchant)
        let person = Person(
            id: ID("P\(try transaction.next("person"))"), name: draft.name,
            displayName: draft.displayName.isEmpty ? draft.name : draft.displayName,
            roles: draft.roles, bureau: draft.bureau, merchant: draft.merchant,
            mustChangePassword: mustChange, createdAt: now)
        try transaction.writePerson(
            person, password: password.description,
            until: mustChange ? now.advanced(byMs: firstPassword_ms) : nil)
        try note(.added, person.id, listed(person.roles), by: actor.name)
        return person
    }

    private func check(_ roles: Set<Role>, _ bureau: String?, _ merchant: ID<Merchant>?) throws {
        if roles.isEmpty { throw AccountError.unfitRoles(.none) }
        if roles.contains(.tourist) || roles.contains(.office) {
            throw AccountError.unfitRoles(.tourist)
        }
        switch (roles.contains(.bureau), bureau) {
        case (true, nil): throw AccountError.unfitRoles(.bureauMissing)
        case (false, .some): throw AccountError.unfitRoles(.bureauNotWanted)
        case (true, .some), (false, nil): break
        }
        switch (roles.contains(.merchant), merchant) {
        case (true, nil): throw AccountError.unfitRoles(.merchantMissing)
        case (false, .some): throw AccountError.unfitRoles(.merchantNotWanted)
        case (false, nil): break
        case (true, let id?):
            guard try transaction.merchant(id) != nil else {
                throw AccountError.unfitRoles(.noSuchMerchant(id.text))
            }
        }
    }

    private func keepAnAdministrator(without person: Person) throws {
        guard person.isActive, person.roles.contains(.administrator),
            try transaction.countOfActive(.administrator) == 1
        else { return }
        throw AccountError.lastAdministrator
    }

    private func listed(_ roles: Set<Role>) -> String {
        roles.map(\.rawValue).sorted().joined(separator: ",")
    }
}
