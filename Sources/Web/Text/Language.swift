/// A language of the pages. The office works in two; tourists are also spoken to in the other two.
enum Language: String, Hashable, Sendable, CaseIterable {
    case chinese = "zh-CN"
    case english = "en"
    case russian = "ru"
    case korean = "ko"

    /// Those of the pages of the office's people.
    static let office: [Language] = [.chinese, .english]

    /// The value of `?lang=` that asks for it.
    var code: String { String(rawValue.prefix(2)) }

    /// What those who speak it call it.
    var ownName: String {
        switch self {
        case .chinese: "中文"
        case .english: "English"
        case .russian: "Русский"
        case .korean: "한국어"
        }
    }

    /// Its texts; nil for the two in which every phrase is written.
    var catalogue: Catalogue? {
        switch self {
        case .chinese, .english: nil
        case .russian: .russian
        case .korean: .korean
        }
    }

    /// The language of the office that comes nearest.
    var ofOffice: Language { self == .chinese ? .chinese : .english }

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
            if tag == "*" { self = .chinese; return }
            let primary = tag.prefix { $0 != "-" }
            if let spoken = Language.allCases.first(where: { $0.code == primary }) {
                self = spoken
                return
            }
        }
        self = .chinese
    }
}
