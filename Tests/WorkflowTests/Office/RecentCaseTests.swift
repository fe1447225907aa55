import Casework
import Ledger
import Logging
import Store
import Testing

@testable import Workflow

/// Cases that a server has at hand: never anything but what the events tell.
@Suite struct RecentCaseTests {
    private func atHand(_ file: Case, in play: PlayOffice) -> KnownCase? {
        play.office.recent.find(file.id, version: file.version, at: play.clock.now)
    }

    @Test(arguments: Place.all)
    func `what is at hand is what the events tell`(on place: Place) async throws {
        try await withOffice(on: place) { play in
            var file = try await play.file(3_000, order: "R1")
            for (command, actor) in [
                (Command.approve(as: .reviewer), PlayOffice.reviewer),
                (.acknowledge, PlayOffice.bureau), (.audit(.approve), PlayOffice.bureau),
                (.recordNoAgreement(reason: "拒绝"), PlayOffice.bureau),
            ] {
                file = try await play.perform(command, on: file.id, by: actor)
                let kept = try #require(atHand(file, in: play))
                let told = try await play.show(file.id)
                let events = try await play.office.read { [file] in try $0.events(of: file.id) }
                #expect(kept.file == told && kept.events == events, "\(command)")
            }
            // Refused: nothing new is at hand.
            await #expect(throws: (any Error).self) {
                try await play.perform(.acknowledge, on: file.id, by: PlayOffice.bureau)
            }
            #expect(atHand(file, in: play)?.events.count == file.version)
        }
    }

    @Test(arguments: Place.kept)
    func `what another server did is seen`(on place: Place) async throws {
        try await withEmptyDatabase(on: place) { url in
            let play = try await PlayOffice(url)
            let file = try await play.file(3_000, order: "R2")
            let other = try await Office.open(
                database: url, policies: PlayOffice.policies,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                now: { play.clock.now })
            let approved = try await other.work {
                try $0.perform(.approve(as: .reviewer), on: file.id, by: PlayOffice.reviewer)
            }
            #expect(atHand(approved, in: play) == nil)
            #expect(atHand(file, in: play) != nil, "it is there, and of no use")
            let taken = try await play.perform(.acknowledge, on: file.id, by: PlayOffice.bureau)
            #expect(taken.version > approved.version)
            #expect(try await play.show(file.id) == taken)
            // The one that approved goes on from what this one did.
            let audited = try await other.work {
                try $0.perform(.audit(.approve), on: file.id, by: PlayOffice.bureau)
            }
            #expect(try await play.show(file.id) == audited)
            await other.close()
            try await play.audit()
            await play.office.close()
        }
    }

    @Test(arguments: Place.all)
    func `what was looked at is at hand, and never in the place of more`(on place: Place)
        async throws
    {
        try await withOffice(on: place) { play in
            let file = try await play.file(3_000, order: "R9")
            let office = play.office
            @Sendable func look() async throws -> KnownCase? {
                try await office.read { try office.known(file.id, in: $0, at: office.now()) }
            }
            #expect(atHand(file, in: play)?.reported != nil)
            _ = try await look()
            #expect(atHand(file, in: play)?.reported != nil, "a look takes nothing away")
            office.recent.forgetAll()
            let seen = try await look()
            #expect(seen?.file == file && atHand(file, in: play)?.file == file)
            // A step goes on from what was seen, and the reports move by it.
            let approved = try await play.perform(
                .approve(as: .reviewer), on: file.id, by: PlayOffice.reviewer)
            let kept = try #require(atHand(approved, in: play))
            #expect(kept.reported != nil)
            // One who read before that is late.
            office.recent.keepRead(.init(try #require(seen), at: play.clock.now))
            #expect(atHand(approved, in: play)?.file == approved)
        }
    }

    @Test func `few are kept, and none for long`() async throws {
        try await withOffice(on: .sqliteMemory) { play in
            let recent = RecentCases(limit: 4)
            var files: [Case] = []
            for number in 0..<6 {
                let file = try await play.file(100, order: "R3-\(number)")
                let at = play.clock.now.advanced(byMs: Int64(number))
                recent.keep([.init(KnownCase(file: file, events: [], reported: nil), at: at)])
                files.append(file)
            }
            let now = play.clock.now
            func isKept(_ file: Case, at moment: Moment) -> Bool {
                recent.find(file.id, version: file.version, at: moment) != nil
            }
            #expect(files.filter { isKept($0, at: now) }.count <= 4)
            #expect(isKept(files[5], at: now) && !isKept(files[0], at: now))
            #expect(!isKept(files[5], at: now.advanced(byMinutes: 11)))
            recent.forgetAll()
            #expect(!isKept(files[5], at: now))
        }
    }
}
