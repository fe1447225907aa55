import Casework
import Database
import Ledger
import Store
import Synchronization
import Workflow

/// The fund at one moment: what may be promised, where the money lies, and the five amounts.
struct FundView: Codable, Sendable {
    let fund: String
    let currency: String
    let spendableFen: Money
    let bankFen: Money
    let platformFen: Money
    let payableFen: Money
    let suspenseFen: Money
    let reservedFen: Money
    let fiveAmounts: FiveAmountsView
    let statement: FundStatementView
    let accounts: [AccountView]
    /// Not settled yet.
    let reservations: [ReservationView]
    /// The last voucher.
    let head: HeadOfLedgerView
    let lastClosedDay: Day?

    init(_ book: Book, _ statement: FundStatement, lastClosed: Day?, _ zone: Zone) {
        fund = book.fund
        currency = book.currency
        spendableFen = book.free(Chart.spendableGuard) ?? .zero
        bankFen = book.total(Chart.bank)
        platformFen = book.total(Chart.platform)
        payableFen = book.total(Chart.payable).negated
        suspenseFen = book.total(Chart.suspense).negated
        reservedFen = book.total(Chart.reserved).negated
        fiveAmounts = FiveAmountsView(statement)
        self.statement = FundStatementView(statement)
        accounts = book.chart.entries.map { AccountView($0, of: book) }
        reservations = book.reservations.values.filter { !$0.isSettled }.sorted { $0.id < $1.id }
            .map { ReservationView($0, zone) }
        head = HeadOfLedgerView(number: book.head.number, hash: book.head.hash.hex)
        lastClosedDay = lastClosed
    }
}

extension Money {
    /// The other way round; held at the end of the range.
    var negated: Money { Money.zero.subtracting(self) ?? Money(fen: .max) }
}

/// Approved, reserved, released, returned, recoverable: five amounts that are never mixed.
struct FiveAmountsView: Codable, Sendable {
    let approvedFen: Money
    let reservedFen: Money
    let releasedFen: Money
    let returnedFen: Money
    let recoverableFen: Money

    init(_ statement: FundStatement) {
        approvedFen = statement.approved
        reservedFen = statement.reservedGross
        releasedFen = statement.released
        returnedFen = statement.returned
        recoverableFen = statement.recoverable
    }
}

struct FundStatementView: Codable, Sendable {
    let appropriatedFen: Money
    let quickPaidFen: Money
    let paidOutFen: Money
    let recoverableGrossFen: Money
    let recoveredFen: Money
    let defendedFen: Money
    let writtenOffFen: Money
    let recoveredAfterWriteOffFen: Money
    let interestFen: Money
    let bankFeesFen: Money

    init(_ statement: FundStatement) {
        appropriatedFen = statement.appropriated
        quickPaidFen = statement.quickPaid
        paidOutFen = statement.paidOut
        recoverableGrossFen = statement.recoverableGross
        recoveredFen = statement.recovered
        defendedFen = statement.defended
        writtenOffFen = statement.writtenOff
        recoveredAfterWriteOffFen = statement.recoveredAfterWriteOff
        interestFen = statement.interest
        bankFeesFen = statement.bankFees
    }
}

/// An account of the chart with its sub-accounts; amounts count positive on the account's normal side.
struct AccountView: Codable, Sendable {
    let code: String
    let zh: String
    let en: String
    let kind: String
    let balanceFen: Money
    let subs: [SubAccountView]

    init(_ entry: Chart.Entry, of book: Book) {
        let isDebit = entry.kind.normalSide == .debit
        func normal(_ amount: Money) -> Money { isDebit ? amount : amount.negated }
        code = entry.code
        zh = entry.chinese
        en = entry.english
        kind = entry.kind.rawValue
        balanceFen = normal(book.total(entry.code))
        subs = book.balances.filter {
            $0.key.code == entry.code && $0.key.sub != nil && $0.value != .zero
        }
        .sorted { $0.key < $1.key }
        .map { SubAccountView(account: $0.key.description, balanceFen: normal($0.value)) }
    }
}

struct SubAccountView: Codable, Sendable {
    let account: String
    let balanceFen: Money
}

struct ReservationView: Codable, Sendable {
    let id: String
    let amountFen: Money
    let releasedFen: Money
    let returnedFen: Money
    let lapsedFen: Money
    let openFen: Money
    /// When what is still open goes back to the pool by rule; absent where it never does.
    let expiresAt: Timestamp?

    init(_ reservation: Reservation, _ zone: Zone) {
        id = reservation.id.text
        amountFen = reservation.amount
        releasedFen = reservation.released
        returnedFen = reservation.returned
        lapsedFen = reservation.lapsed
        openFen = reservation.open
        expiresAt = reservation.expires.map { Timestamp(zone.text($0)) }
    }
}

struct HeadOfLedgerView: Codable, Sendable {
    let number: Int64
    let hash: String
}

/// The fund's statement over all vouchers, kept in memory and now and then in the database: a voucher never
/// changes, so only the new ones are read.
final class FundStatementCache: Sendable {
    /// How many vouchers a server may have to read that starts anew.
    private static let keptEvery: Int64 = 1_024

    private struct Known {
        var stored: StoredStatement
        /// Through which voucher the database keeps it.
        var keptThrough: Int64
    }

    private let known = Mutex<Known?>(nil)

    /// The fund with every sub-account and reservation that stands: as long as there are any.
    func read(_ office: Office) async throws -> FundView {
        try await read(office) { books, now, transaction in
            try transaction.wholeBook(books, at: now)
        }
    }

    /// The fund's sums alone: no sub-account, no reservation. What a page asks costs the same however many
    /// merchants owe.
    func sums(_ office: Office) async throws -> FundView {
        try await read(office) { books, now, transaction in
            try transaction.book(
                books.chart, fund: books.fund, currency: books.postings.currency, at: now)
        }
    }

    private func read(
        _ office: Office,
        _ book: @escaping @Sendable (Office.Books, Moment, Transaction) throws -> Book
    ) async throws -> FundView {
        let start = known.withLock { $0 }
        let (view, stored, keptThrough) = try await office.read {
            [books = office.books, now = office.now()] transaction in
            let base = try start?.stored ?? transaction.storedStatement(books.fund)
            let stored = try transaction.wholeStatement(books.fund, from: base)
            let view = FundView(
                try book(books, now, transaction), stored.statement,
                lastClosed: try transaction.lastClosedDay(books.fund)?.day, books.zone)
            return (view, stored, start?.keptThrough ?? base.through)
        }
        let isFar = stored.through - keptThrough >= Self.keptEvery
        known.withLock { known in
            if let known, known.stored.through > stored.through { return }
            known = Known(stored: stored, keptThrough: isFar ? stored.through : keptThrough)
        }
        if isFar {
            // It only saves a later start some reading: whoever reads is answered also while the disk is full.
            let fund = office.books.fund
            _ = try? await office.work { try $0.transaction.keep(stored, of: fund) }
        }
        return view
    }
}
