import Casework
import Ledger

/// One case: facts, rules with clause and arithmetic, clocks, money, evidence, audit trail, vouchers.
struct CasePage {
    let call: Call
    /// Personal data as the reader may see it.
    let view: CaseView
    let names: EditionNames
    let beside: BesideCase

    var language: Language { call.language }
    var parts: Parts { call.parts }

    var page: Page {
        call.page(
            view.number, section: .queue, at: .page(ID<Case>(view.number)),
            """
            <section class="lead" data-live="\(Link.live(ID<Case>(view.number)).with("seen", LiveBoard.standing(version: view.version, beside.listeners)))" \(parts.ticking(from: beside.now))>
            <p class="crumb"><a href="\(Link.queue.with(language))">\(parts.word(.queue))</a></p>
            <h1 class="case-number">\(view.number)</h1>
            <div id="present" data-part>\(present)</div>
            <div id="standing" data-part><p>\(parts.stage(view.stage.name, isOpen: view.stage.isOpen)) \(stageNote)</p>
            \(countdown)\(waiting)</div>
            \(summary)\(DisclosurePage.offer(call, ID<Case>(view.number)))
            </section>
            <div id="offers" data-part>\(offers)</div>
            \(parts.section(.clocks, "clocks", "<div id=\"running\" data-part>\(clocks)</div>"))
            \(parts.section(.entitlement, "entitlement", entitlement))
            \(advance)
            \(parts.section(.rules, "rules", rulings))
            \(parts.section(.facts, "facts", facts))
            \(payouts)
            \(workOrders)
            \(recovery)
            \(evidence)
            \(similar)
            \(parts.section(.events, "events", "<div id=\"trail\" data-part>\(events)</div>"))
            \(parts.section(.vouchers, "vouchers", vouchers))
            """)
    }

    private var stageNote: String {
        let stage = view.stage
        if let resolution = stage.resolution.flatMap({ Resolution(rawValue: $0) }) {
            return parts.say(Names.resolution(resolution))
        }
        if let kinds = stage.awaited {
            return kinds.map { parts.say(names.evidence($0)) }.joined(
                separator: language == .chinese ? "、" : ", ")
        }
        return stage.code ?? stage.to ?? stage.mergedInto ?? ""
    }

    private var offers: HTML? {
        CaseOffersPart(parts: parts, view: view, visitor: call.visitor).markup
    }

    private var waiting: HTML? {
        view.waitsFor.map { "<p class=\"waits\">\(parts.say($0.text))</p>\n" }
    }

    private var summary: HTML {
        let channel =
            Channel(rawValue: view.channel).map { parts.say(Names.channel($0)) } ?? view.channel
        let standing =
            Standing(rawValue: view.merchant.standing).map { parts.say(Names.standing($0)) } ?? ""
        return parts.terms([
            (.matter, "\(parts.say(names.matter(view.matter)))"),
            (.merchant, "\(view.merchant.name) <span class=\"tag\">\(standing)</span>"),
            (.claimed, parts.yuan(view.claimedFen)),
            (.paid, parts.yuan(view.paidFen)),
            (.occurredOn, parts.day(view.occurredOn)),
            (.filedAt, "\(parts.time(view.filedAt)) · \(channel)"),
            (.claimant, "\(view.claimant.name) · \(view.claimant.phone)"),
            (.order, view.order.map { "\($0)" }),
            (.edition, "<code>\(view.terms.edition)</code>"),
        ])
    }

    private var entitlement: HTML {
        guard let determination = view.determination, !determination.heads.isEmpty else {
            return "<p class=\"quiet\">\(parts.word(.none)) \(view.determination?.code ?? "")</p>"
        }
        let rows: [[HTML]] = determination.heads.map { head in
            [
                "<code>\(head.code)</code>", "\(head.clause)",
                "<span class=\"arithmetic\">\(head.arithmetic)</span>",
                "\(parts.word(head.isCovered ? .covered : .notCovered))",
                parts.yuan(head.amountFen),
            ]
        }
        return """
            \(parts.table([.text(.kind), .text(.clause), .text(.arithmetic), .text(.covered), .number(.amount)], rows, label: parts.word(.entitlement)))
            <p class="totals">\(parts.word(.total)) \(parts.yuan(determination.entitlementFen)) · \(parts.word(.covered)) \(parts.yuan(determination.coveredFen))</p>
            """
    }

    private var advance: HTML {
        guard let advance = view.advance else { return .empty }
        let path =
            AdvanceDecision.Path(rawValue: advance.path).map { parts.say(Names.path($0)) }
            ?? advance.path
        let approvals = advance.approvals.map { "\($0.by) (\(role($0.role)))" }.joined(
            separator: ", ")
        let content = parts.terms([
            (.amount, parts.yuan(advance.amountFen)),
            (.path, "\(path) <span class=\"tag\">\(advance.code)</span>"),
            (.state, "\(parts.say(Names.advance(advance.state)))"),
            (.approvals, approvals.isEmpty ? nil : "\(approvals)"),
            (
                .outstanding,
                advance.outstanding.isEmpty
                    ? nil : "\(advance.outstanding.map(role).joined(separator: ", "))"
            ),
            (.reason, advance.reason.map { "\($0)" }),
        ])
        return parts.section(.advance, "advance", content)
    }

    private func role(_ name: String) -> String {
        Role(rawValue: name).map { parts.say(Names.role($0)) } ?? name
    }

    /// The ruling that counts of each model in full; those it replaced folded away.
    private var rulings: HTML {
        guard !view.rulings.isEmpty else { return "<p class=\"quiet\">\(parts.word(.noRules))</p>" }
        let shown: [HTML] = view.rulings.enumerated().map { index, each in
            let isReplaced = view.rulings[(index + 1)...].contains { $0.model == each.model }
            guard isReplaced else {
                return "<article class=\"ruling\">\n\(ruling(each))\n</article>\n"
            }
            let name = parts.say(Names.model(each.model))
            return """
                <details class="ruling"><summary>\(parts.word(.earlier)): \(name)</summary>
                \(ruling(each))
                </details>

                """
        }
        return "\(shown)"
    }

    private func ruling(_ ruling: RulingView) -> HTML {
        let rules: [HTML] = ruling.rules.map { rule in
            """
            <li><p>\(parts.say(Phrase(rule.zh, rule.en)))</p>
            <p class="quiet">\(parts.word(.clause)) \(rule.clause) · <code>\(rule.table)</code> \(parts.word(.row)) \(rule.row)</p></li>

            """
        }
        let none: HTML? =
            rules.isEmpty ? "<p class=\"quiet\">\(parts.word(.noRules))</p>" : nil
        let outcome = parts.say(Phrase(ruling.outcome, ruling.outcomeEn))
        return """
            <header><h3>\(parts.say(Names.model(ruling.model)))</h3> <p>\(outcome)</p></header>
            <ol>\(rules)</ol>\(none)
            <footer><code>\(ruling.edition)</code></footer>
            """
    }

    private var facts: HTML {
        guard !view.facts.isEmpty else { return "<p class=\"quiet\">\(parts.word(.none))</p>" }
        let rows: [[HTML]] = view.facts.sorted { $0.key < $1.key }.map { name, fact in
            [
                "\(parts.say(names.fact(name))) <code class=\"quiet\">\(name)</code>",
                "\(parts.say(names.value(fact, of: name)))",
            ]
        }
        return parts.table([.text(.fact), .text(.value)], rows, label: parts.word(.facts))
    }
}
