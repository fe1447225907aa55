import Casework
import Database
import Ledger
import Logging
import Store
import Testing

@testable import Workflow

/// A year of each hotline with few calls, the whole procedure.
@Suite struct HotlineYearTests {
    /// Published rates are met within six points of a hundred, by so few calls.
    private static let tolerance: Int64 = 600

    @Test(arguments: [
        (DemoOffice.chongqing, 420), (.yantai, 420), (.weihai, 300), (.dinghai, 420),
    ])
    func `a small year ends with nothing half done, and every figure ties`(
        _ office: DemoOffice, _ calls: Int
    ) async throws {
        try await withDemoDatabase(on: .sqlite) { url in
            let report = try await run(office, url, count: calls)
            #expect(report.run.leftOpen == 0)
            #expect(report.run.refusals == [:])
            #expect(report.run.tallyFaults == [])
            #expect(report.run.clocks.isSound, "\(report.run.clocks.findings)")
            #expect(report.run.clocks.orders == calls && report.run.fired > 0)
            for tie in report.ties where !tie.isPublished {
                #expect(tie.difference == 0, "\(tie)")
            }
            for row in report.rows where row.unit == .basisPoints && row.published != nil {
                let difference = try #require(row.difference, "\(row)")
                #expect(difference.magnitude <= Self.tolerance, "\(row)")
            }
            try await inspect(office, url, calls)
        }
    }

    @Test func `Chongqing's waivers are paid from its fund, and its published parts miss by three`()
        async throws
    {
        try await withDemoDatabase(on: .sqlite) { url in
            let report = try await run(.chongqing, url, count: 240)
            let books = try #require(report.run.books)
            #expect(books.isSound && books.waived.isPositive && books.waived == books.paidOut)
            #expect(report.value("waived") == books.waived.fen)
            #expect(report.run.clocks.cases > 0)
            let published = try #require(report.ties.first { $0.isPublished })
            #expect(published.difference == 3)
            #expect(report.description.contains("33204 ≠ 33201"))
            #expect(report.value("calls") == 240)
        }
    }

    @Test func `Dinghai hears of things by every way that its edition knows`() async throws {
        try await withDemoDatabase(on: .sqlite) { url in
            let report = try await run(.dinghai, url, count: 420)
            #expect(report.run.refusals == [:])
            let opened = try await open(.dinghai, url)
            let (channels, mixed, referred) = try await opened.read { transaction in
                let year = try transaction.tallies(
                    .year(OfficeYear.year), by: [.total, .channel, .kind])
                let row = try transaction.rows(
                    """
                    select count(*) from order_row
                    where kind = 'collected' and channel <> 'collected'
                    """)
                return (
                    year.parts(.channel).map(\.code), try row[0].integer(0),
                    year.total.value(.referred)
                )
            }
            #expect(channels == ["collected", "hotline", "phone", "sos", "web"])
            #expect(mixed == 0 && referred > 0)
            await opened.close()
        }
    }

    @Test(arguments: DemoPlace.all)
    func `the same seed gives the same year`(on place: DemoPlace) async throws {
        var reports: [HotlineReport] = []
        for seed: UInt64 in [7, 7, 8] {
            try await withDemoDatabase(on: place) { url in
                reports.append(try await run(.dinghai, url, count: 80, seed: seed))
            }
        }
        #expect(reports[0] == reports[1])
        #expect(reports[0] != reports[2])
    }

    @Test func `what was altered beside the events is found`() async throws {
        try await withDemoDatabase(on: .sqlite) { url in
            _ = try await run(.weihai, url, count: 60)
            let office = try await open(.weihai, url)
            #expect(try await office.verifyClocks().isSound)
            try await office.database.write { transaction in
                try transaction.run(
                    """
                    update order_row set due_ms = 5, due_clock = 'handling'
                    where order_id = (select min(order_id) from order_row)
                    """)
                try transaction.run("delete from order_step")
            }
            let proof = try await office.verifyClocks()
            #expect(!proof.isSound && proof.differing > 1)
            #expect(proof.findings.contains { $0.contains("due handling 5") })
            #expect(proof.findings.contains { $0.contains("fired") })
            await office.close()
        }
    }

    /// Every order has ended, no step is left, and what went wrong on the way was gone on with.
    private func inspect(_ office: DemoOffice, _ url: String, _ calls: Int) async throws {
        let opened = try await open(office, url)
        let (stages, next, rows) = try await opened.read { transaction in
            (
                try transaction.orderCounts(), try transaction.nextOrderStepTime(),
                try transaction.tallies(.year(OfficeYear.year))
            )
        }
        let counts = try await opened.read { (try $0.storedCounts(), try $0.recounted()) }
        #expect(counts.0.filter { $0.value != 0 } == counts.1.filter { $0.value != 0 })
        let known: Set<String> = ["closed", "declined", "handedOver", "merged", "withdrawn"]
        #expect(stages.allSatisfy { known.contains($0.stage) }, "\(stages)")
        #expect(stages.reduce(0) { $0 + $1.count } == calls)
        #expect(next == nil)
        let kinds = try await opened.read { transaction in
            Set(
                try transaction.rows("select distinct kind from order_event").map {
                    try $0.text(0)
                })
        }
        #expect(kinds.isSuperset(of: happens(in: office)), "\(kinds.sorted())")
        #expect(rows.total.value(.registered) >= Int64(calls))
        await opened.close()
    }

    /// What so few calls are sure to meet, as each office's rules have it.
    private func happens(in office: DemoOffice) -> Set<String> {
        switch office {
        case .chongqing:
            [
                "answered", "passedToDuty", "providersNamed", "providerChosen", "followedUp",
                "linked",
            ]
        case .yantai:
            ["answered", "providerChosen", "returned", "paused", "redoOrdered"]
        case .weihai:
            [
                "contacted", "returned", "questionAnswered", "extensionGranted", "fieldChecked",
                "redoOrdered",
            ]
        case .dinghai:
            [
                "acknowledged", "responded", "reported", "returned", "paused", "extensionAsked",
                "sentToDiscipline", "faultListed", "redoOrdered", "noticeDue",
                "providersNamed", "providerChosen",
            ]
        }
    }

    private func open(_ office: DemoOffice, _ url: String) async throws -> Office {
        let now = OfficeYear.horizon
        return try await Office.open(
            database: url, policies: Hotlines.directory + "/" + office.rawValue, logger: quiet,
            now: { now })
    }

    private func run(
        _ office: DemoOffice, _ url: String, count: Int, seed: UInt64 = 1
    ) async throws -> HotlineReport {
        try await runHotlineYear(
            office, databaseURL: url,
            policyDirectory: Hotlines.directory + "/" + office.rawValue, seed: seed, count: count,
            logger: quiet)
    }

    private let quiet: Logger = {
        var logger = Logger(label: "hotline")
        logger.logLevel = .error
        return logger
    }()
}

extension HotlineReport {
    fileprivate func value(_ name: String) -> Int64 {
        rows.first { $0.name == name }?.generated ?? .min
    }
}
