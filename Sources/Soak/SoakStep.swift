import Database
import Ledger
import LedgerModel
import Store

/// One draft handed to the books, and what the books were in the transaction that answered it.
struct SoakStep: Sendable {
    enum Answer: Hashable, Sendable {
        case posted(Voucher)
        /// Accepted before, as this voucher.
        case again(Voucher)
        /// As scripts write it.
        case refused(String)
        /// A period was closed through this day.
        case closed(Day)
        /// A period could not be closed now.
        case keptOpen
    }

    let draft: Draft
    let now: Moment
    let answer: Answer
    /// What the draft was answered on. A refused one is answered by it alone; see `isUndone`.
    let before: Sight
    /// What the books were after the answer, in the same transaction.
    let after: Sight
    /// Whether the refusal undid the whole closure, and with it the lapses that came before the draft.
    let isUndone: Bool
}

/// As much of the books as a draft moves, from one moment.
struct Sight: Equatable, Sendable {
    let head: Head
    let closedThrough: Day?
    let totals: [String: Money]
    let balances: [Account: Money]
    let reservations: [ID<Reservation>: Reservation]
    let spendable: Money?

    init(of book: Book, for draft: Draft) {
        head = book.head
        closedThrough = book.closedThrough
        totals = book.totals
        balances = Dictionary(
            draft.accounts.map { ($0, book.balance($0)) }, uniquingKeysWith: { first, _ in first })
        reservations = book.reservations.filter { draft.reservations.contains($0.key) }
        spendable = book.free(Chart.spendableGuard)
    }
}

extension Transaction {
    /// Posts `draft`, and tells what the books were before and after, whatever came of it.
    ///
    /// - Parameter undoes: Whether a refusal is thrown on, as the office does, so that the lapses posted
    ///   before the draft are undone with it. Else they stay, and the refused draft alone changed nothing.
    func step(_ draft: Draft, at now: Moment, undoes: Bool) throws -> SoakStep {
        if !undoes { try lapse(soakChart, fund: soakFund, currency: "CNY", at: now) }
        let before = try sight(draft, at: now)
        do {
            let posted = try post(draft, chart: soakChart, at: now)
            return SoakStep(
                draft: draft, now: now,
                answer: posted.isNew ? .posted(posted.voucher) : .again(posted.voucher),
                before: before, after: try sight(draft, at: now), isUndone: false)
        } catch let error as PostingError {
            let step = SoakStep(
                draft: draft, now: now, answer: .refused(name(of: error)), before: before,
                after: undoes ? before : try sight(draft, at: now), isUndone: undoes)
            if undoes { throw Undone(step: step) }
            return step
        }
    }

    /// Closes the day before yesterday, if nothing keeps it open.
    func closeDay(at now: Moment) throws -> SoakStep {
        try lapse(soakChart, fund: soakFund, currency: "CNY", at: now)
        let nothing = Draft(
            id: ID("close"), fund: soakFund, businessDate: Zone.china.day(at: now), reason: "日结",
            source: "close", maker: "m1", lines: [])
        let before = try sight(nothing, at: now)
        let today = Zone.china.day(at: now)
        let day = today.advanced(by: -2)
        do {
            let closing = try Closing(
                .day(day), of: soakFund, chart: soakChart,
                position: try position(soakFund, through: day, at: now),
                after: try closings(soakFund), today: today, maker: "m1", checker: "m2")
            try writeClosing(closing)
        } catch is ClosingError {
            return SoakStep(
                draft: nothing, now: now, answer: .keptOpen, before: before, after: before,
                isUndone: false)
        }
        return SoakStep(
            draft: nothing, now: now, answer: .closed(day), before: before,
            after: try sight(nothing, at: now), isUndone: false)
    }

    private func sight(_ draft: Draft, at now: Moment) throws(DatabaseError) -> Sight {
        Sight(
            of: try book(soakChart, fund: soakFund, currency: "CNY", at: now, for: [draft]),
            for: draft)
    }
}

/// Carries what a closure saw past the end of it, when it was undone.
struct Undone: Error { let step: SoakStep }

let soakFund = "sanya"
let soakChart = Chart.advanceFund
let soakStart = Moment(ms: 1_735_693_200_000)  // 2025-01-01T09:00:00+08:00
