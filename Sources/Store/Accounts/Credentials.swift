package import Database
package import Ledger

/// What a person proves themself by, as kept: no secret can be read from it.
package struct Credentials: Hashable, Sendable {
    /// The text of the password's hash.
    package let password: String
    /// When a password that another gave lapses.
    package let passwordUntil: Moment?
    /// Sealed; nil where none is in use.
    package let secondFactor: [UInt8]?
    /// Sealed; one that was shown but not confirmed yet.
    package let secondFactorNext: [UInt8]?
    /// The last time step whose code was used; an earlier one, or the same again, is a replay.
    package let secondFactorStep: Int64
}

extension Transaction {
    package func credentials(of id: ID<Person>) throws(DatabaseError) -> Credentials? {
        let row = try first(
            """
            select password, password_until_ms, second_factor, second_factor_next,
                second_factor_step
            from person where id = \(id.text)
            """)
        guard let row else { return nil }
        return Credentials(
            password: try row.text(0),
            passwordUntil: try row.integerOrNil(1).map { Moment(ms: $0) },
            secondFactor: try row.blobOrNil(2), secondFactorNext: try row.blobOrNil(3),
            secondFactorStep: try row.integer(4))
    }

    /// - Parameter until: When it lapses unless it is changed; nil for one's own.
    package func setPassword(
        _ hash: String, of id: ID<Person>, until: Moment?
    ) throws(DatabaseError) {
        try put(
            """
            update person set password = \(hash), password_until_ms = \(until?.ms),
                must_change = \(until == nil ? 0 : 1)
            where id = \(id.text)
            """)
    }

    /// The same password under another hash. Changes nothing when it was changed meanwhile.
    package func renewHash(
        of id: ID<Person>, from old: String, to new: String
    ) throws(DatabaseError) {
        try put(
            "update person set password = \(new) where id = \(id.text) and password = \(old)")
    }

    /// A secret to be confirmed by a code.
    package func proposeSecondFactor(
        _ sealed: [UInt8]?, of id: ID<Person>
    ) throws(DatabaseError) {
        try put("update person set second_factor_next = \(sealed) where id = \(id.text)")
    }

    /// - Parameter step: Of the code that confirmed it.
    package func setSecondFactor(
        _ sealed: [UInt8]?, step: Int64, of id: ID<Person>
    ) throws(DatabaseError) {
        try put(
            """
            update person set second_factor = \(sealed), second_factor_next = null,
                second_factor_step = \(step)
            where id = \(id.text)
            """)
    }

    /// Of everyone who has one. What was only shown is shown again in need.
    package func sealedSecondFactors() throws(DatabaseError) -> [(ID<Person>, [UInt8])] {
        var found: [(ID<Person>, [UInt8])] = []
        for row in try rows(
            "select id, second_factor from person where second_factor is not null order by id")
        { found.append((ID(try row.text(0)), try row.blob(1))) }
        return found
    }

    /// The same second factor, sealed by another key.
    package func reseal(_ sealed: [UInt8], of id: ID<Person>) throws(DatabaseError) {
        try put(
            """
            update person set second_factor = \(sealed), second_factor_next = null
            where id = \(id.text)
            """)
    }

    /// False when this step's code, or a later one's, was used before.
    package func useStep(_ step: Int64, of id: ID<Person>) throws(DatabaseError) -> Bool {
        try run(
            """
            update person set second_factor_step = \(step)
            where id = \(id.text) and second_factor_step < \(step)
            """) == 1
    }

    /// In place of those there were.
    package func setRecoveryCodes(
        _ hashes: [String], of id: ID<Person>
    ) throws(DatabaseError) {
        try put("delete from recovery_code where person_id = \(id.text)")
        for hash in hashes {
            try put(
                "insert into recovery_code (person_id, hash) values (\(id.text), \(hash))")
        }
    }

    /// False when there is no such code, or it was used before.
    package func useRecoveryCode(
        _ hash: String, of id: ID<Person>, at now: Moment
    ) throws(DatabaseError) -> Bool {
        try run(
            """
            update recovery_code set used_ms = \(now.ms)
            where person_id = \(id.text) and hash = \(hash) and used_ms is null
            """) == 1
    }

    package func recoveryCodesLeft(of id: ID<Person>) throws(DatabaseError) -> Int {
        let row = try first(
            """
            select count(*) from recovery_code
            where person_id = \(id.text) and used_ms is null
            """)
        return Int(try row?.integer(0) ?? 0)
    }
}
