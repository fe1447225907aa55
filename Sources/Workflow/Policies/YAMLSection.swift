internal import Ledger
internal import Yams

/// A mapping of a YAML file, read key by key, so that every complaint names the file and the key.
struct YAMLSection {
    let file: String
    /// Dotted, empty at the root.
    let path: String
    private let mapping: Node.Mapping

    static func read(_ text: String, file: String) throws(PolicyError) -> YAMLSection {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw Self.malformed(error, file: file)
        } catch {
            throw .malformed(file: file, line: 1, reason: "\(error)")
        }
        guard let root, case .mapping(let mapping) = root else {
            throw .malformed(file: file, line: 1, reason: "the file must be a mapping of keys")
        }
        return YAMLSection(file: file, path: "", mapping: mapping)
    }

    private static func malformed(_ error: YamlError, file: String) -> PolicyError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            .malformed(file: file, line: mark.line, reason: problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            .malformed(
                file: file, line: context.mark.line,
                reason: "a key is written twice: \(duplicates.joined(separator: ", "))")
        default: .malformed(file: file, line: 1, reason: "\(error)")
        }
    }

    /// The keys, in the order of the file.
    var keys: [String] { mapping.keys.map { $0.scalar?.string ?? "?" } }

    func has(_ key: String) -> Bool { node(key) != nil }

    /// Refuses keys that nobody reads: a misspelt key would otherwise be silently ignored.
    func allow(_ known: String...) throws(PolicyError) { try allow(known) }

    func allow(_ known: [String]) throws(PolicyError) {
        for key in keys where !known.contains(key) {
            throw .unknownKey(file: file, key: full(key), known: known)
        }
    }

    func text(_ key: String) throws(PolicyError) -> String {
        guard let text = try optionalText(key) else {
            throw .missingKey(file: file, key: full(key))
        }
        return text
    }

    func optionalText(_ key: String) throws(PolicyError) -> String? {
        guard let node = node(key) else { return nil }
        guard let scalar = node.scalar else { throw wrong(key, "write a single value") }
        return scalar.string
    }

    func texts(_ key: String) throws(PolicyError) -> [String] {
        guard let node = node(key) else { throw .missingKey(file: file, key: full(key)) }
        guard let sequence = node.sequence else { throw wrong(key, "write a list: [a, b]") }
        var texts: [String] = []
        for item in sequence {
            guard let scalar = item.scalar else {
                throw wrong(key, "write a list of single values")
            }
            texts.append(scalar.string)
        }
        return texts
    }

    /// Whether the value is a list rather than a single value or a mapping.
    func isList(_ key: String) -> Bool { node(key)?.sequence != nil }

    func isSection(_ key: String) -> Bool { node(key)?.mapping != nil }

    func section(_ key: String) throws(PolicyError) -> YAMLSection {
        guard let node = node(key) else { throw .missingKey(file: file, key: full(key)) }
        guard let mapping = node.mapping else {
            throw wrong(key, "write keys with values below it")
        }
        return YAMLSection(file: file, path: full(key), mapping: mapping)
    }

    /// The sections below `key` by name, in the order of the file; none when the key is absent.
    func sections(_ key: String) throws(PolicyError) -> [(name: String, section: YAMLSection)] {
        guard has(key) else { return [] }
        let all = try section(key)
        var sections: [(name: String, section: YAMLSection)] = []
        for name in all.keys { sections.append((name, try all.section(name))) }
        return sections
    }

    func day(_ key: String) throws(PolicyError) -> Day {
        let text = try text(key)
        guard let day = Day(text) else { throw wrong(key, "\(text) is no day; write yyyy-MM-dd") }
        return day
    }

    func optionalInteger(_ key: String) throws(PolicyError) -> Int64? {
        guard let text = try optionalText(key) else { return nil }
        guard let integer = Int64(text) else { throw wrong(key, "\(text) is no whole number") }
        return integer
    }

    func flag(_ key: String) throws(PolicyError) -> Bool {
        switch try optionalText(key) {
        case nil, "false": return false
        case "true": return true
        case let text?: throw wrong(key, "\(text) is neither true nor false")
        }
    }

    func wrong(_ key: String, _ mend: String) -> PolicyError {
        .wrongValue(file: file, key: full(key), mend: mend)
    }

    private func full(_ key: String) -> String { path.isEmpty ? key : path + "." + key }

    private func node(_ key: String) -> Node? {
        // `null` and an empty value read as absent.
        guard let node = mapping.first(where: { $0.key.scalar?.string == key })?.value else {
            return nil
        }
        return node.scalar.map { $0.string.isEmpty && $0.style == .plain } == true ? nil : node
    }
}
