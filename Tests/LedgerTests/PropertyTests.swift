import Foundation
import Ledger
import LedgerModel
import Testing

/// Random drafts, good and bad, against a model that shares no code with the ledger: after every one both
/// give the same answer. `AMENDS_LEDGER_DRAFTS=400000 AMENDS_LEDGER_SEED=7 swift test --filter
/// PropertyTests` runs longer.
struct PropertyTests {
    private static let runs: [(seed: UInt64, count: Int)] = {
        let settings = ProcessInfo.processInfo.environment
        let count = settings["AMENDS_LEDGER_DRAFTS"].flatMap { Int($0) }
        let seed = settings["AMENDS_LEDGER_SEED"].flatMap { UInt64($0) }
        if let count { return [(seed ?? 20_250_308, count)] }
        return [(20_250_308, 9_000), (7, 1_500), (42, 1_500)]
    }()

    @Test(arguments: runs)
    func `thousands of drafts agree with an independent model`(seed: UInt64, count: Int) throws {
        var run = Run(seed: seed)
        for step in 0..<count {
            if let problem = run.step(step) {
                Issue.record("seed \(seed), step \(step): \(problem)")
                return
            }
        }
        #expect(run.compare() == nil, "seed \(seed)")
        let vouchers = run.vouchers
        #expect(run.book.totals.values.reduce(0) { $0 + $1.fen } == 0)
        let verification = verify(
            vouchers, chart: .advanceFund, fund: fund, closings: run.closings)
        #expect(verification.fault == nil)
        #expect(verification.book.differences(from: run.book) == [])
        #expect(Position(of: vouchers, at: run.now) == run.book.position(at: run.now))
        try tie(FundStatement(of: vouchers), to: run.book)
        print("seed \(seed): \(vouchers.count) vouchers of \(count) drafts, \(run.outcomes)")
        let wanted = [
            "ok", "again", "taken", "fund", "few", "amount", "account", "unbalanced", "closed",
            "both", "unlike", "missing", "misplaced", "reserved", "unknown", "settled", "expired",
            "early", "unlimited", "elsewhere", "insufficient", "malformed", "due", "overdrawn",
            "spendable", "reversed", "lapse", "unpaid",
        ]
        guard count >= 9_000 else { return }
        for outcome in wanted {
            let times = run.outcomes[outcome, default: 0]
            #expect(times >= 4, "\(outcome) seldom seen: \(run.outcomes)")
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

/// The ledger, the model, and a store's view of the ledger, side by side.
private struct Run {
    private(set) var book = Book(chart: .advanceFund, fund: fund)
    private(set) var vouchers: [Voucher] = []
    private(set) var closings: [Closing] = []
    private(set) var outcomes: [String: Int] = [:]
    private var model = NaiveModel(fund: fund)
    private var generator: DraftGenerator
    private var byID: [ID<Voucher>: Voucher] = [:]
    private var reversals: [ID<Voucher>: ID<Voucher>] = [:]

    var now: Moment { generator.now }

    init(seed: UInt64) {
        generator = DraftGenerator(seed: seed, fund: fund, from: start, strayFrom: "other")
    }

    /// What is wrong after the next draft; nil when all agree.
    mutating func step(_ step: Int) -> String? {
        let draft = generator.next()
        if let free = book.free(Chart.spendableGuard, at: now)?.fen,
            free != Int64(model.spendable(at: now))
        {
            return "\(free) free, the model says \(model.spendable(at: now))"
        }
        let due = book.lapses(at: now)
        if due.map(\.lines[0].reservation!.id.text) != model.due(at: now) {
            return "due are \(due.map(\.id)), the model says \(model.due(at: now))"
        }
        // Most often the lapses come first, as they must; else the draft meets them.
        if generator.pick(8) > 0 {
            for lapse in due {
                if let problem = post(lapse) { return problem }
                outcomes["lapse", default: 0] += 1
            }
        }
        if let problem = post(draft) { return problem + ": \(draft)" }
        if step % 2_000 == 1_999 { close() }
        return step % 500 == 0 ? compare() : nil
    }

    private mutating func post(_ draft: Draft) -> String? {
        let expected = model.post(draft, at: now)
        // Only where it is needed: keeping it makes the next posting copy the books.
        let before = expected == "ok" ? nil : Snapshot(book)
        let number = book.head.number + 1
        var stored = part(for: draft)
        var outcome: String
        do {
            let voucher = try book.post(draft, at: now)
            outcome = voucher.number == number ? "ok" : "again"
            if outcome == "ok" {
                vouchers.append(voucher)
                byID[draft.id] = voucher
                if let reversed = draft.reverses { reversals[reversed] = draft.id }
            }
            if (try? stored.post(draft, at: now)) != voucher {
                return "a part of the books differs"
            }
        } catch {
            outcome = name(of: error)
            do {
                _ = try stored.post(draft, at: now)
                return "a part of the books accepts what is refused as \(outcome)"
            } catch let other {
                if other != error { return "a part says \(name(of: other)), the whole \(outcome)" }
            }
        }
        outcomes[String(outcome.prefix { $0 != " " }), default: 0] += 1
        if outcome != expected { return "\(outcome), the model says \(expected)" }
        if let before, Snapshot(book) != before { return "refused as \(outcome), yet books moved" }
        return nil
    }

    /// What a store loads for `draft`, as `Book` documents it, and no more.
    private func part(for draft: Draft) -> Book {
        let due = book.lapses(at: now).flatMap(\.reservations)
        let named = draft.named + draft.named.compactMap { reversals[$0] }
        let accounts = draft.accounts + [Account(Chart.reserved), Account(Chart.available)]
        return Book(
            chart: book.chart, fund: book.fund, currency: book.currency, head: book.head,
            totals: book.totals,
            balances: Dictionary(
                accounts.compactMap { account in book.balances[account].map { (account, $0) } },
                uniquingKeysWith: { first, _ in first }),
            reservations: (draft.reservations + due).compactMap { book.reservations[$0] },
            posted: ([draft.id] + named).compactMap { byID[$0] },
            closedThrough: book.closedThrough)
    }

    /// Closes the day before yesterday, when nothing keeps it open.
    private mutating func close() {
        let today = Zone.china.day(at: now)
        let day = today.advanced(by: -2)
        let due = book.lapses(at: now).flatMap(\.reservations)
        let closing = try? Closing(
            .day(day), of: fund, chart: book.chart,
            position: Position(of: vouchers, at: now, through: day), lapsesDue: due,
            after: closings, today: today, maker: "m1", checker: "m2")
        guard let closing else { return }
        closings.append(closing)
        book.close(through: day)
        model.closed = day.description
    }

    /// Every balance and reservation, one by one.
    func compare() -> String? {
        let stored = Dictionary(
            uniqueKeysWithValues: book.balances.map { ($0.key.description, Int($0.value.fen)) })
        if stored != model.accounts { return "balances differ from the model's" }
        let held = Dictionary(
            uniqueKeysWithValues: book.reservations.values.map { reservation in
                (reservation.id.text, NaiveModel.Held(reservation))
            })
        if held != model.reservations { return "reservations differ from the model's" }
        if book.free(Chart.spendableGuard)?.fen != Int64(model.spendable) || model.spendable < 0 {
            return "spendable differs from the model's"
        }
        return nil
    }
}
