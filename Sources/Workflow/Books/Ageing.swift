package import Casework
package import Ledger
import Store

/// What merchants owe, by how long they have owed it (账龄).
package struct Ageing: Hashable, Sendable {
    package let asOf: Day
    /// The largest debtor first.
    package let merchants: [Line]

    package struct Line: Hashable, Sendable {
        /// Nil for a merchant that is on no list.
        package let merchant: ID<Merchant>?
        package let name: String
        /// By `Bucket.allCases`.
        package internal(set) var owed: [Bucket: Money] = [:]
        /// Of all that, what lapses within ninety days, or has lapsed.
        package internal(set) var lapsing = Money.zero
        package internal(set) var cases = 0

        package var total: Money {
            owed.values.reduce(.zero) { $0.adding($1) ?? Money(fen: .max) }
        }
    }

    /// Days since the recovery was opened (handbook §12).
    package enum Bucket: String, Hashable, Sendable, CaseIterable {
        case to30 = "0-30"
        case to90 = "31-90"
        case to180 = "91-180"
        case to365 = "181-365"
        /// One to three years, and whatever is older.
        case older = "366+"

        init(days: Int) {
            switch days {
            case ...30: self = .to30
            case ...90: self = .to90
            case ...180: self = .to180
            case ...365: self = .to365
            default: self = .older
            }
        }
    }

    package static let lapsingDays = 90

    package var total: Line {
        var sum = Line(merchant: nil, name: "")
        for line in merchants {
            sum.owed.merge(line.owed) { $0.adding($1) ?? Money(fen: .max) }
            sum.lapsing = sum.lapsing.adding(line.lapsing) ?? Money(fen: .max)
            sum.cases += line.cases
        }
        return sum
    }

    init(of recoveries: [RecoveryRow], on day: Day, in zone: Zone) {
        var lines: [String: Line] = [:]
        for row in recoveries where row.state != "writtenOff" && row.state != "closed" {
            let key = row.merchant?.text ?? "/" + row.merchantName
            var line = lines[key] ?? Line(merchant: row.merchant, name: row.merchantName)
            let bucket = Bucket(days: zone.day(at: row.openedAt).distance(to: day))
            line.owed[bucket] =
                (line.owed[bucket] ?? .zero).adding(row.outstanding) ?? Money(fen: .max)
            if let limit = row.limitation, day.distance(to: limit) <= Self.lapsingDays {
                line.lapsing = line.lapsing.adding(row.outstanding) ?? Money(fen: .max)
            }
            line.cases += 1
            lines[key] = line
        }
        asOf = day
        merchants = lines.values.sorted { ($1.total, $0.name) < ($0.total, $1.name) }
    }
}

extension Office {
    /// What merchants owe today, from one state of the database.
    package func ageing() async throws -> Ageing {
        let today = books.zone.day(at: now())
        let rows = try await read { try $0.openRecoveries() }
        return Ageing(of: rows, on: today, in: books.zone)
    }
}
