package import Casework
package import Database
package import Ledger

/// A case that was found, and by what.
package struct FoundCase: Hashable, Sendable {
    package let row: CaseRow
    package let by: Likeness

    package enum Likeness: String, Hashable, Sendable, CaseIterable {
        case number, phone, orderNumber, merchant
        /// The same person's, whoever the merchant is.
        case claimant
        case evidence, payee
        /// Against the same merchant for the same matter.
        case matter
    }
}

extension Transaction {
    /// Cases that what a caller says leads to, the most telling first: a case number, a telephone, an
    /// order number, part of a merchant's name.
    ///
    /// Telephones and order numbers are found whole, as only their hashes are kept; of cases filed before
    /// those were kept, neither is.
    ///
    /// - Parameters:
    ///   - text: As it is typed.
    ///   - limit: 1…50.
    package func cases(
        matching text: String, merchants: [ID<Merchant>], limit: Int
    ) throws(DatabaseError) -> [FoundCase] {
        var found: [FoundCase] = []
        if let id = CaseNumber.read(text), let row = try caseRow(id) {
            found.append(FoundCase(row: row, by: .number))
        }
        let digits = text.count { $0.isASCII && $0.isNumber }
        if digits >= 6 {
            add(try rows(with: .phone(text), limit), by: .phone, to: &found, limit)
        }
        add(try rows(with: .orderNumber(text), limit), by: .orderNumber, to: &found, limit)
        for merchant in merchants where found.count < limit {
            var filter = CaseFilter()
            (filter.merchant, filter.limit) = (merchant, limit)
            add(try caseRows(filter), by: .merchant, to: &found, limit)
        }
        return found
    }

    /// Other cases that have something in common with this one, the most telling first.
    ///
    /// - Parameter limit: 1…50.
    package func cases(like file: Case, limit: Int) throws(DatabaseError) -> [FoundCase] {
        var found: [FoundCase] = []
        let filing = file.filing
        if let order = filing.order {
            add(try rows(with: .orderNumber(order), limit), by: .orderNumber, to: &found, limit)
        }
        for evidence in file.evidence.prefix(20) {
            let key = CaseKey.evidence(hash: evidence.hash)
            add(try rows(with: key, limit), by: .evidence, to: &found, limit)
        }
        let person = try sought(CaseKey.claimant(filing.claimant).value)
        let columns = CaseRow.columns
        add(
            try readCaseRows(
                """
                select \(sql: columns) from case_row where claimant in (\(list: person))
                order by filed_ms desc, case_id desc limit \(limit)
                """), by: .claimant, to: &found, limit)
        if let payee = file.payee {
            add(try rows(with: .payee(payee), limit), by: .payee, to: &found, limit)
        }
        if let merchant = filing.merchant, found.count < limit {
            add(
                try readCaseRows(
                    """
                    select \(sql: columns) from case_row
                    where merchant_id = \(merchant.text) and matter = \(filing.matter)
                    order by filed_ms desc, case_id desc limit \(limit)
                    """), by: .matter, to: &found, limit)
        }
        return found.filter { $0.row.id != file.id }
    }

    private func rows(with key: CaseKey, _ limit: Int) throws(DatabaseError) -> [CaseRow] {
        try readCaseRows(
            """
            select \(sql: CaseRow.columns) from case_row
            where case_id in (
                select case_id from case_key
                where kind = \(key.kind) and value in (\(list: try sought(key.value))))
            order by filed_ms desc, case_id desc limit \(limit)
            """)
    }

    private func add(
        _ rows: [CaseRow], by likeness: FoundCase.Likeness, to found: inout [FoundCase],
        _ limit: Int
    ) {
        for row in rows where found.count < limit && !found.contains(where: { $0.row.id == row.id })
        {
            found.append(FoundCase(row: row, by: likeness))
        }
    }
}
