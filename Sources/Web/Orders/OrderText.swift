/// What the pages of the hotline say.
enum OrderText {
    static let queue = Phrase("工单", "Work orders")
    static let queueLead = Phrase(
        "在办工单，时限最紧的在前；停着的钟排在最后。",
        "Open work orders, the most pressing first; those whose clocks stand still come last.")
    static let register = Phrase("登记来电", "Register a demand")
    static let filter = Phrase("筛选", "Filter")
    static let find = Phrase("查找", "Find")
    static let query = Phrase("编号、来电号码或内容", "Number, caller's telephone or words")
    static let queryOfMasked = Phrase("编号", "Number")
    static let anyOne = Phrase("全部", "All")
    static let openOnes = Phrase("在办", "Open")
    static let urgent = Phrase("紧急", "Urgent")
    static let notUrgent = Phrase("一般", "Ordinary")
    static let urgency = Phrase("紧急程度", "Urgency")
    static let supervised = Phrase("督办", "Supervised")
    static let clear = Phrase("清除条件", "Clear")
    static let nothing = Phrase(
        "没有符合条件的工单。放宽条件，或登记一件新的。",
        "No work order fits. Widen the filter, or register a new one.")
    static let demand = Phrase("诉求", "Demand")
    static let order = Phrase("工单", "Work order")
    static let kind = Phrase("类型", "Kind")
    static let category = Phrase("分类", "Category")
    static let area = Phrase("区域", "Area")
    static let receiver = Phrase("首接责任人", "Answers for it")
    static let registered = Phrase("登记", "Registered")
    static let caller = Phrase("来电人", "Caller")
    static let anonymous = Phrase("匿名", "anonymous")
    static let unreachable = Phrase("无回访电话", "no telephone to call back")
    static let place = Phrase("地点", "Place")
    static let elsewhere = Phrase("来源热线工单号", "Number elsewhere")
    static let difficulty = Phrase("难度等级", "Difficulty")
    static let withDuty = Phrase("已转值班人员", "With the duty officer")
    static let withDiscipline = Phrase("已交纪检监察", "With discipline inspection")
    static let doubly = Phrase("双重交办：电话和系统都要签收", "Doubly assigned: by telephone and system")
    static let aboutOffice = Phrase("对本单位的投诉或复核", "About the office itself")
    static let more = Phrase("其他操作", "Other commands")
    static let noneOpen = Phrase(
        "此刻没有您可以办理的事项；轮到您时会出现在这里。",
        "There is nothing for you to do now; when it is your turn it stands here.")
    static let clocks = Phrase("时限", "Limits")
    static let pastClocks = Phrase("先前的时限", "Earlier limits")
    static let ledger = Phrase("计时台账", "Ledger of the clock")
    static let grounds = Phrase("分类与派单的依据", "Grounds of sorting and routing")
    static let sorted = Phrase("分类", "Sorted as")
    static let routedThen = Phrase("登记时的建议", "Proposed when registered")
    static let routedNow = Phrase("现在的建议", "Proposed now")
    static let limitsSet = Phrase("政策设定的时限", "Limits the edition sets")
    static let startsAt = Phrase("起算", "Starts when")
    static let dispatches = Phrase("派单经过", "Dispatches")
    static let ground = Phrase("依据", "Ground")
    static let acknowledged = Phrase("签收", "Acknowledged")
    static let reported = Phrase("已反馈", "Reported")
    static let lead = Phrase("主办", "Lead")
    static let assisting = Phrase("协办", "Assisting")
    static let messages = Phrase("往来", "Words in and out")
    static let reply = Phrase("答复", "Reply")
    static let joint = Phrase("共同投诉成员", "Members of the joint complaint")
    static let agreement = Phrase("约定", "Agreement")
    static let longer = Phrase("延期申请", "Extension asked for")
    static let evidence = Phrase("证据", "Evidence")
    static let addFile = Phrase("上传文件", "Add a file")
    static let file = Phrase("文件（图片或PDF）", "File (picture or PDF)")
    static let afterwards = Phrase("核查与回访", "Checks and follow-up")
    static let fieldCheck = Phrase("现场核查", "Look on the spot")
    static let wanted = Phrase("待办", "to be done")
    static let notWanted = Phrase("未抽中", "not drawn")
    static let followUp = Phrase("回访", "Follow-up")
    static let faults = Phrase("问责清单", "Accountability list")
    static let links = Phrase("相关工单与案件", "Linked orders and cases")
    static let alike = Phrase("相似工单", "Similar orders")
    static let notices = Phrase("提醒", "Notices")
    static let history = Phrase("经过（留痕）", "Audit trail")
    static let reminders = Phrase("催办次数", "Reminders")
    static let returns = Phrase("退回次数", "Returns")
    static let round = Phrase("重办次数", "Redone or reopened")
    static let providers = Phrase("已推荐", "Providers named")
    static let paused = Phrase("计时中止", "The clocks stand still")
    static let noneRuns = Phrase("没有在走的钟", "No clock runs")
    static let consented = Phrase("已同意", "agreed")

    static let chooseKind = Phrase("来电人要什么？", "What does the caller want?")
    static let chooseKindLead = Phrase(
        "先选类型，再填该类型需要的内容。", "Choose the kind; then only what it needs is asked.")
    static let otherKind = Phrase("换一种类型", "Another kind")
    static let withJoint = Phrase("共同投诉", "Several complain together")
    static let withAbout = Phrase("投诉本单位或请求复核", "A complaint about the office, or a review")
    static let send = Phrase("登记", "Register")
    static let receipt = Phrase("已登记", "Registered")
    static let code = Phrase(
        "查询码（只显示这一次，请告知来电人）", "Tracking code (shown only now: tell the caller)")
    static let openOrder = Phrase("打开工单", "Open the order")
    static let next = Phrase("再登记一件", "Register another")
    static let alsoReport = Phrase("另立举报件", "Registered beside it as a report")
    static let noHotline = Phrase("本单位不办热线", "This office has no hotline")

    static func startsWhen(_ code: String) -> Phrase {
        switch code {
        case "registered": Phrase("登记", "registered")
        case "dispatched": Phrase("派单", "dispatched")
        case "signed": Phrase("签收", "signed for")
        case "finished": Phrase("办结", "done")
        default: Phrase(code, code)
        }
    }

    static func way(_ code: String) -> Phrase {
        switch code {
        case "answer": Phrase("即时答复", "Answer it at once")
        case "dispatch": Phrase("派单", "Dispatch")
        case "refer": Phrase("推荐服务单位", "Refer to providers")
        case "handOver": Phrase("移交", "Hand over")
        default: Phrase(code, code)
        }
    }

    static func ground(_ code: String) -> Phrase {
        switch code {
        case "dispatched": Phrase("派单", "Dispatched")
        case "designated": Phrase("指定", "Designated")
        case "meeting": Phrase("协调会", "Meeting")
        case "redo": Phrase("重办", "Redo")
        default: Phrase(code, code)
        }
    }

    static func link(_ code: String) -> Phrase {
        OrderFieldNames.choices["kind.\(code)"] ?? Phrase(code, code)
    }

    /// By what an order was found alike.
    static func likeness(_ code: String) -> Phrase {
        switch code {
        case "numberElsewhere": Phrase("同一来源编号", "same number elsewhere")
        case "order": Phrase("同一订单", "same order")
        case "evidence": Phrase("同一文件", "same file")
        case "text": Phrase("内容相近", "like words")
        case "phone": Phrase("同一来电号码", "same telephone")
        default: Phrase(code, code)
        }
    }
}
