public import Ledger

/// The formats of statements that are read; recognised by their first lines, never by a file's name.
public enum StatementFormat: String, Hashable, Sendable, CaseIterable {
    /// ISO 20022 bank-to-customer statement.
    case camt053
    /// SWIFT customer statement message.
    case mt940
    /// 中国工商银行 corporate e-banking.
    case icbcCorporate
    /// 中国工商银行 personal, second version.
    case icbcPersonal
    /// 中国银行.
    case boc
    /// 中国农业银行.
    case abc
    /// 交通银行.
    case bocom
    /// 招商银行.
    case cmb
    /// 支付宝 bill of payments.
    case alipay
    /// 微信支付 fund bill (资金账单).
    case wechat

    /// Whether the account is with a payment platform and not with a bank.
    public var isWallet: Bool { self == .alipay || self == .wechat }
}

/// An account of the fund: what a reader must know where a file says too little.
public struct OwnAccount: Hashable, Sendable {
    public enum Kind: Hashable, Sendable { case bank, wallet }

    /// As statements should name it.
    public let number: String
    public let kind: Kind
    /// The closing balance of the last statement imported; nil when there was none.
    public let lastClosing: Money?

    public init(number: String, kind: Kind, lastClosing: Money? = nil) {
        self.number = number
        self.kind = kind
        self.lastClosing = lastClosing
    }
}

/// Reads a statement file of any known format, whole or not at all.
///
/// - Parameter accounts: The fund's accounts. Needed for files that name no account or a masked one
///   (WeChat, Alipay, ABC, CMB: the only account of the kind, or the only one the mask fits), and for
///   Alipay, which states no balance: its lines go on from `lastClosing`.
public func readStatements(
    _ bytes: [UInt8], of accounts: [OwnAccount] = []
) throws(StatementError) -> [Statement] {
    guard bytes.count <= StatementLimit.bytes else { throw .tooLarge(bytes: bytes.count) }
    let statements: [Statement]
    if startsAsXML(bytes) {
        statements = try parseCamt053(bytes)
    } else {
        let text = try StatementText(bytes)
        switch try textFormat(of: text) {
        case .mt940: statements = try parseMT940(text)
        case .corporate: statements = [try parseCorporateCSV(text.bytes)]
        case .table(let heading): statements = [try parseTable(text, heading, of: accounts)]
        }
    }
    var last: [String: Statement] = [:]
    for statement in statements {
        try statement.check(continues: last[statement.account])
        last[statement.account] = statement
    }
    return statements
}

/// Which format `bytes` are in, by their first lines alone: nothing else of them is checked.
public func statementFormat(of bytes: [UInt8]) throws(StatementError) -> StatementFormat {
    if startsAsXML(bytes) { return .camt053 }
    switch try textFormat(of: try StatementText(bytes)) {
    case .mt940: return .mt940
    case .corporate: return .icbcCorporate
    case .table(let heading): return heading.layout.format
    }
}

private enum TextFormat {
    case mt940
    case corporate
    case table(CSVHeading)
}

private func textFormat(of text: StatementText) throws(StatementError) -> TextFormat {
    let start = text.bytes.drop { $0 <= 32 }
    if start.starts(with: ":20:".utf8) || start.starts(with: "{1:".utf8) { return .mt940 }
    guard let heading = try CSVHeading(in: text) else { return .corporate }
    return .table(heading)
}

private func startsAsXML(_ bytes: [UInt8]) -> Bool {
    let blank: Set<UInt8> = [0xEF, 0xBB, 0xBF, 9, 10, 13, 32]  // Among them the byte order mark's.
    return bytes.first { !blank.contains($0) } == UInt8(ascii: "<")
}

extension [OwnAccount] {
    /// The number of the account a file means.
    ///
    /// - Parameter stated: As the file names it, perhaps masked (`6222****1234`); nil when it does not.
    func number(
        stated: String?, format: StatementFormat
    ) throws(StatementError) -> String {
        if let stated, !stated.contains("*") || isEmpty { return stated }
        let fitting = filter { account in
            guard let stated else { return (account.kind == .wallet) == format.isWallet }
            return account.number.hasPrefix(stated.prefix { $0 != "*" })
                && account.number.hasSuffix(
                    String(stated.reversed().prefix { $0 != "*" }.reversed()))
        }
        guard fitting.count == 1, let account = fitting.first else {
            throw .unknownAccount(stated: stated, fitting: fitting.count)
        }
        return account.number
    }

    /// The balance from which a file goes on that states none itself.
    func opening(of number: String) throws(StatementError) -> Money {
        guard let closing = first(where: { $0.number == number })?.lastClosing else {
            throw .noBalances(account: number)
        }
        return closing
    }
}
