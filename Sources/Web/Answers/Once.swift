import Casework
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Store
import Workflow

/// Gives commands: each at most once.
extension Call {
    /// Runs `effect` in one transaction and keeps its answer there under the Idempotency-Key, so that the
    /// same request again gets the same answer and does nothing; another request under the key is refused.
    ///
    /// - Parameters:
    ///   - body: The request's bytes.
    ///   - effect: Answers a status and a view. `kept`, where it differs, is what a repeat is told.
    func once(
        _ body: [UInt8], _ effect: @escaping @Sendable (Work) throws -> Effect
    ) async throws -> Answer {
        let key = try idempotencyKey()
        let requestHash = sha256Hex(
            Array("\(request.method.rawValue) \(request.uri.string)\n".utf8) + body)
        let bearer = keyOwner
        return try await office.work { work in
            if let earlier = try work.transaction.earlierAnswer(to: key, by: bearer) {
                guard earlier.requestHash == requestHash else { throw WorkflowError.keyReused(key) }
                return Answer(earlier.status, "application/json", ByteBuffer(string: earlier.body))
                    .with(.idempotencyReplayed, "true")
            }
            let effect = try effect(work)
            try work.transaction.keepAnswer(
                EarlierAnswer(requestHash: requestHash, status: effect.status, body: effect.kept),
                to: key, by: bearer, at: work.now)
            return Answer(effect.status, "application/json", ByteBuffer(string: effect.body))
        }
    }

    /// Whose keys these are. Tourists have no name: with a tracking code each case or work order is its own.
    private var keyOwner: String {
        if hasToken { return actor.name }
        let number = context.parameters.get("case") ?? context.parameters.get("order")
        return number.map { "tourist/\($0)" } ?? "tourist/"
    }
}

/// What a command did, as its answer.
struct Effect: Sendable {
    let status: Int
    let body: String
    /// What a repeat of the request is told.
    let kept: String

    init(_ status: Int, _ view: some Encodable) {
        self.status = status
        body = Answer.text(of: view)
        kept = body
    }

    /// - Parameter kept: Without what must be shown only once.
    init(_ status: Int, _ view: some Encodable, keeping kept: some Encodable) {
        self.status = status
        body = Answer.text(of: view)
        self.kept = Answer.text(of: kept)
    }
}
