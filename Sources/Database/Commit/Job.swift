/// A closure that waits for its turn, with the way to answer its caller.
struct Job: Sendable {
    typealias Answer = @Sendable () -> Void

    /// Does the work and gives the answer, to be sent when the work is durable.
    let work: @Sendable (Transaction) throws -> Answer
    /// Tells the caller that nothing was done, and why.
    let refuse: @Sendable (any Error) -> Void

    /// Does the work once on `connection`. Throws only what ends the transaction as a whole.
    ///
    /// - Parameter luggage: What the commit carries; changed only if the work was done.
    func attempt(
        on connection: any Connection, _ luggage: inout Luggage
    ) throws(DatabaseError) -> Outcome {
        let transaction = Transaction(connection, luggage)
        let outcome: Outcome
        do {
            outcome = .done(try work(transaction))
        } catch {
            outcome = .refused(error)
        }
        let failure = transaction.failure
        transaction.end()
        if let failure {
            if failure.endsTransaction { throw failure }
            if case .done = outcome { return .refused(failure) }
        }
        if case .done = outcome { luggage = transaction.luggage }
        return outcome
    }

    enum Outcome {
        case done(Answer)
        case refused(any Error)
    }
}
