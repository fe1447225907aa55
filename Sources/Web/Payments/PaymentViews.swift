import Ledger
import Store
import Workflow

struct PaymentFileView: Codable, Sendable {
    /// Also the message's number at the bank.
    let id: String
    let executionOn: Day
    let payments: Int
    let amountFen: Money
    /// `prepared`, `released`, `withdrawn`.
    let state: String
    /// SHA-256 of the document, hex.
    let sha256: String
    let preparedBy: String
    let preparedAt: Timestamp
    /// Who released or withdrew it.
    let decidedBy: String?
    let decidedAt: Timestamp?
    /// Payments that the bank has neither made nor refused.
    let open: Int

    init(_ row: PaymentFileRow, _ zone: Zone) {
        id = row.id
        executionOn = row.executionOn
        payments = row.payments
        amountFen = row.amount
        state = row.state.rawValue
        sha256 = row.hash
        preparedBy = row.preparedBy
        preparedAt = Timestamp(zone.text(row.preparedAt))
        decidedBy = row.decidedBy
        decidedAt = row.decidedAt.map { Timestamp(zone.text($0)) }
        open = row.open
    }
}

/// A payout by bank that no file holds yet.
struct WaitingPayoutView: Codable, Sendable {
    let number: String
    let caseID: String
    let amountFen: Money
    let orderedAt: Timestamp

    enum CodingKeys: String, CodingKey {
        case number, amountFen, orderedAt
        case caseID = "case"
    }

    init(_ row: PayoutRow, _ zone: Zone) {
        number = row.number
        caseID = row.caseID.text
        amountFen = row.amount
        orderedAt = Timestamp(zone.text(row.orderedAt))
    }
}

struct PaymentFileListView: Codable, Sendable {
    let files: [PaymentFileView]
    /// The oldest first, at most 200.
    let waiting: [WaitingPayoutView]
}

struct PreparedPaymentsView: Codable, Sendable {
    let file: PaymentFileView
    let leftOut: [LeftOutView]

    struct LeftOutView: Codable, Sendable {
        let number: String
        let zh: String
        let en: String
    }

    init(_ prepared: PreparedPayments, _ zone: Zone) {
        file = PaymentFileView(prepared.file, zone)
        leftOut = prepared.leftOut.map {
            LeftOutView(number: $0.field, zh: $0.chinese, en: $0.english)
        }
    }
}

struct PaymentFileDetailView: Codable, Sendable {
    let file: PaymentFileView
    let payouts: [FilePayoutView]

    struct FilePayoutView: Codable, Sendable {
        let number: String
        let caseID: String
        let amountFen: Money
        /// `ordered`, `underWay`, `unknown`, `confirmed`, `failed`, `lapsed`, `bounced`.
        let state: String
        let confirmedOn: Day?

        enum CodingKeys: String, CodingKey {
            case number, amountFen, state, confirmedOn
            case caseID = "case"
        }
    }

    init(_ row: PaymentFileRow, _ payouts: [PayoutRow], _ zone: Zone) {
        file = PaymentFileView(row, zone)
        self.payouts = payouts.map {
            FilePayoutView(
                number: $0.number, caseID: $0.caseID.text, amountFen: $0.amount, state: $0.state,
                confirmedOn: $0.confirmedOn)
        }
    }
}

struct PaymentReportView: Codable, Sendable {
    /// The same answer came before: nothing changed.
    let isRepeat: Bool
    let file: PaymentFileView
    let paid: Int
    let failed: Int
    let underWay: Int

    init(_ taken: TakenReport, _ zone: Zone) {
        isRepeat = taken.isRepeat
        file = PaymentFileView(taken.file, zone)
        paid = taken.paid
        failed = taken.failed
        underWay = taken.underWay
    }
}

struct TurnedBackView: Codable, Sendable {
    let number: String
    let caseID: String

    enum CodingKeys: String, CodingKey {
        case number
        case caseID = "case"
    }
}
