import Synchronization

/// Runs the writes that wait together in one transaction with one durable commit.
///
/// Each closure that writes runs under its own savepoint, so a refusal undoes that closure alone. What fails
/// the transaction as a whole makes it run again: the whole batch when others were in the way, its
/// halves otherwise, until whatever fails stands alone and is refused alone. What the closures carry
/// for each other (`Carried`) is written once, just before the commit.
final class GroupCommit: Sendable {
    /// How many closures share a commit at most.
    static let batchLimit = 512
    /// How often one batch runs before it is halved, and one closure before it is refused.
    static let batchAttemptLimit = 3
    static let attemptLimit = 10

    /// How many durable commits were made.
    let commits = Atomic<Int>(0)

    private let engine: any Engine
    private let companion: (any Sendable)?
    private let measures: Measures

    init(engine: any Engine, companion: (any Sendable)?, measures: Measures) {
        self.engine = engine
        self.companion = companion
        self.measures = measures
    }

    /// Works until `line` is closed and empty. Called by the writer's thread.
    func serve(_ line: BoundedQueue<Job>) {
        while let batch = line.take(upTo: Self.batchLimit) {
            for job in batch { measures.taken(job, .write) }
            perform(batch)
        }
    }

    private func perform(_ batch: ArraySlice<Job>) {
        let limit = batch.count > 1 ? Self.batchAttemptLimit : Self.attemptLimit
        var attempt = 1
        while true {
            do throws(DatabaseError) {
                for answer in try commit(batch) { answer() }
                return
            } catch {
                if error == .commitUnknown || error == .closed {
                    for job in batch { job.refuse(error) }
                    return
                }
                if error.isPassing && attempt < limit {
                    attempt += 1
                    measures.reran(.write)
                    pause(beforeAttempt: attempt, after: error)
                    continue
                }
                // Each part would wait as long for whoever is in the way.
                if batch.count == 1 || error == .lost || error == .busy {
                    for job in batch { job.refuse(error) }
                    return
                }
                let middle = batch.startIndex + batch.count / 2
                perform(batch[..<middle])
                perform(batch[middle...])
                return
            }
        }
    }

    /// Runs `batch` in one transaction and commits it.
    ///
    /// - Returns: The answers to send, in the order of the batch.
    private func commit(_ batch: ArraySlice<Job>) throws(DatabaseError) -> [Job.Answer] {
        let start = ContinuousClock.now
        return try engine.writing { connection throws(DatabaseError) in
            do throws(DatabaseError) {
                try connection.control(.begin)
                let answers =
                    if batch.count == 1, let job = batch.first {
                        try runAlone(job, on: connection, since: start)
                    } else {
                        try runTogether(batch, on: connection, since: start)
                    }
                return answers
            } catch {
                // The error that matters is at hand; a connection that cannot roll back is
                // dropped or rolled back by its engine before it is used again.
                if error != .commitUnknown { try? connection.control(.rollback) }
                throw error
            }
        }
    }

    private func runAlone(
        _ job: Job, on connection: any Connection, since start: ContinuousClock.Instant
    ) throws(DatabaseError) -> [Job.Answer] {
        var luggage = Luggage(companion)
        switch try job.attempt(on: connection, &luggage) {
        case .done(let answer):
            try write(luggage, on: connection)
            try connection.control(.commit)
            commits.add(1, ordering: .relaxed)
            measures.committed(1, since: start)
            return [answer]
        case .refused(let error):
            try connection.control(.rollback)
            return [{ job.refuse(error) }]
        }
    }

    private func runTogether(
        _ batch: ArraySlice<Job>, on connection: any Connection,
        since start: ContinuousClock.Instant
    ) throws(DatabaseError) -> [Job.Answer] {
        var answers: [Job.Answer] = []
        answers.reserveCapacity(batch.count)
        var luggage = Luggage(companion)
        for job in batch {
            switch try job.attempt(on: connection, &luggage, marks: true) {
            case .done(let answer): answers.append(answer)
            case .refused(let error): answers.append { job.refuse(error) }
            }
        }
        try write(luggage, on: connection)
        try connection.control(.commit)
        commits.add(1, ordering: .relaxed)
        measures.committed(batch.count, since: start)
        return answers
    }

    /// What the closures carried, written once for all of them.
    private func write(
        _ luggage: Luggage, on connection: any Connection
    ) throws(DatabaseError) {
        guard !luggage.changed.isEmpty else { return }
        let transaction = Transaction(connection, luggage)
        defer { transaction.end() }
        try transaction.writeAll()
    }
}
