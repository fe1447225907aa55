/// Vouchers as files other programs read. Amounts are exact decimals; nothing is rounded.
public enum Export {
    /// A CSV text for Excel, which reads it as UTF-8 only with a byte order mark before it.
    public static func forExcel(_ csv: String) -> String { "\u{FEFF}" + csv }

    /// The journal (序时账) as CSV: a row for each line of each voucher, in order.
    public static func journalCSV(of vouchers: some Sequence<Voucher>, chart: Chart) -> String {
        var csv = CSVText([
            "number", "business_date", "recorded_at", "id", "reason", "account", "name", "name_en",
            "debit", "credit", "currency", "reservation", "step", "expires_at", "source", "maker",
            "checker", "reverses", "corrects", "hash",
        ])
        for voucher in vouchers {
            let draft = voucher.draft
            for line in draft.lines {
                let amount = line.amount.text(in: draft.currency)
                csv.append([
                    .exact(String(voucher.number)), .exact(draft.businessDate.description),
                    .exact(voucher.recordedAt.description), .text(draft.id.text),
                    .text(draft.reason), .text(line.account.description),
                    .text(chart[line.account.code]?.chinese ?? ""),
                    .text(chart[line.account.code]?.english ?? ""),
                    .exact(line.side == .debit ? amount : ""),
                    .exact(line.side == .credit ? amount : ""), .exact(draft.currency),
                    .text(line.reservation?.id.text ?? ""),
                    .exact(line.reservation?.step.rawValue ?? ""),
                    .exact(line.reservation?.expires?.description ?? ""), .text(draft.source),
                    .text(draft.maker), .text(draft.checker ?? ""),
                    .text(draft.reverses?.text ?? ""), .text(draft.corrects?.text ?? ""),
                    .exact(voucher.hash.hex),
                ])
            }
        }
        return csv.text
    }

    /// Everything a voucher is, one JSON object a line: what `scripts/verify-chain.py` reads.
    public static func jsonLines(of vouchers: some Sequence<Voucher>) -> String {
        vouchers.map { voucher in
            let draft = voucher.draft
            let lines = draft.lines.map { line in
                "{\"account\":" + json(line.account.description)
                    + ",\"side\":" + json(line.side.rawValue) + ",\"fen\":\(line.amount.fen)"
                    + ",\"step\":" + json(line.reservation?.step.rawValue)
                    + ",\"reservation\":" + json(line.reservation?.id.text)
                    + (line.reservation?.expires.map { ",\"expires_ms\":\($0.ms)" } ?? "") + "}"
            }
            return "{\"number\":\(voucher.number),\"id\":" + json(draft.id.text)
                + ",\"fund\":" + json(draft.fund) + ",\"currency\":" + json(draft.currency)
                + ",\"business_date\":" + json(draft.businessDate.description)
                + ",\"recorded_ms\":\(voucher.recordedAt.ms),\"reason\":" + json(draft.reason)
                + ",\"source\":" + json(draft.source) + ",\"maker\":" + json(draft.maker)
                + ",\"checker\":" + json(draft.checker) + ",\"reverses\":"
                + json(draft.reverses?.text)
                + (draft.corrects.map { ",\"corrects\":" + json($0.text) } ?? "")
                + ",\"lines\":[" + lines.joined(separator: ",")
                + "],\"previous\":" + json(voucher.previousHash.hex)
                + ",\"hash\":" + json(voucher.hash.hex) + "}\n"
        }.joined()
    }

    private static func json(_ text: String?) -> String {
        guard let text else { return "null" }
        var written = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": written += "\\\""
            case "\\": written += "\\\\"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                written += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: written.unicodeScalars.append(scalar)
            }
        }
        return written + "\""
    }
}
