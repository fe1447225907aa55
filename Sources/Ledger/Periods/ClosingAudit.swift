/// Holds closings against the vouchers as a verification passes by them.
///
/// Each line is moved once, from the day it happened on to the balances of what is closed, so that a
/// thousand closings cost no more than the vouchers do.
struct ClosingAudit: Sendable {
    /// The closings still ahead, the next one last.
    private var ahead: [Closing]
    /// Balances of the days that are closed.
    private var closed: [Account: Money] = [:]
    /// Lines of the days that are not.
    private var pending: [Day: [Line]] = [:]

    init(_ closings: [Closing]) {
        ahead = closings.sorted {
            ($0.head.number, $0.period.lastDay) > ($1.head.number, $1.period.lastDay)
        }
    }

    /// The last voucher that a closing still ahead speaks of.
    var last: Int64? { ahead.first?.head.number }

    mutating func add(_ voucher: Voucher) {
        guard !ahead.isEmpty else { return }
        pending[voucher.draft.businessDate, default: []] += voucher.lines
    }

    /// The next closing after voucher `number`, taken off the list.
    mutating func due(at number: Int64) -> Closing? {
        guard let next = ahead.last, next.head.number <= number else { return nil }
        return ahead.popLast()
    }

    /// Whether the books stood as `closing` says when `voucher` was the last one.
    mutating func confirm(_ closing: Closing, after voucher: Voucher) -> Bool {
        for day in pending.keys where day <= closing.period.lastDay {
            for line in pending.removeValue(forKey: day) ?? [] { closed.add(line) }
        }
        return closing.maker != closing.checker
            && closing.head == Head(number: voucher.number, hash: voucher.hash)
            && closing.balances == closed.filter { $0.value != .zero }
    }
}
