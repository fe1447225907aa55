package import Database
package import Ledger

/// What lay plain before the office had data keys, in the order in which it is sealed.
package enum EarlierKind: String, Hashable, Sendable, CaseIterable {
    case cases, orders, caseKeys, claimants, commitments, orderKeys, trackingCodes, evidence
    case paymentFiles, paymentReports, statementLines, answers, contacts, merchantContacts
}

/// How far a run has come within one kind: the key of the last row it looked at. A run that was broken off
/// begins again at the first, and finds what is sealed already sealed.
package struct EarlierPlace: Hashable, Sendable {
    var key: [String]

    /// Before the first row.
    package static func start(of kind: EarlierKind) -> EarlierPlace {
        switch kind {
        case .caseKeys, .orderKeys: EarlierPlace(key: ["", "", ""])
        case .commitments, .statementLines, .answers: EarlierPlace(key: ["", ""])
        default: EarlierPlace(key: [""])
        }
    }
}

extension Transaction {
    /// Seals up to `limit` rows of `kind` after `place`, all in this transaction.
    ///
    /// - Returns: How many were sealed, and where to go on; nil when the kind is done.
    package func sealEarlier(
        _ kind: EarlierKind, after place: EarlierPlace, limit: Int, at now: Moment
    ) throws(DatabaseError) -> (sealed: Int, next: EarlierPlace?) {
        let key = place.key
        try write(SubjectKeys.self)
        let found =
            switch kind {
            case .cases: try plainCases(key[0], limit)
            case .orders: try plainOrders(key[0], limit)
            case .caseKeys: try plainCaseKeys(key, limit)
            case .claimants: try plainClaimants(key[0], limit)
            case .commitments: try plainCommitments(key, limit)
            case .orderKeys: try plainOrderKeys(key, limit)
            case .trackingCodes: try plainCodes(key[0], limit)
            case .evidence: try plainEvidence(key[0], limit)
            case .paymentFiles: try plainPaymentFiles(key[0], limit)
            case .paymentReports: try plainPaymentReports(key[0], limit)
            case .statementLines: try plainLines(key, limit)
            case .answers: try plainAnswers(key, limit)
            case .contacts: try plainContacts(key[0], limit)
            case .merchantContacts: try plainMerchantContacts(key[0], limit)
            }
        for row in found { try seal(row, kind, now) }
        guard found.count == limit, let last = found.last else { return (found.count, nil) }
        var next: [String] = []
        for column in key.indices { next.append(try last.text(column)) }
        return (found.count, EarlierPlace(key: next))
    }

    private func seal(_ row: Row, _ kind: EarlierKind, _ now: Moment) throws(DatabaseError) {
        let first = try row.text(0)
        switch kind {
        case .cases: try sealEvents(ofCase: first, now)
        case .orders: try sealEvents(ofOrder: first, now)
        case .caseKeys: try keyCase(first, try row.text(1), try row.text(2))
        case .claimants:
            try put(
                """
                update case_row set claimant = \(try keyed(row.text(1)))
                where case_id = \(first)
                """)
        case .commitments:
            try put(
                """
                update commitment set tourist = \(try keyed(row.text(2)))
                where case_id = \(first) and advance = \(try number(row.text(1)))
                """)
        case .orderKeys: try keyOrder(first, try row.text(1), try row.text(2))
        case .trackingCodes: try keyCode(of: first, try row.text(1))
        case .evidence: try sealEvidence(first, try row.blob(1))
        case .paymentFiles:
            let document = try sealedText(row.text(1), at: "payment_file \(first)")
            try put("update payment_file set document = \(document) where id = \(first)")
        case .paymentReports:
            let document = try sealedText(row.text(1), at: "payment_report \(first)")
            try put("update payment_report set document = \(document) where hash = \(first)")
        case .statementLines: try sealLine(row)
        case .answers:
            let place = "idempotency \(first)/\(try row.text(1))"
            try put(
                """
                update idempotency set body = \(try sealedText(row.text(2), at: place))
                where actor = \(first) and key = \(try row.text(1))
                """)
        case .contacts:
            let payload = try sealedText(
                row.text(1), of: first, at: "tourist_contact \(first)")
            try put("update tourist_contact set payload = \(payload) where case_id = \(first)")
        case .merchantContacts:
            let payload = try sealedText(row.text(1), at: "merchant_contact \(first)")
            try put(
                "update merchant_contact set payload = \(payload) where merchant_id = \(first)")
        }
    }

    private func number(_ text: String) throws(DatabaseError) -> Int64 {
        guard let number = Int64(text) else { throw .corrupt("not a number: \(text)") }
        return number
    }

    private func sealEvents(ofCase id: String, _ now: Moment) throws(DatabaseError) {
        try beginKey(of: id, now)
        for row in try rows(
            "select position, payload from case_event where case_id = \(id) order by position")
        {
            let position = Int(try row.integer(0))
            let payload = try sealed(
                row.text(1), of: id, position: -1, at: "case_event \(id) #\(position)", now)
            try put(
                """
                update case_event set payload = \(payload)
                where case_id = \(id) and position = \(position)
                """)
        }
    }

    private func sealEvents(ofOrder id: String, _ now: Moment) throws(DatabaseError) {
        try beginKey(of: id, now)
        for row in try rows(
            "select position, payload from order_event where order_id = \(id) order by position")
        {
            let position = Int(try row.integer(0))
            let payload = try sealed(
                row.text(1), of: id, position: -1, at: "order_event \(id) #\(position)", now)
            try put(
                """
                update order_event set payload = \(payload)
                where order_id = \(id) and position = \(position)
                """)
        }
        guard let text = try first("select text from order_row where order_id = \(id)")?.text(0)
        else { return }
        let sealed = try sealedText(text, of: id, at: "order_row \(id)")
        try put("update order_row set text = \(sealed) where order_id = \(id)")
    }

    private func keyCase(_ kind: String, _ value: String, _ id: String) throws(DatabaseError) {
        try put(
            """
            insert into case_key (kind, value, case_id) values (\(kind), \(try keyed(value)), \(id))
            on conflict do nothing
            """)
        try put(
            "delete from case_key where kind = \(kind) and value = \(value) and case_id = \(id)")
    }

    private func keyOrder(_ kind: String, _ value: String, _ id: String) throws(DatabaseError) {
        try put(
            """
            insert into order_key (kind, value, order_id)
            values (\(kind), \(try keyed(value)), \(id)) on conflict do nothing
            """)
        try put(
            "delete from order_key where kind = \(kind) and value = \(value) and order_id = \(id)")
    }

    private func keyCode(of id: String, _ hash: String) throws(DatabaseError) {
        try put(
            """
            update tracking_code set hash = \(try keyed(trackingValue(hash, of: id)))
            where case_id = \(id)
            """)
    }

    private func sealEvidence(_ hash: String, _ bytes: [UInt8]) throws(DatabaseError) {
        guard let box = try sealedBytes(bytes, at: "evidence \(hash)") else { return }
        try put("update evidence set bytes = \(box), is_sealed = 1 where hash = \(hash)")
    }

    private func sealLine(_ row: Row) throws(DatabaseError) {
        let (account, key) = (try row.text(0), try row.text(1))
        let place = "statement_line \(account)/\(key)"
        let party: String? =
            if let text = try row.textOrNil(2) { try sealedText(text, at: place) } else { nil }
        try put(
            """
            update statement_line set counterparty = \(party),
                remittance = \(try sealedText(row.text(3), at: place))
            where account = \(account) and key = \(key)
            """)
    }
}

/// Rows that lie plain, `limit` of them after a key.
extension Transaction {
    private func plainCases(_ after: String, _ limit: Int) throws(DatabaseError) -> [Row] {
        try rows(
            """
            select case_id from case_row r where case_id > \(after)
                and not exists (select 1 from subject_key s where s.subject = r.case_id)
            order by case_id limit \(limit)
            """)
    }

    private func plainOrders(_ after: String, _ limit: Int) throws(DatabaseError) -> [Row] {
        try rows(
            """
            select order_id from order_row r where order_id > \(after)
                and not exists (select 1 from subject_key s where s.subject = r.order_id)
            order by order_id limit \(limit)
            """)
    }

    private func plainCaseKeys(_ after: [String], _ limit: Int) throws(DatabaseError) -> [Row] {
        try rows(
            """
            select kind, value, case_id from case_key
            where (kind, value, case_id) > (\(after[0]), \(after[1]), \(after[2]))
                and substr(value, 1, 6) <> 'hmac1:'
            order by kind, value, case_id limit \(limit)
            """)
    }

    private func plainClaimants(_ after: String, _ limit: Int) throws(DatabaseError) -> [Row] {
        try rows(
            """
            select case_id, claimant from case_row
            where case_id > \(after) and claimant is not null
                and substr(claimant, 1, 6) <> 'hmac1:'
            order by case_id limit \(limit)
            """)
    }

    private func plainCommitments(_ after: [String], _ limit: Int) throws(DatabaseError) -> [Row] {
        try rows(
            """
            select case_id, cast(advance as text), tourist from commitment
            where (case_id, advance) > (\(after[0]), \(Int64(after[1]) ?? -1))
                and substr(tourist, 1, 6) <> 'hmac1:'
            order by case_id, advance limit \(limit)
            """)
    }

    private func plainOrderKeys(_ after: [String], _ limit: Int) throws(DatabaseError) -> [Row] {
        try rows(
            """
            select kind, value, order_id from order_key
            where (kind, value, order_id) > (\(after[0]), \(after[1]), \(after[2]))
                and substr(value, 1, 6) <> 'hmac1:'
            order by kind, value, order_id limit \(limit)
            """)
    }

    private func plainCodes(_ after: String, _ limit: Int) throws(DatabaseError) -> [Row] {
        try rows(
            """
            select case_id, hash from tracking_code
            where case_id > \(after) and substr(hash, 1, 6) <> 'hmac1:'
            order by case_id limit \(limit)
            """)
    }

    /// Ten megabytes each: few at a time.
    private func plainEvidence(_ after: String, _ limit: Int) throws(DatabaseError) -> [Row] {
        try rows(
            """
            select hash, bytes from evidence where hash > \(after) and is_sealed = 0
            order by hash limit \(limit)
            """)
    }

    private func plainPaymentFiles(_ after: String, _ limit: Int) throws(DatabaseError) -> [Row] {
        try rows(
            """
            select id, document from payment_file
            where id > \(after) and substr(document, 1, 7) <> 'sealed:'
            order by id limit \(limit)
            """)
    }

    private func plainContacts(_ after: String, _ limit: Int) throws(DatabaseError) -> [Row] {
        try rows(
            """
            select case_id, payload from tourist_contact
            where case_id > \(after) and substr(payload, 1, 7) <> 'sealed:'
            order by case_id limit \(limit)
            """)
    }

    private func plainMerchantContacts(
        _ after: String, _ limit: Int
    ) throws(DatabaseError) -> [Row] {
        try rows(
            """
            select merchant_id, payload from merchant_contact
            where merchant_id > \(after) and substr(payload, 1, 7) <> 'sealed:'
            order by merchant_id limit \(limit)
            """)
    }

    private func plainPaymentReports(_ after: String, _ limit: Int) throws(DatabaseError) -> [Row] {
        try rows(
            """
            select hash, document from payment_report
            where hash > \(after) and substr(document, 1, 7) <> 'sealed:'
            order by hash limit \(limit)
            """)
    }

    private func plainLines(_ after: [String], _ limit: Int) throws(DatabaseError) -> [Row] {
        try rows(
            """
            select account, key, counterparty, remittance from statement_line
            where (account, key) > (\(after[0]), \(after[1]))
                and substr(remittance, 1, 7) <> 'sealed:'
            order by account, key limit \(limit)
            """)
    }

    private func plainAnswers(_ after: [String], _ limit: Int) throws(DatabaseError) -> [Row] {
        try rows(
            """
            select actor, key, body from idempotency
            where (actor, key) > (\(after[0]), \(after[1])) and substr(body, 1, 7) <> 'sealed:'
            order by actor, key limit \(limit)
            """)
    }
}
