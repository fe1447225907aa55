public import Ledger

/// Writes `statement` as camt.053.001.08, for demonstrations and tests.
///
/// - Parameter createdAt: The creation time the message and the statement bear.
public func writeCamt053(_ statement: Statement, createdAt: Moment) -> String {
    let currency = escaped(statement.currency)
    func balance(_ code: String, _ amount: Money, _ day: Day) -> String {
        "<Bal><Tp><CdOrPrtry><Cd>\(code)</Cd></CdOrPrtry></Tp>" + amountAndSide(amount, currency)
            + "<Dt><Dt>\(day)</Dt></Dt></Bal>\n"
    }
    let id = escaped(statement.id.isEmpty ? "\(statement.from)" : statement.id)
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
        <GrpHdr><MsgId>\(id)</MsgId><CreDtTm>\(createdAt)</CreDtTm></GrpHdr>
        <Stmt><Id>\(id)</Id><CreDtTm>\(createdAt)</CreDtTm>
        <FrToDt><FrDtTm>\(statement.from)T00:00:00+08:00</FrDtTm>\
        <ToDtTm>\(statement.to)T23:59:59+08:00</ToDtTm></FrToDt>
        <Acct><Id><Othr><Id>\(escaped(statement.account))</Id></Othr></Id><Ccy>\(currency)</Ccy></Acct>

        """
            + balance("OPBD", statement.opening, statement.from)
            + balance("CLBD", statement.closing, statement.to)
            + "<TxsSummry><TtlNtries><NbOfNtries>\(statement.lines.count)</NbOfNtries></TtlNtries></TxsSummry>\n"
            + statement.lines.map { entry($0, currency) }.joined()
            + "</Stmt></BkToCstmrStmt></Document>\n"
}

private func entry(_ line: StatementLine, _ currency: String) -> String {
    let party = line.amount.isPositive ? "Dbtr" : "Cdtr"
    let name = line.counterpartyName.map {
        "<\(party)><Pty><Nm>\(escaped($0))</Nm></Pty></\(party)>"
    }
    let account = line.counterpartyAccount.map {
        "<\(party)Acct><Id><Othr><Id>\(escaped($0))</Id></Othr></Id></\(party)Acct>"
    }
    let parties = [name, account].compactMap { $0 }.joined()
    let reference = line.reference.map { "<AcctSvcrRef>\(escaped($0))</AcctSvcrRef>" } ?? ""
    let text =
        line.remittance.isEmpty ? "" : "<RmtInf><Ustrd>\(escaped(line.remittance))</Ustrd></RmtInf>"
    return "<Ntry>" + amountAndSide(line.amount, currency)
        + (line.isReversal ? "<RvslInd>true</RvslInd>" : "") + "<Sts><Cd>BOOK</Cd></Sts>"
        + "<BookgDt><Dt>\(line.bookedOn)</Dt></BookgDt>" + reference
        + "<BkTxCd><Prtry><Cd>NTRF</Cd></Prtry></BkTxCd><NtryDtls><TxDtls>"
        + "<Refs><EndToEndId>\(escaped(line.endToEndID ?? "NOTPROVIDED"))</EndToEndId></Refs>"
        + (parties.isEmpty ? "" : "<RltdPties>\(parties)</RltdPties>") + text
        + "</TxDtls></NtryDtls></Ntry>\n"
}

private func amountAndSide(_ amount: Money, _ currency: String) -> String {
    let size = amount.isNegative ? Money.zero.subtracting(amount) ?? .zero : amount
    return "<Amt Ccy=\"\(currency)\">\(size)</Amt>"
        + "<CdtDbtInd>\(amount.isNegative ? "DBIT" : "CRDT")</CdtDbtInd>"
}
