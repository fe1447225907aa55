extension Export {
    /// A journal for hledger (`hledger -s check` accepts it): accounts and currency declared, a
    /// transaction for each voucher with its number as the code.
    public static func hledger(of vouchers: [Voucher], chart: Chart) -> String {
        var text = ""
        for currency in Set(vouchers.map(\.draft.currency)).sorted() {
            text += "commodity \(sample(currency)) \(currency)\n"
        }
        for account in firstUse(in: vouchers).keys.sorted() {
            text += "account \(chart.plainTextName(of: account))"
            text += "  ; type:\(chart[account.code]?.kind.hledgerType ?? "A")\n"
        }
        for voucher in vouchers {
            let draft = voucher.draft
            text += "\n\(draft.businessDate) * (\(voucher.number)) \(oneLine(draft.reason))\n"
            text += "    ; id:\(oneLine(draft.id.text))\n    ; source:\(oneLine(draft.source))\n"
            for (tag, named) in links(of: draft) { text += "    ; \(tag):\(oneLine(named))\n" }
            for line in draft.lines {
                let sign = line.side == .debit ? "" : "-"
                text += "    \(chart.plainTextName(of: line.account))"
                text += "  \(sign)\(line.amount.text(in: draft.currency)) \(draft.currency)\n"
            }
        }
        return text
    }

    /// A ledger for beancount (`bean-check` accepts it): accounts opened on the day of their first use,
    /// a transaction for each voucher with its number, id and hash as metadata.
    public static func beancount(of vouchers: [Voucher], chart: Chart) -> String {
        let currencies = Set(vouchers.map(\.draft.currency)).sorted()
        var text = "option \"title\" \"Amends \(quotable(vouchers.first?.draft.fund ?? ""))\"\n"
        for currency in currencies { text += "option \"operating_currency\" \"\(currency)\"\n" }
        for (account, day) in firstUse(in: vouchers).sorted(by: { $0.key < $1.key }) {
            text += "\(day) open \(chart.plainTextName(of: account))\n"
        }
        for voucher in vouchers {
            let draft = voucher.draft
            text += "\n\(draft.businessDate) * \"\(quotable(draft.reason))\"\n"
            text += "  voucher: \"\(voucher.number)\"\n  id: \"\(quotable(draft.id.text))\"\n"
            text += "  source: \"\(quotable(draft.source))\"\n  hash: \"\(voucher.hash)\"\n"
            for (tag, named) in links(of: draft) { text += "  \(tag): \"\(quotable(named))\"\n" }
            for line in draft.lines {
                let sign = line.side == .debit ? "" : "-"
                text += "  \(chart.plainTextName(of: line.account))"
                text += "  \(sign)\(line.amount.text(in: draft.currency)) \(draft.currency)\n"
            }
        }
        return text
    }

    /// The voucher that a draft takes back or puts right.
    private static func links(of draft: Draft) -> [(tag: String, voucher: String)] {
        let reversed = draft.reverses.map { ("reverses", $0.text) }
        let corrected = draft.corrects.map { ("corrects", $0.text) }
        return [reversed, corrected].compactMap { $0 }
    }

    /// An amount that shows hledger how many decimals the currency has; it wants a point in every case.
    private static func sample(_ currency: String) -> String {
        let decimals = Currency.decimals(currency)
        return "1000." + String(repeating: "0", count: decimals)
    }

    private static func firstUse(in vouchers: [Voucher]) -> [Account: Day] {
        var days: [Account: Day] = [:]
        for voucher in vouchers {
            for line in voucher.lines {
                days[line.account] = min(
                    days[line.account] ?? voucher.draft.businessDate, voucher.draft.businessDate)
            }
        }
        return days
    }

    /// Without line breaks and semicolons, which would end an hledger description.
    private static func oneLine(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    scalar == ";" ? "," : scalar.breaksLine ? " " : scalar
                }))
    }

    /// On one line, with quotes and backslashes escaped.
    private static func quotable(_ text: String) -> String {
        var quoted = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case _ where scalar.breaksLine: quoted += " "
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted
    }
}

extension Chart {
    /// The name of `account` in hledger and beancount: `Assets:1122-Receivable-Merchant:M00012`.
    ///
    /// One name for each account: a sub-account that is not capital letters, digits and hyphens as
    /// beancount wants them is written `X-` and the hexadecimal digits of its UTF-8.
    public func plainTextName(of account: Account) -> String {
        let entry = self[account.code]
        let english = (entry?.english ?? "Unknown").unicodeScalars.map { scalar in
            scalar.isASCIIAlphanumeric ? String(scalar) : "-"
        }.joined()
        let name = (entry?.kind.root ?? "Assets") + ":\(account.code)-" + english
        guard let sub = account.sub else { return name }
        return name + ":" + Self.component(sub)
    }

    private static func component(_ sub: String) -> String {
        let isPlain =
            sub.unicodeScalars.allSatisfy { $0 == "-" || $0.isASCIIAlphanumeric }
            && sub.utf8.first.map { (48...57).contains($0) || (65...90).contains($0) } ?? false
            && !sub.hasPrefix("X-")
        if isPlain { return sub }
        return "X-"
            + sub.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
            .joined()
    }
}

extension Chart.Kind {
    fileprivate var root: String {
        switch self {
        case .asset: "Assets"
        case .liability: "Liabilities"
        case .equity: "Equity"
        case .income: "Income"
        case .expense: "Expenses"
        }
    }

    fileprivate var hledgerType: String {
        switch self {
        case .asset: "A"
        case .liability: "L"
        case .equity: "E"
        case .income: "R"
        case .expense: "X"
        }
    }
}

extension Unicode.Scalar {
    fileprivate var breaksLine: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    fileprivate var isASCIIAlphanumeric: Bool {
        switch self {
        case "0"..."9", "A"..."Z", "a"..."z": true
        default: false
        }
    }
}
