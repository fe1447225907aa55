package import Casework
import Database
package import Ledger

/// Someone who logs in.
package struct Person: Hashable, Sendable {
    package let id: ID<Person>
    /// What they log in with and what the audit trail calls them: unique among people and tokens, never
    /// used again for another.
    package let name: String
    /// As pages call them.
    package let displayName: String
    package let roles: Set<Role>
    /// Whose work orders a bureau's officer may touch.
    package let bureau: String?
    /// Whose cases a merchant's person may touch.
    package let merchant: ID<Merchant>?
    package let isActive: Bool
    /// The password was given by another and admits to nothing but choosing one's own.
    package let mustChangePassword: Bool
    package let hasSecondFactor: Bool
    package let createdAt: Moment

    package init(
        id: ID<Person>, name: String, displayName: String, roles: Set<Role>, bureau: String? = nil,
        merchant: ID<Merchant>? = nil, isActive: Bool = true, mustChangePassword: Bool = false,
        hasSecondFactor: Bool = false, createdAt: Moment
    ) {
        self.id = id
        self.name = name
        self.displayName = displayName
        self.roles = roles
        self.bureau = bureau
        self.merchant = merchant
        self.isActive = isActive
        self.mustChangePassword = mustChangePassword
        self.hasSecondFactor = hasSecondFactor
        self.createdAt = createdAt
    }

    /// As the procedure and the books know them.
    package var actor: Actor {
        Actor(name: name, roles: roles, bureau: bureau, merchant: merchant)
    }
}

extension Person {
    static let columns: SQL = """
        person.id, person.name, person.display_name, person.roles, person.bureau,
        person.merchant_id, person.is_active, person.must_change,
        case when person.second_factor is null then 0 else 1 end, person.created_ms
        """
    static let columnCount = 10

    /// - Parameter first: The column at which the ten of `columns` begin.
    init(_ row: Row, from first: Int = 0) throws(DatabaseError) {
        self.init(
            id: ID(try row.text(first)), name: try row.text(first + 1),
            displayName: try row.text(first + 2), roles: Store.roles(in: try row.text(first + 3)),
            bureau: try row.textOrNil(first + 4),
            merchant: try row.textOrNil(first + 5).map { ID($0) },
            isActive: try row.integer(first + 6) == 1,
            mustChangePassword: try row.integer(first + 7) == 1,
            hasSecondFactor: try row.integer(first + 8) == 1,
            createdAt: Moment(ms: try row.integer(first + 9)))
    }
}
