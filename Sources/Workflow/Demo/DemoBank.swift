import Banking
import Ledger

/// The bank's side of the dedicated account: lines as they are booked, and statements of them.
struct DemoBank {
    let number: String
    private(set) var balance = Money.zero
    private var opening = Money.zero
    /// Not in a statement yet.
    private var lines: [StatementLine] = []
    private var count = 0

    init(number: String) { self.number = number }

    var hasLines: Bool { !lines.isEmpty }

    /// - Parameter amount: Positive in, negative out.
    mutating func book(_ amount: Money, on day: Day, text: String, from name: String? = nil) {
        guard let after = balance.adding(amount), amount != .zero else { return }
        balance = after
        count += 1
        lines.append(
            StatementLine(
                bookedOn: day, amount: amount, counterpartyName: name, remittance: text,
                reference: "HD\(digits(count, 10))"))
    }

    /// The statement of everything booked up to and with `day`; nil when there is nothing.
    mutating func statement(through day: Day) -> Statement? {
        let taken = lines.filter { $0.bookedOn <= day }
        guard let first = taken.map(\.bookedOn).min() else { return nil }
        lines.removeAll { $0.bookedOn <= day }
        let from = opening
        for line in taken { opening = opening.plus(line.amount) }
        return Statement(
            account: number, id: "\(day)", from: first, to: day, opening: from, closing: opening,
            lines: taken)
    }
}

/// The platform's side: what the wallet's account has moved, as a statement.
struct PlatformStatements {
    let number: String
    private var seen = 0
    private var opening = Money.zero

    init(number: String) { self.number = number }

    mutating func statement(through day: Day, of book: WalletBook) -> Statement? {
        let taken = book.entries[min(seen, book.entries.count)...]
            .prefix { Zone.china.day(at: $0.at) <= day }
        guard let first = taken.first, let last = taken.last else { return nil }
        seen += taken.count
        defer { opening = last.balance }
        return Statement(
            account: number, id: "\(day)", from: Zone.china.day(at: first.at), to: day,
            opening: opening, closing: last.balance, lines: taken.map(line))
    }

    private func line(_ entry: WalletBook.Entry) -> StatementLine {
        let isOut = entry.kind == .transfer
        let text =
            switch entry.kind {
            case .topUp: "充值 \(entry.number)"
            case .transfer: "商家转账 \(entry.number)"
            case .bounce: "商家转账退回 \(entry.number)"
            }
        return StatementLine(
            bookedOn: Zone.china.day(at: entry.at),
            amount: isOut ? Money(fen: -entry.amount.fen) : entry.amount, remittance: text,
            reference: "\(entry.serial)\(entry.kind)", endToEndID: entry.number,
            balanceAfter: entry.balance)
    }
}
