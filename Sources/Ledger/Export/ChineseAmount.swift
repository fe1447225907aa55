extension Money {
    /// The amount in Chinese capital numerals (人民币大写), as vouchers and drafts must bear it: 3000.50 is
    /// `人民币叁仟元伍角`. A negative one begins with 负.
    ///
    /// - Source: 支付结算办法 (1997), annex 1 on writing amounts: 整 after yuan alone; one 零 for zeros
    ///   between figures, and before fen where jiao are nought.
    public var chineseCapitals: String {
        let (yuan, cents) = fen.magnitude.quotientAndRemainder(dividingBy: 100)
        let (jiao, fen) = cents.quotientAndRemainder(dividingBy: 10)
        var text = "人民币" + (isNegative ? "负" : "")
        if yuan > 0 || cents == 0 { text += Self.capitals(yuan) + "元" }
        if cents == 0 { return text + "整" }
        if jiao > 0 { text += Self.figures[Int(jiao)] + "角" }
        if jiao == 0 && yuan > 0 { text += "零" }
        return fen > 0 ? text + Self.figures[Int(fen)] + "分" : text
    }

    private static let figures = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"]

    /// A whole number; the parts above and below 亿, 万, 仟, 佰 and 拾 read alike.
    private static func capitals(_ number: UInt64) -> String {
        let units: [(UInt64, String)] = [
            (100_000_000, "亿"), (10_000, "万"), (1_000, "仟"), (100, "佰"), (10, "拾"),
        ]
        guard let (size, unit) = units.first(where: { number >= $0.0 }) else {
            return figures[Int(number)]
        }
        let (high, low) = number.quotientAndRemainder(dividingBy: size)
        let head = capitals(high) + unit
        guard low > 0 else { return head }
        // A zero between them, unless the lower part begins right below the upper one.
        return head + (low < size / 10 ? "零" : "") + capitals(low)
    }
}
