/// How a work order is sorted when it is registered: what it is about, how pressing and how hard it is.
package struct OrderClassification: Hashable, Sendable, Codable {
    /// A code of the edition's categories, by which its reports break down.
    package let category: String
    package let isUrgent: Bool
    /// 1 the simplest; nil where the edition knows no grades.
    package let difficulty: Int?

    package init(category: String, isUrgent: Bool, difficulty: Int? = nil) {
        self.category = category
        self.isUrgent = isUrgent
        self.difficulty = difficulty
    }
}
