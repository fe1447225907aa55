import Casework
import Ledger

/// What the codes of the procedure are called on pages and in messages.
enum Names {
    /// - Parameter stage: As `Stage.name` writes it.
    static func stage(_ stage: String) -> Phrase {
        switch stage {
        case "filed": Phrase("已登记", "Filed")
        case "declined": Phrase("不予受理", "Declined")
        case "handedOver": Phrase("已移交", "Handed over")
        case "merged": Phrase("已并案", "Merged")
        case "assessing": Phrase("审核中", "Assessing")
        case "awaitingEvidence": Phrase("待补证据", "Awaiting evidence")
        case "proposed": Phrase("待审批", "Awaiting approval")
        case "awaitingFunds": Phrase("待资金", "Awaiting funds")
        case "withBureau": Phrase("承办单位办理", "With the bureau")
        case "paying": Phrase("打款中", "Paying")
        case "resolved": Phrase("已处理，待回访", "Resolved, to be followed up")
        case "closed": Phrase("已办结", "Closed")
        case "withdrawn": Phrase("已撤回", "Withdrawn")
        default: Phrase(stage, stage)
        }
    }

    static func clock(_ name: Clock.Name) -> Phrase {
        switch name {
        case .acceptance: Phrase("受理", "Acceptance")
        case .audit: Phrase("审核", "Audit")
        case .closing: Phrase("办结", "Closing")
        case .freeze: Phrase("冻结期", "Reservation")
        case .response: Phrase("商家答复", "Merchant's answer")
        case .repayment: Phrase("商家偿还", "Repayment")
        case .capReset: Phrase("限额次日恢复", "Daily caps")
        case .instalment: Phrase("分期", "Instalment")
        case .limitation: Phrase("诉讼时效", "Limitation")
        }
    }

    static func channel(_ channel: Channel) -> Phrase {
        switch channel {
        case .phone: Phrase("电话", "Telephone")
        case .counter: Phrase("窗口", "Counter")
        case .web: Phrase("网页", "Web")
        case .wechat: Phrase("微信", "WeChat")
        case .sms: Phrase("短信", "Text message")
        case .email: Phrase("电子邮件", "E-mail")
        case .hotline: Phrase("热线转办", "From another hotline")
        case .sos: Phrase("一键求助终端", "SOS device")
        case .collected: Phrase("主动采集", "collected by the office")
        }
    }

    static func path(_ path: AdvanceDecision.Path) -> Phrase {
        switch path {
        case .quickPay: Phrase("小额快赔", "Quick pay")
        case .reserve: Phrase("冻结", "Reserve")
        case .waiveFee: Phrase("费用免除", "Fee waived")
        case .mediateOnly: Phrase("仅调解", "Mediation only")
        case .major: Phrase("重大程序", "Major procedure")
        case .notEligible: Phrase("不符合条件", "Not eligible")
        }
    }

    static func standing(_ standing: Standing) -> Phrase {
        switch standing {
        case .none: Phrase("未入册", "Never enrolled")
        case .enrolled: Phrase("在册", "Enrolled")
        case .warned: Phrase("警示", "Warned")
        case .suspended: Phrase("暂停", "Suspended")
        case .delisted: Phrase("移出", "Delisted")
        }
    }

    static func resolution(_ resolution: Resolution) -> Phrase {
        switch resolution {
        case .paidByFund: Phrase("基金已赔付", "Paid by the fund")
        case .paidByMerchant: Phrase("商家已付，冻结款退回", "Paid by the merchant, reservation returned")
        case .solvedWithoutAdvance: Phrase("未动用先行赔付解决", "Solved without an advance")
        case .noAgreement: Phrase("调解不成", "No agreement")
        case .unclaimed: Phrase("无人领取，已退回资金池", "Never collected; returned to the pool")
        }
    }

    static func role(_ role: Role) -> Phrase {
        switch role {
        case .tourist: Phrase("旅游者", "tourist")
        case .agent: Phrase("坐席", "agent")
        case .reviewer: Phrase("审核员", "reviewer")
        case .supervisor: Phrase("主管", "supervisor")
        case .bureau: Phrase("承办单位", "bureau")
        case .cashier: Phrase("出纳", "cashier")
        case .accountant: Phrase("会计", "accountant")
        case .auditor: Phrase("审计", "auditor")
        case .merchant: Phrase("商家", "merchant")
        case .policyOfficer: Phrase("政策专员", "policy officer")
        case .administrator: Phrase("管理员", "administrator")
        case .dutyOfficer: Phrase("值班人员", "duty officer")
        case .discipline: Phrase("纪检监察", "discipline inspection")
        case .office: Phrase("系统", "the office")
        }
    }

    /// - Parameter category: Of a complaint, as editions sort them.
    static func category(_ category: String) -> Phrase {
        switch category {
        case "agency": Phrase("旅行社", "travel agency")
        case "boat": Phrase("游船", "boat")
        case "food": Phrase("餐饮", "food and drink")
        case "injury": Phrase("人身损害", "injury")
        case "lodging": Phrase("住宿", "lodging")
        case "other": Phrase("其他", "other")
        case "prepaid": Phrase("预付费", "prepaid")
        case "price": Phrase("价格", "price")
        case "scenic": Phrase("景区", "scenic site")
        case "shopping": Phrase("购物", "shopping")
        case "transport": Phrase("交通", "transport")
        default: Phrase(category, category)
        }
    }

    /// - Parameter model: The name of a decision model of the edition.
    static func model(_ model: String) -> Phrase {
        switch model {
        case "classification": Phrase("分类", "Classification")
        case "acceptance": Phrase("受理", "Acceptance")
        case "advance": Phrase("先行赔付", "Advance")
        case "authority": Phrase("审批权限", "Authority")
        case "risk": Phrase("风险提示", "Signs")
        case "routing": Phrase("派单", "Routing")
        case "settlement": Phrase("处置", "Settlement")
        case "recovery": Phrase("追偿", "Recovery")
        case _ where model.hasPrefix("determination"): Phrase("认定", "Determination")
        default: Phrase(model, model)
        }
    }

    /// - Parameter state: As `AdvanceView.state` writes it.
    static func advance(_ state: String) -> Phrase {
        switch state {
        case "proposed": Phrase("待同意", "proposed")
        case "refused": Phrase("不予赔付", "refused")
        case "awaitingFunds": Phrase("待资金", "awaits funds")
        case "reserved": Phrase("已冻结", "reserved")
        case "returned": Phrase("已退回资金池", "returned to the pool")
        case "payable": Phrase("应付", "payable")
        case "paid": Phrase("已付", "paid")
        default: Phrase("不动用资金", "no money moves")
        }
    }

    static func payout(_ state: String) -> Phrase {
        switch state {
        case "ordered": Phrase("已发出", "ordered")
        case "underWay": Phrase("处理中", "under way")
        case "unknown": Phrase("结果未知，查询中", "unknown, being queried")
        case "confirmed": Phrase("已到账", "confirmed")
        case "failed": Phrase("失败", "failed")
        case "lapsed": Phrase("逾时未确认", "not confirmed in time")
        case "bounced": Phrase("退票", "bounced")
        default: Phrase(state, state)
        }
    }

    static func recovery(_ state: String) -> Phrase {
        switch state {
        case "open": Phrase("待通知", "notice not served yet")
        case "notified": Phrase("已通知", "notified")
        case "disputed": Phrase("有争议", "disputed")
        case "writeOffProposed": Phrase("拟核销", "write-off proposed")
        case "writtenOff": Phrase("已核销", "written off")
        case "closed": Phrase("已结清", "settled")
        default: Phrase(state, state)
        }
    }

    static func cap(_ kind: Cap.Kind) -> Phrase {
        switch kind {
        case .perCase: Phrase("单案限额", "cap for one case")
        case .tourist: Phrase("单人年限额", "cap for one tourist in a year")
        case .merchantDay: Phrase("单商家日限额", "daily cap for one merchant")
        case .day: Phrase("日限额", "daily cap")
        case .automaticDay: Phrase("规则自动批准日限额", "daily cap of what the rules approve")
        case .reviewerDay: Phrase("审核员日限额", "daily cap of the reviewers")
        case .supervisorDay: Phrase("主管日限额", "daily cap of the supervisors")
        }
    }

    static func workOrder(_ state: String) -> Phrase {
        switch state {
        case "dispatched": Phrase("已派单", "dispatched")
        case "acknowledged": Phrase("已签收", "acknowledged")
        case "mediating": Phrase("调解中", "mediating")
        case "returned": Phrase("已退回", "returned")
        case "finished": Phrase("已办结", "finished")
        default: Phrase(state, state)
        }
    }
}
