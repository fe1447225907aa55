import Database
import Testing

@Test func `what was written is read`() async throws {
    let database = try await Database.open("sqlite::memory:")
    try await database.migrate([
        SchemaStep(id: "0001", "create table t (id {id} primary key, n {int}, b {blob}) {strict}")
    ])
    let changed = try await database.write {
        try $0.run("insert into t (id, n, b) values (\("a"), \(5), \([1, 2] as [UInt8]))")
    }
    #expect(changed == 1)
    let row = try #require(try await database.read { try $0.first("select id, n, b from t") })
    #expect(try row.text(0) == "a")
    await database.close()
}
