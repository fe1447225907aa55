package import Ledger

/// One limit of a work order as it runs: the term that set it, its deadline, and the steps that fired.
package struct TermClock: Hashable, Sendable, Codable {
    package let term: ClockTerm
    package private(set) var deadline: Deadline
    /// Each at most once.
    package private(set) var fired: Set<Step> = []

    package init(_ term: ClockTerm, startedAt: Moment, firstDue: Moment, schedule: String) {
        self.term = term
        deadline = Deadline(
            limit: term.budget, startedAt: startedAt, firstDue: firstDue, schedule: schedule)
    }

    /// What it waits for is done.
    package var isOver: Bool { deadline.stoppedAt != nil }

    package mutating func suspend(at now: Moment, reason: String) {
        deadline.suspend(at: now, reason: reason)
    }

    package mutating func resume(at now: Moment) { deadline.resume(at: now) }
    package mutating func stop(at now: Moment) { deadline.stop(at: now) }
    package mutating func extend(by count: Int) { deadline.extend(by: count) }
    package mutating func fire(_ step: Step) { fired.insert(step) }

    /// What happens at a point of a limit, told apart by the numbers of its term.
    package enum Step: Hashable, Sendable, Codable {
        case warning(percentLeft: Int)
        case breach
        case escalation(afterMinutes: Int)

        /// `warning-20`, `breach`, `escalation-1440`: its name in rows that are unique.
        package var key: String {
            switch self {
            case .warning(let percent): "warning-\(percent)"
            case .breach: "breach"
            case .escalation(let minutes): "escalation-\(minutes)"
            }
        }
    }
}

extension ClockTerm {
    /// The limit with its measure in its unit: minutes of office hours are working minutes.
    package var budget: Clock.Limit {
        switch (limit.unit, hours) {
        case (.minutes, .office): Clock.Limit(count: limit.count, unit: .workingMinutes)
        case (.hours, .office): Clock.Limit(count: limit.count, unit: .workingHours)
        default: limit
        }
    }

    /// Who hears of `step`.
    package func recipients(of step: TermClock.Step) -> [Recipient] {
        switch step {
        case .warning(let percent): warnings.first { $0.percentLeft == percent }?.to ?? []
        case .breach: onBreach
        case .escalation(let minutes): escalations.first { $0.afterMinutes == minutes }?.to ?? []
        }
    }
}
