import Ledger

/// Reads SWIFT MT940 customer statements: bare or in SWIFT blocks, several in a file, each in one page or
/// more (60F … 62M, 60M … 62F).
///
/// A line is booked on its entry date, in the year nearest its value date; without one, on its value
/// date. Opening and lines must give the closing balance on every page, and each page and statement must
/// go on from the one before. The text is UTF-8 or GB18030: what SWIFT itself carries is part of both.
public func parseMT940(_ bytes: [UInt8]) throws(StatementError) -> [Statement] {
    try parseMT940(try StatementText(bytes))
}

func parseMT940(_ text: StatementText) throws(StatementError) -> [Statement] {
    var statements: [Statement] = []
    var pages: [MT940Page] = []
    var rows = 0
    for message in try messages(in: text) {
        let page = try MT940Page(message)
        rows += page.lines.count
        guard rows <= StatementLimit.rows else { throw .tooManyRows }
        if let last = pages.last {
            try page.check(follows: last)
        } else if !page.opening.isFinal {
            // The first page is not there.
            throw .missing(Place(line: page.opening.place.line, column: 1, field: ":60F:"))
        }
        try page.checkSum()
        pages.append(page)
        guard page.closing.isFinal else { continue }
        statements.append(try statement(of: pages))
        pages = []
    }
    if let last = pages.last {
        throw .missing(Place(line: last.closing.place.line, column: 1, field: ":62F:"))
    }
    guard !statements.isEmpty else { throw .noLines }
    return statements
}

private func statement(of pages: [MT940Page]) throws(StatementError) -> Statement {
    guard let first = pages.first, let last = pages.last else { throw .noLines }
    let (from, to) = (first.opening.day, last.closing.day)
    guard from <= to else { throw .badDate(last.closing.place, to.description) }
    let (lines, places) = (pages.flatMap(\.lines), pages.flatMap(\.places))
    for (line, place) in zip(lines, places) where !(from...to).contains(line.bookedOn) {
        throw .outsidePeriod(place, line.bookedOn, period: from...to)
    }
    try checkReferences(lines, places)
    return Statement(
        account: first.account, currency: first.opening.currency, id: first.reference, from: from,
        to: to, opening: first.opening.amount, closing: last.closing.amount, lines: lines)
}

/// Refuses a line that is in all its parts, the bank's own number among them, an earlier line again.
func checkReferences(_ lines: [StatementLine], _ places: [Place]) throws(StatementError) {
    var seen: [StatementLine: Int] = [:]
    for (line, place) in zip(lines, places) where line.reference != nil {
        if let first = seen[line] { throw .duplicateLine(place, first: first) }
        seen[line] = place.line
    }
}
