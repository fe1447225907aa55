package import Casework
package import Database
package import Ledger

/// By which way somebody is written to.
package enum MessageWay: String, Hashable, Sendable, Codable, CaseIterable {
    case sms, mail, wechat
}

/// A short text to a tourist, or to a merchant about a tourist's case. Whoever sends it does so at least
/// once, until it is of no use.
package struct TouristMessage: Hashable, Sendable {
    package let id: String
    package let caseID: ID<Case>
    package let way: MessageWay
    /// A telephone, a mail address, or a WeChat openid.
    package let to: Personal<String>
    /// What it is: the template that gateways know it by.
    package let kind: String
    package let subject: String
    package let text: Personal<String>
    /// What the template's blanks are filled with.
    package let blanks: Personal<[String: String]>
    /// Afterwards it is of no use.
    package let ends: Moment
    package let attempts: Int

    package init(
        id: String, caseID: ID<Case>, way: MessageWay = .sms, to: Personal<String>,
        kind: String = "", subject: String = "", text: Personal<String>,
        blanks: Personal<[String: String]> = Personal([:]), ends: Moment, attempts: Int = 0
    ) {
        self.id = id
        self.caseID = caseID
        self.way = way
        self.to = to
        self.kind = kind
        self.subject = subject
        self.text = text
        self.blanks = blanks
        self.ends = ends
        self.attempts = attempts
    }

    /// What is sealed of it.
    fileprivate struct Content: Codable {
        let phone: String
        let text: String
        /// Absent in those of before.
        var kind: String?
        var subject: String?
        var blanks: [String: String]?
    }
}

/// A message as whoever runs the service sees it: nobody's address, no text.
package struct MessageState: Hashable, Sendable {
    package let caseID: ID<Case>
    package let way: MessageWay
    package let madeAt: Moment
    package let attempts: Int
    package let notBefore: Moment
    package let failedAt: Moment?
    package let error: String?
}

extension Transaction {
    /// Keeps a message for whoever sends them, once; those that are of no use any more go.
    package func enqueue(_ message: TouristMessage, at now: Moment) throws(DatabaseError) {
        try put("delete from tourist_message where ends_ms <= \(now.ms)")
        let content = TouristMessage.Content(
            phone: message.to.revealed, text: message.text.revealed, kind: message.kind,
            subject: message.subject, blanks: message.blanks.revealed)
        let payload = try sealedText(
            jsonText(["message": content]), of: message.caseID.text,
            at: "tourist_message \(message.id)")
        try put(
            """
            insert into tourist_message (id, case_id, payload, made_ms, ends_ms, attempts,
                not_before_ms, lease_until_ms, way)
            values (\(message.id), \(message.caseID.text), \(payload), \(now.ms),
                \(message.ends.ms), 0, \(now.ms), 0, \(message.way.rawValue))
            on conflict (id) do nothing
            """)
    }

    /// Takes up to `limit` messages that are due for `leaseMs`; another server finds them again after it.
    package func leaseMessages(
        by way: MessageWay, at now: Moment, leaseMs: Int64, limit: Int
    ) throws(DatabaseError) -> [TouristMessage] {
        var messages: [TouristMessage] = []
        for row in try rows(
            """
            update tourist_message
            set lease_until_ms = \(now.advanced(byMs: leaseMs).ms), attempts = attempts + 1
            where id in (
                select id from tourist_message
                where done_ms is null and failed_ms is null and way = \(way.rawValue)
                    and not_before_ms <= \(now.ms) and lease_until_ms <= \(now.ms)
                    and ends_ms > \(now.ms)
                order by not_before_ms, id limit \(limit))
            returning id, case_id, payload, ends_ms, attempts
            """)
        {
            let (id, caseID) = (try row.text(0), ID<Case>(try row.text(1)))
            let stored = try row.text(2)
            // Before there were templates single texts were sealed, and not the whole.
            let text =
                try stored.hasPrefix("{")
                ? opened(stored, of: caseID.text, at: "tourist_message \(id)")
                : openedText(stored, of: caseID.text, at: "tourist_message \(id)")
            guard
                let content = try fromJSON(
                    [String: TouristMessage.Content].self, text, at: "tourist_message \(id)")[
                        "message"]
            else { throw .corrupt("tourist_message \(id) holds no message") }
            messages.append(
                TouristMessage(
                    id: id, caseID: caseID, way: way, to: Personal(content.phone),
                    kind: content.kind ?? "", subject: content.subject ?? "",
                    text: Personal(content.text), blanks: Personal(content.blanks ?? [:]),
                    ends: Moment(ms: try row.integer(3)), attempts: Int(try row.integer(4))))
        }
        return messages
    }

    /// It was sent; what it said is forgotten.
    package func finishMessage(_ id: String, at now: Moment) throws(DatabaseError) {
        try put(
            """
            update tourist_message set done_ms = \(now.ms), payload = '', last_error = null
            where id = \(id)
            """)
    }

    /// Gives the message back, to be taken again from `later` on.
    package func postponeMessage(
        _ id: String, until later: Moment, because error: String
    ) throws(DatabaseError) {
        try put(
            """
            update tourist_message
            set lease_until_ms = 0, not_before_ms = \(later.ms), last_error = \(error)
            where id = \(id) and done_ms is null
            """)
    }

    /// It will never arrive: whoever should have it refuses, or does not exist. What it said is forgotten.
    package func giveUpMessage(
        _ id: String, because error: String, at now: Moment
    ) throws(DatabaseError) {
        try put(
            """
            update tourist_message
            set failed_ms = \(now.ms), payload = '', lease_until_ms = 0, last_error = \(error)
            where id = \(id) and done_ms is null
            """)
    }

    /// Those that wait after a failure, and those given up; the newest first.
    package func troubledMessages(limit: Int) throws(DatabaseError) -> [MessageState] {
        var found: [MessageState] = []
        for row in try rows(
            """
            select case_id, way, made_ms, attempts, not_before_ms, failed_ms, last_error
            from tourist_message where done_ms is null and last_error is not null
            order by made_ms desc, id limit \(limit)
            """)
        {
            let way = try row.text(1)
            guard let way = MessageWay(rawValue: way) else {
                throw .corrupt("tourist_message holds the unknown way \(way)")
            }
            found.append(
                MessageState(
                    caseID: ID(try row.text(0)), way: way, madeAt: Moment(ms: try row.integer(2)),
                    attempts: Int(try row.integer(3)), notBefore: Moment(ms: try row.integer(4)),
                    failedAt: try row.integerOrNil(5).map { Moment(ms: $0) },
                    error: try row.textOrNil(6)))
        }
        return found
    }
}
