import Foundation
import FoundationXML
import Ledger

/// Reads an ISO 20022 camt.053 bank-to-customer statement of any version (`camt.053.001.xx`).
///
/// Document types and encodings other than UTF-8 are refused. Each statement needs an opening (OPBD or
/// PRCD) and a closing (CLBD) booked balance. Pending and information entries are left out: they are in
/// no booked balance. Totals (`TxsSummry`) are checked where given. A batch entry stays one line; the
/// texts of its parts are joined.
public func parseCamt053(_ bytes: [UInt8]) throws(StatementError) -> [Statement] {
    try checkUTF8(bytes)
    try checkDeclarations(bytes)
    let collector = Camt053Collector()
    let parser = XMLParser(data: Data(bytes))
    parser.shouldProcessNamespaces = true
    parser.shouldResolveExternalEntities = false
    parser.delegate = collector
    // `parse()` answers true on files that end too early; only the absence of an error counts.
    _ = parser.parse()
    if let refusal = collector.refusal { throw refusal }
    if parser.parserError != nil || collector.isOpen {
        throw .malformedXML(
            Place(line: max(parser.lineNumber, 1), column: max(parser.columnNumber, 1)))
    }
    return collector.statements
}

/// One statement as it is collected.
struct Camt053Draft {
    var texts: [String: String] = [:]
    var balances: [String: (amount: Money, day: Day?)] = [:]
    var currency: String?
    var lines: [StatementLine] = []
    var places: [Place] = []

    func statement(closedAt place: Place) throws(StatementError) -> Statement {
        func missing(_ field: String) -> StatementError {
            .missing(Place(line: place.line, column: place.column, field: field))
        }
        guard let opening = balances["OPBD"] ?? balances["PRCD"] else { throw missing("Bal OPBD") }
        guard let closing = balances["CLBD"] else { throw missing("Bal CLBD") }
        guard let account = texts["Acct/Id/IBAN"] ?? texts["Acct/Id/Othr/Id"] else {
            throw missing("Acct/Id")
        }
        guard let currency else { throw missing("Acct/Ccy") }
        try checkPeriod()
        try checkReferences(lines, places)
        let days = lines.map(\.bookedOn)
        let from =
            texts["FrToDt/FrDtTm"].flatMap { Day($0.prefix(10)) } ?? opening.day ?? days.min()
        let to = texts["FrToDt/ToDtTm"].flatMap { Day($0.prefix(10)) } ?? closing.day ?? days.max()
        guard let to = to ?? from else { throw missing("FrToDt") }
        let statement = Statement(
            account: account, currency: currency, id: texts["Id"] ?? "", from: min(from ?? to, to),
            to: to, opening: opening.amount, closing: closing.amount, lines: lines)
        try checkSummary(place)
        try statement.checkBalances(places: places)
        return statement
    }

    /// Refuses a line outside the period the statement states for itself.
    private func checkPeriod() throws(StatementError) {
        guard let from = texts["FrToDt/FrDtTm"].flatMap({ Day($0.prefix(10)) }),
            let to = texts["FrToDt/ToDtTm"].flatMap({ Day($0.prefix(10)) }), from <= to
        else { return }
        for (line, place) in zip(lines, places) where !(from...to).contains(line.bookedOn) {
            throw .outsidePeriod(place, line.bookedOn, period: from...to)
        }
    }

    private func checkSummary(_ place: Place) throws(StatementError) {
        func sum(_ isWanted: (Money) -> Bool) -> String {
            let fen = lines.map(\.amount).filter(isWanted).reduce(Int128(0)) {
                $0 + Int128($1.fen.magnitude)
            }
            return Int64(exactly: fen).map { Money(fen: $0).description } ?? "out of range"
        }
        let totals = [
            ("TxsSummry/TtlNtries/Sum", sum { _ in true }),
            ("TxsSummry/TtlCdtNtries/Sum", sum { $0.isPositive }),
            ("TxsSummry/TtlDbtNtries/Sum", sum { $0.isNegative }),
        ]
        let counts = [
            ("TxsSummry/TtlNtries/NbOfNtries", lines.count),
            ("TxsSummry/TtlCdtNtries/NbOfNtries", lines.count { $0.amount.isPositive }),
            ("TxsSummry/TtlDbtNtries/NbOfNtries", lines.count { $0.amount.isNegative }),
        ]
        for (field, expected) in totals {
            guard let stated = texts[field] else { continue }
            let here = Place(line: place.line, column: place.column, field: field)
            guard let amount = isoAmount(stated) else { throw .badAmount(here, stated) }
            guard amount.description == expected else {
                throw .totalMismatch(here, stated: stated, expected: expected)
            }
        }
        for (field, expected) in counts {
            guard let stated = texts[field], Int(stated) != expected else { continue }
            let here = Place(line: place.line, column: place.column, field: field)
            throw .totalMismatch(here, stated: stated, expected: String(expected))
        }
    }
}

/// An ISO 20022 amount: digits and a point, no sign and no grouping; decimals beyond two must be zero.
func isoAmount(_ text: String) -> Money? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }) else {
        return nil
    }
    var digits = text[...]
    if let point = digits.firstIndex(of: ".") {
        while digits[point...].utf8.count > 3, digits.last == "0" { digits.removeLast() }
    }
    return Money(yuan: digits)
}
