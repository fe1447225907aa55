package import Casework
import Crypto
package import Database
package import Ledger

/// Something that two contacts about one loss have in common.
///
/// Values are hashed, so that the index of keys holds no names, numbers or accounts; what is stored is
/// keyed as well (`Transaction.keyed`).
package struct CaseKey: Hashable, Sendable {
    package let kind: String
    package let value: String

    private init(_ kind: String, _ parts: [String]) {
        self.kind = kind
        let digest = SHA256.hash(data: Array(parts.joined(separator: "\u{1F}").utf8))
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(32)
        for byte in digest.prefix(16) {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        value = String(decoding: text, as: UTF8.self)
    }

    /// The same order number, with the merchant it is an order of where one is known.
    package static func order(_ order: String, merchant: String) -> CaseKey {
        CaseKey("order", [folded(order), folded(merchant)])
    }

    /// The same person about the same merchant, matter and day.
    package static func person(_ filing: Filing) -> CaseKey {
        CaseKey(
            "person",
            [
                filing.claimant.identity.map { folded($0.revealed) }
                    ?? folded(filing.claimant.phone.revealed),
                folded(filing.merchant?.text ?? filing.merchantName), filing.matter,
                filing.occurredOn.description,
            ])
    }

    /// One person: by identity document, or by telephone where none was given.
    package static func claimant(_ claimant: Claimant) -> CaseKey {
        CaseKey("claimant", [folded((claimant.identity ?? claimant.phone).revealed)])
    }

    package static func evidence(hash: String) -> CaseKey { CaseKey("evidence", [hash]) }
    package static func payee(_ payee: Payee) -> CaseKey {
        CaseKey("payee", [folded(payee.account.revealed)])
    }

    /// Any contact by this telephone; the country's code and what divides the digits aside.
    package static func phone(_ phone: String) -> CaseKey {
        let digits = phone.filter { $0.isASCII && $0.isNumber }
        let own = digits.count > 11 && digits.hasPrefix("86") ? digits.dropFirst(2) : digits[...]
        return CaseKey("phone", [String(own)])
    }

    /// An order number of whatever merchant, as a caller reads it out.
    package static func orderNumber(_ order: String) -> CaseKey {
        CaseKey("orderNumber", [folded(order)])
    }

    /// Those that make two contacts the same loss.
    static func keysOfLoss(_ filing: Filing) -> [CaseKey] {
        let merchant = filing.merchant?.text ?? filing.merchantName
        return [filing.order.map { .order($0, merchant: merchant) }, .person(filing)]
            .compactMap { $0 }
    }

    static func keys(of filing: Filing) -> [CaseKey] {
        let found: [CaseKey?] = [
            filing.payee.map { CaseKey.payee($0) }, CaseKey.phone(filing.claimant.phone.revealed),
            filing.order.map { CaseKey.orderNumber($0) },
        ]
        return keysOfLoss(filing) + found.compactMap { $0 }
    }

    /// Spaces, dashes and case aside.
    private static func folded(_ text: String) -> String {
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else {
            return text.lowercased().filter { !$0.isWhitespace && $0 != "-" }
        }
        // Nearly all: without looking every letter up among those of the world.
        let kept = text.utf8.lazy.filter { !(9...13).contains($0) && $0 != 0x20 && $0 != 0x2D }
            .map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return String(decoding: Array(kept), as: UTF8.self)
    }
}

/// The case that was filed first about a loss, and how the new contact was recognised as the same.
package struct Repeat: Hashable, Sendable {
    package let first: ID<Case>
    /// `order`, `person` or `evidence`.
    package let kind: String
}

extension Transaction {
    /// The earliest case about the same order, or the same person's same complaint; nil when there is none.
    ///
    /// Cases that were declined, merged or withdrawn do not count: nothing could be paid twice there.
    package func earlierCase(like filing: Filing, than id: ID<Case>?) throws(DatabaseError)
        -> Repeat?
    {
        for key in CaseKey.keysOfLoss(filing) {
            if let first = try firstCase(with: key, than: id) {
                return Repeat(first: first, kind: key.kind)
            }
        }
        return nil
    }

    /// The earliest open or paid case with `key`, other than `id`.
    package func firstCase(with key: CaseKey, than id: ID<Case>?) throws(DatabaseError) -> ID<Case>?
    {
        let row = try first(
            """
            select r.case_id from case_key k join case_row r on r.case_id = k.case_id
            where k.kind = \(key.kind) and k.value in (\(list: try sought(key.value)))
                and r.case_id <> \(id?.text ?? "")
                and r.stage not in ('declined', 'merged', 'withdrawn', 'handedOver')
            order by r.filed_ms, r.case_id limit 1
            """)
        return try row.map { row throws(DatabaseError) in ID(try row.text(0)) }
    }

    /// How many cases, `id` left out, share `key`: one payee of many claimants, one image in many files.
    package func casesSharing(_ key: CaseKey, than id: ID<Case>) throws(DatabaseError) -> Int {
        let row = try first(
            """
            select count(distinct case_id) from case_key
            where kind = \(key.kind) and value in (\(list: try sought(key.value)))
                and case_id <> \(id.text)
            """)
        return Int(try row?.integer(0) ?? 0)
    }
}
