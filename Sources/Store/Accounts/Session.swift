package import Database
package import Ledger

/// A log-in that holds: whoever bears its secret is `person`.
package struct Session: Hashable, Sendable {
    /// The SHA-256 of its secret: names it without admitting anyone.
    package let id: ID<Session>
    /// As they are now: a change of roles counts at once.
    package let person: Person
    package let factor: Factor
    /// What every form of this session must bring along.
    package let csrf: String
    /// Where it was begun from.
    package let address: String
    package let startedAt: Moment
    package let seenAt: Moment
    /// It ends then, used or not.
    package let endsAt: Moment

    /// By what its bearer was recognised.
    package enum Factor: String, Hashable, Sendable, CaseIterable {
        case password, secondFactor, openID
    }

    /// Unused for so long, a session is over: the desk was left. NIST SP 800-63B §4.2.3 (AAL2).
    package static let idleLimit_ms: Int64 = 30 * 60_000
    /// A shift at most, used or not. The same.
    package static let wholeLimit_ms: Int64 = 12 * 60 * 60_000
    /// `seenAt` is not written more often, so that reading a page costs no commit.
    package static let touchInterval_ms: Int64 = 60_000

    package init(
        id: ID<Session>, person: Person, factor: Factor, csrf: String, address: String,
        startedAt: Moment, seenAt: Moment, endsAt: Moment
    ) {
        self.id = id
        self.person = person
        self.factor = factor
        self.csrf = csrf
        self.address = address
        self.startedAt = startedAt
        self.seenAt = seenAt
        self.endsAt = endsAt
    }

    /// Whether `seenAt` should be written again.
    package func isTouchDue(at now: Moment) -> Bool {
        seenAt.distanceMs(to: now) >= Self.touchInterval_ms
    }
}

extension Transaction {
    /// The session whose secret has this SHA-256; nil when it is unknown, ended, idle for too long, or its
    /// person is not active any more.
    package func session(
        ofHash hash: String, at now: Moment
    ) throws(DatabaseError) -> Session? {
        try sessions("s.hash = \(hash)", at: now).first
    }

    /// Those of a person that hold, the oldest first.
    package func sessions(
        of person: ID<Person>, at now: Moment
    ) throws(DatabaseError) -> [Session] {
        try sessions("s.person_id = \(person.text)", at: now)
    }

    private func sessions(
        _ condition: SQL, at now: Moment
    ) throws(DatabaseError) -> [Session] {
        let idle = now.advanced(byMs: -Session.idleLimit_ms)
        var found: [Session] = []
        for row in try rows(
            """
            select \(sql: Person.columns), s.hash, s.factor, s.csrf, s.address, s.started_ms,
                s.seen_ms, s.ends_ms
            from person_session s join person on person.id = s.person_id
            where \(sql: condition) and person.is_active = 1 and s.ends_ms > \(now.ms)
                and s.seen_ms > \(idle.ms)
            order by s.started_ms, s.hash
            """)
        {
            let (first, name) = (Person.columnCount, try row.text(Person.columnCount + 1))
            guard let factor = Session.Factor(rawValue: name) else {
                throw .corrupt("a session has the unknown factor \(name)")
            }
            found.append(
                Session(
                    id: ID(try row.text(first)), person: try Person(row), factor: factor,
                    csrf: try row.text(first + 2), address: try row.text(first + 3),
                    startedAt: Moment(ms: try row.integer(first + 4)),
                    seenAt: Moment(ms: try row.integer(first + 5)),
                    endsAt: Moment(ms: try row.integer(first + 6))))
        }
        return found
    }

    /// Keeps a new session, and forgets those that are long over.
    package func writeSession(
        hash: String, of person: ID<Person>, factor: Session.Factor, csrf: String, address: String,
        startedAt: Moment, at now: Moment
    ) throws(DatabaseError) {
        try put("delete from person_session where ends_ms <= \(now.ms)")
        let end = startedAt.advanced(byMs: Session.wholeLimit_ms)
        try put(
            """
            insert into person_session (hash, person_id, factor, csrf, address, started_ms, seen_ms,
                ends_ms)
            values (\(hash), \(person.text), \(factor.rawValue), \(csrf), \(address),
                \(startedAt.ms), \(now.ms), \(end.ms))
            """)
    }

    package func touchSession(_ id: ID<Session>, at now: Moment) throws(DatabaseError) {
        try put(
            """
            update person_session set seen_ms = \(now.ms)
            where hash = \(id.text) and seen_ms < \(now.ms)
            """)
    }

    /// False when it had ended before, or is another person's.
    package func endSession(
        _ id: ID<Session>, of person: ID<Person>
    ) throws(DatabaseError) -> Bool {
        try run(
            "delete from person_session where hash = \(id.text) and person_id = \(person.text)")
            == 1
    }

    /// - Parameter kept: The one that goes on; nil to end them all.
    /// - Returns: How many were ended.
    @discardableResult
    package func endSessions(
        of person: ID<Person>, except kept: ID<Session>? = nil
    ) throws(DatabaseError) -> Int {
        try run(
            """
            delete from person_session
            where person_id = \(person.text) and hash <> \(kept?.text ?? "")
            """)
    }
}
