import Courier
import Ledger
import Synchronization
import Testing

@testable import WalletSimulator
@testable import Workflow

/// What nothing that goes wrong on the way may change: one debt, at most one payment.
@Suite struct WalletSafetyTests {
    private static let seed: UInt64 = 20_250_308
    /// A day of the simulator's passes in 86 ms.
    private static let scale: Int64 = 1_000_000

    @Test func `over HTTP with mischief nobody is paid twice`() async throws {
        try await withFolder { folder in
            let settings = settings(.mischievous(seed: Self.seed), folder, timeScale: Self.scale)
            let debts = (0..<120).map { transfer("case\($0)x1", Int64(1_000 + $0)) }
            let ends = try await withSimulator(settings) { url in
                let wallet = HTTPWallet(url, courier: courier(whole_ms: 250))
                _ = try await wallet.topUp(Money(fen: 10_000_000), reference: "t1")
                return await payAll(debts, through: wallet)
            }
            #expect(ends.count == debts.count, "seed \(Self.seed)")
            let book = try await reopened(settings)
            let paid = book.entries.filter { $0.kind == .transfer }
            #expect(Set(paid.map(\.number)).count == paid.count, "seed \(Self.seed)")
            let succeeded = ends.filter { $0.value.wasPaid }
            #expect(Set(paid.map(\.number)) == Set(succeeded.keys))
            #expect(
                paid.reduce(0) { $0 + $1.amount.fen }
                    == debts.reduce(0) { $0 + (succeeded[$1.number] == nil ? 0 : $1.amount.fen) })
            #expect(succeeded.count > 60 && succeeded.count < 120)
        }
    }

    @Test func `a caller that takes a new number after a doubt does pay twice`() async throws {
        // The counterpart: without it the test above might only show that nothing went wrong.
        let clock = start
        let wallet = BookWallet(book(seed: Self.seed)) { clock }
        var orders = 0
        for debt in 0..<120 {
            var attempt = 1
            while true {
                orders += 1
                let reply = await wallet.order(transfer("case\(debt)x\(attempt)", 1_000))
                if case .unknown = reply { attempt += 1 } else { break }
            }
        }
        var book = wallet.book
        book.advance(to: start.advanced(byMinutes: 10 * 24 * 60))
        let paid = book.entries.filter { $0.kind == .transfer }
        let debts = Set(paid.map { $0.number.prefix { $0 != "x" } })
        #expect(orders > 120)
        #expect(paid.count > debts.count)
    }

    @Test func `in process on virtual time nobody is paid twice`() async throws {
        let clock = VirtualTime(start)
        let wallet = BookWallet(book(seed: Self.seed)) { clock.next(stepMinutes: 20) }
        let debts = (0..<300).map { transfer("case\($0)x1", Int64(1_000 + $0)) }
        var ends: [String: TransferState] = [:]
        for debt in debts { ends[debt.number] = await payByTheRules(debt, through: wallet) }
        #expect(ends.count == 300)
        let paid = wallet.book.entries.filter { $0.kind == .transfer }.map(\.number)
        #expect(paid.count == Set(paid).count)
        #expect(Set(paid) == Set(ends.filter { $0.value.wasPaid }.keys))
    }

    @Test func `a simulator started again on its journal remembers every transfer`() async throws {
        try await withFolder { folder in
            let settings = settings(.mischievous(seed: Self.seed), folder, timeScale: Self.scale)
            let debts = (0..<40).map { transfer("case\($0)x1", Int64(1_000 + $0)) }
            // Half way: everything ordered, nothing asked for again.
            try await withSimulator(settings) { url in
                let wallet = HTTPWallet(url, courier: courier(whole_ms: 250))
                _ = try await wallet.topUp(Money(fen: 10_000_000), reference: "t1")
                for debt in debts { _ = await wallet.order(debt) }
            }
            let halfway = try await reopened(settings)
            let ends = try await withSimulator(settings) { url in
                let wallet = HTTPWallet(url, courier: courier(whole_ms: 250))
                let balance = try await wallet.topUp(Money(fen: 10_000_000), reference: "t1")
                #expect(balance <= Money(fen: 10_000_000))
                return await payAll(debts, through: wallet)
            }
            #expect(ends.count == debts.count)
            let book = try await reopened(settings)
            // What was under way at the restart went on to the same end at the same time. Only the balances
            // beside it differ: newer transfers moved between.
            #expect(Set(halfway.entries.map(Move.init)).isSubset(of: book.entries.map(Move.init)))
            let paid = book.entries.filter { $0.kind == .transfer }.map(\.number)
            #expect(paid.count == Set(paid).count)
            #expect(Set(paid) == Set(ends.filter { $0.value.wasPaid }.keys))
        }
    }
}

private let start = Moment("2025-03-08T09:00:00+08:00")!

private func book(seed: UInt64) -> WalletBook {
    var book = WalletBook(behaviour: .mischievous(seed: seed), opened: start)
    _ = try! book.topUp(Money(fen: 100_000_000), reference: "t1", at: start)
    return book
}

/// An entry without the balance after it, which depends on the entries around.
private struct Move: Hashable {
    let kind: WalletBook.Entry.Kind
    let at: Moment
    let amount: Money
    let number: String
    let serial: String

    init(_ entry: WalletBook.Entry) {
        kind = entry.kind
        at = entry.at
        amount = entry.amount
        number = entry.number
        serial = entry.serial
    }
}

/// What the journal alone tells, after the simulator has ended.
private func reopened(_ settings: SimulatorSettings) async throws -> WalletBook {
    let journal = try Journal(path: settings.journal)
    let orders = journal.lines.compactMap { line in
        if case .order(let order, _) = line { order.out_bill_no } else { nil }
    }
    #expect(Set(orders).count == orders.count)
    return try restored(journal.lines, settings.behaviour).0!.advanced(byDays: 10)
}

/// The settled state of each, by number; sixteen at a time.
private func payAll(
    _ debts: [Transfer], through wallet: some Wallet
) async -> [String: TransferState] {
    await withTaskGroup(of: (String, TransferState?).self) { group in
        var rest = debts[...]
        var ends: [String: TransferState] = [:]
        func begin(_ debt: Transfer) {
            group.addTask { (debt.number, await payByTheRules(debt, through: wallet)) }
        }
        for _ in 0..<16 { rest.popFirst().map(begin) }
        for await (number, state) in group {
            ends[number] = state
            rest.popFirst().map(begin)
        }
        return ends
    }
}

/// Goes on by the same step with each look.
private final class VirtualTime: Sendable {
    private let ms: Mutex<Int64>
    init(_ start: Moment) { ms = Mutex(start.ms) }
    func next(stepMinutes: Int64) -> Moment {
        ms.withLock {
            $0 += stepMinutes * 60_000
            return Moment(ms: $0)
        }
    }
}

extension TransferState {
    fileprivate var wasPaid: Bool {
        switch self {
        case .success, .bounced: true
        default: false
        }
    }
}

extension WalletBook {
    fileprivate func advanced(byDays days: Int) -> WalletBook {
        var book = self
        book.advance(to: now.advanced(byMinutes: days * 24 * 60))
        return book
    }
}
