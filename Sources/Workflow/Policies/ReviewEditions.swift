import Casework
import Dispatch
import Ledger
import Store

/// What a policy officer looks at before an edition is submitted, and after: drafts, check, tests, diff.
/// Nothing here changes anything.
extension Office {
    /// Editions that lie on disk and were never submitted: `2027-01-01`, `hotline/2027-01-01`.
    package func drafts() async throws -> [String] {
        let register = try await editionRegister()
        let hotline = try await hotlineRegister()
        return try unknown(on: shelf, to: register, prefix: "")
            + (hotlineShelf.map { shelf in
                try unknown(
                    on: shelf, to: hotline ?? EditionRegister(),
                    prefix: PolicyBook.hotlinePart + "/")
            } ?? [])
    }

    private func unknown(
        on shelf: PolicyShelf, to register: EditionRegister, prefix: String
    ) throws(PolicyError) -> [String] {
        let folder = PolicyFolder(path: shelf.directory)
        var names: [String] = []
        for name in try folder.folders() where folder.has(name + "/jurisdiction.yaml") {
            if register.entry(name) == nil { names.append(prefix + name) }
        }
        return names
    }

    /// An edition on the shelf, or as it lies on disk beside those; with the jurisdiction before it or not.
    package func editionOrDraft(_ name: String) throws(PolicyError) -> Edition {
        do throws(PolicyError) {
            return try edition(named: name)
        } catch {
            return try draft(withoutJurisdiction(name))
        }
    }

    /// `2027-01-01` of `sanya/2027-01-01`, `hotline/2027-01-01` of `sanya/hotline/2027-01-01`.
    private func withoutJurisdiction(_ name: String) -> String {
        let prefix = shelf.jurisdiction + "/"
        return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    }

    /// Checks an edition and runs its cases, whatever its state.
    package func examine(_ name: String) async throws -> Examination {
        let edition = try editionOrDraft(name)
        let book = try bookWith(edition)
        return await examining {
            Examination(
                edition: edition, findings: book.check(only: edition.id), report: edition.test())
        }
    }

    /// What `new` would decide otherwise than `old`; both of one book.
    package func difference(_ old: String, _ new: String) async throws -> EditionDiff {
        let (old, new) = (try editionOrDraft(old), try editionOrDraft(new))
        let book = try bookWith(new)
        _ = try book.edition(named: old.id)
        return try await examining { Result { try book.diff(old.id, new.id) } }.get()
    }

    /// Decides the past cases again under an edition; reads them from one state of the database.
    package func backtest(_ name: String, shown: Int) async throws -> BacktestReport {
        try await Backtest(under: try editionOrDraft(name), shown: shown).run(on: database)
    }

    private func bookWith(_ edition: Edition) throws(PolicyError) -> PolicyBook {
        let known = policyBooks.first { book in
            book.editions.contains { $0.name == edition.name }
        }
        if let known { return known }
        let shelf = shelf(of: edition)
        return try PolicyBook.load(
            directory: shelf.directory,
            only: Set(shelf.book.editions.map(\.id)).union([edition.id]))
    }

    private func examining<T: Sendable>(_ body: @escaping @Sendable () -> T) async -> T {
        await withCheckedContinuation { continuation in
            examinations.async { continuation.resume(returning: body()) }
        }
    }
}
