import Banking
import Ledger

func yuan(_ text: String) -> Money { Money(yuan: text)! }
func day(_ text: String) -> Day { Day(text)! }

/// Four lines in and out, with texts that try to break a format.
func sample(opening: String = "1000.00", withBalances: Bool = true) -> Statement {
    let amounts = ["-300.50", "4500", "-0.01", "12.34"].map(yuan)
    let texts = ["SY-25-0001234-K 先行赔付", "偿还 \"三案\", 合并 <1/2/3> & 其他", "手续费", "利息 ]]>"]
    var balance = yuan(opening)
    let lines = amounts.indices.map { index in
        balance = balance.adding(amounts[index])!
        return StatementLine(
            bookedOn: day("2025-03-0\(index + 1)"), amount: amounts[index],
            counterpartyName: index == 3 ? nil : ["张三", "海岛旅游公司", "中国工商银行"][index],
            counterpartyAccount: index == 3 ? nil : "62220\(index)", remittance: texts[index],
            reference: "V\(index)", balanceAfter: withBalances ? balance : nil)
    }
    return Statement(
        account: "2201026009200099999", from: day("2025-03-01"), to: day("2025-03-04"),
        opening: yuan(opening), closing: balance, lines: lines)
}

let createdAt = Moment("2025-03-05T10:00:00+08:00")!

/// The refusal of `bytes`, or nil when they are read.
func refusal(_ text: String, of accounts: [OwnAccount] = []) -> StatementError? {
    refusal(Array(text.utf8), of: accounts)
}

func refusal(_ bytes: [UInt8], of accounts: [OwnAccount] = []) -> StatementError? {
    do {
        _ = try readStatements(bytes, of: accounts)
        return nil
    } catch { return error }
}
