import Decisions
import Randomness

/// Tables of any number of rules with the columns of `TwentyRules`: bands of amounts and days within
/// a category, some for a channel or enrolment only, and a last rule for the rest.
enum ManyRules {
    static func rules(count: Int, seed: UInt64) -> [(cells: [String], results: [String])] {
        var random = SeededRandom(seed: seed)
        let categories = TwentyRules.Facts.Category.allCases
        let channels = TwentyRules.Facts.Channel.allCases
        var rules: [(cells: [String], results: [String])] = (0..<(count - 1)).map { row in
            let low = random.next(below: 30_000)
            let first = random.next(below: 110)
            let channel =
                random.next(below: 3) == 0
                ? "\"\(channels[Int(random.next(below: UInt64(channels.count)))])\"" : "-"
            return (
                cells: [
                    "\"\(categories[Int(random.next(below: UInt64(categories.count)))])\"",
                    "[\(low)..\(low + 30 + random.next(below: 300))]",
                    "[\(first)..\(first + 1 + random.next(below: 20))]", channel,
                    ["-", "true", "false"][Int(random.next(below: 3))],
                ],
                results: ["\"reserve\"", "\(low)", "\"R\(row + 1)\""]
            )
        }
        rules.append((Array(repeating: "-", count: 5), ["\"notEligible\"", "0", "\"X\""]))
        return rules
    }

    static func xml(count: Int, seed: UInt64) -> [UInt8] {
        BenchModel.xml(
            inputs: zip(TwentyRules.inputs, ["string", "number", "number", "string", "boolean"])
                .map { ($0, $1) },
            outputs: TwentyRules.outputs, rules: rules(count: count, seed: seed))
    }
}
