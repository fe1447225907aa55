import Casework
import Database
import Foundation
import Randomness
import Testing

@testable import Store

/// The reader of stored texts goes by hand through bytes that somebody may have changed.
struct JSONCursorTests {
    private static let sample: Facts = [
        "text": .text("先行赔付 \"\\\n\u{1}/"), "empty": .text(""), "yes": .flag(true),
        "no": .flag(false), "least": .integer(.min), "most": .integer(.max),
        "list": .list([.integer(0), .list([]), .record([:]), .text("]")]),
        "record": .record(["a": .record(["b": .list([.flag(true), .text("}")])])]),
    ]

    private func facts(_ text: String) throws(DatabaseError) -> Facts {
        try JSONCursor.read(text, at: "facts") { cursor throws(JSONCursor.Malformed) in
            try cursor.facts()
        }
    }

    /// What stands behind the value that is passed over.
    private func integerBehind(_ value: String) throws(DatabaseError) -> Int64? {
        try JSONCursor.read("[\(value), 7]", at: "list") {
            cursor throws(JSONCursor.Malformed) in
            var (passed, found) = (false, Int64?.none)
            try cursor.array { cursor throws(JSONCursor.Malformed) in
                if passed { found = try cursor.integer() } else { try cursor.skip() }
                passed = true
            }
            return found
        }
    }

    @Test func `facts are read as they were written`() throws {
        let text = try jsonText(Self.sample)
        let read = try facts(text)
        #expect(read == Self.sample)
        let behind = try integerBehind(text)
        #expect(behind == 7)
    }

    @Test(arguments: ["[\u{1}]", "{\u{0}", "[1,\u{1F}]", "{\"a\":\u{2}1}", "\u{7}"])
    func `a control character outside a text is refused`(text: String) {
        #expect(throws: DatabaseError.self) { try integerBehind(text) }
    }

    @Test(arguments: ["{\"a\":", "["])
    func `what is nested without end is refused`(opening: String) {
        let text = "{\"a\":" + String(repeating: opening, count: 200_000)
        #expect(throws: DatabaseError.self) { try facts(text) }
        #expect(throws: DatabaseError.self) { try integerBehind(text) }
    }

    @Test func `as deep as a request may be is read`() throws {
        let text = String(repeating: "{\"a\":", count: 60) + "1" + String(repeating: "}", count: 60)
        let read = try facts(text)
        let foundations = try JSONDecoder().decode(Facts.self, from: Data(text.utf8))
        #expect(read == foundations)
        let behind = try integerBehind(text)
        #expect(behind == 7)
    }

    /// Every text that Foundation reads as well is read as it reads it.
    @Test func `a damaged text is refused or read, wherever the damage is`() throws {
        let sound = Array(try jsonText(Self.sample).utf8)
        var random = SeededRandom(seed: 20_261_130)
        var (read, refused) = (0, 0)
        for place in sound.indices {
            for damage in [0, 1, 0x20, 0x22, 0x2C, 0x2D, 0x39, 0x3A, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D] {
                var bytes = sound
                bytes[place] = UInt8(damage)
                if Bool.random(using: &random) {
                    bytes.removeSubrange(
                        place + 1..<Int.random(in: place + 1...bytes.count, using: &random))
                }
                let text = String(decoding: bytes, as: UTF8.self)
                _ = try? integerBehind(text)
                do {
                    let facts = try facts(text)
                    let foundations = try? JSONDecoder().decode(Facts.self, from: Data(text.utf8))
                    if let foundations { #expect(facts == foundations, "\(text)") }
                    read += 1
                } catch {
                    refused += 1
                }
            }
        }
        #expect(read > 0 && refused > read)
    }
}
