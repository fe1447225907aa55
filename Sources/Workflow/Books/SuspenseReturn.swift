import Casework
import Ledger
import Store

/// A line in suspense that is a payout come back (退票), though it names the case at most.
extension Work {
    /// What keeps `amount` on `account` from being the return of a payout; nil when nothing does.
    ///
    /// - Throws: `Refusal` where the payout is unknown, was not paid, is back already or is of another amount.
    func problem(
        withReturnOf number: String, _ amount: Money, on account: Account
    ) throws -> WorkflowError.Problem? {
        let (payout, file) = try payoutAndCase(number)
        // Nothing is left of the line: that is said of the amount already.
        guard amount.isPositive else { return nil }
        if try returnOnlyTold(of: payout) == nil {
            try file.checkReturn(of: number, amount)
        } else if amount != payout.amount {
            throw Refusal.returnDiffers(amount, payout: payout.amount)
        }
        guard payout.rail.account == account else {
            let isByBank = payout.rail == .bank
            return .init(
                field: "target",
                chinese: isByBank ? "该笔由专户付出，退票不会到支付平台" : "该笔由支付平台付出，退票不会到专户",
                english: isByBank
                    ? "left from the bank account, and does not come back to the platform"
                    : "left from the platform, and does not come back to the bank account")
        }
        let other = try transaction.openSuspenseClaims().first {
            $0.target == .payoutReturn(number)
        }
        return other.map { claim in
            .init(
                field: "target", chinese: "认领\(claim.number)已提出这笔退票，先决定那一笔",
                english: "is what proposal \(claim.number) says already; decide on that one first")
        }
    }

    /// Books it: out of suspense, and owed to the tourist again. Everything is asked anew, since the payout
    /// may have come back by another way meanwhile.
    func takeReturn(_ claim: SuspenseClaim, of number: String, by actor: Actor) throws {
        let (payout, file) = try payoutAndCase(number)
        if let told = try returnOnlyTold(of: payout) {
            guard claim.amount == payout.amount else {
                throw Refusal.returnDiffers(claim.amount, payout: payout.amount)
            }
            return try meet(told, with: claim, of: payout, by: actor)
        }
        try perform(
            .takeReturnFromSuspense(
                number: number, claim.amount, reference: "suspense/\(claim.number)", on: today,
                line: claim.line, proposer: claim.proposedBy), on: file.id, by: actor)
    }

    private func payoutAndCase(_ number: String) throws -> (PayoutRow, Case) {
        guard let payout = try transaction.payout(number),
            let file = try transaction.caseFile(payout.caseID)
        else { throw Refusal.payoutUnknown(number: number) }
        return (payout, file)
    }

    /// The voucher of a return that the wallet or the bank told of, and that no statement has shown: the line
    /// in suspense is then the same money, booked a second time.
    private func returnOnlyTold(of payout: PayoutRow) throws -> CashVoucher? {
        guard payout.state == "bounced" else { return nil }
        return try transaction.unmetCash(
            books.fund, payout.rail.account, source: payout.caseID.text
        ).last { cash in
            cash.amount == payout.amount
                && cash.reason.split(separator: " ").last.map(String.init) == payout.number
        }
    }

    /// Takes the line's own booking back, on the first day on which both are in the books, and ties the line
    /// to the return that was booked before.
    private func meet(
        _ told: CashVoucher, with claim: SuspenseClaim, of payout: PayoutRow, by actor: Actor
    ) throws {
        let account = payout.rail.account
        let booked = try transaction.statementLine(of: account, key: claim.key)?.bookedOn
        let lines: [Line] = [
            .debit(Chart.suspense, sub: claim.line, claim.amount),
            Line(.credit, account, claim.amount),
        ]
        let voucher = try post(
            lines, id: "suspense/\(claim.number)", reason: "待查款即已入账的退票 \(payout.number)",
            day: max(told.day, booked ?? told.day),
            by: Actor(name: claim.proposedBy, roles: []), checker: actor.name)
        for id in [voucher.id, told.id] {
            try transaction.writeMatch(of: id, with: claim.key, on: account)
        }
    }
}
