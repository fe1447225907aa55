import Banking
import Ledger

extension Problem {
    /// A payment file that no bank would take: its own fields are at fault, not a payee's.
    init(_ error: PaymentFileError) {
        self.init(
            422, "payment_file", Phrase("付款文件不合格", "The payment file is not sound"),
            Phrase(
                "\(error)。请核对辖区名称、专户账号与币种。",
                "\(error). Check the jurisdiction's name, the account's number and the currency."))
    }

    /// A bank's answer that was not taken; nothing of it was.
    init(_ error: PaymentReportError) {
        switch error {
        case .unreadable(let cause): self.init(cause)
        case .notPain002(let found):
            self = .report(
                "这是“\(found)”；请导入pain.002格式的银行答复",
                "it is “\(found)”; import the bank's answer in the format pain.002")
        case .missing(let place):
            self = .report("\(place.zh)缺少必填内容", "\(place): something it must have is missing")
        case .unknownStatus(let place, let code):
            self = .report(
                "\(place.zh)状态码“\(code)”不在ISO 20022之内",
                "\(place): “\(code)” is no status of ISO 20022"
            )
        case .badAmount(let place, let text):
            self = .report("\(place.zh)“\(text)”不是金额", "\(place): “\(text)” is no amount")
        case .otherFile(let found, let expected):
            self = .report(
                "答复的是文件\(found)，不是\(expected)", "it answers file \(found), not \(expected)")
        case .unknownNumber(let number):
            self = .report("付款文件中没有\(number)", "the payment file has no \(number)")
        case .contradiction(let number, let first, let second):
            self = .report(
                "\(number)有两个答复：\(first.rawValue)和\(second.rawValue)；请向银行查询",
                "\(number) is said to be \(first.rawValue) and \(second.rawValue): ask the bank")
        case .otherAmount(let number, let found, let expected):
            self = .report(
                "\(number)金额为\(found)，应为\(expected)", "\(number) is of \(found), not of \(expected)"
            )
        }
    }

    private static func report(_ zh: String, _ en: String) -> Problem {
        Problem(
            422, "payment_report", Phrase("银行答复未导入", "The bank's answer was not taken"),
            Phrase("\(zh)。", "\(en)."))
    }
}
