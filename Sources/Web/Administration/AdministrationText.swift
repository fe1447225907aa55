import Casework
import Store

/// Texts that only the administrator's pages use.
enum AdministrationText {
    static let service = Phrase("系统", "Service")
    static let serviceLead = Phrase(
        "数据库、日志长度和对外的消息，此刻的。",
        "Database, lengths of the journals and messages to the outside, as of now.")
    static let tokens = Phrase("接口令牌", "API tokens")
    static let tokensLead = Phrase(
        "程序用令牌，人用账户。令牌只在发放时显示一次。",
        "Programs bear tokens, people have accounts. A token is shown once, when it is made.")
    static let noTokens = Phrase("还没有令牌。", "There is no token yet.")
    static let newToken = Phrase("发放令牌", "Make a token")
    static let revoke = Phrase("吊销", "Revoke")
    static let revoked = Phrase("已吊销", "revoked")
    static let valid = Phrase("有效", "valid")
    static let shownOnce = Phrase(
        "现在就抄下或存好：离开本页就再也看不到。丢了就吊销，另发一个。",
        "Copy it now: once you leave this page it is never shown again. If it is lost, revoke it and make another."
    )
    static let shownBefore = Phrase(
        "这个令牌此前已显示过，不再显示。", "This token was shown before and is not shown again.")
    static let goOn = Phrase("已存好，返回", "Saved: go on")
    static let calendars = Phrase("日历", "Calendars")
    static let calendarsLead = Phrase(
        "法定节假日与调休上班日，按年通知；工作日时限按此计算。",
        "Statutory holidays and make-up days by year's notice; limits in working days are counted by them."
    )
    static let bureaus = Phrase("承办单位", "Bureaus")
    static let bureausLead = Phrase(
        "施行中版本列出的单位；改动须发布新版本。",
        "Those that the edition in force names; a change takes a new edition.")
    static let journals = Phrase("日志", "Journals")
    static let schema = Phrase("数据库结构", "Schema")
    static let deliveries = Phrase("待发的消息", "Messages that wait")
    static let deliveriesLead = Phrase(
        "失败的会自动再试，间隔渐长；编号不变，做两次也只算一次。",
        "A failed one is tried again by itself, at growing intervals; under the same number, twice is once."
    )
    static let nothingWaits = Phrase("没有待发的消息。", "No message waits.")
    static let toPeople = Phrase("发给游客和商家的消息", "Messages to people")
    static let toPeopleLead = Phrase(
        "发给游客和商家而没有送达的短信、邮件和微信。会再试的自动再试；对方拒收或地址不存在的不再试。",
        "Text messages, mail and WeChat to tourists and merchants that did not arrive. What may arrive yet is tried again by itself; what is refused, or goes to an address there is not, is given up."
    )
    static let nothingTroubled = Phrase("没有送不到的消息。", "No message has failed.")
    static let givenUp = Phrase("不再试", "given up")
    static let triedAgain = Phrase("再试不早于", "tried again not before")
    static let failing = Phrase("有消息没有送达", "messages do not get through")
    static let running = Phrase("运行正常", "running")

    static func message(_ kind: Message.Kind) -> Phrase {
        switch kind {
        case .payout: Phrase("发出打款", "order a payout")
        case .payoutCheck: Phrase("查询打款", "ask for a payout")
        }
    }
}
