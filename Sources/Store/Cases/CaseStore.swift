package import Casework
package import Database
package import Ledger

extension Transaction {
    /// The events of a case in order; empty for an unknown case.
    package func events(of id: ID<Case>) throws(DatabaseError) -> [Recorded] {
        var events: [Recorded] = []
        for row in try rows(
            """
            select position, payload, actor, at_ms, recorded_ms from case_event
            where case_id = \(id.text) order by position
            """)
        {
            let position = Int(try row.integer(0))
            let place = "case_event \(id) #\(position)"
            let payload = try opened(row.text(1), of: id.text, at: place)
            let event = try fromJSON(Event.self, payload, at: place)
            events.append(
                Recorded(
                    event, position: position, actor: try row.text(2),
                    at: Moment(ms: try row.integer(3)), recordedAt: Moment(ms: try row.integer(4))))
        }
        return events
    }

    /// How many events the case has; nil when there is none.
    package func caseVersion(_ id: ID<Case>) throws(DatabaseError) -> Int? {
        try first("select version from case_row where case_id = \(id.text)")
            .map { row throws(DatabaseError) in Int(try row.integer(0)) }
    }

    /// How many events the case has, and what it adds to the reports: what the next step begins with. Nil
    /// when there is no such case.
    ///
    /// - Parameter known: See `reportRecord(_:known:)`; asked once, with the version.
    package func caseStart(
        _ id: ID<Case>, known: (_ version: Int) -> ReportEntry?
    ) throws(DatabaseError) -> (version: Int, reported: ReportEntry?)? {
        let row = try first(
            """
            select r.version, p.payload from case_row r
            left join report_record p on p.record_id = r.case_id where r.case_id = \(id.text)
            """)
        guard let row else { return nil }
        let version = Int(try row.integer(0))
        let entry = known(version)
        guard let text = try row.textOrNil(1) else { return (version, nil) }
        return (version, try reportEntry(id.text, text, known: entry))
    }

    /// The case as its events tell it; nil when there is none.
    package func caseFile(_ id: ID<Case>) throws(DatabaseError) -> Case? {
        Case(id: id, replaying: try events(of: id))
    }

    /// Appends `recorded` to a case and writes its line in the queues, its clocks and its keys.
    ///
    /// - Parameters:
    ///   - file: The case after these events.
    ///   - stage: The name of the stage it was at before them; nil for a new case.
    ///   - zone: The office's, for the day on which money was committed.
    /// - Throws: A `unique` constraint when another transaction appended first; nothing is written then.
    package func append(
        _ recorded: [Recorded], to file: Case, leaving stage: String?, zone: Zone
    ) throws(DatabaseError) {
        guard let first = recorded.first else { return }
        var eventRows: [[SQLValue]] = []
        for each in recorded {
            eventRows.append([
                .text(file.id.text), .integer(Int64(each.position)), .text(each.event.kind),
                .text(
                    try sealed(
                        jsonText(each.event), of: file.id.text, position: each.position,
                        at: "case_event \(file.id) #\(each.position)", each.recordedAt)),
                .text(each.actor), .integer(each.at.ms),
                .integer(each.recordedAt.ms),
            ])
        }
        try insert(
            into: "case_event", "case_id, position, kind, payload, actor, at_ms, recorded_ms",
            rows: eventRows)
        try writeRow(of: file, after: first.position, recorded)
        count(recorded.count, .caseEvents)
        count(from: stage, to: file.stage.name, Counted.cases)
        try writeClocks(of: file)
        try writeKeys(recorded, of: file)
        try writeCommitment(of: file, after: recorded, zone: zone)
    }

    private func writeClocks(of file: Case) throws(DatabaseError) {
        try put("delete from case_clock where case_id = \(file.id.text)")
        let steps: [[SQLValue]] = file.clocks.values.compactMap { clock in
            clock.next.map { next in
                [
                    .text(file.id.text), .text(clock.name.rawValue), .text(next.step.rawValue),
                    .integer(next.at.ms),
                ]
            }
        }
        if !steps.isEmpty {
            try insert(into: "case_clock", "case_id, name, step, at_ms", rows: steps)
        }
    }

    private func writeKeys(_ recorded: [Recorded], of file: Case) throws(DatabaseError) {
        var rows: [[SQLValue]] = []
        for each in recorded {
            let keys: [CaseKey] =
                switch each.event {
                case .filed(let filing, _): CaseKey.keys(of: filing)
                case .evidenceAdded(let evidence): [.evidence(hash: evidence.hash)]
                case .payeeSet(let payee): [.payee(payee)]
                default: []
                }
            for key in keys {
                rows.append([
                    .text(key.kind), .text(try keyed(key.value)), .text(file.id.text),
                ])
            }
        }
        guard !rows.isEmpty else { return }
        try insert(
            into: "case_key", "kind, value, case_id", rows: rows, "on conflict do nothing")
    }

    /// The next running number of `counter`, from 1 on.
    package func next(_ counter: String) throws(DatabaseError) -> Int64 {
        let row = try first(
            """
            insert into counter (name, value) values (\(counter), 1)
            on conflict (name) do update set value = counter.value + 1 returning value
            """)
        guard let row else { throw .corrupt("counter \(counter) answered nothing") }
        return try row.integer(0)
    }

    /// Passes over the next `count` numbers of every counter, and of those that have not begun.
    package func skip(_ count: Int64, alsoOf counters: [String]) throws(DatabaseError) {
        for counter in counters {
            try run(
                "insert into counter (name, value) values (\(counter), 0) on conflict do nothing")
        }
        try run("update counter set value = value + \(count)")
    }
}
