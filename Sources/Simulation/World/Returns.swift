import Casework
import Ledger
import Store
import Workflow

/// Payouts that come back in a line without their number: people ask the bank, and name them in suspense.
extension Simulation {
    /// The payout whose return a line is, as whoever keeps the account says when asked; nil for other lines.
    func payout(cameBackIn line: StatementLineRow) -> String? {
        let known = bank.unnamed.merging(wallet.unnamed) { first, _ in first }
        return known.first { line.remittance.contains($0.key) }?.value
    }

    /// Whose a line in suspense is, as somebody says: of a return always its payout, or one there is not.
    func target(of line: StatementLineRow) -> SuspenseClaim.Target {
        if let number = payout(cameBackIn: line) {
            return .payoutReturn(chance.happens(60) ? "\(number)X" : number)
        }
        switch chance.int(0...4) {
        case 0: return .grant
        case 1: return .interest
        case 2: return .merchant(Firms.id(chance.int(1...Firms.count)))
        // Of another amount, or not paid: refused.
        case 3 where !cases.isEmpty:
            return .payoutReturn(Payout.number(for: chance.pick(cases), attempt: 9))
        default: return cases.isEmpty ? .grant : .recovery(chance.pick(cases))
        }
    }

    /// At the end everything that came back is named, by two people; nothing gets in their way any more.
    func nameAllReturns() async throws {
        guard let office = anyOffice else { return }
        action = "the last returns"
        let (proposer, judge) = (staff.cashiers[0], staff.chief)
        for claim in try await office.read({ try $0.openSuspenseClaims() }) {
            guard case .payoutReturn = claim.target, claim.proposedBy != judge.name else {
                continue
            }
            _ = try await attempt("suspense \(claim.number)", on: anyServer()) {
                _ = try $0.confirmSuspense(claim.number, by: judge)
            }
        }
        for line in try await office.read({ try $0.linesInSuspense(limit: 500) }) {
            guard let number = payout(cameBackIn: line) else { continue }
            let named = try await attempt("return of \(number)", on: anyServer()) { work in
                let claim = try work.proposeSuspense(
                    key: line.key, on: line.account, as: .payoutReturn(number), amount: nil,
                    reason: "银行答复", by: proposer)
                _ = try work.confirmSuspense(claim.number, by: judge)
            }
            if case .refused = named {
                wrong.append("\(number) came back, and the office does not take it")
            }
        }
    }

    /// A stranger's money that people take for a payout come back, and that is still with its payee.
    func plantReturn(on day: Day) {
        guard planted == .falseReturn else { return }
        let paid = auditor.cases.values.flatMap(\.payouts)
            .filter { $0.value.state == "confirmed" && $0.value.isByBank }
        guard let (number, payout) = paid.min(by: { $0.key < $1.key }) else { return }
        bank.bookStray(payout.fen, as: number, on: day)
        planted = nil
    }
}
