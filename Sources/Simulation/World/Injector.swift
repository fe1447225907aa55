import Database
import Foundation
import Synchronization

/// What goes wrong between an office and its database.
enum Trouble: Hashable, Sendable {
    /// The server ends here. What was committed stays.
    case end
    /// The whole machine loses its power: all servers on this database end, and go on from what the disk holds.
    case powerCut
    /// As above, in the middle of writing a commit: only a part of it reached the disk.
    case tornCommit
    case fullDisk
    /// Another transaction won: the closure runs again.
    case conflict
    /// The connection was lost during the commit, and it happened, or did not.
    case unknownDone
    case unknownUndone
    /// Another server works while this one waits for its turn.
    case interjection
}

/// Stands in one server's way to its database, and lets one thing go wrong when it is told to.
final class Injector: Sendable {
    private struct State {
        var armed: Trouble?
        /// Passages that are still let through.
        var countdown = 0
        /// Only commits are counted.
        var atCommit = false
        var hasStruck = false
        var isDead = false
        /// The length of the log when the commit under way began, in bytes.
        var logLength = 0
    }

    private let state = Mutex(State())
    /// Where the database lies, and where its image is to be written; nil on a server.
    private let paths = Mutex<(from: String, to: String)?>(nil)
    private let interject: @Sendable () -> Void

    /// - Parameter interject: Lets another server do something, and returns when it is done.
    init(interject: @escaping @Sendable () -> Void) { self.interject = interject }

    func arm(_ trouble: Trouble, after passages: Int, atCommit: Bool) {
        state.withLock {
            $0.armed = trouble
            $0.countdown = passages
            $0.atCommit = atCommit
            $0.hasStruck = false
        }
    }

    /// What struck since it was armed; nil when nothing did.
    func disarm() -> Trouble? {
        state.withLock { state in
            defer { (state.armed, state.hasStruck) = (nil, false) }
            return state.hasStruck ? state.armed : nil
        }
    }

    var hasStruck: Bool { state.withLock { $0.hasStruck || $0.isDead } }

    /// The server ends, or begins anew.
    var isDead: Bool { state.withLock(\.isDead) }
    func end() { state.withLock { $0.isDead = true } }
    func begin() {
        state.withLock { $0 = State() }
    }

    func lies(at from: String?, next to: String) { paths.withLock { $0 = from.map { ($0, to) } } }

    func watch(_ passage: Passage) throws(DatabaseError) {
        switch struck(at: passage) {
        case .none: return
        case .refusal(let error): throw error
        case .interjection:
            interject()
            // The power may have gone meanwhile.
            if isDead { throw Self.gone }
        case .image(let length, let error):
            photograph(logLength: length)
            throw error
        }
    }

    private static let gone = DatabaseError.storage("the simulated server has ended")

    private enum Strike {
        case none
        case refusal(DatabaseError)
        case interjection
        /// - Parameter logLength: Bytes of the log that reached the disk; nil: all.
        case image(logLength: Int?, DatabaseError)
    }

    private func struck(at passage: Passage) -> Strike {
        // Asking for it costs more than the statement it stands before: only where it is wanted.
        let isWanted = passage == .commit && state.withLock { $0.armed == .tornCommit }
        let length = isWanted ? logLength : 0
        return state.withLock { state in
            if state.isDead { return .refusal(Self.gone) }
            if passage == .commit { state.logLength = length }
            guard let trouble = state.armed, !state.hasStruck, trouble.mayStrike(at: passage),
                !state.atCommit || passage == .commit || passage == .committed
            else { return .none }
            guard state.countdown <= 0 else {
                state.countdown -= 1
                return .none
            }
            state.hasStruck = true
            let after = passage == .committed
            switch trouble {
            case .end:
                state.isDead = true
                return .refusal(after ? .commitUnknown : Self.gone)
            case .powerCut:
                state.isDead = true
                return .image(logLength: nil, after ? .commitUnknown : Self.gone)
            case .tornCommit:
                state.isDead = true
                return .image(logLength: state.logLength, .commitUnknown)
            case .fullDisk: return .refusal(.full)
            case .conflict: return .refusal(.conflict)
            case .unknownDone, .unknownUndone: return .refusal(.commitUnknown)
            case .interjection: return .interjection
            }
        }
    }

    private var logLength: Int {
        guard let path = paths.withLock({ $0?.from }) else { return 0 }
        return size(of: path + "-wal")
    }

    private func size(of path: String) -> Int {
        // No log yet: nothing of it is on the disk.
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.intValue ?? 0
    }

    /// What a disk holds when the power goes: the file, and the log as far as it was written.
    private func photograph(logLength start: Int?) {
        guard let (from, to) = paths.withLock({ $0 }) else { return }
        for part in ["", "-wal"] where FileManager.default.fileExists(atPath: from + part) {
            // A copy that fails shows as a database that lacks everything.
            try? FileManager.default.removeItem(atPath: to + part)
            try? FileManager.default.copyItem(atPath: from + part, toPath: to + part)
        }
        guard let start else { return }
        let end = size(of: to + "-wal")
        guard end > start, let file = FileHandle(forWritingAtPath: to + "-wal") else { return }
        // Half of what the commit wrote, so that its last frames are missing.
        try? file.truncate(atOffset: UInt64(start + (end - start) / 2))
        try? file.close()
    }
}

extension Trouble {
    fileprivate func mayStrike(at passage: Passage) -> Bool {
        switch self {
        case .end, .powerCut: true
        case .tornCommit, .unknownDone: passage == .committed
        case .unknownUndone: passage == .commit
        case .fullDisk, .conflict: passage == .statement || passage == .commit
        case .interjection: passage == .begin || passage == .reading
        }
    }
}
