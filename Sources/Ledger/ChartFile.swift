/// A chart as a file of the jurisdiction, `policies/<jurisdiction>/chart.csv`.
///
///     code,chinese,english,kind,division,may_be_overdrawn,holds_reservations,guards
///     1002,银行专户存款,Bank,asset,optional,yes,no,spendable
///
/// `guards` names the guards whose sum the account is part of, separated by spaces; they are checked in
/// the order in which the file names them first. The vouchers of `Posting` need the accounts of
/// `Chart.advanceFund`; a file may name them otherwise, and add others.
extension Chart {
    /// Most rows of a file: a chart is read by people.
    public static let rowLimit = 1_000

    static let columns = [
        "code", "chinese", "english", "kind", "division", "may_be_overdrawn", "holds_reservations",
        "guards",
    ]

    /// Reads a chart from CSV (RFC 4180, UTF-8, with or without a byte order mark; blank lines and lines
    /// that begin with `#` are passed over).
    public init(csv text: some StringProtocol) throws(ChartError) {
        var rows = try CSVRows.read(text).filter { !$0.isBlank }
        guard let heading = rows.first, heading.cells == Self.columns else {
            throw ChartError(
                row: rows.first?.number ?? 1, column: "code", found: rows.first?.cells.first ?? "",
                mend: .heading(Self.columns))
        }
        rows.removeFirst()
        if rows.isEmpty {
            throw ChartError(row: heading.number, column: "code", found: "", mend: .noAccounts)
        }
        if rows.count > Self.rowLimit {
            throw ChartError(
                row: rows[Self.rowLimit].number, column: "code", found: "",
                mend: .tooMany(limit: Self.rowLimit))
        }
        var entries: [Entry] = []
        var guards: [(name: String, codes: [String])] = []
        for row in rows {
            let entry = try Self.entry(row)
            if entries.contains(where: { $0.code == entry.code }) {
                throw row.error("code", .repeated)
            }
            entries.append(entry)
            for name in try row.cell("guards").split(separator: " ").map({ String($0) }) {
                if let place = guards.firstIndex(where: { $0.name == name }) {
                    if guards[place].codes.contains(entry.code) {
                        throw row.error("guards", .repeated)
                    }
                    guards[place].codes.append(entry.code)
                } else {
                    guards.append((name, [entry.code]))
                }
            }
        }
        self.init(entries: entries, guards: guards.map { Guard($0.name, $0.codes) })
    }

    private static func entry(_ row: CSVRows.Row) throws(ChartError) -> Entry {
        if row.cells.count != columns.count {
            throw row.error("guards", .cells(wanted: columns.count, found: row.cells.count))
        }
        let code = try row.cell("code")
        guard Account(text: code) != nil, code.utf8.count == 4 else {
            throw row.error("code", .fourDigits)
        }
        let (chinese, english) = (try row.cell("chinese"), try row.cell("english"))
        if chinese.isEmpty { throw row.error("chinese", .name) }
        // hledger and beancount name the account by it.
        guard english.first?.isASCII == true, english.utf8.allSatisfy({ (32...126).contains($0) })
        else { throw row.error("english", .name) }
        guard let kind = Kind(rawValue: try row.cell("kind")) else {
            throw row.error("kind", .oneOf(Kind.allCases.map(\.rawValue)))
        }
        guard let division = Division(rawValue: try row.cell("division")) else {
            throw row.error("division", .oneOf(Division.allCases.map(\.rawValue)))
        }
        let holds = try row.isYes("holds_reservations")
        let mayBeOverdrawn = try row.isYes("may_be_overdrawn")
        if holds, mayBeOverdrawn || kind.normalSide == .debit {
            throw row.error("holds_reservations", .reservationsAreCredit)
        }
        return Entry(
            code, chinese, english, kind, division: division, mayBeOverdrawn: mayBeOverdrawn,
            holdsReservations: holds)
    }

    /// The chart as such a file.
    public var csv: String {
        var csv = CSVText(Self.columns)
        for entry in entries {
            let names = guards.filter { $0.codes.contains(entry.code) }.map(\.name)
            csv.append([
                .exact(entry.code), .exact(entry.chinese), .exact(entry.english),
                .exact(entry.kind.rawValue), .exact(entry.division.rawValue),
                .exact(entry.mayBeOverdrawn ? "yes" : "no"),
                .exact(entry.holdsReservations ? "yes" : "no"),
                .exact(names.joined(separator: " ")),
            ])
        }
        return csv.text
    }
}

/// Where a chart's file cannot be read, and what would mend it.
public struct ChartError: Error, Hashable, Sendable {
    public enum Mend: Hashable, Sendable {
        /// The first row names these columns, in this order.
        case heading([String])
        case noAccounts
        case tooMany(limit: Int)
        /// A row has as many cells as there are columns.
        case cells(wanted: Int, found: Int)
        /// A quotation mark that is opened is closed; inside a quoted cell it is doubled.
        case quotation
        /// A code is four digits.
        case fourDigits
        /// The code, or the guard of the account, stands in the file already.
        case repeated
        /// A name is not empty; the English one is printable ASCII.
        case name
        case oneOf([String])
        /// An account of reservations stands on the credit side and may not be overdrawn.
        case reservationsAreCredit
    }

    /// The line of the file, from 1.
    public let row: Int
    /// The name of the column.
    public let column: String
    /// What stands there.
    public let found: String
    public let mend: Mend
}

extension ChartError: CustomStringConvertible {
    /// For the person who keeps the file.
    public var description: String {
        let advice =
            switch mend {
            case .heading(let columns): "the first row must read " + columns.joined(separator: ",")
            case .noAccounts: "list at least one account below the heading"
            case .tooMany(let limit): "at most \(limit) accounts"
            case .cells(let wanted, let found): "write \(wanted) cells; the row has \(found)"
            case .quotation: "close the quotation mark, and double it inside a cell"
            case .fourDigits: "write four digits, such as 1002"
            case .repeated: "it is there already; remove one of the two"
            case .name: "write a name; the English one in plain ASCII"
            case .oneOf(let words): "write one of: " + words.joined(separator: ", ")
            case .reservationsAreCredit:
                "an account of reservations is liability, equity or income, and not to be overdrawn"
            }
        return "row \(row), column \(column): \"\(found)\"; \(advice)"
    }
}
