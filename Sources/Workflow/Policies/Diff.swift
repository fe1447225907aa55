internal import Casework
package import Decisions

/// What another edition would decide otherwise, model by model.
package struct EditionDiff: Sendable {
    package struct ModelDiff: Sendable {
        /// Without `.dmn`.
        package let model: String
        package let difference: Difference
    }

    package let old: String
    package let new: String
    /// Models only one of them has.
    package var added: [String] = []
    package var removed: [String] = []
    /// Parameters with other values: name, old, new; nil where there is none.
    package var parameters: [(name: String, old: String?, new: String?)] = []
    /// Models whose files differ; those that answer alike are here with no regions.
    package var models: [ModelDiff] = []
}

extension PolicyBook {
    /// - Parameters: days of editions, such as `2024-02-05`.
    package func diff(_ old: String, _ new: String) throws(PolicyError) -> EditionDiff {
        let (old, new) = (
            try edition(named: "\(jurisdiction)/\(old)"),
            try edition(named: "\(jurisdiction)/\(new)")
        )
        var diff = EditionDiff(old: old.id, new: new.id)
        let names = Set((old.parameters + new.parameters).map(\.name))
        for name in names.sorted() {
            let before = old.parameters.first { $0.name == name }.map { Self.shown($0.value) }
            let after = new.parameters.first { $0.name == name }.map { Self.shown($0.value) }
            if before != after { diff.parameters.append((name, before, after)) }
        }
        diff.removed = old.models.map(\.name).filter { name in
            !new.models.contains { $0.name == name }
        }
        for model in new.models {
            guard let before = old.models.first(where: { $0.name == model.name }) else {
                diff.added.append(model.name)
                continue
            }
            // The same file, inherited.
            guard before.file != model.file else { continue }
            let decision = model.name.hasPrefix("determination-") ? "determination" : model.name
            diff.models.append(
                EditionDiff.ModelDiff(
                    model: model.name,
                    difference: Analysis.difference(
                        of: before.model, and: model.model, decision: decision,
                        options: new.analysisOptions(for: model))))
        }
        return diff
    }

    private static func shown(_ value: Fact) -> String {
        switch value {
        case .text(let text): text
        case .integer(let number): "\(number)"
        case .flag(let truth): "\(truth)"
        case .list(let items): items.map(shown).joined(separator: ", ")
        case .record(let entries):
            entries.sorted { $0.key < $1.key }.map { "\($0.key): \(shown($0.value))" }
                .joined(separator: ", ")
        }
    }
}
