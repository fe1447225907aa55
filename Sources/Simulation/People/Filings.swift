import Casework
import Ledger
import Workflow

/// What tourists bring to the desk: all matters, with the facts that the edition asks for, and some rubbish.
struct Filings: Sendable {
    /// So few people that some complain again, and two of one thing.
    private static let people = 30

    func filing(
        _ number: Int, on today: Day, at now: Moment, under edition: Edition, _ chance: inout Chance
    )
        -> Filing
    {
        let matter = chance.pick(edition.matters)
        // One in twelve says again what another said before.
        let told = chance.happens(80) && number > 2 ? number - chance.int(1...2) : number
        let person = told % Self.people
        let firm = chance.int(1...Firms.count + 1)
        let occurredOn = today.advanced(
            by: chance.happens(50) ? -chance.int(60...500) : -chance.int(0...20))
        let paid = amount(&chance)
        let claimed = chance.happens(150) ? paid * 2 : chance.happens(300) ? paid / 2 + 1 : paid
        let name = "游客\(person)"
        let channel =
            chance.happens(20)
            ? .sos : Channel(rawValue: chance.pick(edition.channels).code) ?? .phone
        let filing = Filing(
            channel: channel,
            claimant: Claimant(
                name: name, identity: chance.happens(40) ? nil : "11010119\(digits(person, 10))",
                phone: "138\(digits(person, 8))"),
            merchant: firm > Firms.count ? nil : Firms.id(firm),
            merchantName: firm > Firms.count ? "路边摊" : Firms.name(firm),
            order: chance.happens(100) ? nil : "D\(told)", matter: matter.code,
            occurredOn: occurredOn, paid: Money(fen: paid), claimed: Money(fen: claimed),
            story: "第\(told)件：多收了钱，东西也不好。", wanted: "退钱",
            facts: facts(of: matter.code, paid: paid, today, now, edition, &chance),
            payee: chance.happens(150) ? nil : payee(person, &chance),
            transferredFrom: channel == .hotline ? "RX\(number)" : nil)
        return chance.happens(60) ? spoilt(filing, today, &chance) : filing
    }

    func payee(_ person: Int, _ chance: inout Chance) -> Payee {
        let account = "wx-\(person)-\(chance.int(1...2))"
        guard chance.happens(250) else { return Payee(account: account, name: "游客\(person)") }
        return Payee(
            account: "6222\(digits(person, 12))", name: "游客\(person)",
            bank: .init(name: "工商银行三亚分行", number: "102641000018"))
    }

    private func amount(_ chance: inout Chance) -> Int64 {
        switch chance.int(0...9) {
        case ..<6: Int64(chance.int(800...150_000))
        case ..<9: Int64(chance.int(150_000...900_000))
        default: Int64(chance.int(900_000...6_000_000))
        }
    }

    private func facts(
        of matter: String, paid: Int64, _ today: Day, _ now: Moment, _ edition: Edition,
        _ chance: inout Chance
    ) -> Facts {
        var facts: Facts = [:]
        for kind in edition.form(for: matter) {
            let isNeeded = kind.needed.include(matter)
            guard isNeeded ? !chance.happens(30) : chance.happens(200) else { continue }
            facts[kind.name] = fact(kind, paid: paid, today, now, &chance)
        }
        return facts
    }

    /// One that the schema takes; nil where there is none to think of.
    func fact(
        _ kind: FactKind, paid: Int64, _ today: Day, _ now: Moment, _ chance: inout Chance
    ) -> Fact? {
        if let otherwise = kind.otherwise, chance.happens(600) { return otherwise }
        switch kind.type {
        case .money: return .text(Money(fen: Int64(chance.int(0...Int(paid)))).description)
        case .integer:
            let low = max(kind.range.lowerBound, 0)
            let high = min(kind.range.upperBound, low + 12)
            return high < low ? nil : .integer(Int64(chance.int(Int(low)...Int(high))))
        case .text: return kind.values.map { .text(chance.pick($0).code) } ?? .text("说不清")
        case .flag: return .flag(chance.happens(500))
        case .day:
            let ahead = kind.mayBeFuture ? chance.int(-5...30) : -chance.int(0...25)
            return .text(today.advanced(by: ahead).description)
        case .moment:
            return .text(Zone.china.text(now.advanced(byMinutes: -chance.int(1...5_000))))
        case .texts, .amounts: return nil
        }
    }

    /// What no office can take, or should not.
    private func spoilt(_ filing: Filing, _ today: Day, _ chance: inout Chance) -> Filing {
        var (name, story, facts) = (filing.merchantName, filing.story, filing.facts)
        var (paid, claimed, day) = (filing.paid, filing.claimed, filing.occurredOn)
        var merchant = filing.merchant
        switch chance.int(0...8) {
        case 0: paid = Money(fen: -1)
        case 1: claimed = Money(fen: Int64.max)
        case 2: name = " \t "
        case 3: story = String(repeating: "冤", count: 6_000)
        case 4: story = "\u{1}\u{2}"
        case 5: day = today.advanced(by: 3)
        case 6: facts["noSuchFact"] = .flag(true)
        case 7: merchant = ID("M-NOBODY")
        default: facts["affectedAmount"] = .list([.flag(true), .record(["x": .integer(1)])])
        }
        return Filing(
            channel: filing.channel, claimant: filing.claimant, merchant: merchant,
            merchantName: name, order: filing.order, matter: filing.matter, occurredOn: day,
            paid: paid, claimed: claimed, story: story, wanted: filing.wanted, facts: facts,
            payee: filing.payee, transferredFrom: filing.transferredFrom)
    }
}
