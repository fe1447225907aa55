extension Chart {
    /// The books of an advance compensation fund (先行赔付资金).
    ///
    /// The guard `spendable` is the trap of such a fund made a rule: *fund–available* still contains the
    /// money that is tied up in receivables, so what may be promised is counted from the cash side:
    /// bank + platform − payable − suspense − reserved, which in debit-positive balances is a plain sum.
    public static let advanceFund = Chart(
        entries: [
            Entry(bank, "银行专户存款", "Bank", .asset, division: .optional),
            Entry(platform, "支付平台余额", "Platform", .asset, division: .optional),
            Entry(
                receivable, "应收追偿款—商家", "Receivable Merchant", .asset, division: .required,
                mayBeOverdrawn: false),
            Entry(
                consumerReceivable, "应收退还款—消费者", "Receivable Consumer", .asset, division: .required,
                mayBeOverdrawn: false),
            Entry(
                payable, "应付赔付款", "Payable Released", .liability, division: .required,
                mayBeOverdrawn: false),
            Entry(suspense, "待查款项", "Suspense", .liability, division: .optional),
            Entry(available, "专用基金—可用", "Fund Available", .equity),
            Entry(
                reserved, "专用基金—冻结", "Fund Reserved", .equity, division: .optional,
                mayBeOverdrawn: false, holdsReservations: true),
            Entry(interest, "利息收入", "Interest", .income),
            Entry(loss, "核销损失", "Loss Written Off", .expense, division: .optional),
            Entry(bankFees, "银行手续费", "Bank Fees", .expense),
        ],
        guards: [Guard(spendableGuard, [bank, platform, payable, suspense, reserved])])

    /// The name of the guard over what may still be promised.
    public static let spendableGuard = "spendable"

    /// The dedicated account at the bank (专户); divided by bank account where a fund has several.
    public static let bank = "1002"
    /// The fund's balance at a payment platform.
    public static let platform = "1012"
    /// What merchants owe the fund; divided by merchant.
    public static let receivable = "1122"
    /// What tourists must pay back; divided by case.
    public static let consumerReceivable = "1221"
    /// Promised to tourists and not yet confirmed as paid; divided by case.
    public static let payable = "2241"
    /// Received and not yet identified; divided by statement line where one is known.
    public static let suspense = "2249"
    /// The fund's own capital that no reservation has set aside. Not the money at hand: see `spendable`.
    public static let available = "3101"
    /// Set aside for decided cases; the sum of the open reservations.
    public static let reserved = "3102"
    public static let interest = "6051"
    public static let bankFees = "6603"
    /// Recoveries given up, less what came in after.
    public static let loss = "6701"
    /// Fees the fund bears for good (费用免除); divided by who provided the service. Only a chart whose
    /// fund waives fees has it: it is none of the advance fund's own accounts.
    public static let feeWaivers = "6401"
}
