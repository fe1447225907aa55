public import Ledger

/// Where in a file: both count from 1.
public struct Place: Hashable, Sendable {
    public let line: Int
    /// Of the cell in its row, or of the character in an XML line.
    public let column: Int
    /// The cell's heading or the element's path; empty where neither is known.
    public let field: String

    public init(line: Int, column: Int, field: String = "") {
        self.line = line
        self.column = column
        self.field = field
    }
}

/// Why a statement file was refused. It is refused whole: no line of it was taken.
public enum StatementError: Error, Hashable, Sendable {
    /// More than `StatementLimit.bytes`.
    case tooLarge(bytes: Int)
    /// More than `StatementLimit.rows`.
    case tooManyRows
    /// More than `StatementLimit.cellBytes`.
    case cellTooLong(Place)
    /// More than `StatementLimit.nesting`.
    case nestedTooDeep(Place)
    case notUTF8(line: Int)
    /// A quotation mark inside an unquoted cell, or text after a closing one.
    case strayQuote(Place)
    /// The cell that opens here is never closed.
    case unclosedQuote(Place)
    /// Not well-formed XML, or it ends too early.
    case malformedXML(Place)
    /// A document type or an encoding other than UTF-8 is declared.
    case refusedDeclaration(Place, String)
    /// XML, but not a camt.053 document: the root's namespace.
    case notCamt053(String)
    /// None of the first rows is the heading; the first column that was missing in the nearest one.
    case noHeading(missing: String)
    case wrongCellCount(line: Int, found: Int, expected: Int)
    /// A statement without lines in a format that has no balances but in its lines.
    case noLines
    /// An element or cell that must be there is not, or is empty.
    case missing(Place)
    case badAmount(Place?, String)
    case badDate(Place, String)
    /// Neither debit nor credit, or not as the amounts say.
    case badSide(Place, String)
    /// An entry's status that is neither booked nor pending nor information.
    case badStatus(Place, String)
    case mixedAccount(Place, String, expected: String)
    case mixedCurrency(Place?, String, expected: String)
    /// The running balance does not follow from the line before.
    case balanceBreak(Place?, stated: Money, expected: Money)
    /// Opening and lines do not give the closing balance.
    case closingMismatch(stated: Money, expected: Money)
    /// A total the file states is not the total of its lines.
    case totalMismatch(Place, stated: String, expected: String)
    /// The statement is of another account than the one it should continue.
    case otherAccount(String, expected: String)
    /// The opening balance is not the closing balance of the statement before, which ended on `previousDay`.
    case gap(previousClosing: Money, opening: Money, previousDay: Day)
}

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
        case .strayQuote(let place):
            "\(place): a stray quotation mark; write it twice, in a quoted cell."
        case .unclosedQuote(let place):
            "\(place): a quotation mark is never closed; is the file cut off?"
        case .malformedXML(let place):
            "\(place): not well-formed XML; is the file cut off? Export it again."
        case .refusedDeclaration(let place, let text):
            "\(place): \(text) is not accepted; export plain camt.053 in UTF-8."
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

extension Place: CustomStringConvertible {
    public var description: String {
        "Line \(line), column \(column)" + (field.isEmpty ? "" : " (\(field))")
    }
}
