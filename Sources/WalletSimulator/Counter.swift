import Ledger
import Workflow

/// The wallet's counter: one call after another goes through the book, and what is new is on the disk
/// before anybody hears of it.
actor Counter {
    private(set) var book: WalletBook
    private var rateLimit: RateLimit
    private var attempts: [String: Int] = [:]
    private let clock: SimulatedClock
    private let journal: Journal
    private let realNow: @Sendable () -> Int64

    /// Opens the journal and brings the book to where it was.
    init(
        _ settings: SimulatorSettings, realNow: @escaping @Sendable () -> Int64
    ) throws(SimulatorError) {
        let journal = try Journal(path: settings.journal)
        let real_ms = realNow()
        let (old, lastClock) = try restored(journal.lines, settings.behaviour)
        if old == nil { journal.append(.opened(settings.behaviour, at: Moment(ms: real_ms))) }
        var book =
            old ?? WalletBook(behaviour: settings.behaviour, opened: Moment(ms: real_ms))
        // The simulated world went on at its old pace while nobody served it.
        let start = max(book.now, lastClock?.moment(at: real_ms) ?? book.now)
        book.advance(to: start)
        clock = SimulatedClock(real_ms: real_ms, start: start, scale: settings.timeScale)
        journal.append(.clock(clock))
        self.book = book
        self.journal = journal
        self.realNow = realNow
        rateLimit = RateLimit(limit: settings.rateLimit, at: real_ms)
    }

    /// Nothing more is taken; another simulator may take the journal over.
    func close() async { await journal.close() }

    func admits() -> Bool { rateLimit.admits(at: realNow()) }

    /// What goes wrong with this call, made once more for `number`.
    func mischief(on call: WalletBehaviour.Call, _ number: String) -> Mischief {
        // Only numbers a book can hold are counted, so nobody fills the memory with others.
        guard Transfer.isNumber(number) else { return .none }
        let key = "\(call.rawValue)/\(number)"
        let attempt = attempts[key, default: 0] + 1
        attempts[key] = attempt
        return book.behaviour.mischief(on: call, number, attempt: attempt)
    }

    func order(_ order: WalletWire.Order) async throws -> WalletBook.Receipt {
        let transfer = try order.transfer()
        let isNew = book.query(transfer.number, at: now) == nil
        let receipt = try book.order(transfer, at: now)
        if isNew { journal.append(.order(order, at: book.now)) }
        // Also an old transfer's line may still be on its way to the disk.
        try await journal.settled()
        return receipt
    }

    func query(_ number: String) async throws -> WalletBook.Receipt? {
        let receipt = book.query(number, at: now)
        try await journal.settled()
        return receipt
    }

    func topUp(_ topUp: WalletWire.TopUp) async throws -> Money {
        let count = book.topUpCount
        let balance = try book.topUp(topUp.amount_fen, reference: topUp.reference, at: now)
        if book.topUpCount > count { journal.append(.topUp(topUp, at: book.now)) }
        try await journal.settled()
        return balance
    }

    func bill(of day: Day) async throws -> String {
        let bill = try book.bill(of: day, at: now)
        try await journal.settled()
        return bill
    }

    private var now: Moment { clock.moment(at: realNow()) }
}

/// The book and the last clock that `lines` tell of; no book where there are no lines.
func restored(
    _ lines: [JournalLine], _ behaviour: WalletBehaviour
) throws(SimulatorError) -> (WalletBook?, SimulatedClock?) {
    guard let first = lines.first else { return (nil, nil) }
    guard case .opened(let old, let opened) = first else { throw .journalDamaged(line: 1) }
    guard old == behaviour else { throw .otherBehaviour }
    var book = WalletBook(behaviour: behaviour, opened: opened)
    var clock: SimulatedClock?
    for (index, line) in lines.enumerated().dropFirst() {
        do throws(WalletRefusal) {
            switch line {
            case .opened: throw WalletRefusal(.invalidRequest, "opened twice")
            case .clock(let started): clock = started
            case .order(let order, let at): _ = try book.order(order.transfer(), at: at)
            case .topUp(let topUp, let at):
                _ = try book.topUp(topUp.amount_fen, reference: topUp.reference, at: at)
            }
        } catch {
            throw .journalDamaged(line: index + 1)
        }
    }
    return (book, clock)
}
