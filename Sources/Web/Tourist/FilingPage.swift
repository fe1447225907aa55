import Casework
import Ledger
import Workflow

/// The form of a complaint: first what went wrong, then only what that matter needs.
struct FilingPage {
    let call: Call
    let edition: Edition
    /// Nil: still to be chosen.
    let matter: Matter?
    /// Suggested while typing: whose name stands on the list is paid for at once.
    let merchants: [String]
    var entries = FormEntries()
    var problem: Problem?

    private var parts: Parts { call.parts }
    private var isForCaller: Bool { call.visitor.may(.readCases) }

    func answer(_ status: Int = 200) -> Answer {
        let title = parts.say(TouristText.file)
        return call.page(title, section: .file, at: own, matter.map(page(of:)) ?? choice)
            .answer(status)
    }

    /// With the matter that was chosen, so that another language shows the same form.
    private var own: Link { matter.map { Link.file.with("matter", $0.code) } ?? .file }

    private var choice: HTML {
        var seen: [String] = []
        for matter in edition.matters where !seen.contains(matter.category) {
            seen.append(matter.category)
        }
        let groups: [HTML] = seen.map { category in
            let links: [HTML] = edition.matters.filter { $0.category == category }.map { matter in
                "<li><a class=\"choice\" href=\"\(Link.file.with("matter", matter.code).with(parts.language))\">\(parts.told(Phrase(matter.chinese, matter.english)))</a></li>\n"
            }
            return "<ul class=\"matters\">\(links)</ul>\n"
        }
        return """
            <section class="lead"><h1>\(parts.say(TouristText.whatHappened))</h1>
            <p>\(parts.say(TouristText.filingLead))</p></section>
            <section>\(groups)</section>
            """
    }

    private func page(of matter: Matter) -> HTML {
        let wrong: HTML? = problem.map {
            ProblemPart(parts: parts, problem: $0, label: edition.fieldName).markup
        }
        return """
            <section class="lead"><p class="crumb"><a href="\(Link.file.with(parts.language))">\(parts.say(TouristText.otherMatter))</a></p>
            <h1>\(parts.told(Phrase(matter.chinese, matter.english)))</h1></section>
            \(wrong)
            \(form(matter))
            """
    }

    func form(_ matter: Matter) -> HTML {
        return """
            <form class="command" method="post" enctype="multipart/form-data" data-draft="\(matter.code)" \(isForCaller ? .empty : UploadWords.attributes(parts)) action="\(own.with(parts.language))">
            \(call.hidden(key: entries["key"]))<input type="hidden" name="matter" value="\(matter.code)">
            \(caller)
            <fieldset><legend>\(parts.say(TouristText.theLoss))</legend>
            \(line("merchant_name", TouristText.merchant, "required maxlength=\"100\" list=\"merchants\""))
            \(line("order", TouristText.order, "maxlength=\"100\" autocomplete=\"off\""))
            \(line("occurred_on", TouristText.day, "required type=\"date\""))
            \(line("paid_fen", TouristText.paid, "required inputmode=\"decimal\" autocomplete=\"off\""))
            \(line("claimed_fen", TouristText.claimed, "required inputmode=\"decimal\" autocomplete=\"off\""))
            <datalist id="merchants">\(merchants.map { "<option value=\"\($0)\">" as HTML })</datalist>
            \(facts(matter))
            \(area("story", TouristText.story, 4_000))
            \(area("wanted", TouristText.wanted, 1_000))
            </fieldset>
            \(evidence(matter))
            <fieldset><legend>\(parts.say(TouristText.you))</legend>
            \(line("claimant.name", TouristText.name, "required maxlength=\"60\" autocomplete=\"name\""))
            \(line("claimant.phone", TouristText.phone, "required maxlength=\"30\" type=\"tel\" autocomplete=\"tel\""))
            \(line("claimant.identity", TouristText.identity, "maxlength=\"40\" autocomplete=\"off\""))
            \(line("payee.account", TouristText.account, "maxlength=\"64\" autocomplete=\"off\""))
            </fieldset>
            <p class="quiet">\(parts.say(TouristText.consent))</p>
            \(ConsentPart(call: call).markup)
            <p class="act"><button>\(parts.say(TouristText.send))</button>\(question)</p>
            </form>
            """
    }

    /// An agent can ask what the policy would say before anything is filed.
    private var question: HTML? {
        guard call.visitor.may(.followUp) else { return nil }
        return
            " <button class=\"second\" formaction=\"\(Link.deskPreview.with(parts.language))\" formnovalidate data-preview data-key=\"p\">\(parts.say(CounterText.preview))</button>"
    }

    /// An agent says how the caller reached the office.
    private var caller: HTML? {
        guard isForCaller else { return nil }
        let chosen = entries["channel"] ?? Channel.phone.rawValue
        let options: [HTML] = edition.channels.compactMap { Channel(rawValue: $0.code) }.map {
            $0.rawValue == chosen
                ? "<option value=\"\($0.rawValue)\" selected>\(parts.say(Names.channel($0)))</option>"
                : "<option value=\"\($0.rawValue)\">\(parts.say(Names.channel($0)))</option>"
        }
        return """
            <p class="field"><label for="channel">\(parts.word(.channel))</label>
            <select id="channel" name="channel">\(options)</select></p>
            """
    }

    /// What this matter in particular is about stands in the form; what is asked in every matter, and
    /// counts as something until it is said, can be opened.
    private func facts(_ matter: Matter) -> HTML {
        let asked = edition.factSchema.filter { $0.isAsked(for: matter.code) }
        let own = asked.filter { $0.isOf(matter.code) || $0.isMissed(in: matter.code) }
        let others = asked.filter { kind in !own.contains { $0.name == kind.name } }
        let rest: HTML =
            others.isEmpty
            ? .empty
            : "<details><summary>\(parts.say(TouristText.more))</summary>\(others.map { fact($0, .empty) })</details>"
        let shown: [HTML] = own.map { fact($0, $0.isMissed(in: matter.code) ? "required" : .empty) }
        return "\(shown)\(rest)"
    }

    private func fact(_ kind: FactKind, _ required: HTML) -> HTML {
        let name = "facts.\(kind.name)"
        let label = Phrase(kind.chinese, kind.english)
        if let values = kind.values {
            return select(
                name, label, values.map { ($0.code, Phrase($0.chinese, $0.english)) }, required)
        }
        switch kind.type {
        case .flag:
            return select(
                name, label, [("true", Word.yes.phrase), ("false", Word.no.phrase)], required)
        case .day: return line(name, label, "type=\"date\" \(required)")
        case .moment: return line(name, label, "type=\"datetime-local\" \(required)")
        case .money, .integer:
            return line(name, label, "inputmode=\"decimal\" autocomplete=\"off\" \(required)")
        case .text, .texts, .amounts: return line(name, label, "maxlength=\"200\" \(required)")
        }
    }

    private func evidence(_ matter: Matter) -> HTML {
        let named = matter.evidence.map { code in
            (
                code,
                edition.evidence.first { $0.code == code }.map { Phrase($0.chinese, $0.english) }
            )
        }
        let fields: [HTML] = named.map { code, name in
            """
            <p class="field"><label for="file-\(code)">\(parts.told(name ?? Phrase(code, code)))</label>
            <input id="file-\(code)" type="file" name="\(code)" accept="image/jpeg,image/png,image/webp,application/pdf" multiple></p>

            """
        }
        guard !fields.isEmpty else { return .empty }
        return """
            <fieldset><legend>\(parts.word(.evidence))</legend><p class="quiet">\(parts.say(TouristText.evidenceLater))</p>
            \(fields)</fieldset>
            """
    }

    private func select(
        _ name: String, _ label: Phrase, _ values: [(String, Phrase)], _ attributes: HTML
    ) -> HTML {
        let options: [HTML] = values.map { code, phrase in
            code == entries[name]
                ? "<option value=\"\(code)\"\(parts.tongue(of: phrase)) selected>\(parts.say(phrase))</option>"
                : "<option value=\"\(code)\"\(parts.tongue(of: phrase))>\(parts.say(phrase))</option>"
        }
        return """
            <p class="field"><label for="\(name)">\(parts.told(label))</label>
            <select id="\(name)" name="\(name)" \(attributes)><option value="">\(parts.word(.chooseOne))</option>\(options)</select>\(wrong(name))</p>
            """
    }

    private func line(_ name: String, _ label: Phrase, _ attributes: HTML) -> HTML {
        """
        <p class="field"><label for="\(name)">\(parts.told(label))</label>
        <input id="\(name)" name="\(name)" value="\(entries[name] ?? "")" \(attributes)>\(wrong(name))</p>
        """
    }

    private func area(_ name: String, _ label: Phrase, _ limit: Int) -> HTML {
        """
        <p class="field"><label for="\(name)">\(parts.told(label))</label>
        <textarea id="\(name)" name="\(name)" rows="3" maxlength="\(limit)" required>\(entries[name] ?? "")</textarea>\(wrong(name))</p>
        """
    }

    private func wrong(_ name: String) -> HTML? {
        problem?.errors.first { $0.field == name }.map {
            "<span class=\"wrong\">\(parts.say($0.text))</span>"
        }
    }
}

extension Edition {
    /// What a field of a filing is called on the form.
    ///
    /// - Parameter field: A path, as problems name it; nil where the form does not have it.
    func fieldName(_ field: String) -> Phrase? {
        if field.hasPrefix("facts.") {
            return factKind(String(field.dropFirst("facts.".count))).map {
                Phrase($0.chinese, $0.english)
            }
        }
        return switch field {
        case "merchant_name": TouristText.merchant
        case "order": TouristText.order
        case "occurred_on": TouristText.day
        case "paid_fen": TouristText.paid
        case "claimed_fen": TouristText.claimed
        case "story": TouristText.story
        case "wanted": TouristText.wanted
        case "claimant.name", "payee.name": TouristText.name
        case "claimant.phone": TouristText.phone
        case "claimant.identity": TouristText.identity
        case "payee.account": TouristText.account
        default: nil
        }
    }
}

extension FactKind {
    /// Whether it belongs to this matter, and not to every one.
    fileprivate func isOf(_ matter: String) -> Bool {
        [needed, asked].contains {
            if case .some(let own) = $0 { own.contains(matter) } else { false }
        }
    }

    /// Whether the case cannot go on without it.
    fileprivate func isMissed(in matter: String) -> Bool {
        otherwise == nil && needed.include(matter)
    }
}
