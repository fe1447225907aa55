import Banking
import Casework
import Ledger
import Store
import Testing

@testable import Workflow

/// A recovery's later life over the real steps, with the books beside it.
@Suite struct RecoveryFlowTests {
    private func paid(_ play: PlayOffice, _ yuan: Int64, order: String) async throws -> Case {
        let file = try await play.file(yuan, order: order)
        try await play.pass(minutes: 90)
        return try await play.show(file.id)
    }

    private func total(_ code: String, _ play: PlayOffice) async throws -> Money {
        try await play.office.read { [books = play.office.books] transaction in
            try transaction.wholeBook(books, at: play.clock.now).total(code)
        }
    }

    @Test(arguments: Place.all)
    func `a tourist paid twice pays back, and the books follow`(on place: Place) async throws {
        try await withOffice(on: place) { play in
            let file = try await paid(play, 800, order: "A1")
            let found = Command.findDoublePayment(Money(fen: 800_00), proof: "商家转账记录")
            try await play.perform(found, on: file.id, by: PlayOffice.accountant)
            let opened = try await play.perform(
                .claimBack(reason: "双重受偿"), on: file.id, by: PlayOffice.supervisor)
            #expect(opened.recovery?.state == .closed)
            #expect(try await total(Chart.receivable, play) == .zero)
            #expect(try await total(Chart.consumerReceivable, play) == Money(fen: 800_00))
            try await play.audit()
            try await play.perform(
                .recordTouristRepayment(
                    Money(fen: 800_00), reference: "bank-1", on: Day("2024-06-03")!),
                on: file.id, by: PlayOffice.accountant)
            #expect(try await total(Chart.consumerReceivable, play) == .zero)
            #expect(
                try await play.office.verifyBooks().spendable == Money(fen: 1_000_000_00))
        }
    }

    @Test(arguments: Place.all)
    func `the terms carry the edition's years, and the clock warns ninety days before`(
        on place: Place
    ) async throws {
        try await withOffice(on: place) { play in
            let file = try await paid(play, 800, order: "B1")
            #expect(file.recovery?.deed?.reference == Payout.number(for: file.id, attempt: 1))
            #expect(file.recovery?.limitationDay == Day("2027-06-03"))
            #expect(file.recovery?.terms.limitationYears == 3)
            #expect(file.recovery?.terms.interestBasisPoints == 0)
            let notice = Recovery.Notice(servedOn: Day("2024-06-03")!, proof: "EMS")
            _ = try await play.office.work {
                try $0.serveNotice(notice, on: file.id, by: PlayOffice.accountant)
            }
            play.clock.set(Moment("2027-03-06T00:00:01+08:00")!)
            _ = try await Clockwork(office: play.office).runOnce()
            let warned = try await play.show(file.id)
            #expect(warned.escalations.last?.contains("2027-06-03") == true)
            let ageing = try await play.office.ageing()
            #expect(ageing.merchants.map(\.name) == ["椰风海产店"])
            #expect(ageing.total.owed == [.older: Money(fen: 800_00)])
            #expect(ageing.total.lapsing == Money(fen: 800_00))
            try await play.perform(
                .demand(on: Day("2027-03-06")!, proof: "EMS 2"), on: file.id,
                by: PlayOffice.accountant)
            #expect(try await play.show(file.id).recovery?.limitationDay == Day("2030-03-06"))
            #expect(try await play.office.ageing().total.lapsing == .zero)
        }
    }

    @Test func `what is owed falls into the bucket of its age`() throws {
        let zone = Zone.china
        let today = Day("2026-06-01")!
        func row(_ days: Int, _ fen: Int64, _ merchant: String, limit: Int) -> RecoveryRow {
            RecoveryRow(
                caseID: ID("c\(days)"), merchant: ID(merchant), merchantName: merchant,
                state: "notified", outstanding: Money(fen: fen),
                openedAt: zone.moment(of: today.advanced(by: -days)),
                limitation: today.advanced(by: limit))
        }
        let ageing = Ageing(
            of: [
                row(0, 1, "A", limit: 1_000), row(30, 2, "A", limit: 91),
                row(31, 4, "A", limit: 90),
                row(90, 8, "A", limit: 0), row(91, 16, "B", limit: -5),
                row(180, 32, "B", limit: 400),
                row(181, 64, "B", limit: 400), row(365, 128, "B", limit: 400),
                row(366, 256, "B", limit: 400),
            ], on: today, in: zone)
        #expect(ageing.merchants.map(\.name) == ["B", "A"])
        let fen = Ageing.Bucket.allCases.map { ageing.total.owed[$0]?.fen ?? 0 }
        #expect(fen == [3, 12, 48, 192, 256])
        #expect(ageing.total.lapsing == Money(fen: 4 + 8 + 16))
        #expect(ageing.total.total == Money(fen: 511))
    }

    @Test(arguments: Place.all)
    func `what a tourist never collects goes back by two people, and stays on record`(
        on place: Place
    ) async throws {
        try await withOffice(on: place) { play in
            let filing = play.filing(500, order: "U1")
            let open = Filing(
                channel: filing.channel, claimant: filing.claimant, merchant: filing.merchant,
                merchantName: filing.merchantName, order: filing.order, matter: filing.matter,
                occurredOn: filing.occurredOn, paid: filing.paid, claimed: filing.claimed,
                story: filing.story, wanted: filing.wanted, facts: filing.facts, payee: nil,
                transferredFrom: nil)
            let file = try await play.file(open)
            #expect(file.stage == .paying)
            play.clock.set(play.clock.now.advanced(byMinutes: 366 * 24 * 60))
            try await play.perform(
                .proposeUnclaimedReturn(reason: "一年无法联系"), on: file.id,
                by: PlayOffice.accountant)
            let done = try await play.perform(
                .approveUnclaimedReturn, on: file.id, by: PlayOffice.supervisor)
            #expect(done.stage == .resolved(.unclaimed))
            #expect(try await total(Chart.payable, play) == .zero)
            #expect(try await total(Chart.receivable, play) == .zero)
            let contested = try await play.perform(
                .contest(reason: "我回来领取"), on: file.id, by: .tourist)
            #expect(contested.contest?.answer == nil)
        }
    }
}

/// A receipt nobody could name is named by two people.
@Suite struct SuspenseFlowTests {
    /// Imports a bank statement with one receipt that nobody can name; the line's key.
    private func receive(_ fen: Int64, _ play: PlayOffice) async throws -> String {
        let day = Day("2024-06-03")!
        let lines = [(1_000_000_00, "拨付 g0"), (-1_000_000_00, "划转 t0"), (fen, "不明来款")]
        var balance: Int64 = 0
        let booked = lines.map { line in
            balance += line.0
            return StatementLine(
                bookedOn: day, amount: Money(fen: line.0), counterpartyName: nil,
                remittance: line.1, balanceAfter: Money(fen: balance))
        }
        let statement = Statement(
            account: play.office.books.bankNumber, id: "s", from: day, to: day, opening: .zero,
            closing: Money(fen: balance), lines: booked)
        let bytes = Array(writeCamt053(statement, createdAt: Zone.china.moment(of: day)).utf8)
        _ = try await play.office.work {
            try $0.importStatement(bytes, by: PlayOffice.cashier)
        }
        let lying = try await play.office.read { try $0.linesInSuspense(limit: 10) }
        return try #require(lying.first { $0.amount == Money(fen: fen) }).key
    }

    private func suspense(_ play: PlayOffice) async throws -> Money {
        try await play.office.read { [books = play.office.books] transaction in
            try transaction.wholeBook(books, at: play.clock.now).total(Chart.suspense)
        }
    }

    @Test(arguments: Place.all)
    func `one says whose it is, another agrees, and only then is it booked`(on place: Place)
        async throws
    {
        try await withOffice(on: place) { play in
            let file = try await play.file(800, order: "A1")
            try await play.pass(minutes: 90)
            let key = try await receive(555_55, play)
            let claim = try await play.office.work { work in
                try work.proposeSuspense(
                    key: key, on: Posting.bank, as: .recovery(file.id), amount: nil,
                    reason: "店主电话确认", by: PlayOffice.cashier)
            }
            #expect(claim.amount == Money(fen: 555_55))
            #expect(try await suspense(play) == Money(fen: -555_55))
            // Twice promised is refused, and so is one's own confirmation.
            await #expect(throws: WorkflowError.self) {
                try await play.office.work { work in
                    try work.proposeSuspense(
                        key: key, on: Posting.bank, as: .grant, amount: Money(fen: 1),
                        reason: "again", by: PlayOffice.cashier)
                }
            }
            let both = Actor(name: "cashier", roles: [.cashier, .accountant])
            await #expect(throws: WorkflowError.anotherPersonNeeded("confirmSuspense", both)) {
                try await play.office.work { try $0.confirmSuspense(claim.number, by: both) }
            }
            _ = try await play.office.work {
                try $0.confirmSuspense(claim.number, by: PlayOffice.accountant)
            }
            #expect(try await suspense(play) == .zero)
            let owed = try await play.show(file.id).recovery?.outstanding
            #expect(owed == Money(fen: 800_00 - 555_55))
            #expect(try await play.office.read { try $0.linesInSuspense(limit: 10) }.isEmpty)
            await #expect(throws: WorkflowError.claimDecided(claim.number)) {
                try await play.office.work {
                    try $0.confirmSuspense(claim.number, by: PlayOffice.supervisor)
                }
            }
            let attempts = try await play.office.read { try $0.attempts(limit: 5) }
            #expect(attempts.map(\.command) == ["confirmSuspense"])
        }
    }

    @Test(arguments: Place.all)
    func `two who confirm at once book it once`(on place: Place) async throws {
        try await withOffice(on: place) { play in
            let file = try await play.file(800, order: "C1")
            try await play.pass(minutes: 90)
            let key = try await receive(100_00, play)
            let claim = try await play.office.work { work in
                try work.proposeSuspense(
                    key: key, on: Posting.bank, as: .recovery(file.id), amount: nil,
                    reason: "对账", by: PlayOffice.cashier)
            }
            let done = await withTaskGroup(of: Bool.self) { group in
                for actor in [PlayOffice.accountant, PlayOffice.supervisor] {
                    group.addTask {
                        do {
                            _ = try await play.office.work {
                                try $0.confirmSuspense(claim.number, by: actor)
                            }
                            return true
                        } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(done == 1)
            let owed = try await play.show(file.id).recovery?.outstanding
            #expect(owed == Money(fen: 700_00))
        }
    }

    @Test(arguments: Place.all)
    func `a merchant's sum repays the oldest first; a rejected proposal leaves it lying`(
        on place: Place
    ) async throws {
        try await withOffice(on: place) { play in
            let first = try await play.file(400, order: "B1")
            try await play.pass(minutes: 5)
            let second = try await play.file(600, order: "B2")
            try await play.pass(minutes: 90)
            let key = try await receive(555_55, play)
            func propose() async throws -> SuspenseClaim {
                try await play.office.work { work in
                    try work.proposeSuspense(
                        key: key, on: Posting.bank, as: .merchant(ID("M1")), amount: nil,
                        reason: "对账", by: PlayOffice.accountant)
                }
            }
            let wrong = try await propose()
            _ = try await play.office.work {
                try $0.rejectSuspense(wrong.number, by: PlayOffice.supervisor)
            }
            #expect(try await suspense(play) == Money(fen: -555_55))
            let right = try await propose()
            _ = try await play.office.work {
                try $0.confirmSuspense(right.number, by: PlayOffice.supervisor)
            }
            #expect(try await play.show(first.id).recovery?.state == .closed)
            let rest = try await play.show(second.id).recovery?.outstanding
            #expect(rest == Money(fen: 1_000_00 - 555_55))
            #expect(try await suspense(play) == .zero)
        }
    }
}
