import Foundation
import Testing
import Workflow

@testable import Simulation

/// The whole office beside its auditor, for as many short runs as a test may take.
@Suite struct SimulationTests {
    static let policies = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("policies/sanya").path

    private static let known = Result { () throws -> Office.KnownPolicies in
        try Office.KnownPolicies(directory: policies)
    }

    private static func plan(
        _ seed: UInt64, hours: Int = 24, planted: PlantedFault? = nil,
        place: SimulationPlace = .temporary
    ) throws -> SimulationPlan {
        SimulationPlan(
            seed: seed, hours: hours, place: place, policies: policies, known: try known.get(),
            planted: planted)
    }

    /// Runs the seeds, two at a time.
    private func run(
        _ seeds: ClosedRange<UInt64>, hours: Int, place: SimulationPlace = .temporary
    ) async throws -> SimulationReport {
        try await withThrowingTaskGroup(of: SimulationReport.self) { group in
            var whole = SimulationReport()
            for seed in seeds {
                if seed >= seeds.lowerBound + 2, let report = try await group.next() {
                    whole.add(report)
                }
                group.addTask {
                    try await simulate(Self.plan(seed, hours: hours, place: place))
                }
            }
            for try await report in group { whole.add(report) }
            return whole
        }
    }

    @Test
    func `office and auditor agree through crashes, torn commits, lost answers and set clocks`()
        async throws
    {
        // Half a day each, so that hundreds fit: what goes wrong does so early or late in the day.
        let whole = try await run(1...400, hours: 12)
        #expect(whole.cases > 1_000 && whole.vouchers > 1_000 && whole.payouts > 60)
        #expect(whole.messages > 900 && whole.erased > 30)
        #expect(whole.crashes > 80 && whole.faults > 100)
    }

    @Test func `a run that fails says what it did up to there`() async throws {
        do {
            _ = try await simulate(Self.plan(1, hours: 48, planted: .editedBalance))
            Issue.record("the planted fault was not found")
        } catch let finding as SimulationFinding {
            let report = finding.report
            #expect(report.steps == finding.step && report.steps >= 40)
            #expect(report.cases > 0 && report.vouchers > 0 && report.refusals > 0)
        }
    }

    @Test func `one seed tells one story`() async throws {
        // Several servers, crashes and an interjection are among them.
        for seed in [3, 9, 31] as [UInt64] {
            let first = try await simulate(Self.plan(seed))
            let second = try await simulate(Self.plan(seed))
            #expect(first == second, "seed \(seed)")
            #expect(first.digest.count == 16)
        }
        let one = try await simulate(Self.plan(3))
        let other = try await simulate(Self.plan(4))
        #expect(one.digest != other.digest)
    }

    @Test(arguments: PlantedFault.allCases)
    func `an auditor that cannot fail is worth nothing`(fault: PlantedFault) async throws {
        // A run may end before the fault has its occasion; one of a few has it.
        for seed in 1...12 as ClosedRange<UInt64> {
            do {
                _ = try await simulate(Self.plan(seed, hours: 48, planted: fault))
            } catch let finding as SimulationFinding {
                #expect(finding.differences.contains { $0.contains(fault.trace) }, "\(finding)")
                return
            }
        }
        Issue.record("\(fault) was planted twelve times and never found")
    }

    @Test(
        .enabled(if: ProcessInfo.processInfo.environment["AMENDS_TEST_POSTGRES"]?.isEmpty == false))
    func `the same holds on PostgreSQL`() async throws {
        let url = try #require(ProcessInfo.processInfo.environment["AMENDS_TEST_POSTGRES"])
        let whole = try await run(201...206, hours: 24, place: .server(url))
        #expect(whole.cases > 20)
    }
}

extension PlantedFault {
    /// Words that the finding must have.
    fileprivate var trace: String {
        switch self {
        case .paidTwice: "which no case ordered"
        case .paidMore: "was paid"
        case .lostCommit: "was acknowledged at"
        case .editedVoucher: "is not what it was"
        case .editedBalance: "balance of 1002"
        case .lostStep: "missing from the list"
        case .editedEvent: "is not what it was"
        case .falseReturn: "is said to have come back"
        case .lostMessage: "was never handed over"
        case .writtenTwice: "was written again after its end"
        case .writtenAtOnce: "was handed over twice within 0 ms"
        case .wrongPerson: "went to somebody else"
        case .writtenForNothing: "nothing called for it"
        case .unsealed: "lies plain"
        case .neverErased: "should have been erased"
        case .erasedEarly: "was erased"
        case .leftBehind: "claimants are left"
        case .erasedBooks: "is not what it was"
        }
    }
}
