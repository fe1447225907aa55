import Casework
import Ledger
import Workflow

/// What the policy says of the form as it is so far, and why.
struct PreviewPart {
    let parts: Parts
    let outcome: Foreseen
    let names: EditionNames
    /// What a field is called on the form.
    let label: @Sendable (String) -> Phrase?

    var markup: HTML {
        switch outcome {
        case .waits(let problems): waiting(problems)
        case .unanswerable(let why):
            "<p class=\"waits\">\(parts.say(CounterText.unanswerable))</p><p class=\"quiet\">\(parts.say(why))</p>"
        case .answered(let foresight): answer(foresight)
        }
    }

    private func waiting(_ problems: [FieldProblem]) -> HTML {
        let items: [HTML] = problems.map {
            let name: HTML? = label($0.field).map { "\(parts.say($0)): " }
            return "<li>\(name)\(parts.say($0.text))</li>"
        }
        return """
            <h3>\(parts.say(CounterText.waits))</h3><ul class="plain">\(items)</ul>
            """
    }

    private func answer(_ foresight: Foresight) -> HTML {
        let file = foresight.file
        let rulings = RulingView.all(of: file, foresight.recorded)
        let last: [RulingView] = rulings.enumerated().filter { index, each in
            !rulings[(index + 1)...].contains { $0.model == each.model }
        }.map(\.element)
        let reasons: [HTML] = last.flatMap { ruling in
            ruling.rules.map { rule -> HTML in
                "<li><p>\(parts.say(Phrase(rule.zh, rule.en)))</p><p class=\"quiet\">\(parts.say(Names.model(ruling.model))) · \(rule.clause)</p></li>\n"
            }
        }
        let outcomes: [HTML] = last.map {
            "<div><dt>\(parts.say(Names.model($0.model)))</dt><dd>\(parts.say(Phrase($0.outcome, $0.outcomeEn)))</dd></div>"
        }
        return """
            <p class="hero">\(head(file))</p>
            <p class="quiet">\(parts.say(CounterText.asIf))</p>
            \(arithmetic(file))
            <dl class="terms">\(outcomes)</dl>
            \(evidence(foresight.assumed))
            <h3>\(parts.say(TouristText.why))</h3><ol class="ruling">\(reasons)</ol>
            """
    }

    /// The amount where there is one, else the stage it would come to.
    private func head(_ file: Case) -> HTML {
        guard let advance = file.advance, advance.amount != .zero else {
            let name = Names.stage(file.stage.name)
            guard let path = file.advance?.decision.path else { return "\(parts.say(name))" }
            return "\(parts.say(Names.path(path)))"
        }
        return
            "\(parts.yuan(advance.amount)) <span class=\"stage open\">\(parts.say(Names.path(advance.decision.path)))</span>"
    }

    private func arithmetic(_ file: Case) -> HTML? {
        guard let heads = file.determination?.outcome.heads, !heads.isEmpty else { return nil }
        let items: [HTML] = heads.map {
            "<li><span class=\"arithmetic\">\($0.arithmetic)</span> \(parts.yuan($0.amount)) <span class=\"quiet\">\($0.clause)</span></li>"
        }
        return "<ul class=\"plain\">\(items)</ul>"
    }

    private func evidence(_ kinds: [String]) -> HTML? {
        guard !kinds.isEmpty else { return nil }
        let items: [HTML] = kinds.map { "<li>\(parts.say(names.evidence($0)))</li>" }
        return
            "<h3>\(parts.say(CounterText.evidenceNeeded))</h3><ul class=\"chips\">\(items)</ul>"
    }
}
