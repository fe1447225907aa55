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
    /// The business date lies in a closed period; `firstOpen` is the first day that does not.
    case periodClosed(Day, firstOpen: Day)
    /// The draft reverses and corrects at once: one voucher has one purpose.
    case reversesAndCorrects(ID<Voucher>, ID<Voucher>)
    /// The voucher to reverse or correct was never posted.
    case voucherUnknown(ID<Voucher>)
    /// The voucher to reverse was reversed before, by the other.
    case reversedBefore(ID<Voucher>, by: ID<Voucher>)
    /// The lines do not mirror those of the voucher they reverse; `line` is the first that does not.
    case notMirrored(ID<Voucher>, line: Int)
    /// A line on an account of reservations names none, or a step or an expiry that does not fit it.
    case reservationMissing(line: Int)
    /// A line names a reservation, but its account holds none.
    case reservationMisplaced(line: Int, ID<Reservation>)
    /// The id to open was used before.
    case reservationTaken(ID<Reservation>)
    case reservationUnknown(ID<Reservation>)
    /// Released or returned, whole.
    case reservationSettled(ID<Reservation>)
    /// Its time is over, or would be at once; the answer is the same before and after its lapse is posted.
    case reservationExpired(ID<Reservation>, at: Moment)
    /// A lapse before its time; nil: the reservation never expires.
    case reservationNotExpired(ID<Reservation>, expires: Moment?)
    /// The line names another account than the one the reservation is held in.
    case reservationElsewhere(ID<Reservation>, Account)
    case reservationInsufficient(ID<Reservation>, open: Money, wanted: Money)
    /// The voucher releases more than it promises to tourists: the second leg of a release was dropped.
    case releaseUnpaid(released: Money, payable: Money)
    /// A lapse, or a voucher under the id of one, that is not the one the ledger gives: `Book.lapses`.
    case lapseMalformed(ID<Voucher>)
    /// The time of this reservation is over, and its lapse must be posted first: `Book.lapses`.
    case lapseDue(ID<Reservation>)
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
        case id, fund, currency, reason, source, maker, checker, reverses, corrects, reservation
    }

    public static let lineLimit = 1_000
    /// In bytes of UTF-8; for `reason`.
    public static let reasonLimit = 1_000
    /// In bytes of UTF-8; for every other text.
    public static let textLimit = 128
}
