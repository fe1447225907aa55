import Workflow

/// The words of the tourist's own pages.
enum TouristText {
    static let file = Phrase("登记投诉", "File a complaint")
    static let whatHappened = Phrase("遇到了什么事？", "What went wrong?")
    static let filingLead = Phrase(
        "选一项，接着只问这件事需要的内容，两分钟填完。小额的当场决定，先由资金赔付。",
        "Choose one; then only what it needs is asked, in two minutes. Small claims are decided at once and paid by the fund first."
    )
    static let otherMatter = Phrase("换一类", "Something else")
    static let theLoss = Phrase("事情经过", "What happened")
    static let merchant = Phrase("商家名称", "Name of the merchant")
    static let order = Phrase("订单号（没有可不填）", "Order number (if any)")
    static let day = Phrase("消费或入住日期", "Day of purchase or stay")
    static let paid = Phrase("实付金额（元）", "What you paid (yuan)")
    static let claimed = Phrase("希望退赔（元）", "What you ask back (yuan)")
    static let story = Phrase("经过", "Your account")
    static let wanted = Phrase("希望怎样解决", "What would settle it")
    static let you = Phrase("您的信息", "About you")
    static let name = Phrase("姓名", "Name")
    static let phone = Phrase("手机", "Telephone")
    static let identity = Phrase(
        "证件号（先行赔付需要实名）", "Identity document number (needed for an advance)")
    static let account = Phrase(
        "收款账户（微信或支付宝，可稍后补）", "Account for the payout (wallet; may follow later)")
    static let evidenceLater = Phrase(
        "可以拍照上传，也可以稍后在进度页补交。每份不超过\(EvidenceLimits.file_bytes >> 20) MB。",
        "Photograph and upload it now, or add it later on your case's page. Up to \(EvidenceLimits.file_bytes >> 20) MB each."
    )
    static let consent = Phrase(
        "提交即同意为办理本投诉使用以上信息；证件号和账户只用于核实身份与付款。",
        "By sending you agree that this is used to handle your complaint; document and account numbers serve only to verify you and to pay."
    )
    static let send = Phrase("提交投诉", "Send the complaint")
    static let track = Phrase("查看进度", "Follow your case")
    static let trackLead = Phrase(
        "输入登记时得到的编号和八位查询码。", "Enter the number and the eight-digit code you were given.")
    static let number = Phrase("案件编号", "Case number")
    static let code = Phrase("查询码", "Tracking code")
    static let open = Phrase("查看", "Open")
    static let own = Phrase("本店案件", "Our cases")
    static let ownLead = Phrase(
        "针对本店的投诉，以及要答复和偿还的。", "Complaints against us, and what to answer and repay.")
    static let filesMissing = Phrase(
        "投诉已登记，但有文件没能保存，请在案件页重新上传。",
        "The complaint is filed, but not all files were kept: upload them again on the case's page."
    )
    static let reserved = Phrase("款项已冻结留给您。", "The money is set aside for you.")
    static let more = Phrase("更多情况（可不填）", "More about it (optional)")
    static let keep = Phrase(
        "请记下编号和查询码，凭它们随时查看进度。",
        "Write down the number and the code: with them you can follow your case at any time.")
    static let next = Phrase("接下来", "What happens next")
    static let money = Phrase("赔付", "Payment")
    static let why = Phrase("依据", "Why")
    static let add = Phrase("补交证据", "Add evidence")
    static let upload = Phrase("上传", "Upload")
    static let filedForCaller = Phrase("已登记，请告诉来电人", "Filed: tell the caller")
    static let openCase = Phrase("打开案件", "Open the case")
    static let payee = Phrase("登记收款账户", "Say where the money goes")
    static let contact = Phrase("选择此案消息的接收方式", "Choose where messages are sent")
    static let contest = Phrase("对决定提出异议", "Contest the decision")
    static let withdraw = Phrase("撤回投诉", "Withdraw the complaint")

    // MARK: Rating

    static let rate = Phrase("评价本次办理", "Rate how it was handled")
    static let rateLead = Phrase(
        "只评一次；不影响办理结果。", "Once only; it changes nothing of the outcome.")
    static let rateWords = Phrase("想说的话", "In your words")
    static let sendRating = Phrase("提交评价", "Send the rating")
    static let rated = Phrase("您的评价", "Your rating")
    static let thanks = Phrase("谢谢，已收到您的评价。", "Thank you, your rating has arrived.")
    static let grades = [
        Phrase("很不满意", "Very bad"), Phrase("不满意", "Bad"), Phrase("一般", "Fair"),
        Phrase("满意", "Good"), Phrase("非常满意", "Very good"),
    ]

    // MARK: The lost code

    static let lost = Phrase("查询码找不到了？", "Lost your tracking code?")
    static let lostLead = Phrase(
        "输入案件编号和登记时留的手机号。两者相符，就向该手机发一个一次性验证码，10分钟内有效。",
        "Enter the case number and the telephone number given at filing. If they belong together, a one-time code goes to that telephone; it is valid for 10 minutes."
    )
    static let askCode = Phrase("发送验证码", "Send me a code")
    static let codeSent = Phrase(
        "如果编号与手机号相符，验证码已交付发送。没有收到，请核对后十分钟再试，或拨打热线。",
        "If number and telephone belong together, a code was handed over for sending. If none arrives, check both and try again in ten minutes, or call the hotline."
    )
    static let oneTimeCode = Phrase("一次性验证码（6位）", "One-time code (6 digits)")
    /// What the telephone gets.
    static func codeMessage(_ code: String) -> Phrase {
        Phrase(
            "先行赔付：您的验证码是\(code)，10分钟内有效，请勿告诉他人。",
            "Amends: your one-time code is \(code). It is valid for 10 minutes; tell it to nobody.")
    }
    static let newCode = Phrase("换取新的查询码", "Get a new tracking code")

    // MARK: What happens next

    static let done = Phrase("已完成", "done")
    static let dueBy = Phrase("不晚于", "by")
    static let stillAhead = Phrase("之后", "later")
    static let clockStands = Phrase("计时中止，等您补充", "the clock stands still until you have answered")
    static let stepFiled = Phrase("登记", "Your complaint is filed")
    static let stepAccepted = Phrase("是否受理", "We say whether we take it up")
    static let stepDecided = Phrase("赔付决定", "The payment is decided")
    static let stepPaid = Phrase("打款到账", "The money reaches you")
    static let stepClosed = Phrase("办结", "The case is closed")
    static let remindsNobody = Phrase(
        "时间到了自动进入下一步，您不用催。",
        "When a time has come the next step follows by itself; you need not ask.")

    // MARK: Questions

    static let question = Phrase("办理人员问您", "We ask you")
    static let answer = Phrase("用文字答复", "Answer in words")
    static let sendAnswer = Phrase("发送答复", "Send the answer")

    // MARK: Files

    static let uploading = Phrase("正在上传", "Uploading")
    static let uploaded = Phrase("已保存", "Kept")
    static let notUploaded = Phrase("没有传成", "Not sent")
    static let again = Phrase("重新上传", "Send again")
    static let goOn = Phrase("继续查看案件", "Go on to your case")
    static let tooLarge = Phrase(
        "超过\(EvidenceLimits.file_bytes >> 20) MB，请拍小一些或压缩后再选",
        "Over \(EvidenceLimits.file_bytes >> 20) MB: take a smaller photograph or compress it, then choose it again"
    )
    static let sendingFiles = Phrase(
        "投诉已登记，正在逐个保存文件。", "Your complaint is filed; its files are being kept one by one.")
    static let notKept = Phrase("没有保存的文件：", "Not kept:")
    static let caption = Phrase(
        "断网也不要紧：已保存的不用再传。", "If the connection breaks, what was kept need not be sent again.")
    static let merchantsTitle = Phrase("商家名录", "Merchants")
    static let merchantsLead = Phrase(
        "在名录上的商家，消费纠纷可以先行赔付。", "Disputes with merchants of this list are covered by the fund.")

    /// What a case at this stage waits for, in the tourist's words.
    static func next(_ stage: StageName) -> Phrase {
        switch stage {
        case .filed, .assessing:
            Phrase(
                "正在按政策审核，结果会出现在这里。", "It is being judged by the policy; the result appears here.")
        case .awaitingEvidence:
            Phrase(
                "请补交下面的材料，补齐后立即继续办理，等待时间不计时。",
                "Please add what is listed below; work goes on as soon as it is there.")
        case .proposed: Phrase("赔付方案已提出，等待审批。", "A payment was proposed and awaits approval.")
        case .awaitingFunds: Phrase("已同意，等待资金到位。", "Agreed; it waits for money of the fund.")
        case .withBureau:
            Phrase(
                "承办单位正在与商家核实、调解。",
                "The bureau in charge looks into it with the merchant.")
        case .paying: Phrase("正在打款到您的账户。", "The money is on its way to your account.")
        case .resolved: Phrase("已处理完，稍后会有人回访。", "It is settled; someone will call you about it.")
        case .closed: Phrase("已办结。", "It is closed.")
        case .declined:
            Phrase(
                "未予受理，理由见下；如不同意可提出异议。",
                "It was declined for the reason below; you may contest that.")
        case .handedOver: Phrase("已移交有权处理的部门。", "It was handed to the authority in charge.")
        case .merged: Phrase("与您之前的投诉合并办理。", "It was joined with your earlier complaint.")
        case .withdrawn: Phrase("已按您的要求撤回。", "It was withdrawn as you asked.")
        }
    }
}
