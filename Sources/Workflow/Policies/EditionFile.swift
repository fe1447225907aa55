internal import Casework
package import Ledger

/// One `jurisdiction.yaml` as written, before what it extends is laid under it.
struct EditionFile {
    let file: String
    let from: Day
    let until: Day?
    let extends: String?
    let chinese: String
    let english: String
    /// Only the first edition of a line has it.
    let jurisdiction: Jurisdiction?
    var channels: [Named]
    var bureaus: [Named]
    var accounts: [Named]
    var trades: [Named]
    var evidence: [Named]
    var parameters: [Parameter]
    var matters: [Matter]
    var facts: [FactDraft]
    var properties: [DeclaredProperty]
    var hotline: HotlineDraft

    init(_ text: String, file: String) throws(PolicyError) {
        let root = try YAMLSection.read(text, file: file)
        try root.allow(
            [
                "edition", "jurisdiction", "channels", "bureaus", "fund", "trades", "evidence",
                "parameters", "matters", "facts", "properties",
            ] + HotlineDraft.keys)
        let edition = try root.section("edition")
        try edition.allow("from", "until", "extends", "zh", "en")
        self.file = file
        from = try edition.day("from")
        until = edition.has("until") ? try edition.day("until") : nil
        if let until, until < from {
            throw edition.wrong("until", "the last day lies before the first")
        }
        extends = try edition.optionalText("extends")
        chinese = try edition.text("zh")
        english = try edition.text("en")
        jurisdiction =
            root.has("jurisdiction") ? try Jurisdiction(root.section("jurisdiction")) : nil
        channels = try Self.named(root, "channels")
        bureaus = try Self.named(root, "bureaus")
        accounts = root.has("fund") ? try Self.named(root.section("fund"), "accounts") : []
        trades = try Self.named(root, "trades")
        evidence = try Self.named(root, "evidence")
        parameters = []
        for (name, section) in try root.sections("parameters") {
            parameters.append(try Parameter(name, section))
        }
        matters = []
        for (code, section) in try root.sections("matters") {
            matters.append(try Matter(code, section))
        }
        facts = []
        for (name, section) in try root.sections("facts") {
            facts.append(try FactDraft(name, section))
        }
        properties = []
        for (name, section) in try root.sections("properties") {
            properties.append(try DeclaredProperty(name, section))
        }
        hotline = try HotlineDraft(root)
    }

    private static func named(_ section: YAMLSection, _ key: String) throws(PolicyError) -> [Named]
    {
        var all: [Named] = []
        for (code, entry) in try section.sections(key) {
            try entry.allow("zh", "en", "phone", "number")
            let phone = try entry.optionalText("phone")
            let number = try phone == nil ? entry.optionalText("number") : phone
            all.append(
                Named(
                    code: code, chinese: try entry.text("zh"), english: try entry.text("en"),
                    number: number))
        }
        return all
    }

    /// This file laid over `base`: entries of the same name replace, others stay.
    func laid(over base: EditionFile) -> EditionFile {
        var result = self
        result.channels = base.channels.merged(with: channels, by: \.code)
        result.bureaus = base.bureaus.merged(with: bureaus, by: \.code)
        result.accounts = base.accounts.merged(with: accounts, by: \.code)
        result.trades = base.trades.merged(with: trades, by: \.code)
        result.evidence = base.evidence.merged(with: evidence, by: \.code)
        result.parameters = base.parameters.merged(with: parameters, by: \.name)
        result.matters = base.matters.merged(with: matters, by: \.code)
        result.facts = base.facts.merged(with: facts, by: \.name)
        result.properties = base.properties.merged(with: properties, by: \.name)
        result.hotline = hotline.laid(over: base.hotline)
        return result
    }
}

/// Names and conventions of the place.
package struct Jurisdiction: Hashable, Sendable {
    package let chinese: String
    package let english: String
    /// Of case numbers: `SY`.
    package let prefix: String
    package let zone: Zone
    package let currency: String

    init(_ section: YAMLSection) throws(PolicyError) {
        try section.allow("zh", "en", "prefix", "zone", "currency")
        chinese = try section.text("zh")
        english = try section.text("en")
        prefix = try section.text("prefix")
        guard (2...6).contains(prefix.count), prefix.utf8.allSatisfy({ (65...90).contains($0) })
        else {
            throw section.wrong("prefix", "write two to six capital letters")
        }
        let offset = try section.text("zone")
        guard let moment = Moment("1970-01-01T00:00:00" + offset),
            offset.hasPrefix("+") || offset.hasPrefix("-"),
            let zone = Zone(offsetMinutes: Int(-moment.ms / 60_000))
        else { throw section.wrong("zone", "write the offset from UTC, such as \"+08:00\"") }
        self.zone = zone
        currency = try section.text("currency")
    }
}

extension Parameter {
    init(_ name: String, _ section: YAMLSection) throws(PolicyError) {
        try section.allow("value", "unit", "status", "source")
        let unit = try section.text("unit")
        let code = try section.text("status")
        guard let status = Status(rawValue: code) else {
            throw section.wrong("status", "\(code) is neither V (verified) nor K (unconfirmed)")
        }
        let value: Fact
        if section.isList("value") {
            value = .list(try section.texts("value").map(Fact.text))
        } else {
            let text = try section.text("value")
            if unit == "CNY" {
                guard let money = Money(yuan: text), !money.isNegative else {
                    throw section.wrong(
                        "value", "\(text) is no amount in yuan with at most two decimals")
                }
                value = .text(money.description)
            } else if let integer = Int64(text) {
                value = .integer(integer)
            } else {
                value = text == "true" ? .flag(true) : text == "false" ? .flag(false) : .text(text)
            }
        }
        self.init(
            name: name, value: value, unit: unit, status: status, source: try section.text("source")
        )
    }
}

extension Matter {
    init(_ code: String, _ section: YAMLSection) throws(PolicyError) {
        try section.allow("category", "rules", "as", "zh", "en", "evidence")
        self.init(
            code: code, category: try section.text("category"), rules: try section.text("rules"),
            knownAs: try section.optionalText("as") ?? code, chinese: try section.text("zh"),
            english: try section.text("en"), evidence: try section.texts("evidence"))
    }
}
