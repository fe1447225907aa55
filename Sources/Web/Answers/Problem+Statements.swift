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
    fileprivate var zh: String { "第\(line)行第\(column)列" + (field.isEmpty ? "：" : "（\(field)）：") }
}
