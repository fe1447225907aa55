/// One thing said in both languages of the office.
struct Phrase: Hashable, Sendable, Codable {
    let zh: String
    let en: String

    init(_ zh: String, _ en: String) {
        self.zh = zh
        self.en = en
    }

    subscript(_ language: Language) -> String {
        switch language {
        case .chinese: zh
        case .english: en
        }
    }
}

/// A language the pages are written in.
enum Language: String, Hashable, Sendable, CaseIterable {
    case chinese = "zh-CN"
    case english = "en"

    /// The value of `?lang=` that asks for it.
    var code: String {
        switch self {
        case .chinese: "zh"
        case .english: "en"
        }
    }

    var other: Language { self == .chinese ? .english : .chinese }

    /// What the reader asked for: the address first, then the browser's list; Chinese otherwise.
    ///
    /// - Parameter accepted: An Accept-Language header. Its order counts, and a weight of zero refuses.
    init(query: String?, accepted: String?) {
        if let asked = Language.allCases.first(where: { $0.code == query }) {
            self = asked
            return
        }
        for range in (accepted ?? "").prefix(200).split(separator: ",") {
            let parts = range.split(separator: ";").map { $0.filter { $0 != " " } }
            guard let tag = parts.first?.lowercased(), parts.dropFirst().first != "q=0" else {
                continue
            }
            if tag.hasPrefix("zh") || tag == "*" { self = .chinese; return }
            if tag.hasPrefix("en") { self = .english; return }
        }
        self = .chinese
    }
}
