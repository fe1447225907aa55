package import FoundationEssentials

/// Which templates a gateway knows our messages by, and how it calls their blanks; a file of JSON by kind:
/// `{"paid":{"id":"SMS_123","blanks":{"no":"number","yuan":"amount"}}}`.
package struct MessageTemplates: Sendable {
    package struct Template: Codable, Sendable {
        package let id: String
        /// The gateway's names, each with ours: `number`, `amount`, `code`.
        package let blanks: [String: String]

        package init(id: String, blanks: [String: String]) {
            self.id = id
            self.blanks = blanks
        }

        /// Those that the message does not fill stay empty.
        func filled(from own: [String: String]) -> [String: String] {
            blanks.mapValues { own[$0] ?? "" }
        }
    }

    private let byKind: [String: Template]

    package init(_ byKind: [MessageKind: Template]) {
        self.byKind = Dictionary(
            byKind.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// - Returns: Nil when it is none, or names a kind there is not.
    package init?(json: Data) {
        // Whoever starts the service learns that the file is none; why, an editor of JSON shows.
        guard let read = try? JSONDecoder().decode([String: Template].self, from: json),
            read.keys.allSatisfy({ MessageKind(rawValue: $0) != nil })
        else { return nil }
        byKind = read
    }

    func template(for kind: String) -> Template? { byKind[kind] }
}
