import Casework
import Ledger

/// The generated list of merchants.
struct DemoMerchant: Sendable {
    let id: ID<Merchant>
    let name: String
    let trade: String
    /// How often it is complained about, beside the others of its trade.
    let weight: Double
    /// In order; empty for one that never enrolled.
    let changes: [StandingChange]

    func standing(on day: Day) -> Standing {
        changes.last { $0.from <= day }?.standing ?? .none
    }
}

enum DemoMerchants {
    static let count = 600

    private static let trades: [(weight: Double, choice: String)] = [
        (0.26, "shop"), (0.22, "lodging"), (0.18, "restaurant"), (0.11, "agency"), (0.08, "boat"),
        (0.07, "transport"), (0.04, "site"), (0.04, "other"),
    ]

    static func list(seed: UInt64) -> [DemoMerchant] {
        (0..<count).map { number in
            var draws = Draws(seed, number, "merchant")
            // The first of each trade, so that no trade is empty.
            let trade = number < trades.count ? trades[number].choice : draws.pick(trades)
            let digits = String(number + 1)
            return DemoMerchant(
                id: ID("M" + String(repeating: "0", count: 4 - digits.count) + digits),
                name: Names.merchant(number, trade: trade, &draws), trade: trade,
                weight: 1 / (draws.fraction() * 8 + 1),
                changes: changes(number < trades.count ? 0 : draws.fraction(), &draws))
        }
    }

    private static func changes(_ fate: Double, _ draws: inout Draws) -> [StandingChange] {
        let before = DemoCalendar.start.advanced(by: -draws.int(30...400))
        let later = DemoCalendar.start.advanced(by: draws.int(20...300))
        let end = later.advanced(by: draws.int(30...120))
        let enrolled = StandingChange(.enrolled, from: before, reason: "申请并经审核入册")
        switch fate {
        case ..<0.66: return [enrolled]
        case ..<0.76: return [StandingChange(.enrolled, from: later, reason: "申请并经审核入册")]
        case ..<0.79:
            return [enrolled, StandingChange(.warned, from: later, reason: "投诉处理不及时，警示")]
        case ..<0.82:
            return [
                enrolled, StandingChange(.suspended, from: later, reason: "检查发现问题，暂停"),
                StandingChange(.enrolled, from: end, reason: "整改合格，恢复"),
            ]
        case ..<0.84:
            return [
                enrolled, StandingChange(.warned, from: later, reason: "投诉集中，警示"),
                StandingChange(.delisted, from: end, reason: "多次投诉，移出名单"),
            ]
        default: return []
        }
    }
}
