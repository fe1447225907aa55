import Ledger

/// Writes `file` as ISO 20022 pain.001.001.09: one `PmtInf` a batch, count and control sum for each and
/// for all, charges shared.
public func writePain001(_ file: PaymentFile) throws(PaymentFileError) -> String {
    try file.check()
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>
        <GrpHdr><MsgId>\(escaped(file.id))</MsgId><CreDtTm>\(file.createdAt)</CreDtTm>\
        \(try totals(of: file.payments))\
        <InitgPty><Nm>\(escaped(file.initiator))</Nm></InitgPty></GrpHdr>

        """
            + (try file.batches.map { batch throws(PaymentFileError) in
                try payments(of: batch, file.currency)
            }.joined()) + "</CstmrCdtTrfInitn></Document>\n"
}

private func totals(of payments: [Payment]) throws(PaymentFileError) -> String {
    guard let sum = sum(of: payments) else { throw .sumOutOfRange }
    return "<NbOfTxs>\(payments.count)</NbOfTxs><CtrlSum>\(sum)</CtrlSum>"
}

private func payments(
    of batch: PaymentBatch, _ currency: String
) throws(PaymentFileError) -> String {
    "<PmtInf><PmtInfId>\(escaped(batch.id))</PmtInfId><PmtMtd>TRF</PmtMtd>"
        + (try totals(of: batch.payments))
        + "<ReqdExctnDt><Dt>\(batch.executionDay)</Dt></ReqdExctnDt>"
        + party(batch.payer, "Dbtr") + account(batch.payer, "Dbtr", currency)
        + bank(batch.payer, "Dbtr") + "<ChrgBr>SHAR</ChrgBr>\n"
        + batch.payments.map { transfer($0, currency) }.joined() + "</PmtInf>\n"
}

private func transfer(_ payment: Payment, _ currency: String) -> String {
    "<CdtTrfTxInf><PmtId><EndToEndId>\(escaped(payment.number))</EndToEndId></PmtId>"
        + "<Amt><InstdAmt Ccy=\"\(currency)\">\(payment.amount)</InstdAmt></Amt>"
        + bank(payment.payee, "Cdtr") + party(payment.payee, "Cdtr")
        + account(payment.payee, "Cdtr", nil)
        + "<RmtInf><Ustrd>\(escaped(payment.remittance))</Ustrd></RmtInf></CdtTrfTxInf>\n"
}

private func party(_ party: Party, _ tag: String) -> String {
    "<\(tag)><Nm>\(escaped(party.name))</Nm></\(tag)>"
}

private func account(_ party: Party, _ tag: String, _ currency: String?) -> String {
    "<\(tag)Acct><Id><Othr><Id>\(escaped(party.account))</Id></Othr></Id>"
        + (currency.map { "<Ccy>\($0)</Ccy>" } ?? "") + "</\(tag)Acct>"
}

/// The payer's bank must stand in the file, if only as not provided; the payee's may be left out.
private func bank(_ party: Party, _ tag: String) -> String {
    guard let number = party.bankNumber else {
        return tag == "Cdtr"
            ? "" : "<DbtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></DbtrAgt>"
    }
    return "<\(tag)Agt><FinInstnId><ClrSysMmbId><ClrSysId><Cd>CNAPS</Cd></ClrSysId>"
        + "<MmbId>\(number)</MmbId></ClrSysMmbId></FinInstnId></\(tag)Agt>"
}
