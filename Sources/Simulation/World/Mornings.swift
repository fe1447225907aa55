import Banking
import Casework
import Ledger
import Store
import Workflow

/// The money's people: grants, top-ups, payment files, statements, suspense, closing.
extension Simulation {
    /// Opens the books, enrols the merchants, and enters what happens by itself.
    func prepare() async throws {
        let day = Zone.china.day(at: time.now)
        guard let office = anyOffice else { return }
        try await office.work { [staff] work in
            for number in 1...Firms.count {
                _ = try work.enrol(
                    Firms.id(number), name: Firms.name(number), trade: Firms.trade(number),
                    by: staff.administrator)
                guard number < Firms.count else { continue }
                _ = try work.changeStanding(
                    of: Firms.id(number),
                    StandingChange(
                        .enrolled, from: day.advanced(by: -300), reason: "入册",
                        agreement: "质保\(number)"),
                    by: staff.administrator)
            }
        }
        try await enterContacts(of: 1...Firms.count)
        let grant = Int64(chance.int(3_000_000...30_000_000))
        try await move(.grant(fen: grant, day), "G0")
        try await move(.topUp(fen: grant / 2, day), "T0")
        enterNextComplaint(1)
        enterNextCall(1)
        agenda.enter(
            .morning(day.advanced(by: 1)),
            at: Zone.china.moment(of: day.advanced(by: 1), minutes: 8 * 60 + 30))
        if manner.hasSkew { agenda.enter(.clock, at: time.now.advanced(byMinutes: 30)) }
        agenda.enter(.restart, at: time.now.advanced(byMinutes: chance.int(60...2_000)))
        enterNextPost()
        wallet.plant(planted)
        post.plant(planted)
    }

    /// The bank moves the money, then somebody writes it down.
    private func move(_ booking: Pending.Booking, _ id: String) async throws {
        let today = Zone.china.day(at: time.now)
        switch booking {
        case .grant(let fen, _): bank.book(fen, on: today, text: "拨付 \(id)", from: "财政局")
        case .topUp(let fen, _):
            bank.book(-fen, on: today, text: "划转支付平台 \(id)")
            wallet.topUp(fen, reference: id)
        }
        try await book(Pending(key: id, what: .booking(booking)), on: anyServer())
    }

    func book(_ one: Pending, on server: Int) async throws {
        guard case .booking(let booking) = one.what else { return }
        let (id, cashier) = (one.key, chance.pick(staff.cashiers))
        let outcome = try await attempt("booking \(id)", on: server) { work in
            switch booking {
            case .grant(let fen, let day):
                _ = try work.appropriate(
                    Money(fen: fen), id: id, reason: "拨付", on: day, by: cashier)
            case .topUp(let fen, let day):
                _ = try work.transfer(
                    Money(fen: fen), toPlatform: true, id: id, on: day, by: cashier)
            }
        }
        switch outcome {
        case .done: if chance.happens(100) { later(one) }
        case .failed, .unknown: later(one)
        case .refused: wrong.append("\(id) moved at the bank, and the books refuse it")
        }
    }

    func morning(of day: Day) async throws {
        action = "the morning of \(day)"
        bank.pass(to: day.advanced(by: -1))
        plantReturn(on: day.advanced(by: -1))
        bookBankItems(on: day)
        try await payByBank(on: day)
        let yesterday = day.advanced(by: -1)
        collectStatements(through: yesterday)
        try await importStatements()
        try await clearSuspense()
        try await close(yesterday)
        if wallet.books.account.balance_fen < 2_000_000, bank.account.balance_fen > 3_000_000 {
            try await move(.topUp(fen: 1_500_000, day), "T\(report.steps)")
        }
        if chance.happens(150) {
            try await move(
                .grant(fen: Int64(chance.int(100_000...5_000_000)), day), "G\(report.steps)")
        }
    }

    private func bookBankItems(on day: Day) {
        if chance.happens(100) { bank.book(-2_000, on: day, text: "账户管理手续费") }
        if chance.happens(60) { bank.book(Int64(chance.int(1...900)), on: day, text: "结息") }
        if chance.happens(200) {
            bank.book(
                Int64(chance.int(100...90_000)), on: day, text: chance.pick(["转账", "货款", "谢谢"]),
                from: "路人\(chance.int(1...5))")
        }
    }

    // MARK: Payment files

    private func payByBank(on day: Day) async throws {
        let cashier = chance.pick(staff.cashiers)
        let today = Zone.china.day(at: time.now)
        let prepared = try await attempt("payment file", on: anyServer()) {
            try $0.preparePayments(executionOn: today, by: cashier).file.id
        }
        if let id = prepared.value { files.append(id) }
        for id in files {
            let releaser =
                chance.happens(100) ? cashier : chance.pick(staff.accountants + [staff.chief])
            _ = try await attempt("release \(id)", on: anyServer()) {
                _ = try $0.releasePayments(id, by: releaser)
            }
            let document = try await attempt("document of \(id)", on: anyServer()) {
                try $0.paymentDocument(id, for: cashier)
            }
            // Handed in twice now and then: the bank pays it once.
            guard let text = document.value else { continue }
            if !chance.happens(200) { files.removeAll { $0 == id } }
            answers += bank.take(text, at: time.now)
        }
        while let answer = answers.first {
            let outcome = try await attempt("the bank's answer", on: anyServer()) {
                _ = try $0.takePaymentReport(Array(answer.utf8), by: cashier)
            }
            switch outcome {
            case .done: answers.removeFirst()
            case .refused:
                wrong.append("the bank's answer was refused")
                answers.removeFirst()
            case .failed, .unknown: return
            }
        }
    }

    // MARK: Statements

    func collectStatements(through day: Day) {
        for statement in [bank.statement(through: day), wallet.statement(through: day)] {
            guard let statement else { continue }
            let format = chance.int(0...2)
            let text =
                switch format {
                case 0: writeCamt053(statement, createdAt: time.now)
                case 1: writeMT940(statement)
                default: writeCorporateCSV(statement)
                }
            statements.append(.init(bytes: Array(text.utf8), saysItsEnd: format < 2))
        }
    }

    func importStatements() async throws {
        let cashier = chance.pick(staff.cashiers + staff.accountants)
        while let bytes = statements.first?.bytes {
            if chance.happens(80), statements.first?.saysItsEnd == true {
                // Cut off on the way: refused whole.
                let half = Array(bytes.prefix(bytes.count * 2 / 3))
                expectsRubbish = true
                let outcome = try await attempt("a damaged statement", on: anyServer()) {
                    _ = try $0.importStatement(half, by: cashier)
                }
                expectsRubbish = false
                if outcome.value != nil { wrong.append("a statement without its end was taken") }
            }
            let outcome = try await attempt("a statement", on: anyServer()) {
                try $0.importStatement(bytes, by: cashier).isRepeat
            }
            switch outcome {
            case .done:
                if chance.happens(800) { statements.removeFirst() }
            case .refused:
                wrong.append("a sound statement was refused")
                statements.removeFirst()
            case .failed, .unknown: return
            }
        }
    }

    /// Everything that was not stated yet, for the end of the run.
    func stateEverything() async throws {
        let today = Zone.china.day(at: time.now)
        let last = max(today, bank.account.lines.last?.bookedOn ?? today)
        collectStatements(through: last)
        try await importStatements()
    }

    // MARK: Suspense and closing

    private func clearSuspense() async throws {
        guard let office = anyOffice else { return }
        let lines = try await office.read { try $0.linesInSuspense(limit: 3) }
        for line in lines where line.amount.isPositive && chance.happens(600) {
            let target = target(of: line)
            let proposer = chance.pick(staff.cashiers + staff.accountants)
            let proposed = try await attempt("suspense as \(target)", on: anyServer()) {
                try $0.proposeSuspense(
                    key: line.key, on: line.account, as: target, amount: nil, reason: "核对",
                    by: proposer
                ).number
            }
            guard let number = proposed.value else { continue }
            let judge = chance.pick(staff.accountants + staff.supervisors)
            let agrees = chance.happens(800)
            _ = try await attempt("suspense \(number)", on: anyServer()) {
                _ =
                    try agrees
                    ? $0.confirmSuspense(number, by: judge) : $0.rejectSuspense(number, by: judge)
            }
        }
    }

    private func close(_ day: Day) async throws {
        guard day >= Zone.china.day(at: start), chance.happens(800) else { return }
        var periods: [Period] = [.day(day)]
        if Period.month(of: day).lastDay == day { periods.append(.month(of: day)) }
        if Period.year(of: day).lastDay == day { periods.append(.year(of: day)) }
        for period in periods {
            let proposer = chance.pick(staff.accountants)
            let judge = chance.pick(staff.accountants + [staff.chief] + staff.supervisors)
            _ = try await attempt("put forward \(period.firstDay)", on: anyServer()) {
                _ = try $0.proposeClosing(period, by: proposer)
            }
            _ = try await attempt("close \(period.firstDay)", on: anyServer()) {
                _ = try $0.close(period, by: judge)
            }
        }
    }

    /// What those who read files say of one that is damaged.
    func isExpected(_ error: any Error) -> Bool {
        expectsRubbish && error is StatementError
    }
}
