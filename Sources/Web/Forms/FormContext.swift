import Casework
import Ledger
import Store
import Workflow

/// What a command's form knows of the thing it is about: the words of its edition, and what is left out.
struct FormContext: Sendable {
    let edition: Edition?
    var choices: [String: [FormMarkup.Choice]] = [:]
    /// The facts that a form with facts asks for.
    var facts: [FactKind] = []
    /// Fields that mean nothing here, such as an area where the edition knows none.
    var leftOut: Set<String> = []
    /// What stands in the form at first.
    var given = FormEntries()
    /// What the form is about, above its fields.
    var about: Phrase?

    func factShape(_ name: String) -> EntryJSON.FactShape {
        edition?.factKind(name)?.shape ?? .text
    }
}

extension Call {
    /// - Throws: What showing the thing itself would: it is not there, or not the reader's.
    func formContext(of command: Route) async throws -> FormContext {
        guard command.path.hasPrefix(OrderVerb.folder) else {
            if command.path.hasPrefix("/api/v1/knowledge") {
                let edition = hotlineEdition
                return FormContext(
                    edition: edition, choices: edition?.orderChoices(of: command) ?? [:])
            }
            return FormContext(edition: edition, choices: editionChoices)
        }
        let id = try orderID()
        let whole = try await office.wholeOrder(id)
        let (order, edition) = (whole.order, whole.edition)
        try checkBureau(order)
        var context = FormContext(edition: edition, choices: edition.orderChoices(of: command))
        context.facts = edition.orderFacts
        if edition.hotline.areas.isEmpty { context.leftOut.insert("area") }
        context.choices["provider"] = order.providersNamed.map {
            .init(code: $0, name: Phrase($0, $0))
        }
        context.choices["member"] = (order.demand.joint?.members ?? []).map {
            .init(code: $0.id, name: Phrase($0.id, $0.id))
        }
        context.given = whole.given(for: command)
        let (names, sight) = (OrderNames(edition), Sight(ofOrders: actor))
        if command.id == "orderAddMessage" || command.id == "orderReply" {
            context.choices["evidence"] = order.evidence.map {
                .init(code: $0.hash, name: Phrase(sight.text($0.name), sight.text($0.name)))
            }
            if order.evidence.isEmpty { context.leftOut.insert("evidence") }
            // Who comes with a tracking code speaks as the caller.
            if !visitor.isNamed { context.leftOut.formUnion(["from", "channel"]) }
        }
        let (kind, text) = (names.kind(order.sorting.kind), sight.text(order.demand.text))
        let start = text.prefix(60) + (text.count > 60 ? "…" : "")
        context.about = Phrase(
            "\(order.id)（\(kind.zh)）：\(start)", "\(order.id) (\(kind.en)): \(start)")
        return context
    }

    /// The edition of work orders in force today; where none is, the latest.
    var hotlineEdition: Edition? {
        (try? office.hotlinePolicies.edition(inForceOn: zone.day(at: office.now())))
            ?? office.hotlinePolicies.editions.last
    }
}

extension WholeOrder {
    /// Where it is to be sent by the edition's proposal; how it is sorted now.
    fileprivate func given(for command: Route) -> FormEntries {
        var given = FormEntries()
        switch command.id {
        case "orderDispatch", "orderDesignate", "orderSettleAtMeeting":
            guard let proposed = routing?.outcome, let lead = proposed.lead else { return given }
            given.add("lead", lead)
            for bureau in proposed.assisting { given.add("assisting", bureau) }
        case "orderSort":
            given.add("kind", order.sorting.kind)
            given.add("area", order.sorting.area ?? "")
        default: break
        }
        return given
    }
}

extension Edition {
    var bureauChoices: [String: [FormMarkup.Choice]] {
        let all = bureaus.map(Self.choice)
        return ["bureau": all, "lead": all, "assisting": all, "owner": all, "bureaus": all]
    }

    /// The choices that this edition names in the fields of a command on a work order.
    func orderChoices(of command: Route) -> [String: [FormMarkup.Choice]] {
        var all = bureauChoices
        func list(_ kinds: [OrderKind]) -> [FormMarkup.Choice] {
            kinds.map { .init(code: $0.code, name: Phrase($0.chinese, $0.english)) }
        }
        // Of a link the kind is another thing.
        if command.id != "orderLink" { all["kind"] = list(hotline.kinds) }
        all["report_kind"] = list(hotline.kinds)
        all["category"] = list(hotline.categories)
        all["area"] = hotline.areas.map(Self.choice)
        // Some editions call a kind and a category by one code.
        all["subjects"] =
            list(hotline.kinds)
            + list(hotline.categories).filter { category in
                !hotline.kinds.contains { $0.code == category.code }
            }
        return all
    }

    private static func choice(_ named: Named) -> FormMarkup.Choice {
        .init(code: named.code, name: Phrase(named.chinese, named.english))
    }
}
