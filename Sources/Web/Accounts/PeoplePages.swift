import Casework
import Ledger
import Store
import Workflow

/// Everyone who may log in, and the form for one more.
struct PeoplePage {
    let call: Call
    var draft: PersonDraft?
    var problem: Problem?

    func answer(_ status: Int = 200) async throws -> Answer {
        let parts = call.parts
        let after = call.queryIfKnown("after") ?? ""
        let people = try await call.office.read {
            try $0.people(after: after, limit: PeopleRoutes.shown)
        }
        let title = parts.say(AccountText.people)
        let lines = LineMarkup(parts: parts, problem: problem)
        let more: HTML? =
            people.count < PeopleRoutes.shown
            ? nil
            : "<p class=\"pages\"><a href=\"\(Link.people.with("after", people.last?.name ?? "").with(call.language))\">→</a></p>"
        return call.page(
            title, section: .people, at: .people,
            """
            <section class="lead"><h1>\(title)</h1><p>\(parts.say(AccountText.peopleLead))</p></section>
            <section><ul class="people">\(people.map(row))</ul>\(more)</section>
            \(lines.problems)
            <section><h2>\(parts.say(AccountText.addPerson))</h2>
            <form class="command" method="post" action="\(Link.people.with(call.language))">
            \(call.hidden())
            \(lines.line("name", AccountText.name, "required maxlength=\"32\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\"", value: draft?.name ?? "", note: AccountText.nameRules))
            \(lines.line("display_name", AccountText.displayName, "maxlength=\"60\" autocomplete=\"off\"", value: draft?.displayName ?? ""))
            \(TrustMarkup(call: call, lines: lines).fields(draft?.roles ?? [], draft?.bureau, draft?.merchant))
            <p class="act"><button>\(parts.say(AccountText.addPerson))</button></p>
            </form></section>
            """
        ).answer(status)
    }

    private func row(_ person: Person) -> HTML {
        let parts = call.parts
        let roles = person.roles.map(\.rawValue).sorted().compactMap(Role.init).map {
            parts.say(Names.role($0))
        }.joined(separator: parts.say(Phrase("、", ", ")))
        let closed: HTML? =
            person.isActive ? nil : " <span class=\"tag\">\(parts.say(AccountText.closed))</span>"
        return """
            <li><a href="\(Link.person(person.id).with(call.language))">\(person.displayName)</a> <code>\(person.name)</code> · \(roles)\(closed)</li>

            """
    }
}

/// One person: what they are trusted with, and what can be done about their account.
struct PersonPage {
    let call: Call
    let person: Person
    var problem: Problem?

    private var parts: Parts { call.parts }

    func answer(_ status: Int = 200) async throws -> Answer {
        let (id, now) = (person.id, call.office.now())
        let (sessions, events) = try await call.office.read { transaction in
            (try transaction.sessions(of: id, at: now), try transaction.accountEvents(of: id))
        }
        let lines = LineMarkup(parts: parts, problem: problem)
        let state = person.isActive ? AccountText.active : AccountText.closed
        let factor =
            person.hasSecondFactor ? AccountText.hasSecondFactor : AccountText.noSecondFactor
        return call.page(
            person.displayName, section: .people, at: .person(id),
            """
            <section class="lead"><p class="crumb"><a href="\(Link.people.with(call.language))">\(parts.say(AccountText.people))</a></p>
            <h1>\(person.displayName)</h1>
            <p><code>\(person.name)</code> · \(parts.say(state)) · \(parts.say(AccountText.secondFactor)): \(parts.say(factor)) · \(parts.say(AccountText.sessions)): \(sessions.count)</p></section>
            \(lines.problems)
            <section><h2>\(parts.say(AccountText.changeRoles))</h2><p class="quiet">\(parts.say(AccountText.rolesNote))</p>
            <form class="command" method="post" action="\(address("roles"))">\(call.hidden())
            \(TrustMarkup(call: call, lines: lines).fields(person.roles, person.bureau, person.merchant))
            <p class="act"><button>\(parts.say(AccountText.changeRoles))</button></p></form></section>
            <section class="acts">\(acts)</section>
            <section><h2>\(parts.say(AccountText.link))</h2>
            <form class="command" method="post" action="\(address("identity"))">\(call.hidden())
            \(lines.line("issuer", AccountText.issuer, "required type=\"url\" maxlength=\"200\""))
            \(lines.line("subject", AccountText.subject, "required maxlength=\"200\" autocomplete=\"off\""))
            <p class="act"><button>\(parts.say(AccountText.link))</button></p></form></section>
            <section><h2>\(parts.say(AccountText.events))</h2><p class="quiet">\(parts.say(AccountText.newest))</p>
            <ol class="trail">\(events.map(line))</ol></section>
            """
        ).answer(status)
    }

    private var acts: [HTML] {
        var acts: [HTML] = [
            act("password", AccountText.resetPassword), act("sessions", AccountText.endSessions),
            act("failures", AccountText.unlock),
        ]
        if person.hasSecondFactor {
            acts.append(act("second-factor", AccountText.removeSecondFactor))
        }
        acts.append(
            person.isActive
                ? act("closing", AccountText.deactivate) : act("opening", AccountText.activate))
        return acts
    }

    private func act(_ name: String, _ word: Phrase) -> HTML {
        "<form method=\"post\" action=\"\(address(name))\">\(call.hidden())<button>\(parts.say(word))</button></form>\n"
    }

    private func address(_ name: String) -> Link {
        Link.person(person.id).below(name).with(call.language)
    }

    private func line(_ event: AccountEvent) -> HTML {
        let place: HTML? = event.address.map { " · \($0)" }
        return """
            <li><p>\(parts.say(AccountText.name(of: event.kind))) \(event.detail)</p>
            <p class="when">\(parts.time(Timestamp(call.zone.text(event.at)))) · \(event.actor)\(place)</p></li>

            """
    }
}

/// Shown once, to the administrator who hands it over.
struct FirstPasswordPage {
    let call: Call
    let person: Person
    let password: String

    func answer() -> Answer {
        let parts = call.parts
        let title = parts.say(AccountText.firstPassword)
        return call.page(
            title, section: .people, at: .people,
            """
            <section class="lead"><h1>\(title)</h1>
            <p>\(person.displayName) <code>\(person.name)</code></p>
            <p><code class="key">\(password)</code></p>
            <p>\(parts.say(AccountText.firstPasswordLead))</p>
            <p><a class="button" href="\(Link.person(person.id).with(call.language))">\(parts.say(AccountText.goOn))</a></p></section>
            """
        ).answer()
    }
}

/// Roles, and whose bureau or merchant.
struct TrustMarkup {
    let call: Call
    let lines: LineMarkup

    func fields(_ chosen: Set<Role>, _ bureau: String?, _ merchant: ID<Merchant>?) -> HTML {
        let parts = call.parts
        let boxes: [HTML] = Role.allCases.filter { $0 != .tourist && $0 != .office }.map { role in
            let checked: HTML = chosen.contains(role) ? "checked" : .empty
            return """
                <label class="box"><input type="checkbox" name="roles" value="\(role.rawValue)" \(checked)> \(parts.say(Names.role(role)))</label>

                """
        }
        return """
            <fieldset><legend>\(parts.say(AccountText.roles))</legend>\(boxes)</fieldset>
            \(lines.line("bureau", AccountText.bureau, "maxlength=\"64\" autocomplete=\"off\"", value: bureau ?? ""))
            \(lines.line("merchant", AccountText.merchant, "maxlength=\"64\" autocomplete=\"off\"", value: merchant?.text ?? ""))
            """
    }
}
