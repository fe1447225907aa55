package import Casework
package import Ledger
import Store

extension Work {
    /// Puts a merchant on the list, or changes its name.
    package func enrol(
        _ id: ID<Merchant>, name: String, trade: String, by actor: Actor
    ) throws -> Merchant {
        try permit(.manageMerchants, actor)
        let known = try transaction.merchant(id)
        let merchant = Merchant(
            id: id, name: name, trade: trade, standings: known?.standings ?? [])
        try transaction.writeMerchant(merchant)
        return merchant
    }

    /// Changes a merchant's standing from a day on. History is not rewritten.
    package func changeStanding(
        of id: ID<Merchant>, _ change: StandingChange, by actor: Actor
    ) throws -> Merchant {
        try permit(.manageMerchants, actor)
        guard var merchant = try transaction.merchant(id) else {
            throw WorkflowError.noSuchMerchant(id.text)
        }
        try merchant.change(change)
        try transaction.writeStanding(
            change, of: id, position: merchant.standings.count - 1, by: actor.name, at: now)
        return merchant
    }
}
