import Ledger

/// What the rows above a heading say: of which account, for which period.
struct CSVPreamble {
    private(set) var account: String?
    private(set) var period: ClosedRange<Day>?

    init(_ rows: [(line: Int, text: String)]) {
        var (first, last): (Day?, Day?)
        for row in rows {
            let text = row.text.replacing(",", with: " ").replacing("\"", with: " ")
            for label in ["卡号", "账号", "支付宝账户", "账户号"] where account == nil {
                account = Self.value(of: label, in: text)
            }
            for label in ["起止日期", "起止时间", "查询期间", "交易期间"] {
                let days = Self.days(after: label, in: text)
                guard first == nil, days.count >= 2 else { continue }
                (first, last) = (days[0], days[1])
            }
            for label in ["起始日期", "起始时间", "开始日期"] {
                first = first ?? Self.days(after: label, in: text).first
            }
            for label in ["终止日期", "终止时间", "结束日期", "截止日期"] {
                last = last ?? Self.days(after: label, in: text).first
            }
        }
        if let first, let last, first <= last { period = first...last }
    }

    /// `卡号: 6222****5625` or `账号：[622588]`: what stands behind the colon, up to a blank or bracket.
    private static func value(of label: String, in text: String) -> String? {
        guard let rest = rest(after: label, in: text) else { return nil }
        let value = rest.prefix { $0.isASCII && !$0.isWhitespace && $0 != "]" }
        return value.isEmpty ? nil : String(value)
    }

    private static func days(after label: String, in text: String) -> [Day] {
        guard let rest = rest(after: label, in: text) else { return [] }
        let isPart: (Character) -> Bool = {
            ("0"..."9").contains($0) || "-/年月日".contains($0)
        }
        return rest.split(whereSeparator: { !isPart($0) }).compactMap { Day(beginning: $0) }
    }

    private static func rest(after label: String, in text: String) -> Substring? {
        guard let place = text.firstRange(of: label) else { return nil }
        let rest = text[place.upperBound...].drop(while: \.isWhitespace)
        guard rest.first == ":" || rest.first == "：" else { return nil }
        return rest.dropFirst().drop { $0.isWhitespace || $0 == "[" }
    }
}
