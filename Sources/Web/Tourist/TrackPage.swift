import Casework
import Ledger
import Store
import Workflow

/// Where one's own case stands, why, and what happens next, in the tourist's words.
struct TrackPage {
    let call: Call
    let view: TrackingView
    var rating: CaseRating?
    /// What somebody of the office wrote to the tourist and still waits for.
    var question: String?
    /// What was sent last and not taken, and why.
    var entries = FormEntries()
    var problem: Problem?

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
            <p class="act"><button>\(parts.say(TouristText.open))</button> <a href="\(Link.lostCode.with(parts.language))">\(parts.say(TouristText.lost))</a></p>
            </form>
            """)
    }

    func answer(_ status: Int = 200) -> Answer {
        let id = ID<Case>(view.number)
        let wrong: HTML? = problem.map {
            ProblemPart(parts: parts, problem: $0, label: fieldName).markup
        }
        return call.page(
            view.number, section: .track, at: .tracking(id),
            """
            <section class="lead"><h1 class="case-number">\(view.number)</h1>
            \(wrong)
            \(code)\(missing)<p>\(parts.stage(view.stage.name, isOpen: view.stage.isOpen)) \(view.merchantName) · \(parts.word(.claimed)) \(parts.yuan(view.claimedFen))</p></section>
            <section aria-labelledby="next"><h2 id="next">\(parts.say(TouristText.next))</h2>
            <p class="waits">\(next)</p>\(asked)\(awaited)\(TouristSteps(parts: parts, view: view).markup)\(actions)</section>
            \(RatingPart(call: call, view: view, rating: rating, entries: entries).markup)
            \(money)\(why)\(evidence)
            <p class="quiet"><a href="\(Link.tracking(id).below("own-data").with(parts.language))">\(parts.say(PrivacyText.ownData))</a></p>
            """
        ).answer(status)
    }

    /// A field of the forms here; else it is the name of a file.
    private func fieldName(_ field: String) -> Phrase? {
        switch field {
        case "stars": TouristText.rate
        case "words": TouristText.rateWords
        case "kind": Word.kind.phrase
        case "answer": TouristText.answer
        default: Phrase(field, field)
        }
    }

    /// Shown as long as the browser keeps it, so that it can be written down.
    private var code: HTML? {
        TouristCookie(call.request).map {
            "<p class=\"keep\">\(parts.say(TouristText.keep)) <strong>\(parts.say(TouristText.code)) <code>\($0.code)</code></strong></p>\n"
        }
    }

    private var missing: HTML? {
        call.queryIfKnown("files").map {
            FilesMissing(parts: parts, names: $0.split(separator: "\n").map(String.init)).markup
        }
    }

    private var next: String {
        let text =
            StageName(rawValue: view.stage.name).map { parts.say(TouristText.next($0)) } ?? ""
        let isReserved = view.advance?.state == "reserved"
        return isReserved ? "\(parts.say(TouristText.reserved)) \(text)" : text
    }

    private var asked: HTML? {
        question.map {
            "<h3>\(parts.say(TouristText.question))</h3><blockquote>\($0)</blockquote>"
        }
    }

    /// An answer in words is kept beside the files that prove it.
    private var answering: HTML? {
        guard view.stage.awaited != nil else { return nil }
        let link = Link.tracking(ID<Case>(view.number)).below("answer").with(parts.language)
        return """
            <form class="command" method="post" action="\(link)">
            \(call.token)
            <p class="field"><label for="answer">\(parts.say(TouristText.answer))</label>
            <textarea id="answer" name="answer" rows="3" maxlength="\(Call.answer_characters)" required>\(entries["answer"] ?? "")</textarea></p>
            <p class="act"><button>\(parts.say(TouristText.sendAnswer))</button></p>
            </form>
            """
    }

    private var awaited: HTML? {
        guard let kinds = view.stage.awaited, !kinds.isEmpty else { return nil }
        let names = EditionNames(call.office)
        let items: [HTML] = kinds.map { "<li>\(parts.told(names.evidence($0)))</li>" }
        return "<ul class=\"chips\">\(items)</ul>"
    }

    private var actions: HTML {
        let page = Link.page(ID<Case>(view.number))
        var offers: [(String, Phrase)] = []
        if !view.hasPayee, view.stage.isOpen { offers.append(("payee", TouristText.payee)) }
        if view.mayContest { offers.append(("contest", TouristText.contest)) }
        let stages: [StageName] = [.filed, .assessing, .awaitingEvidence, .proposed, .withBureau]
        if stages.map(\.rawValue).contains(view.stage.name) {
            offers.append(("withdrawal", TouristText.withdraw))
        }
        if call.office.messages == .sent, view.stage.isOpen {
            offers.append(("contact", TouristText.contact))
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
        // What was asked again with more evidence often rests on the same rules.
        let rules = view.rules.enumerated().filter { index, rule in
            !view.rules[(index + 1)...].contains { $0.table == rule.table && $0.row == rule.row }
        }.map(\.element)
        let items: [HTML] = rules.map { rule in
            "<li><p>\(parts.told(Phrase(rule.zh, rule.en)))</p><p lang=\"zh-CN\" class=\"quiet\">\(rule.clause)</p></li>\n"
        }
        guard !items.isEmpty else { return .empty }
        return """
            <section aria-labelledby="why"><h2 id="why">\(parts.say(TouristText.why))</h2><ol class="ruling">\(items)</ol></section>
            """
    }

    private var evidence: HTML {
        let names = EditionNames(call.office)
        let kept: [HTML] = view.evidence.map {
            "<li>\(parts.told(names.evidence($0.kind))) · \($0.name)</li>\n"
        }
        guard view.stage.isOpen else {
            return kept.isEmpty
                ? .empty : "<section><h2>\(parts.word(.evidence))</h2><ul>\(kept)</ul></section>"
        }
        return """
            <section aria-labelledby="evidence"><h2 id="evidence">\(parts.word(.evidence))</h2>
            <ul>\(kept)</ul>
            \(EvidenceUpload.form(call, Link.tracking(ID<Case>(view.number)), kinds: view.stage.awaited ?? []))
            \(answering)</section>
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
            "<option value=\"\($0.code)\"\(parts.tongue(of: $0.name))>\(parts.say($0.name))</option>"
        }
        return """
            <form class="command" method="post" enctype="multipart/form-data" \(UploadWords.attributes(parts)) action="\(home.below("evidence").with(parts.language))">
            \(call.token)
            <p class="field"><label for="kind">\(parts.word(.kind))</label><select id="kind" name="kind">\(options)</select></p>
            <p class="field"><label for="file">\(parts.say(TouristText.add))</label><input id="file" type="file" name="file" required multiple accept="image/jpeg,image/png,image/webp,application/pdf">
            <span class="hint">\(parts.say(TouristText.caption))</span></p>
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
    /// The names of files that came along and were not kept.
    let missing: [String]

    func answer() -> Answer {
        let parts = call.parts
        let title = parts.say(TouristText.filedForCaller)
        return call.page(
            title, section: .file, at: .file,
            """
            <section class="lead"><h1>\(title)</h1>
            <p class="hero case-number">\(number)</p>
            <p class="keep">\(parts.say(TouristText.code)) <strong><code>\(code)</code></strong></p>
            \(missing.isEmpty ? nil : FilesMissing(parts: parts, names: missing).markup)
            <p><a class="button" href="\(Link.page(ID<Case>(number)).with(parts.language))">\(parts.say(TouristText.openCase))</a></p></section>
            """
        ).answer(201)
    }
}

/// Says that the complaint is filed but not all of its files were kept.
private struct FilesMissing {
    let parts: Parts
    let names: [String]

    var markup: HTML {
        let items: [HTML] = names.map { "<li>\($0)</li>" }
        return """
            <div class="problem" role="alert"><p>\(parts.say(TouristText.filesMissing))</p>
            <p>\(parts.say(TouristText.notKept))</p><ul>\(items)</ul></div>

            """
    }
}
