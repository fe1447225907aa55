package import Ledger

/// A simulated wallet: what it was ordered, what became of it, and the platform account it pays from.
///
/// A value. Time enters as an argument and never runs backwards: an earlier one counts as the latest.
/// An accepted transfer's amount is held until it succeeds (then it leaves), fails or is closed (then it
/// is free again); a bounce brings it back.
package struct WalletBook: Sendable {
    /// What the wallet tells about a transfer.
    package struct Receipt: Hashable, Sendable {
        package let number: String
        /// The wallet's own number.
        package let serial: String
        package let amount: Money
        package let state: TransferState
        package let acceptedAt: Moment
        package let changedAt: Moment
    }

    /// A movement on the platform account.
    package struct Entry: Hashable, Sendable {
        package enum Kind: Hashable, Sendable { case topUp, transfer, bounce }
        package let kind: Kind
        package let at: Moment
        /// Positive in both directions; a transfer goes out, the others come in.
        package let amount: Money
        /// After this movement.
        package let balance: Money
        /// The transfer's number, or the top-up's reference.
        package let number: String
        package let serial: String
        package let remark: String
    }

    /// All top-ups of a book together, so that no sum in it can overflow: ten billion yuan.
    package static let topUpLimit = Money(fen: 1_000_000_000_000)

    package let behaviour: WalletBehaviour
    /// The latest time the book was told.
    package private(set) var now: Moment
    /// The account's movements so far, the earliest first.
    package private(set) var entries: [Entry] = []

    private var records: [String: Record] = [:]
    private var topUps: [String: Money] = [:]
    /// Steps that have not happened yet, the next one last.
    private var agenda: [Due] = []
    // Never negative, never above `topUpLimit`: plain arithmetic is safe.
    private var balance_fen: Int64 = 0
    private var held_fen: Int64 = 0
    private var toppedUp_fen: Int64 = 0

    private struct Record {
        let transfer: Transfer
        let serial: String
        let course: [(at: Moment, state: TransferState)]
        /// Index into `course`.
        var stands = 0
    }

    private struct Due {
        let at: Moment
        let number: String
    }

    package init(behaviour: WalletBehaviour, opened: Moment) {
        self.behaviour = behaviour
        now = opened
    }

    /// On the platform account, held amounts included.
    package var balance: Money { Money(fen: balance_fen) }
    package var topUpCount: Int { topUps.count }
    /// What new orders can use.
    package var available: Money { Money(fen: balance_fen - held_fen) }

    /// Takes an order, or answers for the one it took before under this number.
    ///
    /// Refuses, in this order: a fault in the order itself, a number that stands for other contents, more
    /// than is available. A refused order leaves no trace.
    package mutating func order(
        _ transfer: Transfer, at moment: Moment
    ) throws(WalletRefusal) -> Receipt {
        advance(to: moment)
        try transfer.validate()
        if let record = records[transfer.number] {
            guard record.transfer == transfer else {
                throw WalletRefusal(.numberTaken, "out_bill_no is taken by another transfer")
            }
            return Self.receipt(record)
        }
        guard transfer.amount <= available else {
            throw WalletRefusal(.notEnough, "the platform account has not enough money")
        }
        held_fen += transfer.amount.fen
        let record = Record(
            transfer: transfer, serial: serial("13", records.count + 1),
            course: behaviour.course(of: transfer.number, from: now))
        records[transfer.number] = record
        for step in record.course.dropFirst() { plan(step.at, transfer.number) }
        return Self.receipt(record)
    }

    /// Nil for a number that was never accepted.
    package mutating func query(_ number: String, at moment: Moment) -> Receipt? {
        advance(to: moment)
        return records[number].map(Self.receipt)
    }

    /// Credits the platform account, as the bank would. The same reference and amount again change nothing.
    ///
    /// - Returns: The balance.
    package mutating func topUp(
        _ amount: Money, reference: String, at moment: Moment
    ) throws(WalletRefusal) -> Money {
        advance(to: moment)
        guard Transfer.isNumber(reference) else {
            throw WalletRefusal(.invalidRequest, "reference is 1 to 32 ASCII letters and digits")
        }
        if let known = topUps[reference] {
            guard known == amount else {
                throw WalletRefusal(.numberTaken, "reference is taken by another top-up")
            }
            return balance
        }
        guard amount.isPositive, amount.fen <= Self.topUpLimit.fen - toppedUp_fen else {
            throw WalletRefusal(
                .invalidRequest, "amount_fen is positive, together at most \(Self.topUpLimit.fen)")
        }
        topUps[reference] = amount
        toppedUp_fen += amount.fen
        balance_fen += amount.fen
        enter(.topUp, amount, reference, serial("50", topUps.count), "", at: now)
        return balance
    }

    /// Lets everything happen that is due by `moment`.
    package mutating func advance(to moment: Moment) {
        while let due = agenda.last, due.at <= moment {
            agenda.removeLast()
            step(due.number)
        }
        now = max(now, moment)
    }

    private mutating func step(_ number: String) {
        guard var record = records[number], record.stands + 1 < record.course.count else { return }
        record.stands += 1
        records[number] = record
        let transfer = record.transfer
        switch record.course[record.stands].state {
        case .accepted, .processing, .waitUserConfirm, .transferring: break
        case .success(let at):
            held_fen -= transfer.amount.fen
            balance_fen -= transfer.amount.fen
            enter(.transfer, transfer.amount, number, record.serial, transfer.remark, at: at)
        case .fail, .closed: held_fen -= transfer.amount.fen
        case .bounced(let at):
            balance_fen += transfer.amount.fen
            enter(.bounce, transfer.amount, number, record.serial, transfer.remark, at: at)
        }
    }

    private mutating func enter(
        _ kind: Entry.Kind, _ amount: Money, _ number: String, _ serial: String, _ remark: String,
        at moment: Moment
    ) {
        entries.append(
            Entry(
                kind: kind, at: moment, amount: amount, balance: balance, number: number,
                serial: serial, remark: remark))
    }

    private mutating func plan(_ at: Moment, _ number: String) {
        // The agenda descends; of simultaneous steps the one planned first happens first.
        var (low, high) = (0, agenda.count)
        while low < high {
            let middle = (low + high) / 2
            if agenda[middle].at > at { low = middle + 1 } else { high = middle }
        }
        agenda.insert(Due(at: at, number: number), at: low)
    }

    private func serial(_ prefix: String, _ count: Int) -> String {
        let digits = String(count)
        return prefix + String(repeating: "0", count: max(0, 20 - digits.count)) + digits
    }

    private static func receipt(_ record: Record) -> Receipt {
        let stands = record.course[record.stands]
        return Receipt(
            number: record.transfer.number, serial: record.serial, amount: record.transfer.amount,
            state: stands.state, acceptedAt: record.course[0].at, changedAt: stands.at)
    }
}
