import Ledger

/// Reads an ISO 20022 pain.002 customer payment status report of any version (`pain.002.001.xx`).
public func parsePain002(_ bytes: [UInt8]) throws(PaymentReportError) -> PaymentReport {
    let root: Element
    let namespace: String
    do {
        (root, namespace) = try readXML(bytes)
    } catch { throw .unreadable(error) }
    guard root.name == "Document", namespace.contains(":pain.002.001.") else {
        throw .notPain002(namespace.isEmpty ? root.name : namespace)
    }
    let report = try required(root, "CstmrPmtStsRpt")
    let group = try required(report, "OrgnlGrpInfAndSts")
    var batches: [PaymentReport.Batch] = []
    var payments: [PaymentReport.Payment] = []
    for part in report.all("OrgnlPmtInfAndSts") {
        let batch = try text(part, "OrgnlPmtInfId")
        batches.append(
            PaymentReport.Batch(
                id: batch, status: try status(part, "PmtInfSts"), reasons: reasons(part)))
        for transaction in part.all("TxInfAndSts") {
            payments.append(try payment(transaction, batch: batch))
        }
    }
    // The oldest version has no batches: transactions stand beside the group.
    for transaction in report.all("TxInfAndSts") {
        payments.append(try payment(transaction, batch: nil))
    }
    return PaymentReport(
        id: try text(required(report, "GrpHdr"), "MsgId"),
        createdOn: day(report.first("GrpHdr")?.value("CreDtTm")),
        fileID: try text(group, "OrgnlMsgId"), status: try status(group, "GrpSts"),
        reasons: reasons(group), batches: batches, payments: payments)
}

private func payment(
    _ element: Element, batch: String?
) throws(PaymentReportError) -> PaymentReport.Payment {
    var amount: Money?
    if let stated = element.first("OrgnlTxRef")?.first("Amt")?.first("InstdAmt") {
        amount = isoAmount(stated.text)
        if amount == nil { throw .badAmount(stated.place, stated.text) }
    }
    return PaymentReport.Payment(
        number: try text(element, "OrgnlEndToEndId"), batch: batch,
        status: try status(element, "TxSts"), reasons: reasons(element), amount: amount,
        reference: element.value("AcctSvcrRef"),
        acceptedOn: day(element.value("AccptncDtTm")))
}

/// The day of an ISO date and time, on the bank's own clock: what its statement will say.
private func day(_ text: String?) -> Day? { text.flatMap { Day($0.prefix(10)) } }

private func reasons(_ element: Element) -> [PaymentReason] {
    element.all("StsRsnInf").map { information in
        let texts = information.all("AddtlInf").map(\.text).filter { !$0.isEmpty }
        return PaymentReason(
            code: information.value("Rsn", "Cd") ?? information.value("Rsn", "Prtry"),
            text: texts.joined(separator: " "))
    }
}

private func status(
    _ element: Element, _ name: String
) throws(PaymentReportError) -> PaymentStatus? {
    guard let stated = element.first(name) else { return nil }
    guard let status = PaymentStatus(rawValue: stated.text) else {
        throw .unknownStatus(stated.place, stated.text)
    }
    return status
}

private func required(
    _ element: Element, _ name: String
) throws(PaymentReportError) -> Element {
    guard let child = element.first(name) else {
        throw .missing(
            Place(line: element.place.line, column: element.place.column, field: name))
    }
    return child
}

private func text(_ element: Element, _ name: String) throws(PaymentReportError) -> String {
    let child = try required(element, name)
    guard !child.text.isEmpty else { throw .missing(child.place) }
    return child.text
}
