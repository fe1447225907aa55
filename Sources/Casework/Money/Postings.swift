package import Ledger

/// The vouchers that events of a case are booked with.
///
/// A voucher's id derives from the case and the event's position, so booking an event twice is booking
/// it once. The five amounts of an advance stay five: approved, reserved, released, returned, recoverable.
package enum Postings {
    /// Where and for whom to book.
    package struct Books: Hashable, Sendable {
        package let fund: String
        package let currency: String
        package let zone: Zone

        package init(fund: String, currency: String, zone: Zone) {
            self.fund = fund
            self.currency = currency
            self.zone = zone
        }
    }

    /// The voucher for `recorded`; nil when it moves no money.
    ///
    /// - Parameter file: The case just before the event.
    package static func draft(for recorded: Recorded, of file: Case, in books: Books) -> Draft? {
        guard let entry = entry(for: recorded, of: file) else { return nil }
        return Draft(
            id: voucher(of: file.id, position: recorded.position), fund: books.fund,
            currency: books.currency, businessDate: entry.day ?? books.zone.day(at: recorded.at),
            reason: entry.reason, source: "\(file.id)#\(recorded.position)",
            maker: entry.maker ?? recorded.actor,
            checker: entry.checker, lines: entry.lines)
    }

    package static func voucher(of id: ID<Case>, position: Int) -> ID<Voucher> {
        ID("\(id)#\(position)")
    }

    private struct Entry {
        let reason: String
        let lines: [Line]
        var day: Day?
        /// Who prepared it, where that is not who gave the last word.
        var maker: String?
        var checker: String?
    }

    private static func entry(for recorded: Recorded, of file: Case) -> Entry? {
        let merchant = file.filing.merchant?.text ?? "unlisted"
        let id = file.id.text
        let reservation = file.reservation
        switch recorded.event {
        case .reserved(let amount):
            return Entry(
                reason: "冻结先行赔付款 \(id)", lines: Posting.reserve(amount, as: reservation),
                checker: file.advance?.approvals.last?.by)
        case .quickPayGranted(let amount):
            return Entry(
                reason: "小额快赔 \(id)",
                lines: Posting.quickPay(amount, toCase: id, owedBy: merchant),
                checker: file.advance?.approvals.last?.by)
        case .feeWaived(let amount):
            return Entry(
                reason: "费用免除 \(id)", lines: Posting.feeWaiver(amount, toCase: id, for: merchant),
                checker: file.advance?.approvals.last?.by)
        case .reservationReduced(let amount), .reservationReturned(let amount):
            return Entry(
                reason: "冻结款退回资金池 \(id)", lines: Posting.returned(amount, of: reservation))
        case .released(let amount):
            return Entry(
                reason: "解冻付给游客 \(id)",
                lines: Posting.release(amount, of: reservation, toCase: id, owedBy: merchant))
        case .payoutConfirmed(let number, let amount, let day):
            return Entry(
                reason: "赔付到账 \(number)",
                lines: Posting.payoutSucceeded(
                    amount, toCase: id, from: file.cashAccount(ofPayout: number)), day: day)
        case .payoutBounced(let number, let amount, _):
            return Entry(
                reason: "退票 \(number)",
                lines: Posting.payoutReturned(
                    amount, ofCase: id, into: file.cashAccount(ofPayout: number)))
        case .payoutReturnedFromSuspense(let number, let amount, _, let day, let line, let proposer):
            return Entry(
                reason: "待查款认领为退票 \(number)",
                lines: Posting.suspenseIdentified(
                    amount, statementLine: line, as: Account(Chart.payable, sub: id)),
                day: day, maker: proposer, checker: recorded.actor)
        case .unclaimedReturned(let amount, let recoverable):
            return Entry(
                reason: "无人领取的赔付款退回资金池 \(id)",
                lines: unclaimed(amount, recoverable: recoverable, file, merchant),
                maker: file.unclaimedProposer, checker: recorded.actor)
        default:
            return recoveryEntry(for: recorded, of: file, merchant: merchant)
        }
    }

    private static func recoveryEntry(
        for recorded: Recorded, of file: Case, merchant: String
    ) -> Entry? {
        let id = file.id.text
        switch recorded.event {
        case .defenceUpheld(let amount, _):
            return Entry(
                reason: "商家抗辩成立 \(id)",
                lines: Posting.validDefence(borneByFund: amount, of: merchant),
                maker: file.recovery?.responseBy, checker: recorded.actor)
        case .repaidFromSuspense(let amount, _, let day, let line, let proposer):
            return Entry(
                reason: "待查款认领为商家偿还 \(id)",
                lines: Posting.suspenseIdentified(
                    amount, statementLine: line, as: Account(Chart.receivable, sub: merchant)),
                day: day, maker: proposer, checker: recorded.actor)
        case .interestPaid(let amount, _, let day):
            return Entry(
                reason: "追偿利息 \(id)", lines: Posting.interest(amount), day: day)
        case .claimBackOpened(let amount, _):
            return Entry(
                reason: "应由游客退还 \(id)",
                lines: Posting.validDefence(amount, of: merchant, owedByCase: id),
                maker: file.claimBack?.finder ?? file.recovery?.responseBy,
                checker: recorded.actor)
        case .touristRepaidFromSuspense(let amount, _, let day, let line, let proposer):
            return Entry(
                reason: "待查款认领为游客退还 \(id)",
                lines: Posting.suspenseIdentified(
                    amount, statementLine: line, as: Account(Chart.consumerReceivable, sub: id)),
                day: day, maker: proposer, checker: recorded.actor)
        case .claimBackWrittenOff(let amount):
            return Entry(
                reason: "核销应由游客退还款 \(id)", lines: Posting.writeOff(amount, owedByCase: id),
                maker: file.claimBack?.writeOffProposer, checker: recorded.actor)
        case .touristRepaid(let amount, _, let day):
            return Entry(
                reason: "游客退还 \(id)", lines: Posting.consumerRepays(amount, ofCase: id), day: day)
        case .repaid(let amount, _, let day):
            return Entry(
                reason: "商家偿还 \(id)", lines: Posting.merchantRepays(amount, by: merchant), day: day)
        case .depositSetOff(let amount, _, let day):
            return Entry(
                reason: "质量保证金抵偿 \(id)", lines: Posting.depositCalled(amount, of: merchant),
                day: day)
        case .writtenOff(let amount):
            return Entry(
                reason: "核销应追偿款 \(id)", lines: Posting.writeOff(amount, of: merchant),
                maker: file.recovery?.writeOffProposer, checker: recorded.actor)
        case .repaidAfterWriteOff(let amount, _, let day):
            return Entry(
                reason: "核销后收回 \(id)",
                lines: Posting.recoveryAfterWriteOff(amount, by: merchant), day: day)
        default:
            return nil
        }
    }

    /// The merchant no longer owes what the fund did not pay; what was given up is no loss any more, and
    /// what the merchant had repaid is the pool's.
    private static func unclaimed(
        _ amount: Money, recoverable: Money, _ file: Case, _ merchant: String
    ) -> [Line] {
        if file.advance?.decision.path == .waiveFee {
            return Posting.feeWaiverUnclaimed(amount, ofCase: file.id.text, for: merchant)
        }
        let rest = amount.fen - recoverable.fen
        let givenUp = file.recovery.map { $0.writtenOff.fen + $0.waived.fen - $0.recoveredLate.fen }
        let lost = Money(fen: min(rest, max(0, givenUp ?? 0)))
        let kept = Money(fen: rest - lost.fen)
        return [.debit(Chart.payable, sub: file.id.text, amount)]
            + (lost.isPositive ? [.credit(Chart.loss, sub: merchant, lost)] : [])
            + (recoverable.isPositive
                ? [.credit(Chart.receivable, sub: merchant, recoverable)] : [])
            + (kept.isPositive ? [.credit(Chart.available, kept)] : [])
    }
}

extension Case {
    /// The fund's account that the payout leaves from, and comes back to.
    fileprivate func cashAccount(ofPayout number: String) -> Account {
        payouts.first { $0.number == number }?.payee.rail.account ?? Posting.platform
    }
}

extension Rail {
    /// The fund's account that money of this rail leaves from.
    package var account: Account {
        switch self {
        case .wallet: Posting.platform
        case .bank: Posting.bank
        }
    }
}

extension ClaimBack {
    fileprivate var finder: String? {
        if case .found(let finder, _) = state { finder } else { nil }
    }
}
