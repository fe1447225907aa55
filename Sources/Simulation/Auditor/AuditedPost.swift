import Casework
import Ledger
import Workflow

/// What people are to be written, reckoned from the cases' events, beside what mail server and gateway have in
/// their journals.
///
/// The rule is **at least once, until of no use**: every message that an event calls for is handed over until it
/// is taken or refused, or three days have passed; it is handed over again only while the office cannot know that
/// it was taken, and never to anybody else.
struct AuditedPost: Sendable {
    private struct Call: Sendable {
        /// The case, and whom it is for: the case again, or the merchant.
        let file: String
        let reader: String
        /// When the auditor first saw it called for.
        let seenMs: Int64
    }

    private var calls: [String: Call] = [:]
    /// By case or merchant: where they may be written to.
    private var addresses: [String: Set<String>] = [:]
    /// Of each message, when it was last handed over.
    private var tried: [String: Int64] = [:]
    /// Taken or refused, as the server said it.
    private var settled: Set<String> = []
    /// Done with, as the office wrote it down.
    private var closed: Set<String> = []
    private var read = 0
    /// Hand-overs that were looked at.
    var readCount: Int { read }

    /// After this a message is of no use.
    private static let life_ms: Int64 = 3 * 86_400_000
    /// No two attempts are nearer to each other: the shortest pause after a failure.
    private static let pause_ms: Int64 = 15_000
    /// Clocks that are set wrong, and the step in which a message was made.
    private static let tolerance_ms: Int64 = 3 * 3_600_000

    mutating func mayReach(_ reader: String, at address: String) {
        addresses[reader, default: []].insert(address)
    }

    func isReachable(_ reader: String) -> Bool { addresses[reader] != nil }
    func addresses(of reader: String) -> Set<String> { addresses[reader] ?? [] }

    /// Takes an event of a case: somebody may have to be written to about it.
    mutating func take(_ event: RawRows.Event, merchant: String, at now: Moment) {
        let kind: String
        switch event.kind {
        case "accepted", "declined": kind = event.kind
        case "evidenceRequested": kind = "evidence"
        case "advanceRefused": kind = "refused"
        case "payoutConfirmed": kind = "paid"
        case "payoutFailed", "payoutBounced", "payoutReturnedFromSuspense": kind = "payout-failed"
        case "recoveryOpened": kind = "recovery"
        default: return
        }
        let reader = kind == "recovery" ? merchant : event.subject
        guard kind != "recovery" || isReachable(merchant) else { return }
        calls["\(kind)/\(event.subject)/\(event.position)"] = Call(
            file: event.subject, reader: reader, seenMs: now.ms)
    }

    /// Takes what was handed over since. Answers what is wrong with it.
    ///
    /// - Parameter isSkewed: Pauses are then by clocks that jump, and say nothing.
    mutating func take(_ journal: [SimulatedPost.HandOver], isSkewed: Bool) -> [String] {
        var wrong: [String] = []
        for each in journal[read...] {
            let name = "the message \(each.id)"
            if let call = calls[each.id] {
                if !addresses(of: call.reader).contains(each.to) {
                    wrong.append("\(name) went to somebody else")
                }
                if !each.text.contains(call.file) { wrong.append("\(name) is of another case") }
            } else {
                wrong.append("\(name) was written, and nothing called for it")
            }
            if closed.contains(each.id) { wrong.append("\(name) was written again after its end") }
            if !isSkewed, let last = tried[each.id], each.at.ms - last < Self.pause_ms {
                wrong.append("\(name) was handed over twice within \(each.at.ms - last) ms")
            }
            tried[each.id] = each.at.ms
            if case .failed(_) = each.outcome { continue }
            settled.insert(each.id)
        }
        read = journal.count
        return wrong
    }

    /// What the office has written down as done or given up: it never goes out again.
    mutating func close(_ ids: Set<String>) -> [String] {
        closed = ids
        return ids.subtracting(settled).subtracting(tried.keys).sorted()
            .map { "the message \($0) is done with, and was never handed over" }
    }

    /// At the end, when everything is taken: what nobody was ever written.
    func unsent(at now: Moment) -> [String] {
        calls.compactMap { id, call in
            guard !settled.contains(id) else { return nil }
            let age = now.ms - call.seenMs
            if tried[id] == nil { return "the message \(id) was never handed over" }
            return age < Self.life_ms - Self.tolerance_ms
                ? "the message \(id) was not handed over again" : nil
        }.sorted()
    }

    /// Of everything that was taken.
    var settledCount: Int { settled.count }
}
