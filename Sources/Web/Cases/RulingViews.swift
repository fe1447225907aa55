import Casework
import Ledger

struct AcceptanceView: Codable, Sendable {
    /// `accept`, `decline`, `emergency`, `discipline`, `merge`.
    let outcome: String
    let code: String?
    let clause: String?
    /// Where the tourist can go instead, or the line or body it was handed to.
    let referral: String?

    init(_ acceptance: Acceptance) {
        switch acceptance {
        case .accept: (outcome, code, clause, referral) = ("accept", nil, nil, nil)
        case .decline(let why, let law, let instead):
            (outcome, code, clause, referral) = ("decline", why, law, instead)
        case .emergency(let line): (outcome, code, clause, referral) = ("emergency", nil, nil, line)
        case .discipline(let body):
            (outcome, code, clause, referral) = ("discipline", nil, nil, body)
        case .merge: (outcome, code, clause, referral) = ("merge", nil, nil, nil)
        }
    }
}

struct ClassificationView: Codable, Sendable {
    let category: String
    let isUrgent: Bool
    let isMajor: Bool

    init(_ classification: Classification) {
        category = classification.category
        isUrgent = classification.isUrgent
        isMajor = classification.isMajor
    }
}

struct DeterminationView: Codable, Sendable {
    let code: String
    let isBasisClear: Bool
    let missing: [String]
    let heads: [HeadView]
    let entitlementFen: Money
    let coveredFen: Money

    init(_ determination: Determination) {
        code = determination.code
        isBasisClear = determination.isBasisClear
        missing = determination.missing
        heads = determination.heads.map { HeadView($0) }
        entitlementFen = determination.entitlement
        coveredFen = determination.covered
    }
}

struct HeadView: Codable, Sendable {
    let code: String
    let clause: String
    /// As a clerk would write it: `1200.00 × 50% = 600.00`.
    let arithmetic: String
    let amountFen: Money
    let isCovered: Bool

    init(_ head: RefundHead) {
        code = head.code
        clause = head.clause
        arithmetic = head.arithmetic
        amountFen = head.amount
        isCovered = head.isCovered
    }
}

struct AdvanceView: Codable, Sendable {
    let path: String
    let code: String
    let amountFen: Money
    /// `proposed`, `refused`, `awaitingFunds`, `reserved`, `returned`, `payable`, `paid`, `none`.
    let state: String
    let proposer: String
    /// Roles that have not agreed yet.
    let outstanding: [String]
    let approvals: [ApprovalView]
    /// What the pool was short of when last tried.
    let shortFen: Money?
    let reason: String?

    init(_ advance: Advance, _ zone: Zone) {
        path = advance.decision.path.rawValue
        code = advance.decision.code
        amountFen = advance.amount
        proposer = advance.proposer
        outstanding = advance.outstanding.map(\.rawValue)
        approvals = advance.approvals.map {
            ApprovalView(by: $0.by, role: $0.role.rawValue, at: Timestamp(zone.text($0.at)))
        }
        var (short, why): (Money?, String?) = (nil, nil)
        switch advance.state {
        case .proposed: state = "proposed"
        case .refused(let reason): (state, why) = ("refused", reason)
        case .awaitingFunds(let missing): (state, short) = ("awaitingFunds", missing)
        case .reserved: state = "reserved"
        case .returned: state = "returned"
        case .payable: state = "payable"
        case .paid: state = "paid"
        case .none: state = "none"
        }
        shortFen = short
        reason = why
    }
}

struct ApprovalView: Codable, Sendable {
    let by: String
    let role: String
    let at: Timestamp
}

/// What a decision model answered and why: the facts it read and the rules that hit.
struct RulingView: Codable, Sendable {
    let model: String
    let edition: String
    let outcome: String
    let outcomeEn: String
    let inputs: [String: Fact]
    let rules: [RuleView]

    /// Every ruling of the case in the order they were made, the later ones of a model included.
    static func all(of file: Case, _ recorded: [Recorded]) -> [RulingView] {
        recorded.flatMap { RulingView.rulings(in: $0.event) }
    }

    private init(_ grounds: Grounds, _ outcome: Phrase) {
        model = grounds.model
        edition = grounds.edition
        self.outcome = outcome.zh
        outcomeEn = outcome.en
        inputs = grounds.inputs.mapValues { $0.seen(with: .masked) }
        rules = grounds.rules.map { RuleView($0) }
    }

    private static func rulings(in event: Event) -> [RulingView] {
        switch event {
        case .classified(let ruling):
            let outcome = ruling.outcome
            let category = Names.category(outcome.category)
            return [
                RulingView(
                    ruling.grounds,
                    Phrase(
                        category.zh + (outcome.isUrgent ? " · 紧急" : "")
                            + (outcome.isMajor ? " · 重大" : ""),
                        category.en + (outcome.isUrgent ? " · urgent" : "")
                            + (outcome.isMajor ? " · major" : "")))
            ]
        case .accepted(let ruling), .declined(let ruling, _, _), .handedOver(let ruling, _),
            .merged(let ruling, _):
            return [RulingView(ruling.grounds, acceptance(ruling.outcome))]
        case .determined(let ruling):
            let outcome = ruling.outcome
            return [
                RulingView(
                    ruling.grounds,
                    Phrase(
                        "\(outcome.code)，应得\(outcome.entitlement.yuan)元，其中基金支付\(outcome.covered.yuan)元",
                        "\(outcome.code): entitled to \(outcome.entitlement.yuan), of which the fund covers \(outcome.covered.yuan)"
                    ))
            ]
        case .advanceProposed(let ruling, let authority, _):
            let path = Names.path(ruling.outcome.path)
            return [
                RulingView(
                    ruling.grounds,
                    Phrase(
                        "\(path.zh)（\(ruling.outcome.code)）\(ruling.outcome.amount.yuan)元",
                        "\(path.en) (\(ruling.outcome.code)) \(ruling.outcome.amount.yuan)")),
                RulingView(authority.grounds, self.authority(authority.outcome)),
            ]
        case .riskAssessed(let ruling):
            let flags = ruling.outcome.flags.joined(separator: ", ")
            return [
                RulingView(
                    ruling.grounds,
                    ruling.outcome.needsReview
                        ? Phrase("须人工核查：\(flags)", "a person looks first: \(flags)")
                        : Phrase("无风险提示", "no signs"))
            ]
        case .forwarded(let ruling):
            let outcome = ruling.outcome
            return [
                RulingView(
                    ruling.grounds,
                    Phrase(
                        "派往\(outcome.bureau)，审核\(outcome.auditMinutes)分钟",
                        "to \(outcome.bureau), audit within \(outcome.auditMinutes) min"))
            ]
        case .settled(let ruling):
            return [RulingView(ruling.grounds, settlement(ruling.outcome))]
        case .recoveryOpened(let ruling, _):
            let outcome = ruling.outcome
            return [
                RulingView(
                    ruling.grounds,
                    Phrase(
                        "送达后\(outcome.responseDays)日内答复，\(outcome.paymentDays)日内偿还",
                        "answer within \(outcome.responseDays) days, pay within \(outcome.paymentDays) days of service"
                    ))
            ]
        default:
            return []
        }
    }

    private static func acceptance(_ acceptance: Acceptance) -> Phrase {
        switch acceptance {
        case .accept: Phrase("受理", "Accepted")
        case .decline(let code, _, let referral):
            Phrase("不予受理（\(code)）：\(referral)", "Declined (\(code)): \(referral)")
        case .emergency(let line): Phrase("转\(line)", "Handed to \(line)")
        case .discipline(let body): Phrase("移交\(body)", "Handed to \(body)")
        case .merge: Phrase("并入首件", "Merged with the first case")
        }
    }

    private static func authority(_ authority: Authority) -> Phrase {
        switch authority {
        case .automatic: return Phrase("按规则自动同意", "Agreed by rule alone")
        case .people(let roles):
            let names = roles.map { Names.role($0) }
            return Phrase(
                "须由\(names.map(\.zh).joined(separator: "、"))同意",
                "Needs \(names.map(\.en).joined(separator: ", "))")
        }
    }

    private static func settlement(_ settlement: Settlement) -> Phrase {
        switch settlement {
        case .returnToPool: Phrase("冻结款退回资金池", "The reservation returns to the pool")
        case .release: Phrase("解冻付给游客", "Released to the tourist")
        case .resolvedWithoutAdvance: Phrase("未动用先行赔付解决", "Solved without an advance")
        case .wait: Phrase("继续等待", "Wait")
        }
    }
}

struct RuleView: Codable, Sendable {
    let table: String
    let row: Int
    let id: String
    let clause: String
    let zh: String
    let en: String

    init(_ rule: CitedRule) {
        table = rule.table
        row = rule.row
        id = rule.id
        clause = rule.clause
        zh = rule.chinese
        en = rule.english
    }
}
