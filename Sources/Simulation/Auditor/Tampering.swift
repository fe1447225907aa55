import Database

extension PlantedFault {
    /// Changes rows behind the office's back; answers whether there was anything to change.
    func tamper(_ transaction: Transaction) throws(DatabaseError) -> Bool {
        switch self {
        case .editedVoucher:
            try transaction.run(
                """
                update voucher_line set amount_fen = amount_fen + 1
                where number = (select max(number) - 1 from voucher)
                """) > 0
        case .editedBalance:
            try transaction.run(
                "update balance set amount_fen = amount_fen + 1 where account = '1002'") > 0
        case .lostStep:
            try transaction.run(
                "delete from case_clock where at_ms = (select min(at_ms) from case_clock)") > 0
        case .editedEvent:
            try transaction.run(
                """
                update case_event set actor = 'nobody'
                where position = 0 and case_id = (select min(case_id) from case_event)
                """) > 0
        case .paidTwice, .paidMore, .lostCommit: false
        }
    }
}
