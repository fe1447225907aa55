import Casework
import Ledger
import Store
import Testing

@testable import Workflow

@Suite struct PeopleTests {
    private let administrator = LogInOffice.administrator

    @Test func `a first password admits to nothing but choosing one's own, for a week`()
        async throws
    {
        let desk = try await LogInOffice()
        let (li, first) = try await desk.office.addPerson(
            PersonDraft(name: "Li", displayName: "李雷", roles: [.agent]), by: administrator)
        #expect(li.name == "li" && li.mustChangePassword)
        let logIn = try await desk.logIn("li", first)
        #expect(logIn.pending == .changePassword)
        let own = try await desk.office.setPassword(
            LogInOffice.password, current: first, in: logIn.session, from: "10.0.0.1")
        #expect(own.pending == nil && own.secret != logIn.secret)
        #expect(try await desk.session(logIn) == nil)
        #expect(try await desk.outcome("li", first) == "notAdmitted")
        let second = try await desk.office.resetPassword(of: li.id, by: administrator)
        #expect(try await desk.session(own) == nil)
        desk.pass(seconds: 7 * 86_400)
        #expect(try await desk.outcome("li", second) == "notAdmitted")
        await desk.office.close()
    }

    @Test func `a changed password ends the other sessions, and must be another`() async throws {
        let desk = try await LogInOffice()
        _ = try await desk.add("li")
        let (here, there) = (try await desk.logIn("li"), try await desk.logIn("li"))
        func change(to password: String, current: String = LogInOffice.password) async -> String {
            await errorText {
                _ = try await desk.office.setPassword(
                    password, current: current, in: here.session, from: "10.0.0.1")
            }
        }
        #expect(await change(to: "plate engine violet", current: "wrong") == "notAdmitted")
        #expect(
            await change(to: "short") == "unfitPassword(Workflow.PasswordFault.tooShort(least: 12))"
        )
        #expect(await change(to: LogInOffice.password).contains("sameAsBefore"))
        for _ in 1...4 { #expect(await change(to: "aaaaaaaaaaaa").contains("guessable")) }
        #expect(await change(to: "plate engine violet") == "ok")
        #expect(try await desk.session(there) == nil)
        #expect(try await desk.session(here) == nil)
        #expect(try await desk.outcome("li", "plate engine violet") == "ok")
        await desk.office.close()
    }

    @Test func `roles count at once, and nobody adds to their own`() async throws {
        let desk = try await LogInOffice()
        let li = try await desk.add("li")
        let chief = try await desk.add("chief", [.administrator])
        let logIn = try await desk.logIn("li")
        func change(
            _ person: Person, to roles: Set<Role>, by actor: Actor? = nil
        ) async -> String {
            await errorText { [administrator] in
                try await desk.office.work {
                    try $0.changeRoles(
                        of: person.id, to: roles, bureau: nil, merchant: nil,
                        by: actor ?? administrator)
                }
            }
        }
        #expect(await change(li, to: [.agent, .cashier]) == "ok")
        #expect(try await desk.session(logIn) == nil)
        #expect(try await desk.outcome("li") == "ok, then enrolSecondFactor")
        #expect(await change(li, to: [.agent], by: li.actor).contains("notPermitted"))
        #expect(
            await change(chief, to: [.administrator, .cashier], by: chief.actor)
                .contains("anotherPersonNeeded"))
        #expect(await change(chief, to: [.auditor]) == "lastAdministrator")
        #expect(await change(li, to: []).contains("none"))
        #expect(await change(li, to: [.bureau]).contains("bureauMissing"))
        #expect(await change(li, to: [.merchant]).contains("merchantMissing"))
        #expect(await change(li, to: [.office]).contains("tourist"))
        await desk.office.close()
    }

    @Test func `people and tokens share one set of names, and names are kept for ever`()
        async throws
    {
        let desk = try await LogInOffice()
        let office = desk.office
        let li = try await desk.add("li")
        func add(_ name: String) async -> String {
            await errorText { [administrator] in
                _ = try await office.addPerson(
                    PersonDraft(name: name, displayName: "", roles: [.agent]), by: administrator)
            }
        }
        try await office.work { [administrator] work in
            try work.issueToken(
                "secret", to: Actor(name: "robot", roles: [.agent]), by: administrator)
        }
        #expect(await add("robot") == "nameTaken(\"robot\")")
        try await office.work { [administrator] in try $0.deactivate(li.id, by: administrator) }
        #expect(await add("li") == "nameTaken(\"li\")")
        let token = await errorText { [administrator] in
            try await office.work {
                try $0.issueToken(
                    "other", to: Actor(name: "li", roles: [.agent]), by: administrator)
            }
        }
        #expect(token == "nameTaken(\"li\")")
        for name in ["x", "a b/c", "李雷", "office", "tourist", String(repeating: "a", count: 33)] {
            #expect(await add(name).contains("unfitName"), "\(name)")
        }
        await office.close()
    }

    @Test func `only an administrator manages people, and each change is kept`() async throws {
        let desk = try await LogInOffice()
        let li = try await desk.add("li")
        for role in Role.allCases where role != .administrator {
            let actor = Actor(name: "someone", roles: [role])
            let answer = await errorText {
                try await desk.office.work { try $0.deactivate(li.id, by: actor) }
            }
            #expect(answer.contains("notPermitted"), "\(role)")
        }
        try await desk.office.work { [administrator] work in
            try work.unlock(li.id, by: administrator)
            try work.endSessions(of: li.id, by: administrator)
            try work.removeSecondFactor(of: li.id, by: administrator)
            try work.deactivate(li.id, by: administrator)
            try work.activate(li.id, by: administrator)
        }
        let events = try await desk.office.read { try $0.accountEvents(of: li.id) }
        #expect(
            events.map(\.kind) == [
                .activated, .deactivated, .secondFactorRemoved, .sessionsEnded, .unlocked, .added,
            ])
        #expect(events.first?.actor == "root-1")
        await desk.office.close()
    }

    @Test func `an end from outside is at once, and one's own sessions are listed`() async throws {
        let desk = try await LogInOffice()
        _ = try await desk.add("li")
        let (one, two) = (try await desk.logIn("li"), try await desk.logIn("li"))
        try await desk.office.endSession(two.session.id, of: one.session)
        #expect(try await desk.session(two) == nil)
        let again = await errorText {
            try await desk.office.endSession(two.session.id, of: one.session)
        }
        #expect(again == "noSuchSession")
        _ = try await desk.logIn("li")
        try await desk.office.endOtherSessions(of: one.session)
        let (id, now) = (one.session.person.id, desk.clock.now)
        let left = try await desk.office.read { try $0.sessions(of: id, at: now) }
        #expect(left.map(\.id) == [one.session.id])
        try await desk.office.logOut(one.session)
        #expect(try await desk.session(one) == nil)
        await desk.office.close()
    }

    @Test func `a session's last use is written at most once a minute`() async throws {
        let desk = try await LogInOffice()
        _ = try await desk.add("li")
        let logIn = try await desk.logIn("li")
        let start = desk.clock.now
        desk.pass(seconds: 59)
        try await desk.office.touch(logIn.session)
        #expect(try await desk.session(logIn)?.seenAt == start)
        desk.pass(seconds: 1)
        try await desk.office.touch(logIn.session)
        #expect(try await desk.session(logIn)?.seenAt == desk.clock.now)
        await desk.office.close()
    }
}
