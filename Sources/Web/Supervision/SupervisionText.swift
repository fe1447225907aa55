/// What the pages of supervision, duty and knowledge say.
enum SupervisionText {
    static let title = Phrase("督办", "Supervision")
    static let lead = Phrase(
        "超期、被推来推去、等待指定或延期的事项，抽中的现场核查，问责清单和异常行为。",
        "What is overdue, passed around or waits for a designation or an extension; looks on the spot"
            + " to take; the accountability list; refused attempts.")
    static let overdue = Phrase("超期工单", "Overdue orders")
    static let overdueCases = Phrase("超期案件", "Overdue cases")
    static let passedAround = Phrase("被退回的工单", "Orders passed around")
    static let supervised = Phrase("督办中", "Under supervision")
    static let extensions = Phrase("待批延期", "Extensions asked for")
    static let fieldChecks = Phrase("待现场核查", "Looks on the spot to take")
    static let faults = Phrase("问责清单", "Accountability list")
    static let attempts = Phrase("被拒绝的自批等行为", "Refused attempts to act alone")
    static let redWarnings = Phrase("红色警告（本年至今末位）", "Red warnings (last in the year so far)")
    static let none = Phrase("没有。", "None.")
    static let designate = Phrase("须指定", "Designate")
    static let returns = Phrase("退回次数", "Returns")
    static let why = Phrase("理由", "Why")
    static let by = Phrase("由谁", "By")
    static let asked = Phrase("申请", "Asked for")
    static let fault = Phrase("情形", "Fault")
    static let rule = Phrase("规则", "Rule")
    static let command = Phrase("操作", "Command")
    static let firm = Phrase("商家", "Firm")
    static let score = Phrase("得分", "Score")
    static let appraisals = Phrase("坐席季度考核", "The quarter's appraisals")

    static let notices = Phrase("给我的提醒", "Notices to me")
    static let noticesLead = Phrase(
        "尚无人查看的时限提醒，早的在前；标记后留下您的名字。",
        "Notices of limits that nobody has seen, the oldest first; marking one leaves your name.")
    static let noNotices = Phrase(
        "没有未查看的提醒。有时限将到或超期时，会出现在这里。",
        "Nothing to see. When a limit nears its end or passes it, it stands here.")
    static let seen = Phrase("已查看", "Seen")

    static let duty = Phrase("值班", "Duty")
    static let today = Phrase("今天", "Today")
    static let shift = Phrase("班次", "Shift")
    static let hours = Phrase("时段", "Hours")
    static let people = Phrase("人员（首位带班）", "People (the first leads)")
    static let seats = Phrase("应到", "Seats")
    static let notSet = Phrase("这一天还没有排班。", "Nobody has set a roster for this day.")
    static let noShifts = Phrase(
        "政策版本没有列出班次；在版本的shifts中写明后即可排班。",
        "The edition names no shifts; once they stand in its shifts, a roster can be set.")
    static let setBy = Phrase("排班人", "Set by")
    static let set = Phrase("排班", "Set the roster")
    static let onePerLine = Phrase("每行一人，首位带班", "one a line, the one who leads first")
    static let before = Phrase("前一天", "The day before")
    static let after = Phrase("后一天", "The day after")
    static let dutyOfficers = Phrase("值班人员名单", "Duty officers")

    static let knowledge = Phrase("知识库", "Knowledge")
    static let knowledgeLead = Phrase(
        "按来电人的话查找，只显示有效期内的。", "Search by the caller's words; only what is in force shows.")
    static let search = Phrase("来电人的话", "The caller's words")
    static let noArticles = Phrase(
        "没有找到。换几个字，或不填关键词浏览全部。",
        "Nothing found. Try other words, or none to read through them all.")
    static let article = Phrase("知识条目", "Article")
    static let write = Phrase("新增知识", "Word a new article")
    static let earlier = Phrase("先前的文本", "Earlier wordings")
    static let revision = Phrase("第几版", "Revision")
    static let withdrawn = Phrase("已撤下", "Withdrawn")
    static let inForce = Phrase("有效期", "In force")
    static let more = Phrase("后面的条目", "The next ones")
}
