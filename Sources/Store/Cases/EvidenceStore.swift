package import Casework
package import Database
package import Ledger

extension Transaction {
    /// Stores bytes under their hash. The same bytes again change nothing.
    package func storeEvidence(
        hash: String, type: FileType, bytes: [UInt8], at now: Moment
    ) throws(DatabaseError) {
        try run(
            """
            insert into evidence (hash, size, type, bytes, stored_ms)
            values (\(hash), \(bytes.count), \(type.rawValue), \(bytes), \(now.ms))
            on conflict (hash) do nothing
            """)
    }

    package func evidenceBytes(
        _ hash: String
    ) throws(DatabaseError) -> (type: FileType, bytes: [UInt8])? {
        guard let row = try first("select type, bytes from evidence where hash = \(hash)") else {
            return nil
        }
        let name = try row.text(0)
        guard let type = FileType(rawValue: name) else {
            throw .corrupt("evidence \(hash) has the unknown type \(name)")
        }
        return (type, try row.blob(1))
    }
}
