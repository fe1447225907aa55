package import Ledger

/// When a recovery ends by time, and what it bears by time.
extension Recovery {
    /// Three years (or the edition's) after `day`: the same date, or the month's last day where there is
    /// none (民法典 188, 201).
    package static func limitation(after day: Day, years: Int) -> Day {
        let (year, month, date) = day.components
        let last = min(year + min(max(0, years), 100), 9999)
        return Day(year: last, month: month, day: date)
            ?? Day(year: last, month: month, day: 28) ?? day
    }

    /// The day on which the debt lapses unless it is asked for before; nil while nothing was paid.
    ///
    /// Each demand, the notice included, lets the years begin anew (民法典 195).
    package var limitationDay: Day? {
        let restarts = [paidOn, notice?.servedOn].compactMap { $0 } + demands.map(\.on)
        guard paidOn != nil, let last = restarts.max() else { return nil }
        return Self.limitation(after: last, years: terms.limitationYears ?? 3)
    }

    /// Simple interest owed through `day`, whole fen, rounded half up once; zero where the edition has none.
    ///
    /// Each day on what is owed at its end, from the day after the limit for payment, 365 days a year.
    package func interest(through day: Day) -> Money {
        guard let rate = terms.interestBasisPoints, rate > 0, let served = notice?.servedOn else {
            return .zero
        }
        var from = served.advanced(by: terms.paymentDays)
        var owed = amount
        var fenDays = Int128(0)
        for change in changes.sorted(by: { $0.on < $1.on }) where change.on <= day {
            if change.on > from {
                fenDays += Int128(owed.fen) * Int128(from.distance(to: change.on))
                from = change.on
            }
            owed = Money(fen: owed.fen - change.less.fen)
        }
        if day > from { fenDays += Int128(owed.fen) * Int128(from.distance(to: day)) }
        let divisor = Int128(365 * 10_000)
        let rounded = (2 * fenDays * Int128(rate) + divisor) / (2 * divisor)
        return Int64(exactly: rounded).map { Money(fen: $0) } ?? Money(fen: .max)
    }

    /// Interest owed through `day` that has not come in.
    package func interestDue(through day: Day) -> Money {
        interest(through: day).subtracting(interestPaid).flatMap { $0.isPositive ? $0 : nil }
            ?? .zero
    }

    /// The first instalment that the receipts since the plan do not cover; nil without a plan that holds.
    package var nextInstalment: Instalment? {
        guard let plan, !plan.isBroken else { return nil }
        let received = repaid.fen + setOff.fen - plan.receivedBefore.fen
        var due: Int64 = 0
        return plan.instalments.first { instalment in
            due += instalment.amount.fen
            return due > received
        }
    }

    /// An agreed part of what is owed (分期).
    package struct Instalment: Hashable, Sendable, Codable {
        package let dueOn: Day
        package let amount: Money

        package init(dueOn: Day, amount: Money) {
            self.dueOn = dueOn
            self.amount = amount
        }
    }

    package struct Plan: Hashable, Sendable, Codable {
        package let instalments: [Instalment]
        /// What had come in when it was agreed.
        package let receivedBefore: Money
        /// An instalment was missed: the rest is due at once.
        package internal(set) var isBroken = false
    }

    /// 债权转让书: the tourist's claim is the fund's.
    package struct Deed: Hashable, Sendable, Codable {
        /// The payout it goes with, or the paper's own reference.
        package let reference: String
        package let signedOn: Day

        package init(reference: String, signedOn: Day) {
            self.reference = reference
            self.signedOn = signedOn
        }
    }

    package struct Demand: Hashable, Sendable, Codable {
        package let on: Day
        package let proof: String
    }

    /// Something that made the debt smaller, on its day.
    struct Change: Hashable, Sendable, Codable {
        let on: Day
        let less: Money
    }
}
