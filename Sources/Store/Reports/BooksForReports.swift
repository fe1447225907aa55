package import Casework
package import Database
package import Ledger

/// What bulletins tell of the bank's statements and the merchants' list: none of it is in a record.
extension Transaction {
    package func unidentifiedLines(on day: Day) throws(DatabaseError) -> UnidentifiedLines {
        var found = UnidentifiedLines(on: day)
        for row in try rows(
            """
            select booked_day, amount_fen from statement_line
            where matched = 'suspense' and booked_day <= \(day.description)
            """)
        {
            found.add(Money(fen: try row.integer(1)), bookedOn: try Store.day(row.text(0)))
        }
        return found
    }

    /// Nil while no merchant is on the list.
    package func listChanges(
        from first: Day, through last: Day
    ) throws(DatabaseError) -> ListChanges? {
        guard try self.first("select merchant_id from merchant_standing limit 1") != nil else {
            return nil
        }
        var changes = ListChanges()
        for row in try rows(
            """
            select standing, case when position > 0 then 1 else 0 end, count(*)
            from merchant_standing
            where from_day >= \(first.description) and from_day <= \(last.description)
            group by 1, 2
            """)
        {
            let name = try row.text(0)
            guard let standing = Standing(rawValue: name) else {
                throw .corrupt("merchant_standing has the unknown standing \(name)")
            }
            let count = try row.integer(2)
            if standing == .enrolled, try row.integer(1) > 0 {
                changes.readmitted += count
            } else {
                changes.standings[standing, default: 0] += count
            }
        }
        for row in try rows(
            """
            select later.stars, earlier.stars from merchant_rating later
            left join merchant_rating earlier on earlier.merchant_id = later.merchant_id
                and earlier.position = later.position - 1
            where later.from_day >= \(first.description) and later.from_day <= \(last.description)
            """)
        {
            guard let past = try row.integerOrNil(1) else {
                changes.rated += 1
                continue
            }
            let stars = try row.integer(0)
            if stars > past { changes.starsUp += 1 }
            if stars < past { changes.starsDown += 1 }
        }
        return changes
    }
}
