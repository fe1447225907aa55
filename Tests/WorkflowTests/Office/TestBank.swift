import Banking
import Foundation
import Ledger
import Testing

/// A bank as the office meets it: it reads the payment files it is handed, answers, pays, sends back, and
/// writes statements of what it booked. It shares no code with the office but the bytes.
struct TestBank {
    private(set) var balance: Int64
    private var opening: Int64
    private var booked: [StatementLine] = []
    private var seen: Set<String> = []
    let account: String

    struct Order: Equatable {
        let number: String
        let fen: Int64
        let payee: String
        let remittance: String
    }

    init(account: String, balance: Int64) {
        (self.account, self.balance, opening) = (account, balance, balance)
    }

    /// The orders of a document, which must be addressed to this bank's account and add up.
    mutating func take(_ document: String) throws -> (id: String, orders: [Order]) {
        let id = try #require(document.between("<MsgId>", "</MsgId>").first)
        #expect(seen.insert(id).inserted, "a file handed in twice")
        #expect(document.between("<DbtrAcct>", "</DbtrAcct>").allSatisfy { $0.contains(account) })
        let orders = try document.between("<CdtTrfTxInf>", "</CdtTrfTxInf>").map { text in
            Order(
                number: try #require(text.between("<EndToEndId>", "</EndToEndId>").first),
                fen: Int64(
                    try #require(text.between("Ccy=\"CNY\">", "</InstdAmt>").first)
                        .filter { $0 != "." })!,
                payee: try #require(text.between("<Cdtr><Nm>", "</Nm>").first),
                remittance: try #require(text.between("<Ustrd>", "</Ustrd>").first))
        }
        let sum = document.between("<CtrlSum>", "</CtrlSum>").first.map { $0.filter { $0 != "." } }
        #expect(sum.flatMap { Int64($0) } == orders.reduce(0) { $0 + $1.fen })
        return (id, orders)
    }

    mutating func book(_ fen: Int64, on day: Day, text: String, number: String? = nil) {
        balance += fen
        booked.append(
            StatementLine(
                bookedOn: day, amount: Money(fen: fen), remittance: text, endToEndID: number,
                balanceAfter: Money(fen: balance)))
    }

    /// All it booked since the last statement.
    mutating func statement(on day: Day) -> [UInt8] {
        let statement = Statement(
            account: account, id: "S\(day)", from: booked.map(\.bookedOn).min() ?? day, to: day,
            opening: Money(fen: opening), closing: Money(fen: balance), lines: booked)
        (opening, booked) = (balance, [])
        return Array(writeCamt053(statement, createdAt: Zone.china.moment(of: day)).utf8)
    }

    static func answer(
        to id: String, _ report: String, at time: String, _ statuses: [(String, String)]
    ) -> [UInt8] {
        let payments = statuses.map { number, status in
            let why = status == "RJCT" ? "<StsRsnInf><Rsn><Cd>AC01</Cd></Rsn></StsRsnInf>" : ""
            return "<TxInfAndSts><OrgnlEndToEndId>\(number)</OrgnlEndToEndId>"
                + "<TxSts>\(status)</TxSts>\(why)</TxInfAndSts>"
        }
        return Array(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
            <GrpHdr><MsgId>\(report)</MsgId><CreDtTm>\(time)</CreDtTm></GrpHdr>
            <OrgnlGrpInfAndSts><OrgnlMsgId>\(id)</OrgnlMsgId>
            <OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts>
            <OrgnlPmtInfAndSts><OrgnlPmtInfId>\(id)-1</OrgnlPmtInfId>\(payments.joined())
            </OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>
            """.utf8)
    }
}

extension String {
    fileprivate func between(_ start: String, _ end: String) -> [String] {
        components(separatedBy: start).dropFirst().compactMap {
            $0.components(separatedBy: end).first
        }
    }
}
