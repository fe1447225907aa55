package import Casework
package import Database
package import Ledger

extension Transaction {
    /// Stores bytes under their hash. The same bytes again change nothing.
    package func storeEvidence(
        hash: String, type: FileType, bytes: [UInt8], at now: Moment
    ) throws(DatabaseError) {
        // One file may belong to several cases: it is sealed by the office's key.
        let box = try sealedBytes(bytes, at: "evidence \(hash)")
        let stored = try run(
            """
            insert into evidence (hash, size, type, bytes, stored_ms, is_sealed)
            values (\(hash), \(bytes.count), \(type.rawValue), \(box ?? bytes), \(now.ms),
                \(box == nil ? 0 : 1))
            on conflict (hash) do nothing
            """)
        guard stored == 1 else { return }
        count(1, .evidence)
        count(bytes.count, .evidenceBytes)
    }

    package func evidenceBytes(
        _ hash: String
    ) throws(DatabaseError) -> (type: FileType, bytes: [UInt8])? {
        guard
            let row = try first(
                "select type, bytes, is_sealed from evidence where hash = \(hash)")
        else { return nil }
        let name = try row.text(0)
        guard let type = FileType(rawValue: name) else {
            throw .corrupt("evidence \(hash) has the unknown type \(name)")
        }
        let bytes = try row.blob(1)
        guard try row.integer(2) == 1 else { return (type, bytes) }
        return (type, try openedBytes(bytes, at: "evidence \(hash)"))
    }
}
