package import Store

extension Office {
    /// Seals what lay plain before the office had data keys, a bounded transaction after another: it may be
    /// broken off at any moment, run again, and run beside a service.
    ///
    /// - Parameter report: What was sealed of a kind so far in this run.
    package func sealEarlier(
        batch: Int = 200, _ report: (EarlierKind, Int) -> Void = { _, _ in }
    ) async throws {
        precondition((1...1_000).contains(batch), "a batch is 1…1000 rows: \(batch)")
        for kind in EarlierKind.allCases {
            // A file has up to ten megabytes.
            let limit = kind == .evidence ? min(batch, 8) : batch
            var place: EarlierPlace? = .start(of: kind)
            var count = 0
            while let here = place {
                let done = try await work { work in
                    try work.transaction.sealEarlier(kind, after: here, limit: limit, at: work.now)
                }
                count += done.sealed
                if done.sealed > 0 { report(kind, count) }
                place = done.next
            }
        }
    }
}
