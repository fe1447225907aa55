import Casework
import Ledger
import Store
import Testing

@testable import Workflow

/// After a restore to an earlier time no number is given out again.
@Suite struct SkipNumbersTests {
    @Test(arguments: Place.kept)
    func `the next case has a number that nobody can have been given`(on place: Place) async throws
    {
        try await withEmptyDatabase(on: place) { url in
            let play = try await PlayOffice(url)
            let first = try await play.file(300, order: "S1")
            #expect(first.id == CaseNumber.make(prefix: "SY", year: 2024, sequence: 1))
            try await play.office.work { try $0.skipNumbers(10_000) }
            let next = try await play.file(300, order: "S2")
            #expect(next.id == CaseNumber.make(prefix: "SY", year: 2024, sequence: 10_002))
            await play.office.close()
        }
    }

    @Test func `a year that had not begun at the moment is passed over as well`() async throws {
        try await withEmptyDatabase(on: .sqliteMemory) { url in
            let play = try await PlayOffice(url)
            try await play.office.work { try $0.skipNumbers(5) }
            let first = try await play.file(300, order: "S1")
            #expect(first.id == CaseNumber.make(prefix: "SY", year: 2024, sequence: 6))
            #expect(try await play.office.work { try $0.transaction.next("order/2024") } == 6)
            await play.office.close()
        }
    }
}
