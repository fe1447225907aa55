import Ledger

extension Problem {
    /// What the books themselves have against a closing; what people can mend is told before
    /// (`WorkflowError.periodNotReady`).
    init(_ error: ClosingError) {
        let detail =
            switch error {
            case .samePerson(let name):
                Phrase("结账须两人，现均为\(name)。", "Closing takes two people, not \(name) twice.")
            case .notOver(let period, let today):
                Phrase(
                    "今天是\(today)，\(period)尚未结束。", "Today is \(today); \(period) is not over yet.")
            case .alreadyClosed(let period):
                Phrase("\(period)及以前已结账。", "\(period) and before are closed.")
            case .outOfOrder(let period, let next):
                Phrase("应先结\(next)，再结\(period)。", "It is the turn of \(next), before \(period).")
            case .wrongPosition(let through, let wanted):
                Phrase(
                    "余额应截至\(wanted)，现截至\(through.map(\.description) ?? "无")。",
                    "The balances must be those of \(wanted), not of \(through.map(\.description) ?? "all")."
                )
            case .booksOutOfBalance(let fund):
                Phrase(
                    "\(fund)的账不平；请运行 amends ledger verify。",
                    "The books of \(fund) do not balance; run amends ledger verify.")
            case .lapseDue(let id):
                Phrase("冻结\(id)已到期，应先退回。", "The reservation \(id) has expired; it lapses first.")
            case .notCarriedForward(let account, let balance):
                Phrase(
                    "年末\(account)尚有\(balance)未结转。",
                    "The year ends with \(balance) in \(account) not carried forward.")
            }
        self.init(409, "not_closed", Phrase("未能结账", "The period was not closed"), detail)
    }
}
