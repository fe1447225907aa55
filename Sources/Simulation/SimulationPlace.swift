import Database
import Foundation
import Store

/// Where the simulated offices keep their database: each run begins with an empty one of its own.
package enum SimulationPlace: Sendable {
    /// SQLite, in a folder of its own below this one.
    case files(below: String)
    /// PostgreSQL, in a schema of its own.
    case server(String)

    /// In memory where the system has such a folder: a run makes thousands of durable commits.
    package static var temporary: SimulationPlace {
        let memory = "/dev/shm"
        return .files(
            below: FileManager.default.isWritableFile(atPath: memory)
                ? memory : FileManager.default.temporaryDirectory.path)
    }
}

/// The database of one run, and what a power cut leaves of it.
struct RunDatabase: Sendable {
    private let place: SimulationPlace
    private let name: String
    /// Counts the images that a power cut left; each is opened in place of the one before.
    private var image = 0

    static func make(at place: SimulationPlace, name: String) async throws -> RunDatabase {
        let made = RunDatabase(place: place, name: name)
        switch place {
        case .files:
            try FileManager.default.createDirectory(
                atPath: made.folder, withIntermediateDirectories: true)
            try await emptyOffice.value.write(to: URL(fileURLWithPath: made.file))
        case .server(let url):
            try await command("create schema \(name)", at: url)
        }
        return made
    }

    private init(place: SimulationPlace, name: String) {
        self.place = place
        self.name = name
    }

    var url: String {
        switch place {
        case .files: return "sqlite:\(file)"
        case .server(let url):
            let mark = url.contains("?") ? "&" : "?"
            return "\(url)\(mark)options=-csearch_path%3D\(name)"
        }
    }

    /// The path of the SQLite file; nil on a server, which keeps what was committed by itself.
    var path: String? { if case .files = place { file } else { nil } }

    private var folder: String {
        if case .files(let below) = place { "\(below)/\(name)" } else { "" }
    }
    private var file: String { "\(folder)/office-\(image).db" }

    /// The path that the next image is to be written to.
    var nextPath: String { "\(folder)/office-\(image + 1).db" }

    /// From here on the image counts; what it was taken of is gone.
    mutating func goOnWithImage() {
        let old = file
        image += 1
        for part in ["", "-wal", "-shm"] {
            // The last two may be gone already.
            try? FileManager.default.removeItem(atPath: old + part)
        }
    }

    /// - Parameter keep: Leaves it for whoever wants to look.
    func remove() async throws {
        switch place {
        case .files: try FileManager.default.removeItem(atPath: folder)
        case .server(let url): try await Self.command("drop schema \(name) cascade", at: url)
        }
    }

    /// A file with all schema steps and nothing else, made once in a process and copied for each run: the steps
    /// take as long as a tenth of a short run.
    private static let emptyOffice = Task {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("amends-empty-\(UInt64.random(in: 0 ... .max)).db").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let database = try await Database.open("sqlite:" + path)
        do {
            try await database.migrate(Schema.steps)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
        return try Data(contentsOf: URL(fileURLWithPath: path))
    }

    private static func command(_ text: String, at url: String) async throws {
        let server = try await Database.open(url)
        do {
            try await server.write { try $0.run(SQL(stringLiteral: text)) }
        } catch {
            await server.close()
            throw error
        }
        await server.close()
    }
}
