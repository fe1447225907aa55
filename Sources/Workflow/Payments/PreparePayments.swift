import Banking
package import Casework
package import Ledger
package import Store

/// A payment file as it was put together, and what had to stay out of it.
package struct PreparedPayments: Hashable, Sendable {
    package let file: PaymentFileRow
    /// Payouts that wait on, each with the reason, under its number.
    package let leftOut: [WorkflowError.Problem]
}

/// Payouts by bank leave in files: the cashier prepares one, another person releases it, and only then
/// can it be handed in. The bank's answers come back as commands on the cases.
extension Work {
    /// Payouts of one file at most: as many cases change in one transaction.
    package static let paymentsPerFile = 500
    /// How far ahead a bank takes an order.
    private static let executionDays = 30

    /// Puts the payouts that wait for the bank into a file, the oldest first, as far as the account
    /// covers them.
    ///
    /// Left out, each with its reason: what the cashier may not pay, having filed, prepared, proposed or
    /// agreed to it; what no bank would take; and from the first on that the account does not cover, all
    /// that came later, so that nobody is passed over.
    ///
    /// - Parameter day: When the bank is to pay, today or within thirty days.
    package func preparePayments(
        executionOn day: Day, by actor: Actor
    ) throws -> PreparedPayments {
        try permit(.preparePayments, actor)
        guard (today...today.advanced(by: Self.executionDays)).contains(day) else {
            throw WorkflowError.unfit([
                .init(
                    field: "execution_on", chinese: "应为今天（\(today)）起\(Self.executionDays)天内",
                    english: "must be today, \(today), or within \(Self.executionDays) days")
            ])
        }
        var (chosen, leftOut) = try choosePayments(by: actor)
        guard !chosen.isEmpty else { throw WorkflowError.nothingToPay(leftOut) }
        let position = try transaction.next("payment_file")
        let edition = try office.policies.edition(inForceOn: today)
        let digits = today.description.filter { $0 != "-" }
        let id = "\(edition.prefix)PF\(digits)-\(position)"
        while true {
            let file = paymentFile(id, of: chosen, payer: edition, executionOn: day)
            let document: String
            do throws(PaymentFileError) {
                document = try writePain001(file)
            } catch {
                // One account that no bank takes does not keep the others waiting.
                guard let number = error.payment,
                    let bad = chosen.firstIndex(where: { $0.payout.number == number })
                else { throw error }
                leftOut.append(.unpayable(number, error))
                chosen.remove(at: bad)
                if chosen.isEmpty { throw WorkflowError.nothingToPay(leftOut) }
                continue
            }
            try checkPain001(Array(document.utf8))
            let amount = Money(fen: chosen.reduce(0) { $0 + $1.payout.amount.fen })
            try transaction.writePaymentFile(
                id, position: position, of: books.fund, executionOn: day, document: document,
                hash: sha256Hex(document), numbers: chosen.map(\.payout.number), amount: amount,
                by: actor.name, at: now)
            guard let row = try transaction.paymentFile(id) else {
                throw WorkflowError.noSuchPaymentFile(id)
            }
            return PreparedPayments(file: row, leftOut: leftOut)
        }
    }

    private func choosePayments(
        by actor: Actor
    ) throws -> (chosen: [CasePayout], leftOut: [WorkflowError.Problem]) {
        let balance = try transaction.balance(of: Posting.bank, in: books.fund)
        var room = balance.fen - (try transaction.moneyInPaymentFiles()).fen
        var isCovered = true
        var chosen: [CasePayout] = []
        var leftOut: [WorkflowError.Problem] = []
        for row in try transaction.payoutsWaiting(limit: Self.paymentsPerFile) {
            guard let waiting = try casePayout(row), waiting.payout.isOpen else { continue }
            if !waiting.file.maySendMoney(actor) {
                leftOut.append(.notYours(row.number))
                continue
            }
            isCovered = isCovered && row.amount.fen <= room
            guard isCovered else {
                leftOut.append(.uncovered(row.number, Money(fen: max(0, room))))
                continue
            }
            room -= row.amount.fen
            chosen.append(waiting)
        }
        return (chosen, leftOut)
    }

    /// The payout of a row as its case has it.
    func casePayout(_ row: PayoutRow) throws -> CasePayout? {
        guard let file = try transaction.caseFile(row.caseID),
            let payout = file.payouts.first(where: { $0.number == row.number })
        else { return nil }
        return CasePayout(file: file, payout: payout)
    }

    /// The same file for the same payouts: what the bank answers is held to it.
    func paymentFile(
        _ id: String, of payouts: [CasePayout], payer edition: Edition, executionOn day: Day
    ) -> PaymentFile {
        let payer = Party(name: edition.jurisdiction.chinese, account: books.bankNumber)
        let payments = payouts.map { each in
            Payment(
                number: each.payout.number, amount: each.payout.amount,
                payee: Party(
                    name: each.payout.payee.name.revealed,
                    account: each.payout.payee.account.revealed,
                    bankNumber: each.payout.payee.bank?.number),
                caseNumber: each.file.id.text, purpose: "旅游消费先行赔付")
        }
        return PaymentFile(
            id: id, createdAt: now, initiator: edition.jurisdiction.chinese,
            currency: books.postings.currency,
            batches: [
                PaymentBatch(id: "\(id)-1", payer: payer, executionDay: day, payments: payments)
            ])
    }
}

/// A payout with the case it belongs to.
struct CasePayout {
    let file: Case
    let payout: Payout
}

extension WorkflowError.Problem {
    fileprivate static func notYours(_ number: String) -> Self {
        .init(
            field: number, chinese: "您登记、经办、提议或同意过此案，须由他人付款",
            english: "you filed, prepared, proposed or agreed to it: another person must pay it")
    }

    fileprivate static func uncovered(_ number: String, _ room: Money) -> Self {
        .init(
            field: number, chinese: "专户余额只够再付\(room)元，请先从平台转入或拨付",
            english: "the bank account covers only \(room) more: transfer or grant money first")
    }

    fileprivate static func unpayable(_ number: String, _ error: PaymentFileError) -> Self {
        .init(
            field: number, chinese: "银行不会受理其收款信息，请退回并更正：\(error)",
            english: "no bank would take its payee (\(error)): turn it back and correct it")
    }
}

extension PaymentFileError {
    /// The payout it is about, where it is about one.
    fileprivate var payment: String? {
        switch self {
        case .badAmount(let number, _), .badAccount(let number, _), .badBankNumber(let number, _):
            number
        case .badText(_, let number, _): number.isEmpty ? nil : number
        case .unreadable, .empty, .tooMany, .badIdentifier, .duplicate, .sumOutOfRange,
            .badCurrency, .badShape, .totalMismatch:
            nil
        }
    }
}
