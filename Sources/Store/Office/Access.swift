package import Casework
package import Database
package import Ledger

/// An API token, as kept: never the token itself.
package struct TokenRow: Hashable, Sendable {
    package let name: String
    package let roles: Set<Role>
    package let bureau: String?
    package let createdAt: Moment
    package let revokedAt: Moment?
}

extension Transaction {
    /// Adds a token under its SHA-256 (hex). A name is used once.
    package func writeToken(
        hash: String, actor: Actor, at now: Moment
    ) throws(DatabaseError) {
        try put(
            """
            insert into token (hash, name, roles, bureau, merchant_id, created_ms)
            values (\(hash), \(actor.name), \(rolesText(actor.roles)), \(actor.bureau),
                \(actor.merchant?.text), \(now.ms))
            """)
    }

    /// Who bears the token with this hash; nil when it is unknown or revoked.
    package func bearer(ofHash hash: String) throws(DatabaseError) -> Actor? {
        let row = try first(
            """
            select name, roles, bureau, merchant_id from token
            where hash = \(hash) and revoked_ms is null
            """)
        guard let row else { return nil }
        return Actor(
            name: try row.text(0), roles: roles(in: try row.text(1)), bureau: try row.textOrNil(2),
            merchant: try row.textOrNil(3).map { ID($0) })
    }

    package func tokens() throws(DatabaseError) -> [TokenRow] {
        var found: [TokenRow] = []
        for row in try rows(
            "select name, roles, bureau, created_ms, revoked_ms from token order by name")
        {
            found.append(
                TokenRow(
                    name: try row.text(0), roles: roles(in: try row.text(1)),
                    bureau: try row.textOrNil(2),
                    createdAt: Moment(ms: try row.integer(3)),
                    revokedAt: try row.integerOrNil(4).map { Moment(ms: $0) }))
        }
        return found
    }

    /// False when there is no such token, or it was revoked before.
    package func revokeToken(named name: String, at now: Moment) throws(DatabaseError) -> Bool {
        try run(
            "update token set revoked_ms = \(now.ms) where name = \(name) and revoked_ms is null")
            == 1
    }

    /// The tourist's own code for a case.
    ///
    /// - Parameter hash: Its SHA-256, hex; with data keys, an HMAC of that is kept: eight digits are soon
    ///   tried.
    package func writeTrackingCode(
        hash: String, of id: ID<Case>
    ) throws(DatabaseError) {
        try writeTrackingCode(hash, of: id.text)
    }

    /// A work order's; its number is never a case's.
    package func writeTrackingCode(
        hash: String, ofOrder id: ID<WorkOrder>
    ) throws(DatabaseError) {
        try writeTrackingCode(hash, of: id.text)
    }

    private func writeTrackingCode(_ hash: String, of id: String) throws(DatabaseError) {
        let kept = try keyed(trackingValue(hash, of: id))
        try put("insert into tracking_code (case_id, hash) values (\(id), \(kept))")
    }

    /// Whether `hash` is the SHA-256 of the code of this case or work order.
    package func isTrackingCode(_ hash: String, of id: String) throws(DatabaseError) -> Bool {
        guard let row = try first("select hash from tracking_code where case_id = \(id)") else {
            return false
        }
        let kept = SQLValue.text(try row.text(0))
        return try sought(trackingValue(hash, of: id)).contains(kept)
            || kept == .text(hash)
    }

    /// What is keyed: bound to the case, so that equal codes do not look equal.
    func trackingValue(_ hash: String, of id: String) -> String {
        dataKeys == nil ? hash : "tracking/\(id)/\(hash)"
    }
}

/// As the column `roles` holds them: `agent,reviewer`.
func rolesText(_ roles: Set<Role>) -> String {
    roles.map(\.rawValue).sorted().joined(separator: ",")
}

/// A role that this program does not know gives nothing.
func roles(in text: String) -> Set<Role> {
    Set(text.split(separator: ",").compactMap { Role(rawValue: String($0)) })
}

/// The answer to a command that was given before under the same key.
package struct EarlierAnswer: Hashable, Sendable {
    package let requestHash: String
    package let status: Int
    package let body: String

    package init(requestHash: String, status: Int, body: String) {
        self.requestHash = requestHash
        self.status = status
        self.body = body
    }
}

extension Transaction {
    package func earlierAnswer(
        to key: String, by actor: String
    ) throws(DatabaseError) -> EarlierAnswer? {
        let row = try first(
            """
            select request_hash, status, body from idempotency
            where actor = \(actor) and key = \(key)
            """)
        guard let row else { return nil }
        return EarlierAnswer(
            requestHash: try row.text(0), status: Int(try row.integer(1)),
            body: try openedText(row.text(2), at: "idempotency \(actor)/\(key)"))
    }

    /// Kept with the command's effect, so that both are there or neither.
    package func keepAnswer(
        _ answer: EarlierAnswer, to key: String, by actor: String, at now: Moment
    ) throws(DatabaseError) {
        // It may hold what is told once: a tracking code.
        let body = try sealedText(answer.body, at: "idempotency \(actor)/\(key)")
        try put(
            """
            insert into idempotency (actor, key, request_hash, status, body, at_ms)
            values (\(actor), \(key), \(answer.requestHash), \(answer.status), \(body),
                \(now.ms))
            """)
    }
}
