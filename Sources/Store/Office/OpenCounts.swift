package import Database

/// What is counted as it comes and goes, so that nobody has to count it all.
enum Counted: Hashable, Sendable {
    /// Cases, or work orders, at a stage.
    case cases(stage: String)
    case orders(stage: String)
    case caseEvents, orderEvents
    case evidence, evidenceBytes

    var name: String {
        switch self {
        case .cases(let stage): "case/\(stage)"
        case .orders(let stage): "order/\(stage)"
        case .caseEvents: "case_event"
        case .orderEvents: "order_event"
        case .evidence: "evidence"
        case .evidenceBytes: "evidence_bytes"
        }
    }
}

/// By how much the closures of one commit move the counts, written once before it.
struct OpenCounts: Carried {
    private var moved: [String: Int64] = [:]

    var isChanged: Bool { !moved.isEmpty }

    mutating func add(_ count: Int64, to counted: Counted) {
        moved[counted.name, default: 0] += count
    }

    mutating func write(to transaction: Transaction) throws(DatabaseError) {
        let rows = moved.filter { $0.value != 0 }.sorted { $0.key < $1.key }
            .map { [SQLValue.text($0.key), .integer($0.value)] }
        moved = [:]
        guard !rows.isEmpty else { return }
        try transaction.insert(
            into: "stored_count", "name, amount", rows: rows,
            "on conflict (name) do update set amount = stored_count.amount + excluded.amount")
    }
}

extension Transaction {
    func count(_ amount: Int, _ counted: Counted) {
        carrying(OpenCounts.self) { $0.add(Int64(amount), to: counted) }
    }

    /// Moves one from the stage it was at, nil for a new one, to the stage it is at.
    func count(from old: String?, to new: String, _ at: (String) -> Counted) {
        guard old != new else { return }
        if let old { count(-1, at(old)) }
        count(1, at(new))
    }

    /// Cases by stage, for the head of the queue.
    package func caseCounts() throws(DatabaseError) -> [(stage: String, count: Int)] {
        try stageCounts("case/")
    }

    /// Work orders by stage.
    package func orderCounts() throws(DatabaseError) -> [(stage: String, count: Int)] {
        try stageCounts("order/")
    }

    private func stageCounts(
        _ prefix: String
    ) throws(DatabaseError) -> [(stage: String, count: Int)] {
        try storedCounts().filter { $0.key.hasPrefix(prefix) && $0.value != 0 }
            .map { (String($0.key.dropFirst(prefix.count)), Int($0.value)) }
            .sorted { $0.0 < $1.0 }
    }

    /// All of them, by name.
    package func storedCounts() throws(DatabaseError) -> [String: Int64] {
        try write(OpenCounts.self)
        var counts: [String: Int64] = [:]
        for row in try rows("select name, amount from stored_count") {
            counts[try row.text(0)] = try row.integer(1)
        }
        return counts
    }

    /// The same, counted anew from everything there is: whoever doubts the stored ones compares.
    package func recounted() throws(DatabaseError) -> [String: Int64] {
        var counts: [String: Int64] = [:]
        for row in try rows(
            """
            select 'case/' || stage, count(*) from case_row group by stage
            union all select 'order/' || stage, count(*) from order_row group by stage
            union all select 'case_event', count(*) from case_event
            union all select 'order_event', count(*) from order_event
            union all select 'evidence', count(*) from evidence
            union all select 'evidence_bytes', cast(coalesce(sum(size), 0) as bigint) from evidence
            """)
        { counts[try row.text(0)] = try row.integer(1) }
        return counts
    }
}
