package import Ledger

/// What the fund puts up for a claim.
package struct Advance: Hashable, Sendable, Codable {
    package let decision: AdvanceDecision
    package let grounds: Grounds
    /// The edition's authority ruling: who must agree.
    /// Raised, never lowered, when more must agree than were asked at first.
    package internal(set) var authority: Authority
    /// Whoever set off the proposal; the office itself when policy alone did.
    package let proposer: String
    /// What has been agreed so far; lowered by a reduction, never raised.
    package internal(set) var amount: Money
    package internal(set) var approvals: [Approval] = []
    package internal(set) var state: State = .proposed
    /// Who refused it, when a person did.
    package internal(set) var refusedBy: String?

    package struct Approval: Hashable, Sendable, Codable {
        package let by: String
        package let role: Role
        package let at: Moment
    }

    package enum State: Hashable, Sendable, Codable {
        case proposed
        case refused(reason: String)
        /// Waits for the pool; `short` is what was missing when last tried.
        case awaitingFunds(short: Money)
        /// 冻结.
        case reserved
        /// 退回资金池.
        case returned
        /// Owed to the tourist: released (解冻付给游客) or granted as quick pay.
        case payable
        case paid
        /// Nothing moves on this path.
        case none
    }

    /// Roles that have not agreed yet, in the edition's order.
    ///
    /// An authority that names nobody is a fault of the edition, not everybody's consent: it takes a
    /// supervisor then.
    package var outstanding: [Role] {
        authority.missing(after: approvals.map(\.role))
    }
}

extension Authority {
    /// Roles of this authority that are not among those who have agreed.
    package func missing(after approved: [Role]) -> [Role] {
        guard case .people(let named) = self else { return [] }
        let roles = named.isEmpty ? [.supervisor] : named
        var given = approved
        return roles.filter { role in
            guard let index = given.firstIndex(of: role) else { return true }
            given.remove(at: index)
            return false
        }
    }
}

/// One attempt to send money to the tourist. Another attempt is another payout, with another number.
package struct Payout: Hashable, Sendable, Codable {
    /// The wallet's `out_bill_no`: the case's letters and digits and the attempt, `SY2400012347P1`.
    package let number: String
    package let amount: Money
    package let payee: Payee
    package let orderedAt: Moment
    package internal(set) var state: State = .ordered

    package enum State: Hashable, Sendable, Codable {
        case ordered
        /// The wallet has it and is at work, or waits for the tourist to confirm.
        case underWay(String)
        /// Nobody knows; only a query may tell.
        case unknown(String)
        case confirmed(on: Day)
        case failed(reason: String)
        /// The tourist did not confirm in time; nothing was paid.
        case lapsed
        /// 退票: came back after it had been paid.
        case bounced(reason: String)
    }

    /// Neither confirmed nor surely without effect.
    package var isOpen: Bool {
        switch state {
        case .ordered, .underWay, .unknown: true
        case .confirmed, .failed, .lapsed, .bounced: false
        }
    }

    package static func number(for id: ID<Case>, attempt: Int) -> String {
        id.text.filter { $0.isLetter || $0.isNumber } + "P\(attempt)"
    }
}
