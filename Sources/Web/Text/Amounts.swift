import Ledger

extension Money {
    /// Yuan as people read them: `1,077,473.21`, with a true minus.
    var yuan: String {
        let plain = description
        let digits = plain.drop { $0 == "-" }
        let whole = digits.prefix { $0 != "." }
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index).isMultiple(of: 3) { grouped += "," }
            grouped.append(digit)
        }
        return (plain.hasPrefix("-") ? "\u{2212}" : "") + grouped + digits.dropFirst(whole.count)
    }
}

/// A span of time as people say it: its two largest units, `2天3小时`, `2 d 3 h`.
///
/// - Parameter ms: Rounded down to minutes; below a minute, to seconds.
func spanText(_ ms: Int64) -> Phrase {
    let seconds = Int64(clamping: ms.magnitude) / 1_000
    let parts: [(count: Int64, zh: String, en: String)] = [
        (seconds / 86_400, "天", "d"), (seconds / 3_600 % 24, "小时", "h"),
        (seconds / 60 % 60, "分钟", "min"), (seconds % 60, "秒", "s"),
    ]
    guard let first = parts.firstIndex(where: { $0.count > 0 }) else {
        return Phrase("0分钟", "0 min")
    }
    let shown = parts[first..<min(first + 2, 3)].filter { $0.count > 0 }
    let said = shown.isEmpty ? [parts[first]] : Array(shown)
    return Phrase(
        said.map { "\($0.count)\($0.zh)" }.joined(),
        said.map { "\($0.count) \($0.en)" }.joined(separator: " "))
}
