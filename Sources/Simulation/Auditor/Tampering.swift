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
        case .lostMessage:
            try transaction.run(
                """
                delete from tourist_message where id = (select min(id) from tourist_message
                    where done_ms is null and failed_ms is null and attempts = 0)
                """) > 0
        case .erasedEarly:
            try transaction.run(
                """
                insert into erasure (subject, kind, closed_ms, rule, actor, at_ms)
                select min(case_id), 'complaint', 0, 'none', 'nobody', min(filed_ms) from case_row
                """) > 0
        case .leftBehind:
            try transaction.run(
                """
                update case_row set claimant = 'somebody'
                where case_id = (select min(case_id) from case_row
                    where case_id in (select subject from erasure))
                """) > 0
        case .erasedBooks:
            try transaction.run(
                """
                update voucher set source = 'erased'
                where number = (select max(number) from voucher)
                    and exists (select 1 from erasure)
                """) > 0
        case .paidTwice, .paidMore, .lostCommit, .falseReturn, .writtenTwice, .writtenAtOnce,
            .wrongPerson, .writtenForNothing, .unsealed, .neverErased:
            false
        }
    }

    /// Sees to it that the run has what the fault is about.
    func prepare(_ manner: inout Manner) {
        switch self {
        case .lostMessage, .writtenTwice, .wrongPerson, .writtenForNothing: manner.hasPost = true
        case .writtenAtOnce: (manner.hasPost, manner.hasSkew) = (true, false)
        case .leftBehind, .erasedBooks, .neverErased: manner.forgets = true
        case .unsealed: manner.hasKeys = true
        case .paidTwice, .paidMore, .lostCommit, .editedVoucher, .editedBalance, .lostStep,
            .editedEvent, .falseReturn, .erasedEarly:
            break
        }
    }
}
