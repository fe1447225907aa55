import Banking
import Ledger

/// One account of the fund's as whoever keeps it sees it: what moved, and what was not stated yet.
struct StatedAccount: Sendable {
    let number: String
    private(set) var balance_fen: Int64 = 0
    /// Every line there ever was, for the auditor.
    private(set) var lines: [StatementLine] = []
    private var stated = 0
    private var opening_fen: Int64 = 0
    private var statements = 0

    init(number: String) { self.number = number }

    /// - Parameter fen: Positive in, negative out.
    mutating func book(
        _ fen: Int64, on day: Day, text: String, from name: String? = nil, number: String? = nil
    ) {
        balance_fen += fen
        // Lines of a statement stand in the order of their days, though a clock was set back.
        let day = max(day, lines.last?.bookedOn ?? day)
        lines.append(
            StatementLine(
                bookedOn: day, amount: Money(fen: fen), counterpartyName: name, remittance: text,
                reference: "L\(digits(lines.count + 1, 9))", endToEndID: number,
                balanceAfter: Money(fen: balance_fen)))
    }

    /// Of everything that was booked up to and with `day`; nil when there is nothing new.
    mutating func statement(through day: Day) -> Statement? {
        let taken = lines[stated...].prefix { $0.bookedOn <= day }
        guard let first = taken.first, let last = taken.last else { return nil }
        stated += taken.count
        statements += 1
        defer { opening_fen = last.balanceAfter?.fen ?? opening_fen }
        return Statement(
            account: number, id: "S\(statements)", from: first.bookedOn,
            to: max(day, last.bookedOn),
            opening: Money(fen: opening_fen), closing: last.balanceAfter ?? .zero,
            lines: Array(taken))
    }
}

/// A statement on its way to the office.
struct SentStatement: Sendable {
    let bytes: [UInt8]
    /// A cut-off file shows by itself; one that is a list of rows may not.
    let saysItsEnd: Bool
}
