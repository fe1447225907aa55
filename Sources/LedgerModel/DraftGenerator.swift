package import Ledger
import Randomness

/// Drafts as a busy, careless and sometimes malicious office would write them.
package struct DraftGenerator: Sendable {
    private let fund: String
    /// Drafts strayed into this fund's books from another, now and then.
    private let otherFund: String
    /// What its voucher ids begin with. Reservations, cases and merchants are everybody's.
    private let prefix: String
    private var random: SeededRandom
    private var count = 0
    private var recent: [Draft] = []
    package private(set) var now: Moment

    package init(
        seed: UInt64, fund: String, from start: Moment, prefix: String = "v",
        strayFrom otherFund: String? = nil
    ) {
        self.fund = fund
        self.otherFund = otherFund ?? fund
        self.prefix = prefix
        random = SeededRandom(seed: seed)
        now = start
    }

    package mutating func pick(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

    /// The next draft, up to twenty seconds after the last.
    package mutating func next() -> Draft { next(at: now.advanced(byMs: Int64(pick(20_000)))) }

    /// The next draft, of an office whose clock says `now`.
    package mutating func next(at now: Moment) -> Draft {
        count += 1
        self.now = now
        let isRepeat = pick(20) == 0
        if isRepeat, let again = recent.randomElement(using: &random) { return again }
        let draft = pick(15) == 0 ? naming() : plain()
        recent.append(draft)
        if recent.count > 200 { recent.removeFirst(100) }
        return draft
    }

    private mutating func plain() -> Draft {
        let clash = pick(50) == 0 ? recent.randomElement(using: &random)?.id.text : nil
        let lines = pick(8) == 0 ? spoiled(event()) : event()
        let lapse = lines.first { $0.reservation?.step == .lapses && pick(4) > 0 }?.reservation
        let stolen = pick(150) == 0 ? "R\(count / 12)#lapse" : nil
        return draft(
            stolen ?? clash ?? lapse.map { "\($0.id)#lapse" } ?? "\(prefix)\(count)", lines)
    }

    /// One that reverses or corrects another, well or badly.
    private mutating func naming() -> Draft {
        let reversals = pick(4) == 0 ? recent.filter { $0.reverses != nil } : []
        if let again = reversals.randomElement(using: &random) {
            return draft("\(prefix)\(count)", again.lines, reverses: again.reverses)
        }
        guard let first = recent.randomElement(using: &random) else { return plain() }
        let id: ID<Voucher> = pick(12) == 0 ? ID("nobody") : first.id
        if pick(3) == 0 {
            return draft(
                "\(prefix)\(count)", event(), reverses: pick(6) == 0 ? id : nil, corrects: id)
        }
        let again = "R\(count)"
        let mirror = Posting.reversal(of: first.lines) { ID(again + $0.text.suffix(4)) }
        return draft("\(prefix)\(count)", pick(6) == 0 ? spoiled(mirror) : mirror, reverses: id)
    }

    private mutating func draft(
        _ id: String, _ lines: [Line], reverses: ID<Voucher>? = nil, corrects: ID<Voucher>? = nil
    ) -> Draft {
        Draft(
            id: ID(id), fund: pick(100) == 0 ? otherFund : fund,
            businessDate: Zone.china.day(at: now).advanced(by: -(pick(9) == 0 ? pick(4) : 0)),
            reason: "event \(count)", source: "generator", maker: "m\(pick(3))", reverses: reverses,
            corrects: corrects, lines: lines)
    }

    private mutating func event() -> [Line] {
        let isRound = pick(2) == 0  // So that parts often make up the whole.
        let amount = Money(
            fen: isRound ? 10_000 : Int64(1 + pick([100, 10_000, 300_000][pick(3)])))
        let reservation = ID<Reservation>("R\(max(0, count / 12 - pick(4)))")
        let (merchant, file) = ("M\(pick(5))", "C\(pick(40))")
        let cash = pick(2) == 0 ? Posting.bank : Posting.platform
        switch pick(21) {
        case 0: return Posting.appropriation(amount, into: cash)
        case 1...4:
            // Some are over at once, most within the next dozen drafts or so.
            let expires = pick(2) == 0 ? nil : now.advanced(byMs: Int64(pick(400_000) - 5_000))
            return Posting.reserve(amount, as: reservation, expires: expires)
        case 5, 6: return Posting.returned(amount, of: reservation)
        case 7...9: return Posting.release(amount, of: reservation, toCase: file, owedBy: merchant)
        case 10: return Posting.quickPay(amount, toCase: file, owedBy: merchant)
        case 11...13: return Posting.payoutSucceeded(amount, toCase: file, from: cash)
        case 14:
            return Posting.payoutReturned(
                Money(fen: Int64(1 + pick(500))), ofCase: file, into: cash)
        case 15: return Posting.merchantRepays(amount, by: merchant, into: cash)
        case 16: return Posting.validDefence(amount, of: merchant, owedByCase: file)
        case 17: return Posting.writeOff(amount, of: merchant)
        case 18: return Posting.unidentifiedReceipt(amount, statementLine: "L\(pick(3))")
        case 19: return Posting.lapse(amount, of: reservation)
        default: return pick(2) == 0 ? Posting.interest(amount) : Posting.bankFee(amount)
        }
    }

    private mutating func spoiled(_ lines: [Line]) -> [Line] {
        var lines = lines
        let index = pick(lines.count)
        let line = lines[index]
        switch pick(9) {
        case 0: lines.remove(at: index)
        case 8: lines = Array(lines.prefix(2))
        case 1: lines[index] = Line(line.side, line.account, .zero, reservation: line.reservation)
        case 2: lines[index] = Line(line.side, Account("9999"), line.amount)
        case 3:
            lines[index] = Line(
                line.side, line.account, Money(fen: line.amount.fen + 1),
                reservation: line.reservation)
        case 4: lines[index] = Line(line.side, Account(Chart.reserved), line.amount)
        case 5:
            lines[index] = Line(
                line.side, Account(Chart.bank), line.amount, reservation: .opens(ID("R1")))
        case 6:
            let sub = line.account.code == Chart.reserved ? "elsewhere" : line.account.sub
            lines[index] = Line(
                line.side, Account(line.account.code, sub: sub), line.amount,
                reservation: line.reservation)
        default:
            lines[index] = Line(
                line.side, Account(line.account.code), line.amount, reservation: line.reservation)
        }
        return lines
    }
}
