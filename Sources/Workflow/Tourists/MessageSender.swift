import Casework
package import Courier
import FoundationEssentials
import Ledger
package import Store

/// One way out of the house: hands a message over to whoever brings it to people.
package protocol MessageOutlet: Sendable {
    /// At least once: after a doubt the same message comes again, under the same id.
    func send(_ message: TouristMessage) async -> MessageOutcome
}

/// How handing a message over ended. What is said of a failure names nobody and repeats no text.
package enum MessageOutcome: Hashable, Sendable {
    case accepted
    /// It may arrive yet: tried again.
    case failed(String)
    /// It never will: whoever should have it refuses, or does not exist.
    case refused(String)
}

/// Sends what waits for people, each way by its outlet. A way without one waits until its messages are of no
/// use.
package struct MessageSender: Sendable {
    private let office: Office
    private let outlets: [MessageWay: any MessageOutlet]

    /// Messages in the hand at once, by each way.
    private let batch: Int
    /// Longer than the courier lets a request last.
    private static let lease_ms: Int64 = 60_000
    private static let firstPause_ms: Int64 = 15_000
    private static let longestPause_ms: Int64 = 15 * 60_000

    /// - Parameter batch: One where the order of answers must not depend on the machine.
    package init(_ outlets: [MessageWay: any MessageOutlet], office: Office, batch: Int = 20) {
        self.outlets = outlets
        self.office = office
        self.batch = batch
    }

    /// The ways there is an outlet for, in their order.
    package var ways: [MessageWay] { MessageWay.allCases.filter { outlets[$0] != nil } }

    /// Hands over what is due by one way.
    ///
    /// - Returns: How many were accepted.
    package func runOnce(_ way: MessageWay) async throws -> Int {
        guard let outlet = outlets[way] else { return 0 }
        let messages = try await office.work { [batch] work in
            try work.transaction.leaseMessages(
                by: way, at: work.now, leaseMs: Self.lease_ms, limit: batch)
        }
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            for message in messages {
                group.addTask { try await hand(message, to: outlet) }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }

    /// By every way.
    package func runOnce() async throws -> Int {
        var accepted = 0
        for way in ways { accepted += try await runOnce(way) }
        return accepted
    }

    private func hand(_ message: TouristMessage, to outlet: any MessageOutlet) async throws -> Bool
    {
        let outcome = await outlet.send(message)
        try await office.work { work in
            switch outcome {
            case .accepted: try work.transaction.finishMessage(message.id, at: work.now)
            case .failed(let fault):
                let pause = min(
                    Self.firstPause_ms << Int64(min(message.attempts - 1, 10)),
                    Self.longestPause_ms)
                try work.transaction.postponeMessage(
                    message.id, until: work.now.advanced(byMs: pause), because: fault)
            case .refused(let fault):
                try work.transaction.giveUpMessage(message.id, because: fault, at: work.now)
            }
        }
        return outcome == .accepted
    }
}

/// A gateway of the operator's own: one POST each, as JSON.
///
/// `{"id":"…","to":"13800138000","text":"…"}`; any 2xx is taken for "accepted". A gateway must know an id
/// it has seen.
package struct GatewayOutlet: MessageOutlet {
    private let courier: Courier
    private let gateway: String
    private let token: String?

    /// - Parameters:
    ///   - gateway: Absolute, `https://…`.
    ///   - token: Sent as `Authorization: Bearer`.
    package init(_ gateway: String, token: String?, courier: Courier) {
        self.gateway = gateway
        self.token = token
        self.courier = courier
    }

    private struct Envelope: Encodable {
        let id: String
        let to: String
        let text: String
    }

    package func send(_ message: TouristMessage) async -> MessageOutcome {
        let envelope = Envelope(
            id: message.id, to: message.to.revealed, text: message.text.revealed)
        guard let body = wireJSON(envelope) else { return .refused("the message has no JSON form") }
        var headers = ["Content-Type": "application/json"]
        if let token { headers["Authorization"] = "Bearer \(token)" }
        do {
            let response = try await courier.send(
                Request(.post, gateway, headers: headers, body: body))
            // Says nothing of what it answered: that may repeat the text.
            return (200...299).contains(response.status)
                ? .accepted : .failed("status \(response.status)")
        } catch {
            return .failed(error.summary)
        }
    }
}

/// The same to the letter at every attempt; nil for what has no JSON form.
func wireJSON(_ value: some Encodable) -> [UInt8]? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts and numbers alone: they always encode.
    return (try? encoder.encode(value)).map { Array($0) }
}
