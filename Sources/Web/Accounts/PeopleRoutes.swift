import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// The administrator's pages of people.
enum PeopleRoutes {
    /// People on one page; the next begins after the last name.
    static let shown = 200

    static let all: [Route] = [
        PageRoutes.page(
            "/people", "peoplePage", AccountText.people, .action(.managePeople), query: [after]
        ) { call in
            try await PeoplePage(call: call).answer()
        },
        post("/people", "addPerson", AccountText.addPerson) { call, entries in
            try await call.addPerson(entries)
        },
        PageRoutes.page(
            "/people/{person}", "personPage", AccountText.person, .action(.managePeople)
        ) { call in
            try await PersonPage(call: call, person: try await call.person()).answer()
        },
        change("roles", "changeRoles", AccountText.changeRoles) { work, id, entries, actor in
            try work.changeRoles(
                of: id, to: entries.roles, bureau: entries["bureau"],
                merchant: entries["merchant"].map { ID($0) }, by: actor)
        },
        change("closing", "deactivatePerson", AccountText.deactivate) { work, id, _, actor in
            try work.deactivate(id, by: actor)
        },
        change("opening", "activatePerson", AccountText.activate) { work, id, _, actor in
            try work.activate(id, by: actor)
        },
        change("second-factor", "removeSecondFactor", AccountText.removeSecondFactor) {
            work, id, _, actor in
            try work.removeSecondFactor(of: id, by: actor)
        },
        change("failures", "unlockPerson", AccountText.unlock) { work, id, _, actor in
            try work.unlock(id, by: actor)
        },
        change("sessions", "endSessionsOfPerson", AccountText.endSessions) { work, id, _, actor in
            try work.endSessions(of: id, by: actor)
        },
        change("identity", "linkIdentity", AccountText.link) { work, id, entries, actor in
            try work.link(
                subject: entries["subject"] ?? "", at: entries["issuer"] ?? "", to: id, by: actor)
        },
        post("/people/{person}/password", "resetPassword", AccountText.resetPassword) { call, _ in
            let person = try await call.person()
            let password = try await call.office.resetPassword(of: person.id, by: call.actor)
            return FirstPasswordPage(call: call, person: person, password: password).answer()
        },
    ]

    private static let after = Route.QueryParameter(
        name: "after", about: Phrase("此名称之后", "names after this one"),
        schema: ["type": "string"])

    private static func post(
        _ path: String, _ id: String, _ summary: Phrase,
        _ handle: @escaping @Sendable (Call, FormEntries) async throws -> Answer
    ) -> Route {
        PageRoutes.post(path, id, summary, .action(.managePeople)) { call in
            try await handle(call, try await call.entries())
        }
    }

    /// A change of one person, after which their page is shown again.
    private static func change(
        _ name: String, _ id: String, _ summary: Phrase,
        _ body: @escaping @Sendable (Work, ID<Person>, FormEntries, Actor) throws -> Void
    ) -> Route {
        post("/people/{person}/\(name)", id, summary) { call, entries in
            let person = try await call.person()
            do {
                try await call.office.work { try body($0, person.id, entries, call.actor) }
            } catch {
                let problem = try call.shown(error)
                return try await PersonPage(call: call, person: person, problem: problem)
                    .answer(problem.status)
            }
            return call.redirect(to: .person(person.id))
        }
    }
}

extension Call {
    /// The person in the path.
    func person() async throws -> Person {
        let id = ID<Person>(part("person"))
        guard let person = try await office.read({ try $0.person(id) }) else {
            throw AccountError.noSuchPerson(id.text)
        }
        return person
    }

    fileprivate func addPerson(_ entries: FormEntries) async throws -> Answer {
        let draft = PersonDraft(
            name: entries["name"] ?? "", displayName: entries["display_name"] ?? "",
            roles: entries.roles, bureau: entries["bureau"],
            merchant: entries["merchant"].map { ID($0) })
        do {
            let (person, password) = try await office.addPerson(draft, by: actor)
            return FirstPasswordPage(call: self, person: person, password: password).answer()
        } catch {
            let problem = try shown(error)
            return try await PeoplePage(call: self, draft: draft, problem: problem)
                .answer(problem.status)
        }
    }
}

extension FormEntries {
    fileprivate var roles: Set<Role> { Set(all("roles").compactMap { Role(rawValue: $0) }) }
}

extension Link {
    static func person(_ id: ID<Person>) -> Link { people.below(id.text) }
}
