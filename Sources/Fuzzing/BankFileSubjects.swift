import Banking
import Ledger

/// The readers of banks' and platforms' files.
package enum BankFileSubjects {
    package static let all = [camt053, mt940, csv, report]

    private static let accounts = [
        OwnAccount(number: "6222021234569999", kind: .bank, lastClosing: Money(fen: 100_000)),
        OwnAccount(number: "1900000109", kind: .wallet, lastClosing: Money(fen: 100_000)),
    ]

    /// A statement of as many lines as days, with texts that try to break a format.
    private static func statement(_ days: Int) -> Statement? {
        var balance = Money(fen: 100_000)
        let texts = ["SY-25-0001234-7 先行赔付", "偿还 \"三案\", <1/2> & 其他", "手续费", "利息 ]]>"]
        var lines: [StatementLine] = []
        guard let first = Day("2025-03-01") else { return nil }
        for number in 0..<days {
            let amount = Money(fen: number.isMultiple(of: 2) ? -30_050 : 450_000)
            guard let next = balance.adding(amount) else { return nil }
            balance = next
            lines.append(
                StatementLine(
                    bookedOn: first.advanced(by: number), amount: amount,
                    counterpartyName: "海岛旅游公司",
                    counterpartyAccount: "622200012345", remittance: texts[number % texts.count],
                    reference: "V\(number)", balanceAfter: balance))
        }
        return Statement(
            account: "6222021234569999", from: first, to: first.advanced(by: max(0, days - 1)),
            opening: Money(fen: 100_000), closing: balance, lines: lines)
    }

    private static func files(_ write: (Statement) -> String) -> [String] {
        [0, 1, 4, 30].compactMap { statement($0).map(write) }
    }

    private static let camt053 = FuzzSubject(
        "camt.053", texts: files { writeCamt053($0, createdAt: Moment(ms: 1_741_140_000_000)) },
        tokens: xmlTokens + ["<Ntry>", "</Stmt>", "<Bal>", "<Amt Ccy=\"CNY\">", "OPBD", "CLBD"],
        read: read)

    private static let mt940 = FuzzSubject(
        "mt940", texts: files { writeMT940($0) } + files { writeMT940($0, linesPerPage: 2) },
        tokens: [
            ":20:", ":25:", ":28C:", ":60F:", ":61:", ":62F:", ":86:", "-}", "{1:", "?20", "\r\n",
        ],
        read: read)

    private static let csv = FuzzSubject(
        "csv",
        texts: files(writeCorporateCSV) + [
            "记账日期,货币,交易金额,联机余额,交易摘要,对手信息\n2025-03-01,CNY,-300.50,699.50,转账汇款,张三 6222,先行赔付\n",
            """
            记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号
            `2025-03-01 09:30:00,`4200001,`100,`转账,`转账,`支出,`300.50,`699.50,`system,`先行赔付,`P1
            """,
        ], tokens: [",", "\"", "\"\"", "\t", "`", "合计", "#", "-", "92233720368547758.07"],
        read: read)

    private static let report = FuzzSubject(
        "pain.002",
        texts: [
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
            <GrpHdr><MsgId>R1</MsgId><CreDtTm>2025-03-05T11:00:00+08:00</CreDtTm></GrpHdr>
            <OrgnlGrpInfAndSts><OrgnlMsgId>AM-1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts>
            <OrgnlPmtInfAndSts><OrgnlPmtInfId>B1</OrgnlPmtInfId><TxInfAndSts><OrgnlEndToEndId>P1</OrgnlEndToEndId>
            <TxSts>RJCT</TxSts></TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>
            """
        ], tokens: xmlTokens + ["RJCT", "ACSC", "<TxSts>"]
    ) { bytes in
        do throws(PaymentReportError) {
            _ = try parsePain002(bytes)
            return .accepted
        } catch {
            return .refused
        }
    }

    /// A statement that was accepted adds up, or nobody may book it.
    private static func read(_ bytes: [UInt8]) -> FuzzSubject.Verdict {
        do throws(StatementError) {
            for statement in try readStatements(bytes, of: accounts) {
                var balance = Int128(statement.opening.fen)
                for line in statement.lines { balance += Int128(line.amount.fen) }
                guard balance == Int128(statement.closing.fen) else {
                    return .wrong("it closes with \(statement.closing) and not \(balance)")
                }
                guard Set(statement.keys).count == statement.lines.count else {
                    return .wrong("two lines have one key")
                }
            }
            return .accepted
        } catch {
            return .refused
        }
    }
}

/// What XML readers stumble over. FoundationXML ends the process at an instruction that says nothing.
let xmlTokens = [
    "<?x?>", "<?x ?>", "<?xml?>", "<?xml version=\"1.0\"?>", "<?\u{E9}?>", "<!--", "-->",
    "<![CDATA[", "]]>",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;", "&#0;", "&#x110000;", "&amp;", "<a>", "</a>", "<a/>",
    "<a b=\"",
    "xmlns:a=\"\"", "encoding=\"UTF-16\"", "encoding=\"UTF-7\"", "encoding=\"x\"",
    "standalone=\"no\"",
]
