public import Ledger

/// A bank's answer to a payment file (ISO 20022 pain.002 customer payment status report).
public struct PaymentReport: Hashable, Sendable {
    public struct Batch: Hashable, Sendable {
        /// Our `PaymentBatch.id`.
        public let id: String
        public let status: PaymentStatus?
        public let reasons: [PaymentReason]
    }

    public struct Payment: Hashable, Sendable {
        /// Our payout number.
        public let number: String
        /// Our `PaymentBatch.id`; nil when the report does not say.
        public let batch: String?
        public let status: PaymentStatus?
        public let reasons: [PaymentReason]
        /// What we asked for, as the bank repeats it; nil when it does not.
        public let amount: Money?
        /// The bank's own number of the payment.
        public let reference: String?
        /// The day it was accepted or made, as the bank says; nil when it does not.
        public let acceptedOn: Day?
    }

    /// The bank's number of the report.
    public let id: String
    /// The day the bank wrote it; nil when it does not say.
    public let createdOn: Day?
    /// Our `PaymentFile.id`.
    public let fileID: String
    /// Of the whole file; nil when the bank answers in parts.
    public let status: PaymentStatus?
    public let reasons: [PaymentReason]
    public let batches: [Batch]
    public let payments: [Payment]
}

/// What a bank says of a payment, by its ISO code.
public enum PaymentStatus: String, Hashable, Sendable, CaseIterable {
    /// Received, nothing checked.
    case received = "RCVD"
    /// The form is sound.
    case technicallySound = "ACTC"
    /// So is the customer.
    case accepted = "ACCP"
    /// Accepted with a change, such as another day.
    case acceptedWithChange = "ACWC"
    /// The payee's bank has it, not yet the payee.
    case acceptedWithoutPosting = "ACWP"
    case fundsChecked = "ACFC"
    /// Waits for a second signature.
    case partlyAuthorised = "PATC"
    case settling = "ACSP"
    case pending = "PDNG"
    /// Our account is debited.
    case settled = "ACSC"
    /// The payee's account is credited.
    case credited = "ACCC"
    case rejected = "RJCT"
    case cancelled = "CANC"
    /// Some payments are accepted, others not: their own status says which.
    case partly = "PART"

    public enum Outcome: Hashable, Sendable {
        /// Not decided: ask again, never pay anew.
        case underWay
        case paid
        /// Nothing was paid: the payout may be issued anew.
        case failed
    }

    public var outcome: Outcome {
        switch self {
        case .settled, .credited: .paid
        case .rejected, .cancelled: .failed
        default: .underWay
        }
    }
}

/// Why: an ISO code such as `AC01` (wrong account), or the bank's own, and its words.
public struct PaymentReason: Hashable, Sendable {
    public let code: String?
    public let text: String

    public init(code: String?, text: String) {
        self.code = code
        self.text = text
    }
}

/// What became of one payment of a file.
public struct PaymentAnswer: Hashable, Sendable {
    public let number: String
    /// Nil: the bank has not said anything of it.
    public let status: PaymentStatus?
    public let reasons: [PaymentReason]
    public let reference: String?
    /// The day the bank's word is of; nil when it does not say.
    public let day: Day?

    public var outcome: PaymentStatus.Outcome { status?.outcome ?? .underWay }
}

/// Why a bank's answer was not taken. Nothing of it was.
public enum PaymentReportError: Error, Hashable, Sendable {
    case unreadable(StatementError)
    /// XML, but not pain.002: the root's namespace.
    case notPain002(String)
    case missing(Place)
    case unknownStatus(Place, String)
    case badAmount(Place, String)
    /// The report answers another file.
    case otherFile(String, expected: String)
    /// The report names a batch or payment that the file has not.
    case unknownNumber(String)
    /// Two answers for one payment.
    case contradiction(String, PaymentStatus, PaymentStatus)
    /// The bank repeats another amount than we asked for.
    case otherAmount(String, found: Money, expected: Money)
}

extension PaymentReport {
    /// What became of each payment of `file`, in its order.
    ///
    /// A payment's own status goes before its batch's, and that before the file's; `PART` says nothing
    /// of the parts.
    public func answers(to file: PaymentFile) throws(PaymentReportError) -> [PaymentAnswer] {
        guard fileID == file.id else { throw .otherFile(fileID, expected: file.id) }
        let known = Dictionary(
            file.payments.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        let batchIDs = Set(file.batches.map(\.id))
        var own: [String: Payment] = [:]
        for payment in payments {
            guard let asked = known[payment.number] else { throw .unknownNumber(payment.number) }
            if let batch = payment.batch, !batchIDs.contains(batch) { throw .unknownNumber(batch) }
            if let amount = payment.amount, amount != asked.amount {
                throw .otherAmount(payment.number, found: amount, expected: asked.amount)
            }
            if let a = own[payment.number]?.status, let b = payment.status, a != b {
                throw .contradiction(payment.number, a, b)
            }
            if own[payment.number]?.status == nil { own[payment.number] = payment }
        }
        var ofBatch: [String: Batch] = [:]
        for batch in batches {
            guard batchIDs.contains(batch.id) else { throw .unknownNumber(batch.id) }
            if let a = ofBatch[batch.id]?.status, let b = batch.status, a != b {
                throw .contradiction(batch.id, a, b)
            }
            if ofBatch[batch.id]?.status == nil { ofBatch[batch.id] = batch }
        }
        return file.batches.flatMap { batch in
            batch.payments.map { answer(own[$0.number], ofBatch[batch.id], number: $0.number) }
        }
    }

    private func answer(_ payment: Payment?, _ batch: Batch?, number: String) -> PaymentAnswer {
        let levels = [
            (payment?.status, payment?.reasons), (batch?.status, batch?.reasons), (status, reasons),
        ]
        let level = levels.first { $0.0 != nil && $0.0 != .partly }
        return PaymentAnswer(
            number: number, status: level?.0, reasons: level?.1 ?? [],
            reference: payment?.reference, day: payment?.acceptedOn ?? createdOn)
    }
}
