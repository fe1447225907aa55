/// How many decimals a currency has, and amounts written with them.
///
/// `Money` counts the smallest unit of whatever currency its voucher or fund names: fen, cents, yen.
public enum Currency {
    /// Decimals of an ISO 4217 code: 2 unless the standard says otherwise.
    public static func decimals(_ code: String) -> Int { exceptions[code] ?? 2 }

    /// - Source: ISO 4217, list one.
    private static let exceptions: [String: Int] = {
        var decimals: [String: Int] = ["CLF": 4, "UYW": 4]
        for code in ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"] { decimals[code] = 3 }
        for code in [
            "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
            "VND",
            "VUV", "XAF", "XOF", "XPF",
        ] {
            decimals[code] = 0
        }
        return decimals
    }()
}

extension Money {
    /// The amount as files and programs read it, with the decimals of `currency` and no grouping:
    /// `-1200.05` in CNY, `-120005` in JPY.
    public func text(in currency: String) -> String {
        let decimals = Currency.decimals(currency)
        if decimals == 2 { return description }
        let digits = String(fen.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let point = decimals == 0 ? "" : "." + padded.suffix(decimals)
        return (fen < 0 ? "-" : "") + padded.dropLast(decimals) + point
    }

    /// Reads what `text(in:)` writes, and nothing else.
    public init?(_ text: some StringProtocol, in currency: String) {
        guard let fen = Int64(String(text.filter { $0 != "." })) else { return nil }
        self.init(fen: fen)
        guard self.text(in: currency) == text else { return nil }
    }
}
