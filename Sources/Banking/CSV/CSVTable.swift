import Ledger

/// Reads an export whose heading was found: every row, the totals, the balances; whole or not at all.
///
/// Where rows state a running balance, the opening balance is the first line's balance less its amount;
/// rows may run forward or backward in time and are returned forward. Alipay states none: its lines go
/// on from the account's last closing balance.
func parseTable(
    _ text: StatementText, _ heading: CSVHeading, of accounts: [OwnAccount]
) throws(StatementError) -> Statement {
    var tally = CSVTally()
    for row in heading.preamble { _ = try tally.take(row.text, line: row.line) }
    let preamble = CSVPreamble(heading.preamble)
    var reader = CSVReader(
        text.bytes, quoting: heading.layout.quoting, position: heading.next.position,
        line: heading.next.line)
    var trailer = CSVTrailer()
    var lines: [CSVLine] = []
    var rows = 0
    var lastLine = heading.next.line
    while let row = try reader.next() {
        lastLine = row.line
        if try trailer.take(row, heading, into: &tally) { continue }
        guard !trailer.hasBegun else { throw .lineAfterTotals(line: row.line) }
        rows += 1
        guard rows <= StatementLimit.rows else { throw .tooManyRows }
        let cells = try CSVCells(row, heading)
        if let column = heading.layout.sequence {
            let number = try cells.required(column)
            guard Int(number) == rows else {
                throw .sequenceBreak(cells.place(column), found: number, expected: "\(rows)")
            }
        }
        guard let line = try CSVLine(cells) else { continue }
        if let period = preamble.period, !period.contains(line.line.bookedOn) {
            throw .outsidePeriod(
                cells.place(heading.layout.day), line.line.bookedOn, period: period)
        }
        lines.append(line)
    }
    try trailer.checkEnd(of: heading, line: lastLine)
    try tally.check(lines.map(\.line.amount), still: rows - lines.count)
    return try statement(of: lines, heading.layout, preamble, accounts)
}

private func statement(
    of lines: [CSVLine], _ layout: CSVLayout, _ preamble: CSVPreamble, _ accounts: [OwnAccount]
) throws(StatementError) -> Statement {
    guard let first = lines.first else { throw .noLines }
    for line in lines {
        if let own = line.ownAccount, let known = first.ownAccount, own != known {
            throw .mixedAccount(line.place, own, expected: known)
        }
        if let currency = line.currency, let known = first.currency, currency != known {
            throw .mixedCurrency(line.place, currency, expected: known)
        }
    }
    if layout.numbersLines { try checkNumbers(lines) }
    let account = try accounts.number(
        stated: first.ownAccount ?? preamble.account, format: layout.format)
    var opening: Money?
    if layout.balance == nil { opening = try accounts.opening(of: account) }
    let draft = StatementDraft(
        account: account, currency: first.currency ?? "CNY", opening: opening,
        lines: lines.map(\.line), places: lines.map(\.place))
    guard layout.balance == nil else { return try draft.inBookingOrder() }
    let isNewestFirst = lines.last.map { $0.time < first.time } ?? false
    return try isNewestFirst ? draft.reversed().statement() : draft.statement()
}

/// Refuses a line whose number an earlier one bears.
private func checkNumbers(_ lines: [CSVLine]) throws(StatementError) {
    var seen: [String: Int] = [:]
    for line in lines {
        guard let number = line.line.reference else { continue }
        if let first = seen[number] { throw .duplicateLine(line.place, first: first) }
        seen[number] = line.place.line
    }
}
