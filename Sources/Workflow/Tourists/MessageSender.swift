import Casework
package import Courier
import FoundationEssentials
import Ledger
import Store

/// Hands messages to tourists over to a gateway that sends them: one POST each, as JSON.
///
/// `{"id":"…","to":"13800138000","text":"…"}`; any 2xx is taken for "accepted". A gateway must know an id
/// it has seen: after a doubt the same message is handed over again. Without a gateway messages wait in
/// the table until they are of no use.
package struct MessageSender: Sendable {
    private let office: Office
    private let courier: Courier
    private let gateway: String
    private let token: String?

    private static let batch = 20
    /// Longer than the courier lets a request last.
    private static let lease_ms: Int64 = 60_000
    private static let pause_ms: Int64 = 15_000

    /// - Parameters:
    ///   - gateway: Absolute, `https://…`.
    ///   - token: Sent as `Authorization: Bearer`.
    package init(_ gateway: String, token: String?, courier: Courier, office: Office) {
        self.gateway = gateway
        self.token = token
        self.courier = courier
        self.office = office
    }

    private struct Envelope: Encodable {
        let id: String
        let to: String
        let text: String
    }

    /// Hands over what is due.
    ///
    /// - Returns: How many the gateway accepted.
    package func runOnce() async throws -> Int {
        let messages = try await office.work { work in
            try work.transaction.leaseMessages(
                at: work.now, leaseMs: Self.lease_ms, limit: Self.batch)
        }
        var accepted = 0
        for message in messages {
            let fault = await fault(of: handing(over: message))
            try await office.work { work in
                if let fault {
                    let later = work.now.advanced(byMs: Self.pause_ms * Int64(message.attempts))
                    try work.transaction.postponeMessage(message.id, until: later, because: fault)
                } else {
                    try work.transaction.finishMessage(message.id, at: work.now)
                }
            }
            if fault == nil { accepted += 1 }
        }
        return accepted
    }

    private func handing(over message: TouristMessage) -> Request? {
        let envelope = Envelope(
            id: message.id, to: message.phone.revealed, text: message.text.revealed)
        // Texts alone: they always encode.
        let encoder = JSONEncoder()
        // Sent again it is the same to the letter.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let body = try? encoder.encode(envelope) else { return nil }
        var headers = ["Content-Type": "application/json"]
        if let token { headers["Authorization"] = "Bearer \(token)" }
        return Request(.post, gateway, headers: headers, body: Array(body))
    }

    /// Nil where the gateway accepted it. Says nothing of what it answered: that may repeat the text.
    private func fault(of request: Request?) async -> String? {
        guard let request else { return "the message has no JSON form" }
        do {
            let response = try await courier.send(request)
            return (200...299).contains(response.status) ? nil : "status \(response.status)"
        } catch {
            return "\(error)"
        }
    }
}
