/// What later vouchers may name: the id of each voucher, which one reversed it, and of its lines as much
/// as a reversal must mirror.
///
/// A verification keeps this of every voucher, so lines are kept in 16 bytes each, exactly: a hash would
/// do to find that a reversal is not one, but not to say in which line.
struct Trail: Sendable {
    private var places: [ID<Voucher>: Place] = [:]
    private var reversals: [ID<Voucher>: ID<Voucher>] = [:]
    /// Of all vouchers, one after another.
    private var prints: [Print] = []
    private var accounts: [Account: UInt32] = [:]

    /// Where the lines of a voucher stand among all.
    private struct Place: Sendable {
        let start: Int
        let count: Int32
    }

    private struct Print: Hashable, Sendable {
        let fen: Int64
        let account: UInt32
        let kind: Kind
    }

    /// Which side a line is on, and what it does to a reservation.
    private enum Kind: UInt8, Sendable {
        case debit, credit, opening, settling
    }

    func contains(_ id: ID<Voucher>) -> Bool { places[id] != nil }

    func reversal(of id: ID<Voucher>) -> ID<Voucher>? { reversals[id] }

    /// The first line, from 1, in which `lines` do not mirror those of `id`: same account and amount, other
    /// side, and a reservation returned for one opened, or opened anew for one that was settled.
    ///
    /// Precondition: `id` is in the trail.
    func firstUnlike(_ lines: [Line], mirroring id: ID<Voucher>) -> Int? {
        guard let place = places[id] else { preconditionFailure("\(id) left no trail") }
        for index in 0..<max(Int(place.count), lines.count) {
            guard index < place.count, index < lines.count,
                mirrors(lines[index], prints[place.start + index])
            else { return index + 1 }
        }
        return nil
    }

    private func mirrors(_ line: Line, _ earlier: Print) -> Bool {
        guard accounts[line.account] == earlier.account, line.amount.fen == earlier.fen else {
            return false
        }
        return switch (earlier.kind, line.side, line.reservation?.step) {
        case (.debit, .credit, nil), (.credit, .debit, nil): true
        case (.opening, .debit, .returns), (.settling, .credit, .opens): true
        default: false
        }
    }

    /// Answers whether the id is new.
    @discardableResult
    mutating func add(_ draft: Draft) -> Bool {
        let place = Place(start: prints.count, count: Int32(clamping: draft.lines.count))
        let isNew = places.updateValue(place, forKey: draft.id) == nil
        for line in draft.lines {
            let kind: Kind =
                switch (line.reservation?.step, line.side) {
                case (nil, .debit): .debit
                case (nil, .credit): .credit
                case (.opens, _): .opening
                case (.releases, _), (.returns, _), (.lapses, _): .settling
                }
            prints.append(
                Print(fen: line.amount.fen, account: number(of: line.account), kind: kind))
        }
        if let reversed = draft.reverses { reversals[reversed] = draft.id }
        return isNew
    }

    private mutating func number(of account: Account) -> UInt32 {
        if let known = accounts[account] { return known }
        let number = UInt32(accounts.count)
        accounts[account] = number
        return number
    }

    mutating func reserve(_ count: Int) {
        places.reserveCapacity(count)
        prints.reserveCapacity(3 * count)
    }
}
