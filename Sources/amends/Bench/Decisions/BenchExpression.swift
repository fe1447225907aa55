import Decisions
import Foundation

/// An expression in FEEL and in the languages of other engines, with facts for it.
struct BenchExpression {
    let name: String
    let feel: String
    let zen: String
    let cel: String
    let facts: [[String: JSONFact]]

    /// A fact as JSON has it.
    enum JSONFact: Encodable {
        case number(Double)
        case text(String)
        case items([[String: Double]])

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .number(let number): try container.encode(number)
            case .text(let text): try container.encode(text)
            case .items(let items): try container.encode(items)
            }
        }

        var value: Value {
            switch self {
            case .number(let number): .number(Decimal128("\(number)") ?? .zero)
            case .text(let text): .string(text)
            case .items(let items):
                .list(
                    items.map { item in
                        .context(
                            Context(
                                item.map { ($0, .number(Decimal128("\($1)") ?? .zero)) }))
                    })
            }
        }
    }

    static let all: [BenchExpression] = [
        BenchExpression(
            name: "arithmetic", feel: "(price - used) * 0.2 + loss / 3",
            zen: "(price - used) * 0.2 + loss / 3", cel: "(price - used) * 0.2 + loss / 3.0",
            facts: (0..<500).map {
                [
                    "price": .number(100.5 + Double($0)), "used": .number(10.25),
                    "loss": .number(33.5),
                ]
            }),
        BenchExpression(
            name: "strings", feel: "contains(name, \"bay\") and starts with(name, \"Sanya\")",
            zen: "contains(name, \"bay\") and startsWith(name, \"Sanya\")",
            cel: "name.contains(\"bay\") && name.startsWith(\"Sanya\")",
            facts: (0..<500).map {
                ["name": .text("Sanya \($0 % 3 == 0 ? "bay" : "hill") hotel \($0)")]
            }),
        BenchExpression(
            name: "dates", feel: "date(checkIn) > date(cancelled)",
            zen: "d(checkIn) > d(cancelled)",
            cel: "timestamp(checkIn + 'T00:00:00Z') > timestamp(cancelled + 'T00:00:00Z')",
            facts: (0..<500).map {
                ["checkIn": .text("2025-03-08"), "cancelled": .text("2025-03-0\(1 + $0 % 9)")]
            }),
        BenchExpression(
            name: "list filter", feel: "count(items[price > 100])",
            zen: "len(filter(items, #.price > 100))", cel: "size(items.filter(i, i.price > 100.0))",
            facts: (0..<500).map { fact in
                ["items": .items((0..<10).map { ["price": Double(($0 * 37 + fact) % 200)] })]
            }),
    ]
}
