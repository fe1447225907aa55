import Crypto
import Foundation
import Ledger
import Testing

@testable import Workflow

@Suite struct PasswordTests {
    @Test(arguments: [
        // Too short, or too long.
        ("x7$kQ9!vLm2", "tooShort(least: 12)"), ("", "tooShort(least: 12)"),
        (String(repeating: "q8-", count: 43), "tooLong(most: 128)"),
        // Guessed first.
        ("aaaaaaaaaaaa", "guessable"), ("abcdefghijkl", "guessable"), ("123456789012", "guessable"),
        ("qwertyuiop[]", "guessable"), ("1qaz2wsx3edc", "guessable"), ("password1234", "guessable"),
        ("P@ssw0rd2024!", "guessable"), ("administrator", "guessable"),
        ("abcabcabcabc", "guessable"), ("Sunshine-2024-Summer", "guessable"),
        ("woaini19880812", "guessable"), ("xianxingpeifu", "guessable"),
        ("lilei-sanya-1988", "guessable"), ("li.lei.li.lei", "guessable"),
        ("我爱你中国我爱你中国我爱你", "guessable"), ("horsehorsehorse", "guessable"),
        ("zxcvbnm,./asdf", "guessable"), ("hotline12345hotline", "guessable"),
        // Taken.
        ("correct-horse-battery", "ok"), ("x7$kQ9!vLm2w", "ok"),
        ("三亚湾的黄昏有一只螃蟹", "tooShort(least: 12)"),
        ("三亚湾的黄昏有一只小螃蟹", "ok"), ("plate engine violet", "ok"),
        (String(repeating: "k3v9-Zq7w", count: 1) + "-mntr", "ok"),
    ])
    func `a password is long and not among the first to be guessed`(
        _ password: String, _ wanted: String
    ) throws {
        let fault = try PasswordRules.fault(in: password, own: ["lilei", "li.lei", "sanya"])
        #expect(fault.map { "\($0)" } ?? "ok" == wanted, "\(password)")
    }

    @Test func `the same password typed in another form of Unicode fits`() throws {
        let hash = try PasswordHash(
            of: "ｆｕｌｌ-wide é 12", salt: .zero, cost: .init(logRounds: 4))
        #expect(try hash.fits("full-wide e\u{301} 12"))
        #expect(try !hash.fits("full-wide e 12"))
        #expect(PasswordHash(hash.description) == hash)
    }

    /// RFC 7914 §12: N = 16 and 1024 with the salts given there are shorter than ours, so that scrypt is
    /// held against another implementation (Python's hashlib) at our own length of salt.
    @Test func `the hash is scrypt's`() throws {
        let salt = Hash(of: Array("salt".utf8))
        let hash = try PasswordHash(of: "correct-horse", salt: salt, cost: .init(logRounds: 10))
        #expect(hash.key.hex == scryptOfCorrectHorse)
    }

    @Test(arguments: [
        "", "scrypt", "scrypt$15$8$1$00$00", "bcrypt$15$8$1", "scrypt$99$8$1$\(zeros)$\(zeros)",
        "scrypt$15$8$1$\(zeros)$\(zeros)$", "scrypt$15$0$1$\(zeros)$\(zeros)",
    ])
    func `what is no hash is not read as one`(_ text: String) {
        #expect(PasswordHash(text) == nil)
    }

    @Test func `a listed password is found on disk wherever it stands, and others are not`() throws
    {
        let listed = (0..<300).map { "listed password \($0)" }
        let lines = listed.map { sha1($0) }.sorted().enumerated().map { number, hash in
            // Whole hashes with counts, and prefixes.
            number % 3 == 0 ? String(hash.prefix(12)) : "\(hash):\(number)"
        }
        let file = FileManager.default.temporaryDirectory
            .appending(path: "breached-\(UInt64.random(in: 0...UInt64.max))").path
        try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let list = try BreachedPasswords(file: file)
        for password in listed { #expect(try list.holds(password) == true, "\(password)") }
        for number in 300..<600 { #expect(try list.holds("listed password \(number)") == false) }
        #expect(
            try PasswordRules.fault(in: listed[7], own: [], breached: list) == .breached)
        #expect(throws: (any Error).self) { try BreachedPasswords(file: file + "-missing") }
    }
}

private let zeros = Hash.zero.hex
private let scryptOfCorrectHorse =
    "a2b75545394d86ecc04e03eab9a26f013b885f2664c9421d32199dbcae0a0e7a"

private func sha1(_ text: String) -> String {
    Insecure.SHA1.hash(data: Array(text.utf8))
        .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined().uppercased()
}
