/// What the books of a fund were at one voucher: little enough to hand to an auditor each day, and
/// enough to find later whether one row before it was altered, added, removed or put elsewhere.
public struct Checkpoint: Hashable, Sendable {
    public let fund: String
    /// ISO 4217.
    public let currency: String
    /// The last voucher: its number is how many there were.
    public let head: Head
    /// When the last voucher was recorded.
    public let recordedAt: Moment
    /// The period that was closed with it, if one was.
    public let closes: Period?
    /// The hash of every account's balance: `Checkpoint.hash(of:)`.
    public let balances: Hash
    /// Debit-positive, by code over all sub-accounts; zeros left out.
    public let totals: [String: Money]

    /// A checkpoint as it was kept.
    public init(
        fund: String, currency: String, head: Head, recordedAt: Moment, closes: Period?,
        balances: Hash, totals: [String: Money]
    ) {
        self.fund = fund
        self.currency = currency
        self.head = head
        self.recordedAt = recordedAt
        self.closes = closes
        self.balances = balances
        self.totals = totals.filter { $0.value != .zero }
    }

    /// Of books that are loaded whole.
    ///
    /// - Parameter recordedAt: The recorded time of the voucher at the head.
    public init(of book: Book, recordedAt: Moment, closes: Period? = nil) {
        self.init(
            fund: book.fund, currency: book.currency, head: book.head, recordedAt: recordedAt,
            closes: closes, balances: Self.hash(of: book.balances), totals: book.totals)
    }

    /// SHA-256 over the canonical fields `amends balances 1`, the number of accounts that do not stand at
    /// zero, then for each of them, in the order of the UTF-8 of its name, the name (`1122:M00012`) and
    /// the balance in fen, debit-positive.
    public static func hash(of balances: [Account: Money]) -> Hash {
        let rows = balances.filter { $0.value != .zero }
            .map { (name: $0.key.description, fen: $0.value.fen) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        var fields = CanonicalBytes(reserving: 32 + 48 * rows.count)
        fields.append("amends balances 1")
        fields.append(rows.count)
        for row in rows {
            fields.append(row.name)
            fields.append(row.fen)
        }
        return Hash(of: fields.bytes)
    }

    /// The bytes that are signed: the canonical fields `amends checkpoint 1`, fund, currency, number and
    /// hash (hexadecimal) of the last voucher, its recorded time (Unix milliseconds), closed period
    /// (`2025-03-08`, `2025-03`, `2025`) or absent, hash of the balances (hexadecimal), number of totals,
    /// then for each, in the order of the codes, code and total in fen, debit-positive.
    public var canonicalBytes: [UInt8] {
        var fields = CanonicalBytes(reserving: 400)
        fields.append("amends checkpoint 1")
        fields.append(fund)
        fields.append(currency)
        fields.append(head.number)
        fields.append(head.hash)
        fields.append(recordedAt.ms)
        fields.append(closes?.description)
        fields.append(balances)
        fields.append(totals.count)
        for (code, total) in totals.sorted(by: { $0.key < $1.key }) {
            fields.append(code)
            fields.append(total.fen)
        }
        return fields.bytes
    }
}

/// A checkpoint with the office's signature (Ed25519), as an auditor keeps it.
public struct SignedCheckpoint: Hashable, Sendable {
    public let checkpoint: Checkpoint
    /// Whose signature it claims to be.
    public let key: VerificationKey
    /// 64 bytes, over `checkpoint.canonicalBytes`.
    public let signature: [UInt8]

    public init(_ checkpoint: Checkpoint, key: VerificationKey, signature: [UInt8]) {
        self.checkpoint = checkpoint
        self.key = key
        self.signature = signature
    }

    /// Whether one of `keys` signed exactly this.
    public func isSigned(by keys: [VerificationKey]) -> Bool {
        keys.contains(key) && key.accepts(signature, of: checkpoint.canonicalBytes)
    }
}
