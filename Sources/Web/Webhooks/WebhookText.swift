import Store

/// Texts that only the pages of subscriptions use.
enum WebhookText {
    static let webhooks = Phrase("事件推送", "Webhooks")
    static let lead = Phrase(
        "案件和工单每走一步，就推送给订阅的系统：已签名，不含个人信息，送不到会自动再试。",
        "Each step of a case or work order is sent to the systems that subscribed: signed, without personal data, and tried again until it arrives."
    )
    static let none = Phrase(
        "还没有订阅。在下面填写网址即可。", "Nobody has subscribed yet. Enter an address below.")
    static let add = Phrase("订阅事件", "Subscribe to events")
    static let kinds = Phrase("全部事件类型", "All types of events")
    static let kindsLead = Phrase(
        "每行一个；amends.* 为全部，amends.case.* 为案件，amends.order.* 为工单。",
        "One a line; amends.* is all of them, amends.case.* those of cases, amends.order.* those of work orders."
    )
    static let secret = Phrase("签名密钥", "The secret that signs")
    static let secretOnce = Phrase(
        "现在就交给对方或存好：离开本页就再也看不到。丢了就换一个。",
        "Hand it over now: once you leave this page it is never shown again. If it is lost, replace it."
    )
    static let secretBefore = Phrase(
        "密钥此前已显示过，不再显示。", "The secret was shown before and is not shown again.")
    static let deliveries = Phrase("送达记录", "Deliveries")
    static let deliveriesLead = Phrase(
        "送达或放弃的保留30天。放弃的可以再发；编号不变，对方收两次也只算一次。",
        "Those that arrived or were given up are kept for 30 days. What was given up can be sent again; under the same id, twice is once."
    )
    static let nothingFailed = Phrase("没有未送达的。", "Nothing was given up.")
    static let nothing = Phrase("没有记录。", "There is nothing here.")
    static let sendAgain = Phrase("再发一次", "Send again")
    static let all = Phrase("全部", "All")

    static let actions: [(name: String, api: String, text: Phrase)] = [
        ("trial", "tryWebhook", Phrase("试发", "Send a trial")),
        ("replay", "replayWebhook", Phrase("重发未送达的", "Send what was given up again")),
        ("secret", "replaceWebhookSecret", Phrase("换密钥", "Replace the secret")),
        ("pause", "pauseWebhook", Phrase("暂停", "Pause")),
        ("activation", "activateWebhook", Phrase("恢复", "Activate")),
        ("removal", "removeWebhook", Phrase("取消订阅", "Unsubscribe")),
    ]

    static func state(_ state: Webhook.State) -> Phrase {
        switch state {
        case .active: Phrase("推送中", "active")
        case .paused: Phrase("已暂停", "paused")
        case .gone: Phrase("对方已停收（410）", "gone: it answered 410")
        case .failing: Phrase("多日送不到，已停用", "switched off: it failed for days")
        }
    }

    static func state(_ state: WebhookDelivery.State) -> Phrase {
        switch state {
        case .waiting: Phrase("待送", "waiting")
        case .delivered: Phrase("已送达", "delivered")
        case .failed: Phrase("未送达", "given up")
        }
    }
}
