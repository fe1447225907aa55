import Ledger

/// What wallet and bank have in their own journals: money that left for tourists, and came back.
struct Outside: Sendable {
    struct Transfer: Hashable, Sendable {
        let number: String
        let fen: Int64
        let account: String
        let isByBank: Bool
    }

    /// Orders as they were taken; the same number once.
    var orders: [Transfer] = []
    /// Net of what came back, by number: what the tourist has.
    var paid: [String: Int64] = [:]

    /// What was handed to mail server and gateway; nil where nobody is written to.
    let handOvers: [SimulatedPost.HandOver]?
    /// The world's time.
    let now: Moment

    init(wallet: SimulatedWallet, bank: SimulatedBank, post: SimulatedPost?, at now: Moment) {
        handOvers = post?.journal
        self.now = now
        let (_, orders, journal) = wallet.books
        self.orders = orders.values.map {
            Transfer(number: $0.number, fen: $0.fen, account: $0.account, isByBank: false)
        }
        for each in journal { paid[each.number, default: 0] -= each.fen }
        for each in bank.paid {
            self.orders.append(
                Transfer(number: each.number, fen: each.fen, account: each.account, isByBank: true))
            if !each.isReturned { paid[each.number, default: 0] += each.fen }
        }
    }

    /// What was paid otherwise than the cases ordered it: to another account, another amount, twice, or to
    /// nobody's order.
    func differences(from cases: [String: AuditedCase]) -> [String] {
        var wrong: [String] = []
        var ordered: [String: (id: String, payout: AuditedCase.Payout)] = [:]
        for (id, one) in cases {
            for (number, payout) in one.payouts { ordered[number] = (id, payout) }
        }
        for order in orders {
            guard let payout = ordered[order.number]?.payout else {
                wrong.append("\(order.number) was sent outside, and no case ordered it")
                continue
            }
            if payout.fen != order.fen || payout.account != order.account
                || payout.isByBank != order.isByBank
            {
                wrong.append("\(order.number) was sent outside otherwise than it was ordered")
            }
        }
        var byCase: [String: Int64] = [:]
        for (number, fen) in paid {
            guard let (id, payout) = ordered[number] else {
                wrong.append("\(fen) was paid as \(number), which no case ordered")
                continue
            }
            if fen != 0, fen != payout.fen {
                wrong.append("\(fen) was paid as \(number), ordered \(payout.fen)")
            }
            if fen != 0, payout.state == "bounced" {
                wrong.append("\(number) is said to have come back, and its payee has \(fen)")
            }
            byCase[id, default: 0] += fen
        }
        for (id, fen) in byCase where fen > cases[id]?.granted ?? 0 {
            wrong.append("\(id) was paid \(fen), and is to get \(cases[id]?.granted ?? 0)")
        }
        return wrong.sorted()
    }

    /// When nothing is under way any more: what was paid is what the cases believe was paid.
    func unsettled(_ cases: [String: AuditedCase]) -> [String] {
        var wrong: [String] = []
        for (id, one) in cases {
            for (number, payout) in one.payouts {
                let fen = paid[number] ?? 0
                switch payout.state {
                case "confirmed" where fen != payout.fen:
                    wrong.append("\(id): \(number) is confirmed, and \(fen) was paid")
                case "bounced" where fen != 0, "failed" where fen != 0:
                    wrong.append("\(id): \(number) is \(payout.state), and \(fen) was paid")
                case "open" where fen != 0:
                    wrong.append("\(id): \(number) was paid, and the case does not know")
                default: break
                }
            }
        }
        return wrong.sorted()
    }
}
