import Banking
import Casework
import Database
import Ledger
import Store
import Testing

@testable import Workflow

/// Payouts that leave through the bank, in files that two people send.
@Suite struct PaymentFileTests {
    private static let day = Day("2024-06-03")!
    private static let otherCashier = Actor(name: "cashier-2", roles: [.cashier])

    private func payee(_ account: String) -> Payee {
        Payee(
            account: account, name: "李雷", bank: .init(name: "工商银行三亚分行", number: "102641000018"))
    }

    /// An office whose money lies at the bank, and `count` payouts of 800 that wait for a file.
    private func withWaiting(
        _ count: Int, on place: Place, atBank fen: Int64 = 500_000_00,
        _ body: (PlayOffice, [Case]) async throws -> Void
    ) async throws {
        try await withOffice(on: place) { play in
            try await play.office.work { work in
                _ = try work.transfer(
                    Money(fen: fen), toPlatform: false, id: "t1", on: work.today,
                    by: PlayOffice.cashier)
            }
            var files: [Case] = []
            for index in 0..<count {
                let filing = play.filing(
                    800, order: "P\(index)", payee: payee("62220212345\(index)"))
                files.append(try await play.file(filing))
                play.clock.set(play.clock.now.advanced(byMinutes: 1))
            }
            _ = try await Paymaster(office: play.office, wallet: play.wallet).runOnce()
            try await body(play, files)
        }
    }

    private func prepare(
        _ play: PlayOffice, by actor: Actor = PlayOffice.cashier
    ) async throws -> PreparedPayments {
        try await play.office.work { try $0.preparePayments(executionOn: Self.day, by: actor) }
    }

    private func release(
        _ id: String, _ play: PlayOffice, by actor: Actor = PlayOffice.accountant
    ) async throws -> PaymentFileRow {
        try await play.office.work { try $0.releasePayments(id, by: actor) }
    }

    private func document(_ id: String, _ play: PlayOffice) async throws -> String {
        try await play.office.work { try $0.paymentDocument(id, for: PlayOffice.cashier) }
    }

    private func take(_ answer: [UInt8], _ play: PlayOffice) async throws -> TakenReport {
        try await play.office.work { try $0.takePaymentReport(answer, by: PlayOffice.cashier) }
    }

    @Test(arguments: Place.all)
    func `a file is prepared, released, paid in part, and the statement tells the rest`(
        on place: Place
    ) async throws {
        try await withWaiting(3, on: place) { play, files in
            #expect(play.wallet.book.balance == Money(fen: 1_000_000_00))
            #expect(files.allSatisfy { $0.payouts.last?.state == .ordered })
            let prepared = try await prepare(play)
            #expect(prepared.file.payments == 3)
            #expect(prepared.file.amount == Money(fen: 2_400_00))
            #expect(prepared.leftOut.isEmpty)
            _ = try await release(prepared.file.id, play)

            var bank = TestBank(account: play.office.books.bankNumber, balance: 0)
            bank.book(1_000_000_00, on: Self.day, text: "拨付 g0")
            bank.book(-1_000_000_00, on: Self.day, text: "划转 t0")
            bank.book(500_000_00, on: Self.day, text: "划转 t1")
            let (id, orders) = try bank.take(try await document(prepared.file.id, play))
            #expect(id == prepared.file.id)
            #expect(orders.map(\.fen) == [800_00, 800_00, 800_00])
            #expect(orders.map(\.payee) == ["李雷", "李雷", "李雷"])
            #expect(zip(orders, files).allSatisfy { $0.remittance.hasPrefix($1.id.text) })

            let numbers = orders.map(\.number)
            bank.book(-800_00, on: Self.day, text: orders[0].remittance, number: numbers[0])
            let answer = TestBank.answer(
                to: id, "R1", at: "2024-06-03T15:00:00+08:00",
                [(numbers[0], "ACSC"), (numbers[1], "RJCT"), (numbers[2], "PDNG")])
            let taken = try await take(answer, play)
            #expect([taken.paid, taken.failed, taken.underWay] == [1, 1, 1])
            #expect(try await take(answer, play).isRepeat)
            #expect(try await play.show(files[0].id).stage == .resolved(.paidByFund))
            #expect(
                try await play.show(files[1].id).payouts.last?.state
                    == .failed(reason: "RJCT AC01"))
            #expect(
                try await play.show(files[2].id).payouts.last?.state
                    == .underWay("the bank says PDNG"))

            // No answer ever comes for the third: the statement is the answer.
            bank.book(-800_00, on: Self.day, text: "转账 \(numbers[2])", number: numbers[2])
            let statement = bank.statement(on: Self.day)
            let met = try await play.office.work {
                try $0.importStatement(statement, by: PlayOffice.cashier)
            }
            #expect(met.matched == ["topUp": 1, "transfer": 2, "payout": 2])
            #expect(try await play.show(files[2].id).stage == .resolved(.paidByFund))
            let row = try await play.office.read { try $0.paymentFile(id) }
            #expect(row?.open == 0)

            // The first comes back two days later, and goes out anew with another number.
            let later = Day("2024-06-05")!
            play.clock.set(Moment("2024-06-05T17:00:00+08:00")!)
            bank.book(800_00, on: later, text: "退汇 \(numbers[0])", number: numbers[0])
            let second = bank.statement(on: later)
            let back = try await play.office.work {
                try $0.importStatement(second, by: PlayOffice.cashier)
            }
            #expect(back.matched == ["payoutReturn": 1])
            let returned = try await play.show(files[0].id)
            #expect(returned.stage == .paying)
            try await play.perform(
                .reissuePayout(nil), on: files[0].id, by: Self.otherCashier)
            let again = try await play.office.read { try $0.payoutsWaiting(limit: 10) }
            #expect(again.map(\.number) == [Payout.number(for: files[0].id, attempt: 2)])
        }
    }

    @Test(arguments: Place.all)
    func `who prepared it, or had a hand in a case, does not release it, and the attempt is kept`(
        on place: Place
    ) async throws {
        try await withWaiting(2, on: place) { play, files in
            let both = Actor(name: "cashier", roles: [.cashier, .accountant])
            let filer = Actor(name: PlayOffice.agent.name, roles: [.cashier, .accountant])
            await #expect(
                throws: WorkflowError.nothingToPay(
                    files.map { file in
                        .init(
                            field: Payout.number(for: file.id, attempt: 1),
                            chinese: "您登记、经办、提议或同意过此案，须由他人付款",
                            english:
                                "you filed, prepared, proposed or agreed to it: another person must pay it"
                        )
                    })
            ) { _ = try await prepare(play, by: filer) }
            let id = try await prepare(play, by: both).file.id
            await #expect(throws: WorkflowError.paymentFileNotReleased(id)) {
                _ = try await document(id, play)
            }
            await #expect(throws: WorkflowError.anotherPersonNeeded("releasePayments", both)) {
                _ = try await release(id, play, by: both)
            }
            await #expect(throws: WorkflowError.anotherPersonNeeded("releasePayments", filer)) {
                _ = try await release(id, play, by: filer)
            }
            let attempts = try await play.office.read { try $0.attempts(limit: 10) }
            #expect(attempts.map(\.command) == ["releasePayments", "releasePayments"])
            _ = try await release(id, play)
            await #expect(throws: WorkflowError.paymentFileDecided(id, .released)) {
                _ = try await release(id, play)
            }
            await #expect(throws: WorkflowError.paymentFileDecided(id, .released)) {
                _ = try await play.office.work {
                    try $0.withdrawPayments(id, by: PlayOffice.cashier)
                }
            }
            // Whoever sent the money does not say that books and bank agree.
            await #expect(throws: WorkflowError.self) {
                _ = try await play.office.work {
                    try $0.proposeClosing(.day(Self.day), by: PlayOffice.accountant)
                }
            }
        }
    }

    @Test(arguments: Place.all)
    func `a withdrawn file gives its payouts to the next, and nothing is in two`(
        on place: Place
    ) async throws {
        try await withWaiting(2, on: place) { play, _ in
            let first = try await prepare(play)
            await #expect(throws: WorkflowError.nothingToPay([])) { _ = try await prepare(play) }
            _ = try await play.office.work {
                try $0.withdrawPayments(first.file.id, by: PlayOffice.cashier)
            }
            let second = try await prepare(play)
            #expect(second.file.id != first.file.id)
            #expect(second.file.payments == 2)
            let left = try await play.office.read {
                try $0.payouts(ofPaymentFile: first.file.id)
            }
            #expect(left.isEmpty)
        }
    }

    @Test(arguments: Place.all)
    func `from the first that the account does not cover, all wait, and none is passed over`(
        on place: Place
    ) async throws {
        try await withWaiting(3, on: place, atBank: 1_000_00) { play, files in
            let prepared = try await prepare(play)
            #expect(prepared.file.payments == 1)
            #expect(
                prepared.leftOut.map(\.field)
                    == files.dropFirst().map { Payout.number(for: $0.id, attempt: 1) })
            // What lies in a file is promised, released or not.
            await #expect(throws: WorkflowError.self) { _ = try await prepare(play) }
        }
    }

    @Test(arguments: Place.all)
    func `a wrong account is turned back, corrected, looked at, and paid once`(
        on place: Place
    ) async throws {
        try await withWaiting(1, on: place) { play, files in
            let id = files[0].id
            await #expect(throws: Refusal.self) {
                try await play.perform(.setPayee(payee("62220299")), on: id, by: .tourist)
            }
            let number = Payout.number(for: id, attempt: 1)
            _ = try await play.office.work {
                try $0.turnBackPayout(number, reason: "账号少一位", by: PlayOffice.cashier)
            }
            await #expect(throws: WorkflowError.payoutNotWaiting(number)) {
                _ = try await play.office.work {
                    try $0.turnBackPayout(number, reason: "再退", by: PlayOffice.cashier)
                }
            }
            try await play.perform(
                .reissuePayout(payee("62220299")), on: id, by: PlayOffice.cashier)
            await #expect(throws: WorkflowError.nothingToPay([])) { _ = try await prepare(play) }
            try await play.perform(
                .clearPayout(reason: "已电话核实"), on: id, by: PlayOffice.reviewer)
            let prepared = try await prepare(play, by: Self.otherCashier)
            #expect(prepared.file.payments == 1)
            _ = try await release(prepared.file.id, play)
            #expect(try await document(prepared.file.id, play).contains("62220299"))
        }
    }

    @Test(arguments: Place.all)
    func `an answer to another file, or with a number it has not, is refused whole`(
        on place: Place
    ) async throws {
        try await withWaiting(1, on: place) { play, files in
            let prepared = try await prepare(play)
            let id = prepared.file.id
            let number = Payout.number(for: files[0].id, attempt: 1)
            let time = "2024-06-03T15:00:00+08:00"
            let early = TestBank.answer(to: id, "R0", at: time, [(number, "ACSC")])
            await #expect(throws: WorkflowError.paymentFileNotReleased(id)) {
                _ = try await take(early, play)
            }
            _ = try await release(id, play)
            let other = TestBank.answer(to: "SYPF1-1", "R1", at: time, [(number, "ACSC")])
            await #expect(throws: WorkflowError.noSuchPaymentFile("SYPF1-1")) {
                _ = try await take(other, play)
            }
            let wrong = TestBank.answer(
                to: id, "R2", at: time, [(number, "ACSC"), ("SY000P1", "ACSC")])
            await #expect(throws: PaymentReportError.unknownNumber("SY000P1")) {
                _ = try await take(wrong, play)
            }
            #expect(try await play.show(files[0].id).stage == .paying)
        }
    }
}
