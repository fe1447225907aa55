/// A voucher (记账凭证): what was posted, its place in the fund's sequence and its link in the chain.
///
/// Never changed and never deleted; a correction is another voucher that names this one.
public struct Voucher: Hashable, Sendable, Codable {
    public let draft: Draft
    /// 1, 2, 3 … without a gap within the fund.
    public let number: Int64
    /// When we recorded it; `draft.businessDate` says when it happened.
    public let recordedAt: Moment
    /// The hash of voucher `number − 1` of the fund; `Hash.zero` for the first.
    public let previousHash: Hash
    public let hash: Hash

    /// A voucher as it was stored. Whether `hash` is right is for `verify` to say.
    public init(draft: Draft, number: Int64, recordedAt: Moment, previousHash: Hash, hash: Hash) {
        self.draft = draft
        self.number = number
        self.recordedAt = recordedAt
        self.previousHash = previousHash
        self.hash = hash
    }

    /// The voucher after `head`, with its hash.
    init(_ draft: Draft, after head: Head, at recordedAt: Moment) {
        self.init(
            draft: draft, number: head.number + 1, recordedAt: recordedAt, previousHash: head.hash,
            hash: Self.hash(of: draft, number: head.number + 1, at: recordedAt, after: head.hash))
    }

    public var id: ID<Voucher> { draft.id }
    public var lines: [Line] { draft.lines }

    /// What `hash` must read: SHA-256 over the canonical fields `amends voucher 1`, previous hash (hex),
    /// number, recorded time (Unix milliseconds), content hash of the draft (hex).
    public static func hash(
        of draft: Draft, number: Int64, at recordedAt: Moment, after previous: Hash
    ) -> Hash {
        var fields = CanonicalBytes(reserving: 200)
        fields.append("amends voucher 1")
        fields.append(previous)
        fields.append(number)
        fields.append(recordedAt.ms)
        fields.append(draft.contentHash)
        return Hash(of: fields.bytes)
    }
}

/// The last voucher of a fund, as the next one needs to know it.
public struct Head: Hashable, Sendable, Codable {
    /// 0 before the first voucher.
    public let number: Int64
    public let hash: Hash

    public init(number: Int64, hash: Hash) {
        self.number = number
        self.hash = hash
    }

    /// Of a fund without vouchers.
    public static let none = Head(number: 0, hash: .zero)
}

/// A voucher as proposed, before it has a number.
public struct Draft: Hashable, Sendable, Codable {
    /// Derives from the case and the step, so that doing a thing twice is doing it once.
    public let id: ID<Voucher>
    public let fund: String
    /// ISO 4217.
    public let currency: String
    /// When it happened, in the office's calendar.
    public let businessDate: Day
    /// The summary (摘要) an accountant reads.
    public let reason: String
    /// What caused it: a case and event number, a statement line.
    public let source: String
    /// Who prepared it (经办), a person or the office's clock.
    public let maker: String
    /// Who approved it (复核), where two people are needed.
    public let checker: String?
    /// The voucher this one reverses (冲销): its lines mirror that one's, and no other reverses it.
    public let reverses: ID<Voucher>?
    /// The voucher this one corrects (更正), by what was wrong in it or as it should have been.
    public let corrects: ID<Voucher>?
    /// Two or more; their order is part of the voucher.
    public let lines: [Line]

    public init(
        id: ID<Voucher>, fund: String, currency: String = "CNY", businessDate: Day, reason: String,
        source: String, maker: String, checker: String? = nil, reverses: ID<Voucher>? = nil,
        corrects: ID<Voucher>? = nil, lines: [Line]
    ) {
        self.id = id
        self.fund = fund
        self.currency = currency
        self.businessDate = businessDate
        self.reason = reason
        self.source = source
        self.maker = maker
        self.checker = checker
        self.reverses = reverses
        self.corrects = corrects
        self.lines = lines
    }

    /// Every account the lines touch, once, in order: what a partly loaded `Book` must know.
    public var accounts: [Account] { Set(lines.map(\.account)).sorted() }

    /// Every reservation the lines name, once, in order.
    public var reservations: [ID<Reservation>] {
        Set(lines.compactMap { $0.reservation?.id }).sorted()
    }

    /// The vouchers the draft names: what a partly loaded `Book` must be given as `posted`, together with
    /// any voucher that reverses one of them.
    public var named: [ID<Voucher>] { [reverses, corrects].compactMap { $0 } }

    /// Two drafts of one id are the same voucher exactly when these hashes are equal.
    ///
    /// SHA-256 over the canonical fields `amends draft 1`, id, fund, currency, business date
    /// (`yyyy-MM-dd`), reason, source, maker, checker or absent, reversed id or absent, number of lines;
    /// then for each line account (`1122:M00012`), side (`debit` or `credit`), amount in fen, step
    /// (`opens`, `releases`, `returns`, `lapses` or absent), reservation id or absent.
    ///
    /// A draft that corrects another, or opens a reservation that expires, is written as `amends draft 2`:
    /// the same fields with the corrected id or absent after the reversed one, and behind each line the
    /// expiry (Unix milliseconds) or absent.
    public var contentHash: Hash {
        let isSecond = corrects != nil || lines.contains { $0.reservation?.expires != nil }
        var fields = CanonicalBytes(reserving: 300 + 60 * lines.count)
        fields.append(isSecond ? "amends draft 2" : "amends draft 1")
        fields.append(id.text)
        fields.append(fund)
        fields.append(currency)
        fields.append(businessDate)
        fields.append(reason)
        fields.append(source)
        fields.append(maker)
        fields.append(checker)
        fields.append(reverses?.text)
        if isSecond { fields.append(corrects?.text) }
        fields.append(lines.count)
        for line in lines {
            fields.append(line.account)
            fields.append(line.side.rawValue)
            fields.append(line.amount.fen)
            fields.append(line.reservation?.step.rawValue)
            fields.append(line.reservation?.id.text)
            if isSecond {
                if let expires = line.reservation?.expires {
                    fields.append(expires.ms)
                } else {
                    fields.append(nil)
                }
            }
        }
        return Hash(of: fields.bytes)
    }
}

/// One line (分录) of a voucher.
public struct Line: Hashable, Sendable, Codable {
    public let account: Account
    public let side: Side
    /// More than zero.
    public let amount: Money
    /// On an account that holds reservations: which one, and what happens to it. Nil elsewhere.
    public let reservation: ReservationUse?

    public init(
        _ side: Side, _ account: Account, _ amount: Money, reservation: ReservationUse? = nil
    ) {
        self.account = account
        self.side = side
        self.amount = amount
        self.reservation = reservation
    }

    public static func debit(_ code: String, sub: String? = nil, _ amount: Money) -> Line {
        Line(.debit, Account(code, sub: sub), amount)
    }

    public static func credit(_ code: String, sub: String? = nil, _ amount: Money) -> Line {
        Line(.credit, Account(code, sub: sub), amount)
    }
}
