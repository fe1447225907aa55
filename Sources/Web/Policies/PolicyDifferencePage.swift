import Casework
import Decisions
import Workflow

/// What one edition would decide otherwise than another.
struct PolicyDifferencePage {
    /// Regions listed of each model.
    private static let shown = 50

    let call: Call
    let old: Edition
    let new: Edition
    let diff: EditionDiff

    private var parts: Parts { call.parts }

    func answer() -> Answer {
        let title = "\(old.id) → \(new.id)"
        let isSame =
            diff.parameters.isEmpty && diff.added.isEmpty && diff.removed.isEmpty
            && diff.models.isEmpty
        let same: HTML? = isSame ? "<p>\(parts.say(PolicyText.sameRules))</p>" : nil
        return call.page(
            title, section: .policies,
            at: Link.policy(new.name).below("difference"),
            """
            <section class="lead">\(parts.crumb(.policy(new.name), Phrase(new.chinese, new.english)))
            <h1>\(title)</h1>
            <p>\(parts.say(Phrase(old.chinese, old.english))) → \(parts.say(Phrase(new.chinese, new.english)))</p>\(same)</section>
            \(parameters)\(models)
            \(diff.models.map(model))
            """
        ).answer()
    }

    private var parameters: HTML? {
        guard !diff.parameters.isEmpty else { return nil }
        let rows: [[HTML]] = diff.parameters.map { name, before, after in
            ["<code>\(name)</code>", "\(before ?? "–")", "\(after ?? "–")"]
        }
        return parts.section(
            PolicyText.parameters, "parameters",
            parts.table(
                [.text("参数", "Parameter"), .text("原", "Before"), .text("新", "After")], rows,
                label: parts.say(PolicyText.parameters)))
    }

    private var models: HTML? {
        let items: [HTML] =
            diff.added.map { "<li>\(parts.say(Phrase("新增", "added"))): <code>\($0)</code></li>" }
            + diff.removed.map {
                "<li>\(parts.say(Phrase("删去", "removed"))): <code>\($0)</code></li>"
            }
        return items.isEmpty
            ? nil
            : parts.section(PolicyText.tables, "models", "<ul class=\"findings\">\(items)</ul>")
    }

    private func model(_ each: EditionDiff.ModelDiff) -> HTML {
        let difference = each.difference
        let changes: [HTML] = difference.changes.map {
            "<li>\(parts.say(Phrase($0.chinese, $0.english)))</li>"
        }
        let rows: [[HTML]] = difference.regions.prefix(Self.shown).map { part in
            let facts = part.witness.map { "\($0.input) = \($0.text)" }.joined(separator: ", ")
            return [
                "\(parts.say(Phrase(part.region.chinese, part.region.english)))",
                "<code>\(facts)</code>", "<code>\(part.oldAnswer)</code>",
                "<code>\(part.newAnswer)</code>",
            ]
        }
        let table = parts.table(
            [
                .text("哪些情形", "Where"), .text("例如", "For example"), .text("原结论", "Before"),
                .text("新结论", "After"),
            ], rows, label: parts.say(Names.model(each.model)),
            empty: Phrase("所有案情结论相同。", "No facts found that are answered differently."))
        let open: [HTML] = difference.openQuestions.map { "<li>\($0)</li>" }
        let questions: HTML? =
            open.isEmpty
            ? nil
            : "<p class=\"quiet\">\(parts.say(Phrase("未能判定的", "Not decided")))</p><ul class=\"findings\">\(open)</ul>"
        let written: HTML? =
            changes.isEmpty
            ? nil
            : "<details><summary>\(parts.say(Phrase("逐条改动", "Change by change")))</summary><ul class=\"findings\">\(changes)</ul></details>"
        return parts.section(
            Names.model(each.model), "model-\(each.model)",
            "\(table)\(parts.cut(rows.count, at: Self.shown))\(questions)\(written)")
    }
}
