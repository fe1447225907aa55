import Casework
import Workflow

/// What people ask of a work order, in the order in which it comes up.
extension OrderCommands {
    static let intake: [OrderVerb] = [
        verb(
            "acceptance", .accept, EmptyForm.self,
            Phrase("受理；首接者负责到底", "Accept it; whoever does answers for it to its end")
        ) { _ in .accept },
        step(
            "sorting", .sort, OrderSortingForm.self,
            Phrase("改变类型、分类或区域，新起算的时限随之", "Sort it anew; clocks that start later follow")
        ) {
            try $1.work.sortOrder(
                $0.sorting, reason: $0.reason, onOrder: $1.id, by: $1.actor,
                expecting: $1.version)
        },
        verb("answer", .answer, OrderAnswerForm.self, Phrase("即时答复", "Answer it at once")) {
            .answer($0.answer)
        },
        verb(
            "duty", .passToDuty, OrderReasonForm.self,
            Phrase("转值班人员", "Pass it to the duty officer")
        ) { .passToDuty(reason: $0.reason) },
        verb(
            "providers", .nameProviders, ProvidersForm.self,
            Phrase("推荐服务单位", "Name providers to the caller")
        ) { .nameProviders($0.providers, by: $0.basis) },
        verb(
            "provider-choice", .chooseProvider, ProviderChoiceForm.self,
            Phrase("登记来电人的选择", "Record the caller's choice")
        ) { .chooseProvider($0.provider) },
        verb("decline", .decline, DeclineForm.self, Phrase("不予受理", "Decline it")) {
            .decline(code: $0.code, reason: $0.reason, referral: $0.referral)
        },
        verb(
            "hand-over", .handOver, HandOverForm.self,
            Phrase("移交紧急救援或纪检监察", "Hand it over to an emergency line or to discipline")
        ) { .handOver($0.handOver) },
        verb("merge", .merge, MergeForm.self, Phrase("并入首件", "Merge it into the first")) {
            .merge(into: $0.first)
        },
    ]

    static let file: [OrderVerb] = [
        step("links", .link, LinkForm.self, Phrase("关联案件或工单", "Link a case or work order")) {
            try $1.work.link($0.link, ofOrder: $1.id, by: $1.actor, expecting: $1.version)
        },
        step("facts", .addFacts, FactsForm.self, Phrase("补充案情要素", "Add facts")) {
            try $1.work.addFacts(
                $0.facts, reason: $0.reason, toOrder: $1.id, by: $1.actor,
                expecting: $1.version)
        },
        step(
            "messages", .addMessage, MessageForm.self,
            Phrase("留言，不是对提问的回答", "Words that answer nothing that was asked")
        ) {
            try $1.work.addWords(
                $0.message(by: $1.actor, else: .agent), answering: false, toOrder: $1.id,
                by: $1.actor, expecting: $1.version)
        },
        step(
            "reply", .reply, MessageForm.self,
            Phrase("回答提问，计时恢复", "Answer what was asked; the clocks go on")
        ) {
            try $1.work.addWords(
                $0.message(by: $1.actor, else: .caller), answering: true, toOrder: $1.id,
                by: $1.actor, expecting: $1.version)
        },
        verb(
            "responsibility", .passResponsibility, ResponsibilityForm.self,
            Phrase("变更首接责任人", "Make somebody else answer for it")
        ) { .passResponsibility(to: $0.name, reason: $0.reason) },
        verb("withdrawal", .withdraw, OrderReasonForm.self, Phrase("撤回诉求", "Withdraw it")) {
            .withdraw(reason: $0.reason)
        },
        verb(
            "reopening", .reopen, OrderReopeningForm.self,
            Phrase("有新情况，重新办理", "Reopen it on new facts")
        ) { .reopen(newFacts: $0.newFacts) },
    ]

    static let sending: [OrderVerb] = [
        step("dispatch", .dispatch, DispatchForm.self, Phrase("派单", "Send it to bureaus")) {
            try $1.send(.dispatch(lead: $0.lead, assisting: $0.assisting), $0)
        },
        step(
            "designation", .designate, OrderDesignationForm.self,
            Phrase("指定承办，不得退回", "Designate a bureau that may not return it")
        ) {
            let to = $0.dispatch
            return try $1.send(
                .designate(lead: to.lead, assisting: to.assisting, reason: $0.reason), to)
        },
        step(
            "meeting", .settleAtMeeting, MeetingForm.self,
            Phrase("协调会确定承办单位", "Send it where a meeting settled")
        ) {
            let to = $0.dispatch
            return try $1.send(
                .settleAtMeeting(lead: to.lead, assisting: to.assisting, minutes: $0.minutes), to)
        },
        verb(
            "acknowledgement", .acknowledge, OrderAcknowledgementForm.self,
            Phrase("签收", "Acknowledge it")
        ) { .acknowledge(by: $0.way) },
        verb(
            "return", .returnNotOurs, OrderReasonForm.self,
            Phrase("退回：非本单位职责", "Return it as not ours")
        ) { .returnNotOurs(reason: $0.reason) },
    ]
}
