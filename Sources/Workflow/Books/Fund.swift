package import Casework
package import Ledger
import Store

extension Work {
    /// Books money granted to the fund, and lets the cases go on that waited for it.
    ///
    /// - Parameter id: Names the grant; the same grant again changes nothing.
    package func appropriate(
        _ amount: Money, id: String, reason: String, on day: Day, by actor: Actor
    ) throws -> Voucher {
        try permit(.manageFund, actor)
        let voucher = try post(
            Posting.appropriation(amount), id: "grant/\(id)", reason: reason, day: day, by: actor)
        try goOnWaiting()
        return voucher
    }

    /// Books a transfer between the bank account and the payment platform.
    package func transfer(
        _ amount: Money, toPlatform: Bool, id: String, on day: Day, by actor: Actor
    ) throws -> Voucher {
        try permit(.manageFund, actor)
        let (source, target) =
            toPlatform ? (Posting.bank, Posting.platform) : (Posting.platform, Posting.bank)
        return try post(
            Posting.transfer(amount, from: source, to: target), id: "transfer/\(id)",
            reason: toPlatform ? "划转至支付平台" : "由支付平台划回", day: day, by: actor)
    }

    /// Tries every case that waits for money again, the oldest first.
    ///
    /// A later, smaller case may go on where an earlier, larger one still waits: the pool is not kept
    /// idle, and the larger one stays visible at the head of the queue.
    @discardableResult
    package func goOnWaiting() throws -> Int {
        var gone = 0
        for row in try transaction.casesAwaitingFunds(limit: 1_000) {
            guard let file = try transaction.caseFile(row.id) else { continue }
            let after = try perform(try commitment(of: file), on: row.id, by: .office)
            if after.stage != .awaitingFunds { gone += 1 }
        }
        return gone
    }

    func post(
        _ lines: [Line], id: String, reason: String, day: Day, by actor: Actor,
        checker: String? = nil
    ) throws -> Voucher {
        // The same thing again on a later day is still the same thing.
        if let earlier = try transaction.vouchers(withIDs: [ID(id)]).first, earlier.lines == lines {
            return earlier
        }
        let draft = Draft(
            id: ID(id), fund: books.fund, currency: books.postings.currency, businessDate: day,
            reason: reason, source: id, maker: actor.name, checker: checker, lines: lines)
        return try transaction.post(try inOpenPeriod(draft), chart: books.chart, at: now).voucher
    }

    /// Checks that one of the actor's roles may do `action`.
    package func permit(_ action: Permissions.Action, _ actor: Actor) throws(WorkflowError) {
        guard Permissions.permit(actor.roles, action) else {
            throw .notPermitted(action, actor: actor.name)
        }
    }
}
