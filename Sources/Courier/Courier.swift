/// Speaks HTTP/1.1, and SMTP, to the outside world from one thread of its own.
///
/// libcurl blocks where it likes, so none of it runs on the cooperative pool or on an event loop. A
/// request leaves at most once: where libcurl would quietly repeat one on a fresh connection, it is
/// stopped and the answer is `unknown`. No redirect is followed, no proxy is taken from the environment,
/// and no cookie is kept.
package final class Courier: Sendable {
    package struct Limits: Sendable {
        /// Requests under way at once, 1…256.
        package var concurrency = 16
        /// Requests waiting for their turn.
        package var queue = 1_024
        /// For the name, the connection and the TLS handshake.
        package var connect_ms = 3_000
        /// For everything, waiting for the turn included.
        package var whole_ms = 15_000
        /// Of a response's body; its headers may hold `Trip.headerLimit_bytes`.
        package var response_bytes = 1 << 20
        package var reach = Reach.anywhere

        package init() {}
    }

    private let desk: Desk
    private let watch: TripWatch?

    /// Each trip is measured, is a span of the trace it belongs to, and carries that trace on.
    package convenience init(limits: Limits = Limits()) {
        self.init(limits: limits, watch: TripWatch())
    }

    /// For what carries traces themselves: no trip of it becomes another span.
    package static func unwatched(limits: Limits = Limits()) -> Courier {
        Courier(limits: limits, watch: nil)
    }

    private init(limits: Limits, watch: TripWatch?) {
        self.watch = watch
        precondition((1...256).contains(limits.concurrency), "concurrency is \(limits.concurrency)")
        precondition(limits.queue >= 1, "the queue's limit is \(limits.queue)")
        precondition(
            (1...600_000).contains(limits.connect_ms) && (1...600_000).contains(limits.whole_ms),
            "times are 1 ms to 10 minutes: \(limits.connect_ms), \(limits.whole_ms)")
        precondition(limits.response_bytes >= 0, "response limit is \(limits.response_bytes)")
        desk = Desk(limits: limits)
        Carrier.start(for: desk)
    }

    deinit { desk.close() }

    /// Sends `request` and waits for the whole response. Any status is a response, also 500.
    ///
    /// Cancelling the task ends the transfer at once.
    package func send(_ request: Request) async throws(CourierError) -> Response {
        if let fault = request.fault { throw .notSent(.malformed(why: fault)) }
        guard let watch else { return try await carry(.request(request)).get() }
        return try await watch.watching(request) { await carry(.request($0)) }.get()
    }

    /// Hands `letter` over and waits for the server's word on it: a status of 250 took it, one of 400…599
    /// refused it.
    package func send(_ letter: Letter) async throws(CourierError) -> Response {
        if let fault = Freight.letter(letter).fault { throw .notSent(.malformed(why: fault)) }
        return try await carry(.letter(letter)).get()
    }

    private func carry(_ freight: Freight) async -> Result<Response, CourierError> {
        let desk = desk
        let number = desk.nextNumber()
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { answer in
                desk.accept(Errand(number: number, freight: freight, answer: answer))
            }
        } onCancel: {
            desk.cancel(number)
        }
        desk.forget(number)
        return outcome
    }

    /// Ends every transfer under way; from now on nothing is sent. Returns at once.
    package func close() { desk.close() }
}
