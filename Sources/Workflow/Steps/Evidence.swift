package import Casework
package import Ledger
import Store

/// Limits on evidence.
package enum EvidenceLimits {
    /// A long photo or a short video, in bytes.
    package static let file_bytes = 10 * 1_024 * 1_024
    package static let files_per_case = 200
    package static let name_characters = 200
}

extension Work {
    /// Stores a file as evidence of a case: typed by its content, kept once under its SHA-256.
    ///
    /// Nothing is unpacked or rendered, so an archive is only a file of a type we refuse.
    package func addEvidence(
        _ bytes: [UInt8], kind: String, name: String, to id: ID<Case>, by actor: Actor,
        expecting version: Int? = nil
    ) throws -> Case {
        guard bytes.count <= EvidenceLimits.file_bytes else {
            throw WorkflowError.evidenceTooLarge(limit: EvidenceLimits.file_bytes)
        }
        guard let type = FileType.sniff(bytes) else { throw WorkflowError.evidenceType }
        let file = try known(id).file
        guard file.evidence.count < EvidenceLimits.files_per_case else {
            throw WorkflowError.evidenceTooMany(limit: EvidenceLimits.files_per_case)
        }
        let edition = try office.policies.edition(named: file.terms.edition)
        guard edition.evidenceKinds.contains(kind) else {
            let kinds = edition.evidenceKinds.joined(separator: ", ")
            throw WorkflowError.unfit([
                .init(
                    field: "kind", chinese: "应为以下之一：\(kinds)", english: "must be one of: \(kinds)")
            ])
        }
        let hash = sha256Hex(bytes)
        let evidence = Evidence(
            hash: hash, size: bytes.count, type: type, kind: kind,
            name: String(name.prefix(EvidenceLimits.name_characters)), addedAt: now)
        let after = try perform(.addEvidence(evidence), on: id, by: actor, expecting: version)
        try transaction.storeEvidence(hash: hash, type: type, bytes: bytes, at: now)
        return after
    }
}
