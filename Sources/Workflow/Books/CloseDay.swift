package import Casework
package import Ledger
package import Store

extension Work {
    /// Closes a day: only when books and statements of every account agree to the fen, and every cash
    /// voucher up to it was met in a statement. What lies in suspense is agreed on, and stays listed.
    package func closeDay(_ day: Day, by actor: Actor) throws -> ClosedDay {
        try permit(.closeDay, actor)
        if let last = try transaction.lastClosedDay(books.fund), last.day >= day {
            throw WorkflowError.dayClosed(last.day)
        }
        // Who pays out or moves money by hand does not also say that books and bank agree.
        let since = try transaction.lastClosedDay(books.fund)?.closedAt ?? Moment(ms: 0)
        guard try !transaction.hasMovedMoney(actor.name, since: since, in: books.fund) else {
            throw WorkflowError.anotherPersonNeeded("closeDay", actor)
        }
        let problems = try obstacles(toClosing: day)
        guard problems.isEmpty else { throw WorkflowError.dayNotReady(problems) }
        let closed = ClosedDay(
            fund: books.fund, day: day,
            bank: try transaction.balance(books.fund, of: Chart.bank, through: day),
            platform: try transaction.balance(books.fund, of: Chart.platform, through: day),
            head: try transaction.ledgerHead(books.fund), closedAt: now, closedBy: actor.name)
        try transaction.writeClosedDay(closed)
        return closed
    }

    /// Everything that keeps `day` open, for the person who must mend it.
    package func obstacles(toClosing day: Day) throws -> [WorkflowError.Problem] {
        var found: [WorkflowError.Problem] = []
        if day > today {
            found.append(
                .init(
                    field: "day", chinese: "今天是\(today)，不能关账未来日期",
                    english: "lies in the future; today is \(today)"))
        }
        for (name, account) in [("bank", Posting.bank), ("platform", Posting.platform)] {
            found += try obstacles(name, account, day)
        }
        return found
    }

    private func obstacles(
        _ name: String, _ account: Account, _ day: Day
    ) throws -> [WorkflowError.Problem] {
        let booked = try transaction.balance(books.fund, of: account.code, through: day)
        let unmet = try transaction.unmetCash(books.fund, account).filter { $0.day <= day }
        var found: [WorkflowError.Problem] = []
        if let stated = try transaction.statedBalance(of: account, through: day) {
            if stated != booked {
                found.append(
                    .init(
                        field: name, chinese: "对账单余额\(stated)，账面\(booked)，请导入截至\(day)的对账单",
                        english:
                            "the statements give \(stated), the books \(booked): import up to \(day)"
                    ))
            }
        } else if booked != .zero || !unmet.isEmpty {
            found.append(
                .init(
                    field: name, chinese: "尚未导入对账单", english: "no statement was imported yet"))
        }
        found += unmet.prefix(20).map { cash in
            .init(
                field: "\(name).voucher.\(cash.number)",
                chinese: "凭证\(cash.number)（\(cash.reason)，\(cash.amount)）未在对账单中出现",
                english: "voucher \(cash.number) (\(cash.amount)) is in no statement")
        }
        return found
    }
}
