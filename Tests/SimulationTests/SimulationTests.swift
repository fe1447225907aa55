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
        _ seed: UInt64, days: Int = 1, planted: PlantedFault? = nil,
        place: SimulationPlace = .temporary
    ) throws -> SimulationPlan {
        SimulationPlan(
            seed: seed, days: days, place: place, policies: policies, known: try known.get(),
            planted: planted)
    }

    /// Runs the seeds, two at a time.
    private func run(
        _ seeds: ClosedRange<UInt64>, place: SimulationPlace = .temporary
    ) async throws -> SimulationReport {
        try await withThrowingTaskGroup(of: SimulationReport.self) { group in
            var whole = SimulationReport()
            for seed in seeds {
                if seed >= seeds.lowerBound + 2, let report = try await group.next() {
                    whole.add(report)
                }
                group.addTask { try await simulate(Self.plan(seed, place: place)) }
            }
            for try await report in group { whole.add(report) }
            return whole
        }
    }

    @Test
    func `office and auditor agree through crashes, torn commits, lost answers and set clocks`()
        async throws
    {
        let whole = try await run(1...100)
        #expect(whole.cases > 500 && whole.vouchers > 500 && whole.payouts > 40)
        #expect(whole.crashes > 60 && whole.faults > 60)
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
                _ = try await simulate(Self.plan(seed, days: 2, planted: fault))
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
        let whole = try await run(201...206, place: .server(url))
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
        }
    }
}
