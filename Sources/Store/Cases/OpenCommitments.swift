package import Database
import Ledger

/// What is committed on each day, by tier: read once by the closures of one commit, moved in memory by each,
/// and written once.
///
/// The day's caps are asked for twice by every advance. Adding up the day's advances each time, the thousandth
/// would cost a thousand times the first.
struct OpenCommitments: Carried {
    struct Place: Hashable, Comparable {
        let day: String
        let tier: String

        static func < (a: Place, b: Place) -> Bool { (a.day, a.tier) < (b.day, b.tier) }
    }

    /// In fen, by day and then by tier, of the days that were read: with all that this commit moved.
    private var days: [String: [String: Int64]] = [:]
    /// Not yet written.
    private var moved: [Place: Int64] = [:]

    var isChanged: Bool { !moved.isEmpty }

    /// Nil for a day that nobody has read yet.
    func sums(of day: String) -> [String: Int64]? { days[day] }

    mutating func learn(_ stored: [String: Int64], of day: String) {
        var sums = stored
        for (place, fen) in moved where place.day == day { sums[place.tier, default: 0] += fen }
        days[day] = sums
    }

    /// - Parameter uncounted: What an older server left: part of a day that was read, not of what is stored.
    mutating func move(_ fen: Int64, uncounted: Int64, at place: Place) {
        guard fen != 0 || uncounted != 0 else { return }
        moved[place, default: 0] += fen + uncounted
        days[place.day]?[place.tier, default: 0] += fen
    }

    mutating func write(to transaction: Transaction) throws(DatabaseError) {
        let rows = moved.filter { $0.value != 0 }.sorted { $0.key < $1.key }
            .map { [SQLValue.text($0.key.day), .text($0.key.tier), .integer($0.value)] }
        moved = [:]
        guard !rows.isEmpty else { return }
        try transaction.insert(
            into: "committed_day", "day, tier, amount_fen", rows: rows,
            """
            on conflict (day, tier) do update
            set amount_fen = committed_day.amount_fen + excluded.amount_fen
            """)
    }
}

extension Transaction {
    /// What is committed on `day`, in fen by tier, this commit's own changes included.
    func committedSums(of day: Day) throws(DatabaseError) -> [String: Int64] {
        let name = day.description
        if let known = carrying(OpenCommitments.self, { $0.sums(of: name) }) { return known }
        var stored: [String: Int64] = [:]
        let counted: SQL = "select tier, amount_fen from committed_day where day = \(name)"
        let uncounted: SQL = """
            select tier, cast(sum(amount_fen - amount_counted) as bigint) from commitment
            where day = \(name) and amount_fen <> amount_counted group by tier
            """
        for row in try rows(ofAll: [counted, uncounted]).joined() {
            stored[try row.text(0), default: 0] += try row.integer(1)
        }
        return carrying(OpenCommitments.self) { open in
            open.learn(stored, of: name)
            return open.sums(of: name) ?? [:]
        }
    }

    func moveCommitted(_ fen: Int64, uncounted: Int64 = 0, on day: String, tier: String) {
        carrying(OpenCommitments.self) {
            $0.move(fen, uncounted: uncounted, at: .init(day: day, tier: tier))
        }
    }

    /// Days and tiers whose stored sum is not that of their advances; empty when all is as it must be.
    package func committedFaults() throws(DatabaseError) -> [String] {
        try write(OpenCommitments.self)
        let differing = try rows(
            """
            select day, tier from (
                select day, tier, amount_fen from committed_day
                union all
                select day, tier, -amount_counted from commitment
            ) moved group by day, tier having sum(amount_fen) <> 0 order by day, tier
            """)
        var faults: [String] = []
        for row in differing { faults.append("\(try row.text(0)) \(try row.text(1))") }
        return faults
    }
}
