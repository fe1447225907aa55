import Banking
package import Casework
import Ledger
package import Store

/// What a bank's answer to a payment file did.
package struct TakenReport: Hashable, Sendable {
    /// The same answer came before: nothing changed.
    package let isRepeat: Bool
    package let file: PaymentFileRow
    package let paid: Int
    package let failed: Int
    /// Neither: the bank is still at work, or has not said.
    package let underWay: Int
}

extension Work {
    /// Takes the bank's answer (pain.002) to a released file into its cases: paid, failed with the bank's
    /// reason, or still under way.
    ///
    /// Whole or not at all; the same answer again changes nothing. A payment is booked on the day the
    /// bank names, as its statement will.
    ///
    /// - Throws: `PaymentReportError` when it is no answer to that file.
    package func takePaymentReport(_ bytes: [UInt8], by actor: Actor) throws -> TakenReport {
        try permit(.importPaymentReport, actor)
        let hash = sha256Hex(bytes)
        if let id = try transaction.paymentReport(hash) {
            let row = try paymentFileRow(id)
            return TakenReport(
                isRepeat: true, file: row, paid: 0, failed: 0, underWay: row.open)
        }
        let report = try parsePain002(bytes)
        guard try paymentFileRow(report.fileID).state == .released else {
            throw WorkflowError.paymentFileNotReleased(report.fileID)
        }
        let answers = try report.answers(to: try sentFile(report.fileID))
        let cases = Dictionary(
            try transaction.payouts(ofPaymentFile: report.fileID).map { ($0.number, $0.caseID) },
            uniquingKeysWith: { first, _ in first })
        var counts: [PaymentStatus.Outcome: Int] = [:]
        for answer in answers {
            counts[answer.outcome, default: 0] += 1
            guard let id = cases[answer.number], let state = state(after: answer) else { continue }
            try perform(.payoutAnswered(number: answer.number, state), on: id, by: .office)
        }
        try transaction.writePaymentReport(
            report.id, hash: hash, on: report.fileID,
            document: String(decoding: bytes, as: UTF8.self), by: actor.name, at: now)
        return TakenReport(
            isRepeat: false, file: try paymentFileRow(report.fileID), paid: counts[.paid] ?? 0,
            failed: counts[.failed] ?? 0, underWay: counts[.underWay] ?? 0)
    }

    /// Numbers, amounts and batches of a file as it was sent.
    private func sentFile(_ id: String) throws -> PaymentFile {
        let payouts = try transaction.payouts(ofPaymentFile: id).compactMap {
            try casePayout($0)
        }
        let row = try paymentFileRow(id)
        return paymentFile(
            id, of: payouts, payer: try office.policies.edition(inForceOn: today),
            executionOn: row.executionOn)
    }

    /// Nil: the bank has said nothing of the payment yet.
    private func state(after answer: PaymentAnswer) -> Payout.State? {
        guard let status = answer.status else { return nil }
        let words = answer.reasons.map { reason in
            [reason.code, reason.text].compactMap { $0 }.filter { !$0.isEmpty }
                .joined(separator: " ")
        }
        switch status.outcome {
        case .paid: return .confirmed(on: min(answer.day ?? today, today))
        case .failed:
            return .failed(
                reason: ([status.rawValue] + words).joined(separator: " ").prefix(200).description)
        case .underWay: return .underWay("the bank says \(status.rawValue)")
        }
    }
}
