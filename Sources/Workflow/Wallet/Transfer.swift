package import Ledger

/// One payment to one person, as ordered from the wallet.
package struct Transfer: Hashable, Sendable {
    /// What the payee sees the money as.
    package enum Perception: String, Hashable, Sendable, Codable, CaseIterable {
        case refund = "退款"
        case compensation = "商家赔付"
    }

    /// Personal: neither part appears in a description.
    package struct Payee: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
        package let account: String
        /// Checked by the wallet against the account's owner; required from `Limits.nameRequiredFrom`.
        package let realName: String?

        package init(account: String, realName: String?) {
            self.account = account
            self.realName = realName
        }

        package var description: String { "‹personal›" }
        package var customMirror: Mirror { Mirror(self, children: [:]) }
    }

    /// 企业赔付, the wallet's scene for compensation; the only one we order in.
    package static let scene = "1011"

    /// Ours, unique for ever: 1…32 ASCII letters and digits. The same number is the same transfer.
    package let number: String
    package let amount: Money
    package let payee: Payee
    package let perception: Perception
    /// 赔付原因, shown to the payee.
    package let reason: String
    package let remark: String

    package init(
        number: String, amount: Money, payee: Payee, perception: Perception = .compensation,
        reason: String, remark: String
    ) {
        self.number = number
        self.amount = amount
        self.payee = payee
        self.perception = perception
        self.reason = reason
        self.remark = remark
    }
}

/// Where a transfer stands with the wallet, and when it came there as far as that is final.
package enum TransferState: Hashable, Sendable {
    case accepted
    case processing
    /// The payee must confirm in the wallet within 24 hours.
    case waitUserConfirm
    case transferring
    case success(at: Moment)
    case fail(FailReason, at: Moment)
    /// The payee did not confirm in time; the money never left.
    case closed(at: Moment)
    /// 退票: was a success, and came back.
    case bounced(at: Moment)

    /// No money is under way any more. A success may still bounce.
    package var isSettled: Bool {
        switch self {
        case .accepted, .processing, .waitUserConfirm, .transferring: false
        case .success, .fail, .closed, .bounced: true
        }
    }
}

package enum FailReason: Hashable, Sendable {
    /// The real name is not that of the account's owner.
    case nameMismatch
    case accountClosed
    /// A code of the wallet's that we do not know.
    case other(String)
}

/// The wallet's definite no: nothing was made, and the number is as free or as taken as it was before.
package struct WalletRefusal: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable, Codable {
        case invalidRequest = "INVALID_REQUEST"
        case nameRequired = "NAME_REQUIRED"
        /// The number stands for a transfer (or top-up) with other contents.
        case numberTaken = "NUMBER_TAKEN"
        case notEnough = "NOT_ENOUGH"
        case billNotReady = "BILL_NOT_READY"
    }

    package let code: Code
    /// In English, for the log.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension Transfer {
    package enum Limits {
        package static let number_characters = 32
        package static let account_characters = 64
        package static let name_characters = 64
        package static let reason_characters = 32
        package static let remark_characters = 32
        /// One million yuan.
        package static let amount = Money(fen: 100_000_000)
        /// 2,000 yuan: from here on the payee's real name is required.
        package static let nameRequiredFrom = Money(fen: 200_000)
    }

    /// Refuses what no wallet would take: number, amount, payee, reason, remark, real name, in this order.
    package func validate() throws(WalletRefusal) {
        guard Self.isNumber(number) else {
            throw WalletRefusal(.invalidRequest, "out_bill_no is 1 to 32 ASCII letters and digits")
        }
        guard amount.isPositive, amount <= Limits.amount else {
            throw WalletRefusal(.invalidRequest, "amount_fen is 1 to \(Limits.amount.fen)")
        }
        try Self.check(payee.account, "payee.account", 1...Limits.account_characters)
        if let name = payee.realName {
            try Self.check(name, "payee.real_name", 1...Limits.name_characters)
        }
        try Self.check(reason, "reason", 1...Limits.reason_characters)
        try Self.check(remark, "remark", 0...Limits.remark_characters)
        if amount >= Limits.nameRequiredFrom, payee.realName == nil {
            throw WalletRefusal(
                .nameRequired, "payee.real_name is required from \(Limits.nameRequiredFrom) yuan")
        }
    }

    package static func isNumber(_ text: String) -> Bool {
        (1...Limits.number_characters).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
            }
    }

    /// Characters are Unicode scalars; controls and line breaks are not allowed.
    private static func check(
        _ text: String, _ field: String, _ length: ClosedRange<Int>
    ) throws(WalletRefusal) {
        guard length.contains(text.unicodeScalars.count) else {
            throw WalletRefusal(
                .invalidRequest,
                "\(field) is \(length.lowerBound) to \(length.upperBound) characters long")
        }
        let isClean = text.unicodeScalars.allSatisfy {
            switch $0.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
        guard isClean else {
            throw WalletRefusal(.invalidRequest, "\(field) holds a control character")
        }
    }
}
