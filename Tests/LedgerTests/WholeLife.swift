import Ledger

/// The sample's fund, later in its life: what expires, is reversed, corrected, and carried forward.
func wholeLife() throws -> [Voucher] {
    var vouchers = try sampleVouchers()
    var book = verify(vouchers, chart: .advanceFund, fund: fund).book
    let day = Day("2025-12-31")!
    let morning = Zone.china.moment(of: day, minutes: 540)
    let expiry = morning.advanced(byMinutes: 30)
    func post(
        _ id: String, _ lines: [Line], _ reason: String, reverses: String? = nil,
        corrects: String? = nil, at moment: Moment
    ) throws {
        vouchers.append(
            try book.post(
                Draft(
                    id: ID(id), fund: fund, businessDate: day, reason: reason, source: "年末",
                    maker: "王经办",
                    checker: "李复核", reverses: reverses.map { ID($0) },
                    corrects: corrects.map { ID($0) }, lines: lines),
                at: moment))
    }
    try post(
        "w1", Posting.reserve(yuan("70"), as: ID("到期/1"), expires: expiry), "冻结，限期", at: morning)
    try post("w2", Posting.reserve(yuan("30"), as: ID("R9"), expires: expiry), "冻结", at: morning)
    try post("w3", Posting.returned(yuan("10"), of: ID("R9")), "部分退回", at: morning)
    vouchers += try book.lapse(at: expiry)
    let wrong = Posting.bankFee(yuan("9"))
    try post("w4", wrong, "手续费记错", at: expiry)
    try post("w5", Posting.reversal(of: wrong) { $0 }, "冲销w4", reverses: "w4", at: expiry)
    try post("w6", Posting.bankFee(yuan("6")), "更正w4", corrects: "w4", at: expiry)
    let position = Position(of: vouchers, at: expiry, through: day)
    let carry = position.carryForward(
        .advanceFund, fund: fund, currency: "CNY", maker: "王经办", checker: "李复核")
    for draft in carry { vouchers.append(try book.post(draft, at: expiry)) }
    return vouchers
}
