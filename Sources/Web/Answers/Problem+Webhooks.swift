import Workflow

extension Problem {
    /// Why nothing was done about a subscription to events.
    init(_ error: WebhookError) {
        switch error {
        case .noSuchWebhook(let id): self = .noSuch(Phrase("订阅", "subscription"), id)
        case .noSuchDelivery(let id): self = .noSuch(Phrase("送达记录", "delivery"), id)
        case .noDataKey:
            self.init(
                409, "no_data_key", Phrase("没有数据密钥", "There is no data key"),
                Phrase(
                    "签名密钥须封存，请运维人员用AMENDS_DATA_KEY指定数据密钥后再订阅。",
                    "A secret is kept sealed: have the operator name a data key in AMENDS_DATA_KEY, then subscribe."
                ))
        case .tooMany(let limit):
            self.init(
                409, "too_many_webhooks", Phrase("订阅太多", "There are too many subscriptions"),
                Phrase("最多\(limit)个，请先取消不用的。", "At most \(limit) are kept: remove one first."))
        case .notActive(let name):
            self.init(
                409, "webhook_not_active", Phrase("订阅没有启用", "The subscription is not active"),
                Phrase("请先恢复\(name)的推送，再发。", "Activate \(name) first, then send."))
        }
    }
}
