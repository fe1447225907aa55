import Foundation
import Testing

@testable import Database

@Suite struct ClosingTests {
    @Test func `a file that was closed holds everything by itself`() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "amends-closing-\(UInt64.random(in: 0...UInt64.max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "a.db")
        let database = try await Database.open("sqlite:\(file.path)")
        try await database.write {
            try $0.run("create table item (id integer not null primary key)")
            try $0.run("insert into item (id) values (1), (2)")
        }
        // A reader is what once kept the log from being folded.
        let count = try await database.read { try $0.rows("select id from item").count }
        await database.close()
        let copy = folder.appending(path: "b.db")
        try FileManager.default.copyItem(at: file, to: copy)
        let again = try await Database.open("sqlite:\(copy.path)")
        let found = try await again.read { try $0.rows("select id from item").count }
        await again.close()
        #expect(found == count && count == 2)
    }
}
