package import Ledger

/// One time limit of one case, with every interval in which it did not run.
///
/// Due time, time used and time left are derived from the intervals; nothing derived is kept. A
/// suspension gives exactly its length back.
package struct Clock: Hashable, Sendable, Codable {
    package let name: Name
    package let limit: Limit
    package let startedAt: Moment
    /// Where the limit ended when it was set, before any suspension, by the calendar of that day.
    package let firstDue: Moment
    /// In order; the last may still be open.
    package private(set) var suspensions: [Suspension] = []
    /// When what it waits for was done; nil while it runs.
    package private(set) var stoppedAt: Moment?
    /// Steps that have fired, each at most once.
    package private(set) var fired: Set<Step> = []

    package init(_ name: Name, limit: Limit, startedAt: Moment, firstDue: Moment) {
        self.name = name
        self.limit = limit
        self.startedAt = startedAt
        self.firstDue = firstDue
    }

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

        package enum Unit: String, Hashable, Sendable, Codable {
            /// By the wall clock, nights and holidays included.
            case minutes
            case days
            case workingDays
        }
    }

    package struct Suspension: Hashable, Sendable, Codable {
        package let from: Moment
        package var until: Moment?
        package let reason: String
    }

    package var isSuspended: Bool { suspensions.last.map { $0.until == nil } ?? false }
    package var isRunning: Bool { stoppedAt == nil && !isSuspended }

    /// When the limit ends; nil while suspended, since it is then not known.
    package var due: Moment? {
        isSuspended ? nil : firstDue.advanced(byMs: suspendedMs(until: startedAt))
    }

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
    package func usedMs(at now: Moment) -> Int64 {
        let end = stoppedAt ?? now
        return max(0, startedAt.distanceMs(to: end.advanced(byMs: -suspendedMs(until: end))))
    }

    /// Milliseconds by which it was late, stopped or at `now`; zero when in time.
    package func overrunMs(at now: Moment) -> Int64 {
        let (overrunMs, overflow) = usedMs(at: now)
            .subtractingReportingOverflow(startedAt.distanceMs(to: firstDue))
        return overflow ? .max : max(0, overrunMs)
    }

    package mutating func suspend(at now: Moment, reason: String) {
        guard isRunning else { return }
        // Where the machine's clock went back, no interval may overlap the one before.
        let from = max(now, suspensions.last?.until ?? startedAt)
        suspensions.append(Suspension(from: from, until: nil, reason: reason))
    }

    package mutating func resume(at now: Moment) {
        guard stoppedAt == nil, isSuspended else { return }
        let last = suspensions.count - 1
        suspensions[last].until = max(now, suspensions[last].from)
    }

    package mutating func stop(at now: Moment) {
        guard stoppedAt == nil else { return }
        resume(at: now)
        stoppedAt = now
    }

    package mutating func fire(_ step: Step) { fired.insert(step) }

    /// - Parameter end: Counts an open suspension up to here.
    private func suspendedMs(until end: Moment) -> Int64 {
        suspensions.reduce(0) { sum, suspension in
            let until = suspension.until ?? max(end, suspension.from)
            let (longer, overflow) = sum.addingReportingOverflow(
                suspension.from.distanceMs(to: until))
            return overflow ? .max : longer
        }
    }
}
