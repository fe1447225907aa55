package import Courier
import FoundationEssentials
package import Ledger

/// The wallet behind a URL.
///
/// Believes only what the protocol defines: a definite status with a body that fits it. All else, a
/// gateway's own 404 or 400 among it, is a doubt.
package struct HTTPWallet: Wallet {
    private let courier: Courier
    private let base: String

    /// - Parameter base: `http://127.0.0.1:8090`, without a slash at the end.
    package init(_ base: String, courier: Courier) {
        self.base = base
        self.courier = courier
    }

    package func order(_ transfer: Transfer) async -> Reply {
        do throws(WalletRefusal) { try transfer.validate() } catch { return .refused(error) }
        let response: Response
        do {
            response = try await post("/v1/transfers", WalletWire.Order(transfer))
        } catch {
            return .unknown(error.walletDoubt)
        }
        if let refusal = response.refusal { return .refused(refusal) }
        return response.state(number: transfer.number, amount: transfer.amount)
    }

    package func query(_ number: String) async -> Reply {
        guard Transfer.isNumber(number) else { return .notFound }
        let response: Response
        do {
            response = try await courier.send(Request(.get, "\(base)/v1/transfers/\(number)"))
        } catch {
            return .unknown(error.walletDoubt)
        }
        if response.status == 404, response.problem?.code == WalletWire.Problem.notFound {
            return .notFound
        }
        return response.state(number: number, amount: nil)
    }

    /// Credits the platform account. The same reference again changes nothing.
    ///
    /// - Returns: The balance.
    package func topUp(_ amount: Money, reference: String) async throws(Failure) -> Money {
        let response = try await answer { () throws(CourierError) in
            try await post("/v1/topups", WalletWire.TopUp(amount_fen: amount, reference: reference))
        }
        guard let balance: WalletWire.Balance = response.decoded() else {
            throw .doubt(.unreadable(status: response.status))
        }
        return balance.balance_fen
    }

    /// The fund bill of `day`: CSV, see `WalletBook.bill`.
    package func bill(of day: Day) async throws(Failure) -> String {
        let response = try await answer { () throws(CourierError) in
            try await courier.send(Request(.get, "\(base)/v1/bill?day=\(day)"))
        }
        guard let text = String(validating: response.body, as: UTF8.self) else {
            throw .doubt(.unreadable(status: response.status))
        }
        return text
    }

    /// Why there is no balance or bill. Both may simply be asked for again.
    package enum Failure: Error, Hashable, Sendable {
        case refused(WalletRefusal)
        case doubt(WalletDoubt)
    }

    private func answer(
        _ call: () async throws(CourierError) -> Response
    ) async throws(Failure) -> Response {
        let response: Response
        do { response = try await call() } catch { throw .doubt(error.walletDoubt) }
        if let refusal = response.refusal { throw .refused(refusal) }
        guard response.status == 200 else { throw .doubt(.status(response.status)) }
        return response
    }

    private func post(
        _ path: String, _ body: some Encodable
    ) async throws(CourierError) -> Response {
        let bytes: [UInt8]
        do {
            bytes = Array(try JSONEncoder().encode(body))
        } catch {
            throw .notSent(.malformed(why: "the body has no JSON: \(error)"))
        }
        return try await courier.send(
            Request(
                .post, base + path, headers: ["Content-Type": "application/json"], body: bytes))
    }
}

extension Response {
    fileprivate func decoded<Body: Decodable>() -> Body? {
        // Whatever is wrong with the body, it is no answer of the protocol.
        try? JSONDecoder().decode(Body.self, from: Data(body))
    }

    fileprivate var problem: WalletWire.Problem? { decoded() }

    /// The wallet's own no: a status of the protocol with the code that belongs to it.
    fileprivate var refusal: WalletRefusal? {
        guard status != 200, let problem, let code = WalletRefusal.Code(rawValue: problem.code),
            status == WalletWire.status(of: code)
        else { return nil }
        return WalletRefusal(code, problem.message)
    }

    /// - Parameter amount: What the receipt must say; nil when the caller does not know.
    fileprivate func state(number: String, amount: Money?) -> Reply {
        guard status == 200 else { return .unknown(.status(status)) }
        guard let receipt: WalletWire.Receipt = decoded(), receipt.out_bill_no == number,
            amount == nil || receipt.amount_fen == amount, let state = receipt.transferState
        else { return .unknown(.unreadable(status: status)) }
        return .state(state)
    }
}

extension CourierError {
    fileprivate var walletDoubt: WalletDoubt {
        switch self {
        case .notSent(let obstacle): .notSent(obstacle)
        case .unknown(let doubt): .mayHaveArrived(doubt)
        }
    }
}
