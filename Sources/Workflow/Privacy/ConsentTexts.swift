/// What people are told of the use of their personal data when they file: `consent.yaml` beside the
/// editions, a version after another. A version is never changed; the last one stands on the page.
package struct ConsentTexts: Hashable, Sendable {
    package struct Version: Hashable, Sendable {
        /// Its first day.
        package let name: String
        package let chinese: String
        package let english: String

        /// SHA-256 of both texts, hex: kept with each filing.
        package var hash: String { sha256Hex("\(name)\n\(chinese)\n\(english)") }
    }

    /// The earliest first.
    package let versions: [Version]

    package var current: Version? { versions.last }

    static let file = "consent.yaml"

    /// Without any where the jurisdiction in `directory` has no such file.
    package static func load(directory: String) throws(PolicyError) -> ConsentTexts {
        let folder = PolicyFolder(path: directory)
        guard folder.has(file) else { return ConsentTexts(versions: []) }
        let root = try YAMLSection.read(try folder.text(file), file: file)
        var versions: [Version] = []
        for name in root.keys {
            let section = try root.section(name)
            try section.allow("zh", "en")
            guard versions.last.map({ $0.name < name }) ?? true else {
                throw root.wrong(name, "write versions by their first day, the earliest first")
            }
            versions.append(
                Version(
                    name: name, chinese: try section.text("zh"), english: try section.text("en")))
        }
        return ConsentTexts(versions: versions)
    }
}
