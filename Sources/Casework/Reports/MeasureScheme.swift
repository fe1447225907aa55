extension Measure {
    package static let complaints = Measure(
        "complaints", Words("承接投诉总量", "complaints"),
        Words("本期登记的投诉件。", "Complaints registered in the period."), .count([.complaint]))
    package static let enrolledComplaints = Measure(
        "complaints-enrolled", Words("涉诚信商家投诉", "complaints about enrolled merchants"),
        Words(
            "其中被投诉商家在消费当日属于诚信商家名单的。",
            "Of them, those about a merchant on the scheme's list on the day of purchase."),
        .count([.enrolledComplaint]))
    package static let eligible = Measure(
        "eligible", Words("符合先行赔付条件", "eligible for an advance"),
        Words("经规则判定可由资金先行赔付的诉求件。", "Items for which the rules let the fund pay first."),
        .count([.eligible]))
    package static let eligibleShare = Measure(
        "eligible-share", Words("符合条件占比", "eligible share"),
        Words("投诉件中符合先行赔付条件的占比。", "Of complaints, those eligible for an advance."),
        .rate([.eligible], of: [.complaint]))
    package static let advanced = Measure(
        "advanced", Words("启用先行赔付", "advances"),
        Words(
            "动用了资金的诉求件：冻结的和小额快赔的，不论后来是否退回。",
            "Items for which money was committed, reserved or quick-paid, whatever came back later."
        ),
        .count([.advanced]))
    package static let advancedMoney = Measure(
        "advanced-money", Words("先行赔付金额", "advanced, gross"),
        Words(
            "启用金额：冻结金额与小额快赔金额之和，不扣除后来退回资金池的。",
            "Reserved and quick-paid together, without taking off what returned to the pool."),
        .money([.reservedFen, .quickPaidFen]))
    package static let quickPaid = Measure(
        "quick-paid", Words("小额快赔笔数", "quick pays"),
        Words("即诉即赔、不冻结的诉求件。", "Items paid at once, without a reservation."),
        .count([.quickPaid]))
    package static let quickPaidMoney = Measure(
        "quick-paid-money", Words("小额快赔金额", "quick-paid"),
        Words("小额快赔的金额。", "What was paid at once."), .money([.quickPaidFen]))
    package static let reservedMoney = Measure(
        "reserved-money", Words("冻结金额", "reserved"),
        Words("冻结过的金额，不论后来如何。", "What was reserved, whatever became of it."),
        .money([.reservedFen]))
    package static let releasedMoney = Measure(
        "released-money", Words("解冻付给游客金额", "released"),
        Words("冻结后付给游客的金额。", "Of the reserved, what went to tourists."),
        .money([.releasedFen]))
    package static let returnedMoney = Measure(
        "returned-money", Words("退回资金池金额", "returned to the pool"),
        Words("冻结后退回资金池的金额。", "Of the reserved, what went back to the pool."),
        .money([.returnedFen]))
    package static let withoutAdvance = Measure(
        "without-advance", Words("未动用先行赔付解决", "solved without an advance"),
        Words(
            "未动用资金、商家已付清的诉求件。",
            "Items that the merchant settled before any money of the fund was committed."),
        .count([.withoutAdvance]))
    package static let withoutAdvanceMoney = Measure(
        "without-advance-money", Words("未动用先行赔付挽回金额", "recovered without an advance"),
        Words("其中商家直接付给游客的金额。", "What merchants paid tourists in these items."),
        .money([.withoutAdvanceFen]))
    package static let advancedAndRecovered = Measure(
        "advanced-and-recovered", Words("合计金额", "advanced and recovered together"),
        Words(
            "先行赔付金额与未动用先行赔付挽回金额之和。",
            "Advanced, gross, and recovered without an advance together."),
        .money([.reservedFen, .quickPaidFen, .withoutAdvanceFen]))
    package static let recoveredMoney = Measure(
        "recovered-money", Words("为游客挽回损失", "recovered for consumers"),
        Words(
            "游客实际拿回的金额，不论由商家还是由资金支付。",
            "What tourists have in hand, from the merchant or from the fund."),
        .money([.recoveredFen]))

    static let scheme = [
        complaints, enrolledComplaints, eligible, eligibleShare, advanced, advancedMoney,
        quickPaid, quickPaidMoney, reservedMoney, releasedMoney, returnedMoney, withoutAdvance,
        withoutAdvanceMoney, advancedAndRecovered, recoveredMoney,
    ]

    // MARK: Merchants

    package static let advanceRate = Measure(
        "advance-rate", Words("投诉先行赔付率", "advance rate"),
        Words("投诉件中动用了资金的占比。", "Of complaints, those for which money was committed."),
        .rate([.advanced], of: [.complaint]))
    package static let recoverableMoney = Measure(
        "recoverable-money", Words("应追偿金额", "recoverable"),
        Words("商家应偿还资金的金额。", "What merchants came to owe the fund."),
        .money([.recoverableFen]))
    package static let recoveryRate = Measure(
        "recovery-rate", Words("追偿到账率", "recovery rate"),
        Words("应追偿金额中已到账的占比。", "Of what merchants came to owe, what they paid."),
        .rate([.repaidFen], of: [.recoverableFen]))
    package static let defaultRate = Measure(
        "default-rate", Words("逾期不偿还率", "recovery default rate"),
        Words(
            "已追偿的诉求件中，商家未在期限内偿还的占比。",
            "Of recoveries, those a merchant did not pay within the limit."),
        .rate([.inDefault], of: [.recoverable]))

    static let merchants = [advanceRate, recoverableMoney, recoveryRate, defaultRate]

    // MARK: Control

    package static let riskFlagged = Measure(
        "risk-flagged", Words("风险提示件", "risk alerts"),
        Words("出现风险信号的诉求件；信号不等于认定。", "Items with a sign of risk; a sign accuses nobody."),
        .count([.riskFlagged]))
    package static let riskHitRate = Measure(
        "risk-hit-rate", Words("风险命中率", "alert hit rate"),
        Words("经人工核查的风险提示件中，核实的占比。", "Of alerts a person looked into, those confirmed."),
        .rate([.riskConfirmed], of: [.riskChecked]))
    package static let overridden = Measure(
        "overridden", Words("人工改变规则件", "overrides"),
        Words("由人工绕过或改变规则结果的诉求件，事由留痕。", "Items in which a person went around a rule."),
        .count([.overridden]))
    package static let attempted = Measure(
        "refused-attempts", Words("越权被拒件", "refused attempts"),
        Words(
            "有人试图独自完成须由他人复核的步骤而被拒绝的诉求件。",
            "Items in which somebody tried alone what takes another person, and was refused."),
        .count([.attempted]))

    static let control = [riskFlagged, riskHitRate, overridden, attempted]
}
