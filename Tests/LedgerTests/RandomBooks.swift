import Ledger
import Randomness

/// A year of a fund as an honest office keeps it: every event, in random order, recorded as it happens,
/// now and then dated back, with reservations that expire and vouchers that are reversed.
struct RandomBooks {
    private(set) var vouchers: [Voucher] = []
    private(set) var book = Book(chart: .advanceFund, fund: fund)
    private var random: SeededRandom
    private var now: Moment

    static let firstDay = Day("2025-01-01")!

    init(seed: UInt64, count: Int, from day: Day = firstDay) throws {
        random = SeededRandom(seed: seed)
        now = Zone.china.moment(of: day)
        // Three years of business in which `count` vouchers are spread evenly.
        let pace = max(1, 3 * 365 * 24 * 60 / max(1, count))
        while vouchers.count < count {
            now = now.advanced(byMinutes: Int.random(in: 0...(2 * pace), using: &random))
            vouchers += try book.lapse(at: now)
            let draft = next()
            // A refusal is part of an office's day: the books stay, and the day goes on.
            if let voucher = try? book.post(draft, at: now) { vouchers.append(voucher) }
        }
    }

    private mutating func pick(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

    private mutating func next() -> Draft {
        let today = Zone.china.day(at: now)
        let day = pick(10) == 0 ? today.advanced(by: -pick(40)) : today
        let name = "v\(vouchers.count)-\(pick(1_000_000))"
        var reverses: ID<Voucher>?
        var lines = event()
        if pick(25) == 0, let first = vouchers.randomElement(using: &random) {
            reverses = first.id
            lines = Posting.reversal(of: first.lines) { ID($0.text + "+") }
        }
        return Draft(
            id: ID(name), fund: fund, businessDate: max(day, Self.firstDay), reason: "事项\(pick(9))",
            source: "s\(pick(99))", maker: "王", checker: pick(2) == 0 ? "李" : nil,
            reverses: reverses, lines: lines)
    }

    private mutating func event() -> [Line] {
        let amount = Money(fen: Int64(1 + pick([100, 10_000, 300_000][pick(3)])))
        let (merchant, file) = ("M\(pick(6))", "C\(pick(30))")
        let cash = pick(2) == 0 ? Posting.bank : Posting.platform
        let held = book.reservations.values.filter { !$0.isSettled }.map(\.id).min()
        switch pick(22) {
        case 0...2: return Posting.appropriation(Money(fen: amount.fen * 5), into: cash)
        case 3...5:
            let expires = pick(2) == 0 ? nil : now.advanced(byMinutes: 1 + pick(60 * 24 * 40))
            return Posting.reserve(amount, as: ID("R\(pick(1_000_000))"), expires: expires)
        case 6, 7:
            guard let held, let open = book.reservations[held]?.open else { break }
            return Posting.returned(pick(2) == 0 ? open : Money(fen: 1), of: held)
        case 8, 9:
            guard let held, let open = book.reservations[held]?.open else { break }
            return Posting.release(open, of: held, toCase: file, owedBy: merchant)
        case 10, 11: return Posting.quickPay(amount, toCase: file, owedBy: merchant)
        case 12, 13: return Posting.payoutSucceeded(amount, toCase: file, from: cash)
        case 14: return Posting.payoutReturned(Money(fen: 7), ofCase: file, into: cash)
        case 15: return Posting.merchantRepays(amount, by: merchant, into: cash)
        case 16: return Posting.validDefence(amount, of: merchant, owedByCase: file)
        case 17: return Posting.consumerRepays(amount, ofCase: file)
        case 18: return Posting.unidentifiedReceipt(amount, statementLine: "L\(pick(3))")
        case 19:
            let purpose = Account(Chart.receivable, sub: merchant)
            return Posting.suspenseIdentified(amount, statementLine: "L\(pick(3))", as: purpose)
        case 20:
            return pick(2) == 0
                ? Posting.writeOff(amount, of: merchant)
                : Posting.recoveryAfterWriteOff(amount, by: merchant)
        default: break
        }
        return pick(2) == 0 ? Posting.interest(amount) : Posting.bankFee(amount)
    }
}
