package import Database
package import Ledger

/// Something that was done to or with an account.
package struct AccountEvent: Hashable, Sendable {
    /// In the order in which they happened, from 1.
    package let number: Int64
    package let person: ID<Person>
    package let kind: Kind
    /// What changed, in words of the code: `roles agent → agent,reviewer`. No secret and no personal data.
    package let detail: String
    /// By name: who did it.
    package let actor: String
    /// Where it came from over the web.
    package let address: String?
    package let at: Moment

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case added, rolesChanged, deactivated, activated, passwordReset, passwordChanged
        case secondFactorEnrolled, secondFactorRemoved, recoveryCodeUsed, subjectLinked
        case loggedIn, loggedOut, sessionsEnded, unlocked
    }
}

extension Transaction {
    package func writeAccountEvent(
        _ kind: AccountEvent.Kind, of person: ID<Person>, _ detail: String = "", by actor: String,
        from address: String? = nil, at now: Moment
    ) throws(DatabaseError) {
        let number = try next("account_event")
        try put(
            """
            insert into account_event (number, person_id, kind, detail, actor, address, at_ms)
            values (\(number), \(person.text), \(kind.rawValue), \(detail), \(actor), \(address),
                \(now.ms))
            """)
    }

    /// The newest first.
    ///
    /// - Parameter limit: 1…200.
    package func accountEvents(
        of person: ID<Person>, limit: Int = 50
    ) throws(DatabaseError) -> [AccountEvent] {
        var found: [AccountEvent] = []
        let page = min(max(limit, 1), 200)
        for row in try rows(
            """
            select number, person_id, kind, detail, actor, address, at_ms from account_event
            where person_id = \(person.text) order by number desc limit \(page)
            """)
        {
            let name = try row.text(2)
            guard let kind = AccountEvent.Kind(rawValue: name) else {
                throw .corrupt("an account has the unknown event \(name)")
            }
            found.append(
                AccountEvent(
                    number: try row.integer(0), person: ID(try row.text(1)), kind: kind,
                    detail: try row.text(3), actor: try row.text(4), address: try row.textOrNil(5),
                    at: Moment(ms: try row.integer(6))))
        }
        return found
    }
}
