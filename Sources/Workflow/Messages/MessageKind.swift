package import Casework
import Courier
package import Ledger
package import Store

/// Whether people are written to when something is decided or paid.
package enum Messages: String, Hashable, Sendable, CaseIterable {
    case none = "off"
    case sent = "on"
}

/// What people are written about: the templates that gateways know.
package enum MessageKind: String, Hashable, Sendable, CaseIterable {
    case code, accepted, declined, evidence, refused, paid
    case payoutFailed = "payout-failed"
    /// To the merchant.
    case recovery

    var subject: String {
        switch self {
        case .code: "查询码验证码"
        case .accepted: "投诉已受理"
        case .declined: "投诉不予受理"
        case .evidence: "请补充证据"
        case .refused: "不予先行赔付"
        case .paid: "赔付款已付出"
        case .payoutFailed: "赔付款未能付出"
        case .recovery: "先行赔付款追偿"
        }
    }

    /// - Parameter amount: In yuan; only those about money say one.
    func text(_ number: String, _ amount: String?) -> String {
        let amount = amount ?? ""
        return switch self {
        case .code: ""
        case .accepted: "您的投诉\(number)已受理，可凭查询码查看进展。"
        case .declined: "您的投诉\(number)不予受理，理由和可向何处反映请凭查询码查看。"
        case .evidence: "您的投诉\(number)需补充证据，请凭查询码查看并上传。"
        case .refused: "您的投诉\(number)不予先行赔付，理由和异议途径请凭查询码查看。"
        case .paid: "您的投诉\(number)的赔付款\(amount)元已付出，请查收。"
        case .payoutFailed: "您的投诉\(number)的赔付款未能付出，请凭查询码核对收款账户。"
        case .recovery: "案件\(number)已由先行赔付资金垫付\(amount)元，请登录查看并按期偿还。"
        }
    }

    /// Nil for what nobody is written to about.
    static func told(of event: Event) -> (kind: MessageKind, amount: Money?)? {
        switch event {
        case .accepted: (.accepted, nil)
        case .declined: (.declined, nil)
        case .evidenceRequested: (.evidence, nil)
        case .advanceRefused: (.refused, nil)
        case .payoutConfirmed(_, let amount, _): (.paid, amount)
        case .payoutFailed, .payoutBounced, .payoutReturnedFromSuspense: (.payoutFailed, nil)
        case .recoveryOpened(_, let amount): (.recovery, amount)
        default: nil
        }
    }
}

/// Limits on where people are written to.
package enum ContactLimits {
    package static let address_characters = 254
    static let digits = 6...15
    static let openID = 6...64
    /// After this a message is of no use.
    static let message_days = 3
}

extension Work {
    /// Enqueues what people are written about what happened to a case.
    func notify(_ sheet: Sheet) throws {
        for each in sheet.recorded {
            guard let (kind, amount) = MessageKind.told(of: each.event),
                let contact = try contact(for: kind, of: sheet.file)
            else { continue }
            let number = sheet.file.id.text
            var blanks = ["number": number]
            if let amount { blanks["amount"] = "\(amount)" }
            try transaction.enqueue(
                TouristMessage(
                    id: "\(kind.rawValue)/\(number)/\(each.position)", caseID: sheet.file.id,
                    way: contact.way, to: contact.address, kind: kind.rawValue,
                    subject: kind.subject,
                    text: Personal(kind.text(number, amount.map { "\($0)" })),
                    blanks: Personal(blanks),
                    ends: now.advanced(byMinutes: ContactLimits.message_days * 24 * 60)), at: now)
        }
    }

    /// The merchant's where it is the merchant's matter; nil where nobody knows how to reach it.
    private func contact(for kind: MessageKind, of file: Case) throws -> MessageContact? {
        if kind == .recovery {
            return try file.filing.merchant.flatMap { try transaction.contact(of: $0) }
        }
        return try transaction.contact(of: file.id)
            ?? MessageContact(way: .sms, address: file.filing.claimant.phone)
    }

    /// Where a tourist wants to be written to about a case, from now on.
    package func setContact(_ contact: MessageContact, of id: ID<Case>) throws {
        guard try transaction.caseRow(id) != nil else { throw WorkflowError.noSuchCase(id.text) }
        try check(contact)
        try transaction.write(contact, of: id, at: now)
    }

    /// Where a merchant is written to.
    package func setContact(
        _ contact: MessageContact, of id: ID<Merchant>, by actor: Actor
    ) throws {
        try permit(.manageMerchants, actor)
        guard try transaction.merchant(id) != nil else {
            throw WorkflowError.noSuchMerchant(id.text)
        }
        try check(contact)
        try transaction.write(contact, of: id, by: actor.name, at: now)
    }

    private func check(_ contact: MessageContact) throws(WorkflowError) {
        let address = contact.address.revealed
        let (isFit, chinese, english): (Bool, String, String) =
            switch contact.way {
            case .sms:
                (
                    ContactLimits.digits.contains(address.filter(\.isNumber).count)
                        && address.allSatisfy { $0.isASCII && ($0.isNumber || "+- ".contains($0)) },
                    "应为电话号码", "must be a telephone number"
                )
            case .mail: (Letter.isAddress(address), "应为邮箱地址", "must be a mail address")
            case .wechat:
                (
                    ContactLimits.openID.contains(address.utf8.count)
                        && address.utf8.allSatisfy {
                            (48...57).contains($0) || (65...90).contains($0)
                                || (97...122).contains($0) || $0 == 45 || $0 == 95
                        }, "应为微信openid", "must be a WeChat openid"
                )
            }
        guard isFit else {
            throw .unfit([.init(field: "address", chinese: chinese, english: english)])
        }
    }
}
