import Casework
import Ledger

/// Makes the complaints: each follows from the seed and its index, whatever was made before it.
struct ComplaintGenerator: Sendable {
    let seed: UInt64
    let merchants: [DemoMerchant]
    let staff: Staff
    private let byTrade: [String: [(weight: Double, choice: DemoMerchant)]]

    init(seed: UInt64, staff: Staff) {
        self.seed = seed
        self.staff = staff
        merchants = DemoMerchants.list(seed: seed)
        byTrade = Dictionary(grouping: merchants, by: \.trade).mapValues { list in
            list.map { (weight: $0.weight, choice: $0) }
        }
    }

    /// - Parameter count: Indices are below it; a repeat is of another among them.
    func complaint(_ index: Int, of count: Int) -> Complaint {
        if let first = repeated(index, of: count), repeated(first, of: count) == nil {
            return again(original(first, at: nil), as: index)
        }
        return original(index, at: nil)
    }

    /// A complaint that arrives at `moment`, for the queue of a fresh demonstration.
    func complaint(_ index: Int, at moment: Moment) -> Complaint { original(index, at: moment) }

    private func repeated(_ index: Int, of count: Int) -> Int? {
        var draws = Draws(seed, index, "repeat")
        guard draws.happens(Mix.duplicate), count > 1 else { return nil }
        let first = draws.int(0...count - 1)
        return first == index ? nil : first
    }

    private func original(_ index: Int, at moment: Moment?) -> Complaint {
        var draws = Draws(seed, index, "arrival")
        let at = moment ?? DemoCalendar.arrival(&draws)
        draws = Draws(seed, index, "kind")
        let flavour: Flavour =
            draws.happens(Mix.clear)
            ? .clear(draws.pick(Mix.clearMatters)) : .unclear(draws.pick(Mix.unclearMatters))
        let obstacle = draws.pick(Mix.obstacles)
        draws = Draws(seed, index, "merchant")
        let merchant = draws.pick(byTrade[draws.pick(trades(of: flavour.matter))] ?? [])
        let filed = DemoCalendar.zone.day(at: at)
        draws = Draws(seed, index, "day")
        let age = obstacle == .late ? draws.int(95...300) : min(draws.int(0...6), draws.int(0...40))
        let occurredOn = filed.advanced(by: -age)
        draws = Draws(seed, index, "story")
        let told = Telling(flavour, age: age, occurredOn: occurredOn, filed: filed, &draws)
        return assemble(
            index, at: at, told, obstacle, merchant, occurredOn: occurredOn)
    }

    private func assemble(
        _ index: Int, at: Moment, _ told: Telling, _ obstacle: Mix.Obstacle?,
        _ merchant: DemoMerchant, occurredOn: Day
    ) -> Complaint {
        var draws = Draws(seed, index, "person")
        let name = Names.person(&draws)
        let claimant = Claimant(
            name: name,
            identity: obstacle == .anonymous ? nil : "9999" + digits(index, 14),
            phone: "100" + digits(index * 7 + draws.int(0...6), 8))
        // Now and then one person collects for a whole party.
        let account =
            draws.happens(0.004) ? "wx-demo-group-\(index % 3)" : "wx-demo-\(digits(index, 6))"
        let payee = Payee(account: account, name: name)
        let channel = draws.pick(Mix.channels)
        let isNamed = draws.happens(channel == .wechat || channel == .web ? 0.95 : 0.5)
        let isTourist = [.wechat, .web, .sms, .email].contains(channel)
        let agent = draws.pick(staff.agents)
        let filing = Filing(
            channel: channel, claimant: claimant,
            merchant: obstacle == .noRespondent ? nil : merchant.id,
            merchantName: obstacle == .noRespondent ? "路边摊位" : merchant.name,
            order: draws.happens(0.6) ? "DD\(digits(index, 10))" : nil, matter: told.flavour.matter,
            occurredOn: occurredOn, paid: told.paid, claimed: told.claimed,
            story: "（模拟）" + told.story(at: merchant.name), wanted: "退还\(told.claimed)元",
            facts: told.facts.merging(facts(of: obstacle)) { _, other in other },
            payee: isNamed ? payee : nil,
            transferredFrom: channel == .hotline ? "RX\(digits(index, 8))" : nil)
        return Complaint(
            index: index, at: at, filing: filing, filer: isTourist ? .tourist : agent,
            evidence: evidence(index), findings: told.findings(&draws),
            necessaryCosts: told.necessaryCosts, payee: payee)
    }

    /// The same loss over another channel, hours or days later.
    private func again(_ first: Complaint, as index: Int) -> Complaint {
        var draws = Draws(seed, index, "again")
        let others = Mix.channels.filter { $0.choice != first.filing.channel }
        let channel = draws.pick(others)
        let at = first.at.advanced(byMs: draws.minutes_ms(20...72 * 60))
        let old = first.filing
        let filing = Filing(
            channel: channel, claimant: old.claimant, merchant: old.merchant,
            merchantName: old.merchantName, order: old.order, matter: old.matter,
            occurredOn: old.occurredOn, paid: old.paid, claimed: old.claimed,
            story: old.story + "此前已通过其他渠道反映。", wanted: old.wanted, facts: old.facts, payee: nil,
            transferredFrom: channel == .hotline ? "RX\(digits(index, 8))" : nil)
        return Complaint(
            index: index, at: min(at, DemoCalendar.cutoff.advanced(byMs: -1)), filing: filing,
            filer: [.wechat, .web, .sms, .email].contains(channel)
                ? .tourist : draws.pick(staff.agents),
            evidence: first.evidence, findings: first.findings,
            necessaryCosts: first.necessaryCosts, payee: first.payee)
    }

    private func trades(of matter: String) -> [(weight: Double, choice: String)] {
        switch matter {
        case "hotel-cancellation": [(1, "lodging")]
        case "island-queue": [(1, "site")]
        case "goods-quality", "online-return": [(1, "shop")]
        case "prepaid-closed": [(2, "other"), (1, "boat"), (1, "lodging")]
        case "overcharge", "price-fraud": [(3, "restaurant"), (2, "shop"), (2, "transport")]
        case "food-safety": [(1, "restaurant")]
        case "boat-trip": [(1, "boat")]
        case "transport-delay": [(1, "transport")]
        case "other", "injury":
            [
                (4, "lodging"), (3, "restaurant"), (3, "shop"), (2, "site"), (2, "transport"),
                (1, "boat"),
            ]
        default: [(1, "agency")]
        }
    }

    private func evidence(_ index: Int) -> [String: EvidencePlan] {
        var plans: [String: EvidencePlan] = [:]
        for kind in [
            "receipt", "order", "contract", "ticket", "photo", "inspection", "chat", "confirmation",
        ] {
            var draws = Draws(seed, index, "evidence/\(kind)")
            guard draws.happens(Mix.evidenceComes) else { continue }
            // Most have it on the telephone they complain with; some must look for it at home.
            let delayMs =
                kind == "inspection"
                ? draws.hours_ms(12...96)
                : draws.happens(0.8) ? draws.minutes_ms(1...15) : draws.minutes_ms(30...40 * 60)
            let copy = kind == "photo" && draws.happens(0.004) ? index / 2 : nil
            plans[kind] = EvidencePlan(delayMs: delayMs, copyOf: copy)
        }
        return plans
    }

    private func facts(of obstacle: Mix.Obstacle?) -> Facts {
        switch obstacle {
        case .emergency: ["emergency": .text("medical")]
        case .official: ["aboutOfficial": .flag(true)]
        case .notTourism: ["tourismRelated": .flag(false)]
        case .notConsumption: ["personalConsumption": .flag(false)]
        case .outOfTerritory: ["inTerritory": .flag(false)]
        case .court: ["otherForum": .text("court")]
        case .arbitration: ["otherForum": .text("arbitration")]
        case .agency: ["otherForum": .text("agency")]
        case .settled: ["otherForum": .text("settled")]
        case .handled: ["otherForum": .text("handled")]
        case .noInterest: ["directInterest": .flag(false)]
        case .late, .anonymous, .noRespondent, nil: [:]
        }
    }
}

extension Flavour {
    var matter: String {
        switch self {
        case .clear(let matter), .unclear(let matter): matter
        }
    }
}

/// `number` with leading zeros.
func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
}
