package import Casework
package import Database
package import Ledger

/// What a receipt in suspense is said to be, by one person, until another agrees or does not.
package struct SuspenseClaim: Hashable, Sendable {
    package let number: Int64
    /// `bank` or `platform`, as the ledger's account.
    package let account: String
    /// The statement line's.
    package let key: String
    /// The sub-account of suspense it lies in.
    package let line: String
    package let amount: Money
    package let target: Target
    package let reason: String
    package let proposedBy: String
    package let proposedAt: Moment
    package let decidedBy: String?
    package let isConfirmed: Bool?

    package init(
        number: Int64, account: String, key: String, line: String, amount: Money, target: Target,
        reason: String, proposedBy: String, proposedAt: Moment, decidedBy: String?,
        isConfirmed: Bool?
    ) {
        self.number = number
        self.account = account
        self.key = key
        self.line = line
        self.amount = amount
        self.target = target
        self.reason = reason
        self.proposedBy = proposedBy
        self.proposedAt = proposedAt
        self.decidedBy = decidedBy
        self.isConfirmed = isConfirmed
    }

    /// Whose money it is.
    package enum Target: Hashable, Sendable {
        /// A repayment of one case's recovery.
        case recovery(ID<Case>)
        /// A repayment of a merchant's open recoveries, the oldest first.
        case merchant(ID<Merchant>)
        /// What the tourist of a case pays back.
        case tourist(ID<Case>)
        /// The payout of this number, come back (退票).
        case payoutReturn(String)
        /// Interest that the rules did not know by its words.
        case interest
        /// Money granted to the fund.
        case grant

        package var kind: String {
            switch self {
            case .recovery: "case"
            case .merchant: "merchant"
            case .tourist: "tourist"
            case .payoutReturn: "payoutReturn"
            case .interest: "interest"
            case .grant: "grant"
            }
        }

        package var name: String {
            switch self {
            case .recovery(let id), .tourist(let id): id.text
            case .merchant(let id): id.text
            case .payoutReturn(let number): number
            case .interest, .grant: ""
            }
        }
    }
}

extension Transaction {
    package func writeSuspenseClaim(_ claim: SuspenseClaim, of fund: String) throws(DatabaseError) {
        try put(
            """
            insert into suspense_claim (number, fund, account, key, line, amount_fen, target_kind,
                target, reason, proposed_by, proposed_ms)
            values (\(claim.number), \(fund), \(claim.account), \(claim.key), \(claim.line),
                \(claim.amount.fen), \(claim.target.kind), \(claim.target.name), \(claim.reason),
                \(claim.proposedBy), \(claim.proposedAt.ms))
            """)
    }

    package func decideSuspenseClaim(
        _ number: Int64, isConfirmed: Bool, by actor: String, at now: Moment
    ) throws(DatabaseError) {
        try put(
            """
            update suspense_claim set decided_by = \(actor), decided_ms = \(now.ms),
                is_confirmed = \(isConfirmed ? 1 : 0)
            where number = \(number) and decided_ms is null
            """)
    }

    /// The line is what `target` says, and no longer waits for anybody.
    package func identifyLine(
        _ key: String, account: String, as target: SuspenseClaim.Target
    ) throws(DatabaseError) {
        let matched =
            switch target {
            case .grant: "topUp"
            case .interest: "interest"
            case .recovery, .merchant, .tourist: "repayment"
            case .payoutReturn: "payoutReturn"
            }
        try put(
            """
            update statement_line set matched = \(matched), target = \(target.name)
            where account = \(account) and key = \(key)
            """)
    }

    package func suspenseClaim(_ number: Int64) throws(DatabaseError) -> SuspenseClaim? {
        try readClaims("\(sql: claimColumns) where number = \(number)").first
    }

    /// Claims nobody has decided on, the oldest first; of one line when `key` is given.
    package func openSuspenseClaims(of key: String? = nil) throws(DatabaseError) -> [SuspenseClaim]
    {
        let open: SQL = "\(sql: claimColumns) where decided_ms is null"
        guard let key else { return try readClaims("\(sql: open) order by number limit 500") }
        return try readClaims("\(sql: open) and key = \(key) order by number")
    }

    private func readClaims(_ sql: SQL) throws(DatabaseError) -> [SuspenseClaim] {
        var found: [SuspenseClaim] = []
        for row in try rows(sql) {
            let (kind, name) = (try row.text(5), try row.text(6))
            let target: SuspenseClaim.Target
            switch kind {
            case "case": target = .recovery(ID(name))
            case "merchant": target = .merchant(ID(name))
            case "tourist": target = .tourist(ID(name))
            case "payoutReturn": target = .payoutReturn(name)
            case "interest": target = .interest
            case "grant": target = .grant
            default: throw .corrupt("suspense_claim holds the unknown kind \(kind)")
            }
            found.append(
                SuspenseClaim(
                    number: try row.integer(0), account: try row.text(1), key: try row.text(2),
                    line: try row.text(3), amount: Money(fen: try row.integer(4)), target: target,
                    reason: try row.text(7), proposedBy: try row.text(8),
                    proposedAt: Moment(ms: try row.integer(9)), decidedBy: try row.textOrNil(10),
                    isConfirmed: try row.integerOrNil(11).map { $0 == 1 }))
        }
        return found
    }
}

private let claimColumns: SQL = """
    select number, account, key, line, amount_fen, target_kind, target, reason, proposed_by,
        proposed_ms, decided_by, is_confirmed
    from suspense_claim
    """
