/// The words of the pages, in both languages. A word without a text does not compile.
enum Word: String, Hashable, Sendable, CaseIterable {
    case product, tagline, skip, language, sections
    case fund, fundLead, queue, queueLead, caseWord, caseLead, openCase, caseNumber, back
    case spendable, spendableLead, bank, platform, payable, suspense, reservedNow
    case fiveAmounts, fiveAmountsLead, approved, reservedGross, released, returned, recoverable
    case accounts, account, balance, vouchers, voucher, noVouchers, number, date, reason, debit,
        credit
    case maker, checker, older, newest, source, reverses, corrects
    case byStage, stage, count, noCases, timeLeft, due, clock, merchant, amount, filedAt, bureau
    case claimed, inTime, soon, late, suspendedClock, stoppedClock, noClock, none
    case summary, facts, fact, value, rules, noRules, clause, arithmetic, entitlement, covered
    case notCovered, edition, row, clocks, used, left, limit, suspensions, advance, path
    case approvals, outstanding, payouts, workOrders, recovery, evidence, events, when, what
    case owed, repaid, channel, occurredOn, paid, matter, claimant, notFound, notFoundLead, home
    case cancel, yes, no, chooseOne, optional, oneALine, inYuan, actions, logIn, logOut
    case stars, checkpoints, head, inBooks, inCases
    case problem, total, kind, size, state, order, openCases, openUnit, earlier, who, why

    var phrase: Phrase {
        switch self {
        case .who: Phrase("谁", "Who")
        case .why: Phrase("理由", "Why")
        case .product: Phrase("先行赔付", "Amends")
        case .tagline:
            Phrase("旅游消费投诉 · 先赔后追", "Pay the tourist first, recover from the merchant after")
        case .skip: Phrase("跳到正文", "Skip to content")
        case .language: Phrase("语言", "Language")
        case .sections: Phrase("栏目", "Sections")
        case .stars: Phrase("星级", "Stars")
        case .checkpoints: Phrase("签名检查点", "Signed checkpoints")
        case .head: Phrase("链首", "Head of the chain")
        case .inBooks: Phrase("账上", "In the books")
        case .inCases: Phrase("案件", "In the cases")
        case .cancel: Phrase("取消", "Cancel")
        case .yes: Phrase("是", "Yes")
        case .no: Phrase("否", "No")
        case .chooseOne: Phrase("请选择", "Choose")
        case .optional: Phrase("（可不填）", "(optional)")
        case .oneALine: Phrase("每行一项", "one a line")
        case .inYuan: Phrase("元", "yuan")
        case .actions: Phrase("可以办理", "What you can do")
        case .logIn: Phrase("登录", "Log in")
        case .logOut: Phrase("退出", "Log out")
        case .fund: Phrase("资金", "Fund")
        case .fundLead:
            Phrase(
                "还能承诺多少，钱在哪里，每一张凭证。",
                "What may still be promised, where the money lies, every voucher.")
        case .queue: Phrase("办件队列", "Queue")
        case .queueLead: Phrase("在办件，时限最紧的在前。", "Open cases, the most pressing first.")
        case .caseWord: Phrase("案件", "Case")
        case .caseLead:
            Phrase(
                "案情、命中的规则与算式、时限、经过和凭证。",
                "Facts, rules with their arithmetic, clocks, events, vouchers.")
        case .openCase: Phrase("打开", "Open")
        case .caseNumber: Phrase("案件编号", "Case number")
        case .back: Phrase("返回", "Back")
        case .reverses: Phrase("冲销", "Reverses")
        case .corrects: Phrase("更正", "Corrects")
        case .spendable: Phrase("可用余额", "Spendable")
        case .spendableLead:
            Phrase(
                "银行 + 平台 − 应付 − 待查 − 冻结；任何凭证都不得使它为负。",
                "Bank + platform − payable − suspense − reserved; no voucher may make it negative.")
        case .bank: Phrase("银行专户", "Bank")
        case .platform: Phrase("支付平台", "Platform")
        case .payable: Phrase("应付赔付款", "Payable")
        case .suspense: Phrase("待查款项", "Suspense")
        case .reservedNow: Phrase("冻结中", "Reserved now")
        case .fiveAmounts: Phrase("五个数，从不混用", "Five amounts, never mixed")
        case .fiveAmountsLead:
            Phrase("自账簿开立以来，由凭证重新计算。", "Since the books were opened, recomputed from the vouchers.")
        case .approved: Phrase("启用（冻结与快赔合计）", "Approved (reserved and quick pay)")
        case .reservedGross: Phrase("累计冻结", "Reserved")
        case .released: Phrase("解冻付给游客", "Released to tourists")
        case .returned: Phrase("退回资金池", "Returned to the pool")
        case .recoverable: Phrase("应追偿余额", "Still to recover")
        case .accounts: Phrase("科目余额", "Balances by account")
        case .account: Phrase("科目", "Account")
        case .balance: Phrase("余额", "Balance")
        case .vouchers: Phrase("记账凭证", "Vouchers")
        case .voucher: Phrase("凭证", "Voucher")
        case .noVouchers: Phrase("还没有凭证。", "There are no vouchers yet.")
        case .number: Phrase("编号", "Number")
        case .date: Phrase("日期", "Date")
        case .reason: Phrase("摘要", "Summary")
        case .debit: Phrase("借方", "Debit")
        case .credit: Phrase("贷方", "Credit")
        case .maker: Phrase("经办", "Maker")
        case .checker: Phrase("复核", "Checker")
        case .older: Phrase("更早的凭证", "Older vouchers")
        case .newest: Phrase("最新的凭证", "Newest vouchers")
        case .source: Phrase("来源", "Source")
        case .byStage: Phrase("按阶段", "By stage")
        case .stage: Phrase("阶段", "Stage")
        case .count: Phrase("件数", "Cases")
        case .noCases: Phrase("没有在办件。", "No case is open.")
        case .timeLeft: Phrase("剩余时间", "Time left")
        case .due: Phrase("到期", "Due")
        case .clock: Phrase("时限", "Clock")
        case .merchant: Phrase("商家", "Merchant")
        case .amount: Phrase("金额", "Amount")
        case .filedAt: Phrase("登记时间", "Filed")
        case .bureau: Phrase("承办单位", "Bureau")
        case .claimed: Phrase("诉求金额", "Claimed")
        case .inTime: Phrase("按时", "In time")
        case .soon: Phrase("将到期", "Due soon")
        case .late: Phrase("超期", "Overdue")
        case .suspendedClock: Phrase("中止计时", "Suspended")
        case .stoppedClock: Phrase("已停止", "Stopped")
        case .noClock: Phrase("还没有计时。", "No clock has started yet.")
        case .none: Phrase("无", "None")
        case .summary: Phrase("概况", "Summary")
        case .facts: Phrase("案情要素", "Facts")
        case .fact: Phrase("要素", "Fact")
        case .value: Phrase("内容", "Value")
        case .rules: Phrase("裁定与命中的规则", "Rulings and the rules that hit")
        case .noRules: Phrase("没有规则命中。", "No rule hit.")
        case .clause: Phrase("依据", "Clause")
        case .arithmetic: Phrase("算式", "Arithmetic")
        case .entitlement: Phrase("应得金额", "Entitlement")
        case .covered: Phrase("基金支付", "Paid by the fund")
        case .notCovered: Phrase("基金不支付", "Not paid by the fund")
        case .edition: Phrase("政策版本", "Edition")
        case .row: Phrase("第几行", "Row")
        case .clocks: Phrase("时限与计时", "Clocks")
        case .used: Phrase("已用", "Used")
        case .left: Phrase("剩余", "Left")
        case .limit: Phrase("限时", "Limit")
        case .suspensions: Phrase("中止", "Suspensions")
        case .advance: Phrase("先行赔付款", "Advance")
        case .path: Phrase("方式", "Path")
        case .approvals: Phrase("已同意", "Approved by")
        case .outstanding: Phrase("待同意", "Waits for")
        case .payouts: Phrase("打款", "Payouts")
        case .workOrders: Phrase("工单", "Work orders")
        case .recovery: Phrase("追偿", "Recovery")
        case .evidence: Phrase("证据", "Evidence")
        case .events: Phrase("经过（留痕）", "Audit trail")
        case .when: Phrase("时间", "When")
        case .what: Phrase("事项", "What")
        case .owed: Phrase("尚欠", "Outstanding")
        case .repaid: Phrase("已偿还", "Repaid")
        case .channel: Phrase("渠道", "Channel")
        case .occurredOn: Phrase("发生日", "Happened on")
        case .paid: Phrase("实付", "Paid")
        case .matter: Phrase("事项类别", "Matter")
        case .claimant: Phrase("旅游者", "Tourist")
        case .notFound: Phrase("没有找到", "Not found")
        case .notFoundLead:
            Phrase("这里没有这个页面或案件。请核对编号。", "There is no such page or case. Check the number.")
        case .home: Phrase("首页", "Home")
        case .problem: Phrase("出了问题", "Something went wrong")
        case .total: Phrase("合计", "Total")
        case .kind: Phrase("种类", "Kind")
        case .size: Phrase("大小", "Size")
        case .state: Phrase("状态", "State")
        case .order: Phrase("订单", "Order")
        case .openCases: Phrase("在办件", "Open cases")
        case .openUnit: Phrase("件在办", "open")
        case .earlier: Phrase("先前的裁定", "An earlier ruling")
        }
    }
}
