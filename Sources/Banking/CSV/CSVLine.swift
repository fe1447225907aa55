import Ledger

/// What one row of an export says.
struct CSVLine {
    let line: StatementLine
    /// Of the balance, or of the amount where the export states no balance.
    let place: Place
    let ownAccount: String?
    let currency: String?
    /// The day with whatever time stands behind it in the cell.
    let time: String

    /// Nil for a row that moved no money.
    init?(_ cells: CSVCells) throws(StatementError) {
        let layout = cells.heading.layout
        if let column = layout.status, try !movedMoney(cells, column) { return nil }
        let amount = try amount(cells)
        guard amount != .zero else { throw .badAmount(cells.place(layout.amount.heading), "0") }
        place = cells.place(layout.balance ?? layout.amount.heading)
        var balance: Money?
        if let column = layout.balance { balance = try cells.amount(column) }
        let other = counterparty(layout.counterparty.flatMap(cells.text))
        let reference = layout.reference.flatMap(cells.text)
        if layout.numbersLines, let column = layout.reference, reference == nil {
            throw .missing(cells.place(column))
        }
        line = StatementLine(
            bookedOn: try cells.day(layout.day), amount: amount,
            counterpartyName: layout.name.flatMap(cells.text) ?? other.name,
            counterpartyAccount: layout.account.flatMap(cells.text) ?? other.account,
            remittance: cells.texts(layout.texts), reference: reference,
            endToEndID: layout.endToEndID.flatMap(cells.text), balanceAfter: balance)
        ownAccount = layout.ownAccount.flatMap(cells.text)
        if let column = layout.currency {
            currency = try cells.currency(column)
        } else {
            currency = nil
        }
        time = cells.text(layout.day) ?? ""
    }
}

/// What Alipay calls done is done; what it calls closed moved nothing; all else is not settled.
private func movedMoney(_ cells: CSVCells, _ column: String) throws(StatementError) -> Bool {
    let status = try cells.required(column)
    if ["交易关闭", "已关闭"].contains(status) { return false }
    guard status.hasSuffix("成功") || ["等待确认收货", "交易完成"].contains(status) else {
        throw .badStatus(cells.place(column), status)
    }
    return true
}

private func amount(_ cells: CSVCells) throws(StatementError) -> Money {
    switch cells.heading.layout.amount {
    case .signed(let column): return try cells.amount(column)
    case .inAndOut(let income, let expense):
        let received = try cells.text(income) == nil ? .zero : cells.unsigned(income)
        let paid = try cells.text(expense) == nil ? .zero : cells.unsigned(expense)
        guard received == .zero || paid == .zero, let amount = received.subtracting(paid) else {
            throw .badAmount(cells.place(income), "\(received) / \(paid)")
        }
        return amount
    case .worded(let column, let sideColumn, let income, let expense):
        let size = try cells.unsigned(column)
        let side = try cells.required(sideColumn)
        let plain = side.filter { !$0.isWhitespace }
        if income.contains(plain) { return size }
        guard expense.contains(plain) else { throw .badSide(cells.place(sideColumn), side) }
        return Money(fen: -size.fen)
    }
}

/// Name and account of a cell that holds both: `张三 6222000012345678`, also without the blank.
private func counterparty(_ text: String?) -> (name: String?, account: String?) {
    guard let text else { return (nil, nil) }
    let digits = text.utf8.reversed().prefix { (48...57).contains($0) || $0 == UInt8(ascii: "*") }
    // Shorter numbers are part of a name: 快捷酒店168.
    guard digits.count >= 8 else { return (text, nil) }
    let name = trimmed(String(text.unicodeScalars.dropLast(digits.count)))
    return (name.isEmpty ? nil : name, String(text.unicodeScalars.suffix(digits.count)))
}
