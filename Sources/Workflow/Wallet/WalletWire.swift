package import Ledger

/// The JSON bodies of the wallet's protocol; both ends read and write these.
package enum WalletWire {
    /// `POST /v1/transfers`
    package struct Order: Hashable, Sendable, Codable {
        package struct Payee: Hashable, Sendable, Codable {
            package let account: String
            package let real_name: String?
        }

        package let out_bill_no: String
        package let amount_fen: Money
        package let payee: Payee
        package let scene: String
        package let perception: String
        package let reason: String
        package let remark: String?
    }

    /// The answer to an order and to `GET /v1/transfers/{out_bill_no}`.
    package struct Receipt: Hashable, Sendable, Codable {
        package let out_bill_no: String
        package let transfer_bill_no: String
        package let amount_fen: Money
        package let state: State
        /// Only with `FAIL`.
        package let fail_reason: String?
        /// RFC 3339.
        package let create_time: String
        package let update_time: String
    }

    package enum State: String, Hashable, Sendable, Codable {
        case accepted = "ACCEPTED"
        case processing = "PROCESSING"
        case waitUserConfirm = "WAIT_USER_CONFIRM"
        // One R: so the wallet spells it.
        case transferring = "TRANSFERING"
        case success = "SUCCESS"
        case fail = "FAIL"
        case closed = "CLOSED"
        case bounced = "BOUNCED"
    }

    /// `POST /v1/topups`
    package struct TopUp: Hashable, Sendable, Codable {
        package let amount_fen: Money
        package let reference: String
    }

    package struct Balance: Hashable, Sendable, Codable {
        package let balance_fen: Money

        package init(balance_fen: Money) { self.balance_fen = balance_fen }
    }

    /// Any status but 200. Codes are those of `WalletRefusal`, `notFound` and `rateLimited`.
    package struct Problem: Hashable, Sendable, Codable {
        package let code: String
        package let message: String

        package init(code: String, message: String) {
            self.code = code
            self.message = message
        }

        package static let notFound = "NOT_FOUND"
        package static let rateLimited = "RATE_LIMITED"
    }

    package static func status(of code: WalletRefusal.Code) -> Int {
        switch code {
        case .invalidRequest, .nameRequired: 400
        case .notEnough: 403
        case .billNotReady: 404
        case .numberTaken: 409
        }
    }
}

extension WalletWire.Order {
    package init(_ transfer: Transfer) {
        out_bill_no = transfer.number
        amount_fen = transfer.amount
        payee = Payee(account: transfer.payee.account, real_name: transfer.payee.realName)
        scene = Transfer.scene
        perception = transfer.perception.rawValue
        reason = transfer.reason
        remark = transfer.remark
    }

    /// Not validated beyond scene and perception: the book does that.
    package func transfer() throws(WalletRefusal) -> Transfer {
        guard scene == Transfer.scene else {
            throw WalletRefusal(.invalidRequest, "scene is \(Transfer.scene)")
        }
        guard let perception = Transfer.Perception(rawValue: perception) else {
            throw WalletRefusal(.invalidRequest, "perception is not one of the scene's")
        }
        return Transfer(
            number: out_bill_no, amount: amount_fen,
            payee: Transfer.Payee(account: payee.account, realName: payee.real_name),
            perception: perception, reason: reason, remark: remark ?? "")
    }
}

extension WalletWire.Receipt {
    package init(_ receipt: WalletBook.Receipt) {
        out_bill_no = receipt.number
        transfer_bill_no = receipt.serial
        amount_fen = receipt.amount
        state = WalletWire.State(receipt.state)
        if case .fail(let reason, _) = receipt.state {
            fail_reason = reason.code
        } else {
            fail_reason = nil
        }
        create_time = receipt.acceptedAt.description
        update_time = receipt.changedAt.description
    }

    /// Nil when a part that the state needs is missing or unreadable.
    package var transferState: TransferState? {
        guard let changed = Moment(update_time) else { return nil }
        switch state {
        case .accepted: return .accepted
        case .processing: return .processing
        case .waitUserConfirm: return .waitUserConfirm
        case .transferring: return .transferring
        case .success: return .success(at: changed)
        case .fail: return fail_reason.map { .fail(FailReason(code: $0), at: changed) }
        case .closed: return .closed(at: changed)
        case .bounced: return .bounced(at: changed)
        }
    }
}

extension WalletWire.State {
    fileprivate init(_ state: TransferState) {
        self =
            switch state {
            case .accepted: .accepted
            case .processing: .processing
            case .waitUserConfirm: .waitUserConfirm
            case .transferring: .transferring
            case .success: .success
            case .fail: .fail
            case .closed: .closed
            case .bounced: .bounced
            }
    }
}

extension FailReason {
    /// As the wallet writes it.
    package var code: String {
        switch self {
        case .nameMismatch: "NAME_MISMATCH"
        case .accountClosed: "ACCOUNT_CLOSED"
        case .other(let code): code
        }
    }

    package init(code: String) {
        self =
            switch code {
            case "NAME_MISMATCH": .nameMismatch
            case "ACCOUNT_CLOSED": .accountClosed
            default: .other(code)
            }
    }
}
