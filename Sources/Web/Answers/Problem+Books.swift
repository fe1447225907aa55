import Ledger

extension Problem {
    /// Most of these are our own mistakes when a case's events caused the voucher, but each can also come
    /// from a request that books by hand: funds that do not suffice, an id used before.
    init(_ error: PostingError) {
        switch error {
        case .idTaken(let id):
            self = .books(
                "voucher_id_taken", "凭证编号\(id)已用于另一笔，请换一个id",
                "the voucher id \(id) stands for another; take another id")
        case .booksOutOfBalance(let fund):
            self = .books(
                "books_out_of_balance", "\(fund)的账不平，已停止入账；请运行 amends ledger verify",
                "the books of \(fund) do not balance, so nothing is booked; run amends ledger verify",
                status: 503)
        case .wrongFund(let fund, let expected):
            self = .books(
                "wrong_fund", "资金\(fund)应为\(expected)", "the fund \(fund) should be \(expected)")
        case .wrongCurrency(let currency, let expected):
            self = .books(
                "wrong_currency", "币种\(currency)应为\(expected)",
                "the currency \(currency) should be \(expected)")
        case .badText(let field, let limit):
            self = .books(
                "bad_text", "凭证的\(field.rawValue)不能为空，最多\(limit)字节",
                "the voucher's \(field.rawValue) must not be empty and has at most \(limit) bytes",
                status: 422)
        case .tooFewLines(let count):
            self = .books("too_few_lines", "凭证只有\(count)行", "the voucher has only \(count) lines")
        case .tooManyLines(let count, let limit):
            self = .books(
                "too_many_lines", "凭证有\(count)行，最多\(limit)行",
                "the voucher has \(count) lines of at most \(limit)")
        case .amountNotPositive(let line, let amount):
            self = .books(
                "amount_not_positive", "第\(line)行金额\(amount)元应大于0",
                "line \(line): the amount \(amount) must be above 0",
                status: 422)
        case .unknownAccount(let line, let account):
            self = .books(
                "unknown_account", "第\(line)行科目\(account)不在科目表",
                "line \(line): the account \(account) is not in the chart",
                status: 422)
        case .unbalanced(let debits, let credits):
            self = .books(
                "unbalanced", "借方\(debits)与贷方\(credits)不等",
                "debits \(debits) and credits \(credits) differ")
        case .periodClosed(let day, let firstOpen):
            self = .books(
                "period_closed", "\(day)已结账，请记在\(firstOpen)或之后",
                "\(day) lies in a closed period; book it on \(firstOpen) or after")
        case .reversesAndCorrects(let reversed, let corrected):
            self = .books(
                "reverses_and_corrects", "一张凭证不能同时冲销\(reversed)并更正\(corrected)",
                "one voucher cannot both reverse \(reversed) and correct \(corrected)")
        case .voucherUnknown(let id):
            self = .books("voucher_unknown", "没有凭证\(id)", "there is no voucher \(id)")
        case .reversedBefore(let id, let other):
            self = .books(
                "reversed_before", "凭证\(id)已由\(other)冲销",
                "the voucher \(id) was reversed by \(other)")
        case .notMirrored(let id, let line):
            self = .books(
                "not_mirrored", "第\(line)行与被冲销的凭证\(id)不对应",
                "line \(line) does not mirror the voucher \(id) it reverses")
        case .reservationMissing(let line):
            self = .books(
                "reservation_missing", "第\(line)行未指明冻结", "line \(line) names no reservation")
        case .reservationMisplaced(let line, let id):
            self = .books(
                "reservation_misplaced", "第\(line)行不应有冻结\(id)",
                "line \(line) should not name the reservation \(id)")
        case .reservationTaken(let id):
            self = .books("reservation_taken", "冻结\(id)已存在", "the reservation \(id) exists already")
        case .reservationUnknown(let id):
            self = .books("reservation_unknown", "没有冻结\(id)", "there is no reservation \(id)")
        case .reservationSettled(let id):
            self = .books("reservation_settled", "冻结\(id)已结清", "the reservation \(id) is settled")
        case .reservationExpired(let id, let expiry):
            self = .books(
                "reservation_expired", "冻结\(id)已于\(expiry)到期",
                "the reservation \(id) expired at \(expiry)")
        case .reservationNotExpired(let id, let expiry):
            self = .books(
                "reservation_not_expired",
                expiry.map { "冻结\(id)到\($0)才到期" } ?? "冻结\(id)没有期限",
                expiry.map { "the reservation \(id) stands until \($0)" }
                    ?? "the reservation \(id) never expires")
        case .reservationElsewhere(let id, let account):
            self = .books(
                "reservation_elsewhere", "冻结\(id)记在科目\(account)",
                "the reservation \(id) is held in \(account)")
        case .releaseUnpaid(let released, let payable):
            self = .books(
                "release_unpaid", "解冻\(released)元，却只有\(payable)元记为应付赔付款",
                "\(released) would be released, but only \(payable) become payable to a tourist")
        case .lapseMalformed(let id):
            self = .books(
                "lapse_malformed", "凭证\(id)不是账簿给出的到期退回凭证",
                "the voucher \(id) is not the lapse that the ledger gives")
        case .lapseDue(let id):
            self = .books(
                "lapse_due", "冻结\(id)已到期，应先退回资金池，请重试",
                "the reservation \(id) has expired and must lapse first; try again", status: 503)
        case .reservationInsufficient(let id, let open, let wanted):
            self = .books(
                "reservation_insufficient", "冻结\(id)还剩\(open)元，不足\(wanted)元",
                "the reservation \(id) has \(open) left, less than \(wanted)")
        case .overflow(let account):
            self = .books(
                "overflow", "科目\(account)的余额将超出可记范围",
                "the balance of \(account) would leave the range", status: 422)
        case .overdrawn(let account, let free, let wanted):
            self = .books(
                "overdrawn", "科目\(account)只有\(free)元，不足\(wanted)元",
                "the account \(account) has \(free), less than \(wanted)")
        case .guardWouldFall(let name, let free, let wanted):
            self = .books(
                "insufficient_funds", "可用余额（\(name)）只有\(free)元，不足\(wanted)元；请先补充资金",
                "\(name) is \(free), less than \(wanted); money must come first")
        }
    }

    private static func books(_ code: String, _ zh: String, _ en: String, status: Int = 409)
        -> Problem
    {
        Problem(
            status, code, Phrase("账簿不能这样记", "The books refuse this"),
            Phrase("\(zh)。没有记账。", "\(en). Nothing was booked."))
    }
}
