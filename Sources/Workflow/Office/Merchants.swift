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
            id: id, name: name, trade: trade, standings: known?.standings ?? [],
            ratings: known?.ratings ?? [])
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
        if change.standing == .enrolled, change.agreement == nil, try isAgreementNeeded() {
            throw WorkflowError.unfit([
                .init(
                    field: "agreement", chinese: "请填写质量保证协议编号",
                    english: "is missing: a firm joins by a signed quality agreement")
            ])
        }
        try merchant.change(change)
        try transaction.writeStanding(
            change, of: id, position: merchant.standings.count - 1, by: actor.name, at: now)
        return merchant
    }

    /// Rates a merchant from a day on. History is not rewritten.
    package func rate(
        _ id: ID<Merchant>, _ rating: Rating, by actor: Actor
    ) throws -> Merchant {
        try permit(.manageMerchants, actor)
        guard var merchant = try transaction.merchant(id) else {
            throw WorkflowError.noSuchMerchant(id.text)
        }
        try merchant.rate(rating)
        try transaction.writeRating(
            rating, of: id, position: merchant.ratings.count - 1, by: actor.name, at: now)
        return merchant
    }

    private func isAgreementNeeded() throws -> Bool {
        let edition = try office.hotlinePolicies.edition(inForceOn: today)
        return edition.hotline.providers?.isAgreementNeeded ?? false
    }
}
