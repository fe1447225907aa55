import Store

/// The words of the desk's one screen.
enum CounterText {
    static let desk = Phrase("接听台", "Desk")
    static let lead = Phrase(
        "边听边查，边填边看政策怎么说。", "Look up while you listen; see what the policy says while you type.")
    static let search = Phrase("查找", "Search")
    static let searchHint = Phrase(
        "电话、订单号、案件编号、商家，或来电人的话", "Telephone, order, case, merchant, or the caller's words")
    static let nothing = Phrase(
        "没有找到。可以直接登记。", "Nothing was found. You can file at once.")
    static let earlier = Phrase("先前的案件", "Earlier cases")
    static let merchants = Phrase("商家", "Merchants")
    static let knowledge = Phrase("知识", "Knowledge")
    static let newDemand = Phrase("登记诉求", "File a demand")
    static let chooseMatter = Phrase("事项", "Matter")
    static let show = Phrase("换成这类", "Show its form")
    static let preview = Phrase("政策怎么说？", "What does the policy say?")
    static let previewIdle = Phrase(
        "选好事项、填上日期和金额，这里就显示政策的答复和依据。",
        "Choose a matter, enter day and amounts: the policy's answer and its reasons appear here.")
    static let waits = Phrase("还要知道", "Still to be known")
    static let asIf = Phrase(
        "按现在登记、证据齐全试算；未登记，未动用资金。",
        "As if it were filed now with its evidence complete. Nothing is filed and no money is set aside."
    )
    static let evidenceNeeded = Phrase("需要的证据", "Evidence it needs")
    static let unanswerable = Phrase(
        "政策不能回答，登记后由人判断", "The policy has no answer: file it, and a person judges")
    static let automatic = Phrase("按规则自动同意", "agreed by rule alone")
    static let help = Phrase("快捷键", "Keys")
    static let close = Phrase("关闭", "Close")
    static let keyHelp = Phrase("显示快捷键", "Show these keys")
    static let keySearch = Phrase("到查找框", "Go to the search")
    static let keyForm = Phrase("到登记表", "Go to the form")
    static let keyPreview = Phrase("问政策", "Ask the policy")
    static let keyQueue = Phrase("到办件队列", "Go to the queue")
    static let keyClose = Phrase("关闭或离开输入框", "Close, or leave a field")
    static let alsoHere = Phrase("同时打开本案的：", "Also looking at this case:")
    static let similar = Phrase("相似的案件", "Similar cases")
    static let likeness = Phrase("相同之处", "In common")
    static let arrived = Phrase("件新到", "new in the queue")
    static let allStages = Phrase("全部在办", "All open")

    static func name(of likeness: FoundCase.Likeness) -> Phrase {
        switch likeness {
        case .number: Phrase("案件编号", "Case number")
        case .phone: Phrase("同一电话", "The same telephone")
        case .orderNumber: Phrase("同一订单号", "The same order number")
        case .merchant: Phrase("同一商家", "The merchant")
        case .claimant: Phrase("同一旅游者", "The same tourist")
        case .evidence: Phrase("同一证据", "The same evidence")
        case .payee: Phrase("同一收款账户", "The same account")
        case .matter: Phrase("同一商家、同类事项", "The same merchant and matter")
        }
    }
}
