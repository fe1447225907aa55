import Decisions
import Randomness

/// The table of the benchmark: 20 rules, 5 inputs, 3 outputs, the first rule that matches counts.
///
/// The same rules three times: as a table, as a function written by hand, and (by `Peers`) as other
/// engines want them. The answers are compared before anything is timed.
enum TwentyRules {
    static let inputs = ["category", "amount", "days", "channel", "enrolled"]
    static let outputs = ["path", "limit", "code"]

    /// Five cells and three results each.
    static let rules: [(cells: [String], results: [String])] = [
        (["\"hotel\"", "<= 200", "<= 3", "-", "true"], ["\"quickPay\"", "200", "\"H1\""]),
        (
            ["\"hotel\"", "<= 1000", "<= 7", "\"web\",\"wechat\"", "true"],
            ["\"quickPay\"", "1000", "\"H2\""]
        ),
        (["\"hotel\"", "[1000..5000]", "<= 30", "-", "true"], ["\"reserve\"", "5000", "\"H3\""]),
        (["\"hotel\"", "> 5000", "-", "-", "true"], ["\"reserve\"", "20000", "\"H4\""]),
        (["\"hotel\"", "-", "-", "-", "false"], ["\"mediate\"", "0", "\"H5\""]),
        (["\"island\"", "<= 300", "<= 2", "-", "-"], ["\"quickPay\"", "300", "\"I1\""]),
        (["\"island\"", "(300..2000]", "<= 2", "-", "-"], ["\"reserve\"", "2000", "\"I2\""]),
        (["\"island\"", "-", "> 2", "-", "-"], ["\"notEligible\"", "0", "\"I3\""]),
        (
            ["\"shop\"", "<= 500", "<= 7", "\"web\",\"wechat\",\"phone\"", "true"],
            ["\"quickPay\"", "500", "\"S1\""]
        ),
        (["\"shop\"", "<= 500", "<= 30", "-", "true"], ["\"reserve\"", "500", "\"S2\""]),
        (["\"shop\"", "(500..10000]", "<= 30", "-", "true"], ["\"reserve\"", "10000", "\"S3\""]),
        (["\"shop\"", "-", "> 90", "-", "-"], ["\"notEligible\"", "0", "\"S4\""]),
        (
            ["\"tour\",\"agency\"", "<= 1000", "<= 15", "-", "true"],
            ["\"quickPay\"", "1000", "\"T1\""]
        ),
        (
            ["\"tour\",\"agency\"", "[1000..20000)", "<= 60", "-", "true"],
            ["\"reserve\"", "20000", "\"T2\""]
        ),
        (["\"tour\",\"agency\"", ">= 20000", "-", "-", "-"], ["\"major\"", "0", "\"T3\""]),
        (["\"food\"", "<= 150", "-", "\"counter\"", "-"], ["\"quickPay\"", "150", "\"F1\""]),
        (["\"food\"", "<= 1000", "<= 10", "-", "true"], ["\"reserve\"", "1000", "\"F2\""]),
        (["-", "> 20000", "-", "-", "-"], ["\"major\"", "0", "\"X1\""]),
        (["-", "-", "<= 90", "-", "true"], ["\"mediate\"", "0", "\"X2\""]),
        (["-", "-", "-", "-", "-"], ["\"notEligible\"", "0", "\"X3\""]),
    ]

    static var xml: [UInt8] {
        BenchModel.xml(
            inputs: zip(inputs, ["string", "number", "number", "string", "boolean"]).map {
                ($0, $1)
            },
            outputs: outputs, rules: rules)
    }

    /// Facts as a program would hold them that knows their types.
    struct Facts {
        enum Category: Int, CaseIterable { case hotel, island, shop, tour, agency, food, boat }
        enum Channel: Int, CaseIterable { case web, wechat, phone, counter, sms }

        let category: Category
        let amount_fen: Int64
        let days: Int
        let channel: Channel
        let isEnrolled: Bool
    }

    /// The limit: what a programmer would write who knew the rules and nothing else.
    @inline(never)
    static func byHand(_ facts: Facts) -> (path: String, limit_fen: Int64, code: String) {
        let (amount, days) = (facts.amount_fen, facts.days)
        switch facts.category {
        case .hotel:
            if facts.isEnrolled {
                if amount <= 20_000, days <= 3 { return ("quickPay", 20_000, "H1") }
                if amount <= 100_000, days <= 7, facts.channel == .web || facts.channel == .wechat {
                    return ("quickPay", 100_000, "H2")
                }
                if 100_000...500_000 ~= amount, days <= 30 { return ("reserve", 500_000, "H3") }
                if amount > 500_000 { return ("reserve", 2_000_000, "H4") }
            } else {
                return ("mediate", 0, "H5")
            }
        case .island:
            if days > 2 { return ("notEligible", 0, "I3") }
            if amount <= 30_000 { return ("quickPay", 30_000, "I1") }
            if amount <= 200_000 { return ("reserve", 200_000, "I2") }
        case .shop:
            if facts.isEnrolled {
                if amount <= 50_000 {
                    switch facts.channel {
                    case .web, .wechat, .phone:
                        if days <= 7 { return ("quickPay", 50_000, "S1") }
                    default: break
                    }
                    if days <= 30 { return ("reserve", 50_000, "S2") }
                } else if amount <= 1_000_000, days <= 30 {
                    return ("reserve", 1_000_000, "S3")
                }
            }
            if days > 90 { return ("notEligible", 0, "S4") }
        case .tour, .agency:
            if facts.isEnrolled {
                if amount <= 100_000, days <= 15 { return ("quickPay", 100_000, "T1") }
                if 100_000..<2_000_000 ~= amount, days <= 60 { return ("reserve", 2_000_000, "T2") }
            }
            if amount >= 2_000_000 { return ("major", 0, "T3") }
        case .food:
            if amount <= 15_000, facts.channel == .counter { return ("quickPay", 15_000, "F1") }
            if amount <= 100_000, days <= 10, facts.isEnrolled { return ("reserve", 100_000, "F2") }
        case .boat: break
        }
        if amount > 2_000_000 { return ("major", 0, "X1") }
        if days <= 90, facts.isEnrolled { return ("mediate", 0, "X2") }
        return ("notEligible", 0, "X3")
    }

    /// The same facts by name, as the engine is given them.
    static func named(_ facts: Facts) -> [(name: String, value: Value)] {
        [
            ("category", .string("\(facts.category)")),
            ("amount", .number(Decimal128(integer: facts.amount_fen, scale: 2))),
            ("days", .number(Decimal128(Int64(facts.days)))),
            ("channel", .string("\(facts.channel)")), ("enrolled", .boolean(facts.isEnrolled)),
        ]
    }

    static func facts(count: Int, seed: UInt64) -> [Facts] {
        var random = SeededRandom(seed: seed)
        return (0..<count).map { _ in
            // Half of the amounts are small, as complaints are.
            let most: UInt64 = random.next(below: 2) == 0 ? 120_000 : 3_000_000
            return Facts(
                category: Facts.Category(rawValue: Int(random.next(below: 7)))!,
                amount_fen: Int64(random.next(below: most)), days: Int(random.next(below: 120)),
                channel: Facts.Channel(rawValue: Int(random.next(below: 5)))!,
                isEnrolled: random.next(below: 10) < 7)
        }
    }
}
