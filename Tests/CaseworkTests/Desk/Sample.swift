import Casework
import Ledger

/// Values of every kind, as ordinary as they come.
enum Sample {
    static func terms(reissueLimit: Int = 2, unclaimedDays: Int? = nil) -> Terms {
        Terms(
            edition: "sanya/2025-03-08", editionHash: "e0", standing: .enrolled, acceptMinutes: 3,
            auditMinutes: 30, closingMinutes: 1_440, freezeMinutes: 10_080,
            reissueLimit: reissueLimit, unclaimedDays: unclaimedDays)
    }

    static func filing(
        claimed: Int64 = 3_000_00, paid: Int64 = 3_000_00, payee: Payee? = payee("wx-li")
    ) -> Filing {
        Filing(
            channel: .wechat,
            claimant: Claimant(name: "李明", identity: "460200199001011234", phone: "13800000000"),
            merchant: ID("M00012"), merchantName: "椰梦酒店", order: "TN-7781",
            matter: "hotel-cancellation", occurredOn: Day("2025-03-08")!, paid: Money(fen: paid),
            claimed: Money(fen: claimed), story: "取消订单,酒店拒绝退款", wanted: "退款",
            facts: ["nights": .integer(2), "rate": .text("1500.00")], payee: payee,
            transferredFrom: nil)
    }

    static func payee(_ account: String) -> Payee { Payee(account: account, name: "李明") }

    static let grounds = Grounds(
        model: "advance", edition: "sanya/2025-03-08", editionHash: "e0",
        inputs: ["amount": .text("800.00")],
        rules: [
            CitedRule(
                table: "advance", row: 1, id: "r1", clause: "工作规范 3.2", chinese: "小额快赔",
                english: "quick pay")
        ])

    static func ruling<Outcome>(_ outcome: Outcome) -> Ruling<Outcome> {
        Ruling(outcome, on: grounds)
    }

    static func risk(_ flags: [String]) -> Ruling<Risk> {
        ruling(Risk(needsReview: !flags.isEmpty, flags: flags))
    }

    static func evidence(_ kind: String, hash: String, at now: Moment) -> Evidence {
        Evidence(
            hash: hash, size: 2_048, type: .jpeg, kind: kind, name: "\(kind).jpg", addedAt: now)
    }

    static func determination(_ amount: Money, missing: [String] = []) -> Determination {
        let head = RefundHead(
            code: "REFUND", clause: "退订指导意见 4", arithmetic: "1600.00 × 50% = 800.00",
            amount: amount, isCovered: true)
        return Determination(heads: [head], missing: missing, code: "REFUND", isBasisClear: true)
    }
}
