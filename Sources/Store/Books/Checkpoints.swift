package import Database
package import Ledger

/// Signed checkpoints as they were handed out, so that an office can hand them out again. Whoever checks
/// the books uses those that were kept elsewhere.
extension Transaction {
    package func writeCheckpoint(_ signed: SignedCheckpoint, at now: Moment) throws(DatabaseError) {
        let checkpoint = signed.checkpoint
        // The books may not have moved since the last one: then it says the same.
        try put(
            """
            insert into checkpoint (fund, number, text, signed_ms)
            values (\(checkpoint.fund), \(checkpoint.head.number), \(signed.text), \(now.ms))
            on conflict (fund, number) do update set text = excluded.text, signed_ms = excluded.signed_ms
            """)
    }

    /// The oldest first.
    package func checkpoints(_ fund: String) throws(DatabaseError) -> [SignedCheckpoint] {
        var found: [SignedCheckpoint] = []
        for row in try rows(
            "select number, text from checkpoint where fund = \(fund) order by number")
        {
            let text = try row.text(1)
            do throws(CheckpointTextError) {
                found.append(try SignedCheckpoint(text: text))
            } catch {
                throw .corrupt("checkpoint \(fund) \(try row.integer(0)): \(error)")
            }
        }
        return found
    }
}
