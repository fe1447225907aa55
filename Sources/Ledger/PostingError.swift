/// Why the ledger refused a draft. Nothing was recorded; every balance is as it was.
///
/// The cases stand in the order in which they are checked: the first that applies is the answer, so
/// that the same draft against the same books always gets the same answer. Within one case the lines
/// are checked in their order. The one answer before all these is acceptance: a draft whose id *and*
/// content were posted before is that voucher, and changes nothing.
public enum PostingError: Error, Hashable, Sendable {
    /// `id` was posted before with other contents.
    case idTaken(ID<Voucher>)
    /// The stored totals do not add up to zero, or are missing: the books were damaged outside the ledger.
    case booksOutOfBalance(fund: String)
    case wrongFund(String, expected: String)
    case wrongCurrency(String, expected: String)
    /// A text of the draft is empty or longer than `limit` bytes.
    case badText(Draft.Field, limit: Int)
    case tooFewLines(Int)
    case tooManyLines(Int, limit: Int)
    /// `line` counts from 1.
    case amountNotPositive(line: Int, Money)
    /// The account is not in the chart, or names a sub-account where none is kept, or none where it must.
    case unknownAccount(line: Int, Account)
    /// Both sums as far as `Money` reaches.
    case unbalanced(debits: Money, credits: Money)
    /// A line on an account of reservations names none, or a step that does not fit its side.
    case reservationMissing(line: Int)
    /// A line names a reservation, but its account holds none.
    case reservationMisplaced(line: Int, ID<Reservation>)
    /// The id to open was used before.
    case reservationTaken(ID<Reservation>)
    case reservationUnknown(ID<Reservation>)
    case reservationSettled(ID<Reservation>)
    case reservationInsufficient(ID<Reservation>, open: Money, wanted: Money)
    /// A balance or total would leave the range of `Money`.
    case overflow(Account)
    /// The account has `free` left on its normal side, less than the `wanted` amount.
    case overdrawn(Account, free: Money, wanted: Money)
    /// The guard of this name has `free` left, less than the `wanted` amount.
    case guardWouldFall(String, free: Money, wanted: Money)
}

extension Draft {
    /// The texts of a draft that must not be empty.
    public enum Field: String, Hashable, Sendable, CaseIterable {
        case id, fund, currency, reason, source, maker, checker, reverses, reservation
    }

    public static let lineLimit = 1_000
    /// In bytes of UTF-8; for `reason`.
    public static let reasonLimit = 1_000
    /// In bytes of UTF-8; for every other text.
    public static let textLimit = 128
}
