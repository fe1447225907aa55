package import Ledger

/// How long the fund lasts at the rate of the last weeks: an estimate.
package struct OutlookView: Codable, Sendable {
    let day: Day
    let cashFen: Money
    /// What would be left if every reservation were released, or returned, and all that is owed paid.
    let ifAllReleasedFen: Money
    let ifAllReturnedFen: Money
    /// What each of the last whole weeks took, the oldest first; negative where more came back.
    let weeksFen: [Money]
    let weeklyRateFen: Money
    let heavyRateFen: Money
    let lightRateFen: Money
    /// Whole weeks; absent where the fund does not run out at that rate.
    package let weeksLeft: Int64?
    package let weeksLeftAtLeast: Int64?
    package let weeksLeftAtMost: Int64?

    package init(_ outlook: FundOutlook) {
        day = outlook.day
        cashFen = outlook.cash
        ifAllReleasedFen = outlook.ifAllReleased
        ifAllReturnedFen = outlook.ifAllReturned
        weeksFen = outlook.weeks
        weeklyRateFen = outlook.weeklyRate
        heavyRateFen = outlook.heavyRate
        lightRateFen = outlook.lightRate
        weeksLeft = outlook.weeksLeft(at: outlook.weeklyRate)
        weeksLeftAtLeast = outlook.weeksLeft(at: outlook.heavyRate)
        weeksLeftAtMost = outlook.weeksLeft(at: outlook.lightRate)
    }
}
