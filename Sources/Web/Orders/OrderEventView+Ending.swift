import Casework
import Ledger

extension OrderSentence {
    func time(_ event: OrderEvent) -> Phrase {
        switch event {
        case .paused(let reason, let note):
            let why = Names.pause(reason)
            return said("计时中止，\(why.zh)", "The clocks stand still, \(why.en)", note)
        case .resumed(let note): return said("计时恢复", "The clocks go on", note)
        case .extensionAsked(let count, let reason):
            return said("申请延期\(count)", "Extension by \(count) asked for", reason)
        case .extensionGranted(let count):
            return Phrase("同意延期\(count)", "Extended by \(count)")
        case .extensionRefused(let reason): return said("不同意延期", "Extension refused", reason)
        case .clockStarted(let term, _, let due):
            let name = Names.clock(term.clock)
            return Phrase(
                "\(name.zh)时限起算，\(minute(due))到期",
                "\(name.en) limit begins; it ends at \(minute(due))")
        case .clockStopped(let clock):
            let name = Names.clock(clock)
            return Phrase("\(name.zh)时限停止", "\(name.en) limit stopped")
        case .clockFired(let clock, let step):
            let (name, what) = (Names.clock(clock), Names.step(step))
            return Phrase("\(name.zh)时限：\(what.zh)", "\(name.en) limit: \(what.en)")
        case .noticeDue(let recipient, let clock, let step, _):
            let (who, name, what) = (
                Names.recipient(recipient), Names.clock(clock), Names.step(step)
            )
            return Phrase(
                "提醒\(who.zh)：\(name.zh)时限\(what.zh)",
                "Notice to \(who.en): \(name.en) limit, \(what.en)")
        default: return Phrase(event.kind, event.kind)
        }
    }

    /// `2025-03-08 09:30` of the office.
    private func minute(_ moment: Moment) -> String {
        let text = zone.text(moment)
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
    }

    func end(_ event: OrderEvent) -> Phrase {
        switch event {
        case .agreementRecorded(let agreement):
            return agreement.extent == .lessThanClaimed
                ? said("达成和解（少于诉求）", "Agreed, for less than claimed", agreement.text)
                : said("达成和解", "Agreed", agreement.text)
        case .consented(let member, let reference):
            return said("成员\(member)同意", "Member \(member) agrees", reference)
        case .finished(let outcome, let reply):
            let how = Names.outcome(outcome, sight)
            return said("办结，\(how.zh)", "Done, \(how.en)", reply)
        case .reminded(let note): return said("催办", "Reminded", note)
        case .supervised(let reason): return said("督办", "Under supervision", reason)
        case .sentToDiscipline(let clock):
            let name = Names.clock(clock)
            return Phrase(
                "\(name.zh)逾期，转纪检监察", "\(name.en) limit passed: sent to discipline inspection")
        case .faultListed(let fault, let code, let reason):
            let (what, bureau) = (Names.fault(fault), names.bureau(code))
            return said(
                "\(bureau.zh)列入问责清单（\(what.zh)）", "\(bureau.en) listed for \(what.en)", reason)
        case .fieldChecked(.asReported(let note)):
            return said("现场核查，与反馈相符", "Looked at on the spot, as reported", note)
        case .fieldChecked(.notAsReported(let reason)):
            return said("现场核查，与反馈不符", "Looked at on the spot, not as reported", reason)
        case .followedUp(let grade, _, let note):
            let how = Names.grade(grade)
            return note.isEmpty
                ? Phrase("回访：\(how.zh)", "Called back: \(how.en)")
                : said("回访，\(how.zh)", "Called back, \(how.en)", note)
        case .redoOrdered(let reason): return said("重办", "To be done again", reason)
        case .closed: return Phrase("结案", "Closed")
        default: return Phrase(event.kind, event.kind)
        }
    }
}
