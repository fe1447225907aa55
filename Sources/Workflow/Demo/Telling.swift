import Casework
import Ledger

/// What a tourist tells of one matter: amounts, facts and words that fit together.
struct Telling {
    let flavour: Flavour
    private(set) var paid: Money
    private(set) var claimed: Money
    private(set) var facts: Facts = [:]
    private(set) var necessaryCosts = Money.zero
    private var isProven = false

    /// - Parameter age: Days between what happened and the complaint.
    init(_ flavour: Flavour, age: Int, occurredOn: Day, filed: Day, _ draws: inout Draws) {
        self.flavour = flavour
        switch flavour {
        case .clear(let matter):
            let amount = Self.amount(&draws)
            (paid, claimed) = (amount, amount)
            tellClear(matter, amount, occurredOn: occurredOn, filed: filed, &draws)
            // Some ask for more than is due.
            if draws.happens(0.2) { claimed = claimed.times(draws.pick([1.5, 2, 3, 4])) }
        case .unclear(let matter):
            let asked = Money(yuan: draws.logNormal(mean: Mix.askedMean, spread: Mix.askedSpread))
            (paid, claimed) = (asked.times(1 + draws.fraction()), asked)
            tellUnclear(matter, occurredOn: occurredOn, filed: filed, &draws)
        }
    }

    /// What an agent finds out: that the breach is proven, or that the tourist had a part in it.
    func findings(_ draws: inout Draws) -> Facts {
        var findings: Facts = [:]
        if isProven { findings["breachProven"] = .flag(true) }
        if draws.happens(Mix.atFault) { findings["claimantAtFault"] = .flag(true) }
        return findings
    }

    func story(at merchant: String) -> String {
        "在\(merchant)消费\(paid)元，" + (Self.stories[flavour.matter] ?? "对服务不满，要求处理。")
    }

    private static func amount(_ draws: inout Draws) -> Money {
        guard draws.happens(Mix.small) else {
            let more = draws.logNormal(mean: Mix.largeMean, spread: Mix.largeSpread)
            return Money(yuan: min(Mix.largeFrom + more, 48_000))
        }
        // The sum of three: nearly normal, within three deviations.
        let third = draws.fraction() + draws.fraction() + draws.fraction() - 1.5
        return Money(yuan: Mix.smallMean + third * 2 * Mix.smallSpread)
    }

    private mutating func tellClear(
        _ matter: String, _ amount: Money, occurredOn: Day, filed: Day, _ draws: inout Draws
    ) {
        let more = amount.times(0.2 + draws.fraction() * 2)
        switch matter {
        case "goods-quality":
            let days = occurredOn.distance(to: filed)
            facts["receivedOn"] = .text("\(filed.advanced(by: -min(days, 20)))")
            if days > 7 { facts["refundPromised"] = .flag(true) }
        case "online-return":
            facts["receivedOn"] = .text(
                "\(filed.advanced(by: -min(occurredOn.distance(to: filed), 6)))")
        case "prepaid-closed", "not-performed", "boat-trip", "transferred-without-consent":
            if draws.happens(0.4) {
                paid = amount.plus(more)
                facts["valueUsed"] = .text("\(more)")
            }
            if matter == "transferred-without-consent" { facts["tourFee"] = .text("\(paid)") }
        case "overcharge", "illegal-surcharge", "unsigned-optional-item", "item-skipped",
            "lower-grade",
            "transport-delay", "forced-shopping":
            paid = amount.plus(more)
            facts["affectedAmount"] = .text("\(amount)")
            if matter == "item-skipped" { facts["tourFee"] = .text("\(paid)") }
            if matter == "forced-shopping" {
                facts["tourFee"] = .text("\(paid)")
                facts["tripEndedOn"] = .text(
                    "\(filed.advanced(by: -min(occurredOn.distance(to: filed), 25)))")
                isProven = true
            }
        case "tourist-withdrew", "force-majeure":
            necessaryCosts = amount.times(0.1 + draws.fraction() * 0.5)
            paid = amount.plus(necessaryCosts)
        case "price-fraud", "food-safety": isProven = true
        default: break
        }
    }

    private mutating func tellUnclear(
        _ matter: String, occurredOn: Day, filed: Day, _ draws: inout Draws
    ) {
        switch matter {
        case "goods-quality":
            facts["receivedOn"] = .text(
                "\(min(occurredOn, filed.advanced(by: -draws.int(8...40))))")
        case "online-return":
            facts["receivedOn"] = .text(
                "\(min(occurredOn, filed.advanced(by: -draws.int(8...40))))")
        case "forced-shopping":
            facts["affectedAmount"] = .text("\(claimed)")
            facts["tourFee"] = .text("\(paid)")
            facts["tripEndedOn"] = .text("\(occurredOn)")
        case "injury": facts["hasInjury"] = .flag(true)
        case "other":
            if draws.happens(0.004) { facts["groupSize"] = .integer(Int64(draws.int(10...60))) }
            if draws.happens(0.01) { facts["needsHelpNow"] = .flag(true) }
        default: break
        }
    }

    private static let stories: [String: String] = [
        "goods-quality": "收到的商品有质量问题，商家不同意退货。",
        "online-return": "网购商品七日内要求退货，商家不予办理。",
        "prepaid-closed": "预付后商家未提供服务，要求退款。",
        "overcharge": "结账金额高于标价，要求退还多收部分。",
        "illegal-surcharge": "行程中被加收费用，合同没有约定。",
        "unsigned-optional-item": "被安排自费项目，未签字同意。",
        "item-skipped": "合同约定的项目被取消，要求退还。",
        "lower-grade": "实际住宿标准低于合同约定。",
        "not-performed": "收款后未履行，要求退款。",
        "boat-trip": "预订的出海项目未成行，商家拒绝退款。",
        "group-not-formed": "旅行社通知不能成团，款项一直未退。",
        "tourist-withdrew": "出发前解除合同，旅行社未退余款。",
        "force-majeure": "台风导致行程取消，旅行社未退余款。",
        "transferred-without-consent": "未经同意被转到其他旅行社的团。",
        "transport-delay": "接送车辆严重延误，自行打车产生费用。",
        "forced-shopping": "行程中被要求购物，不买不让走。",
        "price-fraud": "标示低价，结算时按高价收取。",
        "food-safety": "用餐后发现食品已经变质。",
        "hotel-cancellation": "行程有变要求退订客房，商家不退款。",
        "island-queue": "排队等船时间过长，要求退票。",
        "injury": "游玩时受伤，要求赔偿。",
    ]
}

extension Money {
    /// Rounded to whole fen; of the generator only, which invents amounts.
    init(yuan: Double) { self.init(fen: Int64((max(0, yuan) * 100).rounded())) }

    func times(_ factor: Double) -> Money { Money(yuan: Double(fen) / 100 * factor) }

    /// Generated amounts are far below the limit of the type.
    func plus(_ other: Money) -> Money { adding(other) ?? self }
}
