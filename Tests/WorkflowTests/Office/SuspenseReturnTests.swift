import Banking
import Casework
import Ledger
import Store
import Testing

@testable import Workflow

/// A payout that came back without its number is named by two people.
@Suite struct SuspenseReturnTests {
    private static let day = Day("2024-06-03")!

    /// The platform's statement of the day, from the top-up on.
    private func take(
        _ lines: [(fen: Int64, text: String)], on day: Day = day, opening: Int64 = 0,
        _ play: PlayOffice
    ) async throws -> StatementImport {
        var balance = opening
        let all = opening == 0 ? [(1_000_000_00, "划转 t0")] + lines : lines
        let booked = all.map { line in
            balance += line.0
            return StatementLine(
                bookedOn: day, amount: Money(fen: line.0), counterpartyName: nil,
                remittance: line.1, balanceAfter: Money(fen: balance))
        }
        let statement = Statement(
            account: play.office.books.platformNumber, id: "\(day) \(opening)", from: day, to: day,
            opening: Money(fen: opening), closing: Money(fen: balance), lines: booked)
        let bytes = Array(writeCamt053(statement, createdAt: Zone.china.moment(of: day)).utf8)
        return try await play.office.work { try $0.importStatement(bytes, by: PlayOffice.cashier) }
    }

    private func lying(_ play: PlayOffice) async throws -> [StatementLineRow] {
        try await play.office.read { try $0.linesInSuspense(limit: 10) }
    }

    private func propose(
        _ line: StatementLineRow, _ number: String, _ play: PlayOffice, amount: Money? = nil
    ) async throws -> SuspenseClaim {
        try await play.office.work { work in
            try work.proposeSuspense(
                key: line.key, on: line.account, as: .payoutReturn(number), amount: amount,
                reason: "金额与账户相符", by: PlayOffice.cashier)
        }
    }

    private func confirm(_ claim: SuspenseClaim, _ play: PlayOffice) async throws {
        _ = try await play.office.work {
            try $0.confirmSuspense(claim.number, by: PlayOffice.accountant)
        }
    }

    private func totals(_ play: PlayOffice) async throws -> [Int64] {
        try await play.office.read { [books = play.office.books] transaction in
            let book = try transaction.wholeBook(books, at: play.clock.now)
            return [Chart.suspense, Chart.payable, Chart.platform].map { book.total($0).fen }
        }
    }

    /// A payout of 800 that arrived; its number.
    private func paid(_ play: PlayOffice, order: String = "R1") async throws -> (Case, String) {
        let file = try await play.file(800, order: order)
        try await play.pass(minutes: 90)
        return (try await play.show(file.id), Payout.number(for: file.id, attempt: 1))
    }

    @Test(arguments: Place.all)
    func `what came back is owed again when two have said so, and is paid once`(on place: Place)
        async throws
    {
        try await withOffice(on: place) { play in
            let (file, number) = try await paid(play)
            // It names the case and no payout: the next payout of the case would fit as well.
            let done = try await take(
                [(-80_000, "商家转账 \(number)"), (80_000, "退回 \(file.id)")], play)
            #expect(done.matched == ["transfer": 1, "payout": 1, "suspense": 1])
            let line = try #require(try await lying(play).first)
            let claim = try await propose(line, number, play)
            // Said, and not agreed to: nothing is owed, and nobody else may say the same.
            #expect(try await totals(play) == [-80_000, 0, 1_000_000_00])
            await #expect(throws: WorkflowError.self) { try await propose(line, number, play) }
            let both = Actor(name: "cashier", roles: [.cashier, .accountant])
            await #expect(throws: WorkflowError.anotherPersonNeeded("confirmSuspense", both)) {
                try await play.office.work { try $0.confirmSuspense(claim.number, by: both) }
            }
            try await confirm(claim, play)
            #expect(try await totals(play) == [0, -80_000, 1_000_000_00])
            #expect(
                try await play.show(file.id).payouts.map(\.state) == [
                    .bounced(reason: "suspense/\(claim.number)")
                ])
            #expect(try await lying(play).isEmpty)
            await #expect(throws: WorkflowError.claimDecided(claim.number)) {
                try await confirm(claim, play)
            }
            // The wallet says it as well, and a statement once more: nothing of it is booked or paid again.
            try await play.perform(
                .payoutAnswered(number: number, .bounced(reason: "退票")), on: file.id, by: .office)
            try await play.perform(.reissuePayout(nil), on: file.id, by: PlayOffice.cashier)
            try await play.pass(minutes: 90)
            let second = Payout.number(for: file.id, attempt: 2)
            let more = try await take(
                [(-80_000, "商家转账 \(second)"), (80_000, "商家转账退回 \(number)")],
                opening: 1_000_000_00, play)
            #expect(more.matched == ["payout": 1, "suspense": 1])
            let again = try #require(try await lying(play).first)
            await #expect(throws: Refusal.payoutReturned(number: number)) {
                try await propose(again, number, play)
            }
            #expect(try await play.show(file.id).payouts.map(\.isOpen) == [false, false])
            #expect(try await totals(play) == [-80_000, 0, 1_000_000_00])
            let unmet = try await play.office.read { [fund = play.office.books.fund] in
                try $0.unmetCash(fund, Posting.platform)
            }
            #expect(unmet.isEmpty)
        }
    }

    @Test(arguments: Place.all)
    func `what is no return of that payout is refused, and says why`(on place: Place) async throws {
        try await withOffice(on: place) { play in
            let (_, number) = try await paid(play)
            let open = try await play.file(
                play.filing(
                    500, order: "R2",
                    payee: Payee(
                        account: "622202123450", name: "李雷",
                        bank: .init(name: "工商银行三亚分行", number: "102641000018"))))
            let waiting = Payout.number(for: open.id, attempt: 1)
            _ = try await take(
                [(-80_000, "商家转账 \(number)"), (80_000, "退回"), (50_000, "退回"), (90_000, "退回")],
                play)
            let lines = try await lying(play)
            let (half, whole, more) = (lines[at: 50_000], lines[at: 80_000], lines[at: 90_000])
            await #expect(throws: Refusal.payoutUnknown(number: "SY99P1")) {
                try await propose(try #require(whole), "SY99P1", play)
            }
            await #expect(throws: Refusal.payoutNotConfirmed(number: waiting)) {
                try await propose(try #require(half), waiting, play)
            }
            for line in [half, more].compactMap({ $0 }) {
                await #expect(
                    throws: Refusal.returnDiffers(line.amount, payout: Money(fen: 80_000))
                ) { try await propose(line, number, play) }
            }
            // By bank: its money does not come back to the platform.
            try await play.perform(
                .payoutAnswered(number: waiting, .confirmed(on: Self.day)), on: open.id, by: .office
            )
            await #expect(throws: WorkflowError.self) {
                try await propose(try #require(half), waiting, play)
            }
            // Of a line that holds more, the payout's own amount is taken, and the rest goes on lying there.
            let claim = try await propose(
                try #require(more), number, play, amount: Money(fen: 80_000))
            // One payout comes back in one line.
            await #expect(throws: WorkflowError.self) {
                try await propose(try #require(whole), number, play)
            }
            try await confirm(claim, play)
            #expect(try await lying(play).count == 3)
            #expect(try await totals(play)[0] == -(80_000 + 50_000 + 10_000))
        }
    }

    @Test(arguments: Place.all)
    func `a return that the wallet told of meanwhile is the same money, and counts once`(
        on place: Place
    ) async throws {
        try await withOffice(on: place) { play in
            let (file, number) = try await paid(play)
            _ = try await take([(-80_000, "商家转账 \(number)"), (80_000, "退回")], play)
            let line = try #require(try await lying(play).first)
            let claim = try await propose(line, number, play)
            try await play.perform(
                .payoutAnswered(number: number, .bounced(reason: "退票")), on: file.id, by: .office)
            // Booked twice so far: the books hold more than the platform.
            #expect(try await totals(play) == [-80_000, -80_000, 1_000_800_00])
            try await confirm(claim, play)
            #expect(try await totals(play) == [0, -80_000, 1_000_000_00])
            let (unmet, obstacles) = try await play.office.work { work in
                (
                    try work.transaction.unmetCash(work.books.fund, Posting.platform),
                    try work.obstacles(toClosing: .day(Self.day)).filter {
                        $0.field.hasPrefix("platform")
                    }
                )
            }
            #expect(unmet.isEmpty && obstacles.isEmpty, "\(obstacles)")
            #expect(try await play.show(file.id).payouts.count == 1)
        }
    }

    @Test(arguments: Place.all)
    func `two people and the wallet at once say one thing, and it is booked once`(
        on place: Place
    ) async throws {
        try await withOffice(on: place) { play in
            for (index, order) in ["T1", "T2", "T3", "T4"].enumerated() {
                let (file, number) = try await paid(play, order: order)
                let opening: Int64 = index == 0 ? 0 : 1_000_000_00
                _ = try await take(
                    [(-80_000, "商家转账 \(number)"), (80_000, "退回 T\(index)")], opening: opening,
                    play)
                let claim = try await propose(
                    try #require(try await lying(play).first), number, play)
                async let first: Void = confirm(claim, play)
                async let second = play.perform(
                    .payoutAnswered(number: number, .bounced(reason: "退票")), on: file.id,
                    by: .office)
                _ = try await (first, second)
                let owed = Int64(index + 1) * -80_000
                #expect(try await totals(play) == [0, owed, 1_000_000_00])
                #expect(try await lying(play).isEmpty)
            }
        }
    }

    @Test(arguments: Place.all)
    func `a proposal that a statement has overtaken is refused, and can be rejected`(
        on place: Place
    ) async throws {
        try await withOffice(on: place) { play in
            let (file, number) = try await paid(play)
            _ = try await take([(-80_000, "商家转账 \(number)"), (80_000, "退回")], play)
            let claim = try await propose(
                try #require(try await lying(play).first), number, play)
            _ = try await take(
                [(80_000, "商家转账退回 \(number)")], opening: 1_000_000_00, play)
            await #expect(throws: Refusal.payoutReturned(number: number)) {
                try await confirm(claim, play)
            }
            _ = try await play.office.work {
                try $0.rejectSuspense(claim.number, by: PlayOffice.accountant)
            }
            #expect(try await totals(play)[1] == -80_000)
            #expect(try await lying(play).count == 1)
            #expect(try await play.show(file.id).payouts.count == 1)
        }
    }
}

extension [StatementLineRow] {
    fileprivate subscript(at fen: Int64) -> StatementLineRow? {
        first { $0.amount == Money(fen: fen) }
    }
}
