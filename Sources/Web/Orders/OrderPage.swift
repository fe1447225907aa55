import Casework
import Ledger
import Store
import Workflow

/// One work order on one page: who calls and what for, what may be done now, the limits with their
/// ledgers, why it was sorted and sent so, who had it, what came of it.
struct OrderPage {
    let call: Call
    let whole: WholeOrder
    /// Personal data as the reader may see it.
    let view: OrderView
    /// Earlier orders that may be about the same thing.
    let alike: [LikeOrder]

    var language: Language { call.language }
    var parts: Parts { call.parts }
    var names: OrderNames { OrderNames(whole.edition) }
    var id: ID<WorkOrder> { whole.order.id }

    init(_ call: Call, _ whole: WholeOrder, alike: [LikeOrder]) {
        self.call = call
        self.whole = whole
        self.alike = alike
        view = OrderView(
            whole, call.zone, at: call.office.now(), Sight(ofOrders: call.actor))
    }

    var page: Page {
        call.page(
            view.number, section: .orders, at: .page(id),
            """
            <section class="lead" \(parts.ticking(from: Timestamp(call.zone.text(call.office.now()))))>
            <p class="crumb"><a href="\(Link.orders.with(language))">\(parts.say(OrderText.queue))</a></p>
            <h1 class="case-number">\(view.number)</h1>
            <p>\(parts.orderStage(view.stage.name, isOpen: view.stage.isOpen)) \(stageNote) \(tags)</p>
            <blockquote class="words">\(view.demand.text)</blockquote>
            \(waiting)\(summary)\(DisclosurePage.offer(call, id))
            </section>
            \(offers)
            \(parts.section(OrderText.clocks, "clocks", clocks))
            \(dispatches)
            \(parts.section(OrderText.grounds, "grounds", grounds))
            \(facts)
            \(messages)
            \(evidence)
            \(afterwards)
            \(linked)
            \(notices)
            \(parts.section(OrderText.history, "events", history))
            """)
    }

    private var stageNote: HTML {
        let stage = view.stage
        if let outcome = stage.outcome { return "\(parts.say(Phrase(outcome.zh, outcome.en)))" }
        if let first = stage.mergedInto { return parts.orderLink(first) }
        return "\(stage.code ?? "")"
    }

    private var tags: HTML {
        let said: [Phrase?] = [
            view.isUrgent ? OrderText.urgent : nil, view.isSupervised ? OrderText.supervised : nil,
            view.isWithDuty ? OrderText.withDuty : nil,
            view.isWithDiscipline ? OrderText.withDiscipline : nil,
            view.isDoublyAssigned ? OrderText.doubly : nil,
            view.demand.about == nil ? nil : OrderText.aboutOffice,
        ]
        return HTML.lines(
            said.compactMap { tag in
                tag.map { "<span class=\"tag alert\">\(parts.say($0))</span>" as HTML }
            })
    }

    private var waiting: HTML? {
        guard let reason = view.pause.flatMap({ PauseReason(rawValue: $0) }) else { return nil }
        return
            "<p class=\"waits\">\(parts.say(OrderText.paused)): \(parts.say(Names.pause(reason)))</p>\n"
    }

    private var summary: HTML {
        let demand = view.demand
        let channel =
            Channel(rawValue: demand.channel).map { parts.say(Names.channel($0)) } ?? demand.channel
        let caller = demand.caller.name ?? parts.say(OrderText.anonymous)
        let phone = demand.caller.phone ?? parts.say(OrderText.unreachable)
        let bureau: HTML? = whole.order.assignment.map {
            "\(parts.say(names.bureau($0.lead)))"
        }
        return parts.list([
            (OrderText.caller, "\(caller) · \(phone)"),
            (OrderText.kind, "\(parts.say(names.kind(view.kind)))"),
            (OrderText.category, "\(parts.say(names.category(view.category)))"),
            (OrderText.area, view.area.map { "\(parts.say(names.area($0)))" }),
            (Word.bureau.phrase, bureau),
            (OrderText.receiver, view.receiver.map { "\($0)" }),
            (OrderText.place, demand.place.map { "\($0)" }),
            (Word.merchant.phrase, demand.merchantName.map { "\($0)" }),
            (
                OrderText.registered,
                "\(parts.time(view.registeredAt)) · \(channel) · \(view.registeredBy)"
            ),
            (OrderText.elsewhere, demand.numberElsewhere.map { "\($0)" }),
            (OrderText.difficulty, view.difficulty.map { "\($0)" }),
            (OrderText.returns, view.returns > 0 ? "\(view.returns)" : nil),
            (OrderText.reminders, view.reminders > 0 ? "\(view.reminders)" : nil),
            (OrderText.round, view.round > 0 ? "\(view.round)" : nil),
            (
                OrderText.providers,
                view.providersNamed.isEmpty
                    ? nil : "\(view.providersNamed.joined(separator: "、"))"
            ),
            (Word.edition.phrase, "<code>\(view.edition)</code>"),
        ])
    }

    private var offers: HTML {
        OrderOffersPart(
            parts: parts, whole: whole, actor: call.actor, now: call.office.now()
        ).markup
    }

    // MARK: Grounds

    var grounds: HTML {
        let sorted: HTML? = view.classification.map { found in
            rules(
                OrderText.sorted, "\(parts.say(names.category(found.category)))", found.rules)
        }
        let now = view.routing
        let then: HTML? =
            now == nil
            ? view.routingThen.map { rules(OrderText.routedThen, way($0), $0.rules) } : nil
        let proposed: HTML? = now.map { rules(OrderText.routedNow, way($0), $0.rules) }
        let limits: [[HTML]] = view.limits.map { limit in
            let due: HTML? = limit.due.map { parts.time($0) }
            return [
                "\(parts.say(Phrase(limit.zh, limit.en)))",
                "\(parts.say(LimitText.of(limit.count, limit.unit)))",
                "\(parts.say(OrderText.startsWhen(limit.startsAt)))", due ?? "–", "\(limit.clause)",
            ]
        }
        let table: HTML =
            limits.isEmpty
            ? .empty
            : parts.table(
                [
                    .text(.clock), .text(.limit), .said(OrderText.startsAt), .text(.due),
                    .text(.clause),
                ], limits, label: parts.say(OrderText.limitsSet))
        return """
            \(sorted)\(then)\(proposed)
            <h3>\(parts.say(OrderText.limitsSet))</h3>\(table)
            """
    }

    private func way(_ routing: OrderRoutingView) -> HTML {
        let lead: HTML? = routing.lead.map { "\(parts.say(names.bureau($0)))" }
        let with: HTML? =
            routing.assisting.isEmpty
            ? nil
            : "<span class=\"quiet\">\(parts.say(OrderText.assisting)) \(parts.say(names.bureaus(routing.assisting)))</span>"
        let line: HTML? = routing.line.map { "\($0)" }
        return "\(parts.say(OrderText.way(routing.way))) \(lead) \(line) \(with)"
    }

    private func rules(_ title: Phrase, _ outcome: HTML, _ rules: [RuleView]) -> HTML {
        let items: [HTML] = rules.map { rule in
            """
            <li><p>\(parts.say(Phrase(rule.zh, rule.en)))</p>
            <p class="quiet">\(parts.word(.clause)) \(rule.clause) · <code>\(rule.table)</code> \(parts.word(.row)) \(rule.row)</p></li>

            """
        }
        return """
            <article class="ruling"><header><h3>\(parts.say(title))</h3> <p>\(outcome)</p></header>
            <ol>\(items)</ol></article>

            """
    }

    private var facts: HTML {
        guard !view.facts.isEmpty else { return .empty }
        let known = EditionNames(whole.edition)
        let rows: [[HTML]] = view.facts.sorted { $0.key < $1.key }.map { name, fact in
            [
                "\(parts.say(known.fact(name))) <code class=\"quiet\">\(name)</code>",
                "\(parts.say(known.value(fact, of: name)))",
            ]
        }
        return parts.section(
            .facts, "facts",
            parts.table([.text(.fact), .text(.value)], rows, label: parts.word(.facts)))
    }
}

/// A limit as the edition says it.
enum LimitText {
    static func of(_ count: Int, _ unit: String) -> Phrase {
        switch Clock.Limit.Unit(rawValue: unit) {
        case .days: Phrase("\(count)天", "\(count) days")
        case .workingDays: Phrase("\(count)个工作日", "\(count) working days")
        case .workingMinutes: Phrase("\(count)个工作分钟", "\(count) working minutes")
        case .workingHours: Phrase("\(count)个工作小时", "\(count) working hours")
        case .hours: spanText(Int64(count) * 3_600_000)
        case .minutes, nil: spanText(Int64(count) * 60_000)
        }
    }
}
