import Banking
import Ledger

extension Problem {
    init(_ error: StatementError) {
        switch error {
        case .tooLarge(let bytes):
            self = .statement(
                "statement_too_large", "文件有\(bytes)字节，太大；请按较短的期间导出",
                "the file has \(bytes) bytes; export a shorter period", status: 413)
        case .tooManyRows:
            self = .statement(
                "statement_too_large", "行数太多；请按较短的期间导出", "too many lines; export a shorter period",
                status: 413)
        case .cellTooLong(let place):
            self = .statement(
                "statement_malformed", "\(place.zh)文本太长，是否漏了引号",
                "\(place): the text is too long; is a quotation mark missing?")
        case .nestedTooDeep(let place):
            self = .statement(
                "statement_malformed", "\(place.zh)嵌套太深", "\(place): elements are nested too deep")
        case .notUTF8(let line):
            self = .statement(
                "statement_malformed", "第\(line)行不是UTF-8；请另存为UTF-8",
                "line \(line) is not UTF-8; save the file as UTF-8")
        case .notText(let line):
            self = .statement(
                "statement_malformed", "第\(line)行既不是UTF-8也不是GB18030；请重新导出或另存为UTF-8",
                "line \(line) is neither UTF-8 nor GB18030; export the file again, or save it as UTF-8"
            )
        case .unknownFormat:
            self = .statement(
                "statement_format", "不认识这种格式；请导出camt.053、MT940或带表头的银行CSV",
                "the file is of no known format; export camt.053, MT940, or the bank's CSV with its headings"
            )
        case .unknownAccount(let stated, let fitting):
            self = .statement(
                "statement_account",
                "\(stated.map { "账号“\($0)”" } ?? "文件没有写明账号，")对应\(fitting)个本单位账户，应为1个；请先登记账户，或导出完整账号",
                "\(stated.map { "the account “\($0)”" } ?? "the account, which the file does not name,") fits \(fitting) of the fund's accounts instead of one; set up the account, or export with its whole number"
            )
        case .noBalances(let account):
            self = .statement(
                "statement_balance", "文件没有余额，账户\(account)也没有上一份对账单；请先登记期初余额",
                "the file states no balance, and there is no statement of \(account) before it; record the opening balance first"
            )
        case .strayQuote(let place):
            self = .statement(
                "statement_malformed", "\(place.zh)多了引号",
                "\(place): a stray quotation mark; write it twice, in a quoted cell")
        case .unclosedQuote(let place):
            self = .statement(
                "statement_malformed", "\(place.zh)引号没有结束，文件是否被截断",
                "\(place): a quotation mark is never closed; is the file cut off?")
        case .malformedXML(let place):
            self = .statement(
                "statement_malformed", "\(place.zh)XML不完整；请重新导出",
                "\(place): not well-formed XML; export it again")
        case .refusedDeclaration(let place, let text):
            self = .statement(
                "statement_malformed", "\(place.zh)不接受\(text)",
                "\(place): \(text) is not accepted; export plain camt.053 in UTF-8")
        case .notCamt053(let found):
            self = .statement(
                "statement_malformed", "不是camt.053：\(found)", "this XML is not camt.053: \(found)")
        case .noHeading(let missing):
            self = .statement(
                "statement_malformed", "没有表头，缺“\(missing)”列；请连同表头导出",
                "no heading row: the column \(missing) is missing; export with headings")
        case .wrongCellCount(let line, let found, let expected):
            self = .statement(
                "statement_malformed", "第\(line)行有\(found)格，应为\(expected)格",
                "line \(line) has \(found) cells instead of \(expected)")
        case .noLines:
            self = .statement(
                "statement_empty", "没有流水，无法得知余额；请导出有流水的日期",
                "the file has no lines; export a day with lines")
        case .missing(let place):
            self = .statement(
                "statement_malformed", "\(place.zh)为空", "\(place) is missing or empty")
        case .badAmount(let place, let value):
            self = .statement(
                "statement_malformed", "\(place?.zh ?? "合计")“\(value)”不是金额，最多两位小数",
                "\(place?.description ?? "the sum"): “\(value)” is no amount; at most two decimals")
        case .badDate(let place, let value):
            self = .statement(
                "statement_malformed", "\(place.zh)“\(value)”不是日期",
                "\(place): “\(value)” is no date; write yyyy-MM-dd")
        case .badField(let place, let value):
            self = .statement(
                "statement_malformed", "\(place.zh)“\(value)”格式不对；请重新导出",
                "\(place): “\(value)” is not of the form of this field; export the file again")
        case .misplacedField(let place):
            self = .statement(
                "statement_malformed", "\(place.zh)字段的位置不对，是否漏行；请重新导出",
                "\(place) may not stand here; is a line missing? export the file again")
        case .outsidePeriod(let place, let day, let period):
            self = .statement(
                "statement_period",
                "\(place.zh)\(day)不在对账单的期间\(period.lowerBound)至\(period.upperBound)之内；请重新导出",
                "\(place): \(day) is outside \(period.lowerBound) to \(period.upperBound), which the statement covers; export the file again"
            )
        case .duplicateLine(let place, let first):
            self = .statement(
                "statement_duplicate", "\(place.zh)与第\(first)行是同一笔流水；请重新导出",
                "\(place): the same line stands on line \(first); export the file again")
        case .sequenceBreak(let place, let found, let expected):
            self = .statement(
                "statement_balance", "\(place.zh)序号为\(found)，应为\(expected)；是否漏页或漏行",
                "\(place): number \(found) where \(expected) follows; is a page or line missing?")
        case .lineAfterTotals(let line):
            self = .statement(
                "statement_malformed", "第\(line)行在合计之后，是否拼接了两份文件；请逐份导入",
                "line \(line) stands below the totals; were two exports joined? import them one by one"
            )
        case .digestMismatch(let stated, let expected):
            self = .statement(
                "statement_digest", "摘要值为\(stated)，文件的是\(expected)；请重新下载",
                "the digest reads \(stated), but the file's is \(expected); download the file again"
            )
        case .badSide(let place, let value):
            self = .statement(
                "statement_malformed", "\(place.zh)“\(value)”借贷不明",
                "\(place): “\(value)” does not say debit or credit as the amounts do")
        case .badStatus(let place, let value):
            self = .statement(
                "statement_malformed", "\(place.zh)“\(value)”状态不明",
                "\(place): “\(value)” is no known status of an entry")
        case .mixedAccount(let place, let value, let expected):
            self = .statement(
                "statement_mixed", "\(place.zh)账户\(value)与\(expected)混在一起；一个账户一个文件",
                "\(place): account \(value) in a statement of \(expected); export one account a file"
            )
        case .mixedCurrency(let place, let value, let expected):
            self = .statement(
                "statement_mixed", "\(place?.zh ?? "")币种\(value)应为\(expected)",
                "\(place?.description ?? "the statement"): \(value) where \(expected) is expected")
        case .balanceBreak(let place, let stated, let expected):
            self = .statement(
                "statement_balance", "\(place?.zh ?? "")余额为\(stated)，按上行应为\(expected)；是否漏行",
                "\(place?.description ?? "a line"): the balance reads \(stated), but \(expected) follows; is a line missing?"
            )
        case .closingMismatch(let stated, let expected):
            self = .statement(
                "statement_balance", "期末余额为\(stated)，按期初与流水应为\(expected)；是否漏行",
                "the closing balance reads \(stated), but opening and lines give \(expected); is a line missing?"
            )
        case .totalMismatch(let place, let stated, let expected):
            self = .statement(
                "statement_balance", "\(place.zh)合计为\(stated)，按流水应为\(expected)",
                "\(place): the total reads \(stated), but the lines give \(expected)")
        case .otherAccount(let found, let expected):
            self = .statement(
                "statement_account", "是账户\(found)的对账单，应为\(expected)",
                "the statement is of account \(found), not \(expected)")
        case .gap(let closing, let opening, let day):
            self = .statement(
                "statement_gap", "期初为\(opening)，而上一份（至\(day)）期末为\(closing)；请先导入中间的对账单",
                "it opens with \(opening), but the last one closed on \(day) with \(closing); import what lies between first",
                status: 409)
        }
    }

    private static func statement(_ code: String, _ zh: String, _ en: String, status: Int = 422)
        -> Problem
    {
        Problem(
            status, code, Phrase("对账单不能导入", "The statement cannot be imported"),
            Phrase("\(zh)。一行也没有导入。", "\(en) Nothing of it was imported."))
    }
}

extension Place {
    var zh: String { "第\(line)行第\(column)列" + (field.isEmpty ? "：" : "（\(field)）：") }
}
