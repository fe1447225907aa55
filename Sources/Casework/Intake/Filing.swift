package import Ledger

/// What a tourist (or whoever speaks for them) brings to the desk.
package struct Filing: Hashable, Sendable, Codable {
    package let channel: Channel
    package let claimant: Claimant
    /// Nil while nobody found the merchant on the list; `merchantName` is then all there is.
    package let merchant: ID<Merchant>?
    /// As the tourist calls it.
    package let merchantName: String
    /// The merchant's or platform's order number, as printed on the receipt.
    package let order: String?
    /// What went wrong, a code of the edition's matters: `hotel-cancellation`, `goods-quality` …
    package let matter: String
    /// The day of purchase, stay or cancellation: which merchants' list and which entitlement rules count.
    package let occurredOn: Day
    /// What was paid for it.
    package let paid: Money
    /// What the tourist asks for.
    package let claimed: Money
    package let story: String
    package let wanted: String
    package let facts: Facts
    /// Where an advance would go; may come later.
    package let payee: Payee?
    /// The number another hotline gave it, when it was transferred from there.
    package let transferredFrom: String?

    package init(
        channel: Channel, claimant: Claimant, merchant: ID<Merchant>?, merchantName: String,
        order: String?,
        matter: String, occurredOn: Day, paid: Money, claimed: Money, story: String, wanted: String,
        facts: Facts, payee: Payee?, transferredFrom: String?
    ) {
        self.channel = channel
        self.claimant = claimant
        self.merchant = merchant
        self.merchantName = merchantName
        self.order = order
        self.matter = matter
        self.occurredOn = occurredOn
        self.paid = paid
        self.claimed = claimed
        self.story = story
        self.wanted = wanted
        self.facts = facts
        self.payee = payee
        self.transferredFrom = transferredFrom
    }
}

/// How a demand reached the office.
package enum Channel: String, Hashable, Sendable, Codable, CaseIterable {
    case phone, counter, web, wechat, sms, email
    /// Transferred from a 12345 hotline, with that hotline's number.
    case hotline
    /// 一键求助: a device with one button, often an old person's.
    case sos
    /// 主动采集: the office read, saw or heard of it; nobody called.
    case collected
}

/// The person the money is for (real name, handbook §2.3 row 3).
package struct Claimant: Hashable, Sendable, Codable {
    package let name: Personal<String>
    /// A number of an identity document; nil when it was not given, and then there is no advance.
    package let identity: Personal<String>?
    package let phone: Personal<String>

    package init(name: String, identity: String?, phone: String) {
        self.name = Personal(name)
        self.identity = identity.map { Personal($0) }
        self.phone = Personal(phone)
    }
}

/// Where a payout goes.
package struct Payee: Hashable, Sendable, Codable {
    /// The wallet's or bank's account identifier.
    package let account: Personal<String>
    /// The account holder's real name.
    package let name: Personal<String>
    /// Where the account is kept; nil: with the payment platform.
    package let bank: Bank?

    package init(account: String, name: String, bank: Bank? = nil) {
        self.account = Personal(account)
        self.name = Personal(name)
        self.bank = bank
    }

    /// The bank of a payee, as the payee knows it.
    package struct Bank: Hashable, Sendable, Codable {
        /// 开户行: the branch's name.
        package let name: String
        /// 联行号 (CNAPS), 12 digits; nil where the bank finds it itself.
        package let number: String?

        package init(name: String, number: String? = nil) {
            self.name = name
            self.number = number
        }
    }

    package var rail: Rail { bank == nil ? .wallet : .bank }
}

/// By which way money reaches the tourist.
package enum Rail: String, Hashable, Sendable, Codable, CaseIterable {
    /// One by one, from the fund's balance at the payment platform.
    case wallet
    /// In payment files, from the dedicated account.
    case bank
}

/// A value that is about a person: it prints as `‹personal›`, so that it never reaches a log by accident.
package struct Personal<Value: Hashable & Sendable & Codable>: Hashable, Sendable {
    /// Ask for it only where it is shown to someone permitted to see it.
    package let revealed: Value

    package init(_ value: Value) { revealed = value }
}

extension Personal: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "‹personal›" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension Personal: Codable {
    package init(from decoder: any Decoder) throws {
        revealed = try decoder.singleValueContainer().decode(Value.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(revealed)
    }
}
