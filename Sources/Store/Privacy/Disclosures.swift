package import Casework
package import Database
package import Ledger

/// A look at something personal: who, when, at whose case, what, and why.
package struct Disclosure: Hashable, Sendable {
    /// In the order in which they happened, from 1.
    package let number: Int64
    /// The number of a case or work order.
    package let subject: String
    package let kind: Kind
    /// `PersonalField`s; of evidence, the file's hash.
    package let fields: [String]
    package let actor: String
    /// Those the actor held then.
    package let roles: [String]
    /// Empty for evidence.
    package let reason: String
    package let at: Moment

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case fields, evidence
    }
}

/// Which looks: all of them, those at one case or work order, those of one person, or both.
package struct DisclosureFilter: Hashable, Sendable {
    package var subject: String?
    package var actor: String?
    /// Those with a smaller number; nil for the first page.
    package var before: Int64?
    /// 1…200.
    package var limit = 50

    package init() {}
}

extension Transaction {
    package func writeDisclosure(
        of subject: String, _ kind: Disclosure.Kind, _ fields: [String], to actor: Actor,
        reason: String, at now: Moment
    ) throws(DatabaseError) -> Disclosure {
        let row = Disclosure(
            number: try next("disclosure"), subject: subject, kind: kind, fields: fields,
            actor: actor.name, roles: actor.roles.map(\.rawValue).sorted(), reason: reason, at: now)
        try put(
            """
            insert into disclosure (number, subject, kind, fields, actor, roles, reason, at_ms)
            values (\(row.number), \(subject), \(kind.rawValue), \(fields.joined(separator: ",")),
                \(row.actor), \(row.roles.joined(separator: ",")), \(reason), \(now.ms))
            """)
        return row
    }

    /// The newest first.
    package func disclosures(_ filter: DisclosureFilter) throws(DatabaseError) -> [Disclosure] {
        var sql: SQL = """
            select number, subject, kind, fields, actor, roles, reason, at_ms from disclosure
            where number < \(filter.before ?? .max)
            """
        if let subject = filter.subject { sql = "\(sql: sql) and subject = \(subject)" }
        if let actor = filter.actor { sql = "\(sql: sql) and actor = \(actor)" }
        let page = min(max(filter.limit, 1), 200)
        var found: [Disclosure] = []
        for row in try rows("\(sql: sql) order by number desc limit \(page)") {
            let name = try row.text(2)
            guard let kind = Disclosure.Kind(rawValue: name) else {
                throw .corrupt("the access log has the unknown kind \(name)")
            }
            found.append(
                Disclosure(
                    number: try row.integer(0), subject: try row.text(1), kind: kind,
                    fields: try row.text(3).split(separator: ",").map(String.init),
                    actor: try row.text(4),
                    roles: try row.text(5).split(separator: ",").map(String.init),
                    reason: try row.text(6), at: Moment(ms: try row.integer(7))))
        }
        return found
    }
}
