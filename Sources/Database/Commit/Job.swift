/// A closure that waits for its turn, with the way to answer its caller.
struct Job: Sendable {
    typealias Answer = @Sendable () -> Void

    /// Does the work and gives the answer, to be sent when the work is durable.
    let work: @Sendable (Transaction) throws -> Answer
    /// Tells the caller that nothing was done, and why.
    let refuse: @Sendable (any Error) -> Void
    /// When it began to wait.
    let since = ContinuousClock.now

    /// Does the work once on `connection`. Throws only what ends the transaction as a whole.
    ///
    /// - Parameters:
    ///   - luggage: What the commit carries; changed only if the work was done.
    ///   - marks: Whether others share the transaction, so that this work is undone alone when it is
    ///     refused. Only work that wrote something costs a savepoint.
    func attempt(
        on connection: any Connection, _ luggage: inout Luggage, marks: Bool = false
    ) throws(DatabaseError) -> Outcome {
        let transaction = Transaction(connection, luggage, marks: marks)
        let outcome: Outcome
        do {
            let answer = try work(transaction)
            try transaction.settle()
            outcome = .done(answer)
        } catch {
            outcome = .refused(error)
        }
        let failure = transaction.failure
        transaction.end()
        if let failure {
            // A read that failed has no savepoint to go back to, and a server's transaction ends with it.
            if failure.endsTransaction || marks && !transaction.isMarked { throw failure }
            if transaction.isMarked { try connection.control(.undo) }
            if case .done = outcome { return .refused(failure) }
            return outcome
        }
        switch outcome {
        case .done:
            if transaction.isMarked { try connection.control(.release) }
            luggage = transaction.luggage
        case .refused:
            if transaction.isMarked { try connection.control(.undo) }
        }
        return outcome
    }

    enum Outcome {
        case done(Answer)
        case refused(any Error)
    }
}
