/// Findings as a log in SARIF 2.1.0 (OASIS), which code forges and editors show.
///
/// The rule ids are those of ``Finding/Kind``, with `amends/` before them, and never change. A finding
/// points to its file, and by a logical location to its table and rule: `Track/2`.
public struct SARIF: Codable, Sendable {
    public enum Language: String, Sendable {
        case english = "en"
        case chinese = "zh"
    }

    public struct Message: Codable, Sendable {
        public let text: String
    }

    public struct Rule: Codable, Sendable {
        public let id: String
        public let shortDescription: Message
    }

    public struct Driver: Codable, Sendable {
        public let name: String
        public let version: String
        public let language: String
        public let rules: [Rule]
    }

    public struct Tool: Codable, Sendable {
        public let driver: Driver
    }

    public struct Artifact: Codable, Sendable {
        public let uri: String
    }

    public struct Physical: Codable, Sendable {
        public let artifactLocation: Artifact
    }

    public struct Logical: Codable, Sendable {
        public let fullyQualifiedName: String
        public let kind: String
    }

    public struct Location: Codable, Sendable {
        public let physicalLocation: Physical?
        public let logicalLocations: [Logical]?
    }

    public struct Result: Codable, Sendable {
        public let ruleId: String
        public let ruleIndex: Int
        public let level: String
        public let message: Message
        public let locations: [Location]
        /// Regions and witness, as in our own JSON.
        public let properties: Finding
    }

    public struct Run: Codable, Sendable {
        public let tool: Tool
        public let results: [Result]
    }

    public let version: String
    public let schema: String
    public let runs: [Run]

    private enum CodingKeys: String, CodingKey {
        case version, runs
        case schema = "$schema"
    }

    /// - Parameters:
    ///   - toolVersion: of the program that found them.
    ///   - language: of the messages.
    public init(_ findings: [Finding], language: Language, toolVersion: String) {
        version = "2.1.0"
        schema = "https://json.schemastore.org/sarif-2.1.0.json"
        let kinds = Finding.Kind.allCases
        let rules = kinds.map { kind in
            Rule(
                id: "amends/\(kind.rawValue)",
                shortDescription: Message(
                    text: language == .english ? kind.english : kind.chinese))
        }
        let results = findings.map { finding in
            Result(
                ruleId: "amends/\(finding.kind.rawValue)",
                ruleIndex: kinds.firstIndex(of: finding.kind) ?? 0,
                level: finding.severity.rawValue,
                message: Message(text: language == .english ? finding.english : finding.chinese),
                locations: [Self.location(finding)], properties: finding)
        }
        let driver = Driver(
            name: "amends", version: toolVersion, language: language.rawValue, rules: rules)
        runs = [Run(tool: Tool(driver: driver), results: results)]
    }

    private static func location(_ finding: Finding) -> Location {
        var names = finding.rules.map { "\(finding.table)/\($0)" }
        if names.isEmpty, !finding.table.isEmpty { names = [finding.table] }
        return Location(
            physicalLocation: finding.file.isEmpty
                ? nil : Physical(artifactLocation: Artifact(uri: finding.file)),
            logicalLocations: names.isEmpty
                ? nil : names.map { Logical(fullyQualifiedName: $0, kind: "element") })
    }
}

extension Finding.Kind {
    public var english: String {
        switch self {
        case .gap: "Facts that no rule covers"
        case .overlap: "Rules that match together against the hit policy"
        case .unreachable: "A rule that can never decide"
        case .subsumed: "A rule that one other rule covers"
        case .unread: "A column or input that nothing reads"
        case .uncited: "A rule without its clause"
        case .unreadable: "A cell that cannot be checked"
        case .outsideProfile: "Something outside the policy profile"
        case .unfinished: "A check that stopped at its limit"
        }
    }

    public var chinese: String {
        switch self {
        case .gap: "没有规则覆盖的事实"
        case .overlap: "规则重叠，与命中策略冲突"
        case .unreachable: "永远不会生效的规则"
        case .subsumed: "被另一条规则完全覆盖的规则"
        case .unread: "没有使用的列或输入"
        case .uncited: "没有依据的规则"
        case .unreadable: "无法检查的单元格"
        case .outsideProfile: "超出政策规范的内容"
        case .unfinished: "达到上限而中止的检查"
        }
    }
}
