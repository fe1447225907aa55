import Casework
import Foundation
import Testing

@testable import Workflow

/// The editions that ship with the project, and copies of them that a test may break.
enum Sanya {
    static let directory = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "policies/sanya").path

    static let book = Result { () throws -> PolicyBook in try PolicyBook.load(directory: directory)
    }

    static func edition(_ id: String) throws -> Edition { try book.get().edition(named: id) }
}

/// A copy of the editions below a folder of its own, removed at the end.
struct ScratchPolicies: ~Copyable {
    let directory: String

    init() throws {
        let parent = FileManager.default.temporaryDirectory
            .appending(path: "policies-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        let copy = parent.appending(path: "sanya")
        try FileManager.default.copyItem(atPath: Sanya.directory, toPath: copy.path)
        let calendar = URL(filePath: Sanya.directory).deletingLastPathComponent()
            .appending(path: "calendar")
        try FileManager.default.copyItem(
            atPath: calendar.path, toPath: parent.appending(path: "calendar").path)
        directory = copy.path
    }

    deinit {
        let parent = URL(filePath: directory).deletingLastPathComponent()
        // A folder left behind among the temporary ones harms nobody.
        try? FileManager.default.removeItem(at: parent)
    }

    func write(_ text: String, to file: String) throws {
        let url = URL(filePath: directory).appending(path: file)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func replace(_ old: String, with new: String, in file: String) throws {
        let url = URL(filePath: directory).appending(path: file)
        let text = try String(contentsOf: url, encoding: .utf8)
        try #require(text.contains(old), "\(file) does not contain \(old)")
        try Data(text.replacingOccurrences(of: old, with: new).utf8).write(to: url)
    }

    func remove(_ file: String) throws {
        try FileManager.default.removeItem(atPath: directory + "/" + file)
    }

    func load() throws(PolicyError) -> PolicyBook { try PolicyBook.load(directory: directory) }

    /// What loading is refused with, in words; nil when it loads.
    func refusal() -> String? {
        do throws(PolicyError) {
            _ = try load()
            return nil
        } catch {
            return error.description
        }
    }
}
