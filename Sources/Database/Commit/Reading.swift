/// How often a read runs before it is refused.
private let attemptLimit = 5

/// Runs the reads of `line` one after another until it is closed and empty. Called by each of the
/// readers' threads.
func serveReads(
    _ line: BoundedQueue<Job>, engine: any Engine, companion: (any Sendable)?, measures: Measures
) {
    while let job = line.take(upTo: 1)?.first {
        measures.taken(job, .read)
        perform(job, engine, companion, measures)
    }
}

private func perform(
    _ job: Job, _ engine: any Engine, _ companion: (any Sendable)?, _ measures: Measures
) {
    var attempt = 1
    while true {
        do throws(DatabaseError) {
            let outcome = try engine.reading { connection throws(DatabaseError) in
                var none = Luggage(companion)
                return try job.attempt(on: connection, &none)
            }
            switch outcome {
            case .done(let answer): answer()
            case .refused(let error): job.refuse(error)
            }
            return
        } catch {
            guard error.isPassing && attempt < attemptLimit else { return job.refuse(error) }
            attempt += 1
            measures.reran(.read)
            pause(beforeAttempt: attempt, after: error)
        }
    }
}
