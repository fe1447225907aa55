import Casework
import Ledger
import Store
import Workflow

/// What people see and change of their own account.
struct AccountPage {
    let call: Call
    let session: Session
    var problem: Problem?

    private var parts: Parts { call.parts }
    private var person: Person { session.person }

    func answer(_ status: Int = 200) async throws -> Answer {
        let (id, now) = (person.id, call.office.now())
        let sessions = try await call.office.read { try $0.sessions(of: id, at: now) }
        let title = parts.say(AccountText.account)
        let pending = session.pending(call.office.accounts.terms)
        let names = person.roles.map(\.rawValue).sorted().compactMap(Role.init).map {
            parts.say(Names.role($0))
        }
        let lines = LineMarkup(parts: parts, problem: problem)
        return call.page(
            title, section: nil, at: .account,
            """
            <section class="lead"><h1>\(person.displayName)</h1>
            <p><code>\(person.name)</code> · \(names.joined(separator: parts.say(Phrase("、", ", "))))</p></section>
            \(step(pending))\(lines.problems)
            \(pending == .enrolSecondFactor ? .empty : password(lines))
            \(pending == .changePassword ? .empty : secondFactor)
            \(pending == nil ? list(sessions) : .empty)
            """
        ).answer(status)
    }

    private func step(_ pending: Pending?) -> HTML? {
        let text: Phrase? =
            switch pending {
            case .changePassword: AccountText.mustChange
            case .enrolSecondFactor: AccountText.mustEnrol
            case .giveCode, nil: nil
            }
        return text.map { "<p class=\"notice\" role=\"status\">\(parts.say($0))</p>\n" }
    }

    private func password(_ lines: LineMarkup) -> HTML {
        """
        <section><h2>\(parts.say(AccountText.changePassword))</h2>
        <form class="command" method="post" action="\(Link.account.below("password").with(call.language))">
        \(call.hidden())
        <input type="text" name="name" value="\(person.name)" autocomplete="username" hidden>
        \(lines.line("current", AccountText.currentPassword, "required type=\"password\" maxlength=\"512\" autocomplete=\"current-password\""))
        \(lines.line("password", AccountText.newPassword, "required type=\"password\" minlength=\"12\" maxlength=\"512\" autocomplete=\"new-password\"", note: AccountText.passwordRules))
        \(lines.line("again", AccountText.again, "required type=\"password\" minlength=\"12\" maxlength=\"512\" autocomplete=\"new-password\""))
        <p class="act"><button>\(parts.say(AccountText.changePassword))</button></p>
        </form></section>

        """
    }

    private var secondFactor: HTML {
        let state =
            person.hasSecondFactor ? AccountText.hasSecondFactor : AccountText.noSecondFactor
        let act = person.hasSecondFactor ? AccountText.setUpAnother : AccountText.setUp
        return """
            <section><h2>\(parts.say(AccountText.secondFactor))</h2><p>\(parts.say(state))</p>
            <form method="post" action="\(Link.account.below("second-factor").with(call.language))">
            \(call.hidden())<button>\(parts.say(act))</button></form></section>

            """
    }

    private func list(_ sessions: [Session]) -> HTML {
        let items: [HTML] = sessions.map { each in
            let end: HTML =
                each.id == session.id
                ? "<b>\(parts.say(AccountText.thisOne))</b>"
                : """
                <form method="post" action="\(Link.account.below("sessions").below(each.id.text).with(call.language))">\(call.hidden())<button class="plain">\(parts.say(AccountText.endSession))</button></form>
                """
            return """
                <li>\(parts.time(Timestamp(call.zone.text(each.startedAt)))) · \(each.address) · \(parts.say(AccountText.name(of: each.factor))) · \(parts.say(AccountText.lastUsed)) \(parts.time(Timestamp(call.zone.text(each.seenAt)))) \(end)</li>

                """
        }
        let others: HTML? =
            sessions.count < 2
            ? nil
            : """
            <form method="post" action="\(Link.account.below("sessions").with(call.language))">\(call.hidden())<button>\(parts.say(AccountText.endOthers))</button></form>
            """
        return """
            <section><h2>\(parts.say(AccountText.sessions))</h2><ul class="sessions">\(items)</ul>\(others)</section>

            """
    }
}
