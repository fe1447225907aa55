package import Courier

/// A payment platform that pays people on our order.
///
/// The rules that keep anybody from being paid twice:
/// 1. A payout has one number from its first attempt to its last. After a doubt the number is asked for
///    (`query`), and ordered again only as it is: the same number with the same contents is the same
///    transfer, however often it is ordered. A query tells of a number, not of contents: until an order was answered,
///    what it tells may be of another's transfer.
/// 2. A new number for the same debt is allowed only after `fail`, `closed`, `bounced` or `refused`.
/// 3. `unknown` is not a failure. Nothing is posted and nothing is given up until a query answers.
package protocol Wallet: Sendable {
    func order(_ transfer: Transfer) async -> Reply
    /// - Parameter number: One that was ordered, or may have been.
    func query(_ number: String) async -> Reply
}

/// What a wallet's answer, or the lack of one, allows us to believe.
package enum Reply: Hashable, Sendable {
    /// The wallet knows the transfer, and it stands here.
    case state(TransferState)
    /// Nothing can be concluded: query.
    case unknown(WalletDoubt)
    /// Only from a query: the wallet never saw the number. An order may still be under way to it, so the
    /// same number may be ordered again, and no other.
    case notFound
    /// Only to an order: this order made nothing, now or later.
    case refused(WalletRefusal)
}

package enum WalletDoubt: Hashable, Sendable {
    /// This attempt surely did not leave. An earlier one may have.
    case notSent(CourierError.Obstacle)
    case mayHaveArrived(CourierError.Doubt)
    /// Any status but the definite ones of the protocol; 429 and 5xx among them.
    case status(Int)
    /// A definite status with a body that does not fit it.
    case unreadable(status: Int)
}
