import Casework
import Ledger
import Store
import Workflow

/// The list for everyone, and for a merchant's own people the cases against it.
enum MerchantPages {
    private static let shown = 200

    static let all: [Route] = [
        PageRoutes.page("/merchants", "merchantsPage", Phrase("商家名录", "The merchants of the list"))
        { call in
            let today = call.zone.day(at: call.office.now())
            let found = try await call.office.read { try $0.merchants(named: "", limit: shown) }
            return list(call, found.map { MerchantView($0, on: today) })
        },
        PageRoutes.page(
            "/own", "ownCasesPage", Phrase("针对本店的案件", "The cases against us"),
            .command(.recordResponse)
        ) { call in
            guard let own = call.actor.merchant else { throw Problem.notYourCase }
            let (zone, now) = (call.zone, call.office.now())
            var filter = CaseFilter()
            (filter.merchant, filter.limit) = (own, shown)
            let (merchant, rows) = try await call.office.read { [filter] in
                (try $0.merchant(own), try $0.caseRows(filter))
            }
            return cases(
                call, merchant.map { MerchantView($0, on: zone.day(at: now)) },
                rows.map { CaseRowView($0, zone, at: now) })
        },
        PageRoutes.page(
            "/own/{case}", "ownCasePage", Phrase("针对本店的一个案件", "A case against us"),
            .command(.recordResponse)
        ) { call in
            let whole = try await call.office.wholeCase(try call.caseID())
            guard let own = call.actor.merchant, whole.file.filing.merchant == own else {
                throw Problem.notYourCase
            }
            return OwnCasePage(
                call: call, view: whole.view(call.office, .masked), recovery: whole.file.recovery
            ).answer()
        },
        PageRoutes.post(
            "/own/{case}/proof", "proveRepayment", OwnText.prove, .command(.recordResponse)
        ) { call in
            try await call.proveRepayment()
        },
    ]

    private static func list(_ call: Call, _ merchants: [MerchantView]) -> Answer {
        let parts = call.parts
        let rows: [[HTML]] = merchants.map { merchant in
            [
                call.visitor.may(.readCases)
                    ? parts.link(.page(ID<Merchant>(merchant.id)), merchant.name)
                    : "\(merchant.name)",
                standing(merchant, parts),
                "\(stars(merchant.stars))",
                "\(parts.word(merchant.isCovered ? .yes : .no))",
            ]
        }
        let title = parts.say(TouristText.merchantsTitle)
        let enrol: HTML? =
            call.visitor.may(.manageMerchants)
            ? "<p class=\"offers\"><a class=\"button\" href=\"\(Link.newMerchant.with(parts.language))\">\(parts.say(MerchantText.enrol))</a></p>"
            : nil
        return call.page(
            title, section: .merchants, at: .merchants,
            """
            <section class="lead"><h1>\(title)</h1>
            <p>\(parts.say(TouristText.merchantsLead))</p>\(enrol)</section>
            \(parts.table([.text(.merchant), .text(.state), .text(.stars), .text(.covered)], rows, label: title))
            \(parts.cut(rows.count, at: shown))
            """
        ).answer()
    }

    static func standing(_ merchant: MerchantView, _ parts: Parts) -> HTML {
        let name = Standing(rawValue: merchant.standing).map { parts.say(Names.standing($0)) }
        return "<span class=\"tag\">\(name ?? merchant.standing)</span>"
    }

    static func stars(_ count: Int?) -> String {
        count.map { String(repeating: "★", count: $0) + String(repeating: "☆", count: 5 - $0) }
            ?? "–"
    }

    private static func cases(
        _ call: Call, _ merchant: MerchantView?, _ cases: [CaseRowView]
    ) -> Answer {
        let parts = call.parts
        let names = EditionNames(call.office)
        let rows: [[HTML]] = cases.map { view in
            [
                "<a class=\"case-number\" href=\"\(Link.own(ID<Case>(view.number)).with(parts.language))\">\(view.number)</a>",
                "\(parts.say(names.matter(view.matter)))",
                parts.stage(view.stage, isOpen: view.isOpen),
                parts.yuan(view.claimedFen),
                view.advanceFen == .zero ? "–" : parts.yuan(view.advanceFen),
                parts.time(view.filedAt),
            ]
        }
        let title = merchant?.name ?? ""
        let own: HTML? = merchant.map { OwnStandingPart(parts: parts, merchant: $0).markup }
        return call.page(
            title, section: .own, at: .ownCases,
            """
            <section class="lead"><h1>\(title)</h1></section>
            <section><h2>\(parts.say(OwnText.cases))</h2>
            \(rows.isEmpty ? "<p class=\"quiet\">\(parts.word(.noCases))</p>" : parts.table([.text(.caseWord), .text(.matter), .text(.stage), .number(.claimed), .number(.advance), .text(.filedAt)], rows, label: title))
            \(parts.cut(rows.count, at: shown))</section>
            \(own)
            """
        ).answer()
    }
}
