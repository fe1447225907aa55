import Casework
import Ledger

/// One entry of the audit trail, in words of both languages.
struct EventView: Codable, Sendable {
    let position: Int
    let kind: String
    let actor: String
    let at: Timestamp
    let recordedAt: Timestamp
    let zh: String
    let en: String

    init(_ recorded: Recorded, _ zone: Zone, _ sight: Sight) {
        let text = EventView.text(of: recorded.event, zone, sight)
        position = recorded.position
        kind = recorded.event.kind
        actor = recorded.actor
        at = Timestamp(zone.text(recorded.at))
        recordedAt = Timestamp(zone.text(recorded.recordedAt))
        zh = text.zh
        en = text.en
    }

    /// What happened, in a sentence. Names of people stay out.
    static func text(of event: Event, _ zone: Zone, _ sight: Sight) -> Phrase {
        switch event {
        case .filed(let filing, _):
            let channel = Names.channel(filing.channel)
            return Phrase(
                "经\(channel.zh)登记，诉求\(filing.claimed.yuan)元",
                "Filed (\(channel.en)), \(filing.claimed.yuan) claimed")
        case .classified(let ruling):
            let category = Names.category(ruling.outcome.category)
            return Phrase("分类为\(category.zh)", "Classified as \(category.en)")
        case .accepted: return Phrase("受理", "Accepted")
        case .declined(_, let code, let referral):
            return Phrase("不予受理（\(code)）：\(referral)", "Declined (\(code)): \(referral)")
        case .handedOver(_, let body): return Phrase("移交\(body)", "Handed over to \(body)")
        case .merged(_, let first): return Phrase("并入\(first)", "Merged with \(first)")
        case .contactJoined(let id, _, let story, let isNew):
            let said = sight.text(story)
            return Phrase(
                "并入来件\(id)\(isNew ? "（有新情况）" : "")：\(said)",
                "Contact \(id) joined\(isNew ? " (new facts)" : ""): \(said)")
        case .evidenceAdded(let evidence):
            let name = sight.text(evidence.name)
            return Phrase(
                "收到证据：\(evidence.kind)《\(name)》", "Evidence added: \(evidence.kind) “\(name)”")
        case .evidenceRequested(let kinds, let note):
            let list = kinds.joined(separator: ", ")
            return Phrase(
                "要求补充证据：\(list)（\(sight.text(note))）",
                "Evidence asked for: \(list) (\(sight.text(note)))")
        case .evidenceComplete: return Phrase("证据已齐", "The evidence is complete")
        case .evidenceWaived(let reason):
            return said("不再等待证据", "Goes on without the evidence", reason, sight)
        case .factsCorrected(let facts, let reason):
            return said(
                "更正案情：\(facts.keys.sorted().joined(separator: "、"))",
                "Facts corrected: \(facts.keys.sorted().joined(separator: ", "))", reason, sight)
        case .payeeSet: return Phrase("登记收款账户", "Payee set")
        case .determined(let ruling):
            let outcome = ruling.outcome
            return Phrase(
                "认定（\(outcome.code)）：应得\(outcome.entitlement.yuan)元",
                "Determined (\(outcome.code)): \(outcome.entitlement.yuan) is due")
        case .advanceProposed(let ruling, _, let amount):
            let path = Names.path(ruling.outcome.path)
            return Phrase("拟\(path.zh)\(amount.yuan)元", "\(path.en) proposed: \(amount.yuan)")
        case .approved(let role):
            return Phrase("\(Names.role(role).zh)同意", "Approved as \(role.rawValue)")
        case .reduced(let amount, let reason):
            return said("减为\(amount.yuan)元", "Reduced to \(amount.yuan)", reason, sight)
        case .advanceRefused(let reason): return said("不予先行赔付", "Advance refused", reason, sight)
        case .contested(let reason):
            return said("旅游者提出异议", "Contested by the tourist", reason, sight)
        case .contestAnswered(let isUpheld, let reason):
            return said(
                isUpheld ? "维持原决定" : "改变原决定", isUpheld ? "Refusal upheld" : "Refusal overturned",
                reason, sight)
        default:
            return money(event) ?? gate(event, sight) ?? bureau(event, sight)
                ?? LaterRecovery.text(of: event, sight) ?? rest(event, zone, sight)
        }
    }

    private static func money(_ event: Event) -> Phrase? {
        switch event {
        case .fundsAwaited(let short):
            Phrase("资金池不足，差\(short.yuan)元，等待资金", "The pool is short of \(short.yuan); waits")
        case .reserved(let amount): Phrase("冻结\(amount.yuan)元", "\(amount.yuan) reserved")
        case .quickPayGranted(let amount):
            Phrase("小额快赔\(amount.yuan)元", "Quick pay of \(amount.yuan) granted")
        case .feeWaived(let amount):
            Phrase("免除费用\(amount.yuan)元", "Fee of \(amount.yuan) waived")
        case .reservationReduced(let amount):
            Phrase("冻结款退回\(amount.yuan)元", "\(amount.yuan) of the reservation returned")
        case .reservationReturned(let amount):
            Phrase("冻结款\(amount.yuan)元退回资金池", "Reservation of \(amount.yuan) returned to the pool")
        case .released(let amount):
            Phrase("解冻\(amount.yuan)元付给游客", "\(amount.yuan) released to the tourist")
        case .payoutOrdered(let number, let amount, _):
            Phrase("发出打款\(number)，\(amount.yuan)元", "Payout \(number) of \(amount.yuan) ordered")
        case .payoutProgressed(let number, let state):
            Phrase("\(number)：\(state)", "\(number): \(state)")
        case .payoutUnknown(let number, let why):
            Phrase(
                "\(number)结果未知（\(why)），待查询", "\(number): outcome unknown (\(why)), to be queried")
        case .payoutConfirmed(let number, let amount, let day):
            Phrase("\(number)到账\(amount.yuan)元（\(day)）", "\(number): \(amount.yuan) paid on \(day)")
        case .payoutFailed(let number, let reason):
            Phrase("\(number)失败：\(reason)", "\(number) failed: \(reason)")
        case .payoutLapsed(let number):
            Phrase("\(number)逾时未确认，未付款", "\(number) was not confirmed in time; nothing was paid")
        case .payoutBounced(let number, let amount, let reason):
            Phrase(
                "\(number)退票\(amount.yuan)元：\(reason)",
                "\(number): \(amount.yuan) came back: \(reason)")
        case .payoutReturnedFromSuspense(let number, let amount, _, let day, _, let proposer):
            Phrase(
                "待查款认领为\(number)的退票\(amount.yuan)元（\(day)，\(proposer)提出）",
                "\(number): \(amount.yuan) out of suspense is its return (\(day), proposed by \(proposer))"
            )
        default: nil
        }
    }

    private static func gate(_ event: Event, _ sight: Sight) -> Phrase? {
        switch event {
        case .capReached(let cap, let wanted):
            Phrase(
                "\(Names.cap(cap.kind).zh)\(cap.limit.yuan)元，已用\(cap.used.yuan)元，需\(wanted.yuan)元：等待",
                "\(Names.cap(cap.kind).en): \(cap.used.yuan) of \(cap.limit.yuan) taken, \(wanted.yuan) wanted; waits"
            )
        case .authorityRaised(let roles, let reason):
            said(
                "须再由\(roles.map { Names.role($0).zh }.joined(separator: "、"))同意",
                "Must be agreed to by \(roles.map(\.rawValue).joined(separator: ", "))", reason,
                sight)
        case .riskAssessed(let ruling):
            Phrase(
                "风险提示：\(ruling.grounds.rules.map(\.chinese).joined(separator: "；"))",
                "Signs: \(ruling.grounds.rules.map(\.english).joined(separator: "; "))")
        case .payoutReviewAsked(let flags):
            Phrase(
                "付款前须人工核查（\(flags.joined(separator: "、"))）",
                "A person looks first, before the payout (\(flags.joined(separator: ", ")))")
        case .payoutCleared(let reason):
            said("核查后可以付款", "Looked into; the payout may go", reason, sight)
        case .unclaimedReturnProposed(let reason):
            said("提出将无人领取的款项退回资金池", "Return of the unclaimed money proposed", reason, sight)
        case .unclaimedReturned(let amount, _):
            Phrase(
                "无人领取，\(amount.yuan)元退回资金池；申请仍在案",
                "Never collected: \(amount.yuan) back in the pool; the claim stays on record")
        default: nil
        }
    }

    private static func bureau(_ event: Event, _ sight: Sight) -> Phrase? {
        switch event {
        case .forwarded(let ruling):
            Phrase("派单至\(ruling.outcome.bureau)", "Forwarded to \(ruling.outcome.bureau)")
        case .designated(let bureau, let reason):
            said("指定\(bureau)承办", "\(bureau) designated", reason, sight)
        case .acknowledged: Phrase("承办单位签收", "Acknowledged by the bureau")
        case .audited(let finding): audit(finding, sight)
        case .merchantPaid(let amount, let proof):
            said(
                "商家已付游客\(amount.yuan)元", "The merchant paid the tourist \(amount.yuan)", proof,
                sight)
        case .noAgreementReached(let reason): said("调解不成", "Mediation failed", reason, sight)
        case .settled(let ruling):
            Phrase("处置：\(ruling.outcome.rawValue)", "Settlement: \(ruling.outcome.rawValue)")
        case .resolved(let how):
            Phrase("结果：\(Names.resolution(how).zh)", "Outcome: \(Names.resolution(how).en)")
        default: nil
        }
    }

    private static func audit(_ finding: AuditFinding, _ sight: Sight) -> Phrase {
        switch finding {
        case .approve: Phrase("承办单位审核同意", "Audit: approved")
        case .reduce(let amount, let reason):
            said("承办单位审核减为\(amount.yuan)元", "Audit: reduced to \(amount.yuan)", reason, sight)
        case .refuse(let reason): said("承办单位审核不同意", "Audit: refused", reason, sight)
        case .askEvidence(let kinds, let note):
            said(
                "承办单位要求补充证据：\(kinds.joined(separator: "、"))",
                "Audit: asks for \(kinds.joined(separator: ", "))", note, sight)
        case .notOurs(let reason): said("承办单位退回：非本单位职责", "Sent back as not theirs", reason, sight)
        }
    }

    private static func rest(_ event: Event, _ zone: Zone, _ sight: Sight) -> Phrase {
        switch event {
        case .recoveryOpened(_, let amount):
            Phrase("对商家启动追偿\(amount.yuan)元", "Recovery of \(amount.yuan) opened")
        case .noticeServed(let notice):
            said(
                "追偿通知书\(notice.servedOn)送达", "Notice served on \(notice.servedOn)", notice.proof,
                sight)
        case .merchantResponded(let response): answer(response, sight)
        case .defenceUpheld(let amount, let reason):
            said("抗辩成立，减\(amount.yuan)元", "Defence upheld: \(amount.yuan) less", reason, sight)
        case .repaid(let amount, let reference, let day):
            said(
                "商家偿还\(amount.yuan)元（\(day)）", "Merchant repaid \(amount.yuan) on \(day)",
                reference, sight)
        case .depositSetOff(let amount, let reference, let day):
            said(
                "质量保证金抵偿\(amount.yuan)元（\(day)）",
                "\(amount.yuan) set off from the deposit on \(day)", reference, sight)
        case .writeOffProposed(let reason): said("提出核销", "Write-off proposed", reason, sight)
        case .writtenOff(let amount): Phrase("核销\(amount.yuan)元", "\(amount.yuan) written off")
        case .repaidAfterWriteOff(let amount, let reference, let day):
            said(
                "核销后收回\(amount.yuan)元（\(day)）",
                "\(amount.yuan) recovered after the write-off on \(day)", reference, sight)
        case .recoveryClosed: Phrase("追偿结清", "Recovery settled")
        case .followedUp(let grade, let note):
            said("回访：\(grade.rawValue)", "Followed up: \(grade.rawValue)", note, sight)
        case .closed: Phrase("办结", "Closed")
        case .reopened(let reason): said("重启", "Reopened", reason, sight)
        case .withdrawn(let reason): said("撤回投诉", "Withdrawn", reason, sight)
        case .escalated(let reason): said("督办", "Escalated", reason, sight)
        case .clockStarted(let name, _, let due):
            Phrase(
                "\(Names.clock(name).zh)时限至\(zone.text(due))",
                "\(Names.clock(name).en) clock runs to \(zone.text(due))")
        case .clockSuspended(let name, let reason):
            said(
                "\(Names.clock(name).zh)中止计时", "\(Names.clock(name).en) clock suspended", reason,
                sight)
        case .clockResumed(let name):
            Phrase("\(Names.clock(name).zh)恢复计时", "\(Names.clock(name).en) clock resumed")
        case .clockStopped(let name):
            Phrase("\(Names.clock(name).zh)计时停止", "\(Names.clock(name).en) clock stopped")
        case .clockFired(let name, let step):
            step == .breach
                ? Phrase("\(Names.clock(name).zh)超期", "\(Names.clock(name).en) limit passed")
                : Phrase("\(Names.clock(name).zh)将到期", "\(Names.clock(name).en) limit is near")
        default: Phrase(event.kind, event.kind)
        }
    }

    private static func answer(_ response: Recovery.Response, _ sight: Sight) -> Phrase {
        switch response {
        case .accept: Phrase("商家同意偿还", "The merchant accepts")
        case .partial(let amount, let reason):
            said("商家同意偿还\(amount.yuan)元", "The merchant accepts \(amount.yuan)", reason, sight)
        case .dispute(let defence): said("商家抗辩", "The merchant disputes", defence, sight)
        }
    }

    static func said(_ zh: String, _ en: String, _ reason: String, _ sight: Sight) -> Phrase {
        let reason = OfficeReasons.phrase(sight.text(reason))
        return reason.zh.isEmpty
            ? Phrase(zh, en) : Phrase("\(zh)：\(reason.zh)", "\(en): \(reason.en)")
    }
}
