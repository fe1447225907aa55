public import Ledger

/// Payouts to hand to a bank in one file (ISO 20022 customer credit transfer initiation).
public struct PaymentFile: Hashable, Sendable {
    /// Which characters names and texts may have.
    public enum Characters: Hashable, Sendable {
        /// Any, without control characters: Chinese banks take UTF-8.
        case any
        /// SWIFT's set, for banks abroad: letters and digits without accents, blank and `/-?:().,'+`.
        case latin
    }

    /// Names the file for ever: the bank refuses one it has seen. 1…35 characters of SWIFT's set.
    public let id: String
    public let createdAt: Moment
    /// Who hands it in; 1…140 characters.
    public let initiator: String
    /// ISO 4217; one for the whole file.
    public let currency: String
    public let characters: Characters
    /// At least one.
    public let batches: [PaymentBatch]

    public init(
        id: String, createdAt: Moment, initiator: String, currency: String = "CNY",
        characters: Characters = .any, batches: [PaymentBatch]
    ) {
        self.id = id
        self.createdAt = createdAt
        self.initiator = initiator
        self.currency = currency
        self.characters = characters
        self.batches = batches
    }

    public var payments: [Payment] { batches.flatMap(\.payments) }
}

/// Payments from one account on one day; the bank may book them in one sum.
public struct PaymentBatch: Hashable, Sendable {
    /// 1…35 characters of SWIFT's set; unique in the file.
    public let id: String
    public let payer: Party
    public let executionDay: Day
    /// At least one.
    public let payments: [Payment]

    public init(id: String, payer: Party, executionDay: Day, payments: [Payment]) {
        self.id = id
        self.payer = payer
        self.executionDay = executionDay
        self.payments = payments
    }
}

/// A name and an account at a bank.
public struct Party: Hashable, Sendable {
    /// 1…140 characters.
    public let name: String
    /// 1…34 letters, digits and hyphens.
    public let account: String
    /// The bank's line number (联行号, CNAPS): 12 digits; nil where the bank finds it itself.
    public let bankNumber: String?

    public init(name: String, account: String, bankNumber: String? = nil) {
        self.name = name
        self.account = account
        self.bankNumber = bankNumber
    }
}

/// One payout.
public struct Payment: Hashable, Sendable {
    /// Our payout number: comes back in the bank's answer and in the statement. 1…35 characters of
    /// SWIFT's set; unique in the file.
    public let number: String
    /// More than zero.
    public let amount: Money
    public let payee: Party
    /// Stands first in the remittance text: banks cut the end.
    public let caseNumber: String
    /// What the payee reads behind the case number; may be empty.
    public let purpose: String

    public init(
        number: String, amount: Money, payee: Party, caseNumber: String, purpose: String
    ) {
        self.number = number
        self.amount = amount
        self.payee = payee
        self.caseNumber = caseNumber
        self.purpose = purpose
    }

    /// At most 140 characters.
    public var remittance: String {
        purpose.isEmpty ? caseNumber : "\(caseNumber) \(purpose)"
    }
}

/// Why a payment file was not written, or is no sound one. Nothing was handed in.
public enum PaymentFileError: Error, Hashable, Sendable {
    case unreadable(StatementError)
    /// No batch, or this batch has no payments.
    case empty(batch: String?)
    /// More than `PaymentLimit.payments`.
    case tooMany(Int)
    /// Not 1…35 characters of SWIFT's set, or slashes where SWIFT allows none.
    case badIdentifier(field: String, String)
    /// Two batches or two payments bear the same number.
    case duplicate(field: String, String)
    /// Zero or less.
    case badAmount(payment: String, Money)
    /// The payments together leave the range of `Money`.
    case sumOutOfRange
    /// Not three capital letters.
    case badCurrency(String)
    case badAccount(payment: String, String)
    case badBankNumber(payment: String, String)
    /// Empty, longer than 140 characters, or with characters the file may not have.
    case badText(field: String, payment: String, String)
    /// The file does not have the structure of pain.001.001.09.
    case badShape(Place, String)
    /// A count or sum in the file is not that of its payments.
    case totalMismatch(Place, stated: String, expected: String)
}

public enum PaymentLimit {
    /// Of one file.
    public static let payments = 10_000
    /// Of an identifier, in characters.
    public static let identifier = 35
    /// Of a name or text, in characters.
    public static let text = 140
}
