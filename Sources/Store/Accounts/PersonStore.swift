package import Casework
package import Database
package import Ledger

extension Transaction {
    package func person(named name: String) throws(DatabaseError) -> Person? {
        guard
            let row = try first(
                "select \(sql: Person.columns) from person where name = \(name)")
        else { return nil }
        return try Person(row)
    }

    package func person(_ id: ID<Person>) throws(DatabaseError) -> Person? {
        guard
            let row = try first(
                "select \(sql: Person.columns) from person where id = \(id.text)")
        else { return nil }
        return try Person(row)
    }

    /// A page of people, by name.
    ///
    /// - Parameters:
    ///   - after: Those whose names come later; empty for the first page.
    ///   - limit: 1…500.
    package func people(
        after: String = "", limit: Int = 200
    ) throws(DatabaseError) -> [Person] {
        var found: [Person] = []
        let page = min(max(limit, 1), 500)
        for row in try rows(
            """
            select \(sql: Person.columns) from person where name > \(after)
            order by name limit \(page)
            """)
        { found.append(try Person(row)) }
        return found
    }

    /// How many active people hold `role`.
    package func countOfActive(_ role: Role) throws(DatabaseError) -> Int {
        var count = 0
        for row in try rows("select roles from person where is_active = 1")
        where roles(in: try row.text(0)).contains(role) { count += 1 }
        return count
    }

    /// - Throws: A `unique` constraint when the name was given before.
    package func writePerson(
        _ person: Person, password: String, until: Moment?
    ) throws(DatabaseError) {
        try put(
            """
            insert into person (id, name, display_name, roles, bureau, merchant_id, is_active,
                must_change, password, password_until_ms, second_factor_step, created_ms)
            values (\(person.id.text), \(person.name), \(person.displayName),
                \(rolesText(person.roles)), \(person.bureau), \(person.merchant?.text),
                \(person.isActive ? 1 : 0), \(person.mustChangePassword ? 1 : 0), \(password),
                \(until?.ms), 0, \(person.createdAt.ms))
            """)
    }

    package func changeRoles(
        of id: ID<Person>, to roles: Set<Role>, bureau: String?, merchant: ID<Merchant>?
    ) throws(DatabaseError) {
        try put(
            """
            update person set roles = \(rolesText(roles)), bureau = \(bureau),
                merchant_id = \(merchant?.text)
            where id = \(id.text)
            """)
    }

    package func setActive(_ isActive: Bool, _ id: ID<Person>) throws(DatabaseError) {
        try put("update person set is_active = \(isActive ? 1 : 0) where id = \(id.text)")
    }

    /// Whether a person, now or ever, or a token bears this name.
    package func isNameTaken(_ name: String) throws(DatabaseError) -> Bool {
        try first(
            """
            select name from person where name = \(name)
            union all select name from token where name = \(name)
            """) != nil
    }
}

/// Who an identity provider's subject is.
extension Transaction {
    package func person(
        ofSubject subject: String, at issuer: String
    ) throws(DatabaseError) -> Person? {
        guard
            let row = try first(
                """
                select \(sql: Person.columns) from person_identity i
                join person on person.id = i.person_id
                where i.issuer = \(issuer) and i.subject = \(subject) and person.is_active = 1
                """)
        else { return nil }
        return try Person(row)
    }

    /// A subject is one person's; a later link replaces the earlier.
    package func linkSubject(
        _ subject: String, at issuer: String, to id: ID<Person>, by actor: String, at now: Moment
    ) throws(DatabaseError) {
        try put(
            """
            insert into person_identity (issuer, subject, person_id, linked_ms, linked_by)
            values (\(issuer), \(subject), \(id.text), \(now.ms), \(actor))
            on conflict (issuer, subject) do update set person_id = excluded.person_id,
                linked_ms = excluded.linked_ms, linked_by = excluded.linked_by
            """)
    }
}
