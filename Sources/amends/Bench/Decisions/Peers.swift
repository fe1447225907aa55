import Foundation

/// Other engines on the same rules and facts, run by `scripts/bench-peers.py`.
struct Peers {
    struct Figure: Decodable {
        let engine: String
        /// Of an expression; nil for the table of twenty rules.
        let name: String?
        let ns: Double?
        let answers: [Answer]?
        let error: String?
    }

    /// An answer of any engine, as text: numbers to nine digits.
    struct Answer: Decodable, Equatable {
        let text: String

        init(_ text: String) { self.text = text }

        init(number: Double) { text = String(format: "%.9g", number) }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let truth = try? container.decode(Bool.self) {  // else not a truth value
                self.init("\(truth)")
            } else if let number = try? container.decode(Double.self) {  // else not a number
                self.init(number: number)
            } else {
                self.init(try container.decode(String.self))
            }
        }
    }

    struct Figures: Decodable {
        let tables: [Figure]
        let expressions: [Figure]
    }

    private struct Input: Encodable {
        struct Rule: Encodable {
            let cells: [String]
            let results: [String]
        }

        struct Fact: Encodable {
            let category: String
            let amount: Double
            let days: Int
            let channel: String
            let enrolled: Bool
        }

        struct Expression: Encodable {
            let name: String
            let feel: String
            let zen: String
            let cel: String
            let facts: [[String: BenchExpression.JSONFact]]
        }

        let inputs = TwentyRules.inputs
        let outputs = TwentyRules.outputs
        let rules: [Rule]
        let facts: [Fact]
        let expressions: [Expression]
    }

    /// Runs `python script`; throws with what it wrote to its errors where it fails.
    static func run(
        python: String, script: String, facts: [TwentyRules.Facts]
    ) throws -> Figures {
        let input = Input(
            rules: TwentyRules.rules.map { Input.Rule(cells: $0.cells, results: $0.results) },
            facts: facts.map {
                Input.Fact(
                    category: "\($0.category)", amount: Double($0.amount_fen) / 100, days: $0.days,
                    channel: "\($0.channel)", enrolled: $0.isEnrolled)
            },
            expressions: BenchExpression.all.map {
                Input.Expression(
                    name: $0.name, feel: $0.feel, zen: $0.zen, cel: $0.cel, facts: $0.facts)
            })
        let folder = FileManager.default.temporaryDirectory
        let file = folder.appending(
            path: "amends-peers-\(ProcessInfo.processInfo.processIdentifier)")
        try JSONEncoder().encode(input).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }  // Only a scratch file.
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = [script, file.path()]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try JSONDecoder().decode(Figures.self, from: bytes)
    }
}
