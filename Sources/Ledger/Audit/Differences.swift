extension Book {
    /// Where stored books and the books of the vouchers part.
    public enum Difference: Hashable, Sendable {
        case head(vouchers: Head, stored: Head)
        case total(code: String, vouchers: Money, stored: Money)
        case balance(Account, vouchers: Money, stored: Money)
        case reservation(ID<Reservation>, vouchers: Reservation?, stored: Reservation?)
    }

    /// Compares these books, recomputed from vouchers, with `stored` ones, loaded whole.
    public func differences(from stored: Book) -> [Difference] {
        var found: [Difference] = []
        if head != stored.head { found.append(.head(vouchers: head, stored: stored.head)) }
        for code in Set(totals.keys).union(stored.totals.keys).sorted()
        where total(code) != stored.total(code) {
            found.append(.total(code: code, vouchers: total(code), stored: stored.total(code)))
        }
        for account in Set(balances.keys).union(stored.balances.keys).sorted()
        where balance(account) != stored.balance(account) {
            found.append(
                .balance(account, vouchers: balance(account), stored: stored.balance(account)))
        }
        for id in Set(reservations.keys).union(stored.reservations.keys).sorted()
        where reservations[id] != stored.reservations[id] {
            found.append(
                .reservation(id, vouchers: reservations[id], stored: stored.reservations[id]))
        }
        return found
    }
}
