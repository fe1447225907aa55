import Casework
import Ledger

/// One case at the office, with the fund's books beside it: what `Workflow.perform` does, without a store.
struct Desk {
    var now = Moment("2025-03-10T09:00:00+08:00")!
    var file: Case?
    var recorded: [Recorded] = []
    var ledger: FundLedger

    let id: ID<Case>
    let filing: Filing
    let terms: Terms

    init(
        _ id: ID<Case> = CaseNumber.make(prefix: "SY", year: 2025, sequence: 1),
        filing: Filing = Sample.filing(), terms: Terms = Sample.terms(),
        ledger: FundLedger = FundLedger(granted: 10_000_00)
    ) {
        self.id = id
        self.filing = filing
        self.terms = terms
        self.ledger = ledger
    }

    /// Decides, books and applies; nothing is changed when it throws.
    mutating func perform(_ command: Command, by actor: Actor) throws -> [Event] {
        guard let file else { throw NotFiled() }
        let events = try file.decide(command, by: actor, at: now)
        try record(events, by: actor)
        return events
    }

    mutating func file(by actor: Actor) throws -> [Event] {
        let events = try Case.file(filing, as: id, on: terms, by: actor, at: now)
        try record(events, by: actor)
        return events
    }

    private mutating func record(_ events: [Event], by actor: Actor) throws {
        for event in events {
            let each = Recorded(
                event, position: file?.version ?? 0, actor: actor.name, at: now, recordedAt: now)
            if let before = file {
                try ledger.post(each, of: before)
                file?.apply(each)
                if let after = file { ledger.expect(after, insteadOf: before) }
            } else {
                file = Case(id: id, opening: each)
            }
            recorded.append(each)
        }
    }

    struct NotFiled: Error {}
}

/// A fund's books, and what the cases say must stand in them.
struct FundLedger {
    var book: Book
    private(set) var expected = Share()

    static let books = Postings.Books(fund: "sanya", currency: "CNY", zone: .china)
    /// With the account for what a fund bears for good.
    static let chart = Chart(
        entries: Chart.advanceFund.entries + [
            Chart.Entry(Chart.feeWaivers, "费用免除支出", "Fees Waived", .expense, division: .required)
        ], guards: Chart.advanceFund.guards)

    init(granted fen: Int64) {
        book = Book(chart: Self.chart, fund: Self.books.fund)
        grant(Money(fen: fen), as: "grant-1")
    }

    mutating func grant(_ amount: Money, as id: String) {
        let draft = Draft(
            id: ID(id), fund: Self.books.fund, businessDate: .epoch, reason: "拨付", source: id,
            maker: "cashier", lines: Posting.appropriation(amount))
        _ = try! book.post(draft, at: Moment(ms: 0))
    }

    var spendable: Money { book.free(Chart.spendableGuard)! }

    mutating func post(_ event: Recorded, of file: Case) throws {
        guard let draft = Postings.draft(for: event, of: file, in: Self.books) else { return }
        _ = try book.post(draft, at: event.recordedAt)
    }

    mutating func expect(_ after: Case, insteadOf before: Case) {
        expected = expected + Share(of: after) - Share(of: before)
    }

    /// Where the books and the cases differ; nil when they agree and nothing is overspent.
    var difference: String? {
        let booked = Share(
            reserved: -book.total(Chart.reserved).fen, payable: -book.total(Chart.payable).fen,
            receivable: book.total(Chart.receivable).fen,
            consumer: book.total(Chart.consumerReceivable).fen,
            feesWaived: book.total(Chart.feeWaivers).fen)
        if spendable.isNegative { return "spendable \(spendable)" }
        return booked == expected ? nil : "booked \(booked), the cases say \(expected)"
    }

    /// A case's part in the fund's balances, in fen.
    struct Share: Equatable, CustomStringConvertible {
        var reserved: Int64 = 0
        var payable: Int64 = 0
        var receivable: Int64 = 0
        /// Owed back by tourists.
        var consumer: Int64 = 0
        /// Borne by the fund for good.
        var feesWaived: Int64 = 0

        var description: String {
            "reserved \(reserved) payable \(payable) receivable \(receivable) consumer \(consumer)"
                + (feesWaived == 0 ? "" : " fees waived \(feesWaived)")
        }

        static func + (a: Share, b: Share) -> Share {
            Share(
                reserved: a.reserved + b.reserved, payable: a.payable + b.payable,
                receivable: a.receivable + b.receivable, consumer: a.consumer + b.consumer,
                feesWaived: a.feesWaived + b.feesWaived)
        }

        static func - (a: Share, b: Share) -> Share {
            a
                + Share(
                    reserved: -b.reserved, payable: -b.payable, receivable: -b.receivable,
                    consumer: -b.consumer, feesWaived: -b.feesWaived)
        }
    }
}

extension FundLedger.Share {
    init(of file: Case) {
        guard let advance = file.advance else { return }
        switch advance.state {
        case .reserved: reserved = advance.amount.fen
        case .payable: payable = advance.amount.fen
        default: break
        }
        if advance.decision.path == .waiveFee {
            feesWaived = [.payable, .paid].contains(advance.state) ? advance.amount.fen : 0
        } else if advance.state == .payable || advance.state == .paid {
            receivable = file.recovery?.outstanding.fen ?? advance.amount.fen
        }
        consumer = file.claimBack?.outstanding.fen ?? 0
    }
}
