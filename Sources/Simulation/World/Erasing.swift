import Casework
import Ledger
import Store
import Workflow

/// Years later: what is personal goes, case by case, and the books stay.
extension Simulation {
    /// Moves the clock far ahead and erases what is due, through crashes and lost answers; then whatever those
    /// left undone.
    func eraseDue(_ troubles: [Trouble]) async throws {
        guard manner.forgets, let rule = try RetentionRule.load(directory: plan.policies) else {
            return
        }
        // Complaints are kept for three years and the papers behind a voucher for thirty: by the seed the first
        // are due alone, or both.
        let years = chance.happens(500) ? chance.int(4...29) : chance.int(31...40)
        time.set(time.now.advanced(byMinutes: years * 366 * 1_440))
        note("\(years) years later")
        manner.troubles = troubles
        for _ in 0..<2 { try await eraseOnce(by: rule) }
        manner.troubles = []
        try await eraseOnce(by: rule)
        try await tamper()
        try await audit(isWhole: true)
        if let office = anyOffice {
            let (auditor, now) = (auditor, time.now)
            wrong += try await office.read { try auditor.unerased($0, at: now) }
        }
        report.erased = auditor.erasures.subjects.count
        guard wrong.isEmpty else { throw finding(wrong) }
    }

    private func eraseOnce(by rule: RetentionRule) async throws {
        guard let office = anyOffice else { return }
        var due: [DueErasure] = []
        try await office.dueErasures(by: rule) { due.append($0) }
        due.removeAll { !$0.heldBack.isEmpty }
        if planted == .neverErased { due = Array(due.dropFirst()) }
        for one in due {
            let server = anyServer()
            try await step {
                _ = try await self.attempt("erase \(one.subject)", on: server) { office in
                    try await office.erase(one, by: self.staff.administrator.name)
                }
            }
        }
    }
}
