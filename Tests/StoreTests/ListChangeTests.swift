import Casework
import Database
import Ledger
import Testing

@testable import Store

@Suite struct ListChangeTests {
    @Test(arguments: Place.all)
    func `changes of the list and of stars are counted within the days`(
        on place: Place
    ) async throws {
        let day = Day("2025-03-10")!
        let now = Moment("2025-03-10T09:00:00+08:00")!
        try await withDatabase(on: place, steps: Schema.steps) { database in
            #expect(try await database.read { try $0.listChanges(from: day, through: day) } == nil)
            try await database.write { transaction in
                let id = ID<Merchant>("M1")
                let steps: [(Standing, Int)] = [
                    (.enrolled, -400), (.delisted, -1), (.enrolled, 0), (.warned, 1),
                ]
                for (position, (standing, days)) in steps.enumerated() {
                    let change = StandingChange(standing, from: day.advanced(by: days), reason: "r")
                    try transaction.writeStanding(
                        change, of: id, position: position, by: "sam", at: now)
                }
                for (position, (stars, days)) in [(3, -9), (4, 0), (2, 0), (2, 1)].enumerated() {
                    let rating = Rating(stars: stars, from: day.advanced(by: days), reason: "r")
                    try transaction.writeRating(
                        rating, of: id, position: position, by: "sam", at: now)
                }
            }
            let found = try await database.read {
                try $0.listChanges(from: day.advanced(by: -1), through: day)
            }
            var wanted = ListChanges()
            wanted.standings = [.delisted: 1]
            (wanted.readmitted, wanted.starsUp, wanted.starsDown) = (1, 1, 1)
            #expect(found == wanted)
            // Each count opens to as many changes, page by page.
            for change in ListChange.allCases {
                var (entries, after): ([ListEntry], ListPlace?) = ([], nil)
                repeat {
                    let start = after
                    let page = try await database.read {
                        try $0.listEntries(
                            behind: change, from: day.advanced(by: -400),
                            through: day.advanced(by: 1), after: start, limit: 1)
                    }
                    entries += page
                    after = page.last?.place
                } while after != nil && entries.count < 9
                let all = try await database.read {
                    try $0.listChanges(
                        from: day.advanced(by: -400), through: day.advanced(by: 1))
                }
                #expect(Int64(entries.count) == all?.count(change), "\(change)")
                #expect(Set(entries.map(\.place)).count == entries.count)
            }
            let lines = try await database.read { try $0.unidentifiedLines(on: day) }
            #expect(lines == UnidentifiedLines(on: day))
            // A roster that is set anew takes the place of the one before.
            for people in [["amy"], ["bo", "amy"]] {
                let roster = Roster(
                    day: day,
                    entries: [
                        Roster.Entry(shift: "night", people: people),
                        Roster.Entry(shift: "day", people: ["cy"]),
                    ], by: "sam")
                try await database.write { try $0.write(roster, at: now) }
                #expect(try await database.read { try $0.roster(of: day) } == roster)
            }
        }
    }
}
