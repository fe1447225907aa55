import Casework
package import Ledger

/// The longest texts taken, in characters.
package enum FilingLimits {
    package static let name_characters = 100
    package static let order_characters = 64
    package static let story_characters = 5_000
    package static let wanted_characters = 1_000
    /// 100 million yuan; more is a slip of the finger.
    package static let amount = Money(fen: 10_000_000_000)
    package static let facts = 100
}

extension Work {
    /// Everything about a filing that is not as it must be, all at once, in the order of its fields.
    func problems(in filing: Filing, under edition: Edition) -> [WorkflowError.Problem] {
        var found: [WorkflowError.Problem] = []
        func text(_ field: String, _ value: String, upTo limit: Int) {
            // A character has a byte at least, and bytes are counted already.
            let length = value.utf8.count > limit ? value.count : 0
            if !value.contains(where: { !$0.isWhitespace }) {
                found.append(.init(field: field, chinese: "请填写", english: "is missing: fill it in"))
            } else if length > limit {
                found.append(
                    .init(
                        field: field, chinese: "最多\(limit)个字，现有\(length)个",
                        english: "has \(length) characters; at most \(limit) are taken"))
            }
            if value.utf8.contains(where: { $0 < 0x20 && $0 != 9 && $0 != 10 && $0 != 13 }) {
                found.append(
                    .init(
                        field: field, chinese: "含有控制字符，请重新输入",
                        english: "contains control characters: type it again"))
            }
        }
        func amount(_ field: String, _ value: Money) {
            if value.isNegative || value > FilingLimits.amount {
                found.append(
                    .init(
                        field: field, chinese: "金额应在0元至\(FilingLimits.amount)元之间",
                        english: "must be between 0 and \(FilingLimits.amount) yuan"))
            }
        }
        text("claimant.name", filing.claimant.name.revealed, upTo: FilingLimits.name_characters)
        text("claimant.phone", filing.claimant.phone.revealed, upTo: 32)
        if let identity = filing.claimant.identity {
            text("claimant.identity", identity.revealed, upTo: 64)
        }
        text("merchant_name", filing.merchantName, upTo: FilingLimits.name_characters)
        if let order = filing.order { text("order", order, upTo: FilingLimits.order_characters) }
        text("story", filing.story, upTo: FilingLimits.story_characters)
        text("wanted", filing.wanted, upTo: FilingLimits.wanted_characters)
        if let payee = filing.payee {
            text("payee.account", payee.account.revealed, upTo: 64)
            text("payee.name", payee.name.revealed, upTo: 64)
        }
        if let number = filing.transferredFrom { text("transferred_from", number, upTo: 64) }
        amount("paid_fen", filing.paid)
        amount("claimed_fen", filing.claimed)
        if filing.occurredOn > today {
            found.append(
                .init(
                    field: "occurred_on", chinese: "不能晚于今天（\(today)）",
                    english: "lies in the future; today is \(today)"))
        }
        if filing.channel == .hotline, filing.transferredFrom == nil {
            found.append(
                .init(
                    field: "transferred_from", chinese: "热线转办应填写来源工单号",
                    english: "a transfer from a hotline needs that hotline's number"))
        }
        guard filing.facts.count <= FilingLimits.facts else {
            found.append(
                .init(
                    field: "facts", chinese: "最多\(FilingLimits.facts)项",
                    english: "at most \(FilingLimits.facts) facts are taken"))
            return found
        }
        return found + edition.problems(in: filing, today: today)
    }
}
