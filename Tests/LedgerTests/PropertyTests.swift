import Ledger
import Testing

struct PropertyTests {
    /// Random drafts, good and bad, against a model that shares no code with the ledger.
    @Test(arguments: [(20_250_308 as UInt64, 20_000), (7, 2_000), (42, 2_000)])
    func `twenty thousand drafts agree with an independent model`(seed: UInt64, count: Int) throws {
        var generator = DraftGenerator(seed: seed)
        var model = NaiveModel()
        var book = Book(chart: .advanceFund, fund: fund)
        var vouchers: [Voucher] = []
        var byID: [ID<Voucher>: Voucher] = [:]
        var outcomes: [String: Int] = [:]
        for step in 0..<count {
            let draft = generator.next()
            let expected = model.post(draft)
            // Only where it is needed: keeping it makes the next posting copy the books.
            let before = expected == "ok" ? nil : Snapshot(book)
            let number = book.head.number + 1
            var partBook = part(of: book, for: draft, posted: byID[draft.id].map { [$0] } ?? [])
            var outcome = ""
            do {
                let voucher = try book.post(draft, at: start.advanced(byMs: Int64(step)))
                let isNew = voucher.number == number
                outcome = isNew ? "ok" : "again"
                if isNew {
                    vouchers.append(voucher)
                    byID[draft.id] = voucher
                }
                let inPart = try partBook.post(draft, at: start.advanced(byMs: Int64(step)))
                #expect(inPart == voucher, "seed \(seed), step \(step)")
            } catch {
                outcome = name(of: error)
                #expect(throws: error) { try partBook.post(draft, at: start) }
            }
            guard outcome == expected else {
                Issue.record(
                    "seed \(seed), step \(step): \(outcome), the model says \(expected): \(draft)")
                return
            }
            if let before, Snapshot(book) != before {
                Issue.record(
                    "seed \(seed), step \(step): refused as \(outcome), yet the books moved")
                return
            }
            outcomes[String(outcome.prefix { $0 != " " }), default: 0] += 1
            if step % 500 == 0 { model.compare(with: book, "seed \(seed), step \(step)") }
        }
        model.compare(with: book, "seed \(seed), end")
        #expect(book.totals.values.reduce(0) { $0 + $1.fen } == 0)
        let verification = verify(vouchers, chart: .advanceFund, fund: fund)
        #expect(verification.fault == nil)
        #expect(verification.book.differences(from: book) == [])
        try tie(FundStatement(of: vouchers), to: book)
        let wanted = [
            "ok", "again", "taken", "fund", "few", "amount", "account", "unbalanced", "missing",
            "misplaced", "reserved", "unknown", "settled", "insufficient", "overdrawn", "spendable",
        ]
        guard count >= 20_000 else { return }
        for outcome in wanted {
            #expect(outcomes[outcome, default: 0] >= 20, "\(outcome) seldom seen: \(outcomes)")
        }
    }

    /// The statement's amounts and the balances of the accounts are two ways to the same sums.
    private func tie(_ statement: FundStatement, to book: Book) throws {
        #expect(statement.reserved.fen == -book.total(Chart.reserved).fen)
        #expect(statement.recoverable == book.total(Chart.receivable))
        #expect(statement.payable.fen == -book.total(Chart.payable).fen)
        #expect(statement.interest.fen == -book.total(Chart.interest).fen)
        #expect(statement.bankFees == book.total(Chart.bankFees))
        let open = book.reservations.values.reduce(0) { $0 + $1.open.fen }
        #expect(statement.reserved.fen == open)
    }
}

/// The books as a beginner would keep them: one dictionary of names to fen, rules written out by hand.
private struct NaiveModel {
    private var accounts: [String: Int] = [:]
    private var reservations: [String: (left: Int, whole: Int, released: Int)] = [:]
    private var drafts: [String: Draft] = [:]
    private var spendable = 0
    private static let cash: Set<Substring> = ["1002", "1012", "2241", "2249", "3102"]

    mutating func post(_ draft: Draft) -> String {
        if let earlier = drafts[draft.id.text] { return earlier == draft ? "again" : "taken" }
        if draft.fund != fund { return "fund" }
        if draft.lines.count < 2 { return "few" }
        for (index, line) in draft.lines.enumerated() where line.amount.fen <= 0 {
            return "amount \(index + 1)"
        }
        for (index, line) in draft.lines.enumerated() {
            let divided = ["1122", "1221", "2241"].contains(line.account.code)
            if line.account.code == "9999" || (divided && line.account.sub == nil) {
                return "account \(index + 1)"
            }
        }
        let debits = draft.lines.filter { $0.side == .debit }.map(\.amount.fen).reduce(0, +)
        let credits = draft.lines.filter { $0.side == .credit }.map(\.amount.fen).reduce(0, +)
        if debits != credits { return "unbalanced \(Money(fen: debits)) \(Money(fen: credits))" }
        let touched = draft.reservations.map { ($0.text, reservations[$0.text]) }
        if let refusal = settle(draft.lines) ?? move(draft.lines) {
            for (id, before) in touched { reservations[id] = before }
            return refusal
        }
        drafts[draft.id.text] = draft
        return "ok"
    }

    private mutating func move(_ lines: [Line]) -> String? {
        var next: [String: Int] = [:]
        for line in lines {
            let name = line.account.description
            let fen = line.side == .debit ? Int(line.amount.fen) : -Int(line.amount.fen)
            next[name] = (next[name] ?? accounts[name] ?? 0) + fen
        }
        for name in next.keys.sorted() {
            let sign = name.hasPrefix("11") || name.hasPrefix("12") ? 1 : -1
            guard ["1122", "1221", "2241", "3102"].contains(name.prefix(4)) else { continue }
            let (before, after) = (sign * (accounts[name] ?? 0), sign * (next[name] ?? 0))
            if after < 0 { return "overdrawn \(text(before)) \(text(before - after))" }
        }
        let after = next.reduce(spendable) { sum, entry in
            Self.cash.contains(entry.key.prefix(4))
                ? sum + entry.value - (accounts[entry.key] ?? 0) : sum
        }
        if after < 0 { return "spendable \(text(spendable)) \(text(spendable - after))" }
        accounts.merge(next) { _, new in new }
        spendable = after
        return nil
    }

    private mutating func settle(_ lines: [Line]) -> String? {
        for (index, line) in lines.enumerated() {
            let use = line.reservation.map { "\($0.step)" }
            if line.account.code == "3102" {
                let fits =
                    line.side == .credit ? use == "opens" : use == "releases" || use == "returns"
                if !fits { return "missing \(index + 1)" }
            } else if use != nil {
                return "misplaced \(index + 1)"
            }
        }
        for line in lines {
            guard let use = line.reservation else { continue }
            let fen = Int(line.amount.fen)
            if use.step == .opens {
                if reservations[use.id.text] != nil { return "reserved" }
                reservations[use.id.text] = (fen, fen, 0)
                continue
            }
            guard var known = reservations[use.id.text] else { return "unknown" }
            if known.left == 0 { return "settled" }
            if fen > known.left { return "insufficient \(text(known.left)) \(text(fen))" }
            known.left -= fen
            if use.step == .releases { known.released += fen }
            reservations[use.id.text] = known
        }
        return nil
    }

    private func text(_ fen: Int) -> String { Money(fen: Int64(fen)).description }

    func compare(with book: Book, _ place: String) {
        let stored = Dictionary(
            uniqueKeysWithValues: book.balances.map { ($0.key.description, Int($0.value.fen)) })
        #expect(stored == accounts, "\(place)")
        let held = book.reservations.mapValues {
            [Int($0.open.fen), Int($0.amount.fen), Int($0.released.fen)]
        }
        #expect(
            Dictionary(uniqueKeysWithValues: held.map { ($0.key.text, $0.value) })
                == reservations.mapValues { [$0.left, $0.whole, $0.released] }, "\(place)")
        #expect(book.free("spendable")?.fen == Int64(spendable), "\(place)")
        let cash = accounts.filter { Self.cash.contains($0.key.prefix(4)) }.values.reduce(0, +)
        #expect(spendable == cash && cash >= 0, "\(place)")
    }
}

/// Drafts as a busy, careless and sometimes malicious office would write them.
private struct DraftGenerator {
    private var random: SeededRandom
    private var count = 0
    private var recent: [Draft] = []

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    mutating func next() -> Draft {
        count += 1
        let isRepeat = pick(20) == 0
        if isRepeat, let again = recent.randomElement(using: &random) { return again }
        let isClash = pick(50) == 0
        let clash = isClash ? recent.randomElement(using: &random)?.id.text : nil
        let lines = pick(8) == 0 ? spoiled(event()) : event()
        let draft = Draft(
            id: ID(clash ?? "v\(count)"), fund: pick(100) == 0 ? "other" : fund,
            businessDate: Day("2025-01-01")!.advanced(by: count / 50), reason: "event \(count)",
            source: "generator", maker: "m\(pick(3))", lines: lines)
        recent.append(draft)
        if recent.count > 200 { recent.removeFirst(100) }
        return draft
    }

    private mutating func pick(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

    private mutating func event() -> [Line] {
        let isRound = pick(2) == 0  // So that parts often make up the whole.
        let amount = Money(
            fen: isRound ? 10_000 : Int64(1 + pick([100, 10_000, 300_000][pick(3)])))
        let reservation = ID<Reservation>("R\(max(0, count / 12 - pick(4)))")
        let (merchant, file) = ("M\(pick(5))", "C\(pick(40))")
        let cash = pick(2) == 0 ? Posting.bank : Posting.platform
        switch pick(20) {
        case 0: return Posting.appropriation(amount, into: cash)
        case 1...4: return Posting.reserve(amount, as: reservation)
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
        default: return pick(2) == 0 ? Posting.interest(amount) : Posting.bankFee(amount)
        }
    }

    private mutating func spoiled(_ lines: [Line]) -> [Line] {
        var lines = lines
        let index = pick(lines.count)
        let line = lines[index]
        switch pick(7) {
        case 0: lines.remove(at: index)
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
        default:
            lines[index] = Line(
                line.side, Account(line.account.code), line.amount, reservation: line.reservation)
        }
        return lines
    }
}
