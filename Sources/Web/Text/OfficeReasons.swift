import Casework

/// Reasons that the procedure itself gives. Events keep them in English, to the letter; people read them in
/// their language.
enum OfficeReasons {
    /// - Parameter reason: As the event holds it; what people wrote is told as it is.
    static func phrase(_ reason: String) -> Phrase {
        if let known = sentences[reason] { return Phrase(known, reason) }
        for (end, chinese) in endings where reason.hasSuffix(end) {
            return Phrase(clock(reason.dropLast(end.count)) + chinese, reason)
        }
        for (start, chinese) in beginnings where reason.hasPrefix(start) {
            return Phrase(chinese + reason.dropFirst(start.count), reason)
        }
        return Phrase(reason, reason)
    }

    private static func clock(_ name: Substring) -> String {
        Clock.Name(rawValue: String(name)).map { Names.clock($0).zh } ?? String(name)
    }

    private static let sentences = [
        "waiting for evidence": "等待补充证据",
        "another bureau was designated": "已指定其他单位",
        "an instalment was missed: the rest is due": "有一期未付，余款全部到期",
        "the amount and its signs ask for more": "金额与风险提示要求更高权限",
        "the freeze has ended and the money is still reserved": "冻结期满，款项仍在冻结",
        "the money is reserved; the merchant has the floor": "款项已冻结，等待商家答复",
        "the payout came back": "打款被退回",
        "the recovery has lapsed by time": "追偿已过时效",
        "the tourist contests the refusal": "旅游者对不予赔付提出异议",
    ]
    private static let endings = [" limit passed": "时限已过"]
    private static let beginnings = [
        ("sent back as not theirs: ", "非本单位职责退回："), ("the payout failed: ", "打款失败："),
        ("the payout waits: ", "打款等待："),
    ]
}
