/// One thing the tallies count or add up. Its name is stored: it is never renamed.
package enum Cell: UInt8, Hashable, Sendable, CaseIterable {
    // How many came, and how they ended.
    case registered, urgent, joint, accepted, declined, withdrawn, referred, merged
    /// Of those registered on the day, the ones that have ended since.
    case ended
    /// Those that ended on the day, whenever they were registered.
    case endedThen
    // Limits: how many have been decided either way, and how many of them were kept.
    case acceptanceDue, acceptanceKept, dispatchDue, dispatchKept, signingDue, signingKept
    case contactDue, contactKept, responseDue, responseKept, decisionDue, decisionKept
    case handlingDue, handlingKept, followUpDue, followUpKept
    /// The handling limit was missed, whether it has ended or not (超期).
    case overdue
    // Quality.
    case solved, partlySolved, notSolved
    /// Called back, reached or not.
    case calledBack
    case gradeA, gradeB, gradeC, unreachable
    case dispatched, redispatched, returned, reopened, repeated, extended, contested, overturned
    // The scheme.
    case complaint, enrolledComplaint, eligible, advanced, quickPaid, reserved, released
    case returnedToPool, withoutAdvance, recovered, recoverable, inDefault
    // Control.
    case riskFlagged, riskChecked, riskConfirmed, overridden, attempted
    // Stretches that are over.
    case acceptanceTimed, decisionTimed, handlingTimed

    // Sums.
    case dispatches, returns, overrides, attempts
    case acceptanceUsedMs, decisionUsedMs, handlingUsedMs
    case acceptancePausedMs, decisionPausedMs, handlingPausedMs, handlingOverMs
    case eligibleFen, quickPaidFen, reservedFen, releasedFen, returnedFen, withoutAdvanceFen
    case recoveredFen, recoverableFen, repaidFen

    // How many took how long; see `Histogram`.
    case acceptanceTimes, decisionTimes, handlingTimes

    /// The count that holds exactly the records this cell is made of; itself for a count.
    ///
    /// Drilling down asks for this one: a sum or a histogram opens to the cases behind it.
    package var behind: Cell {
        switch self {
        case .dispatches: .dispatched
        case .returns: .returned
        case .overrides: .overridden
        case .attempts: .attempted
        case .acceptanceUsedMs, .acceptancePausedMs, .acceptanceTimes: .acceptanceTimed
        case .decisionUsedMs, .decisionPausedMs, .decisionTimes: .decisionTimed
        case .handlingUsedMs, .handlingPausedMs, .handlingTimes: .handlingTimed
        case .handlingOverMs: .overdue
        case .eligibleFen: .eligible
        case .quickPaidFen: .quickPaid
        case .reservedFen: .reserved
        case .releasedFen: .released
        case .returnedFen: .returnedToPool
        case .withoutAdvanceFen: .withoutAdvance
        case .recoveredFen: .recovered
        case .recoverableFen, .repaidFen: .recoverable
        default: self
        }
    }

    package var isCount: Bool { behind == self }
    package var isHistogram: Bool {
        self == .acceptanceTimes || self == .decisionTimes || self == .handlingTimes
    }

    /// Counted on the day of the ending, not on that of the registration.
    package var isOfEnding: Bool { self == .endedThen }

    /// As it is stored and shown to programs: `registered`.
    package var name: String { Self.names[Int(rawValue)] }

    private static let names = allCases.map { "\($0)" }

    /// A bit of its own for each count, 0…62: a record keeps which of them it is in.
    package var bit: Int? { Self.bits[self] }

    private static let bits: [Cell: Int] = {
        let counts = allCases.filter(\.isCount)
        precondition(counts.count <= 63, "more counts than a column has bits: \(counts.count)")
        return Dictionary(uniqueKeysWithValues: zip(counts, 0...))
    }()

    static func due(_ limit: LimitName) -> Cell {
        switch limit {
        case .acceptance: .acceptanceDue
        case .dispatch: .dispatchDue
        case .signing: .signingDue
        case .contact: .contactDue
        case .response: .responseDue
        case .decision: .decisionDue
        case .handling: .handlingDue
        case .followUp: .followUpDue
        }
    }

    static func kept(_ limit: LimitName) -> Cell {
        switch limit {
        case .acceptance: .acceptanceKept
        case .dispatch: .dispatchKept
        case .signing: .signingKept
        case .contact: .contactKept
        case .response: .responseKept
        case .decision: .decisionKept
        case .handling: .handlingKept
        case .followUp: .followUpKept
        }
    }

    /// The cells of one stretch: how many are over, ms used, ms paused, how many took how long.
    package static func of(_ speed: Speed) -> (timed: Cell, used: Cell, paused: Cell, times: Cell) {
        switch speed {
        case .acceptance:
            (.acceptanceTimed, .acceptanceUsedMs, .acceptancePausedMs, .acceptanceTimes)
        case .decision: (.decisionTimed, .decisionUsedMs, .decisionPausedMs, .decisionTimes)
        case .handling: (.handlingTimed, .handlingUsedMs, .handlingPausedMs, .handlingTimes)
        }
    }
}

/// A cell, and which of its classes where it is a histogram.
package struct CellKey: Hashable, Sendable, Comparable {
    package let cell: Cell
    /// The class of a histogram; 0 for counts and sums.
    package let bucket: Int

    package init(_ cell: Cell, bucket: Int = 0) {
        self.cell = cell
        self.bucket = bucket
    }

    package static func < (a: CellKey, b: CellKey) -> Bool {
        (a.cell.rawValue, a.bucket) < (b.cell.rawValue, b.bucket)
    }
}
