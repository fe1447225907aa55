package import Casework
package import Ledger
import Store

/// What comes in beside the handling: facts, words, files, and what it belongs to.
extension Work {
    /// Adds facts that the edition knows.
    @discardableResult
    package func addFacts(
        _ facts: Facts, reason: String, toOrder id: ID<WorkOrder>, by actor: Actor,
        expecting version: Int? = nil
    ) throws -> WorkOrder {
        let problems = try hotlineEdition(of: id).factProblems(facts)
        guard problems.isEmpty else { throw WorkflowError.unfit(problems) }
        return try perform(
            .addFacts(facts, reason: reason), onOrder: id, by: actor, expecting: version)
    }

    /// Adds words; those that answer what was asked let the clocks go on.
    @discardableResult
    package func addWords(
        _ message: OrderMessage, answering: Bool, toOrder id: ID<WorkOrder>, by actor: Actor,
        expecting version: Int? = nil
    ) throws -> WorkOrder {
        let order = try sheet(id, expecting: version).order
        let known = Set(order.evidence.map(\.hash))
        guard known.isSuperset(of: message.evidence) else {
            throw WorkflowError.unfit([
                .init(
                    field: "evidence", chinese: "先上传证据，再写其哈希值",
                    english: "names a file that the work order does not have: upload it first")
            ])
        }
        return try perform(
            answering ? .reply(message) : .addMessage(message), onOrder: id, by: actor,
            expecting: version)
    }

    /// Links a work order to a case or to another one.
    @discardableResult
    package func link(
        _ link: OrderLink, ofOrder id: ID<WorkOrder>, by actor: Actor,
        expecting version: Int? = nil
    ) throws -> WorkOrder {
        switch link {
        case .compensation(let file):
            guard try transaction.caseRow(file) != nil else {
                throw WorkflowError.noSuchCase(file.text)
            }
        case .report(let other), .complaint(let other), .related(let other):
            guard try transaction.hasOrder(other) else {
                throw WorkflowError.noSuchOrder(other.text)
            }
        }
        return try perform(.link(link), onOrder: id, by: actor, expecting: version)
    }

    /// Stores a file as evidence of a work order: typed by its content, kept once under its SHA-256.
    ///
    /// Where the edition names no kinds of evidence, every file is a `file`.
    package func addEvidence(
        _ bytes: [UInt8], kind: String, name: String, toOrder id: ID<WorkOrder>, by actor: Actor,
        expecting version: Int? = nil
    ) throws -> WorkOrder {
        guard bytes.count <= EvidenceLimits.file_bytes else {
            throw WorkflowError.evidenceTooLarge(limit: EvidenceLimits.file_bytes)
        }
        guard let type = FileType.sniff(bytes) else { throw WorkflowError.evidenceType }
        let order = try sheet(id, expecting: version).order
        guard order.evidence.count < EvidenceLimits.files_per_case else {
            throw WorkflowError.evidenceTooMany(limit: EvidenceLimits.files_per_case)
        }
        let named = try hotlineEdition(of: id).evidenceKinds
        let kinds = named.isEmpty ? ["file"] : named
        guard kinds.contains(kind) else { throw WorkflowError.unfit([.oneOf("kind", kinds)]) }
        let hash = sha256Hex(bytes)
        let evidence = Evidence(
            hash: hash, size: bytes.count, type: type, kind: kind,
            name: String(name.prefix(EvidenceLimits.name_characters)), addedAt: now)
        let after = try perform(
            .addEvidence(evidence), onOrder: id, by: actor, expecting: version)
        try transaction.storeEvidence(hash: hash, type: type, bytes: bytes, at: now)
        return after
    }
}
