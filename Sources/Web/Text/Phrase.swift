/// One thing said in both languages of the office; tourists read it in theirs where a catalogue has it.
struct Phrase: Hashable, Sendable, Codable {
    let zh: String
    let en: String

    init(_ zh: String, _ en: String) {
        self.zh = zh
        self.en = en
    }

    /// English where the language's catalogue does not have it: see `isSaid(in:)`.
    subscript(_ language: Language) -> String {
        language == .chinese ? zh : language.catalogue?.text(for: en) ?? en
    }

    func isSaid(in language: Language) -> Bool {
        guard let catalogue = language.catalogue else { return true }
        return catalogue.text(for: en) != nil
    }
}
