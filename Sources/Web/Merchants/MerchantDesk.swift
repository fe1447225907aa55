import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// The list as those see it who keep it: one merchant with its history, and the forms that change it.
enum MerchantDesk {
    static let all: [Route] = [
        PageRoutes.page(
            "/merchants/new", "newMerchantPage", MerchantText.enrol, .action(.manageMerchants)
        ) { call in
            guard let command = MerchantRoutes.all.first(where: { $0.id == "enrol" }) else {
                preconditionFailure("the API enrols merchants")
            }
            let context = try await call.formContext(of: command)
            return CommandPage(
                command: command, call: call, context: context, target: .merchants
            ).answer()
        },
        PageRoutes.page(
            "/merchants/{merchant}", "merchantPage", Phrase("一个商家", "One merchant"),
            .action(.readCases)
        ) { call in
            let id = ID<Merchant>(call.part("merchant"))
            let today = call.zone.day(at: call.office.now())
            guard let merchant = try await call.office.read({ try $0.merchant(id) }) else {
                throw WorkflowError.noSuchMerchant(id.text)
            }
            return page(call, MerchantView(merchant, on: today))
        },
    ]

    private static func page(_ call: Call, _ merchant: MerchantView) -> Answer {
        let parts = call.parts
        let id = ID<Merchant>(merchant.id)
        let trade = parts.say(EditionNames(call.office).trade(merchant.trade))
        let offers: HTML? =
            call.visitor.may(.manageMerchants)
            ? """
            <p class="offers"><a class="button" href="\(Link.page(id).below("standings").with(call.language))">\(parts.say(MerchantText.changeStanding))</a>
            <a class="button second" href="\(Link.page(id).below("ratings").with(call.language))">\(parts.say(MerchantText.rate))</a></p>
            """ : nil
        return call.page(
            merchant.name, section: .merchants, at: .page(id),
            """
            <section class="lead"><p class="crumb"><a href="\(Link.merchants.with(call.language))">\(parts.say(TouristText.merchantsTitle))</a></p>
            <h1>\(merchant.name)</h1>
            <p class="quiet"><code>\(merchant.id)</code> · \(trade)</p>
            \(offers)</section>
            \(OwnStandingPart(parts: parts, merchant: merchant, title: MerchantText.standing).markup)
            """
        ).answer()
    }
}

/// Texts of those who keep the list.
enum MerchantText {
    static let enrol = Phrase("登记商家", "Put a merchant on the list")
    static let standing = Phrase("在名录上的状态", "Standing on the list")
    static let changeStanding = Phrase("变更状态", "Change its standing")
    static let rate = Phrase("评定星级", "Rate it")
}
