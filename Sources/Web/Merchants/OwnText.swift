/// Texts that only the merchant's own pages use.
enum OwnText {
    static let cases = Phrase("针对本店的案件", "The cases against us")
    static let standing = Phrase("在名录上的状态", "Our standing")
    static let changes = Phrase("状态与协议", "Standing and agreement")
    static let ratings = Phrase("星级", "Stars")
    static let noChanges = Phrase("还没有登记在名录上。", "Not on the list yet.")
    static let notRated = Phrase("还没有评定星级。", "Not rated yet.")
    static let answer = Phrase("答复：认可、部分认可或提出异议", "Answer: accept, accept in part, or dispute")
    static let answerAnew = Phrase("改变答复", "Change the answer")
    static let answerLead = Phrase(
        "异议要写明理由：不是本店的交易、已经退款、金额不对、责任不在本店……由另一人认定，认可的部分从欠款中减去。",
        "A dispute names its defence: not our sale, already refunded, another amount, not our fault. Another person decides; what is upheld is taken off the debt."
    )
    static let noNotice = Phrase(
        "追偿通知还没有送达；送达后才开始计答复和付款的期限。",
        "The notice has not been served yet; the limits for answer and payment begin then.")
    static let pay = Phrase("怎样付款", "How to pay")
    static let payLead = Phrase(
        "附言写上案件编号，对账单到了会自动认到这一案。",
        "Write the case's number into the transfer's text; the statement is then met with this case by itself."
    )
    static let prove = Phrase("上传付款凭证", "Upload proof of payment")
    static let proofFile = Phrase("凭证（图片或PDF）", "The proof (image or PDF)")
    static let proofHint = Phrase(
        "凭证只是说明；以到账为准。", "The proof tells us; what counts is that the money arrives.")
    static let proofs = Phrase("已上传的凭证", "Proofs uploaded")
    static let plan = Phrase("分期", "Instalments")
    static let planBroken = Phrase(
        "有一期未付，其余一并到期。", "An instalment was missed: the rest is due at once.")
    static let settled = Phrase("已结清，没有欠款。", "Settled: nothing is owed.")
}
