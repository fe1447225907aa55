import Casework

/// What the fields of forms and their choices are called on pages.
enum FieldNames {
    /// The name of a field, by its whole path where one of that name means another thing there.
    static func label(at path: String, _ name: String, _ schema: JSONValue) -> Phrase {
        OrderFieldNames.labels[path] ?? label(name, schema)
    }

    /// The name of a field: the catalogue's, else what the form says about it, else its own.
    static func label(_ name: String, _ schema: JSONValue) -> Phrase {
        if let known = names[name] ?? OrderFieldNames.labels[name] { return known }
        if case .text(let about)? = schema["description"] {
            let halves = about.split(separator: " / ", maxSplits: 1).map(String.init)
            if halves.count == 2 { return Phrase(halves[0], capitalised(halves[1])) }
        }
        return Phrase(name, name)
    }

    private static func capitalised(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }

    private static let names: [String: Phrase] = [
        "reason": Phrase("理由", "Reason"),
        "note": Phrase("说明", "Note"),
        "amount_fen": Phrase("金额", "Amount"),
        "role": Phrase("以哪个角色同意", "Agree as"),
        "roles": Phrase("角色", "Roles"),
        "finding": Phrase("审核结论", "Finding"),
        "kinds": Phrase("证据种类", "Kinds of evidence"),
        "bureau": Phrase("承办单位", "Handling bureau"),
        "grade": Phrase("满意度", "Satisfaction"),
        "proof": Phrase("凭据", "Proof"),
        "account": Phrase("收款账户", "Account"),
        "name": Phrase("名称", "Name"),
        "payee": Phrase("收款人", "Payee"),
        "bank": Phrase("开户行（银行账户才填）", "Bank (for bank accounts)"),
        "response": Phrase("答复", "Answer"),
        "reference": Phrase("流水号或凭据", "Reference"),
        "received_on": Phrase("到账日", "Received on"),
        "served_on": Phrase("送达日", "Served on"),
        "on": Phrase("日期", "On"),
        "day": Phrase("日期", "Day"),
        "is_upheld": Phrase("维持原决定", "The refusal stands"),
        "grant_fen": Phrase("改为拟赔付", "Proposed instead"),
        "borne_by": Phrase("由谁承担", "Borne by"),
        "kind": Phrase("种类", "Kind"),
        "from": Phrase("自", "From"),
        "id": Phrase("编号", "Number"),
        "text": Phrase("内容", "Text"),
        "summary": Phrase("摘要", "Summary"),
        "as": Phrase("属于", "Whose it is"),
        "target": Phrase(
            "案件、商家或打款的编号（利息、拨付不填）",
            "Number of the case or payout, or the merchant's id (not for interest and grants)"),
        "execution_on": Phrase("付款日（不填为今天）", "Pays on (today when left out)"),
        "file": Phrase("文件", "File"),
        "trade": Phrase("行业", "Trade"),
        "standing": Phrase("状态", "Standing"),
        "agreement": Phrase("质量保证协议编号", "Quality agreement's number"),
        "stars": Phrase("星级（1至5）", "Stars (1 to 5)"),
        "fields": Phrase("要查看的内容", "What to show"),
        "way": Phrase("方式", "By which way"),
        "address": Phrase("电话、邮箱或openid", "Telephone, mail address or openid"),
    ]

    static func choice(_ field: String, _ code: String) -> Phrase {
        let key = "\(field).\(code)"
        if let known = choices[key] ?? OrderFieldNames.choices[key] { return known }
        if field == "role" || field == "roles", let role = Role(rawValue: code) {
            return Names.role(role)
        }
        if field == "fields", let field = PersonalField(rawValue: code) {
            return PrivacyText.field(field)
        }
        if let known = choices["*.\(code)"] { return known }
        if let channel = Channel(rawValue: code) { return Names.channel(channel) }
        if let standing = Standing(rawValue: code) { return Names.standing(standing) }
        return Phrase(code, code)
    }

    private static let choices: [String: Phrase] = [
        "finding.approve": Phrase("同意", "Approve"),
        "finding.reduce": Phrase("减少金额", "Reduce"),
        "finding.refuse": Phrase("拒绝", "Refuse"),
        "finding.ask_evidence": Phrase("要求补证", "Ask for evidence"),
        "finding.not_ours": Phrase("不属本单位，退回", "Not ours: send back"),
        "response.accept": Phrase("认可，将偿还", "Accept: will repay"),
        "response.partial": Phrase("部分认可", "Accept in part"),
        "response.dispute": Phrase("有异议", "Dispute"),
        "grade.a": Phrase("满意", "Satisfied"),
        "grade.b": Phrase("基本满意", "Mostly satisfied"),
        "grade.c": Phrase("不满意", "Not satisfied"),
        "grade.unreachable": Phrase("联系不上", "Could not be reached"),
        "borne_by.fund": Phrase("资金承担", "The fund"),
        "borne_by.tourist": Phrase("向游客追回", "The tourist"),
        "as.case": MoneyText.target("case"),
        "as.merchant": MoneyText.target("merchant"),
        "as.tourist": MoneyText.target("tourist"),
        "as.payoutReturn": MoneyText.target("payoutReturn"),
        "as.interest": MoneyText.target("interest"),
        "as.grant": MoneyText.target("grant"),
        "way.sms": Phrase("短信", "Text message"), "way.mail": Phrase("邮件", "Mail"),
        "way.wechat": Phrase("微信", "WeChat"),
        "to.platform": Word.platform.phrase,
        "to.bank": Word.bank.phrase,
        "*.receipt": Phrase("票据", "Receipt"),
        "*.photo": Phrase("照片", "Photo"),
        "*.contract": Phrase("合同", "Contract"),
        "*.other": Phrase("其他", "Other"),
    ]
}
