import Casework
import Database
import Foundation
import Ledger
import Store
import Testing

@testable import Workflow

@Suite struct PublicSetTests {
    private static let keys = try? DataKeys("a " + String(repeating: "03", count: 32))

    private func withComplaints(
        on place: Place, keys: DataKeys?, _ body: (PlayOffice, [ID<Case>]) async throws -> Void
    ) async throws {
        try await withEmptyDatabase(on: place) { url in
            let play = try await PlayOffice(url, dataKeys: keys)
            var ids: [ID<Case>] = []
            for number in 1...6 {
                ids.append(try await play.file(300, order: "P\(number)").id)
            }
            ids.append(try await play.file(4_321, order: "P9").id)
            try await body(play, ids)
            await play.office.close()
        }
    }

    @Test(arguments: Place.kept)
    func `what is published names nobody, and nobody stands alone in it`(on place: Place)
        async throws
    {
        try await withComplaints(on: place, keys: Self.keys) { play, ids in
            play.clock.set(play.clock.now.advanced(byMinutes: 60 * 24 * 20))
            let publication = try await play.office.publication(threshold: 5, delayDays: 15)
            #expect(publication.considered == 7)
            #expect(publication.complaints.count == 6 && publication.leftOut == 1)
            let files = publication.files
            #expect(files.map(\.name) == ["complaints.csv", "complaints.json", "dictionary.csv"])
            for file in files {
                for secret in ["李雷", "1P1", "IDP1", "wx-P1", "干贝", "4321", ids[0].text] {
                    #expect(!file.text.contains(secret), "\(file.name) \(secret)")
                }
            }
            let csv = files[0].text.split(separator: "\r\n")
            #expect(csv.count == 7)
            #expect(
                csv[1].hasPrefix(
                    "2024-06-01,month,shopping,goods-quality,椰风海产店,sanya,phone,")
                    || csv[1].contains(",goods-quality,椰风海产店,sanya,phone,"), "\(csv[1])")
            let value = try JSONSerialization.jsonObject(with: Data(files[1].text.utf8))
            let rows = (value as? [String: Any])?["complaints"] as? [[String: String]]
            #expect(
                rows?.count == 6 && Set(rows?.compactMap { $0["complaint_id"] } ?? []).count == 6)
            #expect(files[2].text.split(separator: "\r\n").count == PublicSet.columns.count + 1)
        }
    }

    @Test func `a pseudonym stays the same, and needs a key`() async throws {
        try await withComplaints(on: .sqliteFile, keys: Self.keys) { play, _ in
            play.clock.set(play.clock.now.advanced(byMinutes: 60 * 24 * 20))
            let first = try await play.office.publication(threshold: 2, delayDays: 15)
            let second = try await play.office.publication(threshold: 6, delayDays: 0)
            #expect(Set(first.complaints.map(\.id)).isSubset(of: Set(second.complaints.map(\.id))))
        }
        try await withComplaints(on: .sqliteFile, keys: nil) { play, _ in
            await #expect(throws: DatabaseError.self) {
                _ = try await play.office.publication(threshold: 5, delayDays: 0)
            }
        }
    }

    @Test func `a complaint waits until it may be published`() async throws {
        try await withComplaints(on: .sqliteFile, keys: Self.keys) { play, _ in
            let early = try await play.office.publication(threshold: 5, delayDays: 15)
            #expect(early.considered == 0 && early.complaints.isEmpty)
            #expect(early.files[0].text.split(separator: "\r\n").count == 1)
        }
    }

    @Test(arguments: [
        ("plain", "plain"), ("a,b", "\"a,b\""), ("=1+1", "'=1+1"), ("-5", "'-5"),
        ("say \"x\"", "\"say \"\"x\"\"\""), ("@a,b", "\"'@a,b\""), ("", ""),
        ("two\r\nlines", "\"two\r\nlines\""),
    ])
    func `a cell is read as it was written, and never as a formula`(text: String, cell: String) {
        #expect(PublicSet.cell(text) == cell)
    }
}
