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
    /// XML that is not UTF-8, or has a zero byte.
    case notUTF8(line: Int)
    /// Neither UTF-8 nor GB18030, or a zero byte.
    case notText(line: Int)
    /// None of the known formats begins so.
    case unknownFormat
    /// The file names no account, or a masked one, and not exactly one of the fund's accounts fits.
    case unknownAccount(stated: String?, fitting: Int)
    /// The format states no balance, and no statement of the account is there to go on from.
    case noBalances(account: String)
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
    /// A field (MT940: `:61:`) that is not of its form.
    case badField(Place, String)
    /// A field (MT940: `:61:`) that may not stand there.
    case misplacedField(Place)
    /// A line dated before or after the period the statement says it covers.
    case outsidePeriod(Place, Day, period: ClosedRange<Day>)
    /// The same line, by the bank's own number, stands on line `first` of the file.
    case duplicateLine(Place, first: Int)
    /// Pages or lines that are numbered do not follow on each other.
    case sequenceBreak(Place, found: String, expected: String)
    /// A line below the totals.
    case lineAfterTotals(line: Int)
    /// The digest that came with the file is not that of its bytes.
    case digestMismatch(stated: String, expected: String)
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

extension Place: CustomStringConvertible {
    public var description: String {
        "Line \(line), column \(column)" + (field.isEmpty ? "" : " (\(field))")
    }
}
