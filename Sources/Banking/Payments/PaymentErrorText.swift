import Ledger

extension PaymentFileError: CustomStringConvertible {
    /// An English sentence: what is wrong, where, and the mend.
    public var description: String {
        switch self {
        case .unreadable(let cause): cause.description
        case .empty(nil): "The file has no batch; there is nothing to pay."
        case .empty(let batch?): "Batch “\(batch)” has no payments; leave it out."
        case .tooMany(let count):
            "The file has \(count) payments, more than \(PaymentLimit.payments); write several files."
        case .badIdentifier(let field, let value):
            "\(field): “\(value)” must be 1 to 35 letters, digits or /-?:().,'+ and blanks, without slashes at the ends or together."
        case .duplicate(let field, let value):
            "\(field): “\(value)” stands in the file twice; each payout is ordered once."
        case .badAmount(let payment, let amount):
            "Payment “\(payment)”: \(amount) is not more than zero."
        case .sumOutOfRange: "The payments together are beyond any amount; write several files."
        case .badCurrency(let currency): "“\(currency)” is no currency of three capital letters."
        case .badAccount(let payment, let account):
            "Payment “\(payment)”: account “\(account)” must be 1 to 34 letters, digits or hyphens."
        case .badBankNumber(let payment, let number):
            "Payment “\(payment)”: bank number “\(number)” must be 12 digits."
        case .badText(let field, let payment, let text):
            "Payment “\(payment)”: \(field) “\(text)” must be 1 to 140 characters the bank takes."
        case .badShape(let place, let fault): "\(place): \(fault)."
        case .totalMismatch(let place, let stated, let expected):
            "\(place): the total reads \(stated), but the payments give \(expected)."
        }
    }
}

extension PaymentReportError: CustomStringConvertible {
    /// An English sentence: what is wrong, where, and the mend.
    public var description: String {
        switch self {
        case .unreadable(let cause): cause.description
        case .notPain002(let found): "This XML is not a pain.002 report: \(found)."
        case .missing(let place): "\(place) is missing or empty."
        case .unknownStatus(let place, let value):
            "\(place): “\(value)” is no known status; ask the bank what it means."
        case .badAmount(let place, let value): "\(place): “\(value)” is no amount."
        case .otherFile(let found, let expected):
            "The report answers file “\(found)”, not “\(expected)”."
        case .unknownNumber(let number): "The file has no batch or payment “\(number)”."
        case .contradiction(let number, let a, let b):
            "The report says both \(a.rawValue) and \(b.rawValue) of “\(number)”; ask the bank."
        case .otherAmount(let number, let found, let expected):
            "The bank repeats \(found) for “\(number)”, but \(expected) was asked for; ask the bank."
        }
    }
}
