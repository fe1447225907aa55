/// Holds closings against the vouchers as a verification passes by them.
///
/// Each line is added once to what will be closed with it, and these sums are moved once to the balances of
/// what is closed, so that a thousand closings cost little more than the vouchers do, and keep no line.
struct ClosingAudit: Sendable {
    /// The closings still ahead, the next one last.
    private var ahead: [Closing]
    /// Balances of the days that are closed.
    private var closed: [Account: Money] = [:]
    /// The last days of the closings, in order.
    private let lastDays: [Day]
    /// What happened in the days that are not closed yet, by the first of `lastDays` that is not before it.
    private var pending: [Day: [Account: Money]] = [:]

    init(_ closings: [Closing]) {
        lastDays = Set(closings.map(\.period.lastDay)).sorted()
        ahead = closings.sorted {
            ($0.head.number, $0.period.lastDay) > ($1.head.number, $1.period.lastDay)
        }
    }

    /// The last voucher that a closing still ahead speaks of.
    var last: Int64? { ahead.first?.head.number }

    mutating func add(_ voucher: Voucher) {
        guard !ahead.isEmpty, let day = closingDay(of: voucher.draft.businessDate) else { return }
        for line in voucher.lines { pending[day, default: [:]].add(line) }
    }

    /// The first last day of a closing at or after `day`; nil when no closing reaches it.
    private func closingDay(of day: Day) -> Day? {
        var (low, high) = (0, lastDays.count)
        while low < high {
            let middle = (low + high) / 2
            if lastDays[middle] < day { low = middle + 1 } else { high = middle }
        }
        return low < lastDays.count ? lastDays[low] : nil
    }

    /// The next closing after voucher `number`, taken off the list.
    mutating func due(at number: Int64) -> Closing? {
        guard let next = ahead.last, next.head.number <= number else { return nil }
        return ahead.popLast()
    }

    /// Whether the books stood as `closing` says when `voucher` was the last one.
    mutating func confirm(_ closing: Closing, after voucher: Voucher) -> Bool {
        for day in pending.keys where day <= closing.period.lastDay {
            for (account, amount) in pending.removeValue(forKey: day) ?? [:] {
                closed.add(Line(.debit, account, amount))
            }
        }
        return closing.maker != closing.checker
            && closing.head == Head(number: voucher.number, hash: voucher.hash)
            && closing.balances == closed.filter { $0.value != .zero }
    }
}
