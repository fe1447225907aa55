import Casework
import Ledger
import NIOCore
import Store
import Workflow

/// The form of a demand while the caller is on the line: first what kind it is, then what that kind needs.
struct OrderIntakePage {
    let call: Call
    let edition: Edition
    /// Nil: still to be chosen.
    let kind: OrderKind?
    /// What of the rarer parts of the form is asked for: `joint`, `about`.
    let with: String?
    var entries = FormEntries()
    var problem: Problem?

    private var parts: Parts { call.parts }
    private var isDesk: Bool { call.visitor.may(.readOrders) }
    private var section: Page.Section? { isDesk ? .orders : .demand }

    func answer(_ status: Int = 200) -> Answer {
        let title = parts.say(OrderText.register)
        return call.page(title, section: section, at: .newOrder, kind.map(form) ?? choice)
            .answer(status)
    }

    private var choice: HTML {
        let links: [HTML] = edition.hotline.kinds.map { kind in
            "<li><a class=\"choice\" href=\"\(Link.newOrder.with("kind", kind.code).with(parts.language))\">\(parts.say(Phrase(kind.chinese, kind.english)))</a></li>\n"
        }
        return """
            <section class="lead"><h1>\(parts.say(OrderText.chooseKind))</h1>
            <p>\(parts.say(OrderText.chooseKindLead))</p></section>
            <section><ul class="matters">\(links)</ul></section>
            """
    }

    private func form(_ kind: OrderKind) -> HTML {
        let own = Link.newOrder.with("kind", kind.code)
        let wrong: HTML? = problem.map { ProblemPart(parts: parts, problem: $0).markup }
        let others: [HTML] = [("joint", OrderText.withJoint), ("about", OrderText.withAbout)]
            .filter { $0.0 != with }.map { name, phrase in
                "<a class=\"button second\" href=\"\(own.with("with", name).with(parts.language))\">\(parts.say(phrase))</a>\n"
            }
        let plain = Link.orders.with("kind", kind.code)
        let target = with.map { plain.with("with", $0) } ?? plain
        return """
            <section class="lead"><p class="crumb"><a href="\(Link.newOrder.with(parts.language))">\(parts.say(OrderText.otherKind))</a></p>
            <h1>\(parts.say(Phrase(kind.chinese, kind.english)))</h1>
            <p class="offers">\(others)</p></section>
            \(wrong)
            <form class="command" method="post" data-draft="order-\(kind.code)" action="\(target.with(parts.language))">
            \(call.hidden(key: entries["key"]))<input type="hidden" name="kind" value="\(kind.code)">
            \(fields.fields(Fields.schema(of: OrderIntakeForm.self)))
            <p class="act"><button>\(parts.say(OrderText.send))</button></p>
            </form>
            """
    }

    private var fields: FormMarkup {
        var shown = entries
        if isDesk, shown["channel"] == nil { shown.add("channel", Channel.phone.rawValue) }
        var choices = edition.intakeChoices
        choices["kind"] = nil
        return FormMarkup(
            parts: parts, entered: shown, problems: problem?.errors ?? [], choices: choices,
            facts: edition.orderFacts.filter {
                isDesk || $0.source == .tourist || $0.otherwise == nil
            },
            factsNeeded: edition.orderFactsNeeded, leftOut: leftOut)
    }

    /// What is not asked: what policy says itself, what the office has no use for, what is rare.
    private var leftOut: Set<String> {
        var out: Set = ["kind", "category", "merchant", "joint", "about"]
        if edition.hotline.areas.isEmpty { out.insert("area") }
        if let with { out.remove(with) }
        if !isDesk { out.formUnion(["channel", "number_elsewhere", "report_kind"]) }
        return out
    }
}

extension Edition {
    /// The choices that a demand's form takes from the edition.
    fileprivate var intakeChoices: [String: [FormMarkup.Choice]] {
        var all = bureauChoices
        all["report_kind"] = hotline.kinds.map {
            .init(code: $0.code, name: Phrase($0.chinese, $0.english))
        }
        all["area"] = hotline.areas.map {
            .init(code: $0.code, name: Phrase($0.chinese, $0.english))
        }
        all["channel"] = channels.map {
            .init(code: $0.code, name: Phrase($0.chinese, $0.english))
        }
        return all
    }
}

extension Call {
    func intakePage() throws -> OrderIntakePage {
        let edition = try hotlineInForce()
        let kind = query("kind").flatMap { code in edition.hotline.kinds.first { $0.code == code } }
        let with = query("with").flatMap { ["joint", "about"].contains($0) ? $0 : nil }
        return OrderIntakePage(call: self, edition: edition, kind: kind, with: with)
    }

    /// - Throws: 404 where the office answers no line.
    func hotlineInForce() throws -> Edition {
        try checkHotline()
        return try office.hotlinePolicies.edition(inForceOn: zone.day(at: office.now()))
    }

    func checkHotline() throws(Problem) {
        guard office.services.contains(.hotline) else {
            throw .noSuch(OrderText.noHotline, office.books.fund)
        }
    }

    /// Registers what the form says, and shows what follows from it, or the form again.
    func submitDemand() async throws -> Answer {
        var page = try intakePage()
        page.entries = try await entries()
        if page.entries["channel"] == nil { page.entries.add("channel", Channel.web.rawValue) }
        guard let route = OrderRoutes.all.first(where: { $0.id == "registerOrder" }) else {
            preconditionFailure("the API registers demands")
        }
        let edition = page.edition
        let json = EntryJSON(entries: page.entries, zone: zone) { name in
            edition.factKind(name)?.shape ?? .text
        }.object(Fields.schema(of: OrderIntakeForm.self))
        let answer: Answer
        do {
            answer = try await route.handle(
                asking(route, json: json, key: page.entries["key"], version: nil))
        } catch {
            page.problem = try shown(error)
            return page.answer(page.problem?.status ?? 400)
        }
        return try await receipt(of: answer)
    }

    private func receipt(of answer: Answer) async throws -> Answer {
        guard let said = try? JSONReader.read(Array(answer.body.readableBytesView)),
            case .text(let number)? = said["number"], case .text(let code)? = said["tracking_code"],
            let id = OrderNumber.read(number)
        else { preconditionFailure("registering answers a number and a code") }
        let whole = try await office.wholeOrder(id)
        let alike = try await office.read { try $0.ordersLike(whole.order.demand, than: id) }
        return OrderReceiptPage(call: self, whole: whole, code: code, alike: alike).answer()
    }
}

/// What an agent reads to the caller: the number, the code, what was decided and by when.
struct OrderReceiptPage {
    let call: Call
    let whole: WholeOrder
    let code: String
    let alike: [LikeOrder]

    func answer() -> Answer {
        let parts = call.parts
        let isDesk = call.visitor.may(.readOrders)
        let page = OrderPage(call, whole, alike: alike)
        let id = whole.order.id
        let open: HTML =
            isDesk
            ? "<a class=\"button\" href=\"\(Link.page(id).with(parts.language))\">\(parts.say(OrderText.openOrder))</a>\n"
            : "<a class=\"button\" href=\"\(Link.track.with(parts.language))\">\(Page.Section.track.name[parts.language])</a>\n"
        let urgent: HTML? =
            whole.order.terms.isUrgent
            ? "<span class=\"tag alert\">\(parts.say(OrderText.urgent))</span>" : nil
        let report: HTML? = whole.order.links.lazy.compactMap { link -> HTML? in
            guard isDesk, case .report(let number) = link else { return nil }
            return "<p>\(parts.say(OrderText.alsoReport)): \(parts.orderLink(number.text))</p>\n"
        }.first
        let answer = call.page(
            parts.say(OrderText.receipt), section: isDesk ? .orders : .demand, at: .newOrder,
            """
            <section class="lead"><h1>\(parts.say(OrderText.receipt))</h1>
            <p class="hero case-number">\(id.text)</p>
            <p>\(parts.orderStage(page.view.stage.name, isOpen: page.view.stage.isOpen)) \(urgent)</p>
            <p class="keep">\(parts.say(OrderText.code)) <strong><code>\(code)</code></strong></p>
            \(report)
            <p class="offers">\(open)<a class="button second" href="\(Link.newOrder.with(parts.language))">\(parts.say(OrderText.next))</a></p></section>
            \(isDesk ? parts.section(OrderText.grounds, "grounds", page.grounds) : nil)
            \(parts.section(OrderText.clocks, "clocks", page.clocks))
            \(isDesk ? page.linked : nil)
            """
        ).answer(201)
        return answer
    }
}
