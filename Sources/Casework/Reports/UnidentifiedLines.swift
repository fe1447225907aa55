package import Ledger

/// Statement lines that nobody has identified (待查款项), by how long ago the bank booked them.
package struct UnidentifiedLines: Hashable, Sendable {
    package let day: Day
    /// By `Age.allCases`.
    package private(set) var ages: [Age: Sum] = [:]

    package struct Sum: Hashable, Sendable {
        package var lines: Int64 = 0
        /// Of what came in and what went out alike.
        package var amount = Money.zero
    }

    /// Days since the bank booked it.
    package enum Age: String, Hashable, Sendable, CaseIterable {
        case to7 = "0-7"
        case to30 = "8-30"
        case to90 = "31-90"
        case older = "91+"

        /// On which days the bank booked what is of this age on `day`; the earliest is nil where there is
        /// none.
        package func booked(on day: Day) -> (first: Day?, last: Day) {
            switch self {
            case .to7: (day.advanced(by: -7), day)
            case .to30: (day.advanced(by: -30), day.advanced(by: -8))
            case .to90: (day.advanced(by: -90), day.advanced(by: -31))
            case .older: (nil, day.advanced(by: -91))
            }
        }

        package init(days: Int) {
            switch days {
            case ...7: self = .to7
            case ...30: self = .to30
            case ...90: self = .to90
            default: self = .older
            }
        }
    }

    /// - Parameter day: On which their age is told.
    package init(on day: Day) { self.day = day }

    package mutating func add(_ amount: Money, bookedOn booked: Day) {
        var sum = ages[Age(days: booked.distance(to: day))] ?? Sum()
        sum.lines += 1
        sum.amount = sum.amount.plus(Money(fen: Int64(clamping: amount.fen.magnitude)))
        ages[Age(days: booked.distance(to: day))] = sum
    }

    package var section: Bulletin.Section {
        let rows = Age.allCases.map { age -> Bulletin.Row in
            let sum = ages[age] ?? Sum()
            return Bulletin.Row(
                age.rawValue, Words("\(age.rawValue)天", "\(age.rawValue) days"),
                [.count(sum.lines), .fen(sum.amount.fen)])
        }
        return Bulletin.Section(
            "unidentified", Words("未对上的流水", "Unreconciled statement lines"),
            tables: [
                Bulletin.Table(
                    "unidentified", Words("待查款项账龄", "Lines in suspense by age"),
                    columns: [
                        Bulletin.Column("lines", Words("笔数", "lines"), unit: .items),
                        Bulletin.Column("amount", Words("金额", "amount"), unit: .yuan),
                    ], rows: rows,
                    notes: [
                        Words(
                            "截至\(day)仍待查的银行和平台流水，自入账日起算。",
                            "Lines of bank and platform still in suspense on \(day), by days since they"
                                + " were booked.")
                    ], opens: .unidentified)
            ])
    }
}
