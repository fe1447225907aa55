import Database
import Ledger
import Store
import Testing

@testable import Workflow

@Suite struct VitalsTests {
    private let today = Day("2024-08-01")!

    private var policies: PolicyBook {
        get throws { try Sanya.book.get() }
    }

    @Test func `silence of the database and of the clockwork counts from the last word`() throws {
        let vitals = Vitals()
        let start = ContinuousClock.now
        func faults(after seconds: Int) throws -> [Vitals.Fault] {
            vitals.faults(on: today, policies: try policies, at: start + .seconds(seconds))
        }
        #expect(try faults(after: 0) == [.starting])
        vitals.databaseAnswered(Schema.steps.map(\.id), at: start)
        vitals.expectRounds(from: start)
        #expect(try faults(after: 4) == [])
        #expect(try faults(after: 5) == [.databaseSilent(5)])
        vitals.databaseAnswered(Schema.steps.map(\.id), at: start + .seconds(59))
        #expect(try faults(after: 60) == [.clockworkSilent(60)])
        vitals.roundEnded(at: start + .seconds(59))
        #expect(try faults(after: 60) == [])
        vitals.shutDown()
        #expect(try faults(after: 60) == [.shuttingDown])
    }

    @Test func `a schema that lacks a step stops the service, one that has more does not`() throws {
        let vitals = Vitals()
        let known = Schema.steps.map(\.id)
        vitals.databaseAnswered(Array(known.dropLast()))
        #expect(
            vitals.faults(on: today, policies: try policies) == [
                .schemaBehind(known[known.count - 1])
            ])
        vitals.databaseAnswered(known + ["9999-later"])
        #expect(vitals.faults(on: today, policies: try policies) == [])
        #expect(vitals.newerSteps == ["9999-later"])
    }

    @Test func `a day without an edition in force stops the service`() throws {
        let vitals = Vitals()
        vitals.databaseAnswered(Schema.steps.map(\.id))
        let day = Day("1999-01-01")!
        #expect(vitals.faults(on: day, policies: try policies) == [.noEditionInForce(day)])
    }
}
