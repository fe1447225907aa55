/// A sentence for the person who wrote the model: what is wrong, and how to mend it.
public struct Wording: Hashable, Sendable {
    public let english: String
    public let chinese: String

    init(_ english: String, _ chinese: String) {
        self.english = english
        self.chinese = chinese
    }

    /// The same with more said after it.
    func followed(by next: Wording?) -> Wording {
        guard let next else { return self }
        return Wording("\(english); \(next.english)", "\(chinese)；\(next.chinese)")
    }
}
