import Database
import Ledger
import Store

/// What an open office knows to be late or broken.
struct OfficeLook {
    let office: Office
    let sentence: @Sendable (any Error) -> String
    let vouchers: Int

    private static let payoutPatience_minutes = 24 * 60
    private static let messagePatience_minutes = 15
    private static let attempts = 10
    private static let clockPatience_minutes = 5
    /// Named in a finding at most.
    private static let shown = 5

    func findings(retention directory: String) async -> [Diagnosis] {
        [
            await looking("clock") { try await clock() },
            await looking("payouts") { try await payouts() },
            await looking("outbox") { try await outbox() },
            await looking("limits") { try await limits() },
            await looking("vouchers") { try await chain() },
            await looking("retention") { try await retention(directory) },
        ]
    }

    private func looking(
        _ name: String, _ body: () async throws -> Diagnosis
    ) async -> Diagnosis {
        do { return try await body() } catch {
            return .fault(
                name, "it cannot be looked at: \(sentence(error))",
                "mend what the database says, and look again")
        }
    }

    /// Whether this machine's clock stands before what was recorded last.
    private func clock() async throws -> Diagnosis {
        guard let last = try await office.read({ try $0.lastRecorded() }) else {
            return .sound("clock", "nothing was recorded yet")
        }
        let behind_ms = office.now().distanceMs(to: last)
        guard behind_ms > 60_000 else {
            return .sound("clock", "it runs on from what was recorded")
        }
        return .fault(
            "clock", "it stands \(behind_ms / 1_000) s before the last record",
            "set this machine's clock (timedatectl set-ntp true) before anything else is recorded")
    }

    private func payouts() async throws -> Diagnosis {
        let cutoff = office.now().advanced(byMinutes: -Self.payoutPatience_minutes)
        let numbers = try await office.read {
            try $0.unfinishedPayouts(before: cutoff, limit: Self.shown)
        }
        guard !numbers.isEmpty else { return .sound("payouts", "none is older than a day") }
        return .fault(
            "payouts", "without an end for more than a day: \(numbers.joined(separator: ", "))",
            "ask the platform under these numbers; import its bill (amends bank import), which settles them"
        )
    }

    private func outbox() async throws -> Diagnosis {
        let cutoff = office.now().advanced(byMinutes: -Self.messagePatience_minutes)
        let (unsent, failing, last) = try await office.read {
            try $0.stuckMessages(before: cutoff, attempts: Self.attempts)
        }
        if unsent > 0 {
            return .fault(
                "outbox",
                "\(unsent) messages could have been sent more than \(Self.messagePatience_minutes) minutes ago",
                "see that amends serve runs, and what its log says of rounds")
        }
        if failing > 0 {
            return .warning(
                "outbox",
                "\(failing) messages failed \(Self.attempts) times or more\(last.map { ": \($0)" } ?? "")",
                "see that whoever they go to can be reached; they are tried again by themselves")
        }
        return .sound("outbox", "nothing is stuck")
    }

    private func limits() async throws -> Diagnosis {
        let now = office.now()
        let (cases, orders) = try await office.read {
            (try $0.nextStepTime(), try $0.nextOrderStepTime())
        }
        let late_ms = [cases, orders].compactMap { $0?.distanceMs(to: now) }.max() ?? 0
        guard late_ms > Int64(Self.clockPatience_minutes) * 60_000 else {
            return .sound("limits", "every step that was due has fired")
        }
        return .fault(
            "limits", "a step has been due for \(late_ms / 60_000) minutes and did not fire",
            "start amends serve: it catches up in order; if it runs, its log says why the round fails"
        )
    }

    /// The last vouchers: each whole in itself, and tied to the one before. Less than `amends ledger verify`,
    /// and quick.
    private func chain() async throws -> Diagnosis {
        guard office.books.hasFund else { return .unseen("vouchers", "this office has no fund") }
        let fund = office.books.fund
        let (head, last) = try await office.read { [vouchers] transaction in
            let head = try transaction.ledgerHead(fund)
            var all: [Voucher] = []
            var filter = VoucherFilter()
            filter.after = max(0, head.number - Int64(vouchers))
            filter.limit = 1_000
            while true {
                let page = try transaction.vouchers(fund, filter)
                all += page
                guard page.count == filter.limit, let end = page.last else { break }
                filter.after = end.number
            }
            return (head, all)
        }
        let remedy =
            "stop the service, keep the file as it is, and let an auditor run amends ledger verify with "
            + "the checkpoint they keep"
        var previous: Voucher?
        for voucher in last {
            let hash = Voucher.hash(
                of: voucher.draft, number: voucher.number, at: voucher.recordedAt,
                after: voucher.previousHash)
            guard voucher.hash == hash else {
                return .fault("vouchers", "voucher \(voucher.number) was altered", remedy)
            }
            if let previous,
                previous.number + 1 != voucher.number || previous.hash != voucher.previousHash
            {
                return .fault(
                    "vouchers", "voucher \(voucher.number) does not follow \(previous.number)",
                    remedy)
            }
            previous = voucher
        }
        guard previous?.number ?? 0 == head.number, previous.map({ $0.hash == head.hash }) ?? true
        else {
            return .fault("vouchers", "the last of them are missing", remedy)
        }
        return .sound("vouchers", "the last \(last.count) hang together")
    }

    private func retention(_ directory: String) async throws -> Diagnosis {
        guard let rule = try RetentionRule.load(directory: directory) else {
            return .warning(
                "retention", "no rule says how long personal data is kept",
                "write retention.yaml beside the editions: see docs/PRIVACY.md")
        }
        let due = Tally()
        try await office.dueErasures(by: rule) { each in
            if each.heldBack.isEmpty { due.count += 1 }
        }
        guard due.count > 0 else {
            return .sound("retention", "nothing is kept longer than its time")
        }
        return .warning(
            "retention", "\(due.count) cases and work orders are kept longer than their time",
            "amends privacy erase --due shows them, and erases them with --execute")
    }

    /// What a closure counts.
    private final class Tally { var count = 0 }
}
