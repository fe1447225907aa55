import Database

/// Where a benchmark's databases lie: files of one folder, or schemas of one server.
enum ScratchDatabases: Sendable {
    /// A folder on the disk to be measured; whoever made it removes it.
    case files(folder: String)
    /// A server whose schemas `bench_…` are dropped before use, and left for the next run to drop.
    case server(url: String)

    var engine: String {
        switch self {
        case .files: "SQLite"
        case .server: "PostgreSQL"
        }
    }

    /// The address of a new, empty database.
    func make(_ name: String) async throws -> String {
        switch self {
        case .files(let folder): return "sqlite:\(folder)/\(name).db"
        case .server(let url):
            let schema = "bench_" + name.replacing("-", with: "_")
            let server = try await Database.open(url)
            try await server.write { transaction in
                try transaction.run(SQL(stringLiteral: "drop schema if exists \(schema) cascade"))
                try transaction.run(SQL(stringLiteral: "create schema \(schema)"))
            }
            await server.close()
            let mark = url.contains("?") ? "&" : "?"
            return "\(url)\(mark)options=-csearch_path%3D\(schema)"
        }
    }
}
