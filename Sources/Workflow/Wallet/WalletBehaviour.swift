import Ledger
import Randomness

/// How a simulated wallet treats transfers and callers. Rates are per thousand.
///
/// What befalls a transfer follows from the seed and its number alone, never from the order of calls or
/// from a clock: two runs with one seed tell the same story.
package struct WalletBehaviour: Hashable, Sendable, Codable {
    package var seed: UInt64
    /// Processing takes 10 s to 30 min instead of 1 s to 5 s.
    package var delayed = 0
    /// The payee must confirm, and does so within 1 min to 12 h.
    package var confirmed = 0
    /// The payee must confirm, and never does: closed after 24 h.
    package var unconfirmed = 0
    package var nameMismatch = 0
    package var accountClosed = 0
    /// Of those that succeeded: come back after two days.
    package var bounced = 0

    /// Orders that never reach the book: the connection is dropped first.
    package var lost = 0
    /// The connection is dropped after the call had its effect.
    package var dropped = 0
    /// Status 500 after the call had its effect.
    package var erred = 0
    /// The answer comes after the caller's time limit.
    package var slow = 0

    package init(seed: UInt64) { self.seed = seed }

    /// About what a month of payouts meets.
    package static func ordinary(seed: UInt64) -> WalletBehaviour {
        var behaviour = WalletBehaviour(seed: seed)
        (behaviour.delayed, behaviour.confirmed, behaviour.unconfirmed) = (50, 60, 10)
        (behaviour.nameMismatch, behaviour.accountClosed, behaviour.bounced) = (10, 5, 8)
        (behaviour.lost, behaviour.dropped, behaviour.erred, behaviour.slow) = (5, 5, 5, 5)
        return behaviour
    }

    /// Half of all calls go wrong on the way, and a third of the transfers in the book.
    package static func mischievous(seed: UInt64) -> WalletBehaviour {
        var behaviour = WalletBehaviour(seed: seed)
        (behaviour.delayed, behaviour.confirmed, behaviour.unconfirmed) = (200, 150, 80)
        (behaviour.nameMismatch, behaviour.accountClosed, behaviour.bounced) = (60, 40, 80)
        (behaviour.lost, behaviour.dropped, behaviour.erred, behaviour.slow) = (120, 180, 180, 20)
        return behaviour
    }
}

/// What goes wrong between a caller and the wallet. The book itself never lies.
package enum Mischief: Hashable, Sendable {
    case none
    case lost
    case dropped
    case erred
    case slow
}

extension WalletBehaviour {
    package enum Call: String, Sendable {
        case order, query
    }

    /// - Parameter attempt: How often this call was made for this number, from 1.
    package func mischief(on call: Call, _ number: String, attempt: Int) -> Mischief {
        var draw = Draw(seed: seed, "\(call.rawValue)/\(attempt)/\(number)")
        return draw.oneOf([(lost, .lost), (dropped, .dropped), (erred, .erred), (slow, .slow)])
            ?? .none
    }

    /// The states that a transfer ordered at `start` passes, each with its time, the earliest first.
    func course(of number: String, from start: Moment) -> [(at: Moment, state: TransferState)] {
        var draw = Draw(seed: seed, "course/\(number)")
        let isDelayed = draw.happens(delayed)
        let ending: Ending =
            draw.oneOf([
                (nameMismatch, .fail(.nameMismatch)), (accountClosed, .fail(.accountClosed)),
                (unconfirmed, .unconfirmed), (confirmed, .confirmed),
            ]) ?? .paid
        let isBounced = draw.happens(bounced)

        var now = start
        var course: [(at: Moment, state: TransferState)] = [(now, .accepted)]
        func pass(_ span_ms: ClosedRange<Int64>) { now = now.advanced(byMs: draw.among(span_ms)) }
        pass(200...1_000)
        course.append((now, .processing))
        pass(isDelayed ? 10_000...1_800_000 : 1_000...5_000)
        switch ending {
        case .fail(let reason):
            course.append((now, .fail(reason, at: now)))
            return course
        case .unconfirmed:
            course.append((now, .waitUserConfirm))
            now = now.advanced(byMs: 24 * hour_ms)
            course.append((now, .closed(at: now)))
            return course
        case .confirmed:
            course.append((now, .waitUserConfirm))
            pass(60_000...(12 * hour_ms))
        case .paid: break
        }
        course.append((now, .transferring))
        pass(200...2_000)
        course.append((now, .success(at: now)))
        if isBounced {
            now = now.advanced(byMs: 48 * hour_ms)
            course.append((now, .bounced(at: now)))
        }
        return course
    }

    private enum Ending {
        case paid, confirmed, unconfirmed
        case fail(FailReason)
    }
}

private let hour_ms: Int64 = 3_600_000

/// Random numbers that follow from a seed and a text (FNV-1a over both).
private struct Draw {
    private var random: SeededRandom

    init(seed: UInt64, _ text: String) {
        var state = 0xcbf2_9ce4_8422_2325 ^ seed
        for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        random = SeededRandom(seed: state)
    }

    private mutating func next() -> UInt64 { random.next() }

    mutating func happens(_ perMille: Int) -> Bool { Int(next() % 1_000) < perMille }

    mutating func among(_ range: ClosedRange<Int64>) -> Int64 {
        range.lowerBound + Int64(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    /// At most one of `choices`, each as often as its rate per thousand says.
    mutating func oneOf<Choice>(_ choices: [(perMille: Int, choice: Choice)]) -> Choice? {
        var left = Int(next() % 1_000)
        for (perMille, choice) in choices {
            if left < perMille { return choice }
            left -= perMille
        }
        return nil
    }
}
