package import Casework
package import Database
package import Ledger

/// What a tourist thought of how the case was handled. It changes nothing of it.
package struct CaseRating: Hashable, Sendable, Codable {
    /// 1…5.
    package let stars: Int
    /// Empty where nothing was said.
    package let text: String

    package init(stars: Int, text: String) {
        self.stars = stars
        self.text = text
    }
}

extension Transaction {
    package func rating(of id: ID<Case>) throws(DatabaseError) -> CaseRating? {
        guard
            let row = try first("select payload from case_rating where case_id = \(id.text)")
        else { return nil }
        let text = try opened(try row.text(0), of: id.text, at: "case_rating \(id)")
        return try fromJSON(
            [String: CaseRating].self, text, at: "case_rating \(id)")["rated"]
    }

    /// - Throws: A `unique` constraint where the case was rated before.
    package func write(
        _ rating: CaseRating, of id: ID<Case>, at now: Moment
    ) throws(DatabaseError) {
        let payload = try sealed(
            jsonText(["rated": rating]), of: id.text, position: 1, at: "case_rating \(id)", now)
        try put(
            """
            insert into case_rating (case_id, stars, payload, rated_ms)
            values (\(id.text), \(rating.stars), \(payload), \(now.ms))
            """)
    }
}
