import Casework
import Ledger
import Store
import Testing

@testable import Workflow

@Suite struct SecondFactorTests {
    /// RFC 6238, appendix B: the SHA-1 rows.
    @Test(arguments: [
        (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"), (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ])
    func `codes are those of RFC 6238`(_ seconds: Int64, _ code: String) {
        let secret = Array("12345678901234567890".utf8)
        let step = TimeCode.step(at: Moment(ms: seconds * 1_000))
        #expect(TimeCode.code(of: secret, at: step, digits: 8) == code)
    }

    /// RFC 4648 §10, without its padding.
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
        ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
    ])
    func `secrets are written as RFC 4648 does`(_ plain: String, _ text: String) {
        #expect(base32(Array(plain.utf8)) == text)
    }

    @Test func `a code counts a step early or late, no more, and never twice`() async throws {
        let desk = try await LogInOffice()
        let li = try await desk.add("li", [.cashier])
        _ = try await desk.enrol(li)
        let secret = try await desk.secret(of: li)
        desk.pass(seconds: 300)
        #expect(
            try await desk.outcome("li", code: desk.code(secret, stepsLater: -2)) == "notAdmitted")
        #expect(
            try await desk.outcome("li", code: desk.code(secret, stepsLater: 2)) == "notAdmitted")
        #expect(try await desk.outcome("li", code: desk.code(secret, stepsLater: -1)) == "ok")
        #expect(
            try await desk.outcome("li", code: desk.code(secret, stepsLater: -1)) == "notAdmitted")
        #expect(try await desk.outcome("li", code: desk.code(secret, stepsLater: 1)) == "ok")
        // An earlier one than was used is as good as used.
        #expect(try await desk.outcome("li", code: desk.code(secret)) == "notAdmitted")
        await desk.office.close()
    }

    @Test func `whoever handles money enrols before anything else`() async throws {
        let desk = try await LogInOffice()
        for role in Role.allCases where role != .office && role != .tourist && role != .bureau {
            if role == .merchant { continue }
            _ = try await desk.add("the-\(role.rawValue.lowercased())", [role])
            let wanted = AccountTerms.guarded.contains(role) ? "ok, then enrolSecondFactor" : "ok"
            #expect(try await desk.outcome("the-\(role.rawValue.lowercased())") == wanted)
        }
        let demonstration = try await LogInOffice(secondFactor: .off)
        _ = try await demonstration.add("li", [.cashier])
        #expect(try await demonstration.outcome("li") == "ok")
        await demonstration.office.close()
        await desk.office.close()
    }

    @Test func `the password alone opens nothing, and the code gives another secret`() async throws
    {
        let desk = try await LogInOffice()
        let li = try await desk.add("li", [.cashier])
        let enrolled = try await desk.enrol(li)
        #expect(enrolled.logIn.pending == nil)
        desk.pass(seconds: 60)
        let first = try await desk.logIn("li")
        #expect(first.pending == .giveCode)
        let wrong = await errorText {
            _ = try await desk.office.giveCode("000000", in: first.session, from: "10.0.0.1")
        }
        #expect(wrong == "notAdmitted")
        let code = desk.code(try await desk.secret(of: li))
        let second = try await desk.office.giveCode(code, in: first.session, from: "10.0.0.1")
        #expect(second.pending == nil && second.secret != first.secret)
        #expect(second.csrf != first.csrf)
        #expect(try await desk.session(first) == nil)
        #expect(try await desk.session(second)?.factor == .secondFactor)
        await desk.office.close()
    }

    @Test func `a recovery code opens once`() async throws {
        let desk = try await LogInOffice()
        let li = try await desk.add("li", [.cashier])
        let codes = try await desk.enrol(li).recoveryCodes
        #expect(codes.count == 10 && Set(codes).count == 10)
        let typed = codes[3].lowercased().replacing("-", with: " ")
        #expect(try await desk.outcome("li", code: typed) == "ok")
        #expect(try await desk.outcome("li", code: typed) == "notAdmitted")
        #expect(try await desk.office.read { try $0.recoveryCodesLeft(of: li.id) } == 9)
        await desk.office.close()
    }

    @Test func `another second factor needs the one in use`() async throws {
        let desk = try await LogInOffice()
        let li = try await desk.add("li", [.cashier])
        _ = try await desk.enrol(li)
        let half = try await desk.logIn("li")
        let answer = await errorText {
            _ = try await desk.office.enrolSecondFactor(in: half.session)
        }
        #expect(answer == "notAdmitted")
        await desk.office.close()
    }

    @Test func `what is sealed for one person does not open for another, or changed`() throws {
        let (old, new) = (String(repeating: "01", count: 32), String(repeating: "02", count: 32))
        let box = SecretBox(try DataKeys("a \(old)"))
        var sealed = try box.seal([1, 2, 3], as: "p")
        #expect(try box.open(sealed, as: "p") == [1, 2, 3])
        #expect(throws: (any Error).self) { try box.open(sealed, as: "q") }
        let both = SecretBox(try DataKeys("a \(old)\nb \(new)"))
        let renewed = try #require(try both.resealed(sealed, as: "p"))
        #expect(try both.resealed(renewed, as: "p") == nil)
        let later = SecretBox(try DataKeys("b \(new)"))
        #expect(try later.open(renewed, as: "p") == [1, 2, 3])
        #expect(throws: (any Error).self) { try later.open(sealed, as: "p") }
        sealed[sealed.count - 1] ^= 1
        #expect(throws: (any Error).self) { try box.open(sealed, as: "p") }
        #expect(throws: (any Error).self) { try box.open([], as: "p") }
    }

    @Test func `second factors outlive the key they were sealed by`() async throws {
        let desk = try await LogInOffice()
        let li = try await desk.add("li", [.cashier])
        _ = try await desk.enrol(li)
        #expect(try await desk.office.work { try $0.resealSecondFactors() } == 0)
        let other = SecretBox(try DataKeys("u " + String(repeating: "09", count: 32)))
        let secret = try await desk.secret(of: li)
        try await desk.office.work { work in
            try work.transaction.reseal(
                try other.seal(secret, as: "second-factor/\(li.id.text)"), of: li.id)
        }
        let answer = await errorText {
            _ = try await desk.office.work { try $0.resealSecondFactors() }
        }
        #expect(answer.contains("data key u"))
        await desk.office.close()
    }
}
