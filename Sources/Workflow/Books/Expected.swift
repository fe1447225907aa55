import Banking
import Casework
import Database
import Ledger
import Store

/// What the books expect to see in the statements of one account.
struct Expected {
    var expectations: [Expectation] = []
    /// By the expectation's id.
    var items: [String: Item] = [:]

    struct Item {
        let kind: String
        let target: String
        let caseID: ID<Case>?
        let origin: Origin
    }

    enum Origin {
        /// Booked already; the line only confirms it.
        case voucher(ID<Voucher>)
        /// Under way or in doubt: the line is the answer.
        case openPayout(String)
        case payoutReturn(String)
        case recovery
    }

    /// Merchants whose receipts a person took down and no statement has shown yet.
    private var takenDown: Set<String> = []

    /// Days around a booking on which a line without a number may still be it.
    private static let slack_days = 5

    /// - Parameter lines: Of the statement: what they name may come back though it was met long ago.
    init(on account: Account, lines: [StatementLine], work: Work) throws {
        let transaction = work.transaction
        for cash in try transaction.unmetCash(work.books.fund, account) {
            add(cash, from: try Self.payer(of: cash, transaction))
        }
        for rail in Rail.allCases where rail.account == account {
            for payout in try transaction.unmetPayouts(by: rail) { add(payout, today: work.today) }
            for payout in try transaction.metPayouts(by: rail, Self.numbers(in: lines)) {
                add(payout, today: work.today)
            }
        }
        if account == Posting.bank {
            for recovery in try transaction.openRecoveries() { add(recovery, work: work) }
        }
    }

    /// What money that came in may say it once was: a payout's number, alone or within a text.
    private static func numbers(in lines: [StatementLine]) -> [String] {
        let words = lines.filter(\.amount.isPositive).flatMap { line in
            [line.endToEndID, line.reference, line.remittance].compactMap { $0 }
                .flatMap { $0.split { !$0.isASCII || !($0.isLetter || $0.isNumber) } }
        }
        return Set(
            words.filter { (6...PaymentLimit.identifier).contains($0.count) }.map(String.init)
        )
        .sorted()
    }

    /// Who paid a merchant's receipt that a person took down before any statement showed it.
    private static func payer(
        of cash: CashVoucher, _ transaction: Transaction
    ) throws(DatabaseError) -> String? {
        // A loss, where the debt had been given up.
        guard cash.amount.isPositive, let against = cash.against?.code,
            [Chart.receivable, Chart.loss].contains(against),
            let id = cash.source.split(separator: "#").first.flatMap({ CaseNumber.read($0) })
        else { return nil }
        return try transaction.caseRow(id)?.merchantName
    }

    /// Money the books moved and no statement has shown yet.
    private mutating func add(_ cash: CashVoucher, from payer: String?) {
        if let payer { takenDown.insert(payer) }
        let amount = Money(fen: Int64(clamping: cash.amount.fen.magnitude))
        let isIn = cash.amount.isPositive
        let name =
            cash.source.split(separator: "/", maxSplits: 1).last.map(String.init) ?? cash.source
        let kind: Expectation.Kind
        let label: String
        var numbers: [String] = []
        if cash.source.hasPrefix("transfer/") {
            (kind, label, numbers) = (isIn ? .transferIn : .transferOut, "transfer", [name])
        } else if cash.source.hasPrefix("grant/") {
            (kind, label, numbers) = (.topUp, "topUp", [name])
        } else if let number = cash.reason.split(separator: " ").last, number.contains("P"),
            CaseNumber.read(number) == nil
        {
            // Payouts and their returns carry the payout's number at the end of the summary. A case's
            // number may hold a P as well, among the letters of the jurisdiction.
            (kind, label) = isIn ? (.payoutReturn, "payoutReturn") : (.payout, "payout")
            numbers = [String(number)]
            // Read as its case's, a payout's number would fit the case's next payout just as well.
            if isIn, let file = cash.source.split(separator: "#").first {
                numbers.append(String(file))
            }
        } else {
            // A deposit drawn on, or a repayment a person took down: named by its case.
            (kind, label) = isIn ? (.deposit, "deposit") : (.payout, "payout")
            numbers = [cash.source.split(separator: "#").first.map(String.init) ?? cash.source]
        }
        let id = "voucher/\(cash.id)"
        expectations.append(
            Expectation(
                id: id, kind: kind, amount: amount, numbers: numbers, counterpartyName: payer,
                window: cash.day.advanced(by: -1)...cash.day.advanced(by: Self.slack_days)))
        let caseID = cash.source.split(separator: "#").first.flatMap { CaseNumber.read($0) }
        items[id] = Item(
            kind: label, target: numbers.first ?? cash.source, caseID: caseID,
            origin: .voucher(cash.id))
    }

    private mutating func add(_ payout: PayoutRow, today: Day) {
        let day = Zone.china.day(at: payout.orderedAt)
        let window = day...max(day, today).advanced(by: Self.slack_days)
        if payout.state == "unknown" || payout.state == "underWay" {
            let id = "payout/\(payout.number)"
            expectations.append(
                Expectation(
                    id: id, kind: .payout, amount: payout.amount, numbers: [payout.number],
                    window: window))
            items[id] = Item(
                kind: "payout", target: payout.number, caseID: payout.caseID,
                origin: .openPayout(payout.number))
        }
        // A payout that was confirmed may come back in any later statement.
        if payout.state == "confirmed" {
            let id = "return/\(payout.number)"
            expectations.append(
                Expectation(
                    id: id, kind: .payoutReturn, amount: payout.amount,
                    // The text holds the case's number too, by which the merchant's debt is known.
                    numbers: [payout.number, payout.caseID.text], window: window))
            items[id] = Item(
                kind: "payoutReturn", target: payout.number, caseID: payout.caseID,
                origin: .payoutReturn(payout.number))
        }
    }

    private mutating func add(_ recovery: RecoveryRow, work: Work) {
        let id = "recovery/\(recovery.caseID)"
        let day = work.books.zone.day(at: recovery.openedAt)
        expectations.append(
            Expectation(
                id: id, kind: .repayment, amount: recovery.outstanding,
                numbers: [recovery.caseID.text],
                // A line that names no case may be the receipt that was taken down: it counts once.
                counterpartyName: takenDown.contains(recovery.merchantName)
                    ? nil : recovery.merchantName,
                window: day...max(day, work.today).advanced(by: Self.slack_days)))
        items[id] = Item(
            kind: "repayment", target: recovery.caseID.text, caseID: recovery.caseID,
            origin: .recovery)
    }
}
