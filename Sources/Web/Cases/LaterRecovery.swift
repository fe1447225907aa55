import Casework
import Ledger

/// The later life of a recovery, in words of both languages.
enum LaterRecovery {
    /// Nil for an event of another kind.
    static func text(of event: Event, _ sight: Sight) -> Phrase? {
        switch event {
        case .assignmentTaken(let deed):
            said(
                "债权已转让（\(deed.signedOn)）", "Claim assigned on \(deed.signedOn)", deed.reference,
                sight)
        case .demanded(let day, let proof):
            said("\(day)再次催告", "Demanded again on \(day)", proof, sight)
        case .planAgreed(let parts):
            Phrase(
                "约定分\(parts.count)期偿还，首期\(parts.first.map { "\($0.dueOn)" } ?? "–")",
                "Plan of \(parts.count) instalments agreed, the first on \(parts.first.map { "\($0.dueOn)" } ?? "–")"
            )
        case .planBroken: Phrase("一期未付，余款全部到期", "An instalment was missed: the rest is due")
        case .interestPaid(let amount, let reference, let day):
            said(
                "收到利息\(amount.yuan)元（\(day)）", "Interest of \(amount.yuan) paid on \(day)",
                reference,
                sight)
        case .repaidFromSuspense(let amount, _, let day, _, let proposer):
            Phrase(
                "待查款认领为偿还\(amount.yuan)元（\(day)，\(proposer)提出）",
                "\(amount.yuan) out of suspense is a repayment (\(day), proposed by \(proposer))")
        case .writeOffRejected(let reason): said("不同意核销", "Write-off rejected", reason, sight)
        case .doublePaymentFound(let amount, let proof):
            said(
                "发现商家另已付游客\(amount.yuan)元",
                "Found: the merchant paid the tourist \(amount.yuan) as well",
                proof, sight)
        case .claimBackOpened(let amount, let reason):
            said("应由游客退还\(amount.yuan)元", "The tourist owes \(amount.yuan) back", reason, sight)
        case .claimBackNotified(let notice):
            said(
                "退还通知\(notice.servedOn)送达", "The tourist was told on \(notice.servedOn)",
                notice.proof,
                sight)
        case .touristRepaidFromSuspense(let amount, _, let day, _, let proposer):
            Phrase(
                "待查款认领为游客退还\(amount.yuan)元（\(day)，\(proposer)提出）",
                "\(amount.yuan) out of suspense was repaid by the tourist (\(day), proposed by \(proposer))"
            )
        case .claimBackWriteOffProposed(let reason):
            said("提议核销应由游客退还款", "Write-off of what the tourist owes proposed", reason, sight)
        case .claimBackWrittenOff(let amount):
            Phrase(
                "核销应由游客退还款\(amount.yuan)元", "\(amount.yuan) owed by the tourist was written off")
        case .touristRepaid(let amount, let reference, let day):
            said(
                "游客退还\(amount.yuan)元（\(day)）", "The tourist repaid \(amount.yuan) on \(day)",
                reference,
                sight)
        default: nil
        }
    }

    private static func said(_ zh: String, _ en: String, _ reason: String, _ sight: Sight) -> Phrase
    {
        EventView.said(zh, en, reason, sight)
    }
}
