package import Ledger

extension WalletBook {
    /// The fund bill of `day` (China's), in the shape of WeChat Pay's: a backtick before every value, no
    /// quoting, the totals in the last two lines.
    ///
    /// - Throws: `billNotReady` until 09:00 of the next day.
    package mutating func bill(of day: Day, at moment: Moment) throws(WalletRefusal) -> String {
        advance(to: moment)
        guard now >= Zone.china.moment(of: day.advanced(by: 1), minutes: 9 * 60) else {
            throw WalletRefusal(.billNotReady, "the bill of a day is ready at 09:00 of the next")
        }
        let entries = entries.filter { Zone.china.day(at: $0.at) == day }
        var lines = [
            "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),"
                + "资金变更提交申请人,备注,业务凭证号"
        ]
        lines += entries.map { entry in
            row([
                local(entry.at), entry.serial, "\(entry.serial)F\(entry.kind.code)",
                entry.kind.name,
                entry.kind.name, entry.kind.isIncome ? "收入" : "支出", "\(entry.amount)",
                "\(entry.balance)", "system", entry.remark, entry.number,
            ])
        }
        let income = entries.filter(\.kind.isIncome)
        let expense = entries.filter { !$0.kind.isIncome }
        lines.append("资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额")
        lines.append(
            row([
                "\(entries.count)", "\(income.count)", "\(sum(income))", "\(expense.count)",
                "\(sum(expense))",
            ]))
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    // Amounts of one book fit together: see `topUpLimit`.
    private func sum(_ entries: [Entry]) -> Money {
        Money(fen: entries.reduce(0) { $0 + $1.amount.fen })
    }
}

extension WalletBook.Entry.Kind {
    fileprivate var name: String {
        switch self {
        case .topUp: "充值"
        case .transfer: "商家转账"
        case .bounce: "商家转账退回"
        }
    }

    fileprivate var isIncome: Bool { self != .transfer }

    /// Keeps the serials of a transfer and of its bounce apart.
    fileprivate var code: Int {
        switch self {
        case .topUp: 1
        case .transfer: 2
        case .bounce: 3
        }
    }
}

/// The format has no quoting: what would break a row becomes its full-width twin.
private func row(_ values: [String]) -> String {
    values.map { value in
        "`"
            + String(
                value.map { character in
                    switch character {
                    case ",": "，"
                    case "`": "｀"
                    default: character
                    }
                })
    }.joined(separator: ",")
}

/// `2025-03-08 09:30:00`, China's time, to the second.
private func local(_ moment: Moment) -> String {
    let text = Zone.china.text(moment)
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))"
}
