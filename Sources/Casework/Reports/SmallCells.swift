/// Makes complaints so coarse that each is one of at least so many that look alike (k-anonymity).
///
/// What may be known of a complainant from elsewhere — when they complained, about what, against whom, by which
/// channel and for how much — is made coarser step by step, only where fewer than `threshold` share it. What stays
/// alone after the last step is left out and counted.
package enum SmallCells {
    package struct Outcome: Hashable, Sendable {
        package let complaints: [PublicComplaint]
        /// Made coarser than the others.
        package let coarsened: Int
        package let leftOut: Int
    }

    private static let steps: [@Sendable (inout PublicComplaint) -> Void] = [
        { $0.coarsen(.quarter) },
        { $0.company = PublicComplaint.merged },
        { $0.claimed = .merged },
        { $0.issue = PublicComplaint.merged },
        { $0.submittedVia = PublicComplaint.merged },
        { $0.coarsen(.year) },
        { $0.product = PublicComplaint.merged },
    ]

    /// - Parameter threshold: 2 or more.
    package static func merged(_ complaints: [PublicComplaint], threshold: Int) -> Outcome {
        precondition(threshold >= 2, "one alone hides behind nobody: \(threshold)")
        var all = complaints
        for step in steps {
            let sizes = sizes(of: all)
            for index in all.indices where (sizes[Look(all[index])] ?? 0) < threshold {
                step(&all[index])
            }
        }
        let sizes = sizes(of: all)
        let kept = all.filter { (sizes[Look($0)] ?? 0) >= threshold }
        let before = Dictionary(complaints.map { ($0.id, Look($0)) }) { first, _ in first }
        return Outcome(
            complaints: kept, coarsened: kept.count { before[$0.id] != Look($0) },
            leftOut: all.count - kept.count)
    }

    /// How many share each look.
    package static func sizes(of complaints: [PublicComplaint]) -> [Look: Int] {
        complaints.reduce(into: [:]) { sizes, one in sizes[Look(one), default: 0] += 1 }
    }

    /// What of a complaint may be known from elsewhere.
    package struct Look: Hashable, Sendable {
        private let received: PublicComplaint.Stretch
        private let texts: [String]
        private let claimed: PublicComplaint.Band

        package init(_ one: PublicComplaint) {
            received = one.received
            texts = [one.product, one.issue, one.company, one.submittedVia]
            claimed = one.claimed
        }
    }
}

extension PublicComplaint {
    fileprivate mutating func coarsen(_ precision: Stretch.Precision) {
        received = received.coarser(precision)
        sent = sent?.coarser(precision)
    }
}
