import Banking
import Casework
import Ledger
import Store

/// The fund's money as the cashier and the accountant see it: grants, top-ups, statements, closed days.
extension Demonstration {
    /// Ten million yuan at the start, part of it on the payment platform.
    private static let grant = Money(fen: 1_000_000_000)
    private static let firstTopUp = Money(fen: 50_000_000)
    private static let topUp = Money(fen: 20_000_000)
    /// Below this the platform is topped up.
    private static let platformFloor = Money(fen: 15_000_000)
    /// How long after the last reported day the world may still go on, in days.
    static let drainLimit = 420

    func openFund() async throws {
        let day = DemoCalendar.start
        try await office.work { [staff] work in
            _ = try work.appropriate(
                Self.grant, id: "G2023", reason: "财政拨付先行赔付资金", on: day, by: staff.cashier)
        }
        bank.book(Self.grant, on: day, text: "财政拨付 G2023", from: "三亚市财政局（演示）")
        try await topUpPlatform(Self.firstTopUp, on: day)
    }

    func enrolMerchants() async throws {
        let merchants = generator.merchants
        try await office.work { [staff] work in
            for merchant in merchants {
                _ = try work.enrol(
                    merchant.id, name: merchant.name, trade: merchant.trade, by: staff.administrator
                )
                for change in merchant.changes where change.from <= DemoCalendar.start {
                    _ = try work.changeStanding(of: merchant.id, change, by: staff.administrator)
                }
            }
        }
        for (number, merchant) in merchants.enumerated() {
            for (index, change) in merchant.changes.enumerated()
            where change.from > DemoCalendar.start {
                agenda.enter(
                    .standing(merchant: number, change: index),
                    at: DemoCalendar.zone.moment(of: change.from))
            }
        }
    }

    func changeStanding(_ number: Int, _ change: Int) async throws {
        let merchant = generator.merchants[number]
        try await office.work { [staff] work in
            _ = try work.changeStanding(
                of: merchant.id, merchant.changes[change], by: staff.supervisors[0])
        }
    }

    func morning(after day: Day) -> Moment {
        DemoCalendar.zone.moment(of: day.advanced(by: 1), minutes: 8 * 60 + 30)
    }

    /// The merchant's transfer reaches the fund's bank account; the office learns of it from the
    /// statement. Most name the case, some only themselves.
    func repay(_ amount: Money, for file: Case) {
        guard let index = indices[file.id] else { return }
        var draws = Draws(people.seed, index, "remittance/\(amount.fen)")
        let text = draws.happens(0.94) ? "归还先行赔付款 \(file.id)" : "归还赔付款"
        bank.book(
            amount, on: DemoCalendar.zone.day(at: clock.now), text: text,
            from: file.filing.merchantName)
    }

    func makeMorning(after day: Day) async throws {
        bookBankItems(on: day)
        let statements = [
            bank.statement(through: day).map { Array(writeCorporateCSV($0).utf8) },
            platform.statement(through: day, of: wallet.book)
                .map { Array(writeCamt053($0, createdAt: clock.now).utf8) },
        ]
        for bytes in statements.compactMap({ $0 }) {
            try await importStatement(bytes)
        }
        try await close(day)
        if wallet.book.available < Self.platformFloor {
            try await topUpPlatform(Self.topUp, on: day.advanced(by: 1))
        }
        let isQuiet = try await nextRound() == nil && agenda.isEmpty && !bank.hasLines
        let isOver = day >= DemoCalendar.end && isQuiet
        if !isOver, DemoCalendar.end.distance(to: day) < Self.drainLimit {
            let next = day.advanced(by: 1)
            agenda.enter(.morning(after: next), at: morning(after: next))
        }
    }

    private func importStatement(_ bytes: [UInt8]) async throws {
        let (done, targets) = try await office.work { [staff] work in
            let done = try work.importStatement(bytes, by: staff.cashier)
            let targets = try done.statements.flatMap { row in
                try work.transaction.lines(of: row.account, statement: row.position)
                    .compactMap(\.target)
            }
            return (done, targets)
        }
        observed.statements += done.statements.count
        observed.suspense += done.inSuspense
        // A payout's number begins with the letters and digits of its case's.
        let cases = targets.flatMap { $0.split(separator: " ") }.compactMap { target in
            CaseNumber.read(target.prefix { $0 != "P" })
        }
        for id in cases where files[id] != nil { try await reload(id) }
    }

    private func close(_ day: Day) async throws {
        do {
            try await office.work { [staff] work in
                _ = try work.proposeClosing(.day(day), by: staff.accountant)
                _ = try work.close(.day(day), by: staff.chiefAccountant)
            }
            observed.daysClosed += 1
            try await closeMonths(through: day)
        } catch WorkflowError.periodNotReady(let problems) {
            observed.daysNotReady += 1
            observed.lastObstacle = "\(day): " + (problems.first.map { "\($0.english)" } ?? "")
        }
    }

    /// Months are closed when their last day is, and years with their last month.
    private func closeMonths(through day: Day) async throws {
        let next = try await office.read { [office] transaction in
            try transaction.closings(office.books.fund, .month).last?.period.next
        }
        let month = next ?? Period.month(of: DemoCalendar.zone.day(at: DemoCalendar.opening))
        guard month.lastDay <= day else { return }
        try await office.work { [staff] work in
            for period in [month] + (month.endsYear ? [Period.year(of: month.lastDay)] : []) {
                _ = try work.proposeClosing(period, by: staff.accountant)
                _ = try work.close(period, by: staff.chiefAccountant)
            }
        }
    }

    private func topUpPlatform(_ amount: Money, on day: Day) async throws {
        let id = "T\(day.description.filter { $0 != "-" })"
        try await office.work { [staff] work in
            _ = try work.transfer(amount, toPlatform: true, id: id, on: day, by: staff.cashier)
        }
        bank.book(Money(fen: -amount.fen), on: day, text: "划转支付平台 \(id)")
        _ = try wallet.topUp(amount, reference: id)
    }

    /// Interest each quarter, a fee each month, and now and then money nobody can place.
    private func bookBankItems(on day: Day) {
        let (_, month, date) = day.components
        guard day <= DemoCalendar.end else { return }
        var draws = Draws(people.seed, day.number, "bank")
        if date == 20, month % 3 == 0 {
            // 0.2 % a year.
            bank.book(Money(fen: bank.balance.fen / 2_000), on: day, text: "结息")
        }
        if date == 28 { bank.book(Money(fen: -2_000), on: day, text: "账户管理手续费") }
        if draws.happens(0.012) {
            bank.book(
                Money(fen: Int64(draws.int(50...3_000)) * 100), on: day, text: "转账",
                from: Names.person(&draws))
        }
    }
}
