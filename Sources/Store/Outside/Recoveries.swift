package import Casework
package import Database
package import Ledger

/// What a merchant still owes the fund for one case.
package struct RecoveryRow: Hashable, Sendable {
    package let caseID: ID<Case>
    package let merchant: ID<Merchant>?
    package let merchantName: String
    /// `open`, `notified`, `disputed`, `writeOffProposed`, `writtenOff`, `closed`.
    package let state: String
    /// What is owed; after a write-off, what could still come in.
    package let outstanding: Money
    package let openedAt: Moment
    /// The day on which it lapses; nil while the tourist has not been paid.
    package let limitation: Day?

    package init(
        caseID: ID<Case>, merchant: ID<Merchant>?, merchantName: String, state: String,
        outstanding: Money, openedAt: Moment, limitation: Day?
    ) {
        self.caseID = caseID
        self.merchant = merchant
        self.merchantName = merchantName
        self.state = state
        self.outstanding = outstanding
        self.openedAt = openedAt
        self.limitation = limitation
    }
}

extension Transaction {
    /// Writes the line of a case's recovery, when `recorded` changed it.
    package func writeRecovery(of file: Case, after recorded: [Recorded]) throws(DatabaseError) {
        guard let recovery = file.recovery, recorded.contains(where: { $0.event.changesRecovery })
        else {
            return
        }
        let late = Money(fen: recovery.writtenOff.fen - recovery.recoveredLate.fen)
        let outstanding = recovery.state == .writtenOff ? late : recovery.outstanding
        try put(
            """
            insert into recovery (case_id, merchant_id, merchant_name, state, outstanding_fen, opened_ms,
                limitation_day)
            values (\(file.id.text), \(file.filing.merchant?.text), \(file.filing.merchantName),
                \(recovery.state.name), \(outstanding.fen), \(recovery.openedAt.ms),
                \(recovery.limitationDay?.description))
            on conflict (case_id) do update set state = excluded.state,
                outstanding_fen = excluded.outstanding_fen,
                limitation_day = excluded.limitation_day
            """)
    }

    /// Recoveries with something to come in, in the order of their cases.
    package func openRecoveries() throws(DatabaseError) -> [RecoveryRow] {
        try readRecoveries(
            "\(sql: recoveryColumns) where outstanding_fen > 0 order by case_id")
    }

    /// A merchant's, the oldest first; what was written off is not asked for again.
    package func openRecoveries(
        of merchant: ID<Merchant>
    ) throws(DatabaseError) -> [RecoveryRow] {
        try readRecoveries(
            """
            \(sql: recoveryColumns)
            where merchant_id = \(merchant.text) and outstanding_fen > 0
                and state not in ('writtenOff', 'closed')
            order by opened_ms, case_id
            """)
    }

    private func readRecoveries(_ sql: SQL) throws(DatabaseError) -> [RecoveryRow] {
        var found: [RecoveryRow] = []
        for row in try rows(sql) {
            found.append(
                RecoveryRow(
                    caseID: ID(try row.text(0)), merchant: try row.textOrNil(1).map { ID($0) },
                    merchantName: try row.text(2), state: try row.text(3),
                    outstanding: Money(fen: try row.integer(4)),
                    openedAt: Moment(ms: try row.integer(5)),
                    limitation: try row.textOrNil(6).flatMap { Day($0) }))
        }
        return found
    }
}

private let recoveryColumns: SQL = """
    select case_id, merchant_id, merchant_name, state, outstanding_fen, opened_ms, limitation_day
    from recovery
    """

extension Recovery.State {
    package var name: String {
        switch self {
        case .open: "open"
        case .notified: "notified"
        case .disputed: "disputed"
        case .writeOffProposed: "writeOffProposed"
        case .writtenOff: "writtenOff"
        case .closed: "closed"
        }
    }
}

extension Event {
    fileprivate var changesRecovery: Bool {
        switch self {
        case .recoveryOpened, .noticeServed, .merchantResponded, .defenceUpheld, .repaid,
            .depositSetOff, .writeOffProposed, .writtenOff, .repaidAfterWriteOff, .recoveryClosed,
            .assignmentTaken, .demanded, .planAgreed, .planBroken, .repaidFromSuspense,
            .writeOffRejected, .claimBackOpened, .payoutConfirmed, .payoutBounced,
            .payoutReturnedFromSuspense, .unclaimedReturned:
            true
        default: false
        }
    }
}
