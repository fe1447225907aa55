package import Ledger
package import Workflow

/// What is to be simulated. Everything else follows from the seed.
package struct SimulationPlan: Sendable {
    package var seed: UInt64
    /// How long people come, in hours; afterwards the office has a week to bring to an end what is under way.
    package var hours: Int
    package var place: SimulationPlace
    /// The jurisdiction's folder of editions, and what it holds.
    package var policies: String
    package var known: Office.KnownPolicies
    /// A fault planted on purpose, to see that the auditor finds it; nil: none.
    package var planted: PlantedFault?
    /// Whether the database of a run that failed is left for whoever wants to look.
    package var keepsFailures = false
    /// Hears of every step as it is done.
    package var witness: (@Sendable (String) -> Void)?

    package init(
        seed: UInt64, hours: Int, place: SimulationPlace, policies: String,
        known: Office.KnownPolicies, planted: PlantedFault? = nil
    ) {
        precondition(
            (1...Self.daysLimit * 24).contains(hours), "1…\(Self.daysLimit) days: \(hours) hours")
        self.seed = seed
        self.hours = hours
        self.place = place
        self.policies = policies
        self.known = known
        self.planted = planted
    }

    /// A run begins in 2024 at the earliest and must end before the calendar does.
    package static let daysLimit = 700
}

/// What an office, its database or its wallet might do wrong: each must be found.
package enum PlantedFault: String, CaseIterable, Sendable {
    /// The wallet pays one tourist a second time, under a number that nobody ordered.
    case paidTwice
    /// The wallet pays more than it was ordered.
    case paidMore
    /// What was acknowledged last is gone after a crash.
    case lostCommit
    /// A voucher's line is changed where it lies.
    case editedVoucher
    /// A stored balance is changed.
    case editedBalance
    /// A step of a clock is no longer on the list of what is due.
    case lostStep
    /// An event is changed where it lies.
    case editedEvent
    /// Somebody else's money is taken for a payout come back.
    case falseReturn
    /// A message that waits is gone.
    case lostMessage
    /// A message goes out again long after it was taken.
    case writtenTwice
    /// A message is handed over again at once, though the first is still under way.
    case writtenAtOnce
    /// A message goes to somebody else.
    case wrongPerson
    /// A message goes out that nothing calls for.
    case writtenForNothing
    /// The office has keys, and seals nothing.
    case unsealed
    /// A case is erased that is not due.
    case erasedEarly
    /// A case that is due stays as it is.
    case neverErased
    /// Something is left by which an erased case is found.
    case leftBehind
    /// After an erasure a voucher is no longer what it was.
    case erasedBooks
}

/// What a run did.
package struct SimulationReport: Hashable, Sendable {
    package var steps = 0
    package var cases = 0
    package var orders = 0
    package var vouchers: Int64 = 0
    /// Transfers that reached a tourist, by wallet and by bank.
    package var payouts = 0
    /// Servers that ended in the middle of something and were started anew.
    package var crashes = 0
    /// Other faults that were put in the way.
    package var faults = 0
    /// Messages that mail server and gateway took or refused.
    package var messages = 0
    /// Cases and work orders that were erased, years later.
    package var erased = 0
    /// Commands that were refused, as they should be.
    package var refusals = 0
    /// Of everything that was asked and answered, and of the books at the end.
    package var digest = ""

    package init() {}

    package mutating func add(_ other: SimulationReport) {
        steps += other.steps
        cases += other.cases
        orders += other.orders
        vouchers += other.vouchers
        payouts += other.payouts
        messages += other.messages
        erased += other.erased
        crashes += other.crashes
        faults += other.faults
        refusals += other.refusals
    }
}

/// What the auditor, or the run itself, found wrong.
package struct SimulationFinding: Error, Hashable, Sendable, CustomStringConvertible {
    package let seed: UInt64
    package let step: Int
    package let at: Moment
    /// What was done in this step.
    package let action: String
    package let differences: [String]
    /// What the run did up to there.
    package let report: SimulationReport

    package var description: String {
        "seed \(seed), step \(step) at \(at), after \(action):\n"
            + differences.prefix(20).map { "  \($0)" }.joined(separator: "\n")
    }
}
