import Ledger

extension PaymentFile {
    /// Refuses a file that a bank would refuse, or should.
    ///
    /// Checked in this order: the file's own fields, then batch by batch, payment by payment, and last
    /// the sum of all.
    func check() throws(PaymentFileError) {
        try checkIdentifier(id, "MsgId")
        try checkText(initiator, "InitgPty/Nm", payment: "")
        guard currency.utf8.count == 3, currency.utf8.allSatisfy({ (65...90).contains($0) }) else {
            throw .badCurrency(currency)
        }
        guard !batches.isEmpty else { throw .empty(batch: nil) }
        var batchIDs: Set<String> = []
        var numbers: Set<String> = []
        for batch in batches {
            try checkIdentifier(batch.id, "PmtInfId")
            guard batchIDs.insert(batch.id).inserted else {
                throw .duplicate(field: "PmtInfId", batch.id)
            }
            guard !batch.payments.isEmpty else { throw .empty(batch: batch.id) }
            try check(batch.payer, "Dbtr", payment: batch.id)
            for payment in batch.payments {
                try check(payment)
                guard numbers.insert(payment.number).inserted else {
                    throw .duplicate(field: "EndToEndId", payment.number)
                }
            }
        }
        guard numbers.count <= PaymentLimit.payments else { throw .tooMany(numbers.count) }
        guard sum(of: payments) != nil else { throw .sumOutOfRange }
    }

    private func check(_ payment: Payment) throws(PaymentFileError) {
        try checkIdentifier(payment.number, "EndToEndId")
        guard payment.amount.isPositive else {
            throw .badAmount(payment: payment.number, payment.amount)
        }
        try check(payment.payee, "Cdtr", payment: payment.number)
        try checkIdentifier(payment.caseNumber, "case number")
        try checkText(payment.remittance, "RmtInf/Ustrd", payment: payment.number)
    }

    private func check(
        _ party: Party, _ field: String, payment: String
    ) throws(PaymentFileError) {
        try checkText(party.name, "\(field)/Nm", payment: payment)
        let isAccount = party.account.utf8.allSatisfy { byte in
            isLetterOrDigit(byte) || byte == UInt8(ascii: "-")
        }
        guard isAccount, (1...34).contains(party.account.utf8.count) else {
            throw .badAccount(payment: payment, party.account)
        }
        guard let bank = party.bankNumber else { return }
        guard bank.utf8.count == 12, bank.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw .badBankNumber(payment: payment, bank)
        }
    }

    private func checkIdentifier(_ text: String, _ field: String) throws(PaymentFileError) {
        let isSound =
            text.utf8.allSatisfy(isSWIFT) && (1...PaymentLimit.identifier).contains(text.utf8.count)
            && text.first != "/" && text.last != "/" && !text.contains("//")
            && trimmed(text) == text
        guard isSound else { throw .badIdentifier(field: field, text) }
    }

    private func checkText(
        _ text: String, _ field: String, payment: String
    ) throws(PaymentFileError) {
        let isAllowed =
            switch characters {
            case .latin: text.utf8.allSatisfy(isSWIFT)
            case .any: text.unicodeScalars.allSatisfy(isPrintable)
            }
        guard isAllowed, trimmed(text) == text,
            (1...PaymentLimit.text).contains(text.unicodeScalars.count)
        else { throw .badText(field: field, payment: payment, text) }
    }
}

/// The sum of the amounts; nil beyond the range of `Money`.
func sum(of payments: [Payment]) -> Money? {
    var sum = Money.zero
    for payment in payments {
        guard let next = sum.adding(payment.amount) else { return nil }
        sum = next
    }
    return sum
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122: true
    default: false
    }
}

private func isSWIFT(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || "/-?:().,'+ ".utf8.contains(byte)
}

/// No control character, no half of a pair, none of the two that XML does not allow.
private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: false
    default: true
    }
}
