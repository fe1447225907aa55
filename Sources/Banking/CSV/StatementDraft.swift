import Ledger

/// Lines of an export in their order in the file, before it is known which way time runs.
struct StatementDraft {
    let account: String
    let currency: String
    /// Nil: what the first line's running balance says.
    var opening: Money?
    let lines: [StatementLine]
    let places: [Place]

    /// The statement, the lines forward in time: as they stand, or, when the running balances say so,
    /// turned round.
    ///
    /// - Throws: What is wrong with the order that stands in the file.
    func inBookingOrder() throws(StatementError) -> Statement {
        do {
            return try statement()
        } catch {
            // Newest first is the other order in which banks export; it must hold as strictly.
            guard let backward = try? reversed().statement() else { throw error }
            return backward
        }
    }

    func reversed() -> StatementDraft {
        StatementDraft(
            account: account, currency: currency, opening: opening, lines: lines.reversed(),
            places: places.reversed())
    }

    /// The lines as they stand; every balance is checked.
    func statement() throws(StatementError) -> Statement {
        let days = lines.map(\.bookedOn)
        guard let first = lines.first, let from = days.min(), let to = days.max() else {
            throw .noLines
        }
        let place = places.first
        guard let opening = opening ?? first.balanceAfter?.subtracting(first.amount) else {
            throw .badAmount(place, first.balanceAfter?.description ?? "")
        }
        var closing = opening
        for line in lines {
            guard let next = closing.adding(line.amount) else {
                throw .badAmount(place, line.amount.description)
            }
            closing = line.balanceAfter ?? next
        }
        let statement = Statement(
            account: account, currency: currency, from: from, to: to, opening: opening,
            closing: closing, lines: lines)
        try statement.checkBalances(places: places)
        return statement
    }
}
