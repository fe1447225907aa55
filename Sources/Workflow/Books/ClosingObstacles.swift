import Casework
package import Ledger
import Store

/// What keeps a period open, for the person who must mend it.
extension Work {
    /// A day closes only when books and statements of every account agree to the fen, and every cash
    /// voucher up to it was met in a statement; a month or year only when all its days are closed. What
    /// lies in suspense is agreed on, and stays listed.
    package func obstacles(toClosing period: Period) throws -> [WorkflowError.Problem] {
        var found: [WorkflowError.Problem] = []
        if period.lastDay > today {
            found.append(
                .init(
                    field: "period", chinese: "今天是\(today)，不能关账未来日期",
                    english: "ends in the future; today is \(today)"))
        }
        switch period.kind {
        case .day:
            for (name, account) in [("bank", Posting.bank), ("platform", Posting.platform)] {
                found += try obstacles(name, account, period.lastDay)
            }
        case .month, .year:
            found += try openDays(before: period) + openPeriods(before: period)
        }
        return found
    }

    private func openDays(before period: Period) throws -> [WorkflowError.Problem] {
        let closed = try transaction.lastClosedDay(books.fund)?.day
        if let closed, closed >= period.lastDay { return [] }
        let first = closed.map { max($0.advanced(by: 1), period.firstDay) } ?? period.firstDay
        return [
            .init(
                field: "period", chinese: "\(first)至\(period.lastDay)尚未日结",
                english: "the days from \(first) to \(period.lastDay) are not closed yet")
        ]
    }

    private func openPeriods(before period: Period) throws -> [WorkflowError.Problem] {
        guard let last = try transaction.closings(books.fund, period.kind).last,
            last.period.next != period
        else { return [] }
        return [
            .init(
                field: "period", chinese: "应先结\(last.period.next)",
                english: "it is the turn of \(last.period.next)")
        ]
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
