/// How one export is laid out: the headings that recognise it, and what each column means.
struct CSVLayout: Sendable {
    let format: StatementFormat
    /// Headings that must all stand in the heading row, without inner blanks; in any order.
    let columns: [String]
    let day: String
    let amount: AmountColumns
    /// The balance after the row; nil where the export states none.
    var balance: String?
    var currency: String?
    var ownAccount: String?
    /// A column that says whether money moved at all.
    var status: String?
    /// A column whose numbers run 1, 2, 3 down the file.
    var sequence: String?
    var name: String?
    var account: String?
    /// Name and account of the other side in one cell.
    var counterparty: String?
    var texts: [String] = []
    var reference: String?
    /// Whether the reference is one line's alone: the same number twice is the same line twice.
    var numbersLines = false
    var endToEndID: String?
    var quoting = CSVReader.Quoting.doubled
    /// Every cell begins with a backtick, so that a spreadsheet takes it for text.
    var marksCells = false

    /// Where the amount stands, and what makes it money in or money out.
    enum AmountColumns: Sendable {
        /// With a minus for money out.
        case signed(String)
        case inAndOut(income: String, expense: String)
        /// Unsigned, with a word for the side in a column of its own.
        case worded(String, side: String, income: Set<String>, expense: Set<String>)

        var heading: String {
            switch self {
            case .signed(let heading), .inAndOut(let heading, _), .worded(let heading, _, _, _):
                heading
            }
        }
    }

    static let all = [icbcPersonal, boc, abc, bocom, cmb, alipay, wechat]
}

extension CSVLayout {
    /// 中国工商银行 personal: money in and out in two columns, `-` for none, padded and tabbed cells.
    static let icbcPersonal = CSVLayout(
        format: .icbcPersonal,
        columns: [
            "交易日期", "摘要", "交易详情", "交易场所", "交易国家或地区简称", "钞/汇", "交易金额(收入)",
            "交易金额(支出)", "交易币种", "记账金额(收入)", "记账金额(支出)", "记账币种", "余额", "对方户名",
            "对方账户",
        ], day: "交易日期", amount: .inAndOut(income: "记账金额(收入)", expense: "记账金额(支出)"),
        balance: "余额", currency: "记账币种", name: "对方户名", account: "对方账户",
        texts: ["摘要", "交易详情", "交易场所"])

    /// 中国银行: a signed amount; the own card in the last column.
    static let boc = CSVLayout(
        format: .boc,
        columns: [
            "记账日期", "记账时间", "币别", "金额", "余额", "交易名称", "渠道", "网点名称", "附言", "对方账户名",
            "对方卡号/账号", "对方开户行", "借记卡号",
        ], day: "记账日期", amount: .signed("金额"), balance: "余额", currency: "币别",
        ownAccount: "借记卡号", name: "对方账户名", account: "对方卡号/账号", texts: ["交易名称", "附言"])

    /// 中国农业银行: days as YYYYMMDD, amounts with + or −, headings with inner blanks (`日 志 号`).
    static let abc = CSVLayout(
        format: .abc,
        columns: [
            "交易日期", "交易时间", "交易摘要", "交易金额", "本次余额", "对手信息", "日志号", "交易渠道", "交易附言",
        ], day: "交易日期", amount: .signed("交易金额"), balance: "本次余额", counterparty: "对手信息",
        texts: ["交易摘要", "交易附言"], reference: "日志号")

    /// 交通银行: an unsigned amount with `贷 Cr` for money in, `借 Dr` for money out; rows are numbered.
    static let bocom = CSVLayout(
        format: .bocom,
        columns: [
            "序号", "交易日期", "交易时间", "交易类型", "借贷", "交易金额", "余额", "对方账号", "对方户名", "交易地点",
            "摘要",
        ], day: "交易日期",
        amount: .worded("交易金额", side: "借贷", income: ["贷Cr", "贷"], expense: ["借Dr", "借"]),
        balance: "余额", sequence: "序号", name: "对方户名", account: "对方账号",
        texts: ["交易类型", "摘要"])

    /// 招商银行: a signed amount; the column 客户摘要 is not in every export.
    static let cmb = CSVLayout(
        format: .cmb, columns: ["记账日期", "货币", "交易金额", "联机余额", "交易摘要", "对手信息"],
        day: "记账日期", amount: .signed("交易金额"), balance: "联机余额", currency: "货币",
        counterparty: "对手信息", texts: ["交易摘要", "客户摘要"])

    /// 支付宝: no balance; a status says whether money moved at all.
    static let alipay = CSVLayout(
        format: .alipay,
        columns: [
            "交易时间", "交易分类", "交易对方", "对方账号", "商品说明", "收/支", "金额", "收/付款方式", "交易状态",
            "交易订单号", "商家订单号", "备注",
        ], day: "交易时间",
        amount: .worded("金额", side: "收/支", income: ["收入"], expense: ["支出"]), status: "交易状态",
        name: "交易对方", account: "对方账号", texts: ["交易分类", "商品说明", "备注"],
        reference: "交易订单号", numbersLines: true, endToEndID: "商家订单号")

    /// 微信支付 fund bill: a backtick before every value and no quoting; totals in the last two lines.
    static let wechat = CSVLayout(
        format: .wechat,
        columns: [
            "记账时间", "微信支付业务单号", "资金流水单号", "业务名称", "业务类型", "收支类型", "收支金额(元)",
            "账户结余(元)", "资金变更提交申请人", "备注", "业务凭证号",
        ], day: "记账时间",
        amount: .worded("收支金额(元)", side: "收支类型", income: ["收入"], expense: ["支出"]),
        balance: "账户结余(元)", texts: ["业务名称", "备注"], reference: "资金流水单号",
        numbersLines: true, endToEndID: "业务凭证号", quoting: .none, marksCells: true)
}
