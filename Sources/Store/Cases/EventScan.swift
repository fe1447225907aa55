package import Casework
package import Database
package import Ledger

extension Transaction {
    /// Every event of one of `kinds` that happened before `end`, by case and in order: for reports.
    ///
    /// - Parameter kinds: As `Event.kind` says them.
    package func forEachEvent(
        of kinds: [String], before end: Moment, _ body: (ID<Case>, Recorded) -> Void
    ) throws(DatabaseError) {
        let names = kinds.map { SQLValue.text($0) }
        var (lastCase, lastPosition) = ("", Int64(-1))
        while true {
            let page = try rows(
                """
                select case_id, position, payload, actor, at_ms, recorded_ms from case_event
                where kind in (\(list: names)) and at_ms < \(end.ms)
                    and (case_id, position) > (\(lastCase), \(lastPosition))
                order by case_id, position limit 1000
                """)
            for row in page {
                (lastCase, lastPosition) = (try row.text(0), try row.integer(1))
                let event = try fromJSON(
                    Event.self, row.text(2), at: "case_event \(lastCase) #\(lastPosition)")
                body(
                    ID(lastCase),
                    Recorded(
                        event, position: Int(lastPosition), actor: try row.text(3),
                        at: Moment(ms: try row.integer(4)),
                        recordedAt: Moment(ms: try row.integer(5))))
            }
            if page.count < 1_000 { return }
        }
    }
}
