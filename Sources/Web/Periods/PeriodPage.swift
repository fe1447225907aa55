import Casework
import Ledger
import Store
import Workflow

/// One period: what stands in the way of its closing, and who may do the next step.
struct PeriodPage {
    let call: Call
    let state: ClosingState

    private var parts: Parts { call.parts }

    func answer() -> Answer {
        let period = state.period
        return MoneyFrame(call: call).page(
            MoneyText.periods, at: .period(period), below: .periods,
            """
            <section class="lead">\(parts.crumb(.periods, MoneyText.periods))
            <h1>\(period.description)</h1>
            <p>\(standing)</p>
            \(parts.list([
                (Phrase("起止", "Days"), "\(parts.day(period.firstDay)) – \(parts.day(period.lastDay))"),
                (Phrase("提请", "Put forward"), state.proposal.map { "\($0.proposedBy) · \(parts.time(Timestamp(call.zone.text($0.proposedAt))))" }),
            ]))
            <p class="offers">\(parts.button(.periodAccounts(period), MoneyText.accounts, isFirst: false))</p></section>
            \(offers)
            \(state.isClosed ? nil : parts.section(MoneyText.obstacles, "obstacles", obstacles))
            """
        ).answer()
    }

    private var standing: HTML {
        if state.isClosed { return parts.pace(.inTime, parts.say(MoneyText.isClosed)) }
        return state.proposal == nil
            ? parts.pace(.still, parts.say(MoneyText.isOpen))
            : parts.pace(.soon, parts.say(MoneyText.isProposed))
    }

    private var offers: HTML? {
        guard !state.isClosed, state.obstacles.isEmpty else { return nil }
        let period = state.period.description
        var buttons: [HTML] = []
        var note: HTML?
        if let proposal = state.proposal, call.visitor.may(.closePeriod) {
            if proposal.proposedBy == call.actor.name {
                note = "<p class=\"quiet\">\(parts.say(MoneyText.ownClosing))</p>"
            } else {
                buttons.append(
                    parts.button(.form("periods", period, "closing"), MoneyText.close))
            }
        }
        if state.proposal == nil, call.visitor.may(.proposeClosing) {
            buttons.append(
                parts.button(.form("periods", period, "proposal"), MoneyText.proposeClosing))
        }
        guard let offers = parts.offers(buttons) else { return note }
        return "\(note)\(offers)"
    }

    private var obstacles: HTML {
        guard !state.obstacles.isEmpty else {
            return "<p>\(parts.pace(.inTime, parts.say(MoneyText.noObstacles)))</p>"
        }
        let items: [HTML] = state.obstacles.map { problem in
            let place = problem.field.split(separator: ".").first.map(String.init) ?? ""
            return
                "<li><strong>\(parts.say(Self.place(place)))</strong> \(parts.say(Phrase(problem.chinese, problem.english)))</li>\n"
        }
        return """
            <ul class="notice">\(items)</ul>
            <p class="offers">\(parts.button(.statements, MoneyText.statements, isFirst: false))</p>
            """
    }

    private static func place(_ name: String) -> Phrase {
        switch name {
        case "bank": Word.bank.phrase
        case "platform": Word.platform.phrase
        default: MoneyText.periods
        }
    }
}

/// The statement of the fund and the trial balance of a period, for paper.
struct PeriodAccountsPage {
    let call: Call
    let period: Period
    let accounts: PeriodAccounts

    private var parts: Parts { call.parts }

    func answer() -> Answer {
        MoneyFrame(call: call).page(
            MoneyText.accounts, at: .periodAccounts(period), below: .periods,
            """
            <section class="lead">\(parts.crumb(.period(period), MoneyText.periods))
            <h1>\(parts.say(MoneyText.fundStatement)) \(period.description)</h1>
            <p>\(call.office.books.fund) · \(parts.day(period.firstDay)) – \(parts.day(period.lastDay))</p></section>
            <section>\(statement)</section>
            \(parts.section(MoneyText.trialBalance, "balance", balance))
            <p class="signatures">\(parts.say(MoneyText.signatures))</p>
            """
        ).answer()
    }

    private var statement: HTML {
        let (opening, moved, closing) = (
            accounts.statement.opening, accounts.statement.moved, accounts.statement.closing
        )
        let lines: [(Phrase, Money)] = [
            (Phrase("期初现金", "Opening cash"), opening.cash),
            (Phrase("期初可用", "Opening spendable"), opening.spendable),
            (Phrase("拨付、补充", "Granted"), moved.appropriated),
            (Phrase("启用（冻结及快赔）", "Approved, gross"), moved.approved),
            (Phrase("其中：冻结", "of it reserved"), moved.reservedGross),
            (Phrase("其中：即诉即赔", "of it paid at once"), moved.quickPaid),
            (Phrase("其中：费用免除", "of it fees waived"), moved.feesWaived),
            (Phrase("解冻付给游客", "Released to tourists"), moved.released),
            (Phrase("退回资金池", "Returned to the pool"), moved.returned),
            (Phrase("到期退回", "Lapsed"), moved.lapsed),
            (Phrase("赔付到账", "Paid out"), moved.paidOut),
            (Phrase("应追偿", "Recoverable, gross"), moved.recoverableGross),
            (Phrase("已追偿", "Recovered"), moved.recovered),
            (Phrase("抗辩成立", "Defended"), moved.defended),
            (Phrase("游客退还", "Repaid by tourists"), moved.repaidByTourists),
            (Phrase("核销", "Written off"), moved.writtenOff),
            (Phrase("核销后收回", "Recovered after write-off"), moved.recoveredAfterWriteOff),
            (Phrase("利息", "Interest"), moved.interest),
            (Phrase("手续费", "Bank fees"), moved.bankFees),
            (Phrase("期末现金", "Closing cash"), closing.cash),
            (Phrase("期末冻结", "Closing reserved"), closing.reserved),
            (Phrase("期末应付", "Closing payable"), closing.payable),
            (Phrase("期末待查", "Closing suspense"), closing.suspense),
            (Phrase("期末应追偿", "Closing receivable"), closing.receivable),
            (Phrase("期末可用", "Closing spendable"), closing.spendable),
        ]
        return parts.table(
            [.text("项目", "Item"), .number("金额", "Amount")],
            lines.map { ["\(parts.say($0))", parts.yuan($1)] },
            label: parts.say(MoneyText.fundStatement))
    }

    private var balance: HTML {
        let sheet = accounts.balance
        var rows: [[HTML]] = sheet.rows.map { row in
            [
                "<code>\(row.account.description)</code> \(parts.say(Phrase(row.chinese, row.english)))",
                parts.yuan(row.debits), parts.yuan(row.credits), parts.yuan(row.balance),
            ]
        }
        rows.append([
            "<strong>\(parts.word(.total))</strong>", parts.yuan(sheet.debits),
            parts.yuan(sheet.credits), "–",
        ])
        return parts.table(
            [
                .text("科目", "Account"), .number("借方发生额", "Debits"),
                .number("贷方发生额", "Credits"), .number("余额（借方为正）", "Balance (debit +)"),
            ], rows, label: parts.say(MoneyText.trialBalance))
    }
}
