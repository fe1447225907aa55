import Casework
import Ledger

/// One entry of a work order's audit trail, in words of both languages.
struct OrderEventView: Codable, Sendable {
    let position: Int
    let kind: String
    let actor: String
    let at: Timestamp
    let recordedAt: Timestamp
    let zh: String
    let en: String

    init(_ recorded: RecordedOrder, _ names: OrderNames, _ zone: Zone, _ sight: Sight) {
        let text = OrderSentence(names: names, zone: zone, sight: sight).text(of: recorded.event)
        position = recorded.position
        kind = recorded.event.kind
        actor = recorded.actor
        at = Timestamp(zone.text(recorded.at))
        recordedAt = Timestamp(zone.text(recorded.recordedAt))
        (zh, en) = (text.zh, text.en)
    }
}

/// Puts events of work orders into sentences. Names of people stay out; what people wrote is masked by
/// `sight`.
struct OrderSentence {
    let names: OrderNames
    let zone: Zone
    let sight: Sight

    func text(of event: OrderEvent) -> Phrase {
        switch event {
        case .registered, .accepted, .sorted, .answered, .passedToDuty, .providersNamed,
            .providerChosen, .declined, .handedOver, .merged, .responsibilityPassed:
            intake(event)
        case .absorbed, .linked, .factsAdded, .evidenceAdded, .questionAsked, .messageAdded,
            .questionAnswered, .withdrawn, .reopened:
            file(event)
        case .dispatched, .acknowledged, .signed, .returned, .contacted, .responded, .reported:
            bureau(event)
        case .paused, .resumed, .extensionAsked, .extensionGranted, .extensionRefused,
            .clockStarted, .clockStopped, .clockFired, .noticeDue:
            time(event)
        case .agreementRecorded, .consented, .finished, .reminded, .supervised,
            .sentToDiscipline, .faultListed, .fieldChecked, .followedUp, .redoOrdered, .closed:
            end(event)
        }
    }

    func said(_ zh: String, _ en: String, _ words: String) -> Phrase {
        let text = sight.text(words)
        return Phrase("\(zh)：\(text)", "\(en): \(text)")
    }

    private func intake(_ event: OrderEvent) -> Phrase {
        switch event {
        case .registered(let demand, _):
            let (channel, kind) = (Names.channel(demand.channel), names.kind(demand.kind))
            return Phrase(
                "经\(channel.zh)登记：\(kind.zh)", "Registered (\(channel.en)): \(kind.en)")
        case .accepted: return Phrase("受理", "Accepted")
        case .sorted(let sorting, _, let reason):
            let (kind, category) = (names.kind(sorting.kind), names.category(sorting.category))
            return said(
                "改列\(kind.zh)／\(category.zh)", "Sorted as \(kind.en), \(category.en)", reason)
        case .answered(let answer): return said("即时答复", "Answered", answer.text)
        case .passedToDuty(let reason):
            return said("转值班人员", "Passed to the duty officer", reason)
        case .providersNamed(let providers, let basis):
            let by = Names.basis(basis)
            return Phrase(
                "\(by.zh)推荐：\(providers.joined(separator: "、"))",
                "Named (\(by.en)): \(providers.joined(separator: ", "))")
        case .providerChosen(let provider?):
            return Phrase("来电人选择\(provider)", "The caller chose \(provider)")
        case .providerChosen(nil): return Phrase("来电人未选", "The caller chose none")
        case .declined(let code, let reason, let referral):
            let why = sight.text(reason)
            return Phrase(
                "不予受理（\(code)）：\(why)；\(referral)", "Declined (\(code)): \(why); \(referral)")
        case .handedOver(.emergency(let line, let call)):
            return Phrase(
                "三方通话转\(line)，\(zone.text(call.joinedAt))接通",
                "Handed over to \(line) by three-way call, joined at \(zone.text(call.joinedAt))")
        case .handedOver(.discipline(let body)):
            return Phrase("移交\(body)", "Handed over to \(body)")
        case .merged(let first): return Phrase("并入\(first)", "Merged into \(first)")
        case .responsibilityPassed(let name, let reason):
            return said("首接责任人变更为\(name)", "\(name) answers for it from now on", reason)
        default: return Phrase(event.kind, event.kind)
        }
    }

    private func file(_ event: OrderEvent) -> Phrase {
        switch event {
        case .absorbed(let duplicate):
            return said("并入来件\(duplicate.id)", "\(duplicate.id) joined", duplicate.demand.text)
        case .linked(let link):
            let view = OrderLinkView(link)
            return Phrase(
                "关联\(view.number)（\(view.kind)）", "Linked to \(view.number) (\(view.kind))")
        case .factsAdded(let facts, let reason):
            let list = facts.keys.sorted()
            return said(
                "补充要素\(list.joined(separator: "、"))",
                "Facts added, \(list.joined(separator: ", "))", reason)
        case .evidenceAdded(let evidence):
            let name = sight.text(evidence.name)
            return Phrase(
                "收到证据：\(evidence.kind)《\(name)》", "Evidence added: \(evidence.kind) “\(name)”")
        case .questionAsked(let question): return said("向来电人提问", "The caller was asked", question)
        case .messageAdded(let message):
            let party = Names.party(message.from)
            return said("\(party.zh)留言", "Words of \(party.en)", message.text)
        case .questionAnswered(let message):
            let party = Names.party(message.from)
            return said("\(party.zh)回答", "Answer of \(party.en)", message.text)
        case .withdrawn(let reason): return said("撤回", "Withdrawn", reason)
        case .reopened(let facts): return said("有新情况，重新办理", "Reopened on new facts", facts)
        default: return Phrase(event.kind, event.kind)
        }
    }

    private func bureau(_ event: OrderEvent) -> Phrase {
        switch event {
        case .dispatched(let lead, let assisting, let ground):
            return dispatched(names.bureau(lead), names.bureaus(assisting), ground)
        case .acknowledged(let code, let way):
            let bureau = names.bureau(code)
            return way == .system
                ? Phrase("\(bureau.zh)在系统签收", "Acknowledged by \(bureau.en) in the system")
                : Phrase("\(bureau.zh)电话确认", "Acknowledged by \(bureau.en) by telephone")
        case .signed: return Phrase("主办单位已签收", "The lead has signed for it")
        case .returned(let code, let reason):
            let bureau = names.bureau(code)
            return said("\(bureau.zh)退回", "Returned by \(bureau.en)", reason)
        case .contacted(let note): return said("已联系来电人", "The caller was contacted", note)
        case .responded(let note): return said("已响应", "Somebody is there", note)
        case .reported(let code, let text):
            let bureau = names.bureau(code)
            return said("\(bureau.zh)反馈", "Report of \(bureau.en)", text)
        default: return Phrase(event.kind, event.kind)
        }
    }

    private func dispatched(
        _ lead: Phrase, _ assisting: Phrase, _ ground: Assignment.Ground
    ) -> Phrase {
        let helped = Phrase(
            assisting.zh.isEmpty ? "" : "，\(assisting.zh)协办",
            assisting.en.isEmpty ? "" : ", assisted by \(assisting.en)")
        switch ground {
        case .dispatched: return Phrase("派\(lead.zh)\(helped.zh)", "Sent to \(lead.en)\(helped.en)")
        case .designated(let reason):
            return said(
                "指定\(lead.zh)承办\(helped.zh)", "\(lead.en) designated\(helped.en)", reason)
        case .meeting(let minutes):
            return said(
                "协调会定\(lead.zh)承办\(helped.zh)", "Settled at a meeting: \(lead.en)\(helped.en)",
                minutes)
        case .redo(let reason):
            return said("\(lead.zh)重办\(helped.zh)", "\(lead.en) does it again\(helped.en)", reason)
        }
    }
}
