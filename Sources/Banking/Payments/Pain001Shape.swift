import Ledger

extension MessageShape {
    /// pain.001.001.09 as far as a payout needs it. The parts of the standard that we never write are
    /// there with their place and number, but not looked into.
    static let pain001: MessageShape = {
        func one(_ name: String, _ type: String) -> Child {
            Child(name: name, type: type, times: 1...1)
        }
        func maybe(_ name: String, _ type: String = "Any") -> Child {
            Child(name: name, type: type, times: 0...1)
        }
        func many(_ name: String, _ type: String, _ times: ClosedRange<Int>) -> Child {
            Child(name: name, type: type, times: times)
        }
        let endless = PaymentLimit.payments
        return MessageShape(forms: [
            "Document": .sequence([one("CstmrCdtTrfInitn", "Initiation")]),
            "Initiation": .sequence([
                one("GrpHdr", "Header"), many("PmtInf", "Batch", 1...endless),
                many("SplmtryData", "Any", 0...endless),
            ]),
            "Header": .sequence([
                one("MsgId", "Text35"), one("CreDtTm", "Moment"), many("Authstn", "Any", 0...2),
                one("NbOfTxs", "Count"), maybe("CtrlSum", "Sum"), one("InitgPty", "Party"),
                maybe("FwdgAgt"), maybe("InitnSrc"),
            ]),
            "Batch": .sequence([
                one("PmtInfId", "Text35"), one("PmtMtd", "Method"), maybe("BtchBookg"),
                maybe("NbOfTxs", "Count"), maybe("CtrlSum", "Sum"), maybe("PmtTpInf"),
                one("ReqdExctnDt", "DayOrMoment"), maybe("PoolgAdjstmntDt"), one("Dbtr", "Party"),
                one("DbtrAcct", "Account"), one("DbtrAgt", "Agent"), maybe("DbtrAgtAcct"),
                maybe("InstrForDbtrAgt"), maybe("UltmtDbtr"), maybe("ChrgBr", "Charges"),
                maybe("ChrgsAcct"), maybe("ChrgsAcctAgt"),
                many("CdtTrfTxInf", "Transfer", 1...endless),
            ]),
            "Transfer": .sequence([
                one("PmtId", "PaymentID"), maybe("PmtTpInf"), one("Amt", "Amount"),
                maybe("XchgRateInf"), maybe("ChrgBr", "Charges"), maybe("ChqInstr"),
                maybe("UltmtDbtr"), maybe("IntrmyAgt1"), maybe("IntrmyAgt1Acct"),
                maybe("IntrmyAgt2"), maybe("IntrmyAgt2Acct"), maybe("IntrmyAgt3"),
                maybe("IntrmyAgt3Acct"), maybe("CdtrAgt", "Agent"), maybe("CdtrAgtAcct"),
                maybe("Cdtr", "Party"), maybe("CdtrAcct", "Account"), maybe("UltmtCdtr"),
                many("InstrForCdtrAgt", "Any", 0...endless), maybe("InstrForDbtrAgt"),
                maybe("Purp"), many("RgltryRptg", "Any", 0...10), maybe("Tax"),
                many("RltdRmtInf", "Any", 0...10), maybe("RmtInf", "Remittance"),
                many("SplmtryData", "Any", 0...endless),
            ]),
            "PaymentID": .sequence([
                maybe("InstrId", "Text35"), one("EndToEndId", "Text35"), maybe("UETR"),
            ]),
            "Amount": .choice([one("InstdAmt", "Value"), one("EqvtAmt", "Any")]),
            "Party": .sequence([
                maybe("Nm", "Text140"), maybe("PstlAdr"), maybe("Id"), maybe("CtryOfRes"),
                maybe("CtctDtls"),
            ]),
            "Account": .sequence([
                maybe("Id", "AccountID"), maybe("Tp"), maybe("Ccy", "Currency"), maybe("Nm"),
                maybe("Prxy"),
            ]),
            "AccountID": .choice([one("IBAN", "Text34"), one("Othr", "Other34")]),
            "Other34": .sequence([one("Id", "Text34"), maybe("SchmeNm"), maybe("Issr")]),
            "Other35": .sequence([one("Id", "Text35"), maybe("SchmeNm"), maybe("Issr")]),
            "Agent": .sequence([one("FinInstnId", "Institution"), maybe("BrnchId")]),
            "Institution": .sequence([
                maybe("BICFI", "Text11"), maybe("ClrSysMmbId", "Member"), maybe("LEI"), maybe("Nm"),
                maybe("PstlAdr"), maybe("Othr", "Other35"),
            ]),
            "Member": .sequence([maybe("ClrSysId", "System"), one("MmbId", "Text35")]),
            "System": .choice([one("Cd", "Text5"), one("Prtry", "Text35")]),
            "Remittance": .sequence([
                many("Ustrd", "Text140", 0...endless), many("Strd", "Any", 0...endless),
            ]),
            "DayOrMoment": .choice([one("Dt", "Day"), one("DtTm", "Moment")]),
            "Text5": .text(5), "Text11": .text(11), "Text34": .text(34), "Text35": .text(35),
            "Text140": .text(140), "Count": .digits(15),
            "Sum": .decimal(digits: 18, fraction: 17), "Value": .decimal(digits: 18, fraction: 5),
            "Currency": .text(3), "Method": .oneOf(["CHK", "TRF", "TRA"]),
            "Charges": .oneOf(["DEBT", "CRED", "SHAR", "SLEV"]), "Day": .date, "Moment": .moment,
            "Any": .any,
        ])
    }()
}

/// Refuses a payment file that has not the structure of pain.001.001.09, or whose counts and control sums
/// are not those of its payments: to be called on the bytes that will be handed in.
public func checkPain001(_ bytes: [UInt8]) throws(PaymentFileError) {
    let root: Element
    let namespace: String
    do {
        (root, namespace) = try readXML(bytes)
    } catch { throw .unreadable(error) }
    guard root.name == "Document", namespace == "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
    else { throw .badShape(root.place, "is no Document of pain.001.001.09") }
    if let fault = MessageShape.pain001.fault(of: root, "Document") {
        throw .badShape(fault.place, fault.text)
    }
    guard let initiation = root.first("CstmrCdtTrfInitn"), let header = initiation.first("GrpHdr")
    else { return }
    var numbers: Set<String> = []
    let batches = initiation.all("PmtInf")
    for batch in batches {
        let transfers = batch.all("CdtTrfTxInf")
        try checkTotals(batch, of: transfers)
        for transfer in transfers {
            let number = transfer.value("PmtId", "EndToEndId") ?? ""
            guard numbers.insert(number).inserted else {
                throw .duplicate(field: "EndToEndId", number)
            }
        }
    }
    try checkTotals(header, of: batches.flatMap { $0.all("CdtTrfTxInf") })
}

private func checkTotals(
    _ holder: Element, of transfers: [Element]
) throws(PaymentFileError) {
    if let count = holder.first("NbOfTxs"), Int(count.text) != transfers.count {
        throw .totalMismatch(count.place, stated: count.text, expected: "\(transfers.count)")
    }
    var sum = Money.zero
    for transfer in transfers {
        let text = transfer.value("Amt", "InstdAmt") ?? ""
        guard let amount = isoAmount(text), let next = sum.adding(amount) else {
            throw .badShape(transfer.place, "“\(text)” is no amount of at most two decimals")
        }
        sum = next
    }
    guard let stated = holder.first("CtrlSum") else { return }
    guard isoAmount(stated.text) == sum else {
        throw .totalMismatch(stated.place, stated: stated.text, expected: sum.description)
    }
}
