package import Casework
package import Ledger
package import Store

/// Money that nobody could name, and what two people say it is.
extension Work {
    /// Proposes whose a line in suspense is; another person must agree before anything is booked.
    ///
    /// - Parameter amount: Nil: all that still lies there of the line.
    package func proposeSuspense(
        key: String, on account: Account, as target: SuspenseClaim.Target, amount: Money?,
        reason: String, by actor: Actor
    ) throws -> SuspenseClaim {
        try permit(.proposeSuspense, actor)
        let line = String(key.prefix(16))
        let lies = try inSuspense(line)
        let claimed = try transaction.openSuspenseClaims(of: key)
            .reduce(Int64(0)) { $0 + $1.amount.fen }
        let free = Money(fen: lies.fen - claimed)
        let wanted = amount ?? free
        var problems: [WorkflowError.Problem] = []
        if !wanted.isPositive || wanted > free {
            problems.append(
                .init(
                    field: "amount_fen", chinese: "待查款中该笔尚余\(free)元",
                    english: "must be above 0 and at most the \(free) that lies in suspense"))
        }
        if !reason.contains(where: { !$0.isWhitespace }) {
            problems.append(
                .init(field: "reason", chinese: "请填写", english: "is empty: fill it in"))
        }
        if let problem = try problem(with: target, for: wanted, on: account) {
            problems.append(problem)
        }
        guard problems.isEmpty else { throw WorkflowError.unfit(problems) }
        let claim = SuspenseClaim(
            number: try transaction.next("suspense_claim"), account: account.description, key: key,
            line: line, amount: wanted, target: target, reason: reason, proposedBy: actor.name,
            proposedAt: now, decidedBy: nil, isConfirmed: nil)
        try transaction.writeSuspenseClaim(claim, of: books.fund)
        return claim
    }

    /// Agrees to a proposal, as another person, and books it: out of suspense, to where it belongs.
    package func confirmSuspense(_ number: Int64, by actor: Actor) throws -> SuspenseClaim {
        let claim = try openClaim(number, decidedBy: actor, "confirmSuspense")
        switch claim.target {
        case .recovery(let id):
            try take(claim, claim.amount, on: id, part: "", by: actor)
        case .merchant(let merchant):
            var rest = claim.amount
            for owed in try transaction.openRecoveries(of: merchant) where rest.isPositive {
                let part = min(rest, owed.outstanding)
                try take(claim, part, on: owed.caseID, part: "/\(owed.caseID)", by: actor)
                rest = Money(fen: rest.fen - part.fen)
            }
            guard rest == .zero else {
                throw WorkflowError.unfit([tooLittleOwed(Money(fen: claim.amount.fen - rest.fen))])
            }
        case .tourist(let id):
            try perform(
                .takeTouristFromSuspense(
                    claim.amount, reference: "suspense/\(number)", on: today, line: claim.line,
                    proposer: claim.proposedBy), on: id, by: actor)
        case .payoutReturn(let number): try takeReturn(claim, of: number, by: actor)
        case .grant: try book(claim, as: Account(Chart.available), "拨付", by: actor)
        case .interest: try book(claim, as: Account(Chart.interest), "利息", by: actor)
        }
        try transaction.decideSuspenseClaim(number, isConfirmed: true, by: actor.name, at: now)
        if try !inSuspense(claim.line).isPositive {
            try transaction.identifyLine(claim.key, account: claim.account, as: claim.target)
        }
        try goOnWaiting()
        return claim
    }

    /// Does not agree: the money stays in suspense, and may be claimed anew.
    package func rejectSuspense(_ number: Int64, by actor: Actor) throws -> SuspenseClaim {
        let claim = try openClaim(number, decidedBy: actor, "rejectSuspense")
        try transaction.decideSuspenseClaim(number, isConfirmed: false, by: actor.name, at: now)
        return claim
    }

    private func openClaim(
        _ number: Int64, decidedBy actor: Actor, _ action: String
    ) throws -> SuspenseClaim {
        try permit(.confirmSuspense, actor)
        guard let claim = try transaction.suspenseClaim(number) else {
            throw WorkflowError.noSuchClaim(number)
        }
        guard claim.proposedBy != actor.name else {
            throw WorkflowError.anotherPersonNeeded(action, actor)
        }
        guard claim.isConfirmed == nil else { throw WorkflowError.claimDecided(number) }
        return claim
    }

    private func book(
        _ claim: SuspenseClaim, as account: Account, _ name: String, by actor: Actor
    ) throws {
        let lines = Posting.suspenseIdentified(
            claim.amount, statementLine: claim.line, as: account)
        _ = try post(
            lines, id: "suspense/\(claim.number)",
            reason: "待查款认领为\(name) \(claim.reason.prefix(200))", day: today,
            by: Actor(name: claim.proposedBy, roles: []), checker: actor.name)
    }

    private func take(
        _ claim: SuspenseClaim, _ amount: Money, on id: ID<Case>, part: String, by actor: Actor
    ) throws {
        try perform(
            .takeFromSuspense(
                amount, reference: "suspense/\(claim.number)\(part)", on: today, line: claim.line,
                proposer: claim.proposedBy), on: id, by: actor)
    }

    /// What lies in suspense of one line; never below zero, where money went out unexplained.
    private func inSuspense(_ line: String) throws -> Money {
        let balance = try transaction.balance(
            of: Account(Chart.suspense, sub: line), in: books.fund)
        return Money(fen: max(0, -balance.fen))
    }

    private func problem(
        with target: SuspenseClaim.Target, for amount: Money, on account: Account
    ) throws -> WorkflowError.Problem? {
        let owed: Money
        switch target {
        case .grant, .interest: return nil
        case .payoutReturn(let number):
            return try problem(withReturnOf: number, amount, on: account)
        case .tourist(let id):
            guard let file = try transaction.caseFile(id) else {
                throw WorkflowError.noSuchCase(id.text)
            }
            owed = file.claimBack?.outstanding ?? .zero
        case .recovery(let id):
            guard let file = try transaction.caseFile(id) else {
                throw WorkflowError.noSuchCase(id.text)
            }
            owed = file.recovery?.outstanding ?? .zero
        case .merchant(let id):
            guard try transaction.merchant(id) != nil else {
                throw WorkflowError.noSuchMerchant(id.text)
            }
            let sum = try transaction.openRecoveries(of: id)
                .reduce(Int64(0)) { $0 + $1.outstanding.fen }
            owed = Money(fen: sum)
        }
        return amount > owed ? tooLittleOwed(owed) : nil
    }

    private func tooLittleOwed(_ owed: Money) -> WorkflowError.Problem {
        .init(
            field: "amount_fen", chinese: "对方只欠\(owed)元；多出部分另行认领",
            english: "only \(owed) is owed; say whose the rest is in another proposal")
    }
}
