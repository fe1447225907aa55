import Ledger

/// How long what is personal is kept after a case or work order ended: `retention.yaml` beside the editions.
///
/// It is no edition and decides no case, so it is outside what is approved and hashed.
package struct RetentionRule: Hashable, Sendable {
    /// In the order in which they are looked through.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A case without money of the fund.
        case complaint
        /// A case in which the fund paid or reserved: its papers prove a voucher.
        case paid
        /// A work order of the hotline.
        case order
    }

    package struct Term: Hashable, Sendable {
        /// 1…100, from the day after closing.
        package let years: Int
        /// On what it rests.
        package let source: String
    }

    /// A kind that is not named is kept.
    package let terms: [Kind: Term]

    static let file = "retention.yaml"

    /// Nil where the jurisdiction in `directory` has none: then nothing is ever due.
    package static func load(directory: String) throws(PolicyError) -> RetentionRule? {
        let folder = PolicyFolder(path: directory)
        guard folder.has(file) else { return nil }
        let root = try YAMLSection.read(try folder.text(file), file: file)
        try root.allow(Kind.allCases.map(\.rawValue))
        var terms: [Kind: Term] = [:]
        for (name, section) in try root.sectionsOfRoot() {
            guard let kind = Kind(rawValue: name) else { continue }
            try section.allow("years", "source")
            guard let years = try section.optionalInteger("years"), (1...100).contains(years) else {
                throw section.wrong("years", "write whole years, 1 to 100")
            }
            terms[kind] = Term(years: Int(years), source: try section.text("source"))
        }
        return RetentionRule(terms: terms)
    }

    /// What ended before this day is due.
    func end(of kind: Kind, on today: Day) -> Day? {
        guard let years = terms[kind]?.years else { return nil }
        let (year, month, day) = today.components
        return Day(year: year - years, month: month, day: day)
            ?? Day(year: year - years, month: 2, day: 28)
    }
}

extension YAMLSection {
    fileprivate func sectionsOfRoot() throws(PolicyError) -> [(name: String, section: YAMLSection)]
    {
        var found: [(name: String, section: YAMLSection)] = []
        for key in keys { found.append((key, try section(key))) }
        return found
    }
}
