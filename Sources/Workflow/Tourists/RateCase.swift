package import Casework
package import Ledger
package import Store

/// Limits on what a tourist says of a settled case.
package enum RatingLimits {
    package static let stars = 1...5
    package static let text_characters = 1_000
}

extension Work {
    /// Keeps the tourist's one rating of a case. The same again changes nothing; it is no event, counts in
    /// no figure of the procedure and moves no clock.
    ///
    /// - Throws: `TouristError.notSettled`, then `WorkflowError.unfit`, then `TouristError.ratedBefore`.
    package func rate(_ id: ID<Case>, _ rating: CaseRating) throws {
        guard let row = try transaction.caseRow(id) else { throw WorkflowError.noSuchCase(id.text) }
        guard Case.isRatable(inStage: row.stage) else { throw TouristError.notSettled }
        guard RatingLimits.stars.contains(rating.stars) else {
            throw WorkflowError.unfit([
                .init(
                    field: "stars", chinese: "应为1至5的整数",
                    english: "must be a whole number from 1 to 5")
            ])
        }
        guard rating.text.count <= RatingLimits.text_characters else {
            let (length, limit) = (rating.text.count, RatingLimits.text_characters)
            throw WorkflowError.unfit([
                .init(
                    field: "words", chinese: "最多\(limit)个字，现有\(length)个",
                    english: "has \(length) characters; at most \(limit) are taken")
            ])
        }
        if let before = try transaction.rating(of: id) {
            guard before == rating else { throw TouristError.ratedBefore }
            return
        }
        try transaction.write(rating, of: id, at: now)
    }
}

extension Case {
    /// Whether the tourist may say what they think of it.
    ///
    /// - Parameter name: As `Stage.name` writes it.
    package static func isRatable(inStage name: String) -> Bool {
        ["resolved", "closed", "declined"].contains(name)
    }
}
