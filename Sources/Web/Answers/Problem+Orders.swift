import Casework
import Ledger

extension Problem {
    /// Why a command on a work order was refused.
    init(_ refusal: OrderRefusal) {
        switch refusal {
        case .notPermitted: self = .forbidden
        case .notYourBureau(let lead):
            self.init(
                403, "not_your_bureau", Phrase("不是本单位的工单", "Not your bureau's work order"),
                Phrase("该工单由\(lead)主办。", "The work order is led by \(lead)."))
        case .concerned(let named):
            self.init(
                403, "concerned", Phrase("涉及本人或本单位，应当回避", "It is about you or them"),
                Phrase(
                    "该工单涉及\(named)，须由与此无关的主管、纪检监察或单位办理。",
                    "The work order is about \(named): a supervisor, discipline inspection or bureau"
                        + " that it is not about deals with it."))
        case .aboutTheOffice:
            self.init(
                403, "about_the_office", Phrase("对本单位的投诉或复核", "It is about the office itself"),
                Phrase(
                    "对本单位的投诉和复核由主管或纪检监察办理，单独成件，不并单、不推荐。",
                    "A complaint about the office, or a review, is dealt with by a supervisor or"
                        + " discipline inspection, as a work order of its own."))
        case .outOfTurn(let command, let stage):
            self.init(
                409, "out_of_turn", Phrase("现在不能办", "Not now"),
                Phrase(
                    "工单处于\(stage.name)，此时不能执行\(command.rawValue)；请先查看工单。",
                    "The work order is \(stage.name), where \(command.rawValue) cannot be done;"
                        + " look at it first."))
        case .reasonMissing:
            self = .orderField("reason", "请填写理由、文字或凭据", "is empty: fill it in")
        case .separationOfDuties(_, let actor):
            self.init(
                403, "separation_of_duties", Phrase("须由另一人办理", "Another person must do this"),
                Phrase("\(actor)已提出，须由他人决定。", "\(actor) asked for it; someone else decides."))
        case .jointUnfit(let rule):
            self = .orderField(
                "joint",
                "共同投诉须\(rule.membersAtLeast)人以上，代表至多\(rule.representativesAtMost)人且为成员",
                "needs \(rule.membersAtLeast) members or more, and at most "
                    + "\(rule.representativesAtMost) representatives from among them")
        case .tooFewProviders(let named, let wanted):
            self = .orderField(
                "providers", "至少推荐\(wanted)家，现有\(named)家", "must be \(wanted) or more, not \(named)"
            )
        case .providerNotNamed(let provider):
            self = .orderField("provider", "\(provider)不在推荐之列", "\(provider) was not named")
        case .timesOutOfOrder:
            self = .orderField("call", "时间须依次且不晚于现在", "must be in order, and not in the future")
        case .nothingNew(let first):
            self.init(
                409, "nothing_new", Phrase("没有新情况、新理由", "Nothing new"),
                Phrase(
                    "与\(first)为同一事项；请补充新的事实或证据。",
                    "It repeats \(first); bring a new fact or file."))
        case .designationWanted(let returns):
            self.init(
                409, "designation_wanted", Phrase("须由主管指定", "A supervisor must designate"),
                Phrase(
                    "已退回\(returns)次，由主管指定承办单位。",
                    "It came back \(returns) times: a supervisor designates the next."))
        case .mayNotBeReturned(let lead):
            self.init(
                409, "may_not_be_returned", Phrase("不得退回", "It may not be sent back"),
                Phrase("\(lead)系指定承办。", "\(lead) was designated."))
        case .limitPassed(let clock, _):
            self.init(
                409, "limit_passed", Phrase("时限已过", "The limit has passed"),
                Phrase("\(clock.rawValue)时限已过。", "The limit \(clock.rawValue) has passed."))
        case .extensionsUsedUp(let limit):
            self.init(
                409, "extensions_used_up", Phrase("不能再延期", "No further extension"),
                Phrase("最多延期\(limit)次。", "It may be extended \(limit) times."))
        case .extensionOutOfRange(let count):
            self = .orderField("by", "\(count)超出范围", "is out of range: \(count)")
        case .reportsMissing(let bureaus):
            self.init(
                409, "reports_missing", Phrase("协办单位未反馈", "Assisting bureaus have not reported"),
                Phrase(
                    "\(bureaus.joined(separator: "、"))尚未反馈。",
                    "\(bureaus.joined(separator: ", ")) have not reported."))
        case .consentMissing(let members):
            self.init(
                409, "consent_missing", Phrase("须全体同意", "All must consent"),
                Phrase(
                    "\(members.joined(separator: "、"))尚未同意减让。",
                    "\(members.joined(separator: ", ")) have not agreed to the lesser settlement."))
        case .memberUnknown(let member):
            self = .orderField("member", "没有成员\(member)", "there is no member \(member)")
        case .causeUnfit:
            self = .orderField(
                "cause", "仅在不满意时填写原因，且须填写", "is given with grade c, and with no other")
        case .fieldCheckWanted:
            self.init(
                409, "field_check_wanted", Phrase("须先现场核查", "A field check is wanted"),
                Phrase("该工单被抽中，请先登记核查结果。", "It was drawn for a look on the spot: record it first."))
        case .followUpWanted:
            self.init(
                409, "follow_up_wanted", Phrase("须先回访", "A follow-up is wanted"),
                Phrase("请先回访。", "Call the caller first."))
        case .clockNotDue(let clock, let step):
            self.init(
                409, "clock_not_due", Phrase("时限未到", "The clock is not due"),
                Phrase("\(clock.rawValue)尚未到期。", "\(clock.rawValue) \(step.key) is not due."))
        case .scheduleMissing, .calendar:
            self.init(
                409, "calendar_missing", Phrase("工作日历缺少数据", "The calendar lacks data"),
                Phrase(
                    "该时限跨入没有节假日安排的年份；请管理员补充policies/calendar。",
                    "The limit runs into a year without data: the administrator adds it to"
                        + " policies/calendar."))
        }
    }

    private static func orderField(_ field: String, _ zh: String, _ en: String) -> Problem {
        Problem(
            422, "order_unfit", Phrase("不合要求", "Not as it must be"),
            Phrase("\(field)：\(zh)。", "\(field) \(en)."),
            errors: [FieldProblem(field: field, text: Phrase(zh, en))])
    }
}
