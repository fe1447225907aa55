import Casework
import Ledger
import Workflow

/// Where one's own case stands, why, and what happens next, in the tourist's words.
struct TrackPage {
    let call: Call
    let view: TrackingView

    private var parts: Parts { call.parts }

    /// Where number and code are entered.
    static func door(_ call: Call, problem: Problem? = nil) -> Page {
        let parts = call.parts
        let wrong: HTML? = problem.map { ProblemPart(parts: parts, problem: $0).markup }
        let title = parts.say(TouristText.track)
        return call.page(
            title, section: .track, at: .track,
            """
            <section class="lead"><h1>\(title)</h1><p>\(parts.say(TouristText.trackLead))</p></section>
            \(wrong)
            <form class="command" method="post" action="\(Link.track.with(parts.language))">
            <p class="field"><label for="number">\(parts.say(TouristText.number))</label><input id="number" name="number" required maxlength="40" autocomplete="off" spellcheck="false" placeholder="SY-26-0000001-4"></p>
            <p class="field"><label for="code">\(parts.say(TouristText.code))</label><input id="code" name="code" required maxlength="20" inputmode="numeric" autocomplete="off"></p>
            <p class="act"><button>\(parts.say(TouristText.open))</button></p>
            </form>
            """)
    }

    func answer() -> Answer {
        let id = ID<Case>(view.number)
        return call.page(
            view.number, section: .track, at: .tracking(id),
            """
            <section class="lead"><h1 class="case-number">\(view.number)</h1>
            \(code)\(missing)<p>\(parts.stage(view.stage.name, isOpen: view.stage.isOpen)) \(view.merchantName) · \(parts.word(.claimed)) \(parts.yuan(view.claimedFen))</p></section>
            <section aria-labelledby="next"><h2 id="next">\(parts.say(TouristText.next))</h2>
            <p class="waits">\(next)</p>\(awaited)\(clocks)\(actions)</section>
            \(money)\(why)\(evidence)
            <p class="quiet"><a href="\(Link.tracking(id).below("own-data").with(parts.language))">\(parts.say(PrivacyText.ownData))</a></p>
            """
        ).answer()
    }

    /// Shown as long as the browser keeps it, so that it can be written down.
    private var code: HTML? {
        TouristCookie(call.request).map {
            "<p class=\"keep\">\(parts.say(TouristText.keep)) <strong>\(parts.say(TouristText.code)) <code>\($0.code)</code></strong></p>\n"
        }
    }

    private var missing: HTML? {
        call.query("files") == "missing" ? FilesMissing(parts: parts).markup : nil
    }

    private var next: String {
        let text =
            StageName(rawValue: view.stage.name).map { parts.say(TouristText.next($0)) } ?? ""
        let isReserved = view.advance?.state == "reserved"
        return isReserved ? "\(parts.say(TouristText.reserved)) \(text)" : text
    }

    private var awaited: HTML? {
        guard let kinds = view.stage.awaited, !kinds.isEmpty else { return nil }
        let names = EditionNames(call.office)
        let items: [HTML] = kinds.map { "<li>\(parts.say(names.evidence($0)))</li>" }
        return "<ul class=\"chips\">\(items)</ul>"
    }

    private var clocks: HTML {
        let rows: [HTML] = view.clocks.filter { $0.due != nil && $0.isRunning }.map { clock in
            let name =
                Clock.Name(rawValue: clock.name).map { parts.say(Names.clock($0)) } ?? clock.name
            let due: HTML? = clock.due.map { parts.time($0) }
            return "<div><dt>\(name)</dt><dd>\(due)</dd></div>"
        }
        return rows.isEmpty ? .empty : "<dl class=\"terms\">\(rows)</dl>"
    }

    private var actions: HTML {
        let page = Link.page(ID<Case>(view.number))
        var offers: [(String, Phrase)] = []
        if !view.hasPayee { offers.append(("payee", TouristText.payee)) }
        if view.mayContest { offers.append(("contest", TouristText.contest)) }
        let stages: [StageName] = [.filed, .assessing, .awaitingEvidence, .proposed, .withBureau]
        if stages.map(\.rawValue).contains(view.stage.name) {
            offers.append(("withdrawal", TouristText.withdraw))
        }
        let links: [HTML] = offers.map { name, phrase in
            "<a class=\"button second\" href=\"\(Link.command(name, below: page, seen: view.version).with(parts.language))\">\(parts.say(phrase))</a>\n"
        }
        return links.isEmpty ? .empty : "<p class=\"offers\">\(links)</p>"
    }

    private var money: HTML? {
        guard let advance = view.advance, advance.amountFen != .zero else { return nil }
        let state = parts.say(Names.advance(advance.state))
        let payouts: [HTML] = view.payouts.map {
            "<p>\(parts.say(Names.payout($0.state))) \(parts.yuan($0.amountFen))</p>"
        }
        return """
            <section aria-labelledby="money"><h2 id="money">\(parts.say(TouristText.money))</h2>
            <p class="hero">\(parts.yuan(advance.amountFen))</p><p>\(state)</p>\(payouts)</section>
            """
    }

    private var why: HTML {
        let items: [HTML] = view.rules.map { rule in
            "<li><p>\(parts.say(Phrase(rule.zh, rule.en)))</p><p class=\"quiet\">\(rule.clause)</p></li>\n"
        }
        guard !items.isEmpty else { return .empty }
        return """
            <section aria-labelledby="why"><h2 id="why">\(parts.say(TouristText.why))</h2><ol class="ruling">\(items)</ol></section>
            """
    }

    private var evidence: HTML {
        let names = EditionNames(call.office)
        let kept: [HTML] = view.evidence.map {
            "<li>\(parts.say(names.evidence($0.kind))) · \($0.name)</li>\n"
        }
        guard view.stage.isOpen else {
            return kept.isEmpty
                ? .empty : "<section><h2>\(parts.word(.evidence))</h2><ul>\(kept)</ul></section>"
        }
        return """
            <section aria-labelledby="evidence"><h2 id="evidence">\(parts.word(.evidence))</h2>
            <ul>\(kept)</ul>
            \(EvidenceUpload.form(call, Link.tracking(ID<Case>(view.number)), kinds: view.stage.awaited ?? []))</section>
            """
    }
}

/// The form that adds a file to a case.
enum EvidenceUpload {
    /// - Parameter kinds: Those that are waited for come first.
    static func form(_ call: Call, _ home: Link, kinds: [String]) -> HTML {
        let parts = call.parts
        let known = call.editionChoices["kinds"] ?? []
        let ordered =
            known.filter { kinds.contains($0.code) } + known.filter { !kinds.contains($0.code) }
        let options: [HTML] = ordered.map {
            "<option value=\"\($0.code)\">\(parts.say($0.name))</option>"
        }
        return """
            <form class="command" method="post" enctype="multipart/form-data" action="\(home.below("evidence").with(parts.language))">
            \(call.token)
            <p class="field"><label for="kind">\(parts.word(.kind))</label><select id="kind" name="kind">\(options)</select></p>
            <p class="field"><label for="file">\(parts.say(TouristText.add))</label><input id="file" type="file" name="file" required accept="image/jpeg,image/png,image/webp,application/pdf"></p>
            <p class="act"><button>\(parts.say(TouristText.upload))</button></p>
            </form>
            """
    }
}

/// What an agent reads to the caller.
struct ReceiptPage {
    let call: Call
    let number: String
    let code: String
    /// Whether all files that came along were kept.
    let isWhole: Bool

    func answer() -> Answer {
        let parts = call.parts
        let title = parts.say(TouristText.filedForCaller)
        return call.page(
            title, section: .file, at: .file,
            """
            <section class="lead"><h1>\(title)</h1>
            <p class="hero case-number">\(number)</p>
            <p class="keep">\(parts.say(TouristText.code)) <strong><code>\(code)</code></strong></p>
            \(isWhole ? nil : FilesMissing(parts: parts).markup)
            <p><a class="button" href="\(Link.page(ID<Case>(number)).with(parts.language))">\(parts.say(TouristText.openCase))</a></p></section>
            """
        ).answer(201)
    }
}

/// Says that the complaint is filed but not all of its files were kept.
private struct FilesMissing {
    let parts: Parts

    var markup: HTML {
        "<p class=\"problem\" role=\"alert\">\(parts.say(TouristText.filesMissing))</p>\n"
    }
}
