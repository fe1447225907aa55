import Casework
import Database
import Ledger
import Store
import Synchronization

/// The approved editions as an office reads them, and when to read them again.
final class PolicyShelf: Sendable {
    /// The jurisdiction's folder.
    let directory: String
    /// The folder's name: `sanya`, or `sanya/hotline`.
    let jurisdiction: String
    private let held: Mutex<Held>

    private struct Held {
        var book: PolicyBook
        /// Steps of the register that are in it.
        var steps: Int64
    }

    var book: PolicyBook { held.withLock(\.book) }
    var steps: Int64 { held.withLock(\.steps) }

    private init(directory: String, held: Held) {
        self.directory = directory
        jurisdiction = held.book.jurisdiction
        self.held = Mutex(held)
    }

    /// Reads the approved editions; where nothing was ever recorded, records what lies there as the
    /// set the office is founded with.
    ///
    /// - Parameter known: The editions of the folder, where they were read before: files are not read again
    ///   as long as these are the approved ones.
    static func open(
        _ directory: String, known: PolicyBook? = nil, in database: Database, at now: Moment
    ) async throws -> PolicyShelf {
        let jurisdiction = PolicyBook.jurisdiction(of: directory)
        if try await database.read({ try $0.editionStepCount(of: jurisdiction) }) == 0 {
            let seals = try (known ?? PolicyBook.load(directory: directory)).editions.map(\.seal)
            try await database.write { transaction in
                // Another server may have been first.
                guard try transaction.editionStepCount(of: jurisdiction) == 0 else { return }
                for seal in seals {
                    try transaction.appendEditionStep(
                        .founded(seal), of: jurisdiction, by: "administrator", at: now)
                }
            }
        }
        return PolicyShelf(
            directory: directory, held: try await read(directory, jurisdiction, database, known))
    }

    /// Reads again; on an error everything stays as it was.
    func reload(from database: Database) async throws {
        let fresh = try await Self.read(directory, jurisdiction, database)
        held.withLock { $0 = fresh }
    }

    private static func read(
        _ directory: String, _ jurisdiction: String, _ database: Database,
        _ known: PolicyBook? = nil
    ) async throws -> Held {
        let (register, steps) = try await database.read { transaction in
            (
                try transaction.editionRegister(of: jurisdiction),
                try transaction.editionStepCount(of: jurisdiction)
            )
        }
        let approved = register.approved
        if let known, known.editions.map(\.seal) == approved {
            return Held(book: known, steps: steps)
        }
        let folder = PolicyFolder(path: directory)
        for seal in approved where !folder.has(seal.edition) {
            throw PolicyError.approvedEditionMissing(edition: seal.edition, folder: directory)
        }
        // By file first: what was changed may not even load.
        for seal in approved { try seal.check(in: folder) }
        let book = try PolicyBook.load(
            directory: directory, only: Set(approved.map(\.edition)))
        for seal in approved { try seal.check(book) }
        return Held(book: book, steps: steps)
    }
}

extension EditionSeal {
    fileprivate func check(in folder: PolicyFolder) throws(PolicyError) {
        for (file, approved) in files.sorted(by: { $0.key < $1.key }) {
            let found = folder.has(file) ? sha256Hex(try folder.bytes(file)) : "none"
            guard found != approved else { continue }
            throw .changedAfterApproval(
                edition: edition, file: file, approved: approved, found: found)
        }
    }

    /// A file that was added counts as a change too.
    fileprivate func check(_ book: PolicyBook) throws(PolicyError) {
        let now = try book.edition(named: edition)
        for (file, found) in now.fileHashes.sorted(by: { $0.key < $1.key })
        where files[file] == nil {
            throw .changedAfterApproval(
                edition: edition, file: file, approved: "none", found: found)
        }
        guard now.hash == hash else {
            throw .changedAfterApproval(
                edition: edition, file: edition, approved: hash, found: now.hash)
        }
    }
}
