import Database
import Foundation
import Glibc

/// A back-up that is being written: under another name until it is whole.
package struct BackupFile: Sendable {
    /// What it will be called.
    package let path: String
    /// What it is called until then.
    package var part: String { path + ".part" }

    private var logs: [String] { [part + "-wal", part + "-shm"] }

    package init(_ path: String) { self.path = path }

    /// Removes what an earlier one left that was broken off.
    package func clear() throws {
        let files = FileManager.default
        for leftover in [part] + logs where files.fileExists(atPath: leftover) {
            try files.removeItem(atPath: leftover)
        }
    }

    /// Gives it its name, once it is on the disk.
    ///
    /// - Throws: `DatabaseError` when a part of it is still in SQLite's log, which would not come along.
    /// - Precondition: Nobody has it open.
    package func finish() throws {
        let files = FileManager.default
        try foldLog(ofFile: part)
        if let log = logs.first(where: { files.fileExists(atPath: $0) }) {
            throw DatabaseError.storage("\(log) is still there: a part of \(part) may be in it")
        }
        try synchronise(part)
        try files.moveItem(atPath: part, toPath: path)
        try synchronise((path as NSString).deletingLastPathComponent)
    }

    /// What the name stands for is on the disk when this returns.
    private func synchronise(_ path: String) throws {
        let descriptor = open(path.isEmpty ? "." : path, O_RDONLY)
        defer { if descriptor >= 0 { close(descriptor) } }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw DatabaseError.storage("\(path): \(String(cString: strerror(errno)))")
        }
    }
}
