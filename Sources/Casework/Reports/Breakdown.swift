/// Parts of a total, and by how much they miss it.
///
/// Published figures do not always tie: Chongqing's four parts make 33,201 of 33,204. A report shows
/// such a difference and never spreads it over the parts.
package struct Breakdown: Hashable, Sendable {
    package let total: Int64
    package let parts: [Part]

    package struct Part: Hashable, Sendable {
        package let code: String
        package let value: Int64

        package init(_ code: String, _ value: Int64) {
            self.code = code
            self.value = value
        }
    }

    package init(total: Int64, parts: [Part]) {
        self.total = total
        self.parts = parts
    }

    package init(_ cell: Cell, of tally: PeriodTally, by facet: Facet) {
        total = tally.total.value(cell)
        parts = tally.parts(facet).map { Part($0.code, $0.counts.value(cell)) }
            .filter { $0.value != 0 }
    }

    package var sum: Int64 { parts.reduce(0) { $0 &+ $1.value } }

    /// What the total has more than its parts; negative where the parts have more.
    package var difference: Int64 { total &- sum }
    package var isTied: Bool { difference == 0 }

    /// Of the total, not of the sum: shares that do not make 100 % are not made to.
    package func share(_ part: Part) -> Rate? { Rate(part.value, of: total) }

    /// What stands under the table.
    package var note: Words {
        isTied
            ? Words("各项之和与总数一致。", "The parts tie to the total.")
            : Words(
                "各项之和为\(sum)，总数为\(total)，相差\(magnitude)，未作调整。",
                "The parts make \(sum), the total is \(total): a difference of \(magnitude), left as"
                    + " it is.")
    }

    private var magnitude: UInt64 { difference.magnitude }
}

/// Means of rates that were published without their counts.
package enum WeightedMean {
    /// The mean of `rates`, each by its weight; in units of 10^-`digits`, half away from zero.
    ///
    /// Dinghai's 96.96 % is the mean of 94.80 % and 99.06 % by the number of items, "other" left out.
    ///
    /// - Returns: Nil without any weight, or where the sums leave 64 bits.
    package static func of(
        _ rates: [(rate: Rate, weight: Int64)], digits: Int
    ) -> Int64? {
        var sum: Int64 = 0
        var weights: Int64 = 0
        // Six digits more than asked for: published rates have at most four, and are exact here.
        for (rate, weight) in rates {
            let (term, overflow) = rate.scaled(digits + 6).multipliedReportingOverflow(by: weight)
            let (next, overflowSum) = sum.addingReportingOverflow(term)
            let (total, overflowWeight) = weights.addingReportingOverflow(weight)
            guard !overflow, !overflowSum, !overflowWeight else { return nil }
            (sum, weights) = (next, total)
        }
        let (divisor, overflow) = weights.multipliedReportingOverflow(by: 1_000_000)
        guard weights > 0, !overflow else { return nil }
        return rounded(sum, times: 1, by: divisor)
    }
}
