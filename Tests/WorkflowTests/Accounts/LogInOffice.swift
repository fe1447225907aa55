import Casework
import Database
import Ledger
import Logging
import Store
import Testing

@testable import Workflow

/// An office with an administrator, passwords that are hashed cheaply, and a clock that is set by hand.
final class LogInOffice: Sendable {
    let office: Office
    let clock = VirtualClock(Moment("2024-06-03T09:00:00+08:00")!)
    let box: SecretBox

    static let administrator = Actor(name: "root-1", roles: [.administrator])
    static let password = "correct-horse-battery"

    init(secondFactor: AccountTerms.SecondFactor = .asked) async throws {
        var terms = AccountTerms()
        terms.cost = .init(logRounds: 4)
        terms.secondFactor = secondFactor
        let clock = clock
        let keys = try DataKeys("t " + String(repeating: "09", count: 32))
        box = SecretBox(keys)
        office = try await Office.open(
            database: "sqlite::memory:", policies: PlayOffice.policies,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, dataKeys: keys,
            accounts: terms,
            now: { clock.now })
    }

    func pass(seconds: Int64) { clock.set(clock.now.advanced(byMs: seconds * 1_000)) }

    /// A person whose password is their own.
    func add(_ name: String, _ roles: Set<Role> = [.agent]) async throws -> Person {
        try await office.addDemonstrator(
            PersonDraft(name: name, displayName: "", roles: roles), password: Self.password)
        return try #require(try await office.read { try $0.person(named: name) })
    }

    func logIn(
        _ name: String, _ password: String = LogInOffice.password, code: String? = nil,
        from address: String = "10.0.0.1"
    ) async throws -> LogIn {
        try await office.logIn(name: name, password: password, code: code, from: address)
    }

    /// `ok`, `ok, then giveCode`, or the error.
    func outcome(
        _ name: String, _ password: String = LogInOffice.password, code: String? = nil,
        from address: String = "10.0.0.1"
    ) async throws -> String {
        do {
            let pending = try await logIn(name, password, code: code, from: address).pending
            return pending.map { "ok, then \($0)" } ?? "ok"
        } catch let error as AccountError {
            return "\(error)"
        }
    }

    /// A session as the web finds it by the secret.
    func session(_ logIn: LogIn) async throws -> Session? {
        let (hash, now) = (sha256Hex(logIn.secret), clock.now)
        return try await office.read { try $0.session(ofHash: hash, at: now) }
    }

    func code(_ secret: [UInt8], stepsLater steps: Int64 = 0) -> String {
        TimeCode.code(of: secret, at: TimeCode.step(at: clock.now) + steps)
    }

    /// The secret that is kept for a person, in use or shown.
    func secret(of person: Person, isShown: Bool = false) async throws -> [UInt8] {
        let credentials = try await office.read { try $0.credentials(of: person.id) }
        let sealed = isShown ? credentials?.secondFactorNext : credentials?.secondFactor
        return try box.open(try #require(sealed), as: "second-factor/\(person.id.text)")
    }

    /// Logs in and takes a second factor into use.
    func enrol(_ person: Person) async throws -> (logIn: LogIn, recoveryCodes: [String]) {
        let first = try await logIn(person.name)
        _ = try await office.enrolSecondFactor(in: first.session)
        let code = code(try await secret(of: person, isShown: true))
        return try await office.confirmSecondFactor(code, in: first.session, from: "10.0.0.1")
    }
}

/// The error that `body` throws, in words; `ok` when it throws none.
func errorText(_ body: () async throws -> Void) async -> String {
    do {
        try await body()
        return "ok"
    } catch {
        return "\(error)"
    }
}
