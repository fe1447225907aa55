import HTTPTypes
import Store
import Workflow

/// One line of a form, with what was wrong with it.
struct LineMarkup {
    let parts: Parts
    var problem: Problem?

    /// - Parameter attributes: Of the input: `required type="password"`.
    func line(
        _ name: String, _ label: Phrase, _ attributes: HTML, value: String = "",
        note: Phrase? = nil
    ) -> HTML {
        let wrong = problem?.errors.first { $0.field == name }.map { parts.say($0.text) }
        let hint: HTML? = note.map {
            "<span class=\"hint\" id=\"\(name)-hint\">\(parts.say($0))</span>"
        }
        let fault: HTML? = wrong.map { "<span class=\"wrong\" id=\"\(name)-wrong\">\($0)</span>" }
        let described: HTML =
            switch (note != nil, wrong != nil) {
            case (true, true):
                "aria-describedby=\"\(name)-hint \(name)-wrong\" aria-invalid=\"true\""
            case (true, false): "aria-describedby=\"\(name)-hint\""
            case (false, true): "aria-describedby=\"\(name)-wrong\" aria-invalid=\"true\""
            case (false, false): .empty
            }
        return """
            <p class="field"><label for="\(name)">\(parts.say(label))</label>\(hint)
            <input id="\(name)" name="\(name)" value="\(value)" \(attributes) \(described)>\(fault)</p>

            """
    }

    /// Above the form; nil where nothing was wrong.
    var problems: HTML? { problem.map { ProblemPart(parts: parts, problem: $0).markup } }
}

/// Name and password.
struct LogInPage {
    let call: Call
    let next: String?
    var name = ""
    var problem: Problem?

    func answer(_ status: Int = 200) -> Answer {
        let parts = call.parts
        let lines = LineMarkup(parts: parts, problem: problem)
        let title = parts.say(AccountText.logIn)
        var answer = call.page(
            title, section: nil, at: .logIn,
            """
            <section class="lead"><h1>\(title)</h1><p>\(parts.say(AccountText.logInLead))</p></section>
            \(lines.problems)
            <form class="command log-in" method="post" action="\(Link.logIn.with(call.language))">
            <input type="hidden" name="next" value="\(next ?? "")">
            \(lines.line("name", AccountText.name, "required maxlength=\"64\" autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\"", value: name))
            \(lines.line("password", AccountText.password, "required type=\"password\" maxlength=\"512\" autocomplete=\"current-password\""))
            \(lines.line("code", AccountText.codeIfAny, "maxlength=\"24\" inputmode=\"numeric\" autocomplete=\"one-time-code\" spellcheck=\"false\""))
            <p class="act"><button>\(title)</button></p>
            </form>
            \(provider)
            """
        ).answer(status)
        if let seconds = problem?.retryAfter { answer = answer.with(.retryAfter, "\(seconds)") }
        return answer
    }

    private var provider: HTML? {
        guard call.desk.provider != nil else { return nil }
        let link = next.flatMap(call.ownPath).map { Link.logInByProvider.with("next", $0) }
        return """
            <p class="act"><a class="button" href="\((link ?? .logInByProvider).with(call.language))">\(call.parts.say(AccountText.byProvider))</a></p>
            """
    }
}

/// The code of a second factor, after the password.
struct CodePage {
    let call: Call
    let next: String?
    var problem: Problem?

    func answer(_ status: Int = 200) -> Answer {
        let parts = call.parts
        let lines = LineMarkup(parts: parts, problem: problem)
        let title = parts.say(AccountText.code)
        return call.page(
            title, section: nil, at: .logInCode,
            """
            <section class="lead"><h1>\(title)</h1><p>\(parts.say(AccountText.codeLead))</p></section>
            \(lines.problems)
            <form class="command log-in" method="post" action="\(Link.logInCode.with(call.language))">
            \(call.hidden())<input type="hidden" name="next" value="\(next ?? "")">
            \(lines.line("code", AccountText.code, "required maxlength=\"24\" autocomplete=\"one-time-code\" spellcheck=\"false\" autofocus"))
            <p class="act"><button>\(parts.say(AccountText.logIn))</button></p>
            </form>
            """
        ).answer(status)
    }
}

/// A second factor to be taken into an app, and the code that confirms it.
struct EnrolmentPage {
    let call: Call
    /// Nil when the key was shown before, and only the code was wrong.
    let enrolment: Enrolment?
    var problem: Problem?

    func answer(_ status: Int = 200) -> Answer {
        let parts = call.parts
        let lines = LineMarkup(parts: parts, problem: problem)
        let title = parts.say(AccountText.setUp)
        let key: HTML? = enrolment.map { enrolment in
            """
            <p>\(parts.say(AccountText.enrolLead))</p>
            \(QRCode(enrolment.address)?.svg(parts.say(AccountText.openInApp)))
            <p>\(parts.say(AccountText.key)): <code class="key">\(grouped(enrolment.secret[...]))</code></p>
            <p><a href="\(Link.authenticator(enrolment))">\(parts.say(AccountText.openInApp))</a></p>
            """
        }
        return call.page(
            title, section: nil, at: .account,
            """
            <section class="lead"><h1>\(title)</h1>\(key)</section>
            \(lines.problems)
            <form class="command" method="post" action="\(Link.account.below("second-factor").below("code").with(call.language))">
            \(call.hidden())
            \(lines.line("code", AccountText.code, "required maxlength=\"12\" inputmode=\"numeric\" autocomplete=\"one-time-code\""))
            <p class="act"><button>\(parts.say(AccountText.confirm))</button> <a href="\(Link.account.with(call.language))">\(parts.say(AccountText.startAgain))</a></p>
            </form>
            """
        ).answer(status)
    }
}

/// Shown once.
struct RecoveryCodesPage {
    let call: Call
    let session: Session
    let codes: [String]

    func answer() -> Answer {
        let parts = call.parts
        let title = parts.say(AccountText.recoveryCodes)
        let items: [HTML] = codes.map { "<li><code>\($0)</code></li>\n" }
        let onward = call.step(after: session, next: nil).with(call.language)
        let page = Page(
            title: title, language: call.language, address: .account, visitor: .person(session),
            content: """
                <section class="lead"><h1>\(title)</h1><p>\(parts.say(AccountText.recoveryLead))</p>
                <ul class="recovery-codes">\(items)</ul>
                <p><a class="button" href="\(onward)">\(parts.say(AccountText.goOn))</a></p></section>
                """)
        return page.answer()
    }
}

extension Link {
    /// What an authenticator app on the same device opens.
    static func authenticator(_ enrolment: Enrolment) -> Link { own(enrolment.address) }
}
