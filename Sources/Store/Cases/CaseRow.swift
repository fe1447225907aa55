package import Casework
package import Database
package import Ledger

/// The line of a case in a queue. Written with every change, in the same transaction.
package struct CaseRow: Hashable, Sendable {
    package let id: ID<Case>
    package let version: Int
    /// The stage's name: `filed`, `assessing`, `withBureau` …
    package let stage: String
    package let isOpen: Bool
    package let channel: String
    package let matter: String
    package let category: String
    package let path: String
    package let edition: String
    package let merchant: ID<Merchant>?
    package let merchantName: String
    package let bureau: String?
    package let claimed: Money
    package let advance: Money
    package let filedAt: Moment
    /// When the most pressing running clock ends; nil while none runs.
    package let due: Moment?
    package let dueClock: String?

    static let columns: SQL = """
        case_id, version, stage, is_open, channel, matter, category, path, edition, merchant_id,
        merchant_name, bureau, claimed_fen, advance_fen, filed_ms, due_ms, due_clock
        """

    init(_ row: Row) throws(DatabaseError) {
        id = ID(try row.text(0))
        version = Int(try row.integer(1))
        stage = try row.text(2)
        isOpen = try row.integer(3) == 1
        channel = try row.text(4)
        matter = try row.text(5)
        category = try row.text(6)
        path = try row.text(7)
        edition = try row.text(8)
        merchant = try row.textOrNil(9).map { ID($0) }
        merchantName = try row.text(10)
        bureau = try row.textOrNil(11)
        claimed = Money(fen: try row.integer(12))
        advance = Money(fen: try row.integer(13))
        filedAt = Moment(ms: try row.integer(14))
        due = try row.integerOrNil(15).map { Moment(ms: $0) }
        dueClock = try row.textOrNil(16)
    }
}

/// Which cases, and from where on.
package struct CaseFilter: Hashable, Sendable {
    package var stage: String?
    package var isOpen: Bool?
    package var bureau: String?
    package var merchant: ID<Merchant>?
    /// The last case of the page before; nil for the first page.
    package var after: ID<Case>?
    /// 1…200.
    package var limit = 50

    package init() {}
}

extension Transaction {
    /// A page of cases, the newest first, by key and not by offset: a page costs the same wherever it is.
    package func caseRows(_ filter: CaseFilter) throws(DatabaseError) -> [CaseRow] {
        var sql: SQL = "select \(sql: CaseRow.columns) from case_row where 1 = 1"
        if let stage = filter.stage { sql = "\(sql: sql) and stage = \(stage)" }
        if let isOpen = filter.isOpen { sql = "\(sql: sql) and is_open = \(isOpen ? 1 : 0)" }
        if let bureau = filter.bureau { sql = "\(sql: sql) and bureau = \(bureau)" }
        if let merchant = filter.merchant { sql = "\(sql: sql) and merchant_id = \(merchant.text)" }
        if let after = filter.after {
            sql = """
                \(sql: sql) and (filed_ms, case_id) < (
                    (select filed_ms from case_row where case_id = \(after.text)), \(after.text))
                """
        }
        let limit = min(max(filter.limit, 1), 200)
        return try readCaseRows("\(sql: sql) order by filed_ms desc, case_id desc limit \(limit)")
    }

    /// Open cases with a running clock, the most pressing first.
    ///
    /// - Parameters:
    ///   - bureau: Only those it handles; nil for all.
    ///   - stage: Only those at it; nil for all.
    package func caseQueue(
        limit: Int, bureau: String? = nil, stage: String? = nil
    ) throws(DatabaseError) -> [CaseRow] {
        var sql: SQL = """
            select \(sql: CaseRow.columns) from case_row where is_open = 1 and due_ms is not null
            """
        if let bureau { sql = "\(sql: sql) and bureau = \(bureau)" }
        if let stage { sql = "\(sql: sql) and stage = \(stage)" }
        return try readCaseRows("\(sql: sql) order by due_ms, case_id limit \(limit)")
    }

    /// Cases that wait for money, the oldest first: when money comes they go on in this order.
    package func casesAwaitingFunds(limit: Int) throws(DatabaseError) -> [CaseRow] {
        try readCaseRows(
            """
            select \(sql: CaseRow.columns) from case_row
            where stage = 'awaitingFunds' order by filed_ms, case_id limit \(limit)
            """)
    }

    package func caseRow(_ id: ID<Case>) throws(DatabaseError) -> CaseRow? {
        try readCaseRows(
            "select \(sql: CaseRow.columns) from case_row where case_id = \(id.text)"
        ).first
    }

    /// Every case that ever had an advance, each recomputed from its events, in the order of their ids.
    package func forEachCaseWithMoney(_ body: (Case) -> Void) throws(DatabaseError) {
        var after = ""
        while true {
            let page = try rows(
                """
                select case_id from case_row where advance_fen > 0 and case_id > \(after)
                order by case_id limit 500
                """)
            for row in page {
                let id = ID<Case>(try row.text(0))
                if let file = try caseFile(id) { body(file) }
            }
            guard let last = page.last, page.count == 500 else { return }
            after = try last.text(0)
        }
    }

    func readCaseRows(_ sql: SQL) throws(DatabaseError) -> [CaseRow] {
        var found: [CaseRow] = []
        for row in try rows(sql) { found.append(try CaseRow(row)) }
        return found
    }

    func writeRow(
        of file: Case, after position: Int, _ recorded: [Recorded]
    ) throws(DatabaseError) {
        let pressing = file.clocks.values.filter(\.isRunning)
            .compactMap { clock in clock.due.map { (clock.name.rawValue, $0) } }
            .min { ($0.1, $0.0) < ($1.1, $1.0) }
        let closedAt = file.stage.isOpen ? nil : recorded.last?.at.ms
        if position == 0 {
            try insertRow(of: file, pressing, closedAt: closedAt)
            return
        }
        let changed = try run(
            """
            update case_row set version = \(file.version), stage = \(file.stage.name),
                is_open = \(file.stage.isOpen ? 1 : 0), category = \(file.category),
                path = \(file.path), bureau = \(file.openBureau),
                advance_fen = \(file.advance?.amount.fen ?? 0), due_ms = \(pressing?.1.ms),
                due_clock = \(pressing?.0), closed_ms = \(closedAt)
            where case_id = \(file.id.text) and version = \(position)
            """)
        guard changed == 1 else {
            throw .conflict
        }
    }

    private func insertRow(
        of file: Case, _ pressing: (String, Moment)?, closedAt: Int64?
    ) throws(DatabaseError) {
        let filing = file.filing
        try put(
            """
            insert into case_row (case_id, version, stage, is_open, channel, matter, category, path,
                edition, merchant_id, merchant_name, bureau, claimed_fen, advance_fen, filed_ms, due_ms,
                due_clock, closed_ms, claimant)
            values (\(file.id.text), \(file.version), \(file.stage.name),
                \(file.stage.isOpen ? 1 : 0), \(filing.channel.rawValue), \(filing.matter),
                \(file.category), \(file.path), \(file.terms.edition), \(filing.merchant?.text),
                \(filing.merchantName), \(file.openBureau), \(filing.claimed.fen),
                \(file.advance?.amount.fen ?? 0), \(file.filedAt.ms), \(pressing?.1.ms),
                \(pressing?.0), \(closedAt),
                \(try keyed(CaseKey.claimant(filing.claimant).value)))
            """)
    }
}

extension Case {
    fileprivate var category: String { classification?.outcome.category ?? "" }
    fileprivate var path: String { advance?.decision.path.rawValue ?? "" }
    fileprivate var openBureau: String? { handlings.last.flatMap { $0.isOpen ? $0.bureau : nil } }
}
