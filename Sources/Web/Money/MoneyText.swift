/// Texts that only the pages of the money use.
enum MoneyText {
    static let money = Phrase("财务", "Money")
    static let overview = Phrase("概览", "Overview")
    static let statements = Phrase("对账单", "Statements")
    static let suspense = Phrase("待查款", "Suspense")
    static let paymentFiles = Phrase("付款文件", "Payment files")
    static let periods = Phrase("结账", "Closing")

    // Statements
    static let upload = Phrase("导入", "Import")
    static let statementFile = Phrase("对账单文件", "The statement's file")
    static let statementHint = Phrase(
        "camt.053、MT940，或工商银行、支付宝、微信等的CSV；从上一份的期末接着来。",
        "camt.053, MT940, or the CSV of a bank or wallet; it goes on where the last one ended.")
    static let noStatements = Phrase(
        "还没有对账单。从网银下载一份，在这里导入。",
        "No statement yet. Download one from the bank and import it here.")
    static let statementsLead = Phrase(
        "每一行都与账上所待的相认；认不出的记入待查款，账与银行每天一致。",
        "Each line is met with what the books expect; what nobody knows goes to suspense, so that books and bank agree every day."
    )
    static let repeated = Phrase(
        "这份文件此前已导入，没有任何变动。", "This file was imported before; nothing changed.")
    static let fileMissing = Phrase("请选择文件", "choose a file")
    static let sideBySide = Phrase("逐行对照", "Line by line")
    static let sideBySideLead = Phrase(
        "左边是银行的流水，右边是它对应的凭证。",
        "On the left the bank's line, on the right the voucher that stands for it.")
    static let difference = Phrase("账与银行", "Books and bank")
    static let agree = Phrase("一致", "agree")
    static let differ = Phrase("不一致", "differ")
    static let unmet = Phrase("账上有、对账单还没有的", "In the books, in no statement yet")
    static let unmetLead = Phrase(
        "已入账的收付，银行流水里还没有出现：再导入一份，或查明原因。",
        "Booked money that no line shows yet: import the next statement, or find out why.")
    static let allMet = Phrase("没有：账上的每一笔都在对账单里。", "None: every entry is in a statement.")

    // Suspense
    static let suspenseLead = Phrase(
        "没有人认得的收付。一人提出属于谁，另一人确认后入账。",
        "Money nobody could name. One person proposes whose it is, another confirms, and it is booked."
    )
    static let nothingInSuspense = Phrase("没有待查的流水。", "Nothing lies in suspense.")
    static let ages = Phrase("账龄", "How long it lies")
    static let proposals = Phrase("待另一人决定的认领", "Proposals that wait for another person")
    static let noProposals = Phrase("没有待决定的认领。", "No proposal waits.")
    static let propose = Phrase("提出属于谁", "Propose whose it is")
    static let confirm = Phrase("确认并入账", "Confirm and book")
    static let reject = Phrase("驳回", "Reject")
    static let ownProposal = Phrase("由您提出，须他人决定", "Yours: another person decides")

    // Payments
    static let paymentsLead = Phrase(
        "出纳把待付的编成文件，另一人放行，才能交银行；银行的答复和对账单了结每一笔。",
        "The cashier puts waiting payouts into a file, another person releases it, and only then it may be handed to the bank, whose answer or statement ends each."
    )
    static let waiting = Phrase("等待编入文件的银行付款", "Payouts by bank that wait for a file")
    static let nothingWaits = Phrase("没有等待的银行付款。", "No payout waits for the bank.")
    static let underWay = Phrase("在途的打款", "Payouts under way")
    static let nothingUnderWay = Phrase("没有在途的打款。", "No payout is under way.")
    static let noFiles = Phrase("还没有付款文件。", "No payment file yet.")
    static let bankAnswer = Phrase("银行的答复（pain.002）", "The bank's answer (pain.002)")
    static let download = Phrase("下载交银行的文件", "Download the file for the bank")
    static let release = Phrase("放行", "Release")
    static let withdraw = Phrase("撤回", "Withdraw")
    static let prepare = Phrase("编成付款文件", "Prepare a payment file")
    static let turnBack = Phrase("退回更正", "Turn back")
    static let ownFile = Phrase(
        "您编制了这份文件，须由另一人放行。", "You prepared this file; another person must release it.")
    static let leftOut = Phrase("没有编入的", "What was left out")
    static let paymentsInFile = Phrase("其中各笔", "What is in it")

    // Periods
    static let periodsLead = Phrase(
        "一人提请，另一人同意；结账后不再记账，也不再打开。",
        "One person puts a period forward, another agrees. A closed period takes no voucher and is never opened again."
    )
    static let showPeriod = Phrase("查看", "Show")
    static let whichPeriod = Phrase("日、月或年", "Day, month or year")
    static let periodHint = Phrase("如 2025-03-08、2025-03、2025", "such as 2025-03-08, 2025-03, 2025")
    static let closedThrough = Phrase("已结至", "Closed through")
    static let nextDay = Phrase("下一个要结的日子", "The next day to close")
    static let waitingProposals = Phrase("待另一人同意", "Waiting for another person")
    static let closedPeriods = Phrase("已结的月与年", "Closed months and years")
    static let noClosedPeriods = Phrase("还没有结过月或年。", "No month or year is closed yet.")
    static let obstacles = Phrase("还差什么", "What stands in the way")
    static let noObstacles = Phrase(
        "没有障碍：账与银行一致到分。", "Nothing: books and bank agree to the fen.")
    static let isClosed = Phrase("已结账", "Closed")
    static let isProposed = Phrase("已提请，待另一人同意", "Put forward; another person must agree")
    static let isOpen = Phrase("未结", "Open")
    static let proposeClosing = Phrase("提请结账", "Put forward")
    static let close = Phrase("同意结账", "Agree and close")
    static let ownClosing = Phrase(
        "由您提请，须另一人同意。", "You put it forward; another person must agree.")
    static let accounts = Phrase("资金收支表与科目余额表", "Fund statement and trial balance")
    static let fundStatement = Phrase("资金收支表", "Statement of the fund")
    static let trialBalance = Phrase("科目余额表", "Trial balance")
    static let signatures = Phrase(
        "编制：　　　　　复核：　　　　　日期：", "Drawn up:            Checked:            Date:")

    /// What a statement line was recognised as.
    static func matched(_ kind: String) -> Phrase {
        switch kind {
        case "payout": Phrase("赔付到账", "payout")
        case "payoutReturn": Phrase("退票", "payout returned")
        case "repayment": Phrase("商家偿还", "repayment")
        case "topUp": Phrase("拨付", "grant")
        case "transfer": Phrase("内部划转", "transfer")
        case "fee": Phrase("手续费", "fee")
        case "interest": Phrase("利息", "interest")
        case "reversal": Phrase("冲正", "reversal")
        case "suspense": Phrase("待查", "in suspense")
        default: Phrase(kind, kind)
        }
    }

    static func fileState(_ state: String) -> Phrase {
        switch state {
        case "prepared": Phrase("已编制，待放行", "prepared, to be released")
        case "released": Phrase("已放行", "released")
        case "withdrawn": Phrase("已撤回", "withdrawn")
        default: Phrase(state, state)
        }
    }

    /// - Parameter kind: As `SuspenseClaim.Target.kind` writes it.
    static func target(_ kind: String) -> Phrase {
        switch kind {
        case "case": Phrase("某案的偿还", "a case's repayment")
        case "merchant": Phrase("商家的偿还", "a merchant's repayment")
        case "tourist": Phrase("游客的退还", "a tourist's repayment")
        case "payoutReturn": Phrase("某笔打款的退票", "a payout that came back")
        case "interest": Phrase("利息", "interest")
        case "grant": Phrase("拨付", "a grant")
        default: Phrase(kind, kind)
        }
    }

    /// Some banks name their statements, others do not.
    static func name(of statement: StatementView) -> Phrase {
        if !statement.label.isEmpty { return Phrase(statement.label, statement.label) }
        let (account, position) = (account(statement.account), statement.position)
        return Phrase("\(account.zh)第\(position)份", "\(account.en) no. \(position)")
    }

    static func account(_ code: String) -> Phrase {
        switch code.prefix(4) {
        case "1002": Word.bank.phrase
        case "1012": Word.platform.phrase
        default: Phrase(code, code)
        }
    }
}
