import Banking
import Ledger

func payment(_ number: String, _ amount: String, name: String = "张三") -> Payment {
    Payment(
        number: number, amount: yuan(amount),
        payee: Party(name: name, account: "622200012345", bankNumber: "102100099996"),
        caseNumber: "SY-25-0001234-7", purpose: "先行赔付 <A & \"B\">")
}

func batch(_ id: String, _ payments: [Payment]) -> PaymentBatch {
    PaymentBatch(
        id: id, payer: Party(name: "先行赔付资金专户", account: "6222021234569999"),
        executionDay: day("2025-03-05"), payments: payments)
}

/// Two batches, three payouts, 1,533.34 in all.
func paymentFile(
    _ batches: [PaymentBatch] = [
        batch("B1", [payment("SY240001234P1", "300.50"), payment("SY240001235P1", "1232.83")]),
        batch("B2", [payment("SY240001236P1", "0.01")]),
    ], id: String = "AM-2025-03-05-1", characters: PaymentFile.Characters = .any
) -> PaymentFile {
    PaymentFile(
        id: id, createdAt: createdAt, initiator: "某市先行赔付办公室", characters: characters,
        batches: batches)
}

/// A bank's answer to `paymentFile()`.
func report(
    file: String = "AM-2025-03-05-1", group: String = "", _ batches: String
) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
    <GrpHdr><MsgId>R1</MsgId><CreDtTm>2025-03-05T11:00:00+08:00</CreDtTm></GrpHdr>
    <OrgnlGrpInfAndSts><OrgnlMsgId>\(file)</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>\
    \(group)</OrgnlGrpInfAndSts>
    \(batches)
    </CstmrPmtStsRpt></Document>
    """
}

func reported(_ batch: String, _ status: String = "", _ payments: String = "") -> String {
    "<OrgnlPmtInfAndSts><OrgnlPmtInfId>\(batch)</OrgnlPmtInfId>\(status)\(payments)</OrgnlPmtInfAndSts>"
}

func reported(payment: String, _ status: String, _ more: String = "") -> String {
    "<TxInfAndSts><OrgnlEndToEndId>\(payment)</OrgnlEndToEndId><TxSts>\(status)</TxSts>\(more)</TxInfAndSts>"
}
