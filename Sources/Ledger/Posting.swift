/// The lines of each event in the life of a fund (handbook §10).
///
/// Amounts must be more than zero; the book refuses others. `cash` is where the money lies: the bank
/// account or the payment platform.
public enum Posting {
    /// The dedicated bank account, undivided.
    public static let bank = Account(Chart.bank)
    /// The payment platform's balance, undivided.
    public static let platform = Account(Chart.platform)

    /// Money is granted to the fund (拨付).
    public static func appropriation(_ amount: Money, into cash: Account = bank) -> [Line] {
        [Line(.debit, cash, amount), .credit(Chart.available, amount)]
    }

    /// The fund is topped up (补充资金).
    public static func topUp(_ amount: Money, into cash: Account = bank) -> [Line] {
        appropriation(amount, into: cash)
    }

    /// An approved amount is set aside (冻结) as `reservation`, until `expires` when that is given.
    public static func reserve(
        _ amount: Money, as reservation: ID<Reservation>, expires: Moment? = nil
    ) -> [Line] {
        [
            .debit(Chart.available, amount),
            Line(
                .credit, Account(Chart.reserved), amount,
                reservation: .opens(reservation, expires: expires)),
        ]
    }

    /// Reserved money whose time is over goes back to the pool by rule (到期退回): see `Book.lapses`.
    public static func lapse(
        _ amount: Money, of reservation: ID<Reservation>,
        heldIn account: Account = Account(Chart.reserved)
    ) -> [Line] {
        [
            Line(.debit, account, amount, reservation: .lapses(reservation)),
            .credit(Chart.available, amount),
        ]
    }

    /// Reserved money goes back to the pool (退回资金池): the merchant settled, or the case ended otherwise.
    public static func returned(_ amount: Money, of reservation: ID<Reservation>) -> [Line] {
        [
            Line(.debit, Account(Chart.reserved), amount, reservation: .returns(reservation)),
            .credit(Chart.available, amount),
        ]
    }

    /// Reserved money becomes the tourist's (解冻), and the merchant owes it to the fund.
    public static func release(
        _ amount: Money, of reservation: ID<Reservation>, toCase file: String,
        owedBy merchant: String
    ) -> [Line] {
        [
            Line(.debit, Account(Chart.reserved), amount, reservation: .releases(reservation)),
            .credit(Chart.available, amount),
        ] + quickPay(amount, toCase: file, owedBy: merchant)
    }

    /// A small claim is paid without a reservation (即诉即赔), and the merchant owes it to the fund.
    public static func quickPay(_ amount: Money, toCase file: String, owedBy merchant: String)
        -> [Line]
    {
        [
            .debit(Chart.receivable, sub: merchant, amount),
            .credit(Chart.payable, sub: file, amount),
        ]
    }

    /// The fund bears a fee for good (费用免除): an expense, and nobody owes it back.
    public static func feeWaiver(
        _ amount: Money, toCase file: String, for provider: String
    ) -> [Line] {
        [
            .debit(Chart.feeWaivers, sub: provider, amount),
            .credit(Chart.payable, sub: file, amount),
        ]
    }

    /// A waived fee that nobody collected is no expense any more.
    public static func feeWaiverUnclaimed(
        _ amount: Money, ofCase file: String, for provider: String
    ) -> [Line] {
        [
            .debit(Chart.payable, sub: file, amount),
            .credit(Chart.feeWaivers, sub: provider, amount),
        ]
    }

    /// The tourist has the money.
    public static func payoutSucceeded(_ amount: Money, toCase file: String, from cash: Account)
        -> [Line]
    {
        [.debit(Chart.payable, sub: file, amount), Line(.credit, cash, amount)]
    }

    /// A payout that had succeeded came back (退票): it is owed to the tourist again.
    public static func payoutReturned(_ amount: Money, ofCase file: String, into cash: Account)
        -> [Line]
    {
        [Line(.debit, cash, amount), .credit(Chart.payable, sub: file, amount)]
    }

    /// The merchant repays (偿还). What is more than owed goes to suspense: the book refuses an overdraft.
    public static func merchantRepays(
        _ amount: Money, by merchant: String, into cash: Account = bank
    ) -> [Line] {
        [Line(.debit, cash, amount), .credit(Chart.receivable, sub: merchant, amount)]
    }

    /// A quality deposit (旅游服务质量保证金) is drawn on for what the merchant owes.
    public static func depositCalled(
        _ amount: Money, of merchant: String, into cash: Account = bank
    ) -> [Line] {
        merchantRepays(amount, by: merchant, into: cash)
    }

    /// The merchant was right in part, and the tourist of the case must pay that part back.
    public static func validDefence(_ amount: Money, of merchant: String, owedByCase file: String)
        -> [Line]
    {
        [
            .debit(Chart.consumerReceivable, sub: file, amount),
            .credit(Chart.receivable, sub: merchant, amount),
        ]
    }

    /// The merchant was right in part, and the fund bears it.
    public static func validDefence(borneByFund amount: Money, of merchant: String) -> [Line] {
        writeOff(amount, of: merchant)
    }

    /// The tourist pays back what a defence took away.
    public static func consumerRepays(
        _ amount: Money, ofCase file: String, into cash: Account = bank
    ) -> [Line] {
        [Line(.debit, cash, amount), .credit(Chart.consumerReceivable, sub: file, amount)]
    }

    /// A receipt nobody can name yet; `statementLine` is its key.
    public static func unidentifiedReceipt(
        _ amount: Money, statementLine: String?, into cash: Account = bank
    ) -> [Line] {
        [Line(.debit, cash, amount), .credit(Chart.suspense, sub: statementLine, amount)]
    }

    /// A receipt in suspense turns out to be `purpose`: the account it should have gone to.
    public static func suspenseIdentified(
        _ amount: Money, statementLine: String?, as purpose: Account
    ) -> [Line] {
        [.debit(Chart.suspense, sub: statementLine, amount), Line(.credit, purpose, amount)]
    }

    /// A recovery is given up (核销), with approval.
    public static func writeOff(_ amount: Money, of merchant: String) -> [Line] {
        [
            .debit(Chart.loss, sub: merchant, amount),
            .credit(Chart.receivable, sub: merchant, amount),
        ]
    }

    /// What a tourist owes back is given up, with approval.
    public static func writeOff(_ amount: Money, owedByCase file: String) -> [Line] {
        [
            .debit(Chart.loss, sub: file, amount),
            .credit(Chart.consumerReceivable, sub: file, amount),
        ]
    }

    /// The merchant pays after the recovery was written off.
    public static func recoveryAfterWriteOff(
        _ amount: Money, by merchant: String, into cash: Account = bank
    ) -> [Line] {
        [Line(.debit, cash, amount), .credit(Chart.loss, sub: merchant, amount)]
    }

    public static func interest(_ amount: Money, into cash: Account = bank) -> [Line] {
        [Line(.debit, cash, amount), .credit(Chart.interest, amount)]
    }

    public static func bankFee(_ amount: Money, from cash: Account = bank) -> [Line] {
        [.debit(Chart.bankFees, amount), Line(.credit, cash, amount)]
    }

    /// Money moves between the fund's own accounts: bank to platform, platform to bank.
    public static func transfer(_ amount: Money, from source: Account, to target: Account) -> [Line]
    {
        [Line(.debit, target, amount), Line(.credit, source, amount)]
    }

    /// The mirror of `lines`, for a draft that `reverses` their voucher.
    ///
    /// What opened a reservation returns it; what released or returned one, or let it lapse, opens a new
    /// one for the same amount, under the id that `reopened` gives for the old one, since what is settled
    /// stays settled.
    public static func reversal(
        of lines: [Line], reopened: (ID<Reservation>) -> ID<Reservation>
    ) -> [Line] {
        lines.map { line in
            let use = line.reservation.map { use in
                use.step == .opens ? ReservationUse.returns(use.id) : .opens(reopened(use.id))
            }
            return Line(line.side.opposite, line.account, line.amount, reservation: use)
        }
    }
}
