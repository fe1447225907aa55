import Casework

extension Explanation {
    /// As lines for a terminal or a letter, in one language.
    package func text(in pick: (Said) -> String) -> String {
        func say(_ chinese: String, _ english: String) -> String { pick(Said(chinese, english)) }
        var lines = ["\(model) · \(edition) \(pick(title))"]
        if !isUnchanged {
            lines.append(
                say(
                    "  版本文件在裁决之后有改动：规则以当时记录为准，条件按现在的文件显示",
                    "  the edition's files have changed since: rules as recorded, conditions as they read today"
                ))
        }
        for table in tables {
            lines.append("  \(pick(table.label)) (\(table.name))")
            for step in table.steps {
                lines.append("    " + say("命中", "hit") + " " + step.rule.line(in: pick))
                lines += step.conditions.map { "        " + $0.met(in: pick) }
            }
            for miss in table.nearMisses {
                lines.append(
                    "    " + say("只差一项", "one condition short") + " " + miss.rule.line(in: pick))
                lines.append("        " + miss.failed.failed(in: pick))
            }
        }
        for head in heads {
            let fund = head.isCovered ? say("基金覆盖", "covered") : say("基金不覆盖", "not covered")
            lines.append("  \(head.code) \(head.arithmetic) (\(fund)) [\(head.clause)]")
        }
        return lines.joined(separator: "\n")
    }
}

extension CitedRule {
    fileprivate func line(in pick: (Said) -> String) -> String {
        "#\(row) \(pick(Said(chinese, english))) [\(clause)]"
    }
}

extension Explanation.Condition {
    fileprivate func met(in pick: (Said) -> String) -> String {
        "\(pick(subject)): \(pick(found))" + pick(Said("，符合：", ", as wanted: ")) + pick(wanted)
            + computed(pick)
    }

    fileprivate func failed(in pick: (Said) -> String) -> String {
        "\(pick(subject)): \(pick(found))" + pick(Said("，应为：", ", wanted: ")) + pick(wanted)
            + computed(pick)
    }

    private func computed(_ pick: (Said) -> String) -> String {
        guard !parts.isEmpty else { return "" }
        let said = parts.map { "\(pick($0.subject)) = \(pick($0.value))" }
        return pick(Said("（", " (")) + said.joined(separator: pick(Said("，", ", ")))
            + pick(Said("）", ")"))
    }
}
