/// The trial balance (试算平衡表): turnover and balance of every account that was posted to.
public struct TrialBalance: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
        public let account: Account
        public let chinese: String
        public let english: String
        /// Turnover of the vouchers at hand.
        public let debits: Money
        public let credits: Money
        /// Debit-positive.
        public let balance: Money
    }

    /// By account; those divided by sub-account have a row for each.
    public let rows: [Row]
    public let debits: Money
    public let credits: Money
    public let currency: String

    /// Whether debits equal credits, as they must.
    public var balances: Bool { debits == credits }

    /// Of all vouchers up to the day wanted; sums are held at the ends of `Money`.
    public init(of vouchers: some Sequence<Voucher>, chart: Chart, currency: String = "CNY") {
        self.currency = currency
        var turnover: [Account: (debits: Int128, credits: Int128)] = [:]
        for line in vouchers.lazy.flatMap(\.lines) {
            var sums = turnover[line.account] ?? (0, 0)
            switch line.side {
            case .debit: sums.debits += Int128(line.amount.fen)
            case .credit: sums.credits += Int128(line.amount.fen)
            }
            turnover[line.account] = sums
        }
        rows = turnover.sorted { $0.key < $1.key }.map { account, sums in
            Row(
                account: account, chinese: chart[account.code]?.chinese ?? "",
                english: chart[account.code]?.english ?? "",
                debits: Money(clamping: sums.debits), credits: Money(clamping: sums.credits),
                balance: Money(clamping: sums.debits - sums.credits))
        }
        debits = Money(clamping: turnover.values.reduce(0) { $0 + $1.debits })
        credits = Money(clamping: turnover.values.reduce(0) { $0 + $1.credits })
    }

    /// RFC 4180, UTF-8 without a byte order mark: a heading, a row for each account, a row of totals.
    public var csv: String {
        var csv = CSVText(["account", "name", "name_en", "debits", "credits", "balance"])
        for row in rows {
            csv.append([
                .text(row.account.description), .text(row.chinese), .text(row.english),
                .exact(row.debits.text(in: currency)), .exact(row.credits.text(in: currency)),
                .exact(row.balance.text(in: currency)),
            ])
        }
        csv.append([
            .text("total"), .text("合计"), .text("Total"), .exact(debits.text(in: currency)),
            .exact(credits.text(in: currency)), .exact(""),
        ])
        return csv.text
    }

    /// For a terminal: columns aligned, Chinese counted as two columns wide.
    public var text: String {
        let heading = ["科目 Account", "名称 Name", "借方 Debits", "贷方 Credits", "余额 Balance"]
        let body = rows.map { row in
            [
                row.account.description, row.chinese + " " + row.english,
                row.debits.text(in: currency), row.credits.text(in: currency),
                row.balance.text(in: currency),
            ]
        }
        let table =
            [heading] + body + [
                ["合计 Total", "", debits.text(in: currency), credits.text(in: currency), ""]
            ]
        let widths = heading.indices.map { column in table.map { $0[column].columns }.max() ?? 0 }
        return table.map { cells in
            cells.indices.map { column in
                let gap = String(repeating: " ", count: widths[column] - cells[column].columns)
                return column < 2 ? cells[column] + gap : gap + cells[column]
            }.joined(separator: "  ").trimmedEnd + "\n"
        }.joined()
    }
}

extension String {
    fileprivate var trimmedEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
