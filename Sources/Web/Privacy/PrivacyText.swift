import Casework

/// What the pages about personal data say.
enum PrivacyText {
    static let show = Phrase("查看个人信息", "Show personal data")
    static let showCaller = Phrase("查看来电人信息", "Show who called")
    static let lead = Phrase(
        "电话、证件号和账号平时遮盖。请选择要查看的内容并写明理由；谁、何时、为何查看都会留下记录。",
        "Telephone, identity number and account are masked. Choose what you must see and say why: who looked, when and why is kept."
    )
    static let once = Phrase(
        "只显示这一次。不要抄录到系统以外。", "Shown this once. Do not copy it to anywhere outside.")
    static let shownBefore = Phrase(
        "已经显示过一次。需要再看，请再写明理由。", "It was shown before. To see it again, say why again.")
    static let name = Phrase("姓名", "Name")
    static let log = Phrase("查看记录", "Access log")
    static let logLead = Phrase(
        "谁、何时、为何查看了哪些个人信息和证据。", "Who looked at whose personal data and evidence, when and why.")
    static let nobody = Phrase("没有这样的查看记录。", "Nobody looked.")
    static let older = Phrase("更早的记录", "Older")
    static let subject = Phrase("案件或工单编号", "Case or work order")
    static let person = Phrase("查看人", "Who looked")
    static let ownData = Phrase("下载关于我的全部信息（JSON）", "Download all that is held about me (JSON)")
    static let pictures = Phrase(
        "图片已去除拍摄地点、时间和设备信息；每次下载都有记录。",
        "Where, when and with what they were taken is removed; each download is kept in the log.")
    static let notice = Phrase("个人信息处理告知", "How your data is used")
    static let version = Phrase("版本", "Version")
    static let find = Phrase("查找", "Find")

    static func field(_ field: PersonalField) -> Phrase {
        switch field {
        case .phone: Phrase("电话", "Telephone")
        case .identity: Phrase("证件号码", "Identity number")
        case .account: Phrase("收款账户", "Account")
        case .texts: Phrase("陈述原文", "What was said, in full")
        }
    }
}
