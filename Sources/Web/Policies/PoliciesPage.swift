import Casework
import Ledger
import Workflow

/// All editions with their days, and the drafts that lie beside them.
struct PoliciesPage {
    let call: Call

    private var parts: Parts { call.parts }

    func answer() async throws -> Answer {
        let today = call.zone.day(at: call.office.now())
        let books = call.office.policyBooks
        var entries = try await call.office.editionRegister().entries.map {
            (book: books[0], prefix: "", view: EditionView($0, call.zone))
        }
        if let hotline = try await call.office.hotlineRegister(), books.count > 1 {
            entries += hotline.entries.map {
                (book: books[1], prefix: "hotline/", view: EditionView($0, call.zone))
            }
        }
        let rows: [[HTML]] = entries.map { book, prefix, view in
            let name = book.editions.first { $0.id == view.edition }
            let current = try? book.edition(inForceOn: today)
            let isInForce = view.state == "approved" && current?.id == view.edition
            let mark: HTML? =
                isInForce ? " \(parts.pace(.inTime, parts.say(PolicyText.inForce)))" : nil
            return [
                "\(parts.link(.policy(name?.name ?? prefix + view.edition), prefix + view.edition))\(mark)",
                "\(name.map { parts.say(Phrase($0.chinese, $0.english)) } ?? "–")",
                "\(parts.day(view.from)) – \(view.until.map { parts.day($0) })",
                "\(parts.say(PolicyText.state(view.state)))", "\(who(view))",
            ]
        }
        let drafts = try await call.office.drafts()
        let items: [HTML] = drafts.map { "<li>\(parts.link(.policy($0), $0))</li>" }
        return call.page(
            parts.say(PolicyText.policies), section: .policies, at: .policies,
            """
            <section class="lead"><h1>\(parts.say(PolicyText.policies))</h1>
            <p>\(parts.say(PolicyText.lead))</p></section>
            <section>\(parts.table(Self.columns, rows, label: parts.say(PolicyText.editions)))</section>
            \(parts.section(PolicyText.drafts, "drafts", items.isEmpty ? "<p class=\"quiet\">\(parts.say(PolicyText.noDrafts))</p>" : "<ul class=\"chips\">\(items)</ul>"))
            """
        ).answer()
    }

    private static let columns: [Parts.Column] = [
        .text("版本", "Edition"), .text("名称", "Name"), .text("施行", "In force"),
        .text("状态", "State"), .text("谁", "By"),
    ]

    private func who(_ view: EditionView) -> String {
        view.steps.map { "\(parts.say(PolicyText.step($0.step))) \($0.by)" }
            .joined(separator: parts.say(Phrase("；", "; ")))
    }
}
