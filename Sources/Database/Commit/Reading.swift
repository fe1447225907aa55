/// How often a read runs before it is refused.
private let attemptLimit = 5

/// Runs the reads of `line` one after another until it is closed and empty. Called by each of the
/// readers' threads.
func serveReads(_ line: BoundedQueue<Job>, engine: any Engine, companion: (any Sendable)?) {
    while let job = line.take(upTo: 1)?.first { perform(job, engine, companion) }
}

private func perform(_ job: Job, _ engine: any Engine, _ companion: (any Sendable)?) {
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
            pause(beforeAttempt: attempt, after: error)
        }
    }
}
