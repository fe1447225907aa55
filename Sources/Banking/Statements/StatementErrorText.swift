import Ledger

extension StatementError: CustomStringConvertible {
    /// An English sentence for the command line and logs: what is wrong, where, and the mend.
    public var description: String {
        switch self {
        case .tooLarge(let bytes):
            "The file has \(bytes) bytes, more than \(StatementLimit.bytes); export a shorter period."
        case .tooManyRows:
            "The file has more than \(StatementLimit.rows) lines; export a shorter period."
        case .cellTooLong(let place): "\(place): the text is too long; is a quotation mark missing?"
        case .nestedTooDeep(let place): "\(place): elements are nested too deep for a statement."
        case .notUTF8(let line): "Line \(line) is not UTF-8; save the file as UTF-8."
        case .notText(let line):
            "Line \(line) is neither UTF-8 nor GB18030; export the file again, or save it as UTF-8."
        case .unknownFormat:
            "The file is of no known format; export camt.053, MT940, or the bank's CSV with its headings."
        case .unknownAccount(let stated, let fitting):
            "\(stated.map { "The account “\($0)”" } ?? "The account, which the file does not name,") fits \(fitting) of the fund's accounts instead of one; set up the account, or export with its whole number."
        case .noBalances(let account):
            "The file states no balance, and there is no statement of “\(account)” before it; record the opening balance first."
        case .strayQuote(let place):
            "\(place): a stray quotation mark; write it twice, in a quoted cell."
        case .unclosedQuote(let place):
            "\(place): a quotation mark is never closed; is the file cut off?"
        case .malformedXML(let place):
            "\(place): not well-formed XML; is the file cut off? Export it again."
        case .refusedDeclaration(let place, let text):
            "\(place): \(text) is not accepted; export plain XML in UTF-8."
        case .notCamt053(let found): "This XML is not a camt.053 statement: \(found)."
        case .noHeading(let missing):
            "No heading row was found; the column \(missing) is missing. Export with headings."
        case .wrongCellCount(let line, let found, let expected):
            "Line \(line) has \(found) cells instead of \(expected); is a comma or quotation mark wrong?"
        case .noLines:
            "The file has no lines, so its balances are not known; export a day with lines."
        case .missing(let place): "\(place) is missing or empty."
        case .badAmount(let place, let value):
            "\(place.map(\.description) ?? "The sum"): “\(value)” is no amount; at most two decimals."
        case .badDate(let place, let value): "\(place): “\(value)” is no date; write yyyy-MM-dd."
        case .badField(let place, let value):
            "\(place): “\(value)” is not of the form of this field; export the file again."
        case .misplacedField(let place):
            "\(place) may not stand here; is a line missing? Export the file again."
        case .outsidePeriod(let place, let day, let period):
            "\(place): \(day) is outside \(period.lowerBound) to \(period.upperBound), which the statement covers; export the file again."
        case .duplicateLine(let place, let first):
            "\(place): the same line stands on line \(first); export the file again."
        case .sequenceBreak(let place, let found, let expected):
            "\(place): number \(found) where \(expected) follows; is a page or line missing?"
        case .lineAfterTotals(let line):
            "Line \(line) stands below the totals; were two exports joined? Import them one by one."
        case .digestMismatch(let stated, let expected):
            "The digest reads \(stated), but the file's is \(expected); download the file again."
        case .badSide(let place, let value):
            "\(place): “\(value)” does not say debit or credit as the amounts do."
        case .badStatus(let place, let value):
            "\(place): “\(value)” is no known status of an entry."
        case .mixedAccount(let place, let value, let expected):
            "\(place): account “\(value)” in a statement of “\(expected)”; export one account a file."
        case .mixedCurrency(let place, let value, let expected):
            "\(place.map(\.description) ?? "The statement"): “\(value)” where “\(expected)” is expected; one currency a statement."
        case .balanceBreak(let place, let stated, let expected):
            "\(place.map(\.description) ?? "A line"): the balance reads \(stated), but \(expected) follows; is a line missing?"
        case .closingMismatch(let stated, let expected):
            "The closing balance reads \(stated), but opening and lines give \(expected); is a line missing?"
        case .totalMismatch(let place, let stated, let expected):
            "\(place): the total reads \(stated), but the lines give \(expected); is a line missing?"
        case .otherAccount(let found, let expected):
            "The statement is of account “\(found)”, not “\(expected)”."
        case .gap(let closing, let opening, let day):
            "The statement opens with \(opening), but the last one closed on \(day) with \(closing); import what lies between first."
        }
    }
}
