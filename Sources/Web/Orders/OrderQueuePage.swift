import Casework
import Ledger
import Store
import Workflow

/// What the reader of the queue asked for, as the address has it.
struct OrderQuery: Sendable {
    /// Nil: those that are open.
    let stage: OrderStageName?
    let bureau: String?
    let urgent: Bool?
    let channel: String?
    let isSupervised: Bool
    /// A number, a telephone, or words.
    let text: String

    var isPlain: Bool {
        stage == nil && bureau == nil && urgent == nil && channel == nil && !isSupervised
            && text.isEmpty
    }
}

/// Work orders: open ones by the time that is left, or what a filter finds, the newest first.
struct OrderQueuePage {
    static let ordersShown = 100

    let call: Call
    let query: OrderQuery
    let rows: [OrderRow]
    let counts: [(stage: String, count: Int)]
    let edition: Edition?

    private var parts: Parts { call.parts }
    private var now: Timestamp { Timestamp(call.zone.text(call.office.now())) }

    func answer() -> Answer {
        let mayRegister = OrderPermissions.permit(call.actor.roles, .register)
        let register: HTML? =
            mayRegister
            ? "<p class=\"offers\"><a class=\"button\" href=\"\(Link.newOrder.with(call.language))\">\(parts.say(OrderText.register))</a></p>"
            : nil
        return call.page(
            parts.say(OrderText.queue), section: .orders, at: .orders,
            """
            <section class="lead" \(parts.ticking(from: now))><h1>\(parts.say(OrderText.queue))</h1>
            <p>\(parts.say(OrderText.queueLead))</p>
            \(register)</section>
            <section aria-labelledby="filter"><h2 id="filter">\(parts.say(OrderText.filter))</h2>
            \(stages)\(filter)</section>
            <section aria-labelledby="found"><h2 id="found">\(parts.say(query.isPlain ? OrderText.openOnes : OrderText.find)) <span class="quiet">\(rows.count)</span></h2>
            \(OrderRowsPart(call: call, rows: rows, edition: edition).markup)
            \(parts.cut(rows.count, at: Self.ordersShown))</section>
            """
        ).answer()
    }

    private var stages: HTML? {
        guard !counts.isEmpty else { return nil }
        let chips: [HTML] = OrderStageName.allCases.compactMap { stage in
            guard let count = counts.first(where: { $0.stage == stage.rawValue })?.count else {
                return nil
            }
            let link = Link.orders.with("stage", stage.rawValue).with(call.language)
            return
                "<li class=\"open\"><a href=\"\(link)\">\(parts.say(Names.orderStage(stage.rawValue))) <b>\(count)</b></a></li>\n"
        }
        return "<ul class=\"chips\">\(chips)</ul>"
    }

    private var filter: HTML {
        let stages: [(String, Phrase)] = OrderStageName.allCases.map {
            ($0.rawValue, Names.orderStage($0.rawValue))
        }
        let bureaus: [(String, Phrase)] = (edition?.bureaus ?? []).map {
            ($0.code, Phrase($0.chinese, $0.english))
        }
        let channels: [(String, Phrase)] = (edition?.channels ?? []).map {
            ($0.code, Phrase($0.chinese, $0.english))
        }
        let bureau: HTML? =
            call.actor.orderBureau == nil
            ? select("bureau", Word.bureau.phrase, bureaus, query.bureau, OrderText.anyOne) : nil
        let isPersonal = Sight(ofOrders: call.actor) == .personal
        let label = isPersonal ? OrderText.query : OrderText.queryOfMasked
        let checked: HTML = query.isSupervised ? " checked" : .empty
        return """
            <form class="filters" action="\(Link.orders)" method="get" role="search">
            <p class="field"><label for="q">\(parts.say(label))</label><input id="q" name="q" maxlength="60" autocomplete="off" spellcheck="false" value="\(query.text)"></p>
            \(select("stage", Word.stage.phrase, stages, query.stage?.rawValue, OrderText.openOnes))
            \(bureau)
            \(select("urgent", OrderText.urgency, [("true", OrderText.urgent), ("false", OrderText.notUrgent)], query.urgent.map { "\($0)" }, OrderText.anyOne))
            \(select("channel", Word.channel.phrase, channels, query.channel, OrderText.anyOne))
            <p class="field"><label class="box"><input type="checkbox" name="supervised" value="true"\(checked)> \(parts.say(OrderText.supervised))</label></p>
            <input type="hidden" name="lang" value="\(call.language.code)">
            <p class="act"><button>\(parts.say(OrderText.find))</button> <a href="\(Link.orders.with(call.language))">\(parts.say(OrderText.clear))</a></p>
            </form>
            """
    }

    private func select(
        _ name: String, _ label: Phrase, _ choices: [(String, Phrase)], _ chosen: String?,
        _ blank: Phrase
    ) -> HTML {
        let options: [HTML] = choices.map { code, phrase in
            code == chosen
                ? "<option value=\"\(code)\" selected>\(parts.say(phrase))</option>"
                : "<option value=\"\(code)\">\(parts.say(phrase))</option>"
        }
        return """
            <p class="field"><label for="by-\(name)">\(parts.say(label))</label><select id="by-\(name)" name="\(name)"><option value="">\(parts.say(blank))</option>\(options)</select></p>
            """
    }
}

/// Work orders as a table, each with the clock that presses most.
struct OrderRowsPart {
    let call: Call
    let rows: [OrderRow]
    let edition: Edition?

    private var parts: Parts { call.parts }

    var markup: HTML {
        guard !rows.isEmpty else {
            return "<p class=\"quiet\">\(parts.say(OrderText.nothing))</p>"
        }
        let now = call.office.now()
        let sight = Sight(ofOrders: call.actor)
        let views = rows.map { OrderRowView($0, call.zone, at: now, sight) }
        return parts.table(
            [
                .text(.timeLeft), .said(OrderText.order), .text(.stage), .said(OrderText.kind),
                .text(.bureau), .said(OrderText.receiver), .said(OrderText.registered),
            ], zip(rows, views).map(line), label: parts.say(OrderText.queue))
    }

    private func line(_ row: OrderRow, _ view: OrderRowView) -> [HTML] {
        let clock = view.dueClock.flatMap { OrderClock(rawValue: $0) }.map {
            parts.say(Names.clock($0))
        }
        let whole = row.due.map { row.registeredAt.distanceMs(to: $0) } ?? 0
        let left: HTML =
            if let leftMs = view.leftMs, let due = view.due {
                parts.pace(leftMs: leftMs, of: whole, due: due)
            } else {
                parts.pace(
                    .still, view.isOpen ? parts.say(OrderText.noneRuns) : parts.word(.stoppedClock))
            }
        let due: HTML? = view.due.map { parts.time($0) }
        let tags: HTML = HTML.lines(
            [
                view.isUrgent ? OrderText.urgent : nil,
                view.isSupervised ? OrderText.supervised : nil,
            ].compactMap { tag in
                tag.map { "<span class=\"tag alert\">\(parts.say($0))</span>" as HTML }
            })
        let names = edition.map { OrderNames($0) }
        let start = view.text.prefix(40) + (view.text.count > 40 ? "…" : "")
        return [
            "\(left)<span class=\"under\">\(clock ?? "") \(due)</span>",
            "\(parts.orderLink(view.number))<span class=\"under\">\(start)</span>",
            "\(parts.orderStage(view.stage, isOpen: view.isOpen)) \(tags)",
            "\(parts.say(names?.kind(view.kind) ?? Phrase(view.kind, view.kind)))",
            "\(view.bureau.map { parts.say(names?.bureau($0) ?? Phrase($0, $0)) } ?? "–")",
            "\(view.receiver ?? "–")", parts.time(view.registeredAt),
        ]
    }
}

extension Parts {
    func orderLink(_ number: String) -> HTML {
        "<a class=\"case-number\" href=\"\(Link.page(ID<WorkOrder>(number)).with(language))\">\(number)</a>"
    }

    func orderStage(_ name: String, isOpen: Bool) -> HTML {
        "<span class=\"stage \(isOpen ? "open" : "done")\">\(say(Names.orderStage(name)))</span>"
    }
}
