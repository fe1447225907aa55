package import Casework
package import Database
package import Ledger

/// What is behind figures that no record makes: vouchers, changes of the list, statement lines.
extension Transaction {
    /// A page of the vouchers that made a line of the fund's statement, with what each put into it.
    ///
    /// Reads the blocks that hold vouchers of the period, until the page is full. All pages together make
    /// the line's amount.
    ///
    /// - Parameters:
    ///   - line: A code of `BulletinInput.FundLine.lines`.
    ///   - after: The number of the last voucher of the page before; 0 for the first page.
    package func fundEntries(
        behind line: String, of fund: String, from first: Day, through last: Day,
        after: Int64 = 0, limit: Int = 50
    ) throws(DatabaseError) -> [FundEntry] {
        var found: [FundEntry] = []
        for block in try blocks(of: fund, from: first, through: last, holding: after + 1) {
            let start = max(block * AccountBlock.size, after + 1)
            let end = (block + 1) * AccountBlock.size
            for voucher in try vouchers(of: fund, numbered: start..<end)
            where voucher.draft.businessDate >= first && voucher.draft.businessDate <= last {
                let share = try share(of: voucher)
                let amount = BulletinInput.FundLine.amount(line, of: share) ?? .zero
                guard amount != .zero else { continue }
                found.append(FundEntry(voucher: voucher, amount: amount))
                if found.count == limit { return found }
            }
        }
        return found
    }

    /// A page of the changes of the merchants' list or of their stars, by day and merchant.
    ///
    /// - Parameter after: The last one of the page before; nil for the first page.
    package func listEntries(
        behind change: ListChange, from first: Day, through last: Day,
        after: ListPlace? = nil, limit: Int = 50
    ) throws(DatabaseError) -> [ListEntry] {
        let (table, condition) = change.rows
        let start = after ?? ListPlace(day: first, merchant: ID(""), position: -1)
        var found: [ListEntry] = []
        for row in try rows(
            """
            select later.from_day, later.merchant_id, later.position, later.reason, m.name
            from \(sql: table) later
            left join \(sql: table) earlier on earlier.merchant_id = later.merchant_id
                and earlier.position = later.position - 1
            left join merchant m on m.id = later.merchant_id
            where later.from_day >= \(first.description) and later.from_day <= \(last.description)
                and (later.from_day, later.merchant_id, later.position)
                    > (\(start.day.description), \(start.merchant.text), \(start.position))
                and \(sql: condition)
            order by later.from_day, later.merchant_id, later.position limit \(limit)
            """)
        {
            found.append(
                ListEntry(
                    place: ListPlace(
                        day: try Store.day(row.text(0)), merchant: ID(try row.text(1)),
                        position: try row.integer(2)),
                    name: try row.textOrNil(4), reason: try row.text(3)))
        }
        return found
    }
}

/// A voucher and what it put into a line of the fund's statement.
package struct FundEntry: Hashable, Sendable {
    package let voucher: Voucher
    /// Below zero where it takes away.
    package let amount: Money
}

/// A change of a merchant's standing or stars.
package struct ListEntry: Hashable, Sendable {
    package let place: ListPlace
    /// Nil for a merchant that the register does not know by name.
    package let name: String?
    package let reason: String
}

/// A place in the list of changes.
package struct ListPlace: Hashable, Sendable {
    /// From which it is in force.
    package let day: Day
    package let merchant: ID<Merchant>
    /// Of the change among the merchant's own, from 0.
    package let position: Int64

    package init(day: Day, merchant: ID<Merchant>, position: Int64) {
        self.day = day
        self.merchant = merchant
        self.position = position
    }
}

extension ListChange {
    /// Where its changes are kept, and what tells them from others there; as `listChanges` counts them.
    fileprivate var rows: (table: SQL, condition: SQL) {
        switch self {
        case .enrolled:
            ("merchant_standing", "later.standing = 'enrolled' and later.position = 0")
        case .readmitted:
            ("merchant_standing", "later.standing = 'enrolled' and later.position > 0")
        case .warned: ("merchant_standing", "later.standing = 'warned'")
        case .suspended: ("merchant_standing", "later.standing = 'suspended'")
        case .delisted: ("merchant_standing", "later.standing = 'delisted'")
        case .rated: ("merchant_rating", "earlier.stars is null")
        case .starsUp: ("merchant_rating", "later.stars > earlier.stars")
        case .starsDown: ("merchant_rating", "later.stars < earlier.stars")
        }
    }
}
