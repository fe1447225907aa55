import Casework
import Database
import Ledger
import Testing

@testable import Store

@Suite struct AccountStoreTests {
    private static let start = Moment("2025-03-10T09:00:00+08:00")!
    private static let li = Person(
        id: ID("p1"), name: "li", displayName: "李雷", roles: [.agent, .cashier], bureau: "market",
        merchant: ID("M1"), mustChangePassword: true, createdAt: start)

    /// An office in which Li has one session, `s1`.
    private func withLi(
        on engine: Place, _ body: @escaping @Sendable (Transaction, Moment) throws -> Void
    ) async throws {
        try await withDatabase(on: engine, steps: Schema.steps) { database in
            try await database.write { transaction in
                let now = Self.start
                try transaction.writePerson(Self.li, password: "hash", until: now)
                try transaction.writeSession(
                    hash: "s1", of: Self.li.id, factor: .password, csrf: "c1", address: "::1",
                    startedAt: now, at: now)
                try body(transaction, now)
            }
        }
    }

    @Test(arguments: Place.all)
    func `a person comes back as written, under name and id`(on engine: Place) async throws {
        try await withLi(on: engine) { (transaction, _) throws in
            #expect(try transaction.person(named: "li") == Self.li)
            #expect(try transaction.person(ID("p1")) == Self.li)
            #expect(try transaction.people() == [Self.li])
            #expect(try transaction.people(after: "li") == [])
            #expect(try transaction.isNameTaken("li") == true)
            #expect(try transaction.isNameTaken("LI") == false)
            #expect(try transaction.countOfActive(.cashier) == 1)
            #expect(try transaction.countOfActive(.auditor) == 0)
        }
    }

    @Test(arguments: Place.all)
    func `a session holds while it is used, half an hour idle and twelve hours in all`(
        on engine: Place
    ) async throws {
        try await withLi(on: engine) { (transaction, now) throws in
            func isHeld(afterMinutes minutes: Int) throws -> Bool {
                try transaction.session(ofHash: "s1", at: now.advanced(byMinutes: minutes)) != nil
            }
            #expect(try isHeld(afterMinutes: 29) == true)
            #expect(try isHeld(afterMinutes: 30) == false)
            for minutes in stride(from: 20, through: 700, by: 20) {
                try transaction.touchSession(ID("s1"), at: now.advanced(byMinutes: minutes))
            }
            #expect(try isHeld(afterMinutes: 719) == true)
            #expect(try isHeld(afterMinutes: 720) == false)
            #expect(try transaction.session(ofHash: "s2", at: now) == nil)
        }
    }

    @Test(arguments: Place.all)
    func `a change of roles and an end of the account count at once`(on engine: Place) async throws
    {
        try await withLi(on: engine) { (transaction, now) throws in
            try transaction.changeRoles(
                of: ID("p1"), to: [.auditor], bureau: nil, merchant: nil)
            let session = try #require(try transaction.session(ofHash: "s1", at: now))
            #expect(session.person.actor == Actor(name: "li", roles: [.auditor]))
            #expect(session.csrf == "c1" && session.factor == .password)
            try transaction.setActive(false, ID("p1"))
            #expect(try transaction.session(ofHash: "s1", at: now) == nil)
        }
    }

    @Test(arguments: Place.all)
    func `sessions are ended one by one, or all but one`(on engine: Place) async throws {
        try await withLi(on: engine) { (transaction, now) throws in
            for name in ["s2", "s3"] {
                try transaction.writeSession(
                    hash: name, of: Self.li.id, factor: .secondFactor, csrf: "", address: "",
                    startedAt: now, at: now)
            }
            #expect(try transaction.endSession(ID("s3"), of: ID("p2")) == false)
            #expect(try transaction.endSession(ID("s3"), of: ID("p1")) == true)
            #expect(try transaction.endSessions(of: ID("p1"), except: ID("s2")) == 1)
            #expect(try transaction.sessions(of: ID("p1"), at: now).map(\.id.text) == ["s2"])
        }
    }

    @Test(arguments: Place.all)
    func `a code's step and a recovery code are used once`(on engine: Place) async throws {
        try await withLi(on: engine) { (transaction, now) throws in
            try transaction.setSecondFactor([1, 2], step: 7, of: ID("p1"))
            #expect(try transaction.useStep(7, of: ID("p1")) == false)
            #expect(try transaction.useStep(8, of: ID("p1")) == true)
            #expect(try transaction.useStep(8, of: ID("p1")) == false)
            #expect(try transaction.credentials(of: ID("p1"))?.secondFactor == [1, 2])
            try transaction.setRecoveryCodes(["a", "b"], of: ID("p1"))
            #expect(try transaction.useRecoveryCode("a", of: ID("p1"), at: now) == true)
            #expect(try transaction.useRecoveryCode("a", of: ID("p1"), at: now) == false)
            #expect(try transaction.recoveryCodesLeft(of: ID("p1")) == 1)
        }
    }

    @Test(arguments: Place.all)
    func `failures are counted here and everywhere, and forgotten`(on engine: Place) async throws {
        try await withLi(on: engine) { (transaction, now) throws in
            let start = now.advanced(byMinutes: -60)
            for (address, minutes) in [("a", 0), ("a", 1), ("b", 2)] {
                try transaction.writeFailure(
                    of: "x", from: address, at: now.advanced(byMinutes: minutes), since: start)
            }
            let seen = try transaction.failures(of: "x", from: "a", since: start)
            #expect(seen.here == 2 && seen.everywhere == 3)
            #expect(seen.lastHere == now.advanced(byMinutes: 1))
            #expect(seen.lastElsewhere == now.advanced(byMinutes: 2))
            try transaction.forgetFailures(of: "x", from: "a")
            #expect(try transaction.failures(of: "x", from: "a", since: start).everywhere == 1)
            try transaction.writeFailure(
                of: "y", from: "a", at: now, since: now.advanced(byMinutes: 5))
            #expect(try transaction.failures(of: "x", from: "a", since: start).everywhere == 0)
        }
    }

    @Test(arguments: Place.all)
    func `an identity is one person's, and a token knows its merchant`(on engine: Place)
        async throws
    {
        try await withLi(on: engine) { (transaction, now) throws in
            try transaction.linkSubject("s", at: "https://i", to: ID("p1"), by: "a", at: now)
            #expect(try transaction.person(ofSubject: "s", at: "https://i")?.name == "li")
            #expect(try transaction.person(ofSubject: "s", at: "https://j") == nil)
            let shop = Actor(name: "shop", roles: [.merchant], merchant: ID("M1"))
            try transaction.writeToken(hash: "h", actor: shop, at: now)
            #expect(try transaction.bearer(ofHash: "h") == shop)
            #expect(try transaction.isNameTaken("shop") == true)
        }
    }

    @Test(arguments: Place.all)
    func `what was done to an account is kept, the newest first`(on engine: Place) async throws {
        try await withLi(on: engine) { (transaction, now) throws in
            try transaction.writeAccountEvent(.added, of: ID("p1"), by: "a", at: now)
            try transaction.writeAccountEvent(
                .loggedIn, of: ID("p1"), "password", by: "li", from: "::1", at: now)
            let events = try transaction.accountEvents(of: ID("p1"))
            #expect(events.map(\.kind) == [.loggedIn, .added])
            #expect(events.first?.address == "::1")
        }
    }
}
