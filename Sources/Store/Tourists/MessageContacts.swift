package import Casework
package import Database
package import Ledger

/// Where somebody wants to be written to.
package struct MessageContact: Hashable, Sendable {
    package let way: MessageWay
    /// A telephone, a mail address, or a WeChat openid.
    package let address: Personal<String>

    package init(way: MessageWay, address: Personal<String>) {
        self.way = way
        self.address = address
    }
}

extension Transaction {
    /// Takes the place of the one before.
    package func write(
        _ contact: MessageContact, of id: ID<Case>, at now: Moment
    ) throws(DatabaseError) {
        let payload = try sealedText(
            contact.address.revealed, of: id.text, at: "tourist_contact \(id)")
        try put(
            """
            insert into tourist_contact (case_id, way, payload, set_ms)
            values (\(id.text), \(contact.way.rawValue), \(payload), \(now.ms))
            on conflict (case_id) do update
            set way = excluded.way, payload = excluded.payload, set_ms = excluded.set_ms
            """)
    }

    /// Nil where none was given: then it is the telephone of the filing.
    package func contact(of id: ID<Case>) throws(DatabaseError) -> MessageContact? {
        guard
            let row = try first(
                "select way, payload from tourist_contact where case_id = \(id.text)")
        else { return nil }
        return try contact(
            row, try openedText(row.text(1), of: id.text, at: "tourist_contact \(id)"))
    }

    package func write(
        _ contact: MessageContact, of id: ID<Merchant>, by actor: String, at now: Moment
    ) throws(DatabaseError) {
        let payload = try sealedText(contact.address.revealed, at: "merchant_contact \(id)")
        try put(
            """
            insert into merchant_contact (merchant_id, way, payload, set_ms, set_by)
            values (\(id.text), \(contact.way.rawValue), \(payload), \(now.ms), \(actor))
            on conflict (merchant_id) do update
            set way = excluded.way, payload = excluded.payload, set_ms = excluded.set_ms,
                set_by = excluded.set_by
            """)
    }

    package func contact(of id: ID<Merchant>) throws(DatabaseError) -> MessageContact? {
        guard
            let row = try first(
                "select way, payload from merchant_contact where merchant_id = \(id.text)")
        else { return nil }
        return try contact(row, try openedText(row.text(1), at: "merchant_contact \(id)"))
    }

    private func contact(_ row: Row, _ address: String) throws(DatabaseError) -> MessageContact {
        let way = try row.text(0)
        guard let way = MessageWay(rawValue: way) else {
            throw .corrupt("a contact holds the unknown way \(way)")
        }
        return MessageContact(way: way, address: Personal(address))
    }
}
