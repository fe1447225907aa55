import CoreMetrics

/// What a database measures of itself, through swift-metrics: nothing, unless the program set a backend up.
struct Measures: Sendable {
    private let commits = Counter(label: "amends_database_commits_total")
    private let groupSize = Recorder(label: "amends_database_group_size")
    private let commitTime = Timer(label: "amends_database_commit_duration_seconds")
    private let reruns: [Kind: Counter]
    private let waits: [Kind: Timer]

    enum Kind: String, CaseIterable { case read, write }

    init() {
        reruns = Dictionary(
            uniqueKeysWithValues: Kind.allCases.map { kind in
                (
                    kind,
                    Counter(
                        label: "amends_database_reruns_total", dimensions: [("kind", kind.rawValue)]
                    )
                )
            })
        waits = Dictionary(
            uniqueKeysWithValues: Kind.allCases.map { kind in
                (
                    kind,
                    Timer(
                        label: "amends_database_wait_seconds", dimensions: [("kind", kind.rawValue)]
                    )
                )
            })
    }

    func committed(_ closures: Int, since start: ContinuousClock.Instant) {
        commits.increment()
        groupSize.record(closures)
        commitTime.recordNanoseconds(nanoseconds(since: start))
    }

    func reran(_ kind: Kind) { reruns[kind]?.increment() }

    func taken(_ job: Job, _ kind: Kind) {
        waits[kind]?.recordNanoseconds(nanoseconds(since: job.since))
    }

    private func nanoseconds(since start: ContinuousClock.Instant) -> Int64 {
        let took = start.duration(to: .now)
        return took.components.seconds * 1_000_000_000 + took.components.attoseconds / 1_000_000_000
    }
}
