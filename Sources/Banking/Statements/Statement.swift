public import Ledger

/// A bank's statement (对账单) of one account, as read: sound in itself, or it would have been refused.
///
/// Sound: opening + lines = closing, and each running balance the bank gave agrees.
public struct Statement: Hashable, Sendable {
    /// The account at the bank, as the bank writes it.
    public let account: String
    /// ISO 4217; one for all lines.
    public let currency: String
    /// The bank's number of the statement; empty where the format has none.
    public let id: String
    public let from: Day
    public let to: Day
    public let opening: Money
    public let closing: Money
    /// In the order in which the bank booked them.
    public let lines: [StatementLine]

    public init(
        account: String, currency: String = "CNY", id: String = "", from: Day, to: Day,
        opening: Money, closing: Money, lines: [StatementLine]
    ) {
        self.account = account
        self.currency = currency
        self.id = id
        self.from = from
        self.to = to
        self.opening = opening
        self.closing = closing
        self.lines = lines
    }

    /// For each line, in order, a key that is the same whenever this line is read again: 64 hex digits.
    ///
    /// Equal lines of one day are told apart by counting them, which holds as long as statements cover
    /// whole days. The running balance is no part of it: not every format gives one.
    public var keys: [String] {
        var seen: [[String]: Int] = [:]
        return lines.map { line in
            let facts = [
                account, line.bookedOn.description, String(line.amount.fen),
                line.counterpartyName ?? "", line.counterpartyAccount ?? "", line.remittance,
                line.reference ?? "", line.endToEndID ?? "",
            ]
            seen[facts, default: 0] += 1
            let fields = facts + [String(seen[facts, default: 1])]
            return Hash(of: fields.flatMap { Array("\($0.utf8.count):\($0)\n".utf8) }).hex
        }
    }

    /// Refuses a statement that does not go on where the last one of the account ended.
    ///
    /// - Parameter previous: The last statement imported for this account; nil for the first ever.
    public func check(continues previous: Statement?) throws(StatementError) {
        guard let previous else { return }
        guard previous.account == account else {
            throw .otherAccount(account, expected: previous.account)
        }
        guard previous.currency == currency else {
            throw .mixedCurrency(nil, currency, expected: previous.currency)
        }
        guard previous.closing == opening else {
            throw .gap(
                previousClosing: previous.closing, opening: opening, previousDay: previous.to)
        }
    }

    /// Checks that opening and lines give the closing balance and every running balance.
    ///
    /// - Parameter places: Where each line stands in the file, for the error.
    func checkBalances(places: [Place]) throws(StatementError) {
        var balance = opening
        for (index, line) in lines.enumerated() {
            let place = index < places.count ? places[index] : nil
            guard let next = balance.adding(line.amount) else {
                throw .badAmount(place, line.amount.description)
            }
            balance = next
            if let stated = line.balanceAfter, stated != balance {
                throw .balanceBreak(place, stated: stated, expected: balance)
            }
        }
        guard balance == closing else { throw .closingMismatch(stated: closing, expected: balance) }
    }
}

/// One booked line (流水) of a statement.
public struct StatementLine: Hashable, Sendable {
    /// As the bank dates it.
    public let bookedOn: Day
    /// More than zero came in, less went out; never zero.
    public let amount: Money
    /// The other side: who paid, or who was paid.
    public let counterpartyName: String?
    public let counterpartyAccount: String?
    /// All free text of the line (摘要、用途、附言), parts joined by a space.
    public let remittance: String
    /// The bank's own number of the line (凭证号).
    public let reference: String?
    /// The number the payer gave; ours, when we paid.
    public let endToEndID: String?
    /// The balance after the line, where the bank gives it.
    public let balanceAfter: Money?
    /// The bank says that this line takes back an earlier one.
    public let isReversal: Bool

    public init(
        bookedOn: Day, amount: Money, counterpartyName: String? = nil,
        counterpartyAccount: String? = nil, remittance: String = "", reference: String? = nil,
        endToEndID: String? = nil, balanceAfter: Money? = nil, isReversal: Bool = false
    ) {
        self.bookedOn = bookedOn
        self.amount = amount
        self.counterpartyName = counterpartyName
        self.counterpartyAccount = counterpartyAccount
        self.remittance = remittance
        self.reference = reference
        self.endToEndID = endToEndID
        self.balanceAfter = balanceAfter
        self.isReversal = isReversal
    }
}

/// What a statement file may be at most.
public enum StatementLimit {
    public static let bytes = 64 << 20
    /// Rows of a CSV, entries of an XML file.
    public static let rows = 100_000
    /// Of one cell or element's text, in bytes.
    public static let cellBytes = 64 << 10
    /// Of XML elements.
    public static let nesting = 64
}
