import Casework
import Ledger
import Store
import Testing

@testable import Workflow

@Suite struct LogInTests {
    @Test func `the right password opens a session, and nothing else does`() async throws {
        let desk = try await LogInOffice()
        let li = try await desk.add("li")
        #expect(try await desk.outcome("li") == "ok")
        #expect(try await desk.outcome(" LI ") == "ok")
        let wrong = try await desk.outcome("li", "correct-horse-battersea")
        let unknown = try await desk.outcome("nobody", LogInOffice.password)
        #expect(wrong == "notAdmitted" && unknown == wrong)
        try await desk.office.work { try $0.deactivate(li.id, by: LogInOffice.administrator) }
        #expect(try await desk.outcome("li") == wrong)
        await desk.office.close()
    }

    @Test func `an unknown name waits as a known one does`() async throws {
        let desk = try await LogInOffice()
        _ = try await desk.add("li")
        for _ in 1...8 {
            let known = try await desk.outcome("li", "wrong", from: "10.0.0.9")
            #expect(try await desk.outcome("nobody", "wrong", from: "10.0.0.9") == known)
            desk.pass(seconds: 4)
        }
        await desk.office.close()
    }

    @Test func `each failure from an address doubles its wait, and nobody else waits`() async throws
    {
        let desk = try await LogInOffice()
        _ = try await desk.add("li")
        for _ in 1...3 {
            #expect(try await desk.outcome("li", "wrong", from: "6.6.6.6") == "notAdmitted")
        }
        #expect(try await desk.outcome("li", from: "6.6.6.6") == "wait(seconds: 5)")
        #expect(try await desk.outcome("li", from: "10.0.0.1") == "ok")
        desk.pass(seconds: 5)
        #expect(try await desk.outcome("li", "wrong", from: "6.6.6.6") == "notAdmitted")
        #expect(try await desk.outcome("li", "wrong", from: "6.6.6.6") == "wait(seconds: 10)")
        desk.pass(seconds: 10)
        #expect(try await desk.outcome("li", from: "6.6.6.6") == "ok")
        #expect(try await desk.outcome("li", "wrong", from: "6.6.6.6") == "notAdmitted")
        #expect(try await desk.outcome("li", from: "6.6.6.6") == "ok")
        await desk.office.close()
    }

    @Test func `a flood from everywhere does not keep a person out where they logged in before`()
        async throws
    {
        let desk = try await LogInOffice()
        let li = try await desk.add("li")
        #expect(try await desk.outcome("li", from: "10.0.0.1") == "ok")
        _ = try await desk.enrol(li)
        for number in 1...50 {
            _ = try await desk.outcome("li", "wrong", from: "6.6.\(number).6")
        }
        #expect(try await desk.outcome("li", from: "7.7.7.7") == "wait(seconds: 60)")
        #expect(try await desk.outcome("nobody", "wrong", from: "7.7.7.7") == "notAdmitted")
        desk.pass(seconds: 30)
        let code = desk.code(try await desk.secret(of: li))
        #expect(try await desk.outcome("li", code: "000000", from: "7.7.7.7") == "notAdmitted")
        #expect(try await desk.outcome("li", code: code, from: "7.7.7.7") == "ok")
        #expect(try await desk.outcome("li", from: "10.0.0.1") == "ok, then giveCode")
        await desk.office.close()
    }

    @Test func `many tries at once are no more than the same one after another`() async throws {
        let desk = try await LogInOffice()
        _ = try await desk.add("li")
        let outcomes = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 1...20 {
                group.addTask { try await desk.outcome("li", "guess \(number)", from: "6.6.6.6") }
            }
            return try await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(outcomes.filter { $0 == "notAdmitted" }.count == 3)
        #expect(outcomes.filter { $0 == "wait(seconds: 5)" }.count == 17)
        await desk.office.close()
    }

    @Test func `a hash at another cost is renewed at log-in`() async throws {
        let desk = try await LogInOffice()
        let li = try await desk.add("li")
        let old = try PasswordHash(
            of: LogInOffice.password, salt: .zero, cost: .init(logRounds: 5))
        try await desk.office.work {
            try $0.transaction.setPassword(old.description, of: li.id, until: nil)
        }
        #expect(try await desk.outcome("li") == "ok")
        let kept = try await desk.office.read { try $0.credentials(of: li.id)?.password }
        #expect(kept?.hasPrefix("scrypt$4$8$1$") == true)
        #expect(try await desk.outcome("li") == "ok")
        await desk.office.close()
    }

    @Test(arguments: [
        ("10.1.2.3", "10.1.2.3"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"), ("2001:db8::9", "2001:db8::/64"),
        ("fe80::1%eth0", "fe80::/64"), ("::ffff:10.1.2.3", "::ffff:10.1.2.3"), ("", ""),
    ])
    func `an IPv6 customer's addresses count as one`(_ address: String, _ counted: String) {
        #expect(countedAddress(address) == counted)
    }
}
