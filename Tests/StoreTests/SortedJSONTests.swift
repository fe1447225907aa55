import Casework
import Foundation
import Randomness
import Testing

@testable import Store

/// What is stored is, byte for byte, what Foundation would have written.
struct SortedJSONTests {
    @Test func `any value is written as Foundation writes it`() throws {
        var random = SeededRandom(seed: 20_261_129)
        for _ in 0..<2_000 {
            let value = Sample.any(depth: 4, using: &random)
            #expect(try ours(value) == foundations(value))
        }
    }

    /// The events in the form in which they lie in databases, one of every kind.
    @Test func `every event is written as it always was`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent()
        var compared = 0
        for line in try lines("events.jsonl", in: folder) {
            // The lines after the events show parts of them.
            guard let event = try? JSONDecoder().decode(Event.self, from: Data(line.utf8)) else {
                continue
            }
            #expect(try ours(event) == line)
            compared += 1
        }
        for line in try lines("order-events.jsonl", in: folder) {
            let event = try JSONDecoder().decode(OrderEvent.self, from: Data(line.utf8))
            #expect(try ours(event) == line)
            compared += 1
        }
        #expect(compared > 100)
    }

    @Test(arguments: [
        "", "/", "\"\\", "\u{0}\u{1F}\u{7F}\u{80}", "\n\t\r\u{8}\u{c}", "先行赔付", "é e\u{301}",
        "𐀀\u{FFFF}",
        "\u{2028}", "👩‍👩‍👧",
    ])
    func `a text is escaped as little as can be`(text: String) throws {
        #expect(try ours([text: text]) == foundations([text: text]))
    }

    @Test func `numbers of every width keep their digits`() throws {
        #expect(
            try ours([Int64.min, -1, 0, 9, 10, .max])
                == foundations([Int64.min, -1, 0, 9, 10, .max]))
        #expect(try ours([UInt64.max]) == foundations([UInt64.max]))
        #expect(try ours([Int8.min, .max]) == foundations([Int8.min, .max]))
        #expect(try ours([UInt16.max]) == foundations([UInt16.max]))
    }

    @Test func `names of fields become snake case as Foundation writes it`() throws {
        var random = SeededRandom(seed: 5)
        var names = [
            "amountFen", "isURL", "aURLText", "URL", "URLs", "A", "aB", "x1Y2Z", "already_snake",
            "_led",
            "trailing_", "MACAddressOfX", "a1", "",
        ]
        let letters = Array("abAB1_")
        for _ in 0..<2_000 {
            names.append(
                String(
                    (0..<Int.random(in: 1...9, using: &random)).map { _ in
                        letters.randomElement(using: &random)!
                    }))
        }
        for name in names {
            let value = Named(name: name)
            #expect(
                try ours(value, .snakeCase) == foundations(value, .convertToSnakeCase), "\(name)")
        }
    }

    @Test func `keys of dictionaries are data and stay, as Foundation leaves them`() throws {
        enum Key: String, Codable, CodingKeyRepresentable { case firstKey, secondKey }
        struct View: Encodable {
            var someFacts = ["affectedAmount": ["innerKey": 1]]
            var byKey: [Key: [String]] = [.firstKey: ["aB"], .secondKey: []]
            var byNumber = [7: "x"]
            var listOfFacts: [[String: Int]?] = [["oneKey": 1], nil]
            var mayBe: [String: Named]? = ["outerKey": Named(name: "innerName")]
            var deepName = Named(name: "textOfName")
        }
        #expect(try ours(View(), .snakeCase) == foundations(View(), .convertToSnakeCase))
        #expect(try ours(View()) == foundations(View()))
        var random = SeededRandom(seed: 6)
        for _ in 0..<500 {
            let value = Sample.any(depth: 4, using: &random)
            // No field of ours has a name that is not ASCII.
            guard try !foundations(value).contains("Über") else { continue }
            #expect(try ours(value, .snakeCase) == foundations(value, .convertToSnakeCase))
        }
    }

    @Test func `what is never stored is refused`() {
        #expect(throws: EncodingError.self) { try ours([0.5]) }
        #expect(throws: EncodingError.self) { try ours(Date(timeIntervalSince1970: 0)) }
        #expect(throws: EncodingError.self) { try ours(["x": Data([1])]) }
    }

    private func lines(_ file: String, in folder: URL) throws -> [String] {
        let golden = folder.appending(path: "CaseworkTests/Golden/\(file)")
        return try String(contentsOf: golden, encoding: .utf8).split(separator: "\n").map(
            String.init)
    }

    private func ours(
        _ value: some Encodable, _ names: SortedJSONEncoder.Names = .asTheyAre
    ) throws -> String {
        String(decoding: try SortedJSONEncoder.bytes(of: value, names: names), as: UTF8.self)
    }

    private func foundations(
        _ value: some Encodable, _ names: JSONEncoder.KeyEncodingStrategy = .useDefaultKeys
    ) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = names
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

/// One field of any name.
private struct Named: Encodable {
    struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    let name: String

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(1, forKey: Key(stringValue: name))
        var inner = container.nestedContainer(
            keyedBy: Key.self, forKey: Key(stringValue: name + "Inner"))
        try inner.encode(["aB": 2], forKey: Key(stringValue: name))
    }
}

/// Values of the shapes that events have: the compiler's own coding of enumerations, structures and lists.
private indirect enum Sample: Encodable {
    case text(String)
    case number(Int64, small: Int8?)
    case flag(Bool)
    case nothing
    case list([Sample])
    case record([String: Sample])
    case pair(Pair)
    case keyed([Side: Int])

    struct Pair: Encodable {
        let zweite: Sample?
        let Erste: Sample
        let _dritte: UInt32
    }

    enum Side: String, Encodable, CodingKeyRepresentable { case left, right, Über }

    static func any(depth: Int, using random: inout SeededRandom) -> Sample {
        func inner(_ random: inout SeededRandom) -> Sample {
            any(depth: depth - 1, using: &random)
        }
        let count = Int.random(in: 0...5, using: &random)
        switch Int.random(in: 0...(depth > 0 ? 7 : 3), using: &random) {
        case 0: return .text(text(using: &random))
        case 1:
            let small: Int8? =
                Bool.random(using: &random) ? .random(in: .min ... .max, using: &random) : nil
            return .number(.random(in: .min ... .max, using: &random), small: small)
        case 2: return .flag(.random(using: &random))
        case 3: return .nothing
        case 4: return .list((0..<count).map { _ in inner(&random) })
        case 5:
            let pairs = (0..<count).map { _ in (text(using: &random), inner(&random)) }
            return .record(Dictionary(pairs) { first, _ in first })
        case 6:
            return .pair(
                Pair(
                    zweite: Bool.random(using: &random) ? inner(&random) : nil,
                    Erste: inner(&random), _dritte: .random(in: .min ... .max, using: &random)))
        default:
            return .keyed([.left: count, .right: -count, .Über: 0])
        }
    }

    private static func text(using random: inout SeededRandom) -> String {
        let letters = Array("aAbBzZ019_- /\\\"\n\u{1}\u{7F}éЖ中😀")
        return String(
            (0..<Int.random(in: 0...12, using: &random)).map { _ in
                letters.randomElement(using: &random) ?? "a"
            })
    }
}
