/// The general ledger (总账) of a range of days: opening balance, turnover and closing balance of every
/// account of the chart that was ever moved, by business date.
///
/// It ties to the rest: its turnover is the journal's, each row is the sum of the subsidiary ledgers
/// under its code, and its closing balances are a `Position` through the last day.
public struct GeneralLedger: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
        public let code: String
        public let chinese: String
        public let english: String
        /// Debit-positive, of all that happened before the first day.
        public let opening: Money
        public let debits: Money
        public let credits: Money
        /// Debit-positive: opening + debits − credits.
        public let closing: Money
    }

    public let days: ClosedRange<Day>
    public let currency: String
    /// By code.
    public let rows: [Row]

    /// Of one fund's vouchers from the first on, in any order; sums are held at the ends of `Money`.
    public init(
        of vouchers: some Sequence<Voucher>, chart: Chart, days: ClosedRange<Day>,
        currency: String = "CNY"
    ) {
        self.days = days
        self.currency = currency
        var sums: [String: Sums] = [:]
        for voucher in vouchers where voucher.draft.businessDate <= days.upperBound {
            let isBefore = voucher.draft.businessDate < days.lowerBound
            for line in voucher.lines {
                sums[line.account.code, default: Sums()].add(line, isBefore)
            }
        }
        rows = sums.sorted { $0.key < $1.key }.map { code, sums in
            Row(
                code: code, chinese: chart[code]?.chinese ?? "",
                english: chart[code]?.english ?? "", opening: sums.opening, debits: sums.debits,
                credits: sums.credits,
                closing: sums.opening.plus(sums.debits).minus(sums.credits))
        }
    }

    public var debits: Money { rows.reduce(Money.zero) { $0.plus($1.debits) } }
    public var credits: Money { rows.reduce(Money.zero) { $0.plus($1.credits) } }

    /// RFC 4180, with the side a balance stands on (借, 贷, 平) before its magnitude, as accountants write it.
    public var csv: String {
        var csv = CSVText([
            "科目", "名称", "name_en", "期初方向", "期初余额", "本期借方", "本期贷方", "期末方向", "期末余额",
        ])
        for row in rows {
            csv.append([
                .exact(row.code), .text(row.chinese), .text(row.english),
                .exact(row.opening.direction), .exact(row.opening.magnitude(in: currency)),
                .exact(row.debits.text(in: currency)), .exact(row.credits.text(in: currency)),
                .exact(row.closing.direction), .exact(row.closing.magnitude(in: currency)),
            ])
        }
        csv.append([
            .text("合计"), .text(""), .text(""), .exact(""), .exact(""),
            .exact(debits.text(in: currency)), .exact(credits.text(in: currency)), .exact(""),
            .exact(""),
        ])
        return csv.text
    }

    private struct Sums {
        var opening = Money.zero
        var debits = Money.zero
        var credits = Money.zero

        mutating func add(_ line: Line, _ isBefore: Bool) {
            switch (isBefore, line.side) {
            case (true, .debit): opening = opening.plus(line.amount)
            case (true, .credit): opening = opening.minus(line.amount)
            case (false, .debit): debits = debits.plus(line.amount)
            case (false, .credit): credits = credits.plus(line.amount)
            }
        }
    }
}

extension Money {
    /// Held at the ends of the range.
    package func plus(_ other: Money) -> Money { Money(clamping: Int128(fen) + Int128(other.fen)) }

    /// Held at the ends of the range.
    package func minus(_ other: Money) -> Money { Money(clamping: Int128(fen) - Int128(other.fen)) }

    /// The side of a debit-positive balance: 借 for debit, 贷 for credit, 平 for none.
    var direction: String { fen > 0 ? "借" : fen < 0 ? "贷" : "平" }

    /// Without its sign, with the decimals of `currency`.
    func magnitude(in currency: String) -> String {
        let text = text(in: currency)
        return fen < 0 ? String(text.dropFirst()) : text
    }
}
