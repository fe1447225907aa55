/// The fund's statement of a range of days (资金收支表): what there was, what came and went, what there is.
///
/// By business date. The amounts of each range add up to those of the whole, and the closing of one is
/// the opening of the next. Figures are of the advance fund's chart.
public struct PeriodStatement: Hashable, Sendable {
    /// Where the fund stands at the end of a day. All are positive as they are usually met.
    public struct Standing: Hashable, Sendable {
        /// At the bank and the payment platform.
        public let cash: Money
        public let reserved: Money
        public let payable: Money
        public let suspense: Money
        /// Owed by merchants.
        public let receivable: Money
        /// To be paid back by tourists.
        public let consumerReceivable: Money
        /// What may still be promised.
        public let spendable: Money

        public init(_ position: Position) {
            func total(_ codes: String...) -> Money {
                codes.reduce(Money.zero) { $0.plus(position.total($1)) }
            }
            cash = total(Chart.bank, Chart.platform)
            reserved = Money.zero.minus(total(Chart.reserved))
            payable = Money.zero.minus(total(Chart.payable))
            suspense = Money.zero.minus(total(Chart.suspense))
            receivable = total(Chart.receivable)
            consumerReceivable = total(Chart.consumerReceivable)
            spendable = cash.minus(payable).minus(suspense).minus(reserved)
        }
    }

    public let days: ClosedRange<Day>
    public let currency: String
    public let opening: Standing
    /// What moved in the range.
    public let moved: FundStatement
    public let closing: Standing

    /// - Parameters:
    ///   - vouchers: One fund's, from the first on, in the order of their numbers.
    ///   - known: Vouchers recorded later do not count; a reservation whose time was over by then is no
    ///     longer reserved.
    public init(
        of vouchers: some Sequence<Voucher>, days: ClosedRange<Day>, known: Moment,
        currency: String = "CNY"
    ) {
        var before = PositionFold(at: known, through: days.lowerBound.advanced(by: -1))
        var after = PositionFold(at: known, through: days.upperBound)
        var moved = FundStatement(of: [])
        for voucher in vouchers where voucher.recordedAt <= known {
            before.add(voucher)
            after.add(voucher)
            if days.contains(voucher.draft.businessDate) {
                moved.add(voucher)
            } else {
                moved.pass(over: voucher)
            }
        }
        self.days = days
        self.currency = currency
        opening = Standing(before.position)
        self.moved = moved
        closing = Standing(after.position)
    }

    /// How many days the spendable money lasts at the rate of this range, rounded down; nil when nothing
    /// was promised in it. Counted by what is promised and not called off (gross less returned and lapsed),
    /// since that is what spends the pool.
    public var coverageDays: Int? {
        let spent = moved.approved.minus(moved.returned).minus(moved.lapsed)
        guard spent.isPositive, !closing.spendable.isNegative else { return nil }
        let length = days.lowerBound.distance(to: days.upperBound) + 1
        return Int(clamping: Int128(closing.spendable.fen) * Int128(length) / Int128(spent.fen))
    }

    /// What the cash should have grown by: the range's figures, and what lies in suspense.
    ///
    /// Equal to closing less opening cash for books kept with `Posting`.
    public var cashFlow: Money {
        moved.appropriated.plus(moved.recovered).plus(moved.repaidByTourists)
            .plus(moved.recoveredAfterWriteOff).plus(moved.interest).minus(moved.bankFees)
            .minus(moved.paidOut).plus(closing.suspense).minus(opening.suspense)
    }

    /// RFC 4180: a row for each figure, in Chinese and English.
    public var csv: String {
        var csv = CSVText(["项目", "item", "金额"])
        let waived = ("其中：费用免除", "fees waived", moved.feesWaived)
        let rows: [(String, String, Money)] =
            [
                ("期初现金", "opening cash", opening.cash),
                ("期初可用", "opening spendable", opening.spendable),
                ("拨付、补充", "appropriated", moved.appropriated),
                ("启用（冻结及快赔）", "approved, gross", moved.approved),
                ("其中：冻结", "reserved, gross", moved.reservedGross),
                ("其中：即诉即赔", "paid at once", moved.quickPaid),
            ] + (moved.feesWaived == .zero ? [] : [waived]) + [
                ("解冻付给游客", "released", moved.released), ("退回资金池", "returned", moved.returned),
                ("到期退回", "lapsed", moved.lapsed), ("赔付到账", "paid out", moved.paidOut),
                ("应追偿", "recoverable, gross", moved.recoverableGross),
                ("已追偿", "recovered", moved.recovered), ("抗辩成立", "defended", moved.defended),
                ("游客退还", "repaid by tourists", moved.repaidByTourists),
                ("核销", "written off", moved.writtenOff),
                ("核销后收回", "recovered after write-off", moved.recoveredAfterWriteOff),
                ("利息", "interest", moved.interest), ("手续费", "bank fees", moved.bankFees),
                ("期末现金", "closing cash", closing.cash),
                ("期末冻结", "closing reserved", closing.reserved),
                ("期末应付", "closing payable", closing.payable),
                ("期末待查", "closing suspense", closing.suspense),
                ("期末应追偿", "closing receivable", closing.receivable),
                ("期末可用", "closing spendable", closing.spendable),
            ]
        for (chinese, english, amount) in rows {
            csv.append([.text(chinese), .text(english), .exact(amount.text(in: currency))])
        }
        csv.append([
            .text("可用天数"), .text("coverage in days"), .exact(coverageDays.map { "\($0)" } ?? ""),
        ])
        return csv.text
    }
}
