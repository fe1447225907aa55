package import Ledger

/// How a demand is sorted: whose it is and how pressing.
package struct Classification: Hashable, Sendable, Codable {
    /// A code of the edition's categories, such as `lodging` or `island-queue`.
    package let category: String
    package let isUrgent: Bool
    /// Injury, death, a large group, public order, or an amount the edition calls major (重大).
    package let isMajor: Bool

    package init(category: String, isUrgent: Bool, isMajor: Bool) {
        self.category = category
        self.isUrgent = isUrgent
        self.isMajor = isMajor
    }
}

/// Whether the office handles a demand.
package enum Acceptance: Hashable, Sendable, Codable {
    case accept
    /// Not ours to handle. `referral` says where the tourist can go instead.
    case decline(code: String, clause: String, referral: String)
    /// Danger to life or property: the line to call, `110`, `119` or `120`.
    case emergency(line: String)
    /// About an official's conduct: the body that hears it.
    case discipline(body: String)
    /// The same loss was brought before; the words and evidence join that case.
    case merge
}

/// What the tourist is entitled to, by rule and clause.
package struct Determination: Hashable, Sendable, Codable {
    /// What is owed, head by head; empty where no rule gives an amount.
    package let heads: [RefundHead]
    /// Kinds of evidence without which it cannot be determined; while there are any, `heads` is provisional.
    package let missing: [String]
    /// A stable code for how it was reached: `REFUND`, `OUT_OF_SCOPE`, `NO_RULE_IN_FORCE`, `LATE`, `EXEMPT` …
    package let code: String
    /// Whether the legal basis and amount are clear enough for an advance.
    package let isBasisClear: Bool

    package init(heads: [RefundHead], missing: [String], code: String, isBasisClear: Bool) {
        self.heads = heads
        self.missing = missing
        self.code = code
        self.isBasisClear = isBasisClear
    }

    /// The sum of the heads that the fund covers; what an advance may at most be.
    package var covered: Money { total(heads.filter(\.isCovered)) }

    /// The sum of all heads, punitive ones included: what the merchant owes by law.
    package var entitlement: Money { total(heads) }

    private func total(_ heads: [RefundHead]) -> Money {
        heads.reduce(.zero) { $0.adding($1.amount) ?? Money(fen: .max) }
    }
}

/// One ground on which money is owed.
package struct RefundHead: Hashable, Sendable, Codable {
    package let code: String
    package let clause: String
    /// As a clerk would write it: `1200.00 × 50% = 600.00`.
    package let arithmetic: String
    package let amount: Money
    /// Whether the advance fund pays it: refunds yes; punitive, penalty and solatium heads by the edition.
    package let isCovered: Bool

    package init(code: String, clause: String, arithmetic: String, amount: Money, isCovered: Bool) {
        self.code = code
        self.clause = clause
        self.arithmetic = arithmetic
        self.amount = amount
        self.isCovered = isCovered
    }
}

/// What the fund does about a claim.
package struct AdvanceDecision: Hashable, Sendable, Codable {
    package let path: Path
    /// To be paid or reserved; zero on the paths without money.
    package let amount: Money
    /// A stable code for the reason: `QUICK_PAY`, `FREEZE`, `WAIVED`, `NOT_ENROLLED`, `OVER_CASE_CAP` …
    package let code: String

    package init(path: Path, amount: Money, code: String) {
        self.path = path
        self.amount = amount
        self.code = code
    }

    package enum Path: String, Hashable, Sendable, Codable, CaseIterable {
        /// 小额快赔: paid at once, nothing reserved.
        case quickPay
        /// 冻结: set aside until the merchant pays or the money is released.
        case reserve
        /// 费用免除: the fund bears it for good and pays at once; nobody owes it back.
        case waiveFee
        /// No money moves; the bureau mediates.
        case mediateOnly
        /// 重大: the bureau's major procedure, with no promise of minutes.
        case major
        /// Outside the fund; ordinary complaint handling, and a human path to contest it.
        case notEligible
    }
}

/// Who must agree to an advance.
package enum Authority: Hashable, Sendable, Codable {
    /// The edition lets the rules alone decide (quick pay under its limit).
    case automatic
    /// Every one of these roles, each by another person, none of them the proposer.
    case people([Role])
}

/// Signs that a person should look before money leaves (handbook §8). A sign accuses nobody.
package struct Risk: Hashable, Sendable, Codable {
    package let needsReview: Bool
    /// Stable codes: `SHARED_PAYEE`, `EVIDENCE_SEEN`, `PAYEE_CHANGED` …
    package let flags: [String]

    package init(needsReview: Bool, flags: [String]) {
        self.needsReview = needsReview
        self.flags = flags
    }

    package static let none = Risk(needsReview: false, flags: [])
}

/// Where a case goes and how long the bureau has.
package struct Routing: Hashable, Sendable, Codable {
    /// A bureau's code in the edition.
    package let bureau: String
    /// The timeboxed audit, in minutes.
    package let auditMinutes: Int
    /// What happens when it runs out.
    package let onExpiry: Expiry

    package enum Expiry: String, Hashable, Sendable, Codable {
        /// To the supervisor, visibly; the usual choice.
        case escalate
        /// Silence counts as agreement.
        case approve
    }

    package init(bureau: String, auditMinutes: Int, onExpiry: Expiry) {
        self.bureau = bureau
        self.auditMinutes = auditMinutes
        self.onExpiry = onExpiry
    }
}

/// What becomes of an advance when the merchant has, or has not, paid.
package enum Settlement: String, Hashable, Sendable, Codable {
    /// The merchant paid the tourist: the reserved money goes back to the pool.
    case returnToPool
    /// The merchant did not: the reserved money goes to the tourist and a recovery opens.
    case release
    /// The merchant paid before any advance was made: nothing to return, counted as recovered for the tourist.
    case resolvedWithoutAdvance
    /// Neither yet.
    case wait
}

/// The terms on which a recovery runs.
package struct RecoveryTerms: Hashable, Sendable, Codable {
    /// Days the merchant has to answer after the notice is served.
    package let responseDays: Int
    /// Days the merchant has to pay after the notice is served.
    package let paymentDays: Int
    /// Simple interest a year on what is owed after `paymentDays`, in hundredths of a percent; nil: none.
    package let interestBasisPoints: Int?
    /// Years after which the debt can no longer be enforced (民法典 188); nil: three.
    package let limitationYears: Int?

    package init(
        responseDays: Int, paymentDays: Int, interestBasisPoints: Int? = nil,
        limitationYears: Int? = nil
    ) {
        self.responseDays = responseDays
        self.paymentDays = paymentDays
        self.interestBasisPoints = interestBasisPoints
        self.limitationYears = limitationYears
    }
}
