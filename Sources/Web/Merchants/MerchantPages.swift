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
            return OwnCasePage(call: call, view: whole.view(call.office, .masked)).answer()
        },
    ]

    private static func list(_ call: Call, _ merchants: [MerchantView]) -> Answer {
        let parts = call.parts
        let rows: [[HTML]] = merchants.map { merchant in
            [
                "\(merchant.name)",
                standing(merchant, parts),
                "\(stars(merchant.stars))",
                "\(parts.word(merchant.isCovered ? .yes : .no))",
            ]
        }
        let title = parts.say(Phrase("商家名录", "Merchants"))
        return call.page(
            title, section: .merchants, at: .merchants,
            """
            <section class="lead"><h1>\(title)</h1>
            <p>\(parts.say(Phrase("在名录上的商家，消费纠纷可以先行赔付。", "Disputes with merchants of this list are covered by the fund.")))</p></section>
            \(parts.table([.text(.merchant), .text(.state), .text(.stars), .text(.covered)], rows, label: title))
            \(parts.cut(rows.count, at: shown))
            """
        ).answer()
    }

    private static func standing(_ merchant: MerchantView, _ parts: Parts) -> HTML {
        let name = Standing(rawValue: merchant.standing).map { parts.say(Names.standing($0)) }
        return "<span class=\"tag\">\(name ?? merchant.standing)</span>"
    }

    private static func stars(_ count: Int?) -> String {
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
        let head: HTML? = merchant.map {
            "<p>\(standing($0, parts)) \(stars($0.stars))</p>"
        }
        let title = merchant?.name ?? ""
        return call.page(
            title, section: .own, at: .ownCases,
            """
            <section class="lead"><h1>\(title)</h1>\(head)</section>
            \(rows.isEmpty ? "<p class=\"quiet\">\(parts.word(.noCases))</p>" : parts.table([.text(.caseWord), .text(.matter), .text(.stage), .number(.claimed), .number(.advance), .text(.filedAt)], rows, label: title))
            \(parts.cut(rows.count, at: shown))
            """
        ).answer()
    }
}

/// One case as the merchant sees it: what is claimed, what was paid in its place, and what it may answer.
/// No personal data of the tourist.
struct OwnCasePage {
    let call: Call
    let view: CaseView

    func answer() -> Answer {
        let parts = call.parts
        let names = EditionNames(call.office, edition: view.terms.edition)
        let rules: [HTML] = view.rulings.flatMap(\.rules).map { rule in
            "<li><p>\(parts.say(Phrase(rule.zh, rule.en)))</p><p class=\"quiet\">\(rule.clause)</p></li>\n"
        }
        return call.page(
            view.number, section: .own, at: .own(ID<Case>(view.number)),
            """
            <section class="lead"><p class="crumb"><a href="\(Link.ownCases.with(parts.language))">\(parts.word(.back))</a></p>
            <h1 class="case-number">\(view.number)</h1>
            <p>\(parts.stage(view.stage.name, isOpen: view.stage.isOpen))</p>
            \(parts.terms([(.matter, "\(parts.say(names.matter(view.matter)))"), (.claimed, parts.yuan(view.claimedFen)), (.paid, parts.yuan(view.paidFen)), (.occurredOn, parts.day(view.occurredOn)), (.order, view.order.map { "\($0)" })]))
            </section>
            \(recovery)
            \(OwnEvidence.list(call, ID<Case>(view.number), view.evidence))
            <section><h2>\(parts.say(TouristText.why))</h2><ol class="ruling">\(rules)</ol></section>
            """
        ).answer()
    }

    private var recovery: HTML? {
        guard let recovery = view.recovery else { return nil }
        let parts = call.parts
        let served: HTML? = recovery.noticeServedOn.map { parts.day($0) }
        let answer =
            recovery.outstandingFen == .zero || recovery.response != nil
            ? nil
            : Link.command("response", below: .page(ID<Case>(view.number)), seen: view.version)
        let offer: HTML? = answer.map {
            "<p class=\"offers\"><a class=\"button\" href=\"\($0.with(parts.language))\">\(parts.say(Phrase("答复：认可、部分认可或提出异议", "Answer: accept, accept in part, or dispute")))</a></p>"
        }
        return """
            <section><h2>\(parts.word(.recovery))</h2>
            \(parts.terms([(.owed, parts.yuan(recovery.outstandingFen)), (.repaid, parts.yuan(recovery.repaidFen)), (.date, served), (.state, "\(recovery.response.map { parts.say(FieldNames.choice("response", $0)) } ?? "–")")]))
            \(offer)</section>
            """
    }
}
