import Casework
import Ledger
import Workflow

/// The commands a work order's page offers its reader, as links to their forms. Which are open the order
/// itself says; here stands only in which order they are read.
struct OrderOffersPart {
    let parts: Parts
    let whole: WholeOrder
    let actor: Actor
    let now: Moment

    /// So many stand open, the others are folded away.
    private static let shownFirst = 6

    var markup: HTML {
        let open = whole.order.openCommands(to: actor, at: now, on: whole.schedules)
        var order = Self.order
        func putLast(_ kind: OrderCommand.Kind) { order = order.filter { $0 != kind } + [kind] }
        // Signed for already: one more acknowledgement by another way presses nobody.
        if whole.order.stage != .dispatched { putLast(.acknowledge) }
        // Nobody was asked.
        if whole.order.pause != .evidence { putLast(.reply) }
        let verbs = order.filter(open.contains).compactMap { kind in
            OrderCommands.all.first { $0.kind == kind }
        }
        guard !verbs.isEmpty else {
            return """
                <section class="offers" aria-labelledby="offers"><h2 id="offers">\(parts.word(.actions))</h2>
                <p class="quiet">\(parts.say(OrderText.noneOpen))</p></section>
                """
        }
        let links = verbs.enumerated().map { index, verb in link(verb, isFirst: index == 0) }
        let others: HTML? =
            links.count > Self.shownFirst
            ? "<details><summary>\(parts.say(OrderText.more)) (\(links.count - Self.shownFirst))</summary><p>\(Array(links.dropFirst(Self.shownFirst)))</p></details>"
            : nil
        return """
            <section class="offers" aria-labelledby="offers"><h2 id="offers">\(parts.word(.actions))</h2>
            <p>\(Array(links.prefix(Self.shownFirst)))</p>\(others)</section>
            """
    }

    private func link(_ verb: OrderVerb, isFirst: Bool) -> HTML {
        let order = whole.order
        let link = Link.command(verb.name, below: .page(order.id), seen: order.version)
        let style = isFirst ? "button" : "button second"
        return
            "<a class=\"\(style)\" href=\"\(link.with(parts.language))\">\(parts.say(verb.summary))</a>\n"
    }

    /// What somebody waits for comes first; what is always possible comes last.
    static let order: [OrderCommand.Kind] = [
        .acknowledge, .grantExtension, .refuseExtension, .designate, .accept, .chooseProvider,
        .dispatch, .answer, .nameProviders, .recordContact, .recordResponse, .report, .finish,
        .recordFieldCheck, .followUp, .close, .resume, .reply, .ask, .returnNotOurs, .askExtension,
        .pause, .remind, .supervise, .sort, .handOver, .passToDuty, .decline, .settleAtMeeting,
        .recordAgreement, .recordConsent, .listFault, .addFacts, .addMessage, .link, .merge,
        .passResponsibility, .withdraw, .reopen,
    ]
}
