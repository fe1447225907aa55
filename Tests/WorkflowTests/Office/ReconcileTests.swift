import Banking
import Casework
import Database
import Ledger
import Store
import Testing

@testable import Workflow

@Suite struct ReconcileTests {
    /// A statement of the fund's account `number` in one day, running on from `opening`.
    private func statement(
        _ number: String, on day: Day, opening: Int64 = 0, _ lines: [(fen: Int64, text: String)]
    ) -> [UInt8] {
        var balance = opening
        let booked = lines.map { line in
            balance += line.fen
            return StatementLine(
                bookedOn: day, amount: Money(fen: line.fen),
                counterpartyName: line.text.contains("偿还") ? "椰风海产店" : nil,
                remittance: line.text, balanceAfter: Money(fen: balance))
        }
        let statement = Statement(
            account: number, id: "\(day)", from: day, to: day, opening: Money(fen: opening),
            closing: Money(fen: balance), lines: booked)
        return Array(writeCamt053(statement, createdAt: Zone.china.moment(of: day)).utf8)
    }

    private func take(_ bytes: [UInt8], _ play: PlayOffice) async throws -> StatementImport {
        try await play.office.work { try $0.importStatement(bytes, by: PlayOffice.cashier) }
    }

    @Test(arguments: Place.all)
    func `a day closes when statements and books agree to the fen, and not before`(
        on place: Place
    ) async throws {
        try await withOffice(on: place) { play in
            let file = try await play.file(800, order: "A1")
            try await play.pass(minutes: 90)
            let day = Day("2024-06-03")!
            play.clock.set(Moment("2024-06-04T09:00:00+08:00")!)
            let books = play.office.books
            await #expect(throws: WorkflowError.self) {
                try await play.office.work {
                    try $0.proposeClosing(.day(day), by: PlayOffice.accountant)
                }
            }
            let number = Payout.number(for: file.id, attempt: 1)
            let bank = statement(
                books.bankNumber, on: day, [(1_000_000_00, "拨付 g0"), (-1_000_000_00, "划转 t0")])
            let platform = statement(
                books.platformNumber, on: day, [(1_000_000_00, "划转 t0"), (-80_000, "赔付 \(number)")])
            #expect(try await take(bank, play).matched == ["topUp": 1, "transfer": 1])
            #expect(try await take(platform, play).matched == ["payout": 1, "transfer": 1])
            let closed = try await play.close(.day(day))
            #expect(closed.maker == PlayOffice.accountant.name)
            #expect(closed.platform == Money(fen: 1_000_000_00 - 80_000))
            // A closed day takes no voucher: what belongs to it is booked on the next one.
            let late = try await play.office.work { work in
                try work.appropriate(
                    Money(fen: 1), id: "late", reason: "迟到", on: day, by: PlayOffice.cashier)
            }
            #expect(late.draft.businessDate == Day("2024-06-04")!)
        }
    }

    @Test(arguments: Place.all)
    func `the same file again changes nothing, and a gap is refused`(on place: Place) async throws {
        try await withOffice(on: place) { play in
            let day = Day("2024-06-03")!
            let number = play.office.books.bankNumber
            let first = statement(
                number, on: day, [(1_000_000_00, "拨付 g0"), (-1_000_000_00, "划转 t0")])
            _ = try await take(first, play)
            let before = try await play.office.verifyBooks()
            let again = try await take(first, play)
            #expect(again.isRepeat)
            let repeated = try await play.office.verifyBooks()
            #expect(repeated.head == before.head)
            let gap = statement(number, on: Day("2024-06-04")!, opening: 5, [(7, "利息")])
            await #expect(throws: StatementError.self) { _ = try await take(gap, play) }
            let refused = try await play.office.verifyBooks()
            #expect(refused.head == before.head)
        }
    }

    @Test(arguments: Place.all)
    func `what nobody can name lies in suspense, and 990 against 1,000 stays a part`(
        on place: Place
    ) async throws {
        try await withOffice(on: place) { play in
            let file = try await play.file(1_000, order: "B1")
            try await play.pass(minutes: 90)
            let day = Day("2024-06-03")!
            let bytes = statement(
                play.office.books.bankNumber, on: day,
                [
                    (1_000_000_00, "拨付 g0"), (-1_000_000_00, "划转 t0"), (99_000, "偿还 \(file.id)"),
                    (12_345, "不明来款"), (321, "结息"), (-100, "手续费"),
                ])
            let done = try await take(bytes, play)
            #expect(
                done.matched["repayment"] == 1 && done.matched["interest"] == 1
                    && done.matched["fee"] == 1)
            #expect(done.inSuspense == 1)
            #expect(try await play.show(file.id).recovery?.outstanding == Money(fen: 1_000))
        }
    }

    @Test(arguments: Place.all)
    func `a payout that came back is booked once, though the next one has arrived`(
        on place: Place
    ) async throws {
        try await withOffice(on: place) { play in
            let file = try await play.file(800, order: "A2")
            try await play.pass(minutes: 90)
            let day = Day("2024-06-03")!
            let numbers = [1, 2].map { Payout.number(for: file.id, attempt: $0) }
            try await play.perform(
                .payoutAnswered(number: numbers[0], .bounced(reason: "退票")), on: file.id,
                by: .office)
            try await play.perform(.reissuePayout(nil), on: file.id, by: PlayOffice.cashier)
            try await play.perform(
                .payoutAnswered(number: numbers[1], .confirmed(on: day)), on: file.id, by: .office)
            let bytes = statement(
                play.office.books.platformNumber, on: day,
                [
                    (1_000_000_00, "划转 t0"), (-80_000, "商家转账 \(numbers[0])"),
                    (80_000, "商家转账退回 \(numbers[0])"), (-80_000, "商家转账 \(numbers[1])"),
                ])
            let done = try await take(bytes, play)
            #expect(done.matched == ["transfer": 1, "payout": 2, "payoutReturn": 1])
            let spendable = try await play.office.verifyBooks().spendable
            #expect(spendable == Money(fen: 1_000_000_00 - 80_000))
        }
    }

    @Test(arguments: Place.all)
    func `what a merchant repays is never a payout that came back`(on place: Place) async throws {
        try await withOffice(on: place) { play in
            let payee = Payee(
                account: "622202123450", name: "李雷",
                bank: .init(name: "工商银行三亚分行", number: "102641000018"))
            let file = try await play.file(play.filing(800, order: "A3", payee: payee))
            let day = Day("2024-06-03")!
            let number = Payout.number(for: file.id, attempt: 1)
            try await play.perform(
                .payoutAnswered(number: number, .confirmed(on: day)), on: file.id, by: .office)
            // Half of the debt is paid; then the merchant pays the whole of it by mistake.
            let bytes = statement(
                play.office.books.bankNumber, on: day,
                [
                    (1_000_000_00, "拨付 g0"), (-1_000_000_00, "划转 t0"),
                    (40_000, "偿还 \(file.id)"), (80_000, "偿还 \(file.id)"),
                ])
            _ = try await take(bytes, play)
            let after = try await play.show(file.id)
            #expect(after.payouts.map(\.state) == [.confirmed(on: day)])
            #expect(after.recovery?.outstanding == .zero)
        }
    }

    @Test(arguments: Place.all)
    func `a receipt that a person took down counts once, though its line names no case`(
        on place: Place
    ) async throws {
        try await withOffice(on: place) { play in
            let file = try await play.file(1_000, order: "A4")
            try await play.pass(minutes: 90)
            let day = Day("2024-06-03")!
            try await play.perform(
                .recordRepayment(Money(fen: 30_000), reference: "水单 1", on: day), on: file.id,
                by: PlayOffice.accountant)
            let bytes = statement(
                play.office.books.bankNumber, on: day,
                [(1_000_000_00, "拨付 g0"), (-1_000_000_00, "划转 t0"), (30_000, "偿还")])
            let done = try await take(bytes, play)
            #expect(done.matched == ["topUp": 1, "transfer": 1, "deposit": 1])
            #expect(try await play.show(file.id).recovery?.outstanding == Money(fen: 70_000))
        }
    }

    @Test func `a receipt is no payout where the jurisdiction's letters hold a P`() async throws {
        let policies = try ScratchPolicies()
        try policies.replace(
            "prefix: SY\n", with: "prefix: SYP\n", in: "2023-04-27/jurisdiction.yaml")
        try await withOffice(on: .sqliteMemory, policies: policies.directory) { play in
            let file = try await play.file(1_000, order: "A5")
            try await play.pass(minutes: 90)
            let day = Day("2024-06-03")!
            try await play.perform(
                .recordRepayment(Money(fen: 30_000), reference: "水单 1", on: day), on: file.id,
                by: PlayOffice.accountant)
            let bytes = statement(
                play.office.books.bankNumber, on: day,
                [
                    (1_000_000_00, "拨付 g0"), (-1_000_000_00, "划转 t0"), (30_000, "偿还 \(file.id)"),
                ])
            #expect(
                try await take(bytes, play).matched == ["topUp": 1, "transfer": 1, "deposit": 1])
        }
        try policies.remove("2023-04-27/jurisdiction.yaml")
    }

    @Test(arguments: Place.all)
    func `one sum for three cases closes three receivables`(on place: Place) async throws {
        try await withOffice(on: place) { play in
            var cases: [Case] = []
            for (order, yuan) in [("C1", 400), ("C2", 600), ("C3", 900)] as [(String, Int64)] {
                cases.append(try await play.file(yuan, order: order))
            }
            try await play.pass(minutes: 90)
            let bytes = statement(
                play.office.books.bankNumber, on: Day("2024-06-03")!,
                [(1_000_000_00, "拨付 g0"), (-1_000_000_00, "划转 t0"), (190_000, "偿还先行赔付款")])
            #expect(try await take(bytes, play).inSuspense == 0)
            for file in cases {
                #expect(try await play.show(file.id).recovery?.state == .closed)
            }
        }
    }

    @Test(arguments: Place.all)
    func `two people close a day, its month and its year, and what they signed holds the books`(
        on place: Place
    ) async throws {
        try await withEmptyDatabase(on: place) { url in
            let play = try await PlayOffice(url, at: "2023-12-30T09:00:00+08:00")
            let books = play.office.books
            let day = Day("2023-12-31")!
            let bank = statement(
                books.bankNumber, on: Day("2023-12-30")!,
                [(1_000_000_00, "拨付 g0"), (-1_000_000_00, "划转 t0"), (321, "结息"), (-100, "手续费")])
            let platform = statement(
                books.platformNumber, on: Day("2023-12-30")!, [(1_000_000_00, "划转 t0")])
            for bytes in [bank, platform] { _ = try await take(bytes, play) }
            play.clock.set(Moment("2024-01-02T09:00:00+08:00")!)
            // One and the same person closes nothing.
            await #expect(
                throws: WorkflowError.anotherPersonNeeded("closePeriod", PlayOffice.accountant)
            ) {
                try await play.office.work { work in
                    _ = try work.proposeClosing(.day(day), by: PlayOffice.accountant)
                    _ = try work.close(.day(day), by: PlayOffice.accountant)
                }
            }
            // A month closes after its days.
            await #expect(throws: WorkflowError.self) { try await play.close(.month(of: day)) }
            let closed = try await play.close(.day(day))
            let signed = try #require(closed.checkpoint)
            // Interest and fees of the year went into the fund.
            let position = try await play.office.read {
                try $0.position("sanya", through: day, at: play.clock.now)
            }
            #expect(position.total(Chart.interest) == .zero)
            #expect(position.total(Chart.bankFees) == .zero)
            #expect(position.total(Chart.available) == Money(fen: -1_000_000_00 - 221))
            _ = try await play.close(.month(of: day))
            _ = try await play.close(.year(of: day))
            await #expect(throws: WorkflowError.periodClosed(.year(of: day))) {
                try await play.close(.year(of: day))
            }
            let key = try #require(PlayOffice.signingKey).verificationKey
            let kept = AuditEvidence(checkpoints: [signed], keys: [key])
            #expect(try await play.office.verifyBooks(against: kept).isSound)
            // Someone cuts the books off at an earlier voucher, projections and all.
            try await play.office.database.write { transaction in
                try transaction.run("delete from voucher_line where number = 4")
                try transaction.run("delete from voucher where number = 4")
            }
            #expect(try await play.office.verifyBooks(against: kept).isSound == false)
            await play.office.close()
        }
    }
}
