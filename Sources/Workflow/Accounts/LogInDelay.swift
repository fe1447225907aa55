import Ledger
import Store

/// How failed log-ins slow down the next, so that nobody guesses and nobody locks another out.
///
/// Each address waits for its own failures. When an account fails everywhere, only addresses from which
/// its person never logged in wait for others' failures, and a second factor lets them pass.
enum LogInDelay {
    /// Failures are forgotten after a day.
    static let window_ms: Int64 = 24 * 60 * 60_000
    /// A person may mistype so often before the first wait.
    static let free: Int64 = 3
    /// The first wait; each failure doubles it.
    static let first_s: Int64 = 5
    /// The longest wait at an address that is not known.
    static let longest_s: Int64 = 15 * 60
    /// The longest where the person logged in before: a colleague behind the same address cannot keep
    /// them out.
    static let longestKnown_s: Int64 = 60
    /// More failures everywhere than a person makes in a day.
    static let manyEverywhere: Int64 = 50
    /// What an unknown address then waits for others' failures.
    static let elsewhere_s: Int64 = 60
    /// An address is known for so long after a log-in.
    static let known_ms: Int64 = 90 * 24 * 60 * 60_000

    enum Admission: Hashable {
        /// The password is looked at.
        case open
        /// It is, but only together with the code of a second factor.
        case onlyWithCode
        case wait(seconds: Int)
    }

    static func admission(
        _ failures: LogInFailures, isKnown: Bool, hasCode: Bool, at now: Moment
    ) -> Admission {
        if failures.here >= free, let last = failures.lastHere {
            let doublings = min(failures.here - free, 20)
            let span = min(first_s << doublings, isKnown ? longestKnown_s : longest_s)
            if let seconds = left(span, since: last, at: now) { return .wait(seconds: seconds) }
        }
        guard !isKnown, failures.everywhere >= manyEverywhere else { return .open }
        if hasCode { return .onlyWithCode }
        if let last = failures.lastElsewhere, let seconds = left(elsewhere_s, since: last, at: now)
        {
            return .wait(seconds: seconds)
        }
        return .open
    }

    /// The whole seconds of `span` that are left, at least 1; nil when it is over.
    private static func left(_ span: Int64, since last: Moment, at now: Moment) -> Int? {
        let left_ms = span * 1_000 - last.distanceMs(to: now)
        return left_ms > 0 ? Int((left_ms + 999) / 1_000) : nil
    }
}

/// An address as failures are counted by: an IPv6 customer has a whole /64.
func countedAddress(_ address: String) -> String {
    guard address.contains(":"), !address.contains(".") else { return address }
    let parts = address.prefix { $0 != "%" }.split(separator: ":", omittingEmptySubsequences: false)
    // Up to the `::` there is only what is written; what it leaves out is zero.
    var network: [Substring] = []
    for part in parts {
        if part.isEmpty || network.count == 4 { break }
        network.append(part)
    }
    return network.joined(separator: ":") + "::/64"
}
