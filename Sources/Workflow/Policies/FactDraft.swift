internal import Casework

/// A fact of the schema as its file wrote it: its values may still name a list of the edition.
struct FactDraft {
    let name: String
    /// The file that declares it.
    let file: String
    let type: FactKind.Kind
    let chinese: String
    let english: String
    let unit: String?
    let values: Values?
    let range: ClosedRange<Int64>
    let source: FactKind.Source
    let needed: FactKind.Matters
    let asked: FactKind.Matters
    let otherwise: Fact?
    let derivation: Derivation?
    let mayBeFuture: Bool

    enum Values {
        case choices([FactKind.Choice])
        /// Those of a list of the edition.
        case list(NamedList)
    }

    enum NamedList: String, CaseIterable {
        case matters, evidence, kinds, categories, areas
    }

    init(_ name: String, _ section: YAMLSection) throws(PolicyError) {
        try section.allow(
            "type", "zh", "en", "unit", "values", "min", "max", "from", "needed", "asked",
            "otherwise",
            "derive", "mayBeFuture")
        self.name = name
        file = section.file
        let type = try Self.choice(FactKind.Kind.self, section, "type")
        self.type = type
        chinese = try section.text("zh")
        english = try section.text("en")
        unit = try section.optionalText("unit")
        let source = try Self.choice(FactKind.Source.self, section, "from")
        self.source = source
        values = try Self.values(section)
        let least = try section.optionalInteger("min") ?? .min
        let most = try section.optionalInteger("max") ?? .max
        guard least <= most else {
            throw section.wrong("max", "the largest value lies below the least")
        }
        range = least...most
        needed = try Self.matters(section, "needed")
        asked = try Self.matters(section, "asked")
        mayBeFuture = try section.flag("mayBeFuture")
        derivation = section.has("derive") ? try Derivation(section.section("derive")) : nil
        guard (derivation != nil) == (source == .derived) else {
            throw section.wrong("derive", "a fact that is derived, and no other, says from what")
        }
        if let text = try section.optionalText("otherwise") {
            guard let fact = Fact(text, type: type) else {
                throw section.wrong("otherwise", "\(text) is no \(type.rawValue)")
            }
            otherwise = fact
        } else {
            otherwise = nil
        }
    }

    private static func choice<Choice: RawRepresentable & CaseIterable>(
        _: Choice.Type, _ section: YAMLSection, _ key: String
    ) throws(PolicyError) -> Choice where Choice.RawValue == String {
        let text = try section.text(key)
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw section.wrong(key, "\(text) is not one of \(known)")
        }
        return choice
    }

    private static func matters(
        _ section: YAMLSection, _ key: String
    ) throws(PolicyError) -> FactKind.Matters {
        guard section.has(key) else { return .some([]) }
        if section.isList(key) { return .some(try section.texts(key)) }
        guard try section.text(key) == "all" else {
            throw section.wrong(key, "write all, or a list")
        }
        return .all
    }

    private static func values(_ section: YAMLSection) throws(PolicyError) -> Values? {
        guard section.has("values") else { return nil }
        guard section.isSection("values") else {
            guard let list = NamedList(rawValue: try section.text("values")) else {
                throw section.wrong(
                    "values", "write one of \(NamedList.allCases.codes), or code: [zh, en]")
            }
            return .list(list)
        }
        let entries = try section.section("values")
        var choices: [FactKind.Choice] = []
        for code in entries.keys {
            let names = try entries.texts(code)
            guard names.count == 2 else { throw entries.wrong(code, "write [中文, English]") }
            choices.append(FactKind.Choice(code, names[0], names[1]))
        }
        return .choices(choices)
    }

    func kind(
        matters: [Matter], evidence: [Named], hotline: Hotline
    ) throws(PolicyError) -> FactKind {
        let choices: [FactKind.Choice]? =
            switch values {
            case nil: nil
            case .choices(let choices): choices
            case .list(.matters): matters.map { .init($0.code, $0.chinese, $0.english) }
            case .list(.evidence): evidence.map { .init($0.code, $0.chinese, $0.english) }
            case .list(.kinds): hotline.kinds.map { .init($0.code, $0.chinese, $0.english) }
            case .list(.categories):
                hotline.categories.map { .init($0.code, $0.chinese, $0.english) }
            case .list(.areas): hotline.areas.map { .init($0.code, $0.chinese, $0.english) }
            }
        for (key, listed) in [("needed", needed), ("asked", asked)] {
            guard case .some(let codes) = listed else { continue }
            for code in codes where !matters.contains(where: { $0.code == code }) {
                throw .wrongValue(
                    file: file, key: "facts.\(name).\(key)", mend: "\(code) is none of the matters")
            }
        }
        return FactKind(
            name: name, type: type, chinese: chinese, english: english, unit: unit, values: choices,
            range: range, source: source, needed: needed, asked: asked, otherwise: otherwise,
            derivation: derivation, mayBeFuture: mayBeFuture)
    }
}
