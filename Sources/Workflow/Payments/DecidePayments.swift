package import Casework
import Ledger
package import Store

/// What becomes of a prepared payment file, and of a payout that no file holds yet.
extension Work {
    /// Lets a prepared file leave for the bank, as another person than who prepared it; neither may have
    /// had a hand in any of its cases. From here on its payouts are under way, and only the bank's word
    /// ends them.
    package func releasePayments(_ id: String, by actor: Actor) throws -> PaymentFileRow {
        try permit(.releasePayments, actor)
        let row = try undecided(id)
        guard row.preparedBy != actor.name else {
            throw WorkflowError.anotherPersonNeeded("releasePayments", actor)
        }
        let payouts = try transaction.payouts(ofPaymentFile: id)
        for payout in payouts {
            guard let waiting = try casePayout(payout), waiting.file.maySendMoney(actor) else {
                throw WorkflowError.anotherPersonNeeded("releasePayments", actor)
            }
        }
        try transaction.decidePaymentFile(id, as: .released, by: actor.name, at: now)
        for payout in payouts {
            try perform(
                .payoutAnswered(number: payout.number, .underWay("payment file \(id)")),
                on: payout.caseID, by: .office)
        }
        return try paymentFileRow(id)
    }

    /// Takes a prepared file apart before it has left; its payouts wait for another.
    package func withdrawPayments(_ id: String, by actor: Actor) throws -> PaymentFileRow {
        if !Permissions.permit(actor.roles, .releasePayments) {
            try permit(.preparePayments, actor)
        }
        _ = try undecided(id)
        try transaction.decidePaymentFile(id, as: .withdrawn, by: actor.name, at: now)
        return try paymentFileRow(id)
    }

    /// Gives up a payout by bank that no file holds, such as one whose account turned out wrong: the
    /// payee can be corrected then, and a new payout takes its place.
    package func turnBackPayout(_ number: String, reason: String, by actor: Actor) throws -> Case {
        try permit(.preparePayments, actor)
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw WorkflowError.unfit([
                .init(field: "reason", chinese: "请填写", english: "is empty: fill it in")
            ])
        }
        guard let row = try transaction.payout(number), row.rail == .bank, row.state == "ordered",
            row.paymentFile == nil
        else { throw WorkflowError.payoutNotWaiting(number) }
        return try perform(
            .payoutAnswered(number: number, .failed(reason: "turned back: \(reason)")),
            on: row.caseID, by: .office)
    }

    /// The document to hand to the bank; only once it was released.
    package func paymentDocument(_ id: String, for actor: Actor) throws -> String {
        if !Permissions.permit(actor.roles, .releasePayments) {
            try permit(.preparePayments, actor)
        }
        guard try paymentFileRow(id).state == .released,
            let document = try transaction.paymentDocument(id)
        else { throw WorkflowError.paymentFileNotReleased(id) }
        return document
    }

    private func undecided(_ id: String) throws -> PaymentFileRow {
        let row = try paymentFileRow(id)
        guard row.state == .prepared else {
            throw WorkflowError.paymentFileDecided(id, row.state)
        }
        return row
    }

    func paymentFileRow(_ id: String) throws -> PaymentFileRow {
        guard let row = try transaction.paymentFile(id) else {
            throw WorkflowError.noSuchPaymentFile(id)
        }
        return row
    }
}
