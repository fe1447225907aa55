package import Ledger

/// One time limit of one case, by the wall clock: its `Deadline`, and which steps have fired.
package struct Clock: Hashable, Sendable, Codable {
    package let name: Name
    private var deadline: Deadline
    /// Steps that have fired, each at most once.
    package private(set) var fired: Set<Step> = []

    package init(_ name: Name, limit: Limit, startedAt: Moment, firstDue: Moment) {
        self.name = name
        deadline = Deadline(limit: limit, startedAt: startedAt, firstDue: firstDue)
    }

    package var limit: Limit { deadline.limit }
    package var startedAt: Moment { deadline.startedAt }
    /// Where the limit ended when it was set, before any suspension, by the calendar of that day.
    package var firstDue: Moment { deadline.firstDue }
    package var suspensions: [Deadline.Suspension] { deadline.suspensions }
    package var stoppedAt: Moment? { deadline.stoppedAt }

    /// A clock of calendar minutes that starts now.
    package init(_ name: Name, minutes: Int, startingAt now: Moment) {
        self.init(
            name, limit: Limit(count: minutes, unit: .minutes), startedAt: now,
            firstDue: now.advanced(byMinutes: minutes))
    }

    /// Ten years: no limit in minutes is longer.
    package static let minutesLimit = 5_270_400

    package enum Name: String, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
        /// 受理: accepted or declined.
        case acceptance
        /// 审核: the advance is decided, or the bureau's audit is done.
        case audit
        /// 办结: the tourist has an answer.
        case closing
        /// 冻结期: reserved money is returned or released at its end.
        case freeze
        /// The merchant answers a recovery notice.
        case response
        /// The merchant pays what it owes the fund.
        case repayment
        /// 限额次日恢复: the caps of a day begin anew.
        case capReset
        /// The next instalment of a plan.
        case instalment
        /// 诉讼时效: after it the debt cannot be enforced.
        case limitation

        /// Milliseconds before the end at which the warning fires, of `budgetMs`; nil: no warning.
        fileprivate func warningMs(_ budgetMs: Int64) -> Int64? {
            switch self {
            case .acceptance, .audit, .closing, .freeze, .response, .repayment: budgetMs / 5
            case .limitation: min(budgetMs, 90 * 86_400_000)
            case .instalment: budgetMs / 5
            case .capReset: nil
            }
        }
    }

    package enum Step: String, Hashable, Sendable, Codable, CaseIterable {
        /// A fifth of the limit is left; of the limitation, ninety days.
        case warning
        case breach
    }

    package struct Limit: Hashable, Sendable, Codable {
        package let count: Int
        package let unit: Unit

        package init(count: Int, unit: Unit) {
            self.count = count
            self.unit = unit
        }

        package enum Unit: String, Hashable, Sendable, Codable, CaseIterable {
            /// By the wall clock, nights and holidays included.
            case minutes, hours
            case days
            /// Of the office's opening hours.
            case workingMinutes, workingHours
            case workingDays
        }
    }

    package var isSuspended: Bool { deadline.isSuspended }
    package var isRunning: Bool { deadline.isRunning }

    /// When the limit ends; nil while suspended before its end, since it is then not known.
    package var due: Moment? { deadline.due(by: WallTime()) }

    /// The next step to fire and when; nil when stopped, suspended or all have fired.
    package var next: (step: Step, at: Moment)? {
        guard isRunning, let due else { return nil }
        if fired.contains(.breach) { return nil }
        if fired.contains(.warning) { return (.breach, due) }
        let budgetMs = startedAt.distanceMs(to: firstDue)
        guard let early = name.warningMs(budgetMs) else { return (.breach, due) }
        return (.warning, due.advanced(byMs: -early))
    }

    /// Milliseconds used up at `now`, suspensions left out; fixed once stopped.
    package func usedMs(at now: Moment) -> Int64 { deadline.used(at: now, by: WallTime()) }

    /// Milliseconds by which it was late, stopped or at `now`; zero when in time.
    package func overrunMs(at now: Moment) -> Int64 { deadline.overrunMs(at: now, by: WallTime()) }

    package mutating func suspend(at now: Moment, reason: String) {
        deadline.suspend(at: now, reason: reason)
    }

    package mutating func resume(at now: Moment) { deadline.resume(at: now) }
    package mutating func stop(at now: Moment) { deadline.stop(at: now) }
    package mutating func fire(_ step: Step) { fired.insert(step) }
}
