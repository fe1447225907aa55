package import Casework
package import Database
package import Ledger

extension Transaction {
    package func merchant(_ id: ID<Merchant>) throws(DatabaseError) -> Merchant? {
        let found = try rows(
            ofAll: ["select name, trade from merchant where id = \(id.text)"] + Self.past(of: id))
        guard let row = found[0].first else { return nil }
        return Merchant(
            id: id, name: try row.text(0), trade: try row.text(1),
            standings: try standings(found[1], of: id), ratings: try ratings(found[2]))
    }

    /// Reads a merchant's standings, and its ratings.
    private static func past(of id: ID<Merchant>) -> [SQL] {
        [
            """
            select standing, from_day, reason, agreement from merchant_standing
            where merchant_id = \(id.text) order by position
            """,
            """
            select stars, from_day, reason from merchant_rating
            where merchant_id = \(id.text) order by position
            """,
        ]
    }

    private func ratings(_ rows: [Row]) throws(DatabaseError) -> [Rating] {
        try rows.map { row throws(DatabaseError) in
            Rating(
                stars: Int(try row.integer(0)), from: try day(row.text(1)),
                reason: try row.text(2))
        }
    }

    package func writeRating(
        _ rating: Rating, of id: ID<Merchant>, position: Int, by actor: String, at now: Moment
    ) throws(DatabaseError) {
        try put(
            """
            insert into merchant_rating (merchant_id, position, stars, from_day, reason, recorded_ms,
                actor)
            values (\(id.text), \(position), \(rating.stars), \(rating.from.description),
                \(rating.reason), \(now.ms), \(actor))
            """)
    }

    private func standings(
        _ rows: [Row], of id: ID<Merchant>
    ) throws(DatabaseError) -> [StandingChange] {
        try rows.map { row throws(DatabaseError) in
            let name = try row.text(0)
            guard let standing = Standing(rawValue: name) else {
                throw .corrupt("merchant \(id) has the unknown standing \(name)")
            }
            return StandingChange(
                standing, from: try day(row.text(1)), reason: try row.text(2),
                agreement: try row.textOrNil(3))
        }
    }

    /// Adds a merchant; one that is known keeps its id and gets the new name.
    package func writeMerchant(_ merchant: Merchant) throws(DatabaseError) {
        try put(
            """
            insert into merchant (id, name, trade, folded_name)
            values (\(merchant.id.text), \(merchant.name), \(merchant.trade), \(folded(merchant.name)))
            on conflict (id) do update set name = excluded.name, trade = excluded.trade,
                folded_name = excluded.folded_name
            """)
    }

    package func writeStanding(
        _ change: StandingChange, of id: ID<Merchant>, position: Int, by actor: String,
        at now: Moment
    ) throws(DatabaseError) {
        try put(
            """
            insert into merchant_standing (merchant_id, position, standing, from_day, reason,
                recorded_ms, actor, agreement)
            values (\(id.text), \(position), \(change.standing.rawValue), \(change.from.description),
                \(change.reason), \(now.ms), \(actor), \(change.agreement))
            """)
    }

    /// Merchants whose name begins with or contains `text`, by name.
    package func merchants(
        named text: String, limit: Int
    ) throws(DatabaseError) -> [Merchant] {
        let pattern = "%" + folded(text).filter { $0 != "%" && $0 != "_" } + "%"
        let named = try rows(
            """
            select id, name, trade from merchant where lower(folded_name) like \(pattern)
            order by folded_name, id limit \(limit)
            """)
        let ids = try named.map { row throws(DatabaseError) in ID<Merchant>(try row.text(0)) }
        let past = try rows(ofAll: ids.flatMap(Self.past))
        var found: [Merchant] = []
        for (index, row) in named.enumerated() {
            found.append(
                Merchant(
                    id: ids[index], name: try row.text(1), trade: try row.text(2),
                    standings: try standings(past[2 * index], of: ids[index]),
                    ratings: try ratings(past[2 * index + 1])))
        }
        return found
    }

    private func folded(_ name: String) -> String {
        name.lowercased().filter { !$0.isWhitespace }
    }
}
