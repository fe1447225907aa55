package import Casework
import Dispatch
import Ledger
import Logging
import Store

/// How an edition comes into force: checked and tested, submitted, approved by a second person for a
/// day that lies ahead. What is in force decides; what was in force stays on the shelf for ever.
extension Office {
    /// An edition as it lies on disk now.
    ///
    /// Here and below, `hotline/2027-01-01` names an edition of the hotline part.
    package func draft(_ edition: String) throws(PolicyError) -> Edition {
        let (shelf, id) = shelf(of: edition)
        return try book(of: shelf, with: id).edition(named: id)
    }

    /// Reads `edition` beside the approved ones, checks what it brings and runs its cases.
    ///
    /// That takes seconds, so it is done on a thread of its own, one edition at a time; and an edition
    /// that the register would refuse anyway is not checked at all.
    package func candidate(_ edition: String) async throws -> Candidate {
        let (shelf, id) = shelf(of: edition)
        let book = try book(of: shelf, with: id)
        let found = try book.edition(named: id)
        let register = try await read { try $0.editionRegister(of: shelf.jurisdiction) }
        do throws(EditionRefusal) {
            _ = try register.submit(found.seal, today: books.zone.day(at: now()))
        } catch {
            return .refused(error)
        }
        return await withCheckedContinuation { continuation in
            examinations.async {
                continuation.resume(
                    returning: .examined(
                        Examination(
                            edition: found, findings: book.check(only: id),
                            report: found.test())))
            }
        }
    }

    private func book(
        of shelf: PolicyShelf, with edition: String
    ) throws(PolicyError) -> PolicyBook {
        let known = shelf.book.editions.map(\.id)
        guard PolicyFolder(path: shelf.directory).has(edition) else {
            throw .unknownEdition(edition, known: known)
        }
        return try PolicyBook.load(directory: shelf.directory, only: Set(known).union([edition]))
    }

    /// The shelf an edition's name belongs to, and its name there.
    fileprivate func shelf(of edition: String) -> (PolicyShelf, String) {
        let prefix = PolicyBook.hotlinePart + "/"
        guard let hotlineShelf, edition.hasPrefix(prefix) else { return (shelf, edition) }
        return (hotlineShelf, String(edition.dropFirst(prefix.count)))
    }

    func shelf(of edition: Edition) -> PolicyShelf {
        guard let hotlineShelf, edition.name.hasPrefix(hotlineShelf.jurisdiction + "/") else {
            return shelf
        }
        return hotlineShelf
    }

    package func editionRegister() async throws -> EditionRegister {
        try await read { [shelf] in try $0.editionRegister(of: shelf.jurisdiction) }
    }

    /// Of the hotline part; nil where there is none.
    package func hotlineRegister() async throws -> EditionRegister? {
        guard let hotlineShelf else { return nil }
        return try await read { try $0.editionRegister(of: hotlineShelf.jurisdiction) }
    }

    /// Reads the approved editions again when the register has changed, and says whether it did.
    package func followRegister() async throws -> Bool {
        var isChanged = false
        for shelf in [shelf, hotlineShelf].compactMap({ $0 }) {
            let steps = try await read { try $0.editionStepCount(of: shelf.jurisdiction) }
            guard steps != shelf.steps else { continue }
            try await shelf.reload(from: database)
            isChanged = true
        }
        return isChanged
    }

    package func submit(_ edition: String, by actor: Actor) async throws -> EditionRegister.Entry {
        let candidate = try await candidate(edition)
        return try await work { try $0.submit(candidate, by: actor) }
    }

    package func approve(_ edition: String, by actor: Actor) async throws -> EditionRegister.Entry {
        let draft = try draft(edition)
        let entry = try await work { try $0.approve(draft, by: actor) }
        _ = try await followRegister()
        return entry
    }

    package func withdraw(
        _ edition: String, reason: String, by actor: Actor
    ) async throws -> EditionRegister.Entry {
        let entry = try await work { try $0.withdraw(edition, reason: reason, by: actor) }
        _ = try await followRegister()
        return entry
    }
}

extension Work {
    /// Puts an edition before a second person. One that fails its check or its tests is refused with
    /// every finding.
    package func submit(
        _ candidate: Candidate, by actor: Actor
    ) throws -> EditionRegister.Entry {
        try permit(.submitPolicy, actor)
        switch candidate {
        case .refused(let refusal): throw refusal
        case .examined(let examination):
            guard examination.isFit else { throw WorkflowError.unfit(examination.problems) }
            let shelf = office.shelf(of: examination.edition)
            return try step(on: shelf, by: actor) { register in
                try register.submit(examination.edition.seal, today: today)
            }
        }
    }

    /// Agrees to `draft`: only if it is, to the byte, what was checked and submitted.
    package func approve(
        _ draft: Edition, by actor: Actor
    ) throws -> EditionRegister.Entry {
        try permit(.approvePolicy, actor)
        return try step(on: office.shelf(of: draft), by: actor) { register in
            try register.approve(draft.seal, by: actor, today: today)
        }
    }

    package func withdraw(
        _ edition: String, reason: String, by actor: Actor
    ) throws -> EditionRegister.Entry {
        try permit(.approvePolicy, actor)
        let (shelf, id) = office.shelf(of: edition)
        return try step(on: shelf, by: actor) { register in
            try register.withdraw(id, reason: reason, today: today)
        }
    }

    private func step(
        on shelf: PolicyShelf, by actor: Actor, _ decide: (EditionRegister) throws -> EditionStep
    ) throws -> EditionRegister.Entry {
        let jurisdiction = shelf.jurisdiction
        var register = try transaction.editionRegister(of: jurisdiction)
        let step = try decide(register)
        try transaction.appendEditionStep(step, of: jurisdiction, by: actor.name, at: now)
        register.apply(RecordedEditionStep(step, by: actor.name, at: now))
        journal.append([
            "edition": "\(jurisdiction)/\(step.edition)", "command": "\(step.kind)",
            "actor": "\(actor.name)",
        ])
        guard let entry = register.entry(step.edition) else {
            preconditionFailure("\(step) left no entry")
        }
        return entry
    }
}

/// An edition on its way to be submitted.
package enum Candidate: Sendable {
    /// The register has no place for it, whatever it says.
    case refused(EditionRefusal)
    case examined(Examination)
}

/// What check and test say about an edition as it lies on disk.
package struct Examination: Sendable {
    package let edition: Edition
    package let findings: [PolicyFinding]
    package let report: PolicyTestReport

    package var isFit: Bool {
        report.isClean && !findings.contains { $0.severity == .error }
    }

    fileprivate var problems: [WorkflowError.Problem] {
        let found = findings.filter { $0.severity == .error }.map { ($0.file, $0.message) }
        let failed = report.failures.map {
            ($0.file, "\($0.id) \($0.decision): expected \($0.expected), got \($0.actual)")
        }
        let bare = report.uncovered.map { ($0.file, "\($0.table) row \($0.row): no case hits it") }
        let unread = report.unreadable.map { (edition.id, $0) }
        return (found + failed + bare + unread).map { file, message in
            WorkflowError.Problem(field: file, chinese: message, english: message)
        }
    }
}

/// One examination at a time, so that checking policies never takes a second core from the cases.
let examinations = DispatchQueue(label: "examinations", qos: .utility)
